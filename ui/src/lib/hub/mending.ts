// What mends a finding: a plan of edits, for one right, for everything of one person, or for all of them at once.
import type { AccountView, Edit, FindingItemView, FindingView, NamedView } from '$lib/backend/bindings';
import { can } from '$lib/changes/can';
import { joining } from '$lib/changes/joining';
import { writer } from '$lib/changes/writer.svelte';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { permissionText } from '$lib/resources/words';

/** Somebody whom a finding is about, with everything of theirs that it is about. */
export interface Person {
  readonly remoteId: string;
  readonly displayName: string;
  readonly items: readonly FindingItemView[];
}

interface Mender {
  /** What is done with one of them. */
  readonly one: string;
  /** What is done with all of one person. */
  readonly all: string;
  /** Why one of them is left alone. */
  readonly refusal: (item: FindingItemView) => string | null;
  readonly run: (person: Person) => void;
  /** What is done with all there are. */
  readonly whole: { readonly label: string; readonly run: () => void } | null;
}

/** The items by person, in their order. */
export function people(items: readonly FindingItemView[]): Person[] {
  const found = new Map<string, FindingItemView[]>();
  for (const item of items) {
    const own = found.get(item.remoteId);
    if (own) own.push(item);
    else found.set(item.remoteId, [item]);
  }
  return [...found].map(([remoteId, own]) => ({ remoteId, displayName: own[0]?.displayName ?? remoteId, items: own }));
}

/** What mends `finding` in this account; `null` where nothing does, or the credential may not. */
export function mender(
  account: AccountView | null,
  finding: FindingView,
  administrators: readonly NamedView[],
): Mender | null {
  if (!account) return null;
  switch (finding.kind) {
    case 'redundant':
      return can(account, 'takeRight') ? taking(account, finding) : null;
    case 'onlyEverybody':
      return can(account, 'addMember') ? placing(account, finding) : null;
    case 'apiUserOfInactive':
      return can(account, 'deleteToken') ? deleting(account, finding) : null;
    case 'lastHolder':
      return giving(account, finding, administrators);
    // Who holds a right is no mistake; who is alerted is chosen on the page of the alert definition.
    case 'holders':
    case 'alertWithoutRecipients':
    case 'alertOfInactive':
      return null;
  }
}

/** One button for all, where there is more than one. */
function whole(count: number, label: string, run: () => void): Mender['whole'] {
  return count > 1 ? { label, run } : null;
}

function taking({ id: accountId }: AccountView, { items }: FindingView): Mender {
  const edits = (of: readonly FindingItemView[]): Edit[] =>
    of.flatMap(({ remoteId: holder, right }) =>
      right === null
        ? []
        : [
            {
              kind: 'takeRight' as const,
              right: {
                permission: right.permission,
                holderKind: 'user' as const,
                holder,
                resource: right.resourceId,
                resourceKind: right.resourceKind,
              },
            },
          ],
    );
  const propose = (title: string, of: readonly FindingItemView[]) =>
    writer.propose({ accountId, title, intro: t('hub.mend.take.intro'), edits: edits(of) });
  const count = items.length;
  const all = t('hub.mend.take.every', { count, shown: i18n.number(count) });
  return {
    one: t('hub.mend.take'),
    all: t('hub.mend.take.all'),
    refusal: () => null,
    run: ({ displayName: name, items: own }) => propose(t('hub.mend.take.title', { name, count: own.length }), own),
    whole: whole(count, all, () => propose(all, items)),
  };
}

function placing({ id: accountId }: AccountView, { items }: FindingView): Mender {
  const pick = (title: string, members: readonly string[]) => {
    writer.pick = {
      accountId,
      title,
      what: 'groups',
      already: () => false,
      onpick: (groups) =>
        writer.propose({ accountId, title, edits: groups.flatMap(({ id }) => joining('group', id, members, [])) }),
    };
  };
  const count = items.length;
  const all = t('hub.mend.place.every', { count, shown: i18n.number(count) });
  return {
    one: t('hub.mend.place'),
    all: t('hub.mend.place'),
    refusal: () => null,
    run: ({ displayName: name, remoteId }) => pick(t('changes.title.join.group', { name }), [remoteId]),
    whole: whole(count, all, () =>
      pick(
        all,
        items.map(({ remoteId }) => remoteId),
      ),
    ),
  };
}

function deleting(account: AccountView, { items }: FindingView): Mender {
  const { id: accountId, authentication } = account;
  /** Rollcall itself signs in with it. */
  const isOwn = ({ apiUser }: FindingItemView) =>
    authentication.kind === 'basic' && authentication.userName === apiUser;
  const edits = (of: readonly FindingItemView[]): Edit[] =>
    of.flatMap((item) =>
      item.apiUser === null || isOwn(item)
        ? []
        : [{ kind: 'deleteToken' as const, owner: item.remoteId, name: item.apiUser }],
    );
  const some = items.filter((item) => !isOwn(item));
  const count = some.length;
  const all = t('hub.mend.delete.every', { count, shown: i18n.number(count) });
  return {
    one: t('hub.mend.delete'),
    all: t('hub.mend.delete.all'),
    refusal: (item) => (isOwn(item) ? t('uptrends.token.own') : null),
    run: ({ displayName: name, items: own }) =>
      writer.propose({
        accountId,
        title:
          own.length === 1
            ? t('hub.mend.delete.title', { item: own[0]?.apiUser ?? '', name })
            : t('hub.mend.delete.titles', { name }),
        edits: edits(own),
      }),
    whole: whole(count, all, () => writer.propose({ accountId, title: all, edits: edits(some) })),
  };
}

/** Full rights come with a group; the others are given by themselves. */
function giving(account: AccountView, finding: FindingView, administrators: readonly NamedView[]): Mender | null {
  const { id: accountId } = account;
  const { permission, items } = finding;
  const full = permission === 'AccountAdministrator';
  const [group] = administrators;
  if (permission === null || !can(account, full ? 'addMember' : 'giveRight') || (full && !group)) return null;
  const right = permissionText(permission);
  const title = t('hub.mend.give.title', { right });
  const edit = (holder: string): Edit =>
    full && group
      ? { kind: 'addMember', group: group.remoteId, groupKind: 'group', member: holder }
      : { kind: 'giveRight', right: { permission, holderKind: 'user', holder, resource: null, resourceKind: null } };
  const run = () => {
    writer.pick = {
      accountId,
      title,
      what: 'users',
      already: (id) => items.some(({ remoteId }) => remoteId === id),
      onpick: (chosen) => writer.propose({ accountId, title, edits: chosen.map(({ id }) => edit(id)) }),
    };
  };
  return {
    one: t('hub.mend.give'),
    all: t('hub.mend.give'),
    refusal: () => null,
    run,
    whole: null,
  };
}
