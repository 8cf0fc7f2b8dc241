import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { createRawSnippet, type ComponentProps } from 'svelte';
import { toasts } from '../toasts.svelte';
import Grid from './Grid.svelte';
import type { LoadPage } from './page-cache';
import type { ListActions } from './source';

interface Person {
  id: number;
  name: string;
}

const people =
  (total: number, revision = 1): LoadPage<Person> =>
  (offset, limit) =>
    Promise.resolve({
      total,
      revision,
      rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, place) => {
        const id = offset + place;
        return { id, name: `Person ${id}` };
      }),
    });

const columns = [
  { id: 'name', label: 'Name', width: 200, sortable: true, fixed: true, text: (row: Person) => row.name },
];

function fakeActions(total: number) {
  return {
    exportRows: vi.fn<ListActions['exportRows']>(),
    copyText: vi.fn<ListActions['copyText']>(() => Promise.resolve({ text: 'x', rows: 2, limited: false })),
    resolve: vi.fn<ListActions['resolve']>((_, { all, rows }) =>
      Promise.resolve({ count: all ? total - rows.length : rows.length, gone: [] }),
    ),
  } satisfies ListActions;
}

async function show(total: number, props: Record<string, unknown> = {}, actions = fakeActions(total)) {
  const target = document.createElement('div');
  target.style.cssText = 'display:flex;flex-direction:column;height:600px;width:900px;background:var(--bg)';
  document.body.append(target);
  const nothing = createRawSnippet(() => ({ render: () => '<p>Nothing</p>' }));
  const all = {
    label: 'People',
    columns,
    load: people(total),
    source: { list: { list: 'people' }, name: 'People', filter: '', rowKey: ({ id }: Person) => ({ accountId: 1, remoteId: `u${id}` }) }, // prettier-ignore
    empty: nothing,
    failed: nothing,
    ...props,
  };
  const { listActionsKey } = await import('./source');
  const view = await render(Grid<Person>, {
    target,
    props: all as unknown as ComponentProps<typeof Grid<Person>>,
    context: new Map([[listActionsKey, actions]]),
  });
  return { ...view, actions, all };
}

const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
const bar = () => page.getByRole('group', { name: 'Selected rows' });

beforeEach(() => {
  document.body.replaceChildren();
  toasts.shown = [];
});

describe('selecting rows by name', () => {
  it('takes clicks on boxes, ranges with Shift, and keeps them while scrolled away', async () => {
    await show(5000);
    await userEvent.click(box('Person 1'));
    await expect.element(bar()).toHaveTextContent('1 row selected');
    await userEvent.keyboard('{Shift>}');
    await userEvent.click(box('Person 4'));
    await userEvent.keyboard('{/Shift}');
    await expect.element(bar()).toHaveTextContent('4 rows selected');
    const scroller = document.querySelector('[role=grid]') ?? document.body;
    scroller.scrollTop = scroller.scrollHeight;
    await expect.element(cell('Person 4999')).toBeVisible();
    scroller.scrollTop = 0;
    await expect.element(box('Person 2')).toHaveAttribute('aria-checked', 'true');
    await expect.element(box('Person 5')).toHaveAttribute('aria-checked', 'false');
    // A click on the row itself moves the focus and costs nobody their selection.
    await userEvent.click(cell('Person 6'));
    await expect.element(bar()).toHaveTextContent('4 rows selected');
  });

  it('takes Space, Shift+Space, Shift with arrows, Ctrl+A and Esc', async () => {
    await show(5000);
    await userEvent.click(cell('Person 2'));
    await userEvent.keyboard(' ');
    await expect.element(bar()).toHaveTextContent('1 row selected');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Shift>} {/Shift}');
    await expect.element(bar()).toHaveTextContent('2 rows selected');
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.element(bar()).toHaveTextContent('4 rows selected');
    await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
    await expect.element(bar()).toHaveTextContent('3 rows selected');
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(bar()).toHaveTextContent('5,000 rows selected');
    await vi.waitFor(() => expect(toasts.announcement).toBe('5,000 rows selected'));
    await userEvent.keyboard('{Escape}');
    await expect.element(bar()).not.toBeInTheDocument();
  });

  it('describes all that match but one without naming the others', async () => {
    const { actions } = await show(5000);
    await userEvent.click(box('Person 0'));
    await userEvent.click(page.getByRole('button', { name: 'Select all 5,000 that match' }));
    await userEvent.click(box('Person 3'));
    await expect.element(bar()).toHaveTextContent('4,999 rows selected');
    await userEvent.click(page.getByRole('button', { name: 'Export selection' }));
    await userEvent.click(page.getByRole('menuitem', { name: 'Excel' }));
    const selection = { all: true, rows: [{ accountId: 1, remoteId: 'u3' }] };
    expect(actions.exportRows).toHaveBeenCalledWith(expect.objectContaining({ selection }), 'xlsx', 'People');
  });

  it('says who leaves when the list is read again, and ends with another filter', async () => {
    const actions = fakeActions(50);
    const { rerender, all } = await show(50, { refresh: 0 }, actions);
    await userEvent.click(box('Person 1'));
    await userEvent.click(box('Person 2'));
    actions.resolve.mockResolvedValueOnce({ count: 1, gone: [{ accountId: 1, remoteId: 'u2' }] });
    await rerender({ refresh: 1 } as never);
    await expect.element(bar()).toHaveTextContent('1 row selected');
    expect(toasts.shown.at(-1)?.text).toContain('1 selected row is no longer in this list');
    await userEvent.click(page.getByRole('button', { name: 'Select all 50 that match' }));
    await expect.element(bar()).toHaveTextContent('50 rows selected');
    await rerender({ source: { ...all.source, filter: 'anna' }, load: people(3, 2) } as never);
    await expect.element(bar()).not.toBeInTheDocument();
    expect(toasts.announcement).toContain('another filter');
  });

  it('copies the selected rows through the core', async () => {
    const { actions } = await show(50);
    await userEvent.click(box('Person 1'));
    await userEvent.click(page.getByRole('button', { name: 'Copy' }));
    const selection = { all: false, rows: [{ accountId: 1, remoteId: 'u1' }] };
    expect(actions.copyText).toHaveBeenCalledWith(expect.objectContaining({ selection }));
  });
});
