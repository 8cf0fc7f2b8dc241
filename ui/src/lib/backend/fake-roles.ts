// Made-up roles for tests, and who holds them.
import type {
  PermissionsView,
  PermissionView,
  RoleDetailView,
  RoleHolderView,
  RoleMatrixRequest,
  RoleMatrixView,
  RoleRow,
} from './bindings';
import { fakeUser } from './fake-people';

const names = [
  'Administrator',
  'Billing',
  'Lecteur des journaux d’audit et des rapports mensuels de conformité',
  'Nightly export',
  'Organisation admin',
  'Member',
];

const rights: readonly PermissionView[] = [
  { remoteId: 'p0', name: 'invite:member', description: 'Invite somebody', resource: null },
  { remoteId: 'p1', name: 'read:invoices', description: null, resource: 'Billing API' },
  { remoteId: 'p2', name: 'write:invoices', description: 'Issue and cancel invoices', resource: 'Billing API' },
];

/** Everything that a role could allow. */
export const fakePermissions: PermissionsView = {
  permissions: [...rights, { remoteId: 'p3', name: 'delete:invoices', description: null, resource: 'Billing API' }],
  complete: true,
};

/** The roles of an account. */
export function fakeRoles(accountId: number): RoleRow[] {
  return names.map((displayName, index) => ({
    accountId,
    remoteId: `r${index}`,
    displayName,
    description: index % 2 === 0 ? 'For those who look after the service day by day' : null,
    scope: index > 3 ? 'organization' : 'account',
    holderKind: index === 3 ? 'application' : 'user',
    isDefault: index === 1,
    holders: index === 2 ? 0 : 3,
    permissions: index === 1 ? 0 : 3,
    pending: null,
  }));
}

/** Who holds `role`, one line for each organisation. */
function fakeHolders({ accountId, scope, holderKind, holders }: RoleRow): RoleHolderView[] {
  return Array.from({ length: holders }, (_, index) => {
    const { remoteId, displayName, email, active } = fakeUser(accountId, index);
    const held = scope === 'organization';
    const common = {
      kind: holderKind,
      organizationId: held ? `g${index}` : null,
      organization: held ? (['Acme', 'Globex', 'Maison Lumière'][index % 3] ?? null) : null,
    };
    if (index === 2) {
      return { ...common, remoteId: 'x9', displayName: 'x9', email: null, active: null, dangling: true };
    }
    if (holderKind === 'application') {
      return {
        ...common,
        remoteId: `a${index}`,
        displayName: `Job ${index}`,
        email: null,
        active: null,
        dangling: false,
      };
    }
    return { ...common, remoteId, displayName, email, active, dangling: false };
  });
}

/** One role in full; `null` when there is none with this id. */
export function fakeRole(accountId: number, remoteId: string, offset: number, limit: number): RoleDetailView | null {
  const row = fakeRoles(accountId).find((role) => role.remoteId === remoteId);
  if (!row) return null;
  const holders = fakeHolders(row);
  return {
    row,
    permissions: rights.slice(0, row.permissions),
    assignments: holders.length,
    holders: holders.slice(offset, offset + limit),
    raw: { id: remoteId, name: row.displayName },
    rolesState: null,
    holdersState: null,
    history: [],
  };
}

/** Which role allows what. */
export function fakeMatrix(request: RoleMatrixRequest): RoleMatrixView {
  const roles = fakeRoles(request.accountId).filter(({ scope }) => scope === (request.scope ?? scope));
  const { permissions, complete } = fakePermissions;
  const found = permissions.filter(({ name }) => name.includes(request.text.toLowerCase()));
  const rows = found.map((permission) => {
    const at = permissions.indexOf(permission);
    const allowed = roles.map((role) => at < role.permissions && (role.remoteId !== 'r5' || at === 0));
    return { permission, allowed, roles: roles.filter((_, index) => allowed[index]).map((role) => role.displayName) };
  });
  return {
    roles: roles.map(({ remoteId, displayName, scope, holderKind, holders }) => ({
      remoteId,
      displayName,
      scope,
      holderKind,
      holders,
      administers: displayName.toLowerCase().includes('admin'),
    })),
    rights: rows.filter(({ allowed }) => !request.allowedOnly || allowed.includes(true)),
    all: permissions.length,
    complete,
    rolesState: null,
  };
}
