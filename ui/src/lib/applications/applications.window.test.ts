// The applications in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('applications', () => {
  test('stand in the navigation of an account that has some, and of no other', async () => {
    const page = await open('/', logto);
    await page.getByTestId('sidebar').getByRole('link', { name: 'Applications' }).click();
    await count(page).waitFor();
    expect(await rowNames(page)).toContain('Rollcall');
    const other = await open('/', { accounts: 'one' });
    await other.getByTestId('sidebar').getByRole('link', { name: 'Groups' }).waitFor();
    expect(await other.getByTestId('sidebar').getByRole('link', { name: 'Applications' }).count()).toBe(0);
  });

  test('that manage the account are counted by the Hub, which opens their list', async () => {
    const page = await open('/', logto);
    await page.getByRole('link', { name: /Programs that manage the account/ }).click();
    await page.waitForURL(/#\/applications\?managing=true$/);
    await page.getByTestId('count').filter({ hasText: '2' }).waitFor();
    expect((await requests(page, 'query_applications')).at(-1)).toMatchObject({ managingOnly: true, sort: 'manages' });
    await page.getByRole('checkbox').uncheck();
    await page.getByTestId('count').filter({ hasText: '3 applications' }).waitFor();
  });

  test('show their secrets with their ages, and lead to their roles', async () => {
    const page = await open('/applications/detail?account=1&id=a0', logto);
    await page.getByText('Can read and change everything').first().waitFor();
    await page.getByText('Default secret').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'spring' }).getByText('Expired').waitFor();
    await page.getByRole('link', { name: 'Logto Management API access' }).click();
    await page.waitForURL(/#\/roles\/detail\?account=1&id=r3$/);
    await page.getByRole('link', { name: 'Job 0' }).click();
    await page.waitForURL(/#\/applications\/detail\?account=1&id=a0$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Nightly export');
  });

  test('that are gone say so', async () => {
    const page = await open('/applications/detail?account=1&id=a99', logto);
    const gone = page.getByText('This application is no longer in the account');
    await gone.waitFor();
    expect(await gone.isVisible()).toBe(true);
  });
});
