// The filters of the two lists of the screen in its address.
import type {
  AccountId,
  GroupColumn,
  InvitationColumn,
  InvitationQueryRequest,
  InvitationState,
} from '$lib/backend/bindings';
import { readSort, sortQuery } from '$lib/directory/links';
import { readGroupFilter, type GroupFilterRequest } from '$lib/groups/filter';
import { screenLink } from '$lib/navigation';

/** Columns by which invitations are sorted, in the order of the program. */
const invitationColumnIds = [
  'invitee',
  'account',
  'state',
  'organization',
  'createdAt',
  'expiresAt',
] as const satisfies readonly InvitationColumn[];

export const invitationStates: readonly InvitationState[] = ['pending', 'expired', 'accepted', 'revoked', 'other'];

/** What the address asks for: as of groups, of organisations. */
export function readOrganizationFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): GroupFilterRequest {
  return { ...readGroupFilter(query, accountId, withAccount), kind: 'organization' };
}

/** The list of organisations with a filter. */
export function organizationsLink(filter: Partial<GroupFilterRequest> = {}): string {
  const { text, emptyOnly, danglingOnly, sort = 'displayName', descending = false } = filter;
  const order: { column: GroupColumn; descending: boolean } = { column: sort, descending };
  return screenLink('organizations', {
    text,
    empty: emptyOnly,
    dangling: danglingOnly,
    ...sortQuery(order, 'displayName'),
  });
}

/** The part of a request that does not depend on the page. */
export type InvitationFilterRequest = Omit<InvitationQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readInvitationFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): InvitationFilterRequest {
  const columns = invitationColumnIds.filter((id) => id !== 'account' || withAccount);
  const { column, descending } = readSort(query, columns, 'invitee');
  return {
    accountId,
    text: query.get('text') ?? '',
    state: invitationStates.find((known) => known === query.get('state')) ?? null,
    sort: column,
    descending,
  };
}

/** The list of invitations with a filter. */
export function invitationsLink(filter: Partial<InvitationFilterRequest> = {}): string {
  const { text, state, sort = 'invitee', descending = false } = filter;
  return screenLink('organizations', {
    view: 'invitations',
    text,
    state,
    ...sortQuery({ column: sort, descending }, 'invitee'),
  });
}
