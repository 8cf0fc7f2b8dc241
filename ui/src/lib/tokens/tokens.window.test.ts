// The tokens in the built window, over the fake core.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { count, requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

const radar = (page: Page) => page.getByTestId('radar');
const lastFilter = async (page: Page) =>
  (await requests<{ filter: Record<string, unknown> }>(page, 'query_tokens')).at(-1)?.filter;

describe('tokens', () => {
  test('stand in the navigation of an account that lists some, and of no other', async () => {
    const page = await open('/', logto);
    await page.getByTestId('sidebar').getByRole('link', { name: 'Tokens' }).click();
    await page.getByTestId('count').filter({ hasText: '7 tokens' }).waitFor();
    await page.getByText('1,240 of 20,000 users asked, oldest 3 hours ago').waitFor();
    const other = await open('/', { accounts: 'one' });
    await other.getByTestId('sidebar').getByRole('link', { name: 'Groups' }).waitFor();
    expect(await other.getByTestId('sidebar').getByRole('link', { name: 'Tokens' }).count()).toBe(0);
  });

  test('are narrowed by chips with counts, words and type, all of which stand in the address', async () => {
    const page = await open('/tokens', logto);
    await radar(page).getByRole('button', { name: 'Expired 1', exact: true }).click();
    await page.waitForURL(/#\/tokens\?only=expired$/);
    await page.getByTestId('count').filter({ hasText: '1 of 7' }).waitFor();
    await radar(page)
      .getByRole('button', { name: /^Owner suspended or gone/ })
      .click();
    await page.waitForURL(/only=expired%2Corphaned$/);
    expect(await lastFilter(page)).toMatchObject({ chips: ['expired', 'orphaned'] });
    await radar(page)
      .getByRole('button', { name: /^Expired/ })
      .click();
    await page.getByRole('searchbox', { name: 'Filter tokens' }).fill('left');
    await page.getByRole('combobox', { name: 'Type' }).selectOption('applicationSecret');
    await page.getByText('No token matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForURL(/#\/tokens$/);
    await page.getByTestId('count').filter({ hasText: '7 tokens' }).waitFor();
    expect(await lastFilter(page)).toMatchObject({ text: '', chips: [], kind: null });
  });

  test('say “not reported” where the service does not say, and “never” only where it does', async () => {
    const page = await open('/tokens', logto);
    const row = (name: RegExp) => page.getByRole('row', { name });
    await row(/Default secret.*Not reported.*Not reported.*Not reported/).waitFor();
    await row(/left behind.*Never expires.*Never.*Never/).waitFor();
    await row(/ci runner.*Never expires/).waitFor();
    const unsaid = page.getByText('Use of 2 tokens not reported');
    await unsaid.waitFor();
    expect(await unsaid.isVisible()).toBe(true);
  });

  test('open beside the list by key; Esc gives the focus back', async () => {
    const page = await open('/tokens?text=warehouse', logto);
    await page.getByRole('row', { name: /warehouse/ }).waitFor();
    await page.locator('[role=gridcell][data-cell]').first().focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'warehouse' });
    await panel.waitFor();
    expect(await panel.getByRole('definition').allTextContents()).toContain('Personal token');
    expect(await panel.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('gridcell');
  });

  test('lead to their owner, and from there back to all of the owner’s tokens', async () => {
    const page = await open('/tokens', logto);
    const runner = page.getByRole('row', { name: /ci runner/ });
    const owner = (await runner.getByRole('link').textContent()) ?? '';
    await runner.getByRole('link').click();
    await page.waitForURL(/#\/users\/detail\?account=1&id=u0$/);
    await page.getByRole('link', { name: 'All tokens of this user' }).click();
    await page.waitForURL(/#\/tokens\?of=1&owner=u0$/);
    await page.getByTestId('count').filter({ hasText: '2 of 7' }).waitFor();
    await page.getByRole('button', { name: `Owner: ${owner} Remove this filter` }).click();
    await page.getByTestId('count').filter({ hasText: '7 tokens' }).waitFor();
    expect(await lastFilter(page)).toMatchObject({ accountId: null, owner: null });
  });

  test('are counted by owner, whose line opens the owner’s tokens', async () => {
    const page = await open('/tokens', logto);
    await page.getByRole('tab', { name: 'By owner' }).click();
    await page.getByTestId('count').filter({ hasText: '6 owners' }).waitFor();
    await page.getByRole('row', { name: /Nightly export/ }).dblclick();
    await page.waitForURL(/#\/tokens\?of=1&owner=a1$/);
    await count(page).waitFor();
    expect(await lastFilter(page)).toMatchObject({ accountId: 1, owner: 'a1' });
  });

  test('stand on the days of their ends, and a day opens its tokens', async () => {
    const page = await open('/tokens?view=calendar&month=2026-12', logto);
    await page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await page.getByRole('link', { name: 'Expires on 2 Dec 2026 1 token grafana' }).waitFor();
    await page.getByRole('button', { name: 'Previous month' }).focus();
    await page.keyboard.press('PageUp');
    await page.getByRole('heading', { name: 'November 2026' }).waitFor();
    await page.waitForURL(/view=calendar&month=2026-11$/);
    const day = page.getByRole('link', { name: 'Expires on 25 Nov 2026 1 token laptop/cli' });
    await day.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /laptop\/cli/ }).waitFor();
    await page.getByRole('button', { name: 'Expires on 25 Nov 2026 Remove this filter' }).waitFor();
    await page.getByTestId('count').filter({ hasText: '1 of 7' }).waitFor();
    expect(await lastFilter(page)).toMatchObject({ expiresFrom: expect.any(Number), expiresTo: expect.any(Number) });
  });

  test('are read again while users are asked about', async () => {
    const page = await open('/tokens', logto);
    await count(page).waitFor();
    const asked = (await requests(page, 'query_tokens')).length;
    await page.evaluate(() => {
      const details = { done: 20, total: 100 };
      for (const account of window.__fake.accounts) account.details = details;
      window.__fake.emit({ kind: 'detailsProgress', accountId: 1, details });
      window.__fake.emit({ kind: 'mirrorChanged', accountId: 1 });
    });
    await page.getByText('more are being asked…').waitFor();
    await expect.poll(async () => (await requests(page, 'query_tokens')).length).toBeGreaterThan(asked);
  });

  test('are none where no service lists one of anybody', async () => {
    const page = await open('/tokens', logto, () => {
      window.__fake.tokenCopies = 0;
    });
    await page.getByRole('heading', { name: 'No tokens' }).waitFor();
    expect(await radar(page).getByRole('button', { name: 'Expired 0', exact: true }).isVisible()).toBe(true);
  });

  test('are a hundred thousand without a stumble', async () => {
    const page = await open('/tokens', logto, () => {
      window.__fake.tokenCopies = 100_000 / 7;
    });
    await page
      .getByTestId('count')
      .filter({ hasText: /99,99\d tokens/ })
      .waitFor();
    await page.locator('[role=gridcell][data-cell]').first().focus();
    await page.keyboard.press('Control+End');
    await expect.poll(() => page.getByRole('row').last().getAttribute('aria-rowindex')).toBe('99996');
  });
});

test('the cards of the Hub open the list behind each number', async () => {
  const page = await open('/', logto);
  for (const [name, address] of [
    [/^Never expires 2$/, /only=neverExpires$/],
    [/^Owner suspended or gone 2$/, /only=orphaned$/],
    [/^All tokens 7$/, /#\/tokens$/],
  ] as const) {
    await page.getByTestId('hub-screen').getByRole('link', { name }).click();
    await page.waitForURL(address);
    await count(page).waitFor();
    await page.goBack();
    await page.getByTestId('hub-screen').waitFor();
  }
  // No service says of all of them when they were used: the count of the others stands.
  expect(await page.getByRole('link', { name: /^Idle > 30 days 3$/ }).isVisible()).toBe(true);
});

test('the palette leads to what is worth a look', async () => {
  const page = await open('/users', logto);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('calendar');
  await page.getByRole('option', { name: 'Calendar of expiring tokens' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/tokens\?view=calendar$/);
  expect(await page.getByTestId('calendar').isVisible()).toBe(true);
});

test('notifications are chosen in the settings', async () => {
  const page = await open('/settings', logto);
  await page.getByRole('checkbox', { name: /14, 7 and 1 days/ }).uncheck();
  await page.getByRole('checkbox', { name: /Name the tokens/ }).check();
  await expect
    .poll(async () => (await requests<{ settings: object }>(page, 'update_settings')).at(-1)?.settings)
    .toMatchObject({ tokenNotices: false, tokenNoticeNames: true });
});

describe('what can be done with tokens', () => {
  const dialog = (page: Page) => page.getByTestId('token-dialog');
  const bulk = (page: Page) => page.getByTestId('bulk-dialog');
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

  test('a new one is made for somebody who is searched by name', async () => {
    const page = await open('/tokens', logto);
    await press(page, 'New token');
    const picker = page.getByTestId('picker');
    await picker.getByRole('radio').first().check();
    await picker.getByRole('button', { name: 'Continue…' }).click();
    await dialog(page).getByRole('textbox', { name: 'Name' }).fill('nightly');
    await dialog(page).getByRole('button', { name: 'Continue…' }).click();
    await page.getByTestId('write-dialog').getByText('Create the token “nightly”').waitFor();
    const [asked] = await requests<{ edits: unknown[] }>(page, 'preview_edits');
    expect(asked?.edits).toMatchObject([{ kind: 'createToken', name: 'nightly' }]);
  });

  test('one that is open is renamed, rotated and revoked, and its end is said to be fixed', async () => {
    const page = await open('/tokens?text=warehouse', logto);
    await page.getByRole('row', { name: /warehouse/ }).waitFor();
    await page.locator('[role=gridcell][data-cell]').first().focus();
    await page.keyboard.press('Enter');
    const actions = page.getByTestId('token-actions');
    for (const name of [/^Rename: /, /^Rotate: /, /^Revoke: /]) await actions.getByRole('button', { name }).waitFor();
    await page.getByText('When a token ends cannot be changed.').waitFor();
    await actions.getByRole('button', { name: /^Revoke: / }).click();
    await page
      .getByTestId('plan')
      .getByText(/^Revoke the token/)
      .waitFor();
    const [asked] = await requests<{ edits: unknown[] }>(page, 'preview_edits');
    expect(asked?.edits).toMatchObject([{ kind: 'deleteToken' }]);
  });

  test('several are revoked as a plan that leaves secrets of applications out', async () => {
    const page = await open('/tokens', logto);
    await page.locator('[role=gridcell][data-cell]').first().focus();
    await page.keyboard.press('Control+a');
    await press(page, 'Revoke…');
    await bulk(page)
      .getByText(/secrets of applications cannot be revoked here/)
      .waitFor();
    await press(page, 'Add to pending changes');
    await bulk(page).waitFor({ state: 'detached' });
    const [proposed] = await requests<{ selection: unknown; action: unknown }>(page, 'propose_bulk');
    expect([proposed?.selection, proposed?.action]).toEqual([{ all: true, rows: [] }, { kind: 'revokeTokens' }]);
  });

  test('an owner gets one by key in the list of owners', async () => {
    const page = await open('/tokens?view=owners', logto);
    await page.getByText('the Insert key makes a token').waitFor();
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: /^New token of/ }) });
    await row.first().locator('[role=gridcell][data-cell]').first().click();
    await page.keyboard.press('Insert');
    await dialog(page)
      .getByRole('heading', { name: /^New token of/ })
      .waitFor();
    expect(await dialog(page).count()).toBe(1);
  });
});
