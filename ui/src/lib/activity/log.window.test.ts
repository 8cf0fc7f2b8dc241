// The service's log in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('the log of the service', () => {
  test('is filtered by person, event and result', async () => {
    const page = await open('/activity', logto);
    await page.getByRole('tab', { name: 'The service’s log' }).click();
    await page.getByTestId('count').filter({ hasText: '60 entries' }).waitFor();
    await page.getByRole('combobox', { name: 'Result' }).selectOption('failed');
    await page.waitForURL(/view=log&result=failed$/);
    await page.getByTestId('count').filter({ hasText: '12' }).waitFor();
    await page.getByRole('searchbox', { name: 'Event' }).fill('password');
    await page.waitForURL(/event=password/);
    await page.getByRole('searchbox', { name: 'Person, address or application' }).fill('eve');
    await page.waitForURL(/text=eve/);
    expect((await requests(page, 'query_log')).at(-1)).toMatchObject({
      text: 'eve',
      event: 'password',
      succeeded: false,
    });
  });

  test('is asked for the chosen days, both included, and is then read again', async () => {
    const page = await open('/activity?view=log&from=2026-11-01&to=2026-11-02', logto);
    await page.getByRole('button', { name: 'Read these days' }).click();
    await page.getByText('Nothing new in these days.').waitFor();
    const [range] = await requests<{ from: number; to: number }>(page, 'read_log');
    expect((range?.to ?? 0) - (range?.from ?? 0)).toBe(2 * 86_400_000);
  });

  test('is not offered where the service has none', async () => {
    const page = await open('/activity?view=log', { accounts: 'one' });
    await count(page).waitFor();
    expect(await page.getByRole('tab', { name: 'The service’s log' }).count()).toBe(0);
  });
});
