// What the core answers in the tests of the whole window, described as data, because it has to cross into the page.
import type { AccountView, AppStateView, CommandError, ErrorCode, Language, Theme } from '../lib/backend/bindings';
import type { CommandName } from '../lib/backend/backend';
import { FakeBackend } from '../lib/backend/fake';
import {
  fakeAccount,
  fakeError,
  fakeRun,
  fakeState,
  idle,
  logtoCapabilities,
  noCounts,
  writableCapabilities,
} from '../lib/backend/fake-views';
import { rosterCapabilities } from '../lib/backend/fake-roster';
import { lesserCapabilities, uptrendsCapabilities } from '../lib/backend/fake-uptrends';
import { keepChanges } from './queue';
import { makeRich } from './rich';

export interface Scenario {
  /** Which accounts there are. */
  accounts?:
    | 'none'
    | 'one'
    | 'two'
    | 'unread'
    | 'syncing'
    | 'troubled'
    | 'review'
    | 'logto'
    | 'writable'
    | 'uptrends'
    | 'uptrendsLesser'
    | 'uptrendsBeside'
    | 'roster';
  /** Users of each account. */
  users?: number;
  /** Groups of each account. */
  groups?: number;
  /** Something of everything that lists and pages can show. */
  rich?: boolean;
  language?: Language;
  theme?: Theme;
  storage?: 'disk' | 'session';
  /** The local data cannot be opened. */
  problem?: ErrorCode;
  /** A damaged database was set aside. */
  damaged?: boolean;
  /** Changes wait in the first account, some of them for a person. */
  changes?: boolean;
  /** Commands that fail. */
  fail?: Partial<Record<CommandName, Partial<CommandError> & { code: ErrorCode }>>;
}

const accounts: Record<NonNullable<Scenario['accounts']>, () => AccountView[]> = {
  none: () => [],
  one: () => [fakeAccount(1, 'Maison Lumière')],
  two: () => [
    fakeAccount(1, 'Maison Lumière', { sample: true }),
    fakeAccount(2, 'Noordzee Logistiek en Transport', { address: 'https://id.noordzee.example/scim/v2' }),
  ],
  unread: () => [
    fakeAccount(1, 'Maison Lumière', { usersState: null, groupsState: null, sync: idle, users: 0, groups: 0 }),
  ],
  syncing: () => [
    fakeAccount(1, 'Maison Lumière', {
      sync: {
        ...idle,
        runId: 11,
        state: 'running',
        progress: { phase: 'readingUsers', done: 12_400, total: 100_000, rate: 2_310 },
      },
    }),
    fakeAccount(2, 'Noordzee Logistiek en Transport'),
  ],
  troubled: () => [
    fakeAccount(1, 'Maison Lumière', { signedIn: false }),
    fakeAccount(2, 'Noordzee Logistiek en Transport', {
      sync: {
        ...idle,
        runId: 21,
        state: 'failed',
        error: fakeError({
          code: 'offline',
          message: 'The service cannot be reached.',
          detail: 'dns error: failed to lookup address information',
          values: { host: 'id.noordzee.example' },
        }),
      },
    }),
    fakeAccount(3, 'Harbour Trust', {
      sync: {
        ...idle,
        runId: 31,
        state: 'failed',
        error: fakeError({ code: 'unauthorized', action: 'replaceCredential', message: 'The service refused.' }),
      },
    }),
  ],
  logto: () => [fakeAccount(1, 'Acme identity', { provider: 'logto', capabilities: logtoCapabilities })],
  uptrends: () => [fakeAccount(1, 'Night watch', { provider: 'uptrends', capabilities: uptrendsCapabilities })],
  uptrendsLesser: () => [fakeAccount(1, 'Night watch', { provider: 'uptrends', capabilities: lesserCapabilities })],
  uptrendsBeside: () => [
    fakeAccount(1, 'Night watch', { provider: 'uptrends', capabilities: uptrendsCapabilities }),
    fakeAccount(2, 'Noordzee Logistiek en Transport', { address: 'https://id.noordzee.example/scim/v2' }),
  ],
  roster: () => [
    fakeAccount(1, 'Isocarto', {
      provider: 'roster',
      authentication: { kind: 'byHand' },
      address: '',
      capabilities: rosterCapabilities,
    }),
  ],
  writable: () => [
    fakeAccount(1, 'Maison Lumière', { capabilities: writableCapabilities }),
    fakeAccount(2, 'Noordzee Logistiek en Transport', { address: 'https://id.noordzee.example/scim/v2' }),
  ],
  review: () => [fakeAccount(1, 'Maison Lumière', { sync: { ...idle, runId: 11, state: 'awaitingReview' } })],
};

/** The fake core of a scenario. */
export function backendOf(scenario: Scenario): FakeBackend {
  const fresh = fakeState();
  const state: AppStateView = {
    ...fresh,
    storage: scenario.problem ? null : (scenario.storage ?? 'disk'),
    problem: scenario.problem ? fakeError({ code: scenario.problem, message: 'It could not be opened.' }) : null,
    notice: scenario.damaged ? { kind: 'damagedSetAside', file: 'rollcall.damaged-20261120.db' } : null,
    settings: { ...fresh.settings, language: scenario.language ?? 'en', theme: scenario.theme ?? 'light' },
  };
  const { users = 120, groups = 12 } = scenario;
  const backend = new FakeBackend({ accounts: accounts[scenario.accounts ?? 'none'](), users, groups, state });
  if (scenario.rich) makeRich(backend);
  if (scenario.changes) keepChanges(backend);
  for (const [name, error] of Object.entries(scenario.fail ?? {})) backend.fail(name as CommandName, error);
  if (scenario.accounts === 'review') {
    const counts = { ...noCounts, usersRemoved: 48, groupsRemoved: 1 };
    backend.on('get_run', () => ({
      run: fakeRun(11, 1, { state: 'awaitingReview', counts }),
      issues: [],
      removals: [
        'Anna Vermeulen',
        'Bram de Vries',
        'Chloé Dubois',
        'Élise Lefèvre',
        'Femke van der Berg',
        'Ivo Peeters',
      ],
    }));
  }
  return backend;
}
