import { afterEach, describe, expect, test, vi } from 'vitest';
import { App } from './app.svelte';
import { FakeBackend } from './backend/fake';
import { fakeAccount, fakeError, fakeState, idle } from './backend/fake-views';
import { i18n } from './i18n/i18n.svelte';

const started: App[] = [];
afterEach(() => started.splice(0).forEach((app) => app.stop()));

async function start(backend = new FakeBackend({ accounts: [fakeAccount(1, 'A'), fakeAccount(2, 'B')] })) {
  const app = new App(backend);
  started.push(app);
  await app.start();
  return { app, backend };
}

const running = {
  ...idle,
  runId: 11,
  state: 'running',
  progress: { phase: 'readingUsers', done: 5, total: 10, rate: 1 },
} as const;

describe('at the start', () => {
  test('state and accounts are read, and the language is the chosen one', async () => {
    const backend = new FakeBackend({ accounts: [fakeAccount(1, 'A')] });
    backend.state.settings.language = 'nl';
    const { app } = await start(backend);
    expect(app.loaded).toBe(true);
    expect(app.accounts.map(({ name }) => name)).toEqual(['A']);
    expect(i18n.language).toBe('nl');
  });

  test('closed local data leaves the accounts unread', async () => {
    const problem = fakeError({ code: 'keychainLocked' });
    const { app, backend } = await start(new FakeBackend({ state: { storage: null, problem } }));
    expect(app.state?.problem?.code).toBe('keychainLocked');
    expect(app.loaded).toBe(false);
    expect(backend.requests('list_accounts')).toEqual([]);
  });

  test('a core that does not answer is a failure to show', async () => {
    const { app } = await start(new FakeBackend().fail('get_app_state', { code: 'internal' }));
    expect(app.failure?.code).toBe('internal');
  });
});

test('opening for this session only asks for just that, and then the accounts are read', async () => {
  const problem = fakeError({ code: 'keychainUnavailable' });
  const { app, backend } = await start(new FakeBackend({ state: { storage: null, problem } }));
  await app.openStore('session');
  expect(backend.requests('open_store')).toEqual([{ mode: 'session', beginAnew: false }]);
  expect(app.state?.storage).toBe('session');
  expect(app.loaded).toBe(true);
});

describe('events', () => {
  test('of a sync move the state of its account only', async () => {
    const { app, backend } = await start();
    backend.emit({ kind: 'syncState', accountId: 2, sync: running });
    expect(app.account(2)?.sync.progress?.done).toBe(5);
    expect(app.account(1)?.sync.state).toBe('succeeded');
  });

  test('of an ended sync read the accounts again, for their new ages', async () => {
    const { backend } = await start();
    backend.emit({ kind: 'syncState', accountId: 2, sync: running });
    expect(backend.requests('list_accounts')).toHaveLength(1);
    backend.emit({ kind: 'syncState', accountId: 2, sync: { ...idle, runId: 11, state: 'succeeded' } });
    expect(backend.requests('list_accounts')).toHaveLength(2);
  });

  test('of a changed mirror ask the screens to read again, unless another account is shown', async () => {
    const { app, backend } = await start();
    backend.emit({ kind: 'mirrorChanged', accountId: 2 });
    expect(app.revision).toBe(1);
    app.accountId = 1;
    backend.emit({ kind: 'mirrorChanged', accountId: 2 });
    expect(app.revision).toBe(1);
    backend.emit({ kind: 'mirrorChanged', accountId: 1 });
    expect(app.revision).toBe(2);
  });

  test('are not heard any more after the end', async () => {
    const { app, backend } = await start();
    app.stop();
    backend.emit({ kind: 'mirrorChanged', accountId: 1 });
    expect(app.revision).toBe(0);
  });
});

test('a chosen account that was forgotten gives way to all accounts', async () => {
  const { app, backend } = await start();
  app.accountId = 2;
  backend.accounts = backend.accounts.slice(0, 1);
  backend.emit({ kind: 'accountsChanged' });
  await vi.waitFor(() => expect(app.accounts).toHaveLength(1));
  expect(app.accountId).toBeNull();
  expect(app.shown.map(({ id }) => id)).toEqual([1]);
});

test('an older answer about the accounts does not overwrite a newer one', async () => {
  const { app, backend } = await start();
  let answerFirst: (view: { accounts: ReturnType<typeof fakeAccount>[] }) => void = () => undefined;
  backend.on('list_accounts', () => new Promise((resolve) => (answerFirst = resolve)));
  const first = app.reloadAccounts();
  backend.on('list_accounts', () => ({ accounts: [fakeAccount(1, 'New')] }));
  await app.reloadAccounts();
  answerFirst({ accounts: [fakeAccount(1, 'Old')] });
  await first;
  expect(app.accounts[0]?.name).toBe('New');
});

describe('a sync that is asked for', () => {
  test('is started for each account', async () => {
    const { app, backend } = await start();
    await app.sync([1, 2]);
    expect(backend.requests('start_sync')).toEqual([{ accountId: 1 }, { accountId: 2 }]);
  });

  test('and refused is kept with the name of its account, until it runs', async () => {
    const { app, backend } = await start();
    backend.fail('start_sync', { code: 'credentialMissing' });
    await app.sync([2]);
    expect(app.refusals.get(2)).toMatchObject({ code: 'credentialMissing', account: 'B' });
    backend.emit({ kind: 'syncState', accountId: 2, sync: running });
    expect(app.refusals.size).toBe(0);
  });

  test('while one runs is no error', async () => {
    const { app, backend } = await start();
    backend.fail('start_sync', { code: 'syncBusy' });
    await app.sync([1]);
    expect(app.refusals.size).toBe(0);
  });
});

test('a changed setting is sent with all others and holds at once', async () => {
  const { app, backend } = await start();
  await app.updateSettings({ language: 'fr', theme: 'dark' });
  expect(backend.requests('update_settings')).toEqual([
    { settings: { ...fakeState().settings, language: 'fr', theme: 'dark' } },
  ]);
  expect(app.settings.theme).toBe('dark');
  expect(i18n.language).toBe('fr');
});
