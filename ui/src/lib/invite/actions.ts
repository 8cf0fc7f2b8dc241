// What can be done with invitations: which of it fits what became of one, and how it starts.
import type { App } from '$lib/app.svelte';
import type { EditKind, InvitationRow, ListRequest, Selection } from '$lib/backend/bindings';
import { can } from '$lib/changes/can';
import { writer } from '$lib/changes/writer.svelte';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** In the order of the menu. */
export const invitationActions = ['resend', 'again', 'revoke', 'delete'] as const;
export type InvitationAction = (typeof invitationActions)[number];

/** The kind of edit that it makes. */
export const editKinds: Record<InvitationAction, EditKind> = {
  resend: 'resendInvitation',
  again: 'inviteUser',
  revoke: 'revokeInvitation',
  delete: 'deleteInvitation',
};

/** What fits an invitation, the usual first. */
export function fitting(
  app: App,
  { accountId, state }: Pick<InvitationRow, 'accountId' | 'state'>,
): InvitationAction[] {
  const account = app.account(accountId);
  const renews = account?.capabilities?.invitations?.resendRenews ?? false;
  const usual: Record<InvitationRow['state'], readonly InvitationAction[]> = {
    pending: ['resend', 'revoke'],
    expired: renews ? ['resend', 'delete'] : ['again', 'delete'],
    revoked: ['again', 'delete'],
    accepted: ['delete'],
    other: ['delete'],
  };
  return usual[state].filter((action) => can(account, editKinds[action]));
}

/** Starts it for the rows that are selected. */
export function startAction(
  app: App,
  action: InvitationAction,
  { list, selection, count }: { list: ListRequest; selection: Selection; count: number },
  ondone?: () => void,
): void {
  const title = t(`invite.${action}.title`, { count, shown: i18n.number(count) });
  const done = ondone ? { ondone } : {};
  if (action === 'revoke' || action === 'delete') {
    const kind = action === 'revoke' ? 'revokeInvitations' : 'deleteInvitations';
    writer.bulk = { title, list, selection, accountId: null, action: { kind }, ...done };
    return;
  }
  const named = new Set(selection.all ? [] : selection.rows.map(({ accountId }) => accountId));
  const accounts = app.shown
    .filter((account) => can(account, editKinds[action]) && (selection.all || named.has(account.id)))
    .map(({ id }) => id);
  writer.again = { kind: action, title, list, selection, accounts, ...done };
}
