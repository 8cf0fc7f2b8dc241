// What is said of moments and of what was known at them.
import type { AccountView, PastAccountView } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { dayOf, momentOf } from './moments';

/** When the list was as it is shown, in the person's language. */
export function momentText(since: string, accounts: readonly AccountView[], known: readonly PastAccountView[]): string {
  const at = dayOf(since);
  if (at !== null) return i18n.date(at);
  const moment = momentOf(since, i18n.now, accounts);
  if (moment.kind === 'at') return i18n.dateTime(moment.at);
  const synced = known.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
  return synced.length > 0 ? i18n.dateTime(Math.max(...synced)) : t('past.run', { run: moment.runId });
}

/** From which syncs what is shown is. */
export function sourceText(known: readonly PastAccountView[]): string {
  const synced = known.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
  const first = synced[0];
  if (first === undefined) return t('past.neverSynced');
  return synced.length === 1 ? t('past.source', { when: i18n.dateTime(first) }) : t('past.sources');
}

/** One sentence for each account of which nothing is known from before the moment. */
export function unknownTexts(
  known: readonly PastAccountView[],
  accountName: (id: number) => string,
): readonly string[] {
  return known.flatMap(({ accountId, beforeKnown, knownSince }) =>
    beforeKnown && knownSince !== null
      ? [t('past.knownSince', { account: accountName(accountId), when: i18n.dateTime(knownSince) })]
      : [],
  );
}
