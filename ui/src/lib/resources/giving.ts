// The ways to the form of a right: from a holder to a resource, from a resource to a holder.
import type { App } from '$lib/app.svelte';
import type { AccountId, ResourceDetailView } from '$lib/backend/bindings';
import { asCommandError } from '$lib/backend/backend';
import { writer, type RightRequest } from '$lib/changes/writer.svelte';
import { toasts } from '$lib/components/toasts.svelte';
import { errorTitle } from '$lib/errors/presentation';
import { t } from '$lib/i18n/i18n.svelte';

type Holder = RightRequest['holder'];

/** What was given to `holder` itself on this resource, and what else gives it a right there. */
export function rightOn(view: ResourceDetailView, holder: Holder): RightRequest {
  const { row, given, holders } = view;
  const own = given.filter(({ holderKind, holderId }) => holderKind === holder.kind && holderId === holder.id);
  const origins = holder.kind === 'user' ? holders.find(({ remoteId }) => remoteId === holder.id)?.origins : undefined;
  return {
    accountId: row.accountId,
    holder,
    resource: { kind: row.kind, id: row.remoteId, name: row.displayName },
    held: own.map(({ permission }) => permission),
    others: (origins ?? []).filter(({ groupId, resourceGroupId }) => groupId !== null || resourceGroupId !== null),
  };
}

/** Opens the form of what `holder` may do with a resource. */
export async function openRight(app: App, accountId: AccountId, holder: Holder, remoteId: string): Promise<void> {
  try {
    writer.right = rightOn(await app.backend.call('get_resource', { accountId, remoteId }), holder);
  } catch (thrown) {
    toasts.show(errorTitle(asCommandError(thrown)), 'danger');
  }
}

/** Lets a resource be chosen for `holder` first. */
export function pickResource(app: App, accountId: AccountId, holder: Holder): void {
  writer.pick = {
    accountId,
    title: t('resources.edit.giveOn'),
    what: 'resources',
    single: true,
    already: () => false,
    onpick: ([chosen]) => chosen && void openRight(app, accountId, holder, chosen.id),
  };
}

/** Lets a holder be chosen for a resource first. */
export function pickHolder(view: ResourceDetailView, kind: Holder['kind']): void {
  writer.pick = {
    accountId: view.row.accountId,
    title: t(kind === 'user' ? 'resources.edit.giveUser' : 'resources.edit.giveGroup'),
    what: kind === 'user' ? 'users' : 'groups',
    single: true,
    already: () => false,
    onpick: ([chosen]) => chosen && (writer.right = rightOn(view, { kind, id: chosen.id, name: chosen.name })),
  };
}
