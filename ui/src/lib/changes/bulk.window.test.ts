// Many at once in the built window, over the fake core: the plan of the resolved list, who is left out, and the ways out.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;
const writable = { accounts: 'writable' } as const;

const dialog = (page: Page) => page.getByTestId('bulk-dialog');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function select(page: Page, ...rows: number[]) {
  await page.getByRole('gridcell').first().waitFor();
  for (const row of rows) await page.locator(`[data-check="${row}"]`).click();
}

async function change(page: Page, what: string) {
  await press(page, 'Change…');
  await page.getByRole('menuitem', { name: what }).click();
}

describe('many at once', () => {
  test('are suspended as a plan of the resolved list, and are not selected any more afterwards', async () => {
    const page = await open('/users?text=dubois', logto);
    await select(page, 0, 1);
    await change(page, 'Suspend…');
    await dialog(page).getByRole('heading', { name: 'Suspend 2 people' }).waitFor();
    expect(
      await dialog(page)
        .getByTestId('plan')
        .getByText(/^Suspend:/)
        .count(),
    ).toBe(2);
    expect(await dialog(page).getByTestId('write-account').textContent()).toContain('Acme identity');
    await press(page, 'Add to pending changes');
    await page.getByTestId('pending-changes').getByText('2 pending changes').waitFor();
    await page.getByText('2 selected').waitFor({ state: 'detached' });
  });

  test('all that match are described, never listed, by the window; the core is asked once', async () => {
    const page = await open('/users', logto);
    await select(page, 0);
    await press(page, /^Select all/);
    await change(page, 'Suspend…');
    await dialog(page)
      .getByText(/ changes$/)
      .first()
      .waitFor();
    await press(page, 'Add to pending changes');
    await dialog(page).waitFor({ state: 'detached' });
    const [proposed] = await requests<{ selection: unknown }>(page, 'propose_bulk');
    expect(proposed?.selection).toEqual({ all: true, rows: [] });
    expect(await requests(page, 'propose_changes')).toEqual([]);
  });

  test('are given a role that is chosen by name, at once', async () => {
    const page = await open('/users?text=dubois', logto);
    await select(page, 0, 1);
    await change(page, 'Give a role…');
    const picker = page.getByTestId('picker');
    await picker.getByRole('checkbox', { name: /^Billing/ }).check();
    await picker.getByRole('button', { name: 'Continue with 1…' }).click();
    await dialog(page).getByRole('heading', { name: 'Give a role to 2 people' }).waitFor();
    await press(page, 'Apply now');
    await dialog(page).getByText('Done.').waitFor();
    const [proposed] = await requests<{ accountId: number; action: unknown }>(page, 'propose_bulk');
    expect([proposed?.accountId, proposed?.action]).toEqual([1, { kind: 'assignRoles', roles: ['r1'] }]);
    expect(await requests(page, 'apply_changes')).toHaveLength(1);
  });

  test('of several accounts stand account by account, and who cannot be changed is counted with the reason', async () => {
    const page = await open('/users?text=dubois', writable);
    await select(page, 0, 1);
    await change(page, 'Suspend…');
    await dialog(page).getByTestId('bulk-account').nth(1).waitFor();
    const accounts = dialog(page).getByTestId('write-account');
    const names = await accounts.allTextContents();
    expect(names.some((name) => name.includes('Maison Lumière'))).toBe(true);
    expect(names.some((name) => name.includes('Noordzee'))).toBe(true);
    const left = dialog(page).getByText(/left out: the account does not take this change/);
    await left.first().waitFor();
    expect(await left.count()).toBe(1);
  });

  test('a list that has changed in the meantime is shown again, and nothing is kept', async () => {
    const page = await open('/users?text=dubois', logto);
    await select(page, 0, 1);
    await change(page, 'Suspend…');
    await dialog(page).getByTestId('plan').waitFor();
    await page.evaluate(() => window.__fake.on('propose_bulk', () => ({ kept: null })));
    await press(page, 'Add to pending changes');
    await dialog(page).getByText('The list has changed in the meantime').waitFor();
    expect(await page.getByTestId('pending-changes').count()).toBe(0);
  });
});

describe('lists of holders and members', () => {
  test('take a role from several at once', async () => {
    const page = await open('/roles/detail?account=1&id=r1', logto);
    await select(page, 0, 1);
    await page.getByRole('group', { name: 'Selected rows' }).getByRole('button', { name: 'Take away' }).click();
    await dialog(page).getByTestId('plan').waitFor();
    const [asked] = await requests<{ list: { list: string }; action: unknown }>(page, 'preview_bulk');
    expect([asked?.list.list, asked?.action]).toEqual(['holders', { kind: 'unassignRoles', roles: ['r1'] }]);
  });
});

describe('receipts', () => {
  test('are saved as a file, with everything in it', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await page.getByRole('button', { name: 'Show the receipt' }).click();
    await page.getByRole('heading', { level: 1, name: /^Receipt/ }).waitFor();
    await press(page, 'Export');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    await page.getByText(/Receipt of Maison Lumière/).waitFor();
    const [asked] = await requests<{ list: unknown; columns: { id: string }[] }>(page, 'export_list');
    expect(asked?.list).toEqual({ list: 'receipt', query: { runId: 9_000 } });
    expect(asked?.columns.map(({ id }) => id)).toContain('outcome');
  });

  test('in which nothing was applied are not green', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable, () => {
      window.__fake.queue.block = { kind: 'gone' };
    });
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await page.getByTestId('apply-outcome').waitFor();
    await press(page, 'Close');
    await page
      .getByTestId('sidebar')
      .getByRole('link', { name: /^Changes/ })
      .click();
    const badge = page.getByTestId('receipts').getByText('0 applied');
    await badge.waitFor();
    expect(await badge.evaluate((node) => node.className)).not.toContain('success');
  });
});
