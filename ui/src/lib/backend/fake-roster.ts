// What the fake backend answers about organisations kept by hand.
import type { AccountView, RosterImportView, RosterView } from './bindings';
import type { Handlers } from './fake-handlers';
import { fakeAccount, fakeCapabilities } from './fake-views';

const counts = { rows: 0, joined: 0, changed: 0, same: 0, duplicate: 0, malformed: 0, gone: 0, stated: null };

/** An organisation with an owner and a member, as the Isocarto preset has them. */
export const fakeRoster = (accountId: number): RosterView => ({
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

const fakeImport = (accountId: number): RosterImportView => ({
  importId: 1,
  accountId,
  accountName: 'Acme',
  sources: [],
  members: counts,
  invitations: counts,
  looksComplete: false,
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

export const fakeRosterAnswers = (accounts: () => AccountView[]): Pick<Handlers, RosterCommand> => ({
  create_roster: ({ name }) => {
    const account = fakeAccount(accounts().length + 1, name, { provider: 'roster', capabilities: fakeCapabilities });
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
  tick_changes: ({ changes }) => ({ runId: 1, changes, unconfirmed: [], problems: [] }),
  tick_now: () => ({ runId: 1, changes: [], unconfirmed: [], problems: [] }),
  get_review_sheet: ({ accountId }) => ({
    organization: fakeRoster(accountId).organization,
    madeAt: 0,
    lines: [],
    members: 0,
    cost: null,
  }),
  preview_roster_import: ({ accountId }) => fakeImport(accountId),
  import_roster_file: () => ({ import: null }),
  update_roster_import: () => fakeImport(1),
  query_roster_rows: () => ({ total: 0, rows: [] }),
  take_roster_import: () => ({ runId: 1 }),
  discard_roster_import: () => ({ found: true }),
});
