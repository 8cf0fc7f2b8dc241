// What Uptrends brings, made up for tests: duty, resources, rights, API users. Other accounts have none of it.
import type {
  AccessHolderView,
  AccessLevel,
  AccessPageView,
  AccessQueryRequest,
  GrantHolder,
  AccountView,
  Capabilities,
  DutyPersonView,
  DutyRequest,
  DutyView,
  FindingItemView,
  HubView,
  ResourceColumn,
  ResourceDetailView,
  ResourceHolderView,
  ResourceKind,
  ResourceRow,
  RightOriginView,
  StreamStateView,
  UserRightsView,
  UserRow,
} from './bindings';
import { HubError } from './backend';
import type { FakeBackend } from './fake';
import type { Handlers } from './fake-handlers';
import { fakeNow, fakeUser } from './fake-people';
import { countRecipients, fakeReaching, fakeRecipients, showsRecipients } from './fake-recipients';
import { fakeApiUsers } from './fake-tokens';
import { fakeCapabilities, fakeError } from './fake-views';

const DAY = 86_400;
const isUptrends = ({ provider }: AccountView) => provider === 'uptrends';

/** What an Uptrends account can be read for, with the credential of an administrator; nothing can be written. */
export const uptrendsCapabilities: Capabilities = {
  ...fakeCapabilities,
  streams: ['users', 'groups', 'apiUsers', 'offDutyPeriods', 'resources', 'grants', 'resourceGrants', 'recipients'],
  paging: 'page',
  maxPageSize: null,
  filter: false,
  etag: false,
  patch: true,
  documentation: 'https://www.uptrends.com/support/kb/api',
  facts: {
    choices: {},
    number: '123456',
    expiresOn: '2027-01-31T00:00:00',
    usersInUse: 122,
    usersLimit: 150,
    timeZone: { description: 'GMT+01:00* Brussels, Paris, Madrid', offsetMinutes: 60, daylight: null },
    ownUser: 'u0',
    ownToken: 'k0',
    resourceGrantsHidden: false,
    apiUsersHidden: false,
    unrecognisedFields: [],
  },
};

/** With a lesser credential: neither API users nor rights on resources are shown. */
export const lesserCapabilities: Capabilities = {
  ...uptrendsCapabilities,
  streams: ['users', 'groups', 'offDutyPeriods', 'resources', 'grants', 'recipients'],
  facts: {
    number: '123456',
    expiresOn: null,
    usersInUse: null,
    usersLimit: null,
    timeZone: null,
    ownUser: null,
    ownToken: null,
    resourceGrantsHidden: true,
    apiUsersHidden: true,
    choices: {},
    unrecognisedFields: ['KeyRotationDate'],
  },
};

/** Friday 20 Nov 2026, 10:00 on the account's clock. */
const now = fakeNow / 1000 + 3_600;
const today = Math.floor(now / DAY) * DAY;
const at = (day: number, hour: number) => today + day * DAY + hour * 3_600;

/** The record of an operator. */
export function fakeOperator({ remoteId, displayName, email, active, phone }: UserRow) {
  return {
    OperatorGuid: remoteId,
    FullName: displayName,
    Email: email,
    MobilePhone: phone ?? '',
    BackupEmail: 'night@example.org',
    IsOnDuty: active,
    IsAccountAdministrator: remoteId === 'u0',
    SmsProvider: 'UseAccountSetting',
    DefaultDashboard: 'AccountOverview',
    OperatorRole: 'Unspecified',
    TimeZoneId: 56,
  };
}

/** The schedule of the person with this number. */
function schedule(index: number): Pick<DutyPersonView, 'periods' | 'rules'> {
  const remoteId = `u${index}/1`;
  switch (index % 5) {
    case 1:
      return {
        periods: [
          { start: at(0, 18), end: at(1, 8) },
          { start: at(7, 18), end: at(8, 8) },
        ],
        rules: [{ remoteId, rule: { mode: 'weekly', weekday: 5, start: 18 * 60, end: 8 * 60 } }],
      };
    case 2:
      return {
        periods: [{ start: at(-1, 10), end: at(5, 8) }],
        rules: [
          { remoteId, rule: { mode: 'oneTime', start: at(-3, 12), end: at(5, 8) } },
          { remoteId: `u${index}/2`, rule: { mode: 'unknown', word: 'Yearly' } },
        ],
      };
    case 3:
      return {
        periods: Array.from({ length: 14 }, (_, day) => ({ start: at(day, 22), end: at(day + 1, 6) })),
        rules: [
          { remoteId, rule: { mode: 'daily', start: 22 * 60, end: 6 * 60 } },
          { remoteId: `u${index}/2`, rule: { mode: 'monthly', day: 31, start: 0, end: 12 * 60 } },
        ],
      };
    default:
      return { periods: [], rules: [] };
  }
}

function fakePerson(account: AccountView, index: number): DutyPersonView {
  const { remoteId, displayName, active } = fakeUser(account.id, index);
  const alerted = showsRecipients(account) ? index % 2 === 0 : null;
  const { periods, rules } = schedule(index);
  const off = periods.some(({ start, end }) => start <= now && now < end);
  return { remoteId, displayName, active, onDuty: active === true && !off, alerted, periods, rules };
}

/** Zones that somebody chose, by account. */
const chosenZones = new Map<number, string>();

function fakeDuty(account: AccountView, users: number, { groupId, userId }: DutyRequest): DutyView {
  const count = groupId === null ? users : Math.min(users, 9);
  const people = Array.from({ length: count }, (_, index) => fakePerson(account, index)).filter(
    ({ remoteId }) => userId === null || remoteId === userId,
  );
  const zone = account.capabilities?.facts?.timeZone;
  const chosen = chosenZones.get(account.id);
  return {
    now,
    zone: chosen ?? zone?.description ?? 'Europe/Brussels',
    zoneSource: chosen ? 'chosen' : zone ? 'service' : 'computer',
    onDuty: people.filter(({ onDuty }) => onDuty).length,
    people: people.toSorted((a, b) => a.displayName.localeCompare(b.displayName)),
    state: account.usersState,
  };
}

const monitors = [
  'Homepage',
  'Checkout',
  'Portail client : authentification, tableau de bord et déconnexion des utilisateurs',
  'API gateway',
  'Mail in',
  'Certificate',
];
const modes = ['Production', 'Production', 'Staging', 'Production', 'Development', null];
const types = ['Https', 'Transaction', 'RealBrowserCheck', 'MultiStepApi', 'IMAP', 'Certificate'];

/** The resources of these accounts. */
function fakeResources(accounts: readonly AccountView[]): ResourceRow[] {
  return accounts.filter(isUptrends).flatMap((account) => {
    const visible = rightsState(account) !== null;
    const row = (kind: ResourceKind, remoteId: string, displayName: string): ResourceRow => ({
      accountId: account.id,
      remoteId,
      displayName,
      kind,
      monitorType: null,
      mode: null,
      active: null,
      viewData: visible && (kind === 'monitor' || kind === 'monitorGroup') ? 120 : null,
      view: visible && (kind === 'monitor' || kind === 'monitorGroup') ? 12 : null,
      edit: visible && (kind === 'monitor' || kind === 'monitorGroup') ? 3 : null,
      recipients: kind === 'alertDefinition' ? countRecipients(account, remoteId) : null,
    });
    const all = Array.from({ length: 48 }, (_, index) => ({
      ...row('monitor', `m${index}`, index < 6 ? (monitors[index] ?? '') : `${monitors[index % 6]} ${index}`),
      monitorType: types[index % 6] ?? null,
      mode: modes[index % 6] ?? null,
      active: index % 8 === 3 ? false : index % 6 === 5 ? null : true,
    }));
    return [
      ...all,
      row('monitorGroup', 'mg0', 'All monitors'),
      row('monitorGroup', 'mg1', 'Webshop'),
      row('vaultSection', 'v0', 'Shared secrets'),
      row('integration', 'i0', 'Slack'),
      row('alertDefinition', 'a0', 'Night alert'),
      row('alertDefinition', 'a1', 'Weekend alert'),
    ];
  });
}

function rightsState(account: AccountView): StreamStateView | null {
  return account.capabilities?.streams.includes('resourceGrants') ? account.groupsState : null;
}

const everybody: RightOriginView = {
  permission: 'ViewMonitorDataInGroup',
  groupId: 'g0',
  group: 'All staff',
  resourceGroupId: 'mg0',
  resourceGroup: 'All monitors',
};
const direct: RightOriginView = {
  permission: 'EditMonitor',
  groupId: null,
  group: null,
  resourceGroupId: null,
  resourceGroup: null,
};
const byGroup: RightOriginView = { ...direct, permission: 'ViewMonitor', groupId: 'g2', group: 'Engineering' };

function holdersOf(accountId: number, kind: ResourceKind): ResourceHolderView[] {
  return Array.from({ length: 24 }, (_, index) => {
    const { remoteId, displayName } = fakeUser(accountId, index);
    if (kind === 'vaultSection') {
      return { remoteId, displayName, level: null, origins: [{ ...direct, permission: 'ViewVaultSection' }] };
    }
    if (index % 8 === 0) return { remoteId, displayName, level: 'edit' as const, origins: [direct, everybody] };
    if (index % 4 === 1) return { remoteId, displayName, level: 'view' as const, origins: [byGroup, everybody] };
    return { remoteId, displayName, level: 'viewData' as const, origins: [everybody] };
  });
}

function fakeResource(account: AccountView, row: ResourceRow): ResourceDetailView {
  const state = rightsState(account);
  const named = ({ remoteId, displayName }: ResourceRow) => ({ remoteId, displayName });
  const all = fakeResources([account]);
  return {
    row,
    groups: row.kind === 'monitor' ? all.filter(({ kind }) => kind === 'monitorGroup').map(named) : [],
    members: row.kind === 'monitorGroup' ? all.filter(({ kind }) => kind === 'monitor').map(named) : [],
    holders: state === null ? [] : holdersOf(account.id, row.kind),
    given:
      state === null
        ? []
        : [
            {
              permission: 'EditMonitor',
              holderKind: 'user',
              holderId: 'u0',
              holder: fakeUser(account.id, 0).displayName,
            },
            { permission: 'ViewMonitor', holderKind: 'group', holderId: 'g2', holder: 'Engineering' },
          ],
    raw: { MonitorGuid: row.remoteId, Name: row.displayName, MonitorType: row.monitorType, IsActive: row.active },
    state: account.groupsState,
    rightsState: state,
    history: [
      {
        id: 3,
        accountId: account.id,
        runId: account.id * 10,
        at: fakeNow - DAY * 1000,
        subject: 'resourceMembership',
        remoteId: 'mg1',
        name: 'Webshop',
        memberId: row.remoteId,
        memberKind: null,
        memberName: row.displayName,
        action: 'added',
        field: null,
        before: null,
        after: null,
      },
    ],
  };
}

function fakeRights(account: AccountView): UserRightsView {
  const state = rightsState(account);
  const whole = { resourceGroupId: null, resourceGroup: null };
  const resources = fakeResources([account])
    .filter(({ kind }) => kind === 'monitor' || kind === 'vaultSection')
    .map(({ remoteId, displayName, kind }, index) => ({
      resourceId: remoteId,
      resource: displayName,
      kind,
      level: kind === 'monitor' ? (index % 7 === 0 ? ('edit' as const) : ('viewData' as const)) : null,
      origins:
        kind === 'monitor'
          ? [...(index % 7 === 0 ? [direct] : []), everybody]
          : [{ ...direct, permission: 'ViewVaultSection' }],
    }));
  return {
    account: [
      { permission: 'AccountAccess', origins: [{ ...direct, ...whole, permission: 'AccountAccess' }] },
      {
        permission: 'FinancialOperator',
        origins: [
          { ...direct, ...whole, permission: 'FinancialOperator' },
          { permission: 'FinancialOperator', groupId: 'g2', group: 'Engineering', ...whole },
        ],
      },
      { permission: 'LaunchRockets', origins: [{ ...direct, ...whole, permission: 'LaunchRockets' }] },
    ],
    resources: state === null ? [] : resources,
    administrators: [{ remoteId: 'g9', displayName: 'Administrators' }],
    accountState: account.groupsState,
    resourceState: state,
  };
}

function fakeAccess(account: AccountView, users: number, request: AccessQueryRequest): AccessPageView {
  const holder = (kind: GrantHolder, remoteId: string, displayName: string, everyone = false): AccessHolderView => ({
    holder: { kind, remoteId },
    displayName,
    everybody: everyone,
  });
  const holders = [
    holder('group', 'g0', 'All staff', true),
    holder('group', 'g2', 'Engineering'),
    ...Array.from({ length: Math.min(users, 90) }, (_, index) => fakeUser(account.id, index)).map(
      ({ remoteId, displayName }) => holder('user', remoteId, displayName),
    ),
  ];
  const wanted = request.holders.map(({ remoteId }) => remoteId);
  const columns = holders.filter((each) =>
    wanted.length === 0 ? each.holder.kind === 'group' : wanted.includes(each.holder.remoteId),
  );
  const monitors = fakeResources([account]).filter(({ kind }) => kind === 'monitor');
  const levels: (AccessLevel | null)[] = ['viewData', null, 'view', 'edit', 'delete'];
  const found = monitors
    .filter(
      ({ displayName, mode }) =>
        `${displayName} ${mode}`.toLowerCase().includes(request.text.toLowerCase()) && mode === (request.mode ?? mode),
    )
    .map(({ accountId, remoteId, displayName, kind, monitorType, mode }, row) => ({
      ...{ accountId, remoteId, displayName, kind, monitorType, mode },
      levels: columns.map((_, column) => levels[(row + column) % levels.length] ?? null),
    }));
  return {
    total: found.length,
    of: monitors.length,
    modes: [...new Set(monitors.flatMap(({ mode }) => (mode === null ? [] : [mode])))].toSorted(),
    holders,
    columns,
    rows: found.slice(request.offset, request.offset + request.limit),
    rightsState: rightsState(account),
  };
}

function found(remoteId: string, displayName: string): FindingItemView {
  return { remoteId, displayName, right: null, apiUser: null, importedAt: null };
}

/** A right on a monitor that a group gives as well. */
function redundant(permission: string): FindingItemView {
  const on = { resourceId: 'm1', resource: 'Shop', resourceKind: 'monitor' as const };
  return { ...found('u2', 'Bo Example'), right: { permission, ...on, through: [byGroup] } };
}

/** What the cards have of these accounts. */
export function fakeWatch(
  accounts: readonly AccountView[],
  users: number,
): Pick<HubView, 'quotas' | 'invited' | 'onDuty' | 'apiUsers' | 'monitors'> {
  const own = accounts.filter(isUptrends);
  const keys = fakeApiUsers(own);
  const inProduction = fakeResources(own).filter(({ kind, mode }) => kind === 'monitor' && mode === 'Production');
  const everyone = { accountId: 0, groupId: null, userId: null, days: 14 };
  return {
    quotas: own.map(({ id, capabilities }) => ({
      accountId: id,
      listed: users,
      inUse: capabilities?.facts?.usersInUse ?? null,
      limit: capabilities?.facts?.usersLimit ?? null,
    })),
    invited: own.length === 0 ? null : { waiting: 3, expired: 1 },
    onDuty: own.length === 0 ? null : own.reduce((sum, each) => sum + fakeDuty(each, users, everyone).onDuty, 0),
    apiUsers:
      keys.length === 0
        ? null
        : {
            total: keys.length,
            inactive: keys.filter(({ idle }) => idle).length,
            fresh: keys.filter(({ createdAt }) => (createdAt ?? 0) > fakeNow - 30 * DAY * 1000).length,
            imported: 0,
            madeHere: 0,
            importedAt: null,
          },
    monitors:
      own.length === 0
        ? null
        : {
            total: fakeResources(own).filter(({ kind }) => kind === 'monitor').length,
            production: inProduction.length,
            productionInactive: inProduction.filter(({ active }) => active === false).length,
          },
  };
}

type Answers = Pick<
  Handlers,
  | 'get_duty'
  | 'set_time_zone'
  | 'get_user_rights'
  | 'get_group_rights'
  | 'query_resources'
  | 'query_access'
  | 'get_resource'
  | 'get_recipients'
  | 'get_reaching'
  | 'list_findings'
>;

/** Answers about the Uptrends accounts of `fake`. */
export function fakeUptrendsAnswers(fake: FakeBackend, users: number): Answers {
  const find = (id: number): AccountView => {
    const account = fake.accounts.find((each) => each.id === id);
    if (!account) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
    return account;
  };
  return {
    get_duty: (request) => fakeDuty(find(request.accountId), users, request),
    set_time_zone: ({ accountId, timeZone }) => {
      if (timeZone === null) chosenZones.delete(accountId);
      else chosenZones.set(accountId, timeZone);
      return find(accountId);
    },
    get_user_rights: ({ accountId }) => fakeRights(find(accountId)),
    get_group_rights: ({ accountId, remoteId }) => {
      const { resources, accountState, resourceState } = fakeRights(find(accountId));
      const own = resources.slice(0, 3).map((right) => ({ ...right, origins: [{ ...byGroup, groupId: remoteId }] }));
      const administrators = remoteId === 'g9';
      return { account: ['TechnicalContact'], resources: own, administrators, accountState, resourceState };
    },
    query_resources: ({ accountId, text, kind, mode, active, sort, descending, offset, limit }) => {
      const all = fakeResources(fake.accounts.filter(({ id }) => accountId === null || id === accountId)).filter(
        (row) => row.kind === (kind ?? row.kind),
      );
      const words = text.toLowerCase().split(/\s+/);
      const found = all
        .filter((row) => row.mode === (mode ?? row.mode))
        .filter((row) => row.active === (active ?? row.active))
        .filter((row) => words.every((word) => `${row.displayName} ${row.monitorType}`.toLowerCase().includes(word)))
        .toSorted((a, b) => valueOf(a, sort).localeCompare(valueOf(b, sort)) * (descending ? -1 : 1));
      const counts = Map.groupBy(
        all.flatMap((row) => (row.mode === null ? [] : [row.mode])),
        (known) => known,
      );
      return {
        total: found.length,
        of: all.length,
        modes: [...counts].map(([known, rows]): [string, number] => [known, rows.length]).toSorted(),
        rows: found.slice(offset, offset + limit),
      };
    },
    query_access: (request) => fakeAccess(find(request.accountId), users, request),
    get_resource: ({ accountId, remoteId }) => {
      const account = find(accountId);
      const row = fakeResources([account]).find((each) => each.remoteId === remoteId);
      if (!row) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
      return fakeResource(account, row);
    },
    get_recipients: ({ accountId, remoteId }) => {
      const account = find(accountId);
      const row = fakeResources([account]).find((each) => each.remoteId === remoteId);
      if (!row) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
      return fakeRecipients(account, row);
    },
    get_reaching: (request) => fakeReaching(find(request.accountId), request),
    list_findings: () => ({
      findings: [
        {
          kind: 'lastHolder',
          permission: 'FinancialOperator',
          items: [found('u1', 'Ada Example')],
        },
        {
          kind: 'onlyEverybody',
          permission: null,
          items: [found('u3', 'Cy Example'), found('u4', 'Di Example')],
        },
        {
          kind: 'redundant',
          permission: null,
          items: [redundant('EditMonitor'), redundant('ViewMonitor')],
        },
        {
          kind: 'apiUserOfInactive',
          permission: null,
          items: [{ ...found('u3', 'Cy Example'), apiUser: 'a1b2c3' }],
        },
        {
          kind: 'alertWithoutRecipients',
          permission: null,
          items: [found('a1', 'Weekend alert')],
        },
      ],
      administrators: [{ remoteId: 'g9', displayName: 'Administrators' }],
    }),
  };
}

function valueOf(row: ResourceRow, sort: ResourceColumn): string {
  const value = sort === 'type' ? row.monitorType : sort === 'account' ? row.accountId : row[sort];
  return value === null ? '~' : String(value).padStart(6, '0');
}
