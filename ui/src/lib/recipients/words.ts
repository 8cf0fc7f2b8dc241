// Recipients in words: in which level, by which way, and how many stand behind one entry.
import type { ReachingWayView, RecipientsView, RecipientView } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';

/** `directly`, `by group Night watch`. */
export function howText({ direct, groups }: Pick<ReachingWayView, 'direct' | 'groups'>): string {
  const names = groups.map(({ displayName }) => displayName).join(', ');
  if (groups.length === 0) return t('recipients.how.direct');
  return t(direct ? 'recipients.how.both' : 'recipients.how.group', { groups: names });
}

/** `Level 2: by group Night watch`; without a level only how. */
export function wayText(way: ReachingWayView): string {
  const how = howText(way);
  return way.level === 0 ? how : t('recipients.way', { level: way.level, how });
}

/** What an entry is, and what stands behind it. */
export function aboutText({ kind, known, active, people, peopleNow }: RecipientView): string {
  const what = t(`recipients.${kind}`);
  if (!known) return `${what} · ${t('recipients.stranger')}`;
  if (kind === 'user' && active === false) return `${what} · ${t('recipients.inactive')}`;
  if (kind !== 'group') return what;
  const none = people > 0 && peopleNow === 0;
  const behind = none
    ? t('recipients.group.off', { people })
    : t('recipients.group.people', { people, now: peopleNow });
  return `${what} · ${behind}`;
}

/** Different people who would be told right now. */
export function toldNow({ levels }: RecipientsView): number {
  return new Set(levels.flatMap(({ now }) => now.map(({ remoteId }) => remoteId))).size;
}
