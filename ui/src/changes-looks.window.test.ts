// Everything that writes as it is built: nothing that axe finds, nothing that the window's policy refuses, nothing wider than
// its window; in both themes, all languages and the smallest window.
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
];

interface Case extends WindowOptions {
  name: string;
  /** What is there once it is shown. */
  shown: string;
  act?: (page: Page) => Promise<void>;
}

const waiting = { accounts: 'writable', changes: true } as const;
const logto = { accounts: 'logto' } as const;
const user = '/users/detail?account=1&id=u7';
const actions = '.actions';

/** Presses the button at this place among those that match. */
const nth = (page: Page, selector: string, index: number) => page.locator(selector).nth(index).click();
const primary = (page: Page, dialog: string) => page.locator(`[data-testid=${dialog}] footer button`).last().click();

async function suspend(page: Page): Promise<void> {
  await page.locator(`${actions} button`).nth(1).click();
  await page.getByTestId('plan').waitFor();
}

async function remove(page: Page): Promise<void> {
  await page.locator(`${actions} [aria-haspopup=menu]`).click();
  await page.locator('[role=menuitem].danger').click();
  await page.getByTestId('plan').waitFor();
}

/** Selects two rows and opens what can be done to them. */
async function selectTwo(page: Page): Promise<void> {
  for (const row of [0, 1]) await nth(page, `[data-check="${row}"]`, 0);
  await page.locator('[role=group] .actions [aria-haspopup=menu]').last().click();
  await page.locator('[role=menu]').waitFor();
}

const cases: readonly Case[] = [
  { name: 'changes', scenario: waiting, route: '/changes', shown: '[data-testid=queue]' },
  {
    name: 'changes, further down',
    scenario: waiting,
    route: '/changes',
    shown: '[data-testid=queue]',
    act: (page) => page.getByTestId('blocked').last().scrollIntoViewIfNeeded(),
  },
  { name: 'changes, none', scenario: { accounts: 'writable' }, route: '/changes', shown: '[data-testid=empty-state]' },
  {
    name: 'changes, applying some',
    scenario: waiting,
    route: '/changes',
    shown: '[data-testid=queue]',
    act: async (page) => {
      await nth(page, '[data-testid=queue] .line input[type=checkbox]', 3);
      await page.locator('[data-testid=queue] .tools button').last().click();
      await page.getByTestId('apply-dialog').waitFor();
    },
  },
  {
    name: 'changes, withdrawing',
    scenario: waiting,
    route: '/changes',
    shown: '[data-testid=queue]',
    act: async (page) => {
      await nth(page, '[data-testid=queue] .line input[type=checkbox]', 0);
      await page.locator('[data-testid=queue] .tools button').first().click();
      await page.getByTestId('withdraw-dialog').waitFor();
    },
  },
  { name: 'users with changes', scenario: waiting, route: '/users?text=dubois', shown: '[data-testid=pending]' },
  {
    name: 'user with changes',
    scenario: waiting,
    route: '/users/detail?account=1&id=u3',
    shown: '[data-testid=pending-notice]',
  },
  { name: 'writing, suspend', scenario: { accounts: 'writable' }, route: user, shown: actions, act: suspend },
  { name: 'writing, delete', scenario: { accounts: 'writable' }, route: user, shown: actions, act: remove },
  {
    name: 'writing, done',
    scenario: { accounts: 'writable' },
    route: user,
    shown: actions,
    act: async (page) => {
      await suspend(page);
      await primary(page, 'write-dialog');
      await page.getByTestId('apply-outcome').waitFor();
    },
  },
  {
    name: 'writing, refused',
    scenario: { accounts: 'writable' },
    route: user,
    shown: actions,
    act: async (page) => {
      await page.evaluate(() => (window.__fake.queue.block = { kind: 'forbidden', words: 'insufficient_scope' }));
      await suspend(page);
      await primary(page, 'write-dialog');
      await page.getByTestId('apply-outcome').waitFor();
    },
  },
  {
    name: 'writing, sending',
    scenario: { accounts: 'writable' },
    route: user,
    shown: actions,
    act: async (page) => {
      await page.evaluate(() => (window.__fake.queue.held = true));
      await suspend(page);
      await primary(page, 'write-dialog');
      await page.getByTestId('apply-progress').waitFor();
    },
  },
  {
    name: 'receipt',
    scenario: { accounts: 'writable' },
    route: user,
    shown: actions,
    act: async (page) => {
      await suspend(page);
      await primary(page, 'write-dialog');
      await page.getByTestId('apply-outcome').waitFor();
      await page.locator('[data-testid=write-dialog] footer button').first().click();
      await page.getByTestId('receipt-lines').waitFor();
    },
  },
  {
    name: 'form, new user of SCIM',
    scenario: { accounts: 'writable' },
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.evaluate(() => (window.__fake.accounts = window.__fake.accounts.slice(0, 1)));
      await page.locator('.toolbar > button').nth(1).click();
      await page.getByTestId('record-form').waitFor();
    },
  },
  {
    name: 'form, user of Logto with a mistake in JSON',
    scenario: logto,
    route: user,
    shown: actions,
    act: async (page) => {
      await nth(page, `${actions} button`, 0);
      await page.locator('[data-testid=record-form] summary').last().click();
      await page.locator('[data-testid=record-form] textarea').fill('{\n  "plan": oops\n}');
    },
  },
  {
    name: 'form, leaving',
    scenario: logto,
    route: user,
    shown: actions,
    act: async (page) => {
      await nth(page, `${actions} button`, 0);
      await page.locator('[data-testid=record-form] input').first().fill('Zoé');
      await page.keyboard.press('Escape');
      await page.getByTestId('leave-notice').waitFor();
    },
  },
  {
    name: 'form, new role',
    scenario: logto,
    route: '/roles',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('.toolbar > button').first().click();
      await page.getByTestId('record-form').waitFor();
    },
  },
  {
    name: 'token, rotating',
    scenario: logto,
    route: user,
    shown: actions,
    act: async (page) => {
      await page.locator('[aria-label$=": ci"]').nth(1).click();
      await page.getByTestId('token-dialog').waitFor();
    },
  },
  {
    name: 'secret',
    scenario: logto,
    route: user,
    shown: actions,
    act: async (page) => {
      await page.locator('[aria-label$=": ci"]').nth(1).click();
      // The old one waits for a person: nothing of it is to be confirmed now.
      await nth(page, '[data-testid=token-dialog] input[type=radio]', 1);
      await primary(page, 'token-dialog');
      await page.getByTestId('plan').waitFor();
      await primary(page, 'write-dialog');
      const secret = page.getByTestId('secret-dialog');
      await secret.locator('[aria-pressed]').click();
      await page.getByTestId('secret').waitFor();
      await page.keyboard.press('Escape');
      await secret.getByRole('status').or(secret.locator('.banner')).first().waitFor();
    },
  },
  {
    name: 'picking people',
    scenario: logto,
    route: '/groups/detail?account=1&id=o0',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('section button:has(svg.lucide-plus)').first().click();
      await nth(page, '[data-testid=picker] .list input:not(:disabled)', 1);
    },
  },
  {
    name: 'organisation that can be edited',
    scenario: logto,
    route: '/groups/detail?account=1&id=o0',
    shown: '[role=gridcell]',
  },
  {
    name: 'role that can be edited',
    scenario: logto,
    route: '/roles/detail?account=1&id=r4',
    shown: '[role=gridcell]',
  },
  { name: 'user of Logto that can be edited', scenario: logto, route: user, shown: actions },
  { name: 'many, menu', scenario: logto, route: '/users', shown: '[role=gridcell]', act: selectTwo },
  {
    name: 'many, suspending',
    scenario: logto,
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await selectTwo(page);
      await nth(page, '[role=menuitem]', 0);
      await page.getByTestId('plan').waitFor();
    },
  },
  {
    name: 'many, of several accounts',
    scenario: { accounts: 'writable' },
    route: '/users?text=dubois',
    shown: '[role=gridcell]',
    act: async (page) => {
      await selectTwo(page);
      await nth(page, '[role=menuitem]', 0);
      await page.getByTestId('bulk-account').nth(1).waitFor();
    },
  },
  {
    name: 'many, all of them',
    scenario: { ...logto, users: 2_000 },
    route: '/users',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('[role=gridcell][data-cell]').first().click();
      await page.keyboard.press('Control+a');
      await page.locator('[role=group] .actions [aria-haspopup=menu]').last().click();
      await page.locator('[role=menuitem].danger').click();
      await page.getByTestId('plan').waitFor();
    },
  },
  {
    name: 'tokens, opened',
    scenario: logto,
    route: '/tokens?text=warehouse',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('[role=gridcell][data-cell]').first().dblclick();
      await page.getByTestId('token-actions').waitFor();
    },
  },
  {
    name: 'tokens, revoking several',
    scenario: logto,
    route: '/tokens',
    shown: '[role=gridcell]',
    act: async (page) => {
      await page.locator('[role=gridcell][data-cell]').first().click();
      await page.keyboard.press('Control+a');
      await page.locator('[role=group] .actions button').last().click();
      await page.getByTestId('plan').waitFor();
    },
  },
  { name: 'tokens, owners', scenario: logto, route: '/tokens?view=owners', shown: '[role=gridcell]' },
  { name: 'import, choosing', scenario: logto, route: '/users/import', shown: '[data-testid=write-account]' },
  {
    name: 'import, rows',
    scenario: logto,
    route: '/users/import',
    shown: '[data-testid=write-account]',
    act: async (page) => {
      await page.locator('[data-testid=import-screen] button').last().click();
      await page.getByTestId('import-states').waitFor();
      await page.locator('summary').click();
    },
  },
];

describe.each(looks)('$scenario.language, $scenario.theme, $width × $height', (look) => {
  test.each(cases)('$name', async ({ name, act, shown, ...options }) => {
    const scenario = { ...options.scenario, ...look.scenario };
    const { page, problems } = await server.open({ ...look, ...options, scenario });
    await page.locator(shown).first().waitFor();
    await act?.(page);
    if (pictures) await page.screenshot({ path: `${pictures}/${name}, ${scenario.language}.png` });
    const found = await accessibilityProblems(page);
    const tooWide = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main'), document.querySelector('dialog')].some(
        (element) => element !== null && element.scrollWidth > element.clientWidth,
      ),
    );
    await page.context().close();
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
    expect(tooWide).toBe(false);
  });
});
