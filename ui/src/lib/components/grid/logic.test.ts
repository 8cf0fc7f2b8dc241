import { describe, expect, it } from 'vitest';
import { nextSort } from './columns';
import { COPY_LIMIT, copyRows, toTsv, tsvCell } from './copy';
import { HEADER, gridAction, type GridAction, type KeyPress } from './keyboard';
import { MAX_WIDTH, MIN_WIDTH, mergeLayout, moveBefore, moveColumn, resizeColumn, showColumn } from './layout';
import * as scroll from './scroll';
import { NOTHING, countSelected, firstRows, isSelected, selectAll, selectBetween, toggle } from './selection';

describe('scrolling', () => {
  const small: scroll.ScrollGeometry = { rows: 100_000, rowHeight: 36, viewport: 500 };
  const huge: scroll.ScrollGeometry = { rows: 1_000_000, rowHeight: 36, viewport: 500 };

  it('leaves a list below the cap as it is', () => {
    expect(scroll.boxHeight(small)).toBe(3_600_000);
    expect(scroll.scrollRatio(small)).toBe(1);
  });

  it('scales a list above the cap so that both ends can be reached', () => {
    expect(scroll.boxHeight(huge)).toBe(scroll.MAX_BOX_HEIGHT);
    const end = (scroll.boxHeight(huge) - huge.viewport) * scroll.scrollRatio(huge);
    expect(scroll.visibleRows(huge, end).end).toBe(1_000_000);
    expect(scroll.visibleRows(huge, 0).first).toBe(0);
  });

  it('draws the visible rows and some on each side, never past the ends', () => {
    expect(scroll.drawnRows(small, 0, 6)).toEqual({ first: 0, end: 20 });
    expect(scroll.drawnRows(small, 3600, 6)).toEqual({ first: 94, end: 120 });
    expect(scroll.drawnRows(small, 3_600_000 - 500, 6).end).toBe(100_000);
    expect(scroll.drawnRows({ ...small, rows: 3 }, 0, 6)).toEqual({ first: 0, end: 3 });
    expect(scroll.drawnRows({ ...small, rows: 0 }, 0, 6)).toEqual({ first: 0, end: 0 });
  });

  it('never draws more rows than the cap, even in a box that claims to be as tall as the list', () => {
    const { first, end } = scroll.drawnRows({ ...small, viewport: 3_600_000 }, 0, 6);
    expect(end - first).toBe(scroll.MAX_DRAWN_ROWS);
  });

  it('moves only as far as a row needs to be seen in full', () => {
    expect(scroll.topToShow(small, 0, 5)).toBe(0);
    expect(scroll.topToShow(small, 0, 13)).toBe(4);
    expect(scroll.topToShow(small, 3600, 99)).toBe(3564);
    expect(scroll.topToShow(small, 0, 99_999)).toBe(3_599_500);
    expect(scroll.topToShow({ ...small, rows: 3 }, 0, 2)).toBe(0);
  });

  it('pages by the rows that fit, at least one', () => {
    expect(scroll.rowsPerPage(small)).toBe(13);
    expect(scroll.rowsPerPage({ ...small, viewport: 10 })).toBe(1);
  });
});

describe('selection', () => {
  it('selects a million rows as one range', () => {
    expect(selectAll(1_000_000)).toEqual([{ first: 0, last: 999_999 }]);
    expect(countSelected(selectAll(1_000_000))).toBe(1_000_000);
    expect(selectAll(0)).toEqual(NOTHING);
  });

  it('turns single rows over, joining and splitting ranges', () => {
    let selection = toggle(toggle(NOTHING, 4), 6);
    expect(selection).toEqual([
      { first: 4, last: 4 },
      { first: 6, last: 6 },
    ]);
    selection = toggle(selection, 5);
    expect(selection).toEqual([{ first: 4, last: 6 }]);
    expect(toggle(selection, 5)).toEqual([
      { first: 4, last: 4 },
      { first: 6, last: 6 },
    ]);
    expect(toggle(toggle(NOTHING, 4), 4)).toEqual(NOTHING);
  });

  it('selects between two rows in either direction', () => {
    expect(selectBetween(7, 3)).toEqual(selectBetween(3, 7));
  });

  it('knows each selected row', () => {
    const selection = [1, 3, 5, 7, 9].reduce(toggle, NOTHING);
    expect([...Array(11).keys()].filter((row) => isSelected(selection, row))).toEqual([1, 3, 5, 7, 9]);
  });

  it('gives the first rows of several ranges', () => {
    const selection = [
      { first: 0, last: 4 },
      { first: 10, last: 14 },
    ];
    expect(firstRows(selection, 7)).toEqual([
      { first: 0, last: 4 },
      { first: 10, last: 11 },
    ]);
  });
});

describe('copying', () => {
  it.each([
    ['=HYPERLINK("https://x")', '\'=HYPERLINK("https://x")'],
    ['+cmd|calc', "'+cmd|calc"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "'=1"],
    ['\t=1', "'=1"],
    ['＝1', "'＝1"],
    ['+33 6 12 34 56 78', '+33 6 12 34 56 78'],
    ['+31 (0)20-123.45', '+31 (0)20-123.45'],
    ['-', '-'],
    ['Zoë d’Hondt', 'Zoë d’Hondt'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ])('writes %j as %j', (text, cell) => {
    expect(tsvCell(text)).toBe(cell);
  });

  it('puts the header first', () => {
    expect(toTsv(['Name', 'Mail'], [['Ada', 'ada@example.org']])).toBe('Name\tMail\nAda\tada@example.org\n');
  });

  it('takes all selected rows, and says so when they are too many', async () => {
    const read = (offset: number, limit: number): Promise<number[]> =>
      Promise.resolve(Array.from({ length: limit }, (_, i) => offset + i));
    const few = await copyRows([{ first: 2, last: 3 }], ['n'], read, (n) => [String(n)]);
    expect(few).toEqual({ text: 'n\n2\n3\n', rows: 2, limited: false });
    const many = await copyRows(selectAll(1_000_000), ['n'], read, (n) => [String(n)]);
    expect(many.rows).toBe(COPY_LIMIT);
    expect(many.limited).toBe(true);
  });
});

describe('layout', () => {
  const columns = [
    { id: 'name', width: 200, fixed: true },
    { id: 'mail', width: 220 },
    { id: 'title', width: 120, hidden: true },
    { id: 'groups', width: 80 },
  ];
  const ids = (layout: readonly { column: string }[]): string => layout.map((entry) => entry.column).join(' ');

  it('begins with the columns of the program', () => {
    const layout = mergeLayout(columns);
    expect(ids(layout)).toBe('name mail title groups');
    expect(layout.map((entry) => entry.visible)).toEqual([true, true, false, true]);
  });

  it('keeps what was saved, drops unknown columns, and adds new ones in their place', () => {
    const layout = mergeLayout(columns, [
      { column: 'gone', width: 1, visible: true },
      { column: 'groups', width: 99, visible: true },
      { column: 'name', width: 300, visible: false },
    ]);
    expect(ids(layout)).toBe('groups name mail title');
    expect(layout[1]).toEqual({ column: 'name', width: 300, visible: true });
  });

  it('passes over a column that was saved twice', () => {
    const twice = { column: 'mail', width: 100, visible: true };
    expect(ids(mergeLayout(columns, [twice, twice]))).toBe('name mail title groups');
  });

  it('moves a column past the next shown one', () => {
    const layout = mergeLayout(columns);
    expect(ids(moveColumn(layout, 'mail', 1))).toBe('name title groups mail');
    expect(ids(moveColumn(layout, 'mail', -1))).toBe('mail name title groups');
    expect(ids(moveColumn(layout, 'name', -1))).toBe('name mail title groups');
    expect(ids(moveBefore(layout, 'groups', 'name', false))).toBe('groups name mail title');
    expect(ids(moveBefore(layout, 'groups', 'gone', false))).toBe('name mail title groups');
  });

  it('keeps widths within limits', () => {
    const layout = mergeLayout(columns);
    expect(resizeColumn(layout, 'mail', 1)[1]?.width).toBe(MIN_WIDTH);
    expect(resizeColumn(layout, 'mail', 99_999)[1]?.width).toBe(MAX_WIDTH);
    expect(resizeColumn(layout, 'mail', 123.4)[1]?.width).toBe(123);
  });

  it('shows and hides', () => {
    expect(showColumn(mergeLayout(columns), 'title', true)[2]?.visible).toBe(true);
  });
});

describe('keys', () => {
  const size = { rows: 100, columns: 5, page: 10 };
  const press = (spelled: string): KeyPress => {
    const parts = spelled.split('+');
    const key = parts.at(-1) ?? '';
    return {
      key: key === 'Space' ? ' ' : key,
      ctrlKey: parts.includes('Ctrl'),
      metaKey: parts.includes('Meta'),
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    };
  };
  const at = (row: number, column: number, key: string): GridAction | undefined =>
    gridAction(press(key), { row, column }, size);

  it.each([
    ['ArrowDown', 5, 2, 6, 2],
    ['ArrowUp', 5, 2, 4, 2],
    ['ArrowUp', 0, 2, HEADER, 2],
    ['ArrowUp', HEADER, 2, HEADER, 2],
    ['ArrowDown', HEADER, 2, 0, 2],
    ['ArrowDown', 99, 2, 99, 2],
    ['ArrowRight', 5, 4, 5, 4],
    ['ArrowLeft', 5, 0, 5, 0],
    ['PageDown', 95, 1, 99, 1],
    ['PageDown', 5, 1, 15, 1],
    ['PageUp', 5, 1, 0, 1],
    ['PageUp', HEADER, 1, HEADER, 1],
    ['Home', 5, 3, 5, 0],
    ['End', 5, 3, 5, 4],
    ['Ctrl+Home', 50, 3, 0, 0],
    ['Ctrl+End', 50, 3, 99, 4],
    ['Ctrl+ArrowDown', 50, 3, 99, 3],
    ['Ctrl+ArrowUp', 50, 3, 0, 3],
  ])('%s at row %i, column %i goes to row %i, column %i', (key, row, column, toRow, toColumn) => {
    expect(at(row, column, key)).toEqual({ kind: 'move', to: { row: toRow, column: toColumn }, extend: false });
  });

  it('extends the selection with Shift, among rows only', () => {
    expect(at(5, 2, 'Shift+ArrowDown')).toMatchObject({ kind: 'move', extend: true });
    expect(at(0, 2, 'Shift+ArrowUp')).toMatchObject({ kind: 'move', extend: false });
  });

  it.each([
    ['Enter', 'open'],
    ['Space', 'toggle'],
    ['Ctrl+a', 'selectAll'],
    ['Meta+A', 'selectAll'],
    ['Ctrl+c', 'copy'],
    ['Escape', 'clear'],
  ])('%s on a row means %s', (key, kind) => {
    expect(at(5, 2, key)).toEqual({ kind });
  });

  it('sorts, moves and sizes columns in the header', () => {
    expect(at(HEADER, 2, 'Enter')).toEqual({ kind: 'sort' });
    expect(at(HEADER, 2, 'Space')).toEqual({ kind: 'sort' });
    expect(at(HEADER, 2, 'Alt+ArrowLeft')).toEqual({ kind: 'reorder', direction: -1 });
    expect(at(HEADER, 2, 'Alt+Shift+ArrowRight')).toEqual({ kind: 'resize', direction: 1 });
  });

  it('leaves every other key to the window', () => {
    expect(at(5, 2, 'Alt+ArrowLeft')).toBeUndefined();
    expect(at(5, 2, 'Ctrl+k')).toBeUndefined();
    expect(at(5, 2, 'x')).toBeUndefined();
  });

  it('goes to the header when there are no rows', () => {
    const to = gridAction(press('Ctrl+End'), { row: HEADER, column: 0 }, { rows: 0, columns: 5, page: 10 });
    expect(to).toMatchObject({ to: { row: HEADER } });
  });
});

describe('sorting', () => {
  it('begins ascending and turns round', () => {
    expect(nextSort(undefined, 'name')).toEqual({ column: 'name', descending: false });
    expect(nextSort({ column: 'name', descending: false }, 'name')).toEqual({ column: 'name', descending: true });
    expect(nextSort({ column: 'name', descending: true }, 'mail')).toEqual({ column: 'mail', descending: false });
  });
});
