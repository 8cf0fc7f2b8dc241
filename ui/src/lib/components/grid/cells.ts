// The cells of a grid in the document: finding, focusing and measuring them.
import { HEADER, type GridPlace } from './keyboard';
import type { ColumnLayout } from './layout';

/** The cell at `place` of the grid with this id. */
function cellAt(grid: string, { row, column }: GridPlace): HTMLElement | null {
  return document.getElementById(`${grid}-${row}-${column}`);
}

/** The place of the cell that `target` is in. */
export function placeOf(target: EventTarget | null): GridPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : undefined;
}

/** Gives the cell the focus and scrolls sideways until it is seen; up and down is the model's. */
export function focusCell(grid: string, place: GridPlace, scroller: HTMLElement | undefined): void {
  const cell = cellAt(grid, place);
  if (!cell || !scroller || cell === document.activeElement) return;
  cell.focus({ preventScroll: true });
  const end = cell.offsetLeft + cell.offsetWidth - scroller.clientWidth;
  // The box to select the row stands before the first column.
  const start = place.column === 0 ? 0 : cell.offsetLeft;
  scroller.scrollLeft = Math.max(end, Math.min(scroller.scrollLeft, start));
}

/** The layout with the widths that the columns have on the screen: the first resize must not make the others jump. */
export function measuredLayout(grid: string, layout: readonly ColumnLayout[]): ColumnLayout[] {
  let column = -1;
  return layout.map((entry) => {
    if (!entry.visible) return entry;
    column += 1;
    return { ...entry, width: cellAt(grid, { row: HEADER, column })?.offsetWidth ?? entry.width };
  });
}
