// Addresses of what has to do with the past.
import type { AccountId, Action, Subject, UserSort } from '$lib/backend/bindings';
import { sortQuery } from '$lib/directory/links';
import { link, screenLink } from '$lib/navigation';

/** Which differences are listed; what is left out is not filtered. */
export interface DifferenceFilter {
  since: string;
  subject?: Subject | null;
  action?: Action | null;
  text?: string;
}

/** What is different since a moment. */
export function sinceLink({ since, subject, action, text }: DifferenceFilter): string {
  return screenLink('activity', { view: 'since', since, subject, action, text });
}

/** The users as they were at a moment. */
export function pastUsersLink(since: string, { text, sort }: { text?: string; sort?: UserSort } = {}): string {
  return link('/activity/past', { since, text, ...sortQuery(sort, 'displayName') });
}

/** A user as it was at a moment. */
export function pastUserLink(since: string, accountId: AccountId, remoteId: string): string {
  return link('/activity/past/user', { since, account: accountId, id: remoteId });
}
