// The roles in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('roles', () => {
  test('stand in the navigation of an account that has some, and of no other', async () => {
    const page = await open('/', logto);
    await page.getByTestId('sidebar').getByRole('link', { name: 'Roles' }).click();
    await count(page).waitFor();
    expect(await rowNames(page)).toContain('Administrator');
    const other = await open('/', { accounts: 'one' });
    await other.getByTestId('sidebar').getByRole('link', { name: 'Groups' }).waitFor();
    expect(await other.getByTestId('sidebar').getByRole('link', { name: 'Roles' }).count()).toBe(0);
  });

  test('are filtered by where they are held, and to those that nobody holds', async () => {
    const page = await open('/roles', logto);
    await count(page).waitFor();
    await page.getByRole('combobox', { name: 'Held in' }).selectOption('organization');
    await page.waitForURL(/scope=organization$/);
    expect((await requests(page, 'query_roles')).at(-1)).toMatchObject({ scope: 'organization' });
    await page.getByRole('checkbox', { name: 'Held by nobody' }).check();
    await page.getByText('No role matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByTestId('count').filter({ hasText: '6 roles' }).waitFor();
  });

  test('show what they allow by resource, and who holds them in which organisation', async () => {
    const page = await open('/roles/detail?account=1&id=r4', logto);
    await page.getByRole('heading', { name: 'Billing API' }).waitFor();
    await page.getByRole('heading', { name: 'Organisation template' }).waitFor();
    await page.getByRole('row', { name: /Anna Vermeulen.*Acme/ }).waitFor();
    await page.getByRole('row', { name: /x9.*No longer in the account/ }).waitFor();
    expect(await page.getByRole('row', { name: /x9/ }).getByRole('link', { name: 'x9' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Anna Vermeulen' }).click();
    await page.waitForURL(/#\/users\/detail\?account=1&id=u0$/);
  });

  test('that are gone say so', async () => {
    const page = await open('/roles/detail?account=1&id=r99', logto);
    const gone = page.getByText('This role is no longer in the account');
    await gone.waitFor();
    expect(await gone.isVisible()).toBe(true);
  });

  test('show in the matrix who may what, with those that administer marked, and go from cell to cell by keys', async () => {
    const page = await open('/roles', logto);
    await page.getByRole('tab', { name: 'Who may what' }).click();
    const grid = page.getByRole('grid', { name: 'What each role of Acme identity allows' });
    await grid.waitFor();
    await page.getByText('4 permissions').waitFor();
    expect(await grid.getByText('Administers').count()).toBe(2);
    expect(
      await grid
        .getByRole('row', { name: /^invite:member/ })
        .getByText('Member: yes')
        .count(),
    ).toBe(1);
    expect(
      await grid
        .getByRole('row', { name: /^delete:invoices/ })
        .getByText('Administrator: no')
        .count(),
    ).toBe(1);

    await grid.getByRole('link', { name: 'Administrator' }).focus();
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());
    expect(await focused()).toBe('Administrator: yes');
    await page.keyboard.press('Control+End');
    expect(await focused()).toBe('Member: no');

    await page.getByRole('combobox', { name: 'Held in' }).selectOption('organization');
    await page.getByRole('searchbox', { name: 'Filter permissions' }).fill('invoices');
    await page.getByText('3 of 4').waitFor();
    expect((await requests(page, 'get_role_matrix')).at(-1)).toMatchObject({ text: 'invoices', scope: 'organization' });
    await page.getByRole('checkbox', { name: 'Allowed by a role' }).check();
    await page.getByText('2 of 4').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    await page.waitForFunction(() => window.__fake.calls.some(({ name }) => name === 'export_list'));
    const asked = (await requests(page, 'export_list')).at(-1);
    expect(asked).toMatchObject({ list: { list: 'matrix', query: { roles: ['r4', 'r5'] } } });
  });

  test('of one that allows nothing that matches say so, and of an account without any', async () => {
    const page = await open('/roles?view=matrix&text=nothing', logto);
    const none = page.getByText('No permission matches');
    await none.waitFor();
    expect(await none.isVisible()).toBe(true);
  });
});
