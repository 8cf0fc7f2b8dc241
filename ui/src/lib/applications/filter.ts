// The applications' filter in the address of the screen.
import type { AccountId, ApplicationColumn, ApplicationQueryRequest } from '$lib/backend/bindings';
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';

/** Columns by which applications are sorted, in the order of the program. */
const applicationColumnIds = [
  'displayName',
  'account',
  'manages',
  'secrets',
  'oldestSecretAt',
  'expiresAt',
  'roles',
  'kind',
  'createdAt',
] as const satisfies readonly ApplicationColumn[];

/** The part of a request that does not depend on the page. */
export type ApplicationFilterRequest = Omit<ApplicationQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readApplicationFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): ApplicationFilterRequest {
  const columns = applicationColumnIds.filter((id) => id !== 'account' || withAccount);
  const { column, descending } = readSort(query, columns, 'manages');
  return {
    accountId,
    text: query.get('text') ?? '',
    managingOnly: query.get('managing') === 'true',
    sort: column,
    descending,
  };
}

/** The list of applications with a filter. */
export function applicationsLink(filter: Partial<ApplicationFilterRequest> = {}): string {
  const { text, managingOnly, sort = 'manages', descending = false } = filter;
  return screenLink('applications', {
    text,
    managing: managingOnly,
    ...sortQuery({ column: sort, descending }, 'manages'),
  });
}
