// Until when an invitation can be accepted, as a person chooses it.
import { expiryAt } from '$lib/changes/forms/expiry';
import { t } from '$lib/i18n/i18n.svelte';

const day = 86_400_000;

/** The usual lengths in days. */
const usual = [1, 3, 7, 14, 30];

/** A length in days, or a date of one's own. */
export type EndChoice = number | 'date';

/** What is offered, with the length that is usual at the service. */
export function endChoices(days: number): { value: EndChoice; label: string }[] {
  const lengths = [...new Set([...usual, days])].toSorted((a, b) => a - b);
  return [
    ...lengths.map((value) => ({ value, label: t('invite.expires.days', { count: value }) })),
    { value: 'date', label: t('invite.expires.date') },
  ];
}

/** The moment in milliseconds UTC; nothing while no day is chosen. */
export function endAt(choice: EndChoice, date: string, now: number): number | undefined {
  if (choice === 'date') return expiryAt('date', date, now) ?? undefined;
  return now + choice * day;
}
