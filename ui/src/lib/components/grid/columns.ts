// What a screen says about a column of its grid.
import type { Snippet } from 'svelte';
import type { ColumnSize } from './layout';
import type { FileColumn, FilePart } from './source';

/** One column of a grid over `Row`. */
export interface Column<Row> extends ColumnSize {
  /** Heading, in the person's language. */
  readonly label: string;
  /** Whether the list can be ordered by it. */
  readonly sortable: boolean;
  /** Little room: the heading goes almost from edge to edge. */
  readonly tight?: boolean;
  /** Numbers stand on the right. */
  readonly align?: 'end';
  /** The cell as shown, and as copied unless `copy` says otherwise. */
  readonly text: (row: Row) => string;
  /** The cell as copied: exact where the shown text is for the eye (times). */
  readonly copy?: (row: Row) => string;
  /** Text shown while the pointer rests on the cell; the shown text unless given. */
  readonly title?: (row: Row) => string;
  /** What files have of it; a column of the same name unless given, nothing when empty. */
  readonly file?: readonly FilePart[];
  /** Draws the cell where text alone is not enough; told the column’s id, for columns that share one drawing. */
  readonly cell?: Snippet<[Row, string]>;
}

/** Order of a list. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** The order after a click on the heading of `column`: a second click turns it round. */
export function nextSort(sort: GridSort | undefined, column: string): GridSort {
  return { column, descending: sort?.column === column && !sort.descending };
}

/** The shown columns as a file has them. */
export function fileColumns<Row>(columns: readonly Column<Row>[]): FileColumn[] {
  return columns.flatMap(({ id, label, file = [{ id }] }) =>
    file.map(({ id: name, heading = label, words = {} }) => ({ id: name, heading, words: { ...words } })),
  );
}
