// What the fake backend answers to each command when a test does not say otherwise.
import { HubError, type CommandName } from './backend';
import type { AccountView, Commands, SavedFilterView } from './bindings';
import type { FakeBackend } from './fake';
import { fakeApiUserAnswers } from './fake-api-users';
import { fakeBulk } from './fake-bulk';
import { FakeQueue } from './fake-changes';
import { fakeLists } from './fake-export';
import { fakeCompletions, fakeFacets, fakeFilter, fakePalette, fakeSaved } from './fake-filter';
import { fakeImportAnswers } from './fake-import';
import { fakeGroup, fakeMember, fakeNow, fakeUser } from './fake-people';
import { fakeApplication, fakeApplications } from './fake-applications';
import { fakeInviteAnswers } from './fake-invite';
import { fakeDepth, fakeHub, fakeInvitations, fakeLog, fakeOrganizations } from './fake-logto';
import { fakeCompare, fakePastAccount, fakePastAccounts, fakePastRow } from './fake-past';
import { fakeMatrix, fakePermissions, fakeRole, fakeRoles } from './fake-roles';
import { fakeRosterAnswers } from './fake-roster';
import { fakeTokenAnswers } from './fake-tokens';
import { fakeOperator, fakeUptrendsAnswers, fakeWatch } from './fake-uptrends';
import { fakeAccount, fakeCapabilities, fakeError, fakeHistory, fakeRun, idle } from './fake-views';

export type Handler<K extends CommandName> = (
  request: Commands[K]['request'],
) => Commands[K]['view'] | Promise<Commands[K]['view']>;
export type Handlers = { [K in CommandName]: Handler<K> };

export function handlers(fake: FakeBackend, users: number, groups: number): Handlers {
  const find = (id: number): AccountView => {
    const account = fake.accounts.find((each) => each.id === id);
    if (!account) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
    return account;
  };
  const queue = new FakeQueue(
    find,
    () => fake.accounts,
    (event) => fake.emit(event),
  );
  fake.queue = queue;
  const marked = <R extends { accountId: number; remoteId: string }>(row: R): R => ({
    ...row,
    pending: queue.pending(row.accountId, row.remoteId),
  });
  const change = (id: number, values: Partial<AccountView>) => Object.assign(find(id), values);
  const chosen = (id: number | null) => fake.accounts.filter((account) => id === null || account.id === id);
  const rows = (id: number | null) =>
    chosen(id).flatMap((account) => Array.from({ length: users }, (_, index) => marked(fakeUser(account.id, index))));
  const groupRows = (id: number | null) =>
    chosen(id)
      .filter(({ provider }) => provider !== 'logto')
      .flatMap((account) => Array.from({ length: groups }, (_, index) => marked(fakeGroup(account.id, index, users))));
  const keep = (filters: SavedFilterView[]) => ({ filters: (fake.saved = filters) });
  const page = <T>(list: T[], { offset, limit }: { offset: number; limit: number }) =>
    list.slice(offset, offset + limit);
  const sorted = <T>(list: T[], column: string, descending: boolean) => {
    const value = (row: T) => (row as Record<string, unknown>)[column] ?? '';
    const text = (row: T) => (typeof value(row) === 'number' ? String(value(row)).padStart(16, '0') : `${value(row)}`);
    return list.toSorted((a, b) => text(a).localeCompare(text(b)) * (descending ? -1 : 1));
  };
  const matches = (row: object, text: string) =>
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => Object.values(row).join(' ').toLowerCase().includes(word));

  const all: Handlers = {
    ...fakeLists(() => all),
    ...queue.handlers(),
    ...fakeBulk(() => all, queue, find),
    ...fakeImportAnswers(find),
    ...fakeApiUserAnswers,
    ...fakeRosterAnswers(() => fake.accounts),
    get_app_state: () => fake.state,
    read_log: () => ({ added: 0, complete: true }),
    open_store: ({ mode }) => (fake.state = { ...fake.state, storage: mode, problem: null }),
    list_accounts: () => ({ accounts: fake.accounts }),
    test_connection: ({ draft }) => {
      const known = fake.accounts.find(({ provider }) => provider === draft.provider)?.capabilities;
      return { capabilities: draft.provider === 'uptrends' && known ? known : fakeCapabilities, users, groups };
    },
    connect_account: ({ draft }) => {
      const { kind } = draft.authentication;
      const account = fakeAccount(fake.accounts.length + 1, draft.name, {
        address: draft.address,
        authentication: kind === 'basic' ? { kind, userName: draft.authentication.userName } : { kind: 'bearer' },
        usersState: null,
        groupsState: null,
        sync: idle,
      });
      fake.accounts = [...fake.accounts, account];
      return account;
    },
    replace_credential: ({ accountId }) => change(accountId, { signedIn: true }),
    test_account_connection: () => ({ capabilities: fakeCapabilities, users, groups }),
    update_connection: ({ accountId, address, certificateAuthority }) =>
      change(accountId, { address, certificateAuthority, signedIn: true }),
    update_account: ({ accountId, name, syncIntervalMinutes }) => change(accountId, { name, syncIntervalMinutes }),
    sign_out: ({ accountId }) => change(accountId, { signedIn: false }),
    preview_forget: () => ({ users, groups, history: 340, runs: 8, credential: true }),
    forget_account: ({ accountId }) => {
      fake.accounts = fake.accounts.filter(({ id }) => id !== accountId);
      return { credentialLeft: null };
    },
    open_samples: () => {
      fake.accounts = [
        fakeAccount(1, 'Maison Lumière', { sample: true }),
        fakeAccount(2, 'Noordzee Logistiek', { sample: true }),
      ];
      return { accounts: fake.accounts };
    },
    start_sync: ({ accountId }) => ({ runId: accountId * 10 + 1 }),
    cancel_sync: ({ accountId }) =>
      change(accountId, { sync: { ...find(accountId).sync, state: 'cancelled', progress: null } }).sync,
    resolve_guard: ({ runId, decision }) =>
      fakeRun(runId, 1, { state: decision === 'apply' ? 'succeeded' : 'discarded' }),
    get_hub: ({ accountId }) => {
      const all = rows(accountId);
      const suspended = all.filter(({ active }) => active === false).length;
      return {
        users: all.length,
        active: all.length - suspended,
        suspended,
        usersWithoutGroup: all.filter((row) => row.groups === 0).length,
        groups: groupRows(accountId).length,
        emptyGroups: groupRows(accountId).filter(({ members }) => members === 0).length,
        danglingMemberships: 2,
        ...fakeHub(chosen(accountId)),
        ...fakeWatch(chosen(accountId), users),
        lastRuns: chosen(accountId).map(({ id }) => fakeRun(id * 10, id)),
        oldestSyncedAt: chosen(accountId)[0]?.usersState?.syncedAt ?? null,
      };
    },
    query_users: (request) => {
      const all = rows(request.accountId);
      const found = fakeFilter(all, request.text);
      const { column, descending } = request.sort;
      return {
        total: found.length,
        all: all.length,
        revision: 1,
        rows: page(sorted(found, column, descending), request),
      };
    },
    check_filter: () => ({ problem: null }),
    complete_filter: ({ text, cursor }) => fakeCompletions(text, cursor),
    get_facets: ({ accountId, text }) => fakeFacets(fakeFilter(rows(accountId), text), text),
    list_saved_filters: () => ({ filters: fake.saved }),
    save_filter: ({ name, text, accountId }) => keep([...fake.saved, { ...fakeSaved(9, name, text), accountId }]),
    update_saved_filter: ({ id, name, text }) =>
      keep(fake.saved.map((filter) => (filter.id === id ? { ...filter, name, text } : filter))),
    open_saved_filter: ({ id }) =>
      keep(fake.saved.map((filter) => (filter.id === id ? { ...filter, new: 0 } : filter))),
    reorder_saved_filters: ({ ids }) => keep(ids.flatMap((id) => fake.saved.filter((filter) => filter.id === id))),
    delete_saved_filter: ({ id }) => keep(fake.saved.filter((filter) => filter.id !== id)),
    search_palette: ({ text, limit }) => fakePalette(rows(null), groupRows(null), text, limit),
    get_user: ({ accountId, remoteId }) => ({
      row: marked(fakeUser(accountId, Number(remoteId.slice(1)))),
      groups: [
        { remoteId: 'g0', displayName: 'All staff', kind: 'group', roles: [], everybody: false },
        { remoteId: 'g2', displayName: 'Engineering', kind: 'group', roles: [], everybody: false },
      ],
      ...fakeDepth(find(accountId)),
      invited: null,
      raw:
        find(accountId).provider === 'uptrends'
          ? fakeOperator(fakeUser(accountId, Number(remoteId.slice(1))))
          : {
              id: remoteId,
              schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
              userName: remoteId,
              ...(find(accountId).provider === 'logto' ? { customData: { plan: 'pro', seats: 3 } } : {}),
            },
      firstSeenAt: fakeNow - 90 * 86_400_000,
      lastChangedAt: fakeNow - 3 * 86_400_000,
      usersState: find(accountId).usersState,
      groupsState: find(accountId).groupsState,
      history: [fakeHistory(1, accountId), fakeHistory(3, accountId)],
    }),
    query_groups: (request) => {
      const organizations = request.kind === 'organization';
      const all = organizations
        ? fakeOrganizations(chosen(request.accountId)).map(marked)
        : groupRows(request.accountId);
      const found = all
        .filter((row) => matches({ name: row.displayName }, request.text))
        .filter(({ members }) => !request.emptyOnly || members === 0)
        .filter(({ dangling }) => !request.danglingOnly || dangling > 0);
      const list = sorted(found, request.sort, request.descending);
      return { total: found.length, all: all.length, revision: 1, rows: page(list, request) };
    },
    get_group: (request) => {
      const organization = fakeOrganizations(chosen(request.accountId)).find(
        (row) => row.remoteId === request.remoteId,
      );
      const row = marked(organization ?? fakeGroup(request.accountId, Number(request.remoteId.slice(1)), users));
      const members = Array.from({ length: row.members }, (_, index) => fakeMember(fakeUser(request.accountId, index)));
      return {
        row,
        members: page(members, request),
        raw: { id: request.remoteId, displayName: row.displayName },
        groupsState: find(request.accountId).groupsState,
        membersState: find(request.accountId).groupsState,
        history: [],
      };
    },
    query_roles: (request) => {
      const all = chosen(request.accountId).flatMap(({ id }) => fakeRoles(id).map(marked));
      const found = all
        .filter((row) => matches({ name: row.displayName }, request.text))
        .filter(({ scope }) => scope === (request.scope ?? scope))
        .filter(({ holders }) => !request.unheldOnly || holders === 0);
      const list = sorted(found, request.sort, request.descending);
      return { total: found.length, all: all.length, revision: 1, rows: page(list, request) };
    },
    get_role: ({ accountId, remoteId, offset, limit }) => {
      const role = fakeRole(accountId, remoteId, offset, limit);
      if (!role) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
      return { ...role, row: marked(role.row) };
    },
    get_role_matrix: fakeMatrix,
    list_permissions: () => fakePermissions,
    query_applications: (request) => {
      const all = fakeApplications(chosen(request.accountId));
      const found = all
        .filter((row) => matches({ name: row.displayName }, request.text))
        .filter(({ managesAccount }) => !request.managingOnly || managesAccount);
      const rows = request.sort === 'manages' ? found : sorted(found, request.sort, request.descending);
      return { total: found.length, all: all.length, revision: 1, rows: page(rows, request) };
    },
    get_application: ({ accountId, remoteId }) => {
      const found = fakeApplication(chosen(accountId), remoteId);
      if (!found) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
      return found;
    },
    query_invitations: (request) => {
      const all = fakeInvitations(chosen(request.accountId)).map(marked);
      const found = all
        .filter((row) => matches({ invitee: row.invitee, organization: row.organization }, request.text))
        .filter(({ state }) => state === (request.state ?? state));
      const list = sorted(found, request.sort, request.descending);
      return { total: found.length, all: all.length, rows: page(list, request) };
    },
    ...fakeInviteAnswers(chosen),
    ...fakeTokenAnswers(fake),
    ...fakeUptrendsAnswers(fake, users),
    query_log: (request) => {
      const all = fakeLog(chosen(request.accountId));
      const found = all
        .filter(({ userName, identifier }) => matches({ userName, identifier }, request.text))
        .filter(({ event }) => matches({ event }, request.event))
        .filter(({ succeeded }) => succeeded === (request.succeeded ?? succeeded))
        .filter(({ at }) => at >= (request.from ?? 0) && at < (request.to ?? Infinity));
      return { total: found.length, oldestAt: all.at(-1)?.at ?? null, entries: page(found, request) };
    },
    query_history: (request) => {
      const all = chosen(request.accountId).flatMap(({ id }) =>
        Array.from({ length: 40 }, (_, index) => fakeHistory(index + 1, id)),
      );
      const found = all
        .filter(
          ({ action, subject }) => action === (request.action ?? action) && subject === (request.subject ?? subject),
        )
        .filter(({ runId }) => runId === (request.runId ?? runId))
        .filter(({ name }) => matches({ name }, request.text));
      return { total: found.length, entries: page(found, request) };
    },
    compare: (request) => fakeCompare(chosen(request.accountId), request),
    query_past_users: (request) => {
      const all = rows(request.accountId);
      const found = all.filter((row) => matches(row, request.text));
      const { column, descending } = request.sort;
      return {
        total: found.length,
        all: all.length,
        revision: 1,
        accounts: fakePastAccounts(chosen(request.accountId), request.moment),
        rows: page(sorted(found, column, descending), request).map(fakePastRow),
      };
    },
    get_past_user: ({ accountId, remoteId, moment }) => ({
      row: fakePastRow(fakeUser(accountId, Number(remoteId.slice(1)))),
      record: { id: remoteId, schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: remoteId },
      groups: [{ remoteId: 'g0', displayName: 'All staff', kind: 'group', roles: [], everybody: false }],
      roles: [],
      account: fakePastAccount(accountId, moment),
    }),
    query_runs: (request) => {
      const runs = chosen(request.accountId).flatMap(({ id }) => [fakeRun(id * 10, id), fakeRun(id * 10 - 5, id)]);
      return { total: runs.length, runs: page(runs, request) };
    },
    get_run: ({ runId }) => ({ run: fakeRun(runId, Math.max(1, Math.floor(runId / 10))), issues: [], removals: [] }),
    update_settings: ({ settings }) => {
      fake.state = { ...fake.state, settings };
      return settings;
    },
  };
  return all;
}
