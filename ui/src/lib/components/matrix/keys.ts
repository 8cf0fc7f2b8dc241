// Where the keys lead in a table of cells.

/** A cell: row 0 and column 0 are the headings. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell of a table with so many rows and columns, headings included; nothing for another key. */
export function nextPlace(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  { row, column }: Place,
  { rows, columns }: { rows: number; columns: number },
): Place | null {
  const within = (value: number, most: number) => Math.max(0, Math.min(most - 1, value));
  const to = (down: number, right: number) => ({
    row: within(row + down, rows),
    column: within(column + right, columns),
  });
  switch (key) {
    case 'ArrowUp':
      return to(-1, 0);
    case 'ArrowDown':
      return to(1, 0);
    case 'ArrowLeft':
      return to(0, -1);
    case 'ArrowRight':
      return to(0, 1);
    case 'PageUp':
      return to(-10, 0);
    case 'PageDown':
      return to(10, 0);
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? rows - 1 : row, column: columns - 1 };
    default:
      return null;
  }
}
