// What the fake backend answers about organisations kept by hand.
import type { AccountView, Capabilities, RosterImportView, RosterRowView, RosterView } from './bindings';
import type { Handlers } from './fake-handlers';
import { fakeAccount, fakeCapabilities } from './fake-views';

const counts = { rows: 0, joined: 0, changed: 0, same: 0, duplicate: 0, malformed: 0, gone: 0, stated: null };

/** An organisation with an owner and a member, as the Isocarto preset has them. */
const fakeRoster = (accountId: number): RosterView => ({
  accountId,
  preset: 'isocarto',
  terms: {
    page: 'https://isocarto.fr/account',
    plan: 'Enterprise',
    planPrice: 36_000,
    billingPeriod: 'month',
    memberPrice: 5_000,
    priceAsOf: '2025-12-01',
    currency: 'EUR',
    memberLimit: null,
  },
  organization: { remoteId: 'organization', displayName: 'Acme' },
  me: null,
  myRole: null,
  actions: [],
  roles: [
    { remoteId: 'owner', name: 'Owner', members: 1, administers: true, rights: [] },
    { remoteId: 'administrator', name: 'Administrator', members: 0, administers: true, rights: [] },
    { remoteId: 'member', name: 'Member', members: 1, administers: false, rights: [] },
  ],
  rights: [],
  oneRole: true,
  invitationDays: 7,
  counts: { members: 2, administrators: 1, addedLately: 0, pending: 0, expired: 0, tokens: 0 },
  cost: {
    currency: 'EUR',
    memberPrice: 5_000,
    asOf: '2025-12-01',
    now: { members: 2, billed: 1, perMonth: 41_000, perYear: 492_000, unknown: [] },
    after: { members: 2, billed: 1, perMonth: 41_000, perYear: 492_000, unknown: [] },
    withInvited: { members: 2, billed: 1, perMonth: 41_000, perYear: 492_000, unknown: [] },
  },
  checklist: [],
  waiting: 0,
});

/** What an organisation of the Isocarto preset can. */
export const rosterCapabilities: Capabilities = {
  ...fakeCapabilities,
  streams: ['users', 'groups', 'roles', 'memberships', 'invitations'],
  edits: [
    ...(['inviteUser', 'resendInvitation', 'revokeInvitation', 'deleteInvitation', 'acceptInvitation'] as const),
    ...(['updateUser', 'updateGroup', 'assignRole', 'removeMember'] as const),
    ...(['keepToken', 'renameToken', 'deleteToken'] as const),
  ],
};

const row = (values: Partial<RosterRowView>): RosterRowView => ({
  source: 0,
  line: 2,
  list: 'members',
  state: 'joined',
  email: 'hugo@ateliers.example',
  name: 'Hugo Petit',
  role: 'Member',
  date: null,
  differences: [],
  reasons: [],
  sameAsLine: null,
  remoteId: null,
  ...values,
});

const fakeRows: readonly RosterRowView[] = [
  row({}),
  row({
    line: 3,
    state: 'changed',
    email: 'claire@ateliers.example',
    name: 'Claire Fontaine-de la Tour d’Auvergne',
    role: 'Owner',
    differences: [{ column: 'name', before: 'Claire Fontaine', after: 'Claire Fontaine-de la Tour d’Auvergne' }],
  }),
  row({ line: 4, state: 'malformed', email: '', name: 'Sami', reasons: [{ kind: 'noEmail' }] }),
  row({ source: null, line: null, state: 'gone', email: 'ines@ateliers.example', name: 'Inès' }),
];

/** What so many pastes of three rows come to. */
const fakeImport = (accountId: number, pastes: number): RosterImportView => ({
  importId: 1,
  accountId,
  accountName: 'Acme',
  sources: Array.from({ length: pastes }, () => ({
    fileName: null,
    list: 'members' as const,
    encoding: null,
    separator: 'tab' as const,
    columns: [
      { heading: 'Nom', column: 'name' as const, samples: ['Hugo Petit'] },
      { heading: 'E-mail', column: 'email' as const, samples: ['hugo@ateliers.example'] },
      { heading: '', column: 'nothing' as const, samples: ['Membre'] },
    ],
    rows: 3,
    stated: 4,
    problem: null,
  })),
  members: { ...counts, rows: 3, joined: 1, changed: 1, malformed: 1, gone: 1, stated: 4 },
  invitations: counts,
  looksComplete: false,
  passing: null,
});

type RosterCommand =
  | 'create_roster'
  | 'get_roster'
  | 'update_roster'
  | 'get_roster_member'
  | 'open_roster_page'
  | 'tick_changes'
  | 'tick_now'
  | 'get_review_sheet'
  | 'preview_roster_import'
  | 'import_roster_file'
  | 'update_roster_import'
  | 'query_roster_rows'
  | 'take_roster_import'
  | 'discard_roster_import';

/** Pastes that are looked at. */
let pastes = 0;

export const fakeRosterAnswers = (accounts: () => AccountView[]): Pick<Handlers, RosterCommand> => ({
  create_roster: ({ name }) => {
    const account = fakeAccount(accounts().length + 1, name, { provider: 'roster', capabilities: rosterCapabilities });
    accounts().push(account);
    return account;
  },
  get_roster: ({ accountId }) => fakeRoster(accountId),
  update_roster: ({ accountId }) => fakeRoster(accountId),
  get_roster_member: ({ remoteId }) => ({
    member: { remoteId, displayName: remoteId },
    roles: [],
    actions: [],
    assignable: [],
    costWithout: null,
    dataLost: true,
  }),
  open_roster_page: () => ({ opened: true }),
  tick_changes: ({ changes }) => ({ runId: 1, changes: changes ?? [1, 2], unconfirmed: [], problems: [] }),
  tick_now: () => ({ runId: 1, changes: [], unconfirmed: [], problems: [] }),
  get_review_sheet: ({ accountId }) => ({
    organization: fakeRoster(accountId).organization,
    madeAt: Date.UTC(2026, 10, 25, 12),
    lines: [
      {
        remoteId: 'u0',
        name: 'Claire Fontaine-de la Tour d’Auvergne',
        email: 'claire@ateliers.example',
        roles: ['Owner'],
        since: Date.UTC(2025, 4, 27),
        perMonth: 0,
        tokens: 0,
      },
      {
        remoteId: 'u1',
        name: 'Hugo Petit',
        email: 'hugo@ateliers.example',
        roles: ['Member'],
        since: null,
        perMonth: 5_000,
        tokens: 2,
      },
    ],
    members: 2,
    cost: fakeRoster(accountId).cost,
  }),
  preview_roster_import: ({ accountId, importId }) => {
    pastes = importId === null ? 1 : pastes + 1;
    return fakeImport(accountId, pastes);
  },
  import_roster_file: () => ({ import: null }),
  update_roster_import: ({ removed }) => fakeImport(1, removed ? (pastes -= 1) : pastes),
  query_roster_rows: ({ list, state }) => {
    const rows = fakeRows.filter((each) => each.list === (list ?? each.list) && each.state === (state ?? each.state));
    return { total: rows.length, rows };
  },
  take_roster_import: () => ({ runId: 1 }),
  discard_roster_import: () => ({ found: true }),
});
