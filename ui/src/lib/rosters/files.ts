// The lists of an organisation as files that can be read in again: the headings are those that a reader of any language knows.
import type { AccountId, ListRequest, RosterView } from '$lib/backend/bindings';
import type { FileColumn, Wanted } from '$lib/components/grid/source';
import { t } from '$lib/i18n/i18n.svelte';

const column = (id: string, heading: string, words: Record<string, string> = {}): FileColumn => ({
  id,
  heading,
  words,
});

/** Members: `name,email,role,registered_at`. */
export function membersFile({ accountId, organization: { remoteId } }: RosterView): Wanted<ListRequest> {
  return {
    list: { list: 'members', query: { accountId, remoteId, offset: 0, limit: 0 } },
    columns: [
      column('displayName', 'name'),
      column('email', 'email'),
      column('roles', 'role'),
      column('addedAt', 'registered_at'),
    ],
    selection: null,
  };
}

/** The review sheet as a list, as it stands on paper: who, which role, since when, what they cost, and room for the decision. */
export function reviewFile(accountId: AccountId, currency: string): Wanted<ListRequest> {
  return {
    list: { list: 'review', query: { accountId } },
    columns: [
      column('name', t('groups.member.name')),
      column('email', t('users.column.email')),
      column('roles', t('rosters.import.column.role')),
      column('since', t('rosters.review.since')),
      column('perMonth', `${t('rosters.cost.perMonth')} (${currency})`),
      column('tokens', t('rosters.review.tokens')),
      column('decision', t('rosters.review.decision')),
    ],
    selection: null,
  };
}

/** Invitations: `email,status,invited_at`. */
export function invitationsFile({ accountId }: RosterView): Wanted<ListRequest> {
  const query = { accountId, text: '', state: null, sort: 'invitee', descending: false, offset: 0, limit: 0 } as const;
  return {
    list: { list: 'invitations', query },
    columns: [column('invitee', 'email'), column('status', 'status'), column('createdAt', 'invited_at')],
    selection: null,
  };
}
