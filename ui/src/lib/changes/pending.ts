// What is pending about a record, in words.
import type { PendingView } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { kindText } from './words';

/** One word for a list. */
export function pendingWord({ blocked, removed, active }: PendingView): string {
  if (blocked) return t('changes.mark.blocked');
  if (removed) return t('changes.mark.removed');
  if (active === null) return t('changes.mark.pending');
  return t(active ? 'changes.mark.letIn' : 'changes.mark.suspended');
}

/** Everything, in a line. */
export function pendingText(pending: PendingView): string {
  const { kinds, blocked } = pending;
  const words = [...new Set(kinds.map(kindText))].join(', ');
  return blocked ? t('changes.mark.needsYou', { what: words }) : words;
}
