// Views as the core would send them, for tests.
import type {
  AccountView,
  AppStateView,
  Capabilities,
  CommandError,
  Counts,
  EditableField,
  ErrorCode,
  FieldKind,
  HistoryEntryView,
  RunView,
  SettingsView,
  SyncStateView,
} from './bindings';
import { fakeNow, fakeUser } from './fake-people';

export function fakeError(error: Partial<CommandError> & { code: ErrorCode }): CommandError {
  return {
    message: 'It failed.',
    action: 'retry',
    field: null,
    reason: null,
    account: null,
    detail: null,
    retryAfterSeconds: null,
    values: {},
    ...error,
  };
}

function fakeSettings(): SettingsView {
  return {
    language: 'en',
    theme: 'light',
    syncIntervalMinutes: 60,
    removalGuardPercent: 20,
    manySubjects: 10,
    tokenDays: {},
    invitationLinks: {},
    gridLayouts: {},
    facetsShown: true,
    tokenNotices: true,
    tokenNoticeNames: false,
  };
}

export function fakeState(): AppStateView {
  return {
    version: '0.1.0',
    storage: 'disk',
    problem: null,
    notice: null,
    dataFolder: '/home/anna/.local/share/rollcall',
    systemLanguage: 'en-GB',
    settings: fakeSettings(),
  };
}

export const idle: SyncStateView = {
  runId: null,
  state: null,
  progress: null,
  error: null,
  finishedAt: null,
  nextAt: null,
};

/** A connected account, synced three minutes before the present. */
export function fakeAccount(id: number, name: string, change: Partial<AccountView> = {}): AccountView {
  const syncedAt = Date.now() - 190_000;
  const proof = {
    complete: true,
    removalsConfirmed: false,
    uniqueIds: 120,
    total: 120,
    walks: 1,
    repeated: 0,
    confirmedSingly: 0,
    confirmedInBatches: 0,
    shownBy: 'walk' as const,
    readSince: null,
    quiet: true,
  };
  return {
    id,
    provider: 'scim',
    name,
    address: `https://id.example.org/scim/v2`,
    authentication: { kind: 'bearer' },
    certificateAuthority: null,
    sample: false,
    signedIn: true,
    syncIntervalMinutes: null,
    capabilities: fakeCapabilities,
    users: 120,
    groups: 12,
    usersState: { syncedAt, proof: { stream: 'users', ...proof } },
    groupsState: { syncedAt, proof: { stream: 'groups', ...proof, uniqueIds: 12, total: 12 } },
    sync: { ...idle, runId: id * 10, state: 'succeeded', finishedAt: syncedAt + 4_000 },
    details: null,
    ...change,
  };
}

export const fakeCapabilities = {
  described: true,
  users: true,
  groups: true,
  streams: ['users', 'groups'],
  details: false,
  signIns: false,
  log: false,
  paging: 'index',
  maxPageSize: 200,
  filter: true,
  sort: false,
  etag: true,
  patch: true,
  bulk: false,
  changePassword: false,
  edits: [],
  userFields: [],
  groupFields: [],
  roleFields: [],
  invitations: null,
  facts: null,
  documentation: null,
} satisfies Capabilities;

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const field = (path: string, kind: FieldKind = 'text', required = false): EditableField => ({
  path,
  kind,
  required,
  maxLength: null,
});

/** What a SCIM service can that takes changes. */
export const writableCapabilities: Capabilities = {
  ...fakeCapabilities,
  changePassword: true,
  edits: [
    ...(['createUser', 'updateUser', 'setUserActive', 'resetPassword', 'deleteUser'] as const),
    ...(['createGroup', 'updateGroup', 'deleteGroup', 'addMember', 'removeMember'] as const),
  ],
  userFields: [
    field('userName', 'userName', true),
    field('displayName'),
    field('name.givenName'),
    field('name.familyName'),
    field('emails[primary].value', 'email'),
    field('title'),
    field('preferredLanguage'),
    field(`${ENTERPRISE}:department`),
  ],
  groupFields: [field('displayName', 'text', true)],
};

/** What Logto can. */
export const logtoCapabilities: Capabilities = {
  ...fakeCapabilities,
  streams: ['users', 'groups', 'roles', 'applications', 'roleAssignments', 'memberships', 'invitations'],
  details: true,
  signIns: true,
  log: true,
  paging: 'page',
  changePassword: true,
  edits: [
    ...writableCapabilities.edits,
    ...(['expirePassword', 'unlinkIdentity', 'endSession', 'revokeGrant', 'removeFactor'] as const),
    ...(['createRole', 'updateRole', 'deleteRole', 'assignRole', 'unassignRole'] as const),
    ...(['createToken', 'renameToken', 'deleteToken'] as const),
    ...(['inviteUser', 'resendInvitation', 'revokeInvitation', 'deleteInvitation'] as const),
  ],
  userFields: [
    { ...field('name'), maxLength: 128 },
    field('username', 'userName'),
    field('primaryEmail', 'email'),
    field('primaryPhone', 'phone'),
    field('avatar', 'url'),
    field('profile.givenName'),
    field('profile.familyName'),
    field('profile.locale'),
    field('profile.address.streetAddress'),
    field('profile.address.country'),
    field('customData', 'json'),
  ],
  groupFields: [field('name', 'text', true), field('description', 'longText'), field('isMfaRequired', 'flag')],
  roleFields: [
    field('name', 'text', true),
    field('description', 'longText', true),
    field('isDefault', 'flag'),
    field('permissions', 'permissions'),
  ],
  invitations: { message: true, roles: true, choosesExpiry: true, days: 7, resendRenews: false },
};

const none = { listed: 0, added: 0, changed: 0, removed: 0 };

export const noCounts: Counts = {
  users: 120,
  usersAdded: 0,
  usersChanged: 0,
  usersRemoved: 0,
  groups: 12,
  groupsAdded: 0,
  groupsChanged: 0,
  groupsRemoved: 0,
  membershipsAdded: 0,
  membershipsRemoved: 0,
  members: none,
  roles: none,
  roleAssignments: none,
  invitations: none,
  applications: none,
  apiUsers: none,
  apiUsersReplaced: 0,
  offDutyPeriods: none,
  resources: none,
  grants: none,
  resourceGrants: none,
  recipients: none,
};

export function fakeRun(id: number, accountId: number, change: Partial<RunView> = {}): RunView {
  const startedAt = fakeNow - id * 3_600_000;
  return {
    id,
    accountId,
    kind: 'sync',
    state: 'succeeded',
    startedAt,
    finishedAt: startedAt + 4_000,
    baseline: false,
    resumed: false,
    counts: { ...noCounts, usersAdded: 2, usersChanged: 5, usersRemoved: 1 },
    proofs: [],
    error: null,
    issues: 0,
    ...change,
  };
}

export function fakeHistory(id: number, accountId: number): HistoryEntryView {
  const user = fakeUser(accountId, id);
  const action = (['added', 'changed', 'removed'] as const)[id % 3] ?? 'added';
  return {
    id,
    accountId,
    runId: accountId * 10,
    at: fakeNow - id * 60_000,
    subject: 'user',
    remoteId: user.remoteId,
    name: user.displayName,
    memberId: null,
    memberKind: null,
    memberName: null,
    action,
    field: action === 'changed' ? 'title' : null,
    before: action === 'changed' ? 'Junior' : null,
    after: action === 'changed' ? 'Senior' : null,
  };
}
