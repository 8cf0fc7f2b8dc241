// The roles' filter in the address of the screen.
import type { AccountId, RoleColumn, RoleMatrixRequest, RoleQueryRequest, RoleScope } from '$lib/backend/bindings';
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';

/** Columns by which roles are sorted, in the order of the program. */
const roleColumnIds = [
  'displayName',
  'account',
  'scope',
  'holders',
  'permissions',
] as const satisfies readonly RoleColumn[];

export const scopes: readonly RoleScope[] = ['account', 'organization'];

/** The part of a request that does not depend on the page. */
export type RoleFilterRequest = Omit<RoleQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readRoleFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): RoleFilterRequest {
  const columns = roleColumnIds.filter((id) => id !== 'account' || withAccount);
  const { column, descending } = readSort(query, columns, 'displayName');
  return {
    accountId,
    text: query.get('text') ?? '',
    scope: scopes.find((known) => known === query.get('scope')) ?? null,
    unheldOnly: query.get('unheld') === 'true',
    sort: column,
    descending,
  };
}

/** The list of roles with a filter. */
export function rolesLink(filter: Partial<RoleFilterRequest> = {}): string {
  const { text, scope, unheldOnly, sort = 'displayName', descending = false } = filter;
  return screenLink('roles', {
    text,
    scope,
    unheld: unheldOnly,
    ...sortQuery({ column: sort, descending }, 'displayName'),
  });
}

/** What the matrix asks for; the columns are all roles. */
export type MatrixFilter = Pick<RoleMatrixRequest, 'text' | 'scope' | 'allowedOnly'> & {
  /** The chosen account, where several are shown. */
  readonly account: AccountId | null;
};

/** What the address of the matrix asks for. */
export function readMatrixFilter(query: URLSearchParams): MatrixFilter {
  const account = Number(query.get('of'));
  return {
    text: query.get('text') ?? '',
    scope: scopes.find((known) => known === query.get('scope')) ?? null,
    allowedOnly: query.get('allowed') === 'true',
    account: Number.isInteger(account) && account > 0 ? account : null,
  };
}

/** The matrix with a filter. */
export function matrixLink({ text, scope, allowedOnly, account }: Partial<MatrixFilter> = {}): string {
  return screenLink('roles', { view: 'matrix', text, scope, allowed: allowedOnly, of: account });
}
