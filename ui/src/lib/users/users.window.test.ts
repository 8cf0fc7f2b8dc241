// The users and the page of a user in the built window, over the fake core.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

describe('the users', () => {
  test('follow the search of the window letter by letter, and say how many of how many', async () => {
    const page = await open('/users', { users: 500 });
    await count(page).waitFor();
    expect(await count(page).textContent()).toBe('1,000 users');
    await page.getByRole('combobox', { name: 'Search users' }).pressSequentially('dubois');
    await page
      .getByTestId('count')
      .filter({ hasText: / of 1,000$/ })
      .waitFor();
    expect((await rowNames(page)).every((name) => name.includes('Dubois'))).toBe(true);
    const last = (await requests<{ text: string }>(page, 'query_users')).at(-1);
    expect(last?.text).toBe('dubois');
  });

  test('show the answer to the newest question, however late an older one comes', async () => {
    const page = await open('/users', {}, () => {
      const row = (name: string) => ({
        accountId: 1,
        remoteId: name,
        userName: name,
        displayName: name,
        email: null,
        active: null,
        givenName: null,
        familyName: null,
        title: null,
        department: null,
        organization: null,
        employeeNumber: null,
        userType: null,
        phone: null,
        locale: null,
        externalId: null,
        groups: 0,
        pending: null,
        createdAt: null,
        modifiedAt: null,
        lastSignInAt: null,
        signInKnown: false,
        invitedUntil: null,
      });
      window.__fake.on('query_users', async ({ text }) => {
        await new Promise((resolve) => setTimeout(resolve, text.length === 1 ? 600 : 10));
        return { total: 1, all: 1, revision: 1, rows: [row(`answer to ${text}`)] };
      });
    });
    await page.getByText('answer to', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Search users' }).pressSequentially('ab');
    await page.getByText('answer to ab').waitFor();
    await page.waitForTimeout(800);
    expect(await rowNames(page)).toEqual(['answer to ab']);
  });

  test('say that nobody matches, and clear every filter at once', async () => {
    const page = await open('/users?text=zzz+status:suspended');
    await page.getByTestId('empty-state').getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForURL(/#\/users$/);
    await page.getByRole('gridcell').first().waitFor();
    expect(await page.getByRole('combobox', { name: 'Search users' }).inputValue()).toBe('');
  });

  test('are filtered by a facet, which writes itself into the filter and takes itself out again', async () => {
    const page = await open('/users');
    const suspended = page.getByTestId('facets').getByRole('checkbox', { name: /^Suspended/ });
    await suspended.check();
    await page.waitForURL(/text=status%3Asuspended$/);
    expect((await requests(page, 'query_users')).at(-1)).toMatchObject({ text: 'status:suspended' });
    expect(await page.getByRole('combobox', { name: 'Search users' }).inputValue()).toBe('status:suspended');
    await suspended.uncheck();
    await page.waitForURL(/#\/users$/);
  });

  test('are ordered by a click on a heading, and by Enter in it', async () => {
    const page = await open('/users');
    await page.getByRole('columnheader', { name: 'E-mail' }).click();
    await page.waitForURL(/sort=email$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=email&order=desc$/);
    await page.locator('[role=columnheader][aria-sort=descending]').filter({ hasText: 'E-mail' }).waitFor();
    expect((await requests(page, 'query_users')).at(-1)).toMatchObject({ sort: { column: 'email', descending: true } });
  });

  test('stand by account only among several', async () => {
    const page = await open('/users');
    await page.getByRole('columnheader', { name: 'Account' }).waitFor();
    await page
      .getByRole('button', { name: /Maison Lumière/ })
      .first()
      .click();
    await page.getByRole('columnheader', { name: 'Account' }).waitFor({ state: 'detached' });
    expect((await requests(page, 'query_users')).at(-1)).toMatchObject({ accountId: 1 });
  });

  test('keep the columns as arranged', async () => {
    const page = await open('/users');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Phone' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Phone' }).waitFor();
    const saved = (
      await requests<{ settings: { gridLayouts: Record<string, { column: string }[]> } }>(page, 'update_settings')
    ).at(-1);
    expect(saved?.settings.gridLayouts['users']).toContainEqual({ column: 'phone', width: 130, visible: true });
    await page.keyboard.press('Alt+3');
    await page.keyboard.press('Alt+2');
    await page.getByRole('columnheader', { name: 'Phone' }).waitFor();
  });

  test('open by Enter; the way back leads to the same rows of the same list', async () => {
    const page = await open('/users?text=status:active', { users: 1000 });
    await page.locator('[role=gridcell][data-cell]').first().click();
    await page.keyboard.press('Control+End');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') !== '0');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-column') === '0');
    const name = await focused(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/users\/detail\?account=\d&id=u\d+$/);
    await page.getByRole('link', { name: 'Back to the users' }).click();
    await page.waitForURL(/#\/users\?text=status%3Aactive$/);
    await page.locator('[role=gridcell][tabindex="0"]', { hasText: name ?? '' }).waitFor();
    expect(await page.locator('[role=grid]').evaluate((grid) => grid.scrollTop)).toBeGreaterThan(10_000);
  });

  test('keep focus and place when a sync ends', async () => {
    const page = await open('/users', { users: 1000 });
    await page.locator('[role=gridcell][data-cell]').first().click();
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') !== '0');
    const before = await page.locator('[role=grid]').evaluate((grid) => [grid.scrollTop, document.activeElement?.id]);
    const asked = (await requests(page, 'query_users')).length;
    await page.evaluate(() => window.__fake.emit({ kind: 'mirrorChanged', accountId: 1 }));
    await page.waitForFunction(
      (n) => window.__fake.calls.filter(({ name }) => name === 'query_users').length > n,
      asked,
    );
    await page.waitForTimeout(100);
    expect(await page.locator('[role=grid]').evaluate((grid) => [grid.scrollTop, document.activeElement?.id])).toEqual(
      before,
    );
  });

  test('say that the core failed, and try again', async () => {
    const page = await open('/users', { fail: { query_users: { code: 'databaseFailed', action: 'retry' } } });
    const notice = page.getByTestId('error');
    await notice.waitFor();
    const asked = (await requests(page, 'query_users')).length;
    await notice.getByRole('button').click();
    await page.waitForFunction(
      (n) => window.__fake.calls.filter(({ name }) => name === 'query_users').length > n,
      asked,
    );
    expect(await notice.count()).toBe(1);
  });

  test('scroll through 1,000,000 without drawing more than a screen of them', async () => {
    const page = await open('/users', {}, () => {
      const fake = window.__fake;
      fake.on('query_users', async ({ offset, limit }) => {
        const { row } = await fake.call('get_user', { accountId: 1, remoteId: 'u1' });
        const rows = Array.from({ length: Math.min(limit, 1_000_000 - offset) }, (_, at) => ({
          ...row,
          remoteId: `u${offset + at}`,
          displayName: `Person ${offset + at + 1}`,
        }));
        return { total: 1_000_000, all: 1_000_000, revision: 1, rows };
      });
    });
    await page.getByText('Person 1', { exact: true }).waitFor();
    await page.locator('[role=grid]').evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
    await page.getByText('Person 1000000', { exact: true }).waitFor();
    await page.locator('[role=grid]').evaluate((grid) => (grid.scrollTop = grid.scrollHeight / 2));
    await page
      .locator('[role=row]:not([aria-busy]) a', { hasText: /Person (49|50)\d{4}/ })
      .first()
      .waitFor();
    expect(await page.locator('[role=row]').count()).toBeLessThan(50);
  });
});

describe('the page of a user', () => {
  test('says "not reported" where the service says nothing', async () => {
    const page = await open('/users/detail?account=1&id=u7');
    await page.getByRole('heading', { level: 1, name: 'Hannah de Vries' }).waitFor();
    const external = page.locator('dl div').filter({ hasText: 'External id' });
    expect(await external.locator('dd').textContent()).toBe('Not reported');
    expect(await page.getByTestId('detail').textContent()).not.toMatch(/never/i);
  });

  test('leads to the groups, and shows the record on demand', async () => {
    const page = await open('/users/detail?account=1&id=u7');
    await page.getByText('Show the record').click();
    await page.getByRole('region', { name: 'Record as the service sent it' }).getByText('"userName": "u7"').waitFor();
    await page.getByRole('link', { name: 'Engineering' }).click();
    await page.waitForURL(/#\/groups\/detail\?account=1&id=g2$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Engineering');
  });

  test('says that the user is gone, and where to look', async () => {
    const page = await open('/users/detail?account=1&id=u7', {
      fail: { get_user: { code: 'notFound', action: 'none' } },
    });
    await page.getByText('This user is no longer in the account').waitFor();
    expect(await page.getByRole('link', { name: 'Look in the history' }).getAttribute('href')).toContain(
      'action=removed',
    );
  });

  test('says that an address without a user names nobody', async () => {
    const page = await open('/users/detail');
    await page.getByText('This address names nobody').waitFor();
    expect(await requests(page, 'get_user')).toEqual([]);
  });
});
