// Rows as tab-separated text for the clipboard. The text comes from the service and often ends in a spreadsheet, which
// would run a cell like `=HYPERLINK(...)` as a formula: such cells get an apostrophe in front, as OWASP advises.

import { countSelected, firstRows, type Selection } from './selection';

/** Most rows that one copy takes. */
export const COPY_LIMIT = 10_000;

/** Cells a spreadsheet would take for a formula. A lone sign or a plain (phone) number is none. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;
const HARMLESS = /^\s*[+-]?[\d\s().-]*$/;

/** One cell: on one line, without tabs, never a formula. */
export function tsvCell(text: string): string {
  const line = text.replace(/[\t\r\n\u2028\u2029]+/g, ' ');
  return FORMULA.test(text) && !HARMLESS.test(text) ? `'${line.trimStart()}` : line;
}

/** Header and rows, each line ended. */
export function toTsv(header: readonly string[], rows: Iterable<readonly string[]>): string {
  let text = header.map(tsvCell).join('\t') + '\n';
  for (const row of rows) text += row.map(tsvCell).join('\t') + '\n';
  return text;
}

/** What a copy took. */
export interface Copied {
  readonly text: string;
  readonly rows: number;
  /** True when more rows were selected than one copy takes. */
  readonly limited: boolean;
}

/** The selected rows as text, read through `read`, which gives rows `offset` to `offset + limit - 1`. */
export async function copyRows<Row>(
  selection: Selection,
  header: readonly string[],
  read: (offset: number, limit: number) => Promise<readonly Row[]>,
  cells: (row: Row) => readonly string[],
): Promise<Copied> {
  const rows: (readonly string[])[] = [];
  for (const range of firstRows(selection, COPY_LIMIT)) {
    for (const row of await read(range.first, range.last - range.first + 1)) rows.push(cells(row));
  }
  return { text: toTsv(header, rows), rows: rows.length, limited: countSelected(selection) > COPY_LIMIT };
}
