// Addresses of lists and pages with their filters. Ids are the service's own and may hold any character; the query
// encodes them.
import type { AccountId, Action, HistoryEntryView, Subject, UserSort } from '$lib/backend/bindings';
import { link, screenLink } from '$lib/navigation';

/** Page of a user. */
export function userLink(accountId: AccountId, remoteId: string): string {
  return link('/users/detail', { account: accountId, id: remoteId });
}

/** Page of a group. */
export function groupLink(accountId: AccountId, remoteId: string): string {
  return link('/groups/detail', { account: accountId, id: remoteId });
}

/** Page of a role. */
export function roleLink(accountId: AccountId, remoteId: string): string {
  return link('/roles/detail', { account: accountId, id: remoteId });
}

/** Page of an application. */
export function applicationLink(accountId: AccountId, remoteId: string): string {
  return link('/applications/detail', { account: accountId, id: remoteId });
}

/** Page of a resource. */
export function resourceLink(accountId: AccountId, remoteId: string): string {
  return link('/resources/detail', { account: accountId, id: remoteId });
}

/** Page of the other end of a line of history: a member, a holder, the owner of a token. */
export function memberLink({ accountId, memberId, memberKind, subject }: HistoryEntryView): string | undefined {
  if (memberId === null) return undefined;
  if (subject === 'resourceMembership') return resourceLink(accountId, memberId);
  // An address of nobody in the account.
  if (subject === 'recipient' && memberKind === null) return undefined;
  if (memberKind === 'group') return groupLink(accountId, memberId);
  return memberKind === 'application' ? applicationLink(accountId, memberId) : userLink(accountId, memberId);
}

/** Page of a run. */
export function runLink(runId: number): string {
  return link('/activity/run', { id: runId });
}

/** Receipt of an apply. */
export function receiptLink(runId: number): string {
  return link('/changes/receipt', { id: runId });
}

/** Which users a list shows; what is left out is not filtered. */
export interface UserFilter {
  /** In the filter language. */
  text?: string;
  sort?: UserSort;
}

/** The list of users with a filter. */
export function usersLink({ text, sort }: UserFilter = {}): string {
  return screenLink('users', { text, ...sortQuery(sort, 'displayName') });
}

/** Which lines of history a list shows; what is left out is not filtered. */
export interface HistoryFilter {
  run?: number | null;
  subject?: Subject | null;
  action?: Action | null;
  text?: string;
}

/** The list of history with a filter. */
export function historyLink({ run, subject, action, text }: HistoryFilter): string {
  return screenLink('activity', { view: 'changes', run, subject, action, text });
}

/** The order of a list as parts of its address; nothing for the usual one. */
export function sortQuery(
  sort: { column: string; descending: boolean } | undefined,
  usual: string,
): { sort?: string; order?: string } {
  if (sort === undefined || (sort.column === usual && !sort.descending)) return {};
  return { sort: sort.column, ...(sort.descending ? { order: 'desc' } : {}) };
}

/** The order that an address asks for; the usual one where it asks for a column that is not there. */
export function readSort<C extends string>(query: URLSearchParams, columns: readonly C[], usual: C) {
  const column = columns.find((known) => known === query.get('sort')) ?? usual;
  return { column, descending: query.get('order') === 'desc' };
}

/** `account` and `id` of a detail page's address; `null` when the address names nobody. */
export function readTarget(query: URLSearchParams): { accountId: AccountId; remoteId: string } | null {
  const accountId = Number(query.get('account') ?? NaN);
  const remoteId = query.get('id') ?? '';
  return Number.isSafeInteger(accountId) && remoteId !== '' ? { accountId, remoteId } : null;
}
