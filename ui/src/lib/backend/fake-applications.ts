// Made-up programs for tests.
import type { AccountView, ApplicationDetailView, ApplicationRow } from './bindings';
import { fakeNow } from './fake-people';

const day = 86_400_000;

/** The applications of these accounts. */
export function fakeApplications(accounts: readonly AccountView[]): ApplicationRow[] {
  return accounts
    .filter(({ provider }) => provider === 'logto')
    .flatMap(({ id: accountId }) => [
      {
        ...plain(accountId, 'a0', 'Nightly export to the warehouse of the personnel department'),
        managesAccount: true,
        roles: 1,
        secrets: 2,
        neverExpiring: 1,
        expired: 1,
        oldestSecretAt: fakeNow - 900 * day,
      },
      {
        ...plain(accountId, 'a1', 'Rollcall'),
        managesAccount: true,
        roles: 1,
        secrets: 1,
        oldestSecretAt: fakeNow - 20 * day,
        expiresAt: fakeNow + 345 * day,
      },
      { ...plain(accountId, 'a2', 'Web shop'), kind: 'SPA' },
    ]);
}

function plain(accountId: number, remoteId: string, displayName: string): ApplicationRow {
  return {
    accountId,
    remoteId,
    displayName,
    description: null,
    kind: 'MachineToMachine',
    managesAccount: false,
    createdAt: fakeNow - 1_000 * day,
    roles: 0,
    secrets: 0,
    neverExpiring: 0,
    expired: 0,
    oldestSecretAt: null,
    expiresAt: null,
  };
}

/** One application in full; `null` when there is none with this id. */
export function fakeApplication(accounts: readonly AccountView[], remoteId: string): ApplicationDetailView | null {
  const row = fakeApplications(accounts).find((application) => application.remoteId === remoteId);
  if (!row) return null;
  const secret = {
    description: null,
    expiryKnown: true,
    lastUsedAt: null,
    lastUseKnown: false,
    importedAt: null,
    madeHere: false,
  };
  return {
    row,
    secrets: [
      { ...secret, name: 'Default secret', createdAt: fakeNow - 900 * day, expiresAt: null },
      { ...secret, name: 'spring', createdAt: fakeNow - 400 * day, expiresAt: fakeNow - 35 * day },
    ].slice(0, row.secrets),
    roles: row.managesAccount
      ? [{ remoteId: 'r3', displayName: 'Logto Management API access', organizationId: null, organization: null }]
      : [],
    raw: { id: remoteId, name: row.displayName },
    applicationsState: null,
    rolesState: null,
    history: [],
  };
}
