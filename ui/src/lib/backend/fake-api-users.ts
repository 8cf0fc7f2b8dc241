// What the fake core answers about lists of API users that a person hands over.
import type { ApiUserRowState, ApiUserRowView, ApiUsersCounts, ApiUsersImportView } from './bindings';
import type { Handlers } from './fake-handlers';
import { fakeNow } from './fake-people';

const day = 86_400_000;

function fakeRow(
  line: number | null,
  state: ApiUserRowState,
  userName: string,
  more: Partial<ApiUserRowView> = {},
): ApiUserRowView {
  return {
    line,
    state,
    userName,
    owner: 'Zoë Berg',
    ownerState: 'known',
    accessType: 'Generic',
    createdAt: fakeNow - 400 * day,
    lastUsedAt: fakeNow - 2 * day,
    lastUseKnown: true,
    requests: 1_234,
    description: 'Nightly export',
    differences: [],
    reasons: [],
    sameAsLine: null,
    ...more,
  };
}

const rows: readonly ApiUserRowView[] = [
  fakeRow(2, 'new', 'a1f0c2d4e6'),
  fakeRow(3, 'new', 'b7c9d1e3f5', { owner: 'Jan de Vries', ownerState: 'ambiguous' }),
  fakeRow(4, 'changed', 'c0ffee1234', {
    differences: [{ column: 'lastUsed', before: null, after: String(fakeNow - 2 * day) }],
  }),
  fakeRow(5, 'malformed', 'd4c3b2a190', {
    reasons: [{ kind: 'invalidDate', column: 'created', text: '31/02/2025' }],
  }),
  fakeRow(6, 'duplicate', 'a1f0c2d4e6', { sameAsLine: 2 }),
  fakeRow(null, 'gone', 'e5e5e5e5e5', { ownerState: 'unknown' }),
];

function fakeCounts(): ApiUsersCounts {
  const count = (state: ApiUserRowState) => rows.filter((row) => row.state === state).length;
  return {
    rows: rows.length - 1,
    new: count('new'),
    changed: count('changed'),
    same: 0,
    gone: count('gone'),
    duplicate: count('duplicate'),
    listed: 0,
    malformed: count('malformed'),
    withoutOwner: 1,
  };
}

const fakeImport = (accountId: number, isList: boolean): ApiUsersImportView => ({
  importId: 1,
  accountId,
  accountName: 'Uptrends',
  fileName: null,
  encoding: 'utf8',
  separator: 'tab',
  problem: isList ? null : { kind: 'noColumns' },
  columns: [
    { heading: 'Operator', column: 'operator', samples: ['Zoë Berg', 'Jan de Vries'] },
    { heading: isList ? 'User name' : 'Key', column: isList ? 'userName' : 'nothing', samples: ['a1f0c2d4e6'] },
  ],
  counts: isList ? fakeCounts() : { ...fakeCounts(), rows: 0, new: 0, changed: 0, gone: 0, withoutOwner: 0 },
  knownAt: fakeNow - 40 * day,
});

type ApiUserCommand =
  | 'preview_api_users'
  | 'import_api_users_file'
  | 'update_api_users_import'
  | 'query_api_user_rows'
  | 'take_api_users'
  | 'discard_api_users'
  | 'remove_imported_api_user';

export const fakeApiUserAnswers: Pick<Handlers, ApiUserCommand> = {
  preview_api_users: ({ accountId, text }) => fakeImport(accountId, text.includes('\t')),
  import_api_users_file: () => ({ import: null }),
  update_api_users_import: () => fakeImport(1, true),
  query_api_user_rows: ({ state, withoutOwner }) => {
    const found = rows.filter(
      (row) => (state === null || row.state === state) && (!withoutOwner || row.ownerState === 'ambiguous'),
    );
    return { total: found.length, rows: found };
  },
  take_api_users: () => ({ added: 2, changed: 1, removed: 1, total: 3 }),
  discard_api_users: () => ({ found: true }),
  remove_imported_api_user: () => ({ found: true }),
};
