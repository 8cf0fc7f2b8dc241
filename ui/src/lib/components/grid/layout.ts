// Which columns are shown, in which order and how wide. A stored layout may be older or newer than the program: unknown
// columns are passed over, new ones appear where the program puts them.

/** What a layout needs to know of a column. */
export interface ColumnSize {
  readonly id: string;
  /** Width before the person changes it, in CSS pixels. */
  readonly width: number;
  /** Hidden before the person chooses. */
  readonly hidden?: boolean;
  /** Cannot be hidden: the column that names the row. */
  readonly fixed?: boolean;
}

/** One column as the person arranged it; the shape of the setting `gridLayouts`. */
export interface ColumnLayout {
  column: string;
  width: number;
  visible: boolean;
}

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 900;

/** Step of a resize by keyboard. */
export const RESIZE_STEP = 16;

/** The saved layout brought up to date with the columns there are. */
export function mergeLayout(columns: readonly ColumnSize[], saved: readonly ColumnLayout[] = []): ColumnLayout[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const known = new Map(saved.filter((entry) => byId.has(entry.column)).map((entry) => [entry.column, entry]));
  const layout = [...known.values()].map((entry) => ({
    column: entry.column,
    width: clampWidth(entry.width),
    visible: entry.visible || byId.get(entry.column)?.fixed === true,
  }));
  columns.forEach((column, place) => {
    if (known.has(column.id)) return;
    const fresh = { column: column.id, width: column.width, visible: column.hidden !== true };
    layout.splice(placeAfter(layout, columns, place), 0, fresh);
  });
  return layout;
}

/** The layout with column `id` moved by `step` shown columns (-1: one to the left); the same when it cannot move. */
export function moveColumn(layout: readonly ColumnLayout[], id: string, step: number): ColumnLayout[] {
  const shown = layout.filter((entry) => entry.visible);
  const from = shown.findIndex((entry) => entry.column === id);
  const target = shown[from + step];
  if (from < 0 || target === undefined) return [...layout];
  return moveBefore(layout, id, target.column, step > 0);
}

/** The layout with column `id` put before (or after) column `target`. */
export function moveBefore(
  layout: readonly ColumnLayout[],
  id: string,
  target: string,
  after: boolean,
): ColumnLayout[] {
  const moved = layout.find((entry) => entry.column === id);
  if (moved === undefined || id === target) return [...layout];
  const rest = layout.filter((entry) => entry.column !== id);
  const place = rest.findIndex((entry) => entry.column === target);
  if (place < 0) return [...layout];
  rest.splice(after ? place + 1 : place, 0, moved);
  return rest;
}

/** The layout with column `id` this wide, within limits. */
export function resizeColumn(layout: readonly ColumnLayout[], id: string, width: number): ColumnLayout[] {
  return layout.map((entry) => (entry.column === id ? { ...entry, width: clampWidth(width) } : entry));
}

/** The layout with column `id` shown or hidden. */
export function showColumn(layout: readonly ColumnLayout[], id: string, visible: boolean): ColumnLayout[] {
  return layout.map((entry) => (entry.column === id ? { ...entry, visible } : entry));
}

function clampWidth(width: number): number {
  return Math.round(Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH)));
}

/** Place behind the nearest column on the left that the layout already has. */
function placeAfter(layout: readonly ColumnLayout[], columns: readonly ColumnSize[], place: number): number {
  for (let left = place - 1; left >= 0; left -= 1) {
    const found = layout.findIndex((entry) => entry.column === columns[left]?.id);
    if (found >= 0) return found + 1;
  }
  return 0;
}
