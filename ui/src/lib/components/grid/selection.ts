// Which rows are selected, as sorted ranges that do not touch: selecting all of a million rows is one range.

/** Rows from `first` to `last`, both included. */
interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Sorted, disjoint and not adjacent. */
export type Selection = readonly RowRange[];

/** Nothing selected. */
export const NOTHING: Selection = [];

/** All of `rows` rows. */
export function selectAll(rows: number): Selection {
  return rows > 0 ? [{ first: 0, last: rows - 1 }] : NOTHING;
}

/** The rows from `anchor` to `index`, in whichever direction. */
export function selectBetween(anchor: number, index: number): Selection {
  return [{ first: Math.min(anchor, index), last: Math.max(anchor, index) }];
}

/** Whether row `index` is selected. */
export function isSelected(selection: Selection, index: number): boolean {
  let low = 0;
  let high = selection.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = selection[middle];
    if (range === undefined) return false;
    if (index < range.first) high = middle - 1;
    else if (index > range.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many rows are selected. */
export function countSelected(selection: Selection): number {
  return selection.reduce((sum, range) => sum + range.last - range.first + 1, 0);
}

/** The same selection with row `index` turned over. */
export function toggle(selection: Selection, index: number): Selection {
  return isSelected(selection, index) ? without(selection, index) : withRow(selection, index);
}

/** The first `limit` selected rows, as ranges. */
export function firstRows(selection: Selection, limit: number): Selection {
  const kept: RowRange[] = [];
  let left = limit;
  for (const range of selection) {
    if (left <= 0) break;
    const last = Math.min(range.last, range.first + left - 1);
    kept.push({ first: range.first, last });
    left -= last - range.first + 1;
  }
  return kept;
}

function without(selection: Selection, index: number): Selection {
  return selection.flatMap((range) => {
    if (index < range.first || index > range.last) return [range];
    return [
      { first: range.first, last: index - 1 },
      { first: index + 1, last: range.last },
    ].filter((part) => part.first <= part.last);
  });
}

function withRow(selection: Selection, index: number): Selection {
  const merged: RowRange[] = [];
  for (const range of [...selection, { first: index, last: index }].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before !== undefined && before.last + 1 >= range.first) {
      merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}
