// What a key means in the grid (WAI-ARIA grid pattern), apart from the component so that every key is tested in a line.

/** The place of the focus: row -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** The part of a KeyboardEvent that matters. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Size of the grid, in rows and columns; `page` rows fit on a screen. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** What to do about a key. */
export type GridAction =
  | { readonly kind: 'move'; readonly to: GridPlace; readonly extend: boolean }
  | { readonly kind: 'open' | 'toggle' | 'selectTo' | 'selectAll' | 'copy' | 'clear' | 'sort' }
  | { readonly kind: 'reorder' | 'resize'; readonly direction: 1 | -1 };

/** The row of the header. */
export const HEADER = -1;

/** What `press` means at `place`; `undefined` leaves the key to others. */
export function gridAction(press: KeyPress, place: GridPlace, size: GridSize): GridAction | undefined {
  if (press.altKey) return place.row === HEADER ? headerAction(press) : undefined;
  const control = press.ctrlKey || press.metaKey;
  const to = target(press.key, control, place, size);
  if (to !== undefined)
    return { kind: 'move', to, extend: press.shiftKey && to.row !== HEADER && place.row !== HEADER };
  if (control) return controlAction(press.key);
  if (press.key === 'Escape') return { kind: 'clear' };
  if (place.row === HEADER) return press.key === 'Enter' || press.key === ' ' ? { kind: 'sort' } : undefined;
  if (press.key === 'Enter') return { kind: 'open' };
  if (press.key !== ' ') return undefined;
  return { kind: press.shiftKey ? 'selectTo' : 'toggle' };
}

function headerAction(press: KeyPress): GridAction | undefined {
  if (press.key !== 'ArrowLeft' && press.key !== 'ArrowRight') return undefined;
  return { kind: press.shiftKey ? 'resize' : 'reorder', direction: press.key === 'ArrowRight' ? 1 : -1 };
}

function controlAction(key: string): GridAction | undefined {
  if (key === 'a' || key === 'A') return { kind: 'selectAll' };
  return key === 'c' || key === 'C' ? { kind: 'copy' } : undefined;
}

function target(key: string, control: boolean, place: GridPlace, size: GridSize): GridPlace | undefined {
  const step = move(key, control, place, size);
  if (step === undefined) return undefined;
  return {
    row: Math.max(HEADER, Math.min(step.row, size.rows - 1)),
    column: Math.max(0, Math.min(step.column, size.columns - 1)),
  };
}

function move(key: string, control: boolean, place: GridPlace, size: GridSize): GridPlace | undefined {
  const { row, column } = place;
  const last = size.columns - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: control ? Math.min(row, 0) : row - 1, column };
    case 'ArrowDown':
      return { row: control ? size.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: control ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: control ? last : column + 1 };
    case 'PageUp':
      return { row: row === HEADER ? HEADER : Math.max(0, row - size.page), column };
    case 'PageDown':
      return { row: row + size.page, column };
    case 'Home':
      return { row: control ? Math.min(0, size.rows - 1) : row, column: 0 };
    case 'End':
      return { row: control ? size.rows - 1 : row, column: last };
    default:
      return undefined;
  }
}
