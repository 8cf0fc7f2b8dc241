// Who is on duty, in the built window over the fake core.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const uptrends = { accounts: 'uptrends' } as const;
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const digits = (text: string | null) => text?.replace(/\D/g, '');

describe('who is on duty', () => {
  test('stands in the navigation of an account with schedules, and of no other', async () => {
    const page = await open('/', uptrends);
    await page.getByTestId('sidebar').getByRole('link', { name: 'On duty' }).click();
    await count(page).waitFor();
    expect(await count(page).textContent()).toContain('120 people');
    const other = await open('/', { accounts: 'two' });
    await other.getByTestId('sidebar').getByRole('link', { name: 'Groups' }).waitFor();
    expect(await other.getByTestId('sidebar').getByRole('link', { name: 'On duty' }).count()).toBe(0);
  });

  test('is counted on the hub as its list shows it', async () => {
    const page = await open('/', uptrends);
    const card = page.getByTestId('hub-screen').getByRole('link', { name: /^On duty now/ });
    const shown = digits(await card.textContent());
    await card.click();
    await page.waitForURL(/#\/duty\?show=on$/);
    expect(digits((await count(page).textContent())?.split(' of ')[0] ?? '')).toBe(shown);
  });

  test('is told with why, until when and the next absence', async () => {
    const page = await open('/duty', uptrends);
    await page.getByRole('row', { name: /Chloé Claes.*Off duty.*Off-duty period.*Wed 25 Nov, 08:00/ }).waitFor();
    await page.getByRole('row', { name: /Bram Dubois.*On duty.*Fri 20 Nov, 18:00/ }).waitFor();
    const inactive = page.getByRole('row', { name: /Anna Moreau/ });
    expect(await inactive.textContent()).toContain('Not active: receives no alerts');
    expect(await page.getByTestId('duty-screen').textContent()).not.toContain('Suspended');
    expect(await page.getByTestId('duty-clock').textContent()).toContain('GMT+01:00* Brussels');
  });

  test('is narrowed by group, and keeps its filter in the address', async () => {
    const page = await open('/duty', uptrends);
    await count(page).waitFor();
    await page.getByRole('combobox', { name: 'Group', exact: true }).selectOption('Engineering');
    await page.waitForURL(/#\/duty\?group=g2$/);
    await page.getByTestId('count').filter({ hasText: '9 people' }).waitFor();
    expect((await requests(page, 'get_duty')).at(-1)).toMatchObject({ accountId: 1, groupId: 'g2', userId: null });
    await page.getByRole('columnheader', { name: 'Until' }).click();
    await page.waitForURL(/group=g2&sort=until$/);
    // Whose end is not known stands last.
    await expect.poll(async () => (await rowNames(page)).slice(-2)).toEqual(['Élise Dubois', 'Hannah de Vries']);
  });

  test('can be gone through day by day with the arrow keys, each day in words', async () => {
    const page = await open('/duty?view=calendar&text=bram+dubois', uptrends);
    await page.getByRole('gridcell').nth(1).click();
    expect(await focused(page)).toBe('off duty 18:00–00:00');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('off duty 00:00–08:00');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('on duty');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/users\/detail\?account=1&id=u\d+$/);
  });

  test('names each account where several have schedules', async () => {
    const page = await open('/duty', uptrends, () => {
      const [first] = window.__fake.accounts;
      if (first) window.__fake.accounts = [first, { ...first, id: 2, name: 'Day watch' }];
      window.__fake.emit({ kind: 'accountsChanged' });
    });
    await page.getByTestId('count').filter({ hasText: '240 people' }).waitFor();
    await page.getByRole('columnheader', { name: 'Account' }).waitFor();
    expect(await page.getByTestId('duty-clock').locator('p').count()).toBe(2);
    expect(await page.getByRole('combobox', { name: 'Group', exact: true }).count()).toBe(0);
  });

  test('is on the page of a group, for its members', async () => {
    const page = await open('/groups/detail?account=1&id=g2', uptrends);
    await page.getByRole('heading', { name: 'Duty, next 14 days' }).waitFor();
    const calendar = page.getByRole('grid', { name: 'Off-duty periods by day' });
    await calendar.getByRole('row', { name: /Hannah de Vries/ }).waitFor();
    expect(await calendar.getByRole('columnheader').count()).toBe(15);
  });

  test('is meant on another clock when somebody chooses one, and a name that is none is refused', async () => {
    const page = await open('/duty?account=1', uptrends);
    const clock = page.getByTestId('duty-clock');
    await clock.getByRole('button', { name: 'Change…' }).first().click();
    const box = page.getByTestId('zone-dialog');
    await box.getByRole('radio', { name: 'Another time zone' }).check();
    await box.getByLabel('Time zone', { exact: true }).fill('Atlantis');
    await box.getByRole('button', { name: 'Save' }).click();
    await box.getByText('There is no time zone of this name.').waitFor();
    await box.getByLabel('Time zone', { exact: true }).fill('America/New_York');
    await box.getByText(/^It is .* there now\.$/).waitFor();
    await box.getByRole('button', { name: 'Save' }).click();
    await box.waitFor({ state: 'detached' });
    await clock.getByText(/America\/New_York/).waitFor();
    const asked = await page.evaluate(
      () => window.__fake.calls.findLast(({ name }) => name === 'set_time_zone')?.request,
    );
    expect(asked).toEqual({ accountId: 1, timeZone: 'America/New_York' });
  });
});
