// Every screen of the shell as it is built: nothing that axe finds, nothing that the window's policy refuses, in both
// themes, all languages and the smallest window.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { accessibilityProblems, WindowServer, type WindowOptions } from './testing/window';

let server: WindowServer;
beforeAll(async () => {
  server = await WindowServer.start();
});
afterAll(() => server.stop());

/** Where to leave a picture of every screen, for people to look at. */
const pictures = process.env['ROLLCALL_PICTURES'];

interface Case extends WindowOptions {
  name: string;
  /** What is done before looking. */
  act?: (page: Page) => Promise<void>;
}

const small = { width: 900, height: 600 };
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();

const cases: Case[] = [
  { name: 'welcome', scenario: {} },
  {
    name: 'welcome, dark, French, for this session only',
    scenario: { theme: 'dark', language: 'fr', storage: 'session' },
    ...small,
  },
  { name: 'welcome, choosing a language', scenario: { language: 'nl' }, act: press('Taal') },
  {
    name: 'samples that fail',
    scenario: { fail: { open_samples: { code: 'internal', action: 'report' } } },
    act: press('Open the sample accounts'),
  },
  { name: 'gate, locked keychain', scenario: { problem: 'keychainLocked' } },
  {
    name: 'gate, missing key, dark, French',
    scenario: { problem: 'databaseKeyMissing', theme: 'dark', language: 'fr' },
    ...small,
  },
  { name: 'gate, newer database, Dutch', scenario: { problem: 'databaseTooNew', language: 'nl' } },
  { name: 'connect', scenario: {}, route: '/connect' },
  {
    name: 'connect, dark, Dutch, in the shell',
    scenario: { accounts: 'two', theme: 'dark', language: 'nl' },
    route: '/connect',
    ...small,
  },
  {
    name: 'connect, tried',
    scenario: { accounts: 'two' },
    route: '/connect',
    act: async (page) => {
      await press('Test connection')(page);
      await page.getByTestId('connection-report').waitFor();
    },
  },
  {
    name: 'connect, OAuth with an error, dark',
    scenario: {
      theme: 'dark',
      fail: {
        connect_account: { code: 'invalidInput', field: 'authentication.tokenAddress', reason: 'addressNotEncrypted' },
      },
    },
    route: '/connect',
    act: async (page) => {
      await page.getByRole('radio', { name: 'OAuth client' }).check({ force: true });
      await press('Connect')(page);
      await page.getByText('must start with https://').waitFor();
    },
  },
  {
    name: 'connect Uptrends, tried',
    scenario: { accounts: 'uptrends' },
    route: '/connect',
    act: async (page) => {
      await page.getByRole('radio', { name: 'Uptrends' }).check({ force: true });
      await press('Test connection')(page);
      await page.getByTestId('connection-report').waitFor();
    },
  },
  {
    name: 'connect Uptrends, little visible, dark, French',
    scenario: { accounts: 'uptrendsLesser', theme: 'dark', language: 'fr' },
    route: '/connect',
    ...small,
    act: async (page) => {
      await page.getByRole('radio', { name: 'Uptrends' }).check({ force: true });
      await press('Tester la connexion')(page);
      await page.getByTestId('connection-report').waitFor();
    },
  },
  { name: 'help on duty', scenario: { accounts: 'uptrends' }, route: '/duty', act: press('Help') },
  {
    name: 'help of Uptrends, dark, Dutch',
    scenario: { accounts: 'uptrends', theme: 'dark', language: 'nl' },
    route: '/users',
    ...small,
    act: press('Hulp'),
  },
  { name: 'settings', scenario: { accounts: 'two' }, route: '/settings' },
  {
    name: 'settings, dark, French',
    scenario: { accounts: 'two', theme: 'dark', language: 'fr' },
    route: '/settings',
    ...small,
  },
  { name: 'settings, renaming', scenario: { accounts: 'two' }, route: '/settings', act: press('Rename') },
  {
    name: 'settings, new credential, dark',
    scenario: { accounts: 'two', theme: 'dark' },
    route: '/settings',
    act: press('Replace credential'),
  },
  {
    name: 'settings, forgetting, French',
    scenario: { accounts: 'two', language: 'fr' },
    route: '/settings',
    act: async (page) => {
      await press('Oublier…')(page);
      await page.getByText('340').waitFor();
    },
  },
  {
    name: 'settings, forgetting, dark, Dutch',
    scenario: { accounts: 'two', theme: 'dark', language: 'nl' },
    route: '/settings',
    ...small,
    act: press('Vergeten…'),
  },
  { name: 'syncing', scenario: { accounts: 'syncing' }, route: '/settings' },
  {
    name: 'syncing, dark, Dutch',
    scenario: { accounts: 'syncing', theme: 'dark', language: 'nl' },
    route: '/settings',
    ...small,
  },
  { name: 'accounts that need a person', scenario: { accounts: 'troubled' }, route: '/settings' },
  {
    name: 'accounts that need a person, dark, French',
    scenario: { accounts: 'troubled', damaged: true, theme: 'dark', language: 'fr', storage: 'session' },
    route: '/settings',
    ...small,
  },
  {
    name: 'review',
    scenario: { accounts: 'review' },
    route: '/settings',
    act: async (page) => {
      await press('Review')(page);
      await page.getByText('Élise Lefèvre').waitFor();
    },
  },
  {
    name: 'review, dark, French',
    scenario: { accounts: 'review', theme: 'dark', language: 'fr' },
    route: '/settings',
    ...small,
    act: async (page) => {
      await press('Examiner')(page);
      await page.getByText('Élise Lefèvre').waitFor();
    },
  },
  { name: 'help', scenario: { accounts: 'two' }, route: '/settings', act: press('Help') },
  {
    name: 'help, dark, Dutch',
    scenario: { accounts: 'two', theme: 'dark', language: 'nl' },
    route: '/settings',
    ...small,
    act: press('Hulp'),
  },
];

test.each(cases)('$name', async ({ name, act, ...options }) => {
  const { page, problems } = await server.open(options);
  await act?.(page);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  const found = await accessibilityProblems(page);
  await page.context().close();
  expect(found).toEqual([]);
  expect(problems).toEqual([]);
});
