// Made-up tokens for tests, and what the fake core answers about them.
import type {
  AccountView,
  TokenChip,
  TokenCountsView,
  TokenCoverageView,
  TokenFilter,
  TokenOwnerRow,
  TokenRow,
} from './bindings';
import type { FakeBackend } from './fake';
import type { Handlers } from './fake-handlers';
import { fakeNow, fakeUser } from './fake-people';

const day = 86_400_000;
const isLogto = ({ provider }: AccountView) => provider === 'logto';

interface Made {
  name: string;
  owner: number;
  /** Days until its end; `null` for none, `undefined` where the service does not say. */
  end: number | null | undefined;
  /** Days since its last use; `null` for never, `undefined` where the service does not say. */
  used: number | null | undefined;
  ownerState?: TokenRow['owner']['state'];
  secret?: boolean;
}

const made: readonly Made[] = [
  { name: 'ci runner', owner: 0, end: null, used: 1 },
  { name: 'laptop/cli', owner: 0, end: 5, used: 40 },
  { name: 'warehouse', owner: 1, end: -35, used: 200 },
  { name: 'grafana', owner: 2, end: 12, used: undefined },
  { name: 'left behind', owner: 3, end: null, used: null, ownerState: 'gone' },
  {
    name: 'migration des comptes clients vers le nouvel entrepôt',
    owner: 4,
    end: 200,
    used: 3,
    ownerState: 'suspended',
  },
  { name: 'Default secret', owner: 5, end: undefined, used: undefined, secret: true },
];

/** The tokens of these accounts. */
export function fakeTokens(accounts: readonly AccountView[], copies = 1): TokenRow[] {
  const tokens = accounts
    .filter(isLogto)
    .flatMap(({ id }) =>
      Array.from({ length: copies }, (_, copy) => made.map((each) => fakeToken(id, each, copy))).flat(),
    );
  return [...tokens, ...fakeApiUsers(accounts)];
}

/** The API users of those among these accounts that list some. */
export function fakeApiUsers(accounts: readonly AccountView[]): TokenRow[] {
  const keys = [
    { name: 'a1f0c2d4e6', description: 'Rollcall', requests: 1_240, used: 0, created: 90 },
    { name: 'b7c9d1e3f5', description: 'Nightly export of the availability of all monitors', requests: 62, used: 1, created: 800 },
    { name: 'c0ffee1234', description: null, requests: 0, used: 210, created: 1_400 },
    { name: 'd4c3b2a190', description: 'Grafana', requests: 0, used: null, created: 3 },
    { name: 'e5e5e5e5e5', description: 'Transaction recorder', requests: null, used: undefined, created: 1_900 },
  ]; // prettier-ignore
  return accounts
    .filter(({ capabilities }) => capabilities?.streams.includes('apiUsers'))
    .flatMap(({ id }) =>
      keys.map(({ name, description, requests, used, created }, index): TokenRow => {
        const user = fakeUser(id, index === 4 ? 4 : Math.floor(index / 2));
        return {
          accountId: id,
          owner: {
            kind: 'user',
            remoteId: user.remoteId,
            displayName: user.displayName,
            email: user.email,
            state: user.active === false ? 'suspended' : 'present',
          },
          kind: 'apiUser',
          accessType: index === 2 ? 'Satellite' : 'Generic',
          remoteId: `k${index}`,
          name,
          description,
          createdAt: fakeNow - created * day,
          expiresAt: null,
          expiryKnown: true,
          lastUsedAt: typeof used === 'number' ? fakeNow - used * day : null,
          lastUseKnown: used !== undefined,
          importedAt: null,
          madeHere: false,
          requests,
          state: 'neverExpires',
          idle: created > 30 && (used ?? 999) > 30,
          firstSeenAt: fakeNow - 90 * day,
        };
      }),
    );
}

function fakeToken(accountId: number, token: Made, copy: number): TokenRow {
  const { end, used, secret = false, ownerState = 'present' } = token;
  const user = fakeUser(accountId, token.owner + copy);
  const name = copy === 0 ? token.name : `${token.name} ${copy}`;
  const state =
    end === undefined ? 'notReported' : end === null ? 'neverExpires' : end <= 0 ? 'expired' : end <= 14 ? 'expiring' : 'valid'; // prettier-ignore
  return {
    accountId,
    owner: {
      kind: secret ? 'application' : 'user',
      remoteId: secret ? 'a1' : user.remoteId,
      displayName: secret ? 'Nightly export' : ownerState === 'gone' ? 'u9-4c1d' : user.displayName,
      email: secret || ownerState === 'gone' ? null : user.email,
      state: ownerState,
    },
    kind: secret ? 'applicationSecret' : 'personalAccessToken',
    accessType: null,
    remoteId: name,
    name,
    description: secret ? 'Copies users into the warehouse' : null,
    createdAt: fakeNow - 400 * day,
    expiresAt: typeof end === 'number' ? fakeNow + end * day : null,
    expiryKnown: end !== undefined,
    lastUsedAt: typeof used === 'number' ? fakeNow - used * day : null,
    lastUseKnown: used !== undefined,
    importedAt: null,
    madeHere: false,
    requests: secret ? 1_204 : null,
    state,
    idle: (used ?? 0) > 30 || used === null,
    firstSeenAt: fakeNow - 90 * day,
  };
}

const tests: Record<TokenChip, (row: TokenRow) => boolean> = {
  expired: ({ state }) => state === 'expired',
  expiring: ({ state }) => state === 'expiring',
  neverExpires: ({ state }) => state === 'neverExpires',
  idle30: ({ idle }) => idle,
  idle90: ({ idle, lastUsedAt }) => idle && (lastUsedAt === null || lastUsedAt < fakeNow - 90 * day),
  orphaned: ({ owner }) => owner.state !== 'present',
};

/** What each chip finds. */
export function countTokens(rows: readonly TokenRow[]): TokenCountsView {
  const count = (test: (row: TokenRow) => boolean) => rows.filter(test).length;
  return {
    all: rows.length,
    expired: count(tests.expired),
    expiring: count(tests.expiring),
    neverExpires: count(tests.neverExpires),
    idle30: count(tests.idle30),
    idle90: count(tests.idle90),
    orphaned: count(tests.orphaned),
    useNotReported: count(({ lastUsedAt, lastUseKnown }) => lastUsedAt === null && !lastUseKnown),
  };
}

type Answers = Pick<Handlers, 'query_tokens' | 'query_token_owners' | 'get_token_calendar' | 'take_token_notices'>;

/** Answers about the tokens of `fake`. */
export function fakeTokenAnswers(fake: FakeBackend): Answers {
  const rows = (id: number | null) =>
    fakeTokens(
      fake.accounts.filter((account) => id === null || account.id === id),
      fake.tokenCopies,
    );
  const plain = (filter: TokenFilter) =>
    rows(filter.accountId)
      .filter((row) => `${row.name} ${row.owner.displayName}`.toLowerCase().includes(filter.text.trim().toLowerCase()))
      .filter(({ kind }) => kind === (filter.kind ?? kind))
      .filter(({ owner }) => owner.remoteId === (filter.owner ?? owner.remoteId))
      .filter(({ expiresAt: at }) => filter.expiresFrom === null || (at !== null && at >= filter.expiresFrom && at < (filter.expiresTo ?? Infinity))); // prettier-ignore
  const found = (filter: TokenFilter) =>
    plain(filter).filter((row) => filter.chips.length === 0 || filter.chips.some((chip) => tests[chip](row)));
  const coverage = (): TokenCoverageView => ({
    users: fake.accounts.some(isLogto) ? 20_000 : 0,
    asked: fake.accounts.some(isLogto) ? 1_240 : 0,
    oldestAt: Date.now() - 3 * 3_600_000 - 60_000,
    without: fake.accounts.filter((account) => !isLogto(account)).map(({ id }) => id),
  });
  return {
    query_tokens: ({ filter, sort, descending, offset, limit }) => {
      const value = (row: TokenRow) =>
        sort === 'owner' ? row.owner.displayName : String((row as unknown as Record<string, unknown>)[sort] ?? '~');
      const list = found(filter).toSorted((a, b) => value(a).localeCompare(value(b)) * (descending ? -1 : 1));
      return {
        total: list.length,
        all: rows(filter.accountId).length,
        revision: 1,
        rows: list.slice(offset, offset + limit),
        counts: countTokens(plain(filter)),
        coverage: coverage(),
      };
    },
    query_token_owners: ({ filter, offset, limit }) => {
      const owners = Object.values(Object.groupBy(found(filter), ({ owner }) => owner.remoteId)).map((list = []) => ownerRow(list)); // prettier-ignore
      return {
        total: owners.length,
        revision: 1,
        rows: owners.flatMap((row) => (row ? [row] : [])).slice(offset, offset + limit),
        counts: countTokens(plain(filter)),
        coverage: coverage(),
      };
    },
    get_token_calendar: ({ filter, year, month }) => {
      const list = found(filter).flatMap((row) => (row.expiresAt === null ? [] : [{ ...row, at: row.expiresAt }]));
      const start = (number: number) => new Date(year, month - 1, number).getTime();
      const last = new Date(year, month, 0).getDate();
      const [before, after] = [list.filter(({ at }) => at < start(1)), list.filter(({ at }) => at >= start(last + 1))];
      return {
        days: Array.from({ length: last }, (_, index) => {
          const [from, to] = [start(index + 1), start(index + 2)];
          const ends = list.filter(({ at }) => at >= from && at < to);
          return { day: index + 1, from, to, tokens: ends.length, names: ends.slice(0, 3).map(({ name }) => name) };
        }),
        before: before.length,
        after: after.length,
        previousAt: before.length > 0 ? Math.max(...before.map(({ at }) => at)) : null,
        nextAt: after.length > 0 ? Math.min(...after.map(({ at }) => at)) : null,
        counts: countTokens(plain(filter)),
        coverage: coverage(),
      };
    },
    take_token_notices: () => ({ notices: [] }),
  };
}

function ownerRow(list: readonly TokenRow[]): TokenOwnerRow | null {
  const [first] = list;
  if (!first) return null;
  const counts = countTokens(list);
  const ends = list.flatMap(({ expiresAt: at }) => (at !== null && at > fakeNow ? [at] : []));
  const uses = list.flatMap(({ lastUsedAt: at }) => (at === null ? [] : [at]));
  return {
    accountId: first.accountId,
    owner: first.owner,
    tokens: list.length,
    expired: counts.expired,
    expiring: counts.expiring,
    neverExpires: counts.neverExpires,
    nextExpiryAt: ends.length > 0 ? Math.min(...ends) : null,
    lastUsedAt: uses.length > 0 ? Math.max(...uses) : null,
    lastUseKnown: counts.useNotReported === 0,
  };
}
