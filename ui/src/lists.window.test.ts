// Every list and page as it is built: nothing that axe finds, nothing that the window's policy refuses, nothing wider
// than its window; in both themes, all languages and the smallest window.
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, WindowServer, type WindowOptions } from './testing/window';

let server: WindowServer;
beforeAll(async () => {
  server = await WindowServer.start();
});
afterAll(() => server.stop());

/** Where to leave a picture of every screen, for people to look at. */
const pictures = process.env['ROLLCALL_PICTURES'];

const looks: readonly Pick<WindowOptions, 'scenario' | 'width' | 'height'>[] = [
  { scenario: { language: 'en', theme: 'light' }, width: 1280, height: 800 },
  { scenario: { language: 'fr', theme: 'dark' }, width: 900, height: 600 },
  { scenario: { language: 'nl', theme: 'light' }, width: 900, height: 600 },
  { scenario: { language: 'en', theme: 'dark' }, width: 1280, height: 800 },
];

interface Case extends WindowOptions {
  name: string;
  /** What is there once the screen is. */
  shown: string;
  act?: (page: Page) => Promise<void>;
}

const rich = { accounts: 'two', rich: true } as const;
const logto = { accounts: 'logto', rich: true } as const;
const uptrends = { accounts: 'uptrends' } as const;
const lesser = { accounts: 'uptrendsLesser' } as const;
const cases: readonly Case[] = [
  { name: 'hub', scenario: rich, route: '/', shown: 'table' },
  { name: 'hub of one account', scenario: { ...rich, accounts: 'one' }, route: '/', shown: 'table' },
  { name: 'hub, nothing read', scenario: { accounts: 'unread' }, route: '/', shown: '[data-testid=empty-state]' },
  { name: 'hub of Logto', scenario: logto, route: '/', shown: '[data-testid=hub-screen] ul' },
  { name: 'hub of Uptrends', scenario: uptrends, route: '/', shown: '[data-testid=hub-screen] ul' },
  { name: 'hub of Uptrends, lesser', scenario: lesser, route: '/', shown: '[data-testid=hub-screen] ul' },
  {
    name: 'hub with Uptrends',
    scenario: { accounts: 'uptrendsBeside', rich: true },
    route: '/',
    shown: 'table',
  },
  { name: 'operators', scenario: uptrends, route: '/users', shown: '[role=gridcell]' },
  {
    name: 'operator',
    scenario: uptrends,
    route: '/users/detail?account=1&id=u3',
    shown: '[data-testid=account-rights]',
  },
  {
    name: 'operator, lesser',
    scenario: lesser,
    route: '/users/detail?account=1&id=u4',
    shown: '[data-testid=rights-hidden]',
  },
  {
    name: 'operator, permissions',
    scenario: uptrends,
    route: '/users/detail?account=1&id=u2',
    shown: '[data-testid=account-rights]',
    act: (page) => page.locator('[role=grid]').last().scrollIntoViewIfNeeded(),
  },
  {
    name: 'operator group',
    scenario: uptrends,
    route: '/groups/detail?account=1&id=g2',
    shown: '[data-testid=duty-clock]',
    act: (page) => page.locator('[data-testid=duty-clock]').scrollIntoViewIfNeeded(),
  },
  { name: 'duty', scenario: uptrends, route: '/duty', shown: '[role=gridcell]' },
  { name: 'duty of two', scenario: { accounts: 'uptrendsBeside' }, route: '/duty?show=off', shown: '[role=gridcell]' },
  { name: 'duty, none', scenario: lesser, route: '/duty?text=zzz', shown: '[data-testid=empty-state]' },
  { name: 'duty, days', scenario: uptrends, route: '/duty?view=calendar', shown: '.day' },
  { name: 'resources', scenario: uptrends, route: '/resources', shown: '[role=gridcell]' },
  { name: 'resources, lesser', scenario: lesser, route: '/resources?kind=monitor', shown: '[role=gridcell]' },
  { name: 'monitor', scenario: uptrends, route: '/resources/detail?account=1&id=m2', shown: '[role=gridcell]' },
  { name: 'monitor, lesser', scenario: lesser, route: '/resources/detail?account=1&id=m2', shown: 'dl' },
  { name: 'monitor group', scenario: uptrends, route: '/resources/detail?account=1&id=mg0', shown: '[role=gridcell]' },
  { name: 'API users', scenario: uptrends, route: '/tokens', shown: '[role=gridcell]' },
  { name: 'log', scenario: logto, route: '/activity?view=log', shown: '[role=gridcell]' },
  { name: 'organisations', scenario: logto, route: '/organizations', shown: '[role=gridcell]' },
  { name: 'invitations', scenario: logto, route: '/organizations?view=invitations', shown: '[role=gridcell]' },
  {
    name: 'organisation',
    scenario: { accounts: 'logto' },
    route: '/groups/detail?account=1&id=o2',
    shown: '[role=gridcell]',
  },
  { name: 'user of Logto', scenario: logto, route: '/users/detail?account=1&id=u4', shown: 'h1' },
  { name: 'roles', scenario: logto, route: '/roles', shown: '[role=gridcell]' },
  { name: 'role', scenario: logto, route: '/roles/detail?account=1&id=r4', shown: '[role=gridcell]' },
  { name: 'tokens', scenario: logto, route: '/tokens', shown: '[role=gridcell]' },
  {
    name: 'tokens, one opened',
    scenario: logto,
    route: '/tokens?only=expired,expiring',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.getByRole('gridcell').nth(3).dblclick();
      await page.getByTestId('token-panel').waitFor();
    },
  },
  { name: 'tokens by owner', scenario: logto, route: '/tokens?view=owners', shown: '[role=gridcell]' },
  { name: 'tokens, calendar', scenario: logto, route: '/tokens?view=calendar&month=2026-11', shown: 'td a' },
  { name: 'tokens, none matches', scenario: logto, route: '/tokens?text=zzz', shown: '[data-testid=empty-state]' },
  { name: 'tokens of an owner', scenario: logto, route: '/tokens?of=1&owner=u0', shown: 'button.filter' },
  { name: 'users', scenario: { ...rich, users: 2_500 }, route: '/users', shown: '[role=gridcell]' },
  { name: 'three users', scenario: { accounts: 'one', users: 3 }, route: '/users', shown: '[role=gridcell]' },
  {
    name: 'users, selected, menu open',
    scenario: { ...rich, users: 500 },
    route: '/users?text=van+status:suspended&sort=email&order=desc',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.getByRole('gridcell').nth(2).click();
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+ArrowDown');
      await page.locator('.columns [aria-haspopup=menu]').last().click();
      await page.getByRole('menuitemcheckbox').first().waitFor();
    },
  },
  {
    name: 'users, selected and exported',
    scenario: { ...rich, users: 500 },
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.getByRole('checkbox').nth(2).click();
      await page.locator('.columns [aria-haspopup=menu]').first().click();
      await page.getByRole('menuitem').first().click();
      await page.getByTestId('exported').getByRole('button').first().waitFor();
    },
  },
  {
    name: 'users, exporting',
    scenario: { ...rich, users: 500 },
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.evaluate(() => window.__fake.on('export_list', () => new Promise(() => undefined)));
      await page.keyboard.press('Control+e');
      await page.getByRole('menuitem').last().click();
      await page.evaluate(() => {
        const progress = { export: 1, rows: 412_300, total: 1_000_000, finishing: false };
        window.__fake.emit({ kind: 'exportProgress', progress });
      });
      await page.locator('.card progress, .card [role=progressbar]').waitFor();
    },
  },
  {
    name: 'users, not exported',
    scenario: {
      ...rich,
      users: 500,
      fail: { export_list: { code: 'fileNotWritten', action: 'retry', reason: 'fileNoRoom' } },
    },
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.keyboard.press('Control+e');
      await page.getByRole('menuitem').first().click();
      await page.locator('.card details').waitFor();
    },
  },
  {
    name: 'users, completing',
    scenario: rich,
    route: '/users?text=status:active',
    shown: '[data-testid=facets] input',
    act: async (page) => {
      await page.locator('search input').fill('status:active de');
      await page.locator('search input').press('ArrowDown');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'users, a mistake',
    scenario: rich,
    route: '/users?text=status:active',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('search input').fill('anna emial:x');
      await page.getByTestId('filter-problem').waitFor();
    },
  },
  {
    name: 'users, help',
    scenario: rich,
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.keyboard.press('F1');
      await page.getByTestId('filter-help').waitFor();
    },
  },
  {
    name: 'users, keeping a filter',
    scenario: rich,
    route: '/users?text=anna',
    shown: '[data-testid=saved-filters] button',
    act: async (page) => {
      await page.locator('[data-testid=saved-filters] > button').last().click();
      await page.getByTestId('keep-filter').waitFor();
    },
  },
  {
    name: 'users, managing filters',
    scenario: rich,
    route: '/users',
    shown: '[data-testid=saved-filters] button',
    act: async (page) => {
      await page.locator('[data-testid=saved-filters] > button').first().click();
      await page.getByTestId('manage-filters').waitFor();
    },
  },
  {
    name: 'palette',
    scenario: rich,
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('an');
      await page.getByTestId('palette').getByRole('option').nth(5).waitFor();
    },
  },
  { name: 'users, none', scenario: rich, route: '/users?text=zzzz', shown: '[data-testid=empty-state]' },
  { name: 'user', scenario: rich, route: '/users/detail?account=1&id=u4', shown: 'dl' },
  {
    name: 'user, history and record',
    scenario: rich,
    route: '/users/detail?account=1&id=u4',
    shown: 'dl',
    act: async (page) => {
      await page.locator('summary').click();
      await page.locator('pre').scrollIntoViewIfNeeded();
    },
  },
  { name: 'groups', scenario: rich, route: '/groups', shown: '[role=gridcell]' },
  { name: 'group', scenario: rich, route: '/groups/detail?account=1&id=g2', shown: '[role=gridcell]' },
  { name: 'syncs', scenario: rich, route: '/activity', shown: '[role=gridcell]' },
  { name: 'changes', scenario: rich, route: '/activity?view=changes&run=20', shown: '[role=gridcell]' },
  { name: 'since', scenario: rich, route: '/activity?view=since', shown: '[role=gridcell]' },
  { name: 'as it was', scenario: rich, route: '/activity/past?since=7d', shown: '[role=gridcell]' },
  { name: 'sync', scenario: rich, route: '/activity/run?id=20', shown: 'table' },
  { name: 'failed sync', scenario: rich, route: '/activity/run?id=18', shown: '[data-testid=detail] h1' },
  { name: 'sync to decide about', scenario: rich, route: '/activity/run?id=17', shown: 'table' },
];

// Every case in two looks; the other two looks share them.
const looked = looks.map((look, at) => ({
  ...look,
  cases: cases.filter((_, index) => at < 2 || index % 2 === at % 2),
}));

describe.each(looked)('$scenario.language, $scenario.theme, $width × $height', ({ cases: chosen, ...look }) => {
  test.each(chosen)('$name', async ({ name, act, shown, ...options }) => {
    const scenario = { ...options.scenario, ...look.scenario };
    const { page, problems } = await server.open({ ...look, ...options, scenario });
    await page.locator(shown).first().waitFor();
    await act?.(page);
    if (pictures) {
      await page.screenshot({ path: `${pictures}/${name}, ${scenario.language}, ${scenario.theme}.png` });
    }
    const found = await accessibilityProblems(page);
    const tooWide = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main')].some(
        (element) => element !== null && element.scrollWidth > element.clientWidth,
      ),
    );
    await page.context().close();
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
    expect(tooWide).toBe(false);
  });
});
