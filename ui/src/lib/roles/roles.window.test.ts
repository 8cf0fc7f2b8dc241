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
});
