// Columns of the users grid.
import type { Snippet } from 'svelte';
import type { AccountId, AccountView, ProviderKind, UserColumn, UserRow } from '$lib/backend/bindings';
import { nameCells } from '$lib/changes/grid-rows';
import type { Column } from '$lib/components/grid/columns';
import { statusText } from '$lib/directory/status';
import { statusWords } from '$lib/directory/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** Every column of the contract, in the order of the program. */
export const userColumnIds = [
  'displayName',
  'account',
  'userName',
  'email',
  'status',
  'invitedUntil',
  'title',
  'department',
  'groups',
  'modifiedAt',
  'givenName',
  'familyName',
  'organization',
  'employeeNumber',
  'userType',
  'phone',
  'locale',
  'externalId',
  'createdAt',
  'lastSignInAt',
] as const satisfies readonly UserColumn[];

const widths: Partial<Record<UserColumn, number>> = {
  displayName: 190,
  userName: 160,
  email: 220,
  status: 128,
  title: 150,
  department: 140,
  groups: 84,
  account: 160,
};

const always: readonly UserColumn[] = ['displayName', 'email', 'status', 'groups', 'account'];

/** What is shown unless the person chose otherwise: what services of these kinds say of most people. */
function shownFor(accounts: readonly Pick<AccountView, 'provider' | 'capabilities'>[]): ReadonlySet<UserColumn> {
  const shown = new Set<UserColumn>(always);
  const scim = accounts.some(({ provider }) => provider === 'scim');
  const own: readonly UserColumn[] =
    scim || accounts.length === 0 ? ['title', 'department', 'modifiedAt'] : ['userName', 'phone', 'createdAt'];
  for (const column of own) shown.add(column);
  if (accounts.some(({ capabilities }) => capabilities?.signIns)) shown.add('lastSignInAt');
  if (accounts.some(({ provider }) => provider === 'uptrends')) shown.add('invitedUntil');
  return shown;
}

/** What columns need from their screen. */
export interface UserColumnContext {
  /** Draws the status. */
  readonly status: Snippet<[UserRow]>;
  /** Beside the name: what is pending. */
  readonly mark: Snippet<[UserRow]>;
  readonly accountName: (id: AccountId) => string;
  /** What kind of service an account is of, where the words for a status depend on it. */
  readonly providerOf?: (id: AccountId) => ProviderKind | null;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
  /** The accounts whose users stand there. */
  readonly accounts?: readonly Pick<AccountView, 'provider' | 'capabilities'>[];
}

/** The columns, in the person's language. */
export function userColumns(context: UserColumnContext): Column<UserRow>[] {
  const shown = shownFor(context.accounts ?? []);
  return userColumnIds
    .filter((id) => id !== 'account' || context.withAccount)
    .map((id) => ({
      id,
      label: t(`users.column.${id}`),
      width: widths[id] ?? 130,
      hidden: !shown.has(id),
      fixed: id === 'displayName',
      sortable: true,
      ...cells(id, context),
    }));
}

function cells(
  id: UserColumn,
  context: UserColumnContext,
): Pick<Column<UserRow>, 'text' | 'copy' | 'title' | 'cell' | 'align' | 'file'> {
  switch (id) {
    case 'status':
      return {
        text: (row) => statusText(row.active, context.providerOf?.(row.accountId)),
        cell: context.status,
        file: [{ id: 'active', words: statusWords() }],
      };
    case 'groups':
      return { text: (row) => i18n.number(row.groups), copy: (row) => String(row.groups), align: 'end' };
    case 'account':
      return { text: (row) => context.accountName(row.accountId) };
    case 'lastSignInAt':
      return { ...timeCells((row: UserRow) => row.lastSignInAt), text: lastSignInText };
    case 'invitedUntil':
      return {
        ...timeCells((row: UserRow) => row.invitedUntil),
        text: (row) => invitationText(row, context.providerOf?.(row.accountId)),
        title: (row) => invitationTitle(row, context.providerOf?.(row.accountId)),
      };
    case 'displayName':
      return nameCells(context.mark);
    case 'userName':
    case 'email':
      // As it would be; copied is what the service confirmed.
      return { text: (row) => row.pending?.[id] ?? row[id] ?? '', copy: (row) => row[id] ?? '' };
    case 'createdAt':
    case 'modifiedAt':
      return timeCells((row: UserRow) => row[id]);
    default:
      return { text: (row) => row[id] ?? '' };
  }
}

/** When somebody last signed in: a date, never, or that the service does not say. */
function lastSignInText({ lastSignInAt, signInKnown }: UserRow): string {
  if (lastSignInAt !== null) return i18n.date(lastSignInAt);
  return t(signInKnown ? 'users.depth.never' : 'users.depth.unknown');
}

/** Whether somebody can still accept Rollcall's invitation, at a service that tells nothing of it. */
function invitationText({ invitedUntil }: UserRow, provider: ProviderKind | null | undefined): string {
  if (invitedUntil === null) return provider === 'uptrends' ? t('uptrends.invitation.unknown') : '';
  return t(invitedUntil > i18n.now ? 'uptrends.invitation.waiting' : 'uptrends.invitation.expired');
}

function invitationTitle({ invitedUntil }: UserRow, provider: ProviderKind | null | undefined): string {
  if (invitedUntil === null) return provider === 'uptrends' ? t('uptrends.invitation.none') : '';
  const until = i18n.date(invitedUntil);
  return t(invitedUntil > i18n.now ? 'uptrends.invitation.until' : 'uptrends.invitation.since', { until });
}

/** A time: the date to look at, the exact time to point at, ISO 8601 to copy. */
export function timeCells<Row>(at: (row: Row) => number | null): Pick<Column<Row>, 'text' | 'copy' | 'title'> {
  const spell = (row: Row, write: (time: number) => string): string => {
    const time = at(row);
    return time === null ? '' : write(time);
  };
  return {
    text: (row) => spell(row, i18n.date),
    title: (row) => spell(row, i18n.exactTime),
    copy: (row) => spell(row, (time) => new Date(time).toISOString()),
  };
}
