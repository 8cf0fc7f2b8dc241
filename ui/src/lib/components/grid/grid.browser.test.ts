import { createRawSnippet, tick, type ComponentProps } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { accessibilityProblems } from '../../../testing/axe';
import { toasts } from '../toasts.svelte';
import type { Column, GridSort } from './columns';
import Grid from './Grid.svelte';
import type { ColumnLayout } from './layout';
import type { LoadPage } from './page-cache';

interface Person {
  readonly name: string;
  readonly mail: string;
  readonly groups: number;
}

const columns: Column<Person>[] = [
  { id: 'name', label: 'Name', width: 200, fixed: true, sortable: true, text: (row) => row.name },
  { id: 'mail', label: 'Mail', width: 240, sortable: true, text: (row) => row.mail },
  { id: 'groups', label: 'Groups', width: 90, sortable: true, align: 'end', text: (row) => String(row.groups) },
];

/** `total` people, answered as the core would. */
function people(total: number, prefix = 'Person', revision = 1): LoadPage<Person> {
  return (offset, limit) =>
    Promise.resolve({
      total,
      revision,
      rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => ({
        name: `${prefix} ${offset + at}`,
        mail: `person${offset + at}@example.org`,
        groups: (offset + at) % 7,
      })),
    });
}

const text = (words: string) => createRawSnippet(() => ({ render: () => `<p>${words}</p>` }));

type Shown = ComponentProps<typeof Grid<Person>>;

async function show(props: Partial<Record<string, unknown>> & { load: LoadPage<Person> }) {
  const all = {
    label: 'People',
    columns,
    toolbar: text('Tools'),
    empty: text('Nobody here'),
    failed: text('Broken'),
    ...props,
  };
  const target = document.createElement('div');
  target.style.cssText = 'display:flex;flex-direction:column;height:600px;width:900px;background:var(--bg)';
  document.body.append(target);
  return render(Grid<Person>, { target, props: all as unknown as Shown });
}

const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
const scroller = (): HTMLElement => document.querySelector<HTMLElement>('[role=grid]') ?? document.body;
const drawn = (): number => document.querySelectorAll('[role=row]').length;
const focused = (): string => document.activeElement?.textContent?.trim() ?? '';

beforeEach(() => {
  document.body.replaceChildren();
  toasts.shown = [];
});

describe('the grid', () => {
  it('draws a screen of 100,000 rows and jumps to the end and back', async () => {
    await show({ load: people(100_000) });
    await expect.element(cell('Person 0')).toBeVisible();
    expect(drawn()).toBeLessThan(40);
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001');

    scroller().scrollTop = scroller().scrollHeight;
    await expect.element(cell('Person 99999')).toBeVisible();
    expect(drawn()).toBeLessThan(45);

    scroller().scrollTop = 0;
    await expect.element(cell('Person 0')).toBeVisible();
  });

  it('reaches the first and the last of 1,000,000 rows, and every row between by wheel', async () => {
    await show({ load: people(1_000_000) });
    await expect.element(cell('Person 0')).toBeVisible();
    expect(scroller().scrollHeight).toBeLessThan(8_100_000);
    scroller().scrollTop = scroller().scrollHeight;
    await expect.element(cell('Person 999999')).toBeVisible();
    const bottom = cell('Person 999999').element().getBoundingClientRect().bottom;
    expect(bottom).toBeLessThanOrEqual(scroller().getBoundingClientRect().bottom + 1);

    const before = cell('Person 999990').element().getBoundingClientRect().top;
    scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -36, bubbles: true, cancelable: true }));
    await tick();
    await vi.waitFor(() => {
      expect(cell('Person 999990').element().getBoundingClientRect().top).toBeCloseTo(before + 36, 0);
    });
  });

  it('is one tab stop whose focus moves by arrow keys, page keys, Home and End', async () => {
    await show({ load: people(1000) });
    await expect.element(cell('Person 0')).toBeVisible();
    expect(document.querySelectorAll('[role=grid] [tabindex="0"]')).toHaveLength(1);
    await userEvent.click(cell('person0@example.org'));
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    await vi.waitFor(() => expect(focused()).toBe('1'));
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => expect(focused()).toBe('Person 1'));
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await vi.waitFor(() => expect(focused()).toBe('5'));
    expect(document.activeElement?.getAttribute('data-row')).toBe('999');
    await userEvent.keyboard('{PageUp}{Home}');
    await vi.waitFor(() => expect(focused()).toMatch(/^Person 98\d$/));
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowUp}');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('columnheader'));
    expect(document.querySelectorAll('[role=grid] [tabindex="0"]')).toHaveLength(1);
  });

  it('keeps the focus while its row is scrolled away, and goes on from there', async () => {
    await show({ load: people(100_000) });
    await userEvent.click(cell('person3@example.org'));
    scroller().scrollTop = 2_000_000;
    await expect.element(cell('Person 55560')).toBeVisible();
    expect(document.activeElement?.getAttribute('data-row')).toBe('3');
    await userEvent.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(focused()).toBe('person4@example.org'));
    await expect.element(cell('Person 4')).toBeVisible();
  });

  it('keeps focus and position when the data is read again', async () => {
    const { rerender } = await show({ load: people(1000), refresh: 0 });
    await userEvent.click(cell('person3@example.org'));
    scroller().scrollTop = 300;
    let revision = 1;
    const load: LoadPage<Person> = (offset, limit) => people(1000, 'Renamed', (revision += 1))(offset, limit);
    await rerender({ refresh: 1 });
    await tick();
    expect(scroller().scrollTop).toBe(300);
    expect(focused()).toBe('person3@example.org');
    await rerender({ load });
    await expect.element(cell('Renamed 0')).toBeVisible();
    expect(scroller().scrollTop).toBe(0);
    expect(document.activeElement?.getAttribute('role')).toBe('gridcell');
  });

  it('shows placeholders while rows are read, without moving anything', async () => {
    const answers: (() => void)[] = [];
    const load: LoadPage<Person> = async (offset, limit) => {
      if (offset > 0) await new Promise<void>((resolve) => answers.push(resolve));
      return people(1000)(offset, limit);
    };
    await show({ load });
    await expect.element(cell('Person 0')).toBeVisible();
    scroller().scrollTop = 36 * 500;
    await vi.waitFor(() => expect(document.querySelectorAll('[role=row][aria-busy=true]').length).toBeGreaterThan(10));
    const height = scroller().scrollHeight;
    for (const answer of answers.splice(0)) answer();
    await expect.element(cell('Person 505')).toBeVisible();
    expect(scroller().scrollHeight).toBe(height);
  });

  it('sorts by a click on a heading and by Enter in it, and says how', async () => {
    const onsort = vi.fn<(sort: GridSort) => void>();
    await show({ load: people(10), sort: { column: 'name', descending: false }, onsort });
    await expect.element(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
    await expect.element(page.getByRole('columnheader', { name: 'Mail' })).toHaveAttribute('aria-sort', 'none');
    await userEvent.click(page.getByRole('columnheader', { name: 'Name' }));
    expect(onsort).toHaveBeenLastCalledWith({ column: 'name', descending: true });
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await vi.waitFor(() => expect(onsort).toHaveBeenLastCalledWith({ column: 'mail', descending: false }));
  });

  it('moves and sizes columns by keyboard, and keeps the focus on the column', async () => {
    const onlayout = vi.fn<(layout: ColumnLayout[]) => void>();
    await show({ load: people(10), onlayout });
    await userEvent.click(cell('Person 0').first());
    await userEvent.keyboard('{ArrowUp}{Alt>}{ArrowRight}{/Alt}');
    await vi.waitFor(() => expect(focused()).toBe('Name'));
    expect(onlayout.mock.lastCall?.[0].map(({ column }) => column)).toEqual(['mail', 'name', 'groups']);
    expect(document.activeElement?.getAttribute('aria-colindex')).toBe('2');
    const before = (document.activeElement as HTMLElement).offsetWidth;
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).offsetWidth).toBe(before - 16));
    expect(onlayout.mock.lastCall?.[0][1]).toEqual({ column: 'name', width: before - 16, visible: true });
  });

  it('moves and sizes columns by dragging', async () => {
    const onlayout = vi.fn<(layout: ColumnLayout[]) => void>();
    const onsort = vi.fn();
    await show({ load: people(10), onlayout, onsort });
    const name = page.getByRole('columnheader', { name: 'Name' });
    const groups = page.getByRole('columnheader', { name: 'Groups' });
    const right = (groups.element() as HTMLElement).offsetWidth - 15;
    await userEvent.dragAndDrop(name, groups, { targetPosition: { x: right, y: 10 } });
    expect(onlayout.mock.lastCall?.[0].map(({ column }) => column)).toEqual(['mail', 'groups', 'name']);
    expect(onsort).not.toHaveBeenCalled();

    const handle = page.getByRole('columnheader', { name: 'Mail' }).element().querySelector('.handle');
    const width = handle?.parentElement?.offsetWidth ?? 0;
    const box = handle?.getBoundingClientRect();
    const pointer = (type: string, by: number) =>
      handle?.dispatchEvent(
        new PointerEvent(type, {
          clientX: (box?.x ?? 0) + by,
          pointerId: 1,
          button: 0,
          bubbles: true,
          cancelable: true,
        }),
      );
    if (handle) (handle as HTMLElement).setPointerCapture = () => undefined;
    pointer('pointerdown', 0);
    pointer('pointermove', 40);
    pointer('lostpointercapture', 40);
    await tick();
    expect(onlayout.mock.lastCall?.[0][0]).toEqual({ column: 'mail', width: width + 40, visible: true });
    expect(onsort).not.toHaveBeenCalled();
  });

  it('shows and hides columns by its menu, never the naming one', async () => {
    await show({ load: people(10) });
    await userEvent.click(page.getByRole('button', { name: 'Columns' }));
    await expect.element(page.getByRole('menuitemcheckbox', { name: 'Name' })).toBeDisabled();
    await userEvent.click(page.getByRole('menuitemcheckbox', { name: 'Mail' }));
    await expect.element(page.getByRole('columnheader', { name: 'Mail' })).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('menuitem', { name: 'Default columns' }));
    await expect.element(page.getByRole('columnheader', { name: 'Mail' })).toBeVisible();
  });

  it('selects by Space, Shift with arrows, Ctrl+A, click, Ctrl and Shift with click', async () => {
    await show({ load: people(1000) });
    const selected = () => [...document.querySelectorAll('[aria-selected=true]')].length;
    await userEvent.click(cell('person2@example.org'));
    expect(selected()).toBe(1);
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await vi.waitFor(() => expect(selected()).toBe(3));
    await userEvent.click(cell('person6@example.org'), { modifiers: ['ControlOrMeta'] });
    await vi.waitFor(() => expect(selected()).toBe(4));
    await userEvent.click(cell('person9@example.org'), { modifiers: ['Shift'] });
    await vi.waitFor(() => expect(selected()).toBe(4));
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByText('1,000 rows selected')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(selected()).toBe(0));
  });

  it('copies the selected rows with their header, and says how many', async () => {
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'write').mockImplementation(async ([item]) => {
      written.push(await ((await item?.getType('text/plain')) ?? new Blob()).text());
    });
    await show({ load: people(25_000) });
    await userEvent.click(cell('person2@example.org'));
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}');
    await vi.waitFor(() => expect(toasts.shown.map(({ text }) => text)).toEqual(['2 rows copied']));
    expect(written[0]).toBe('Name\tMail\tGroups\nPerson 2\tperson2@example.org\t2\nPerson 3\tperson3@example.org\t3\n');
    await userEvent.keyboard('{Control>}a{/Control}{Control>}c{/Control}');
    await vi.waitFor(() => expect(toasts.shown.at(-1)?.text).toContain('first 10,000'));
    expect(written[1]?.split('\n')).toHaveLength(10_002);
  });

  it('opens a row by Enter and by a double click', async () => {
    const onopen = vi.fn<(row: Person) => void>();
    await show({ load: people(10), onopen });
    await userEvent.click(cell('person2@example.org'));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onopen).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'Person 3' }));
    await userEvent.dblClick(cell('person5@example.org'));
    expect(onopen).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'Person 5' }));
  });

  it('says why there are no rows', async () => {
    await show({ load: people(0) });
    await expect.element(page.getByText('Nobody here')).toBeVisible();
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '1');
  });

  it('says that the rows could not be read', async () => {
    await show({ load: () => Promise.reject(new Error('no')) });
    await expect.element(page.getByText('Broken')).toBeVisible();
  });

  it.each(['light', 'dark'])('has no accessibility problems in %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await show({ load: people(300), sort: { column: 'name', descending: true }, href: () => '#/x' });
    await expect.element(cell('Person 0')).toBeVisible();
    await userEvent.click(cell('person2@example.org'));
    expect(await accessibilityProblems()).toEqual([]);
    delete document.documentElement.dataset['theme'];
  });
});
