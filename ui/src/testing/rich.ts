// A fake core with something of everything that the lists and pages can show: long names, suspended and missing people,
// records with more attributes than we know, syncs that went every way.
import type {
  Counts,
  HistoryEntryView,
  MemberView,
  Proof,
  RunView,
  SyncIssueView,
  UserRow,
} from '../lib/backend/bindings';
import type { FakeBackend } from '../lib/backend/fake';
import { fakeSaved } from '../lib/backend/fake-filter';
import { fakeUser } from '../lib/backend/fake-people';
import { fakeDepth, fakeHub } from '../lib/backend/fake-logto';
import { fakeWatch } from '../lib/backend/fake-uptrends';
import { fakeAccount, noCounts } from '../lib/backend/fake-views';

const hour = 3_600_000;
const day = 24 * hour;
const longName = 'Chloé van den Broeck-de la Tour d’Auvergne';

/** Makes `fake` answer richly. */
export function makeRich(fake: FakeBackend): void {
  const now = Date.now();
  const states = () => {
    const [account] = fake.accounts;
    return { usersState: account?.usersState ?? null, groupsState: account?.groupsState ?? null };
  };
  const isLogto = () => fake.accounts[0]?.provider === 'logto';
  fake.saved = [
    fakeSaved(1, 'Suspended', 'status:suspended', 3),
    fakeSaved(2, 'Engineering without a group, since January', 'department:="Engineering" groups:0'),
  ];
  fake.on('get_user', ({ accountId, remoteId }) => ({
    row: richUser(accountId, remoteId, now),
    groups: ['All staff', 'Engineering', 'Ploegleiders Antwerpen en omstreken, avond- en weekendploeg'].map(
      (displayName, index) => ({ remoteId: `g${index}`, displayName, kind: isLogto() ? ('organization' as const) : ('group' as const), roles: isLogto() && index === 1 ? [{ remoteId: 'r4', displayName: 'Organisation admin' }] : [], everybody: false }), // prettier-ignore
    ),
    invited: null,
    raw: richRecord(remoteId),
    ...fakeDepth(fake.accounts[0] ?? fakeAccount(1, '')),
    firstSeenAt: now - 90 * day,
    lastChangedAt: now - 3 * day,
    ...states(),
    history: userHistory(accountId, remoteId, now),
  }));
  fake.on('get_group', ({ accountId, remoteId, offset, limit }) => {
    const members = Array.from({ length: 240 }, (_, index) => richMember(index));
    return {
      row: {
        accountId,
        remoteId,
        kind: isLogto() ? 'organization' : 'group',
        invitations: isLogto() ? 2 : 0,
        pending: null,
        displayName: 'Engineering',
        members: members.length,
        dangling: 1,
        everybody: false,
        createdAt: now - 400 * day,
        modifiedAt: null,
      },
      members: members.slice(offset, offset + limit),
      raw: {
        id: remoteId,
        displayName: 'Engineering',
        meta: { resourceType: 'Group' },
        'urn:example:custom': { a: 1 },
      },
      groupsState: states().groupsState,
      membersState: states().groupsState,
      history: [{ ...line(7, now - 30 * day, 'added'), subject: 'membership', remoteId, name: 'Engineering', memberId: 'u3', memberName: longName }], // prettier-ignore
    };
  });
  const runs = richRuns(now);
  fake.on('query_runs', ({ accountId, offset, limit }) => {
    const found = runs.filter((run) => accountId === null || run.accountId === accountId);
    return { total: found.length, runs: found.slice(offset, offset + limit) };
  });
  fake.on('get_run', ({ runId }) => ({
    run: runs.find(({ id }) => id === runId) ?? richRun(runId, 1, now),
    issues: runId === 20 ? issues : [],
    removals: [longName],
  }));
  fake.on('get_hub', ({ accountId }) => ({
    users: accountId === null ? 105_000 : 100_000,
    active: 94_444,
    suspended: 5_556,
    usersWithoutGroup: 910,
    groups: 80,
    emptyGroups: 16,
    danglingMemberships: 3,
    ...fakeHub(fake.accounts.filter(({ id }) => accountId === null || accountId === id)),
    ...fakeWatch(
      fake.accounts.filter(({ id }) => accountId === null || accountId === id),
      120,
    ),
    lastRuns: runs.slice(0, 2).filter((run) => accountId === null || run.accountId === accountId),
    oldestSyncedAt: now - 190_000,
  }));
  fake.on('query_history', ({ offset, limit }) => {
    const entries = Array.from({ length: 120 }, (_, index) => richLine(index, now));
    return { total: entries.length, entries: entries.slice(offset, offset + limit) };
  });
}

function richUser(accountId: number, remoteId: string, now: number): UserRow {
  return {
    ...fakeUser(accountId, 4),
    remoteId,
    userName: 'chloe.vandenbroeck-de-la-tour',
    displayName: longName,
    familyName: 'van den Broeck-de la Tour d’Auvergne',
    email: 'chloe.vandenbroeck@maison-lumiere.example',
    active: false,
    createdAt: null,
    modifiedAt: now - 3 * day,
  };
}

function richRecord(id: string): unknown {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id,
    userName: 'chloe.vandenbroeck-de-la-tour',
    name: { honorificPrefix: 'Mme' },
    emails: [
      { value: 'chloe.vandenbroeck@maison-lumiere.example', type: 'work', primary: true },
      { value: 'chloe@home.example', type: 'home' },
    ],
    phoneNumbers: [{ value: '+32 475 12 34 56', type: 'mobile' }],
    addresses: [{ streetAddress: 'Rue de la Loi 16', postalCode: '1000', locality: 'Bruxelles', country: 'BE' }],
    entitlements: [{ value: 'newsletter' }, { value: 'crm', type: 'app' }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      costCenter: 'CC-100',
      manager: { value: 'u12', displayName: 'Karel Claes' },
    },
    'urn:example:custom:1.0': { badge: 4411, parking: true },
    meta: { resourceType: 'User', version: 'W/"4"' },
  };
}

function richMember(index: number): MemberView {
  const { remoteId, displayName, email, active } = fakeUser(1, index);
  const member: MemberView = { remoteId, kind: 'user', displayName, email, active, dangling: false, roles: [], administers: index === 3, addedAt: index % 3 === 0 ? Date.now() - index * day : null }; // prettier-ignore
  const nobody = { email: null, active: null };
  if (index === 1) return { ...member, ...nobody, remoteId: 'x1', displayName: 'x1-9f0c-4b1d', dangling: true };
  return index === 2 ? { ...member, ...nobody, kind: 'group', remoteId: 'g4', displayName: 'Contractors' } : member;
}

function line(id: number, at: number, action: HistoryEntryView['action']): HistoryEntryView {
  return {
    id,
    accountId: 1,
    runId: 20,
    at,
    subject: 'user',
    remoteId: `u${id}`,
    name: longName,
    memberId: null,
    memberKind: null,
    memberName: null,
    action,
    field: null,
    before: null,
    after: null,
  };
}

const issues: SyncIssueView[] = [
  { stream: 'users', remoteId: '2819c223-7f76-453a-919d-413861904646', problem: 'The record has no userName.' },
  { stream: 'groups', remoteId: null, problem: 'A record without an id was passed over.' },
];

const changes: readonly [field: string, before: unknown, after: unknown][] = [
  ['active', true, false],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', null, 'Ventes'],
  ['emails', [{ value: 'a@b.example', type: 'work' }], [{ value: 'a@c.example', type: 'work' }]],
  ['title', 'Accountant', 'Teamleider'],
];

function userHistory(accountId: number, remoteId: string, now: number): HistoryEntryView[] {
  const about = { accountId, remoteId };
  return [
    ...changes.map(([field, before, after], index) => ({
      ...line(9 - index, now - (index + 3) * day, 'changed' as const),
      ...about,
      field,
      before,
      after,
    })),
    { ...line(5, now - 30 * day, 'added'), accountId, subject: 'membership', remoteId: 'g2', name: 'Engineering', memberId: remoteId, memberName: longName }, // prettier-ignore
    { ...line(4, now - 60 * day, 'added'), ...about },
  ];
}

function richLine(index: number, now: number): HistoryEntryView {
  const at = now - index * 600_000;
  const membership = { subject: 'membership' as const, remoteId: 'g2', name: 'Engineering', memberId: 'u3', memberName: 'Noémie Özdemir' }; // prettier-ignore
  if (index % 4 === 3) return { ...line(120 - index, at, index % 8 === 3 ? 'added' : 'removed'), ...membership };
  const [field, before, after] = changes[index % changes.length] ?? ['title', null, null];
  if (index % 2 === 0) return { ...line(120 - index, at, 'changed'), field, before, after };
  return {
    ...line(120 - index, at, index % 8 === 1 ? 'added' : 'removed'),
    subject: index % 5 === 0 ? 'group' : 'user',
  };
}

function richRun(id: number, accountId: number, now: number, change: Partial<RunView> = {}): RunView {
  const startedAt = now - 190_000 - (20 - id) * hour;
  return {
    id,
    accountId,
    kind: 'sync',
    state: 'succeeded',
    startedAt,
    finishedAt: startedAt + 4_000,
    baseline: false,
    resumed: false,
    counts: counts({}),
    proofs: [proof('users', 100_000), proof('groups', 40)],
    error: null,
    issues: 0,
    ...change,
  };
}

function richRuns(now: number): RunView[] {
  const busy = { walks: 2, repeated: 7, quiet: false };
  return [
    richRun(20, 1, now, {
      counts: counts({ usersAdded: 12, usersChanged: 1_031, usersRemoved: 2, membershipsAdded: 14 }),
      proofs: [proof('users', 100_000, busy), proof('groups', 40)],
      issues: 2,
    }),
    richRun(19, 2, now, { baseline: true }),
    richRun(18, 1, now, {
      state: 'failed',
      proofs: [],
      finishedAt: now - 2 * hour + 325_000,
      error: { code: 'unauthorized', message: 'The service did not accept the credential.' },
    }),
    richRun(17, 1, now, { state: 'awaitingReview', counts: counts({ usersRemoved: 48_000 }) }),
    richRun(16, 2, now, {
      proofs: [proof('users', 4_990, { complete: false, total: 5_000, removalsConfirmed: true })],
    }),
    richRun(15, 1, now, { state: 'cancelled', proofs: [], resumed: true }),
  ];
}

function counts(change: Partial<Counts>): Counts {
  return { ...noCounts, users: 100_000, groups: 40, ...change };
}

function proof(stream: Proof['stream'], uniqueIds: number, change: Partial<Proof> = {}): Proof {
  return {
    stream,
    complete: true,
    removalsConfirmed: false,
    uniqueIds,
    total: uniqueIds,
    walks: 1,
    repeated: 0,
    confirmedSingly: 0,
    confirmedInBatches: 0,
    shownBy: 'walk',
    readSince: null,
    quiet: true,
    ...change,
  };
}
