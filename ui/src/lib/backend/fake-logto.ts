// What Logto brings, made up for tests: organisations, invitations, a user in depth, the service's log. Other accounts
// have none of it.
import type {
  AccountView,
  GroupRow,
  HubFigureView,
  HubView,
  InvitationRow,
  LogEntryView,
  UserDetailView,
} from './bindings';
import { fakeApplications } from './fake-applications';
import { fakeNow, fakeUser } from './fake-people';
import { countTokens, fakeTokens } from './fake-tokens';

const day = 86_400_000;
const isLogto = ({ provider }: AccountView) => provider === 'logto';

/** The organisations of these accounts. */
export function fakeOrganizations(accounts: readonly AccountView[]): GroupRow[] {
  const names = [
    'Acme',
    'Globex',
    'Société générale des équipements et des grands travaux du Brabant wallon',
    'Initech',
  ];
  return accounts.filter(isLogto).flatMap(({ id }) =>
    names.map((displayName, index) => ({
      accountId: id,
      remoteId: `o${index}`,
      kind: 'organization' as const,
      displayName,
      members: index === 3 ? 0 : 5 + index,
      dangling: index === 1 ? 1 : 0,
      everybody: false,
      invitations: index === 0 ? 2 : 0,
      pending: null,
      createdAt: fakeNow - (100 + index) * day,
      modifiedAt: null,
    })),
  );
}

/** The invitations of these accounts. */
export function fakeInvitations(accounts: readonly AccountView[]): InvitationRow[] {
  const states = ['pending', 'expired', 'accepted', 'revoked', 'pending'] as const;
  return accounts.filter(isLogto).flatMap(({ id }) =>
    states.map((state, index) => ({
      accountId: id,
      remoteId: `i${index}`,
      invitee: `guest${index}@example.org`,
      state,
      status: state,
      organizationId: 'o0',
      organization: 'Acme',
      inviterId: 'u1',
      inviter: fakeUser(id, 1).displayName,
      acceptedUserId: state === 'accepted' ? 'u7' : null,
      roles: ['Member'],
      createdAt: fakeNow - (10 + index) * day,
      expiresAt: fakeNow + (index - 1) * 5 * day,
      pending: null,
    })),
  );
}

/** What the cards have beside users and groups. */
export function fakeHub(
  accounts: readonly AccountView[],
): Pick<
  HubView,
  | 'organizations'
  | 'emptyOrganizations'
  | 'danglingOrganizationMemberships'
  | 'pendingInvitations'
  | 'expiredInvitations'
  | 'managingApplications'
  | 'figures'
  | 'tokens'
> {
  const organizations = fakeOrganizations(accounts);
  const invitations = fakeInvitations(accounts);
  const some = accounts.length > 0 && accounts.every(isLogto);
  return {
    organizations: organizations.length,
    emptyOrganizations: organizations.filter(({ members }) => members === 0).length,
    danglingOrganizationMemberships: organizations.reduce((sum, { dangling }) => sum + dangling, 0),
    pendingInvitations: invitations.filter(({ state }) => state === 'pending').length,
    expiredInvitations: invitations.filter(({ state }) => state === 'expired').length,
    managingApplications: fakeApplications(accounts).filter(({ managesAccount }) => managesAccount).length,
    figures: some ? figures : [],
    tokens: accounts.some(isLogto) ? countTokens(fakeTokens(accounts)) : null,
  };
}

const figures: HubFigureView[] = [
  { figure: 'new7', users: 4, of: null, filter: 'created:7d' },
  { figure: 'new30', users: 31, of: null, filter: 'created:30d' },
  { figure: 'active30', users: 96_240, of: null, filter: 'last_seen:30d' },
  { figure: 'neverSignedIn', users: 812, of: null, filter: 'last_seen:never' },
  { figure: 'withoutFactor', users: 7_310, of: 9_120, filter: 'mfa:none' },
];

type Depth = Pick<UserDetailView, 'roles' | 'tokens' | 'depth' | 'log' | 'membershipsState' | 'rolesState'>;

/** What a user has beside the record. */
export function fakeDepth(account: AccountView): Depth {
  const nothing: Depth = { roles: [], tokens: [], depth: null, log: [], membershipsState: null, rolesState: null };
  if (!isLogto(account)) return nothing;
  const token = {
    description: null,
    createdAt: fakeNow - 400 * day,
    expiryKnown: true,
    lastUsedAt: null,
    lastUseKnown: false,
    importedAt: null,
    madeHere: false,
  };
  return {
    roles: [{ remoteId: 'r0', displayName: 'Administrator' }],
    tokens: [
      { ...token, name: 'ci', expiresAt: null },
      { ...token, name: 'laptop', expiresAt: fakeNow - 20 * day },
    ],
    depth: {
      readAt: Date.now() - 3_600_000,
      problem: null,
      sections: {
        factors: [{ id: 'f1', type: 'Totp', createdAt: '2026-01-02T03:04:05Z' }],
        sessions: [
          {
            id: 's1',
            ip: '192.0.2.7',
            userAgent: 'Firefox on Linux',
            signedInAt: fakeNow - day,
            expiresAt: fakeNow + day,
          },
        ],
        grants: [],
        identities: { github: { userId: '4711', details: { name: 'octo', email: 'octo@example.org' } } },
        enterpriseIdentities: null,
      },
    },
    log: fakeLog([account]).slice(0, 5),
    membershipsState: account.groupsState,
    rolesState: account.groupsState,
  };
}

/** The log of these accounts, newest first. */
export function fakeLog(accounts: readonly AccountView[]): LogEntryView[] {
  return accounts.filter(isLogto).flatMap(({ id }) =>
    Array.from({ length: 60 }, (_, index) => {
      const failed = index % 5 === 2;
      return {
        id: 1_000 - index,
        accountId: id,
        at: fakeNow - index * 7_200_000,
        event: failed ? 'Interaction.SignIn.Verification.Password.Submit' : 'ExchangeTokenBy.RefreshToken',
        succeeded: !failed,
        userId: failed ? null : `u${index}`,
        userName: failed ? null : fakeUser(id, index).displayName,
        identifier: failed ? 'eve@example.org' : null,
        application: 'Console',
        ip: '192.0.2.7',
        agent: 'Firefox on Linux',
        error: failed ? 'session.invalid_credentials' : null,
      };
    }),
  );
}
