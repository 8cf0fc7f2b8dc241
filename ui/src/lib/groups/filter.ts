// The groups' filter in the address of the screen.
import type { AccountId, GroupQueryRequest } from '$lib/backend/bindings';
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';
import { groupColumnIds } from './columns';

/** The part of a request that does not depend on the page. */
export type GroupFilterRequest = Omit<GroupQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readGroupFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): GroupFilterRequest {
  const columns = groupColumnIds.filter((id) => id !== 'account' || withAccount);
  const { column, descending } = readSort(query, columns, 'displayName');
  return {
    accountId,
    kind: 'group',
    text: query.get('text') ?? '',
    emptyOnly: query.get('empty') === 'true',
    danglingOnly: query.get('dangling') === 'true',
    sort: column,
    descending,
  };
}

/** The list of groups with a filter. */
export function groupsLink(filter: Partial<GroupFilterRequest> = {}): string {
  const { text, emptyOnly, danglingOnly, sort = 'displayName', descending = false } = filter;
  return screenLink('groups', {
    text,
    empty: emptyOnly,
    dangling: danglingOnly,
    ...sortQuery({ column: sort, descending }, 'displayName'),
  });
}
