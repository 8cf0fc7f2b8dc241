// The shell in the built window: navigation, keys, search, sync and what needs a person.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import type { Scenario } from '../../testing/scenarios';
import { WindowServer } from '../../testing/window';

let server: WindowServer;
const pages: Page[] = [];
beforeAll(async () => {
  server = await WindowServer.start();
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
});
afterAll(() => server.stop());

async function open(scenario: Scenario, route = '/settings') {
  const { page } = await server.open({ scenario, route });
  pages.push(page);
  return page;
}

/** Requests that the fake core got for `name`. */
function requests(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) => window.__fake.calls.filter((call) => call.name === wanted).map((call) => call.request),
    name,
  );
}

const current = (page: Page) => page.getByRole('navigation').locator('[aria-current=page]').textContent();

test('Alt with a digit goes to each screen, which the navigation and the title show', async () => {
  const page = await open({ accounts: 'two' });
  for (const [digit, name] of [
    ['2', 'Users'],
    ['3', 'Groups'],
    ['4', 'Changes'],
    ['5', 'Activity'],
    ['6', 'Settings'],
    ['1', 'Hub'],
  ] as const) {
    await page.keyboard.press(`Alt+${digit}`);
    await page.waitForFunction((title) => document.title === title, `${name} · Rollcall`);
    expect((await current(page))?.trim()).toBe(name);
  }
});

test('help names as many digits as there are screens', async () => {
  for (const [accounts, keys] of [
    ['two', '1–6'],
    ['logto', '1–9'],
  ] as const) {
    const page = await open({ accounts });
    await page.keyboard.press('F1');
    const line = page.getByTestId('help').locator('dl div').filter({ hasText: 'Go to a screen' });
    await line.waitFor();
    expect((await line.locator('kbd').allTextContents()).at(-1)).toBe(keys);
  }
});

test('Ctrl+F goes to the search, and typing there shows the users with that text', async () => {
  const page = await open({ accounts: 'two' });
  await page.keyboard.press('Control+f');
  await page.keyboard.type('anna');
  await page.waitForURL(/#\/users\?text=anna$/);
  const search = page.getByRole('combobox', { name: 'Search users' });
  expect(await search.inputValue()).toBe('anna');
  expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
  // One step back leaves the search, however many letters it had.
  await page.goBack();
  await page.waitForURL(/#\/settings$/);
});

test('Ctrl+R syncs what is shown instead of reloading the window', async () => {
  const page = await open({ accounts: 'two' });
  await page.keyboard.press('Control+r');
  await expect.poll(() => requests(page, 'start_sync')).toEqual([{ accountId: 1 }, { accountId: 2 }]);
  await page.getByRole('button', { name: /^Noordzee/ }).click();
  await page.keyboard.press('Control+r');
  await expect.poll(() => requests(page, 'start_sync')).toHaveLength(3);
});

test('F1 opens help with the focus in it, Esc closes it and gives the focus back', async () => {
  const page = await open({ accounts: 'two' });
  await page.getByRole('link', { name: 'Groups' }).focus();
  await page.keyboard.press('F1');
  const help = page.getByRole('complementary', { name: 'Settings' });
  await help.waitFor();
  expect(await help.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Groups');
});

test('the first Tab offers to skip to the content', async () => {
  const page = await open({ accounts: 'two' });
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  expect(page.url()).toMatch(/#\/settings$/);
});

test('every control of the shell and the settings is reached by Tab and shows its focus', async () => {
  const page = await open({ accounts: 'two' });
  const reached: string[] = [];
  const without: string[] = [];
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab');
    const { name, ring } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const shown = element.closest('label') ?? element;
      return {
        name: element.getAttribute('aria-label') ?? element.textContent?.trim().split('\n')[0] ?? '',
        ring: element === document.body || getComputedStyle(shown).outlineStyle !== 'none',
      };
    });
    if (name.length > 0 && !ring) without.push(name);
    reached.push(name);
  }
  for (const name of ['Hub', 'Connect an account', 'Search users', 'Sync', 'Help', 'Rename', 'Forget…']) {
    expect(reached, name).toContain(name);
  }
  expect(without).toEqual([]);
});

test('a running sync shows phase, count and rate, moves with its events, and can be cancelled', async () => {
  const page = await open({ accounts: 'syncing' });
  const sync = page.getByTestId('sync');
  await sync.getByText('12,400 of 100,000 · 2,310/s').waitFor();
  expect(await sync.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('12');
  await page.evaluate(() =>
    window.__fake.emit({
      kind: 'syncState',
      accountId: 1,
      sync: {
        runId: 11,
        state: 'running',
        progress: { phase: 'applying', done: 50, total: 100, rate: 0 },
        error: null,
        finishedAt: null,
        nextAt: null,
      },
    }),
  );
  await sync.getByText('Saving').waitFor();
  await sync.getByRole('button', { name: 'Cancel' }).click();
  await sync.getByRole('button', { name: 'Sync' }).waitFor();
  expect(await requests(page, 'cancel_sync')).toEqual([{ accountId: 1 }]);
});

test('a failed account is named with what to do, and its button does it', async () => {
  const page = await open({ accounts: 'troubled' });
  const offline = page.getByTestId('sync-error');
  expect(await offline.textContent()).toContain('Noordzee Logistiek en Transport');
  await offline.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => requests(page, 'start_sync')).toEqual([{ accountId: 2 }]);
  await page.getByTestId('signed-out-notice').getByRole('button', { name: 'Enter a new credential' }).click();
  await page.getByRole('dialog', { name: 'New credential for Maison Lumière' }).waitFor();
});

test('a stopped plan shows whom it would remove, and the decision is carried out', async () => {
  const page = await open({ accounts: 'review' });
  await page.getByRole('button', { name: 'Review' }).click();
  const dialog = page.getByRole('dialog', { name: 'Review the sync of Maison Lumière' });
  await dialog.getByText('48 of 120 would go').waitFor();
  await dialog.getByText('and 42 more').waitFor();
  await dialog.getByRole('button', { name: 'Keep everything as it is' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await requests(page, 'resolve_guard')).toEqual([{ runId: 11, decision: 'discard' }]);
});

test('the samples open from the welcome, sync, and bring the Hub', async () => {
  const page = await open({}, '/');
  await page.getByRole('button', { name: 'Open the sample accounts' }).click();
  await page.getByRole('navigation', { name: 'Accounts' }).getByText('Noordzee Logistiek').waitFor();
  expect((await current(page))?.trim()).toBe('Hub');
});

test('connecting starts the first sync and goes to the Hub, and no secret stays in the page', async () => {
  const page = await open({}, '/connect');
  await page.getByRole('textbox', { name: 'Name' }).fill('Head office');
  await page.getByRole('textbox', { name: 'Address' }).fill('https://id.example.org');
  await page.getByRole('textbox', { name: 'Token' }).fill('s3cret-token');
  await page.keyboard.press('Enter');
  await page.getByTestId('shell').waitFor();
  await page.waitForURL(/#\/$/);
  expect(await requests(page, 'start_sync')).toEqual([{ accountId: 1 }]);
  const values = await page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).join());
  expect(`${values} ${await page.content()}`).not.toContain('s3cret-token');
});

test('another language and theme hold at once and are announced to the document', async () => {
  const page = await open({ accounts: 'two' });
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Français' });
  await page.getByRole('heading', { name: 'Paramètres', level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await page.getByRole('combobox', { name: 'Thème' }).selectOption({ label: 'Sombre' });
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await requests(page, 'update_settings')).toHaveLength(2);
});

test('the theme follows the system until the person chooses', async () => {
  const page = await open({ accounts: 'two', theme: 'system' });
  await page.locator('html[data-theme=light]').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(20, 23, 28)');
});

test('opening for this session only leads on and stays marked', async () => {
  const page = await open({ problem: 'keychainUnavailable' }, '/');
  await page.getByRole('button', { name: 'Use Rollcall for this session only' }).click();
  await page.getByTestId('welcome').waitFor();
  await page.getByTestId('session-badge').waitFor();
  await page.getByRole('button', { name: 'Open the sample accounts' }).click();
  await page.getByTestId('sidebar').getByTestId('session-badge').waitFor();
  expect(await requests(page, 'open_store')).toEqual([{ mode: 'session', beginAnew: false }]);
});
