// A file of users in the fake backend: six rows, one of each kind.
import { HubError } from './backend';
import type { AccountView, ImportRowState, ImportRowView, ImportView, PlanSubject } from './bindings';
import { fakeError } from './fake-views';
import type { Handlers } from './fake-handlers';

type Answers = Pick<
  Handlers,
  'import_file' | 'update_import' | 'query_import_rows' | 'propose_import' | 'discard_import'
>;

const user: PlanSubject = 'user';

/** The rows of the file. */
function fakeImportRows(): ImportRowView[] {
  const row = (
    line: number,
    name: string,
    state: ImportRowState,
    more: Partial<ImportRowView> = {},
  ): ImportRowView => ({
    line,
    name,
    cells: [name, `${name.split(' ')[0]?.toLowerCase()}@example.com`, ''],
    state,
    issues: [],
    sameAsLine: null,
    user: null,
    changeId: null,
    ...more,
  });
  return [
    row(2, 'Ada Byron', 'ready'),
    row(3, 'Bo Diddley', 'malformed', {
      cells: ['Bo Diddley', 'bo at example.com', ''],
      issues: [{ column: 1, path: 'primaryEmail', reason: { kind: 'field', reason: 'invalidEmail', limit: null } }],
    }),
    row(4, 'Ada Byron', 'duplicate', { sameAsLine: 2 }),
    row(5, 'Chloé Dumont', 'alreadyThere', { user: { kind: user, remoteId: 'u1', name: 'Chloé Dumont' } }),
    row(6, 'Daan Smit', 'waiting', { changeId: 7 }),
    row(7, 'Eva Jansen', 'notPossible', {
      cells: ['Eva Jansen', 'eva@example.com', 'Emperor'],
      issues: [{ column: 2, path: null, reason: { kind: 'unknownRole', name: 'Emperor' } }],
    }),
  ];
}

/** What the file would become. */
function fakeImport(account: AccountView, values: Partial<ImportView> = {}): ImportView {
  const field = (path: string) => ({ kind: 'field' as const, path });
  return {
    importId: 1,
    accountId: account.id,
    accountName: account.name,
    sample: account.sample,
    fileName: 'people.csv',
    encoding: 'utf8',
    separator: 'semicolon',
    problem: null,
    columns: [
      { heading: 'Name', target: field('name'), note: null, samples: ['Ada Byron', 'Bo Diddley'] },
      { heading: 'E-mail', target: field('primaryEmail'), note: null, samples: ['ada@example.com'] },
      { heading: 'Roles', target: { kind: 'roles' }, note: null, samples: ['Emperor'] },
    ],
    targets: [field('name'), field('username'), field('primaryEmail'), { kind: 'roles' }, { kind: 'active' }],
    password: 'none',
    canGeneratePassword: true,
    counts: { rows: 6, ready: 1, malformed: 1, duplicate: 1, alreadyThere: 1, waiting: 1, notPossible: 1 },
    changes: 1,
    ...values,
  };
}

/** The commands about it. */
export function fakeImportAnswers(find: (id: number) => AccountView): Answers {
  let current: ImportView | null = null;
  const open = (id: number): ImportView => {
    if (current?.importId !== id) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
    return current;
  };
  return {
    import_file: ({ accountId }) => {
      current = fakeImport(find(accountId), { importId: (current?.importId ?? 0) + 1 });
      return { import: current };
    },
    update_import: ({ importId, encoding, separator, columns, password }) => {
      const before = open(importId);
      current = {
        ...before,
        encoding: encoding ?? before.encoding,
        separator: separator ?? before.separator,
        password: password ?? before.password,
        columns: before.columns.map((column, place) => ({ ...column, target: columns?.[place] ?? column.target })),
      };
      return current;
    },
    query_import_rows: ({ importId, state, offset, limit }) => {
      open(importId);
      const rows = fakeImportRows().filter((row) => state === null || row.state === state);
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    propose_import: ({ importId }) => {
      const { counts, changes } = open(importId);
      current = null;
      return { users: counts.ready, changes, counts };
    },
    discard_import: ({ importId }) => {
      const found = current?.importId === importId;
      if (found) current = null;
      return { found };
    },
  };
}
