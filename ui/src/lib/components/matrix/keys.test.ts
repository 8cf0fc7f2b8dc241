import { expect, test } from 'vitest';
import { nextPlace } from './keys';

test('arrow keys stay within the table, Home and End go along the row, with Ctrl through all of it', () => {
  const size = { rows: 4, columns: 3 };
  const from = { row: 1, column: 1 };
  const to = (key: string, ctrlKey = false, place = from) => nextPlace({ key, ctrlKey }, place, size);
  expect(to('ArrowUp')).toEqual({ row: 0, column: 1 });
  expect(to('ArrowUp', false, { row: 0, column: 1 })).toEqual({ row: 0, column: 1 });
  expect(to('ArrowRight', false, { row: 1, column: 2 })).toEqual({ row: 1, column: 2 });
  expect(to('PageDown')).toEqual({ row: 3, column: 1 });
  expect(to('Home')).toEqual({ row: 1, column: 0 });
  expect(to('Home', true)).toEqual({ row: 0, column: 0 });
  expect(to('End', true)).toEqual({ row: 3, column: 2 });
  expect(to('a')).toBeNull();
});
