// What can be done instead of a removal, or before it, so that nothing is lost and nothing is left to nobody.
import type { App } from '$lib/app.svelte';
import type { AccountId, AccountView, BulkAction, Edit, LeftItemView } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { can } from './can';
import { writer, type Choice, type WriteRequest } from './writer.svelte';

/** Whether suspending keeps people out of an account. At Uptrends the switch of that name is about alerts. */
function canSuspend(account: AccountView | null): boolean {
  return account !== null && account.provider !== 'uptrends' && can(account, 'setUserActive');
}

/** The same people suspended, where all that is asked for is to delete users; nothing where that cannot be. */
export function suspendInstead(account: AccountView | null, edits: readonly Edit[]): Edit[] | null {
  const users = edits.flatMap((edit) => (edit.kind === 'deleteUser' ? [edit.user] : []));
  if (users.length === 0 || users.length < edits.length || !canSuspend(account)) return null;
  return users.map((user) => ({ kind: 'setUserActive', user, active: false }));
}

/** The same for many at once. */
export function suspendManyInstead(account: AccountView | null, action: BulkAction): BulkAction | null {
  return action.kind === 'delete' && canSuspend(account) ? { kind: 'setActive', active: false } : null;
}

/** Asks who gets a role first, then shows the plan again with it. */
export function handOver(app: App, request: WriteRequest, role: LeftItemView): void {
  const { accountId, edits } = request;
  // Whoever goes cannot be the one.
  const leaving = new Set(
    edits.flatMap((edit) =>
      edit.kind === 'deleteUser' || edit.kind === 'setUserActive'
        ? [edit.user]
        : edit.kind === 'removeMember'
          ? [edit.member]
          : edit.kind === 'unassignRole'
            ? [edit.holder]
            : [],
    ),
  );
  async function propose(chosen: Choice) {
    const group = role.group?.remoteId ?? null;
    const given: Edit[] = [{ kind: 'assignRole', role: role.remoteId, holder: chosen.id, holderKind: 'user', group }];
    // Roles of an organisation are held by its members.
    if (group !== null && !(await isMember(app, accountId, chosen.id, group))) {
      given.unshift({ kind: 'addMember', group, groupKind: 'organization', member: chosen.id });
    }
    writer.propose({
      ...request,
      edits: [...given, ...edits],
      intro: t('removal.handOver.intro', { role: role.name, name: chosen.name }),
    });
  }

  writer.pick = {
    accountId,
    title: t('removal.handOver.title', { role: role.name }),
    single: true,
    what: 'users',
    already: (id) => leaving.has(id),
    onpick: ([chosen]) => chosen && void propose(chosen),
  };
}

async function isMember(app: App, accountId: AccountId, remoteId: string, group: string): Promise<boolean> {
  try {
    const { groups } = await app.backend.call('get_user', { accountId, remoteId });
    return groups.some((each) => each.remoteId === group);
  } catch {
    // The plan says it when they are a member already.
    return false;
  }
}
