// The users' filter in the address of the screen: links, "back" and the search box of the window all speak through it.
import type { AccountId, UserQueryRequest } from '$lib/backend/bindings';
import { readSort } from '$lib/directory/links';
import { userColumnIds } from './columns';

/** The part of a request that does not depend on the page. */
export type UserFilterRequest = Omit<UserQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readUserFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): UserFilterRequest {
  const columns = userColumnIds.filter((id) => id !== 'account' || withAccount);
  return {
    accountId,
    text: query.get('text') ?? '',
    sort: readSort(query, columns, 'displayName'),
  };
}
