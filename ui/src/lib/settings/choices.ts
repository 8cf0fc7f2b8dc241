// The choices of the settings, with their words.
import type { Language } from '../backend/bindings';
import { t } from '../i18n/i18n.svelte';

/** Every language by its own name, so that everyone finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français', nl: 'Nederlands' };

const intervals = [0, 15, 30, 60, 240, 1440];

/** Intervals between automatic syncs, in minutes; `current` is offered even when it is none of the usual ones. */
export function intervalChoices(current: number | null): { value: number; label: string }[] {
  const values = current === null || intervals.includes(current) ? intervals : [...intervals, current];
  return values.toSorted((a, b) => a - b).map((value) => ({ value, label: intervalName(value) }));
}

/** Longest times of a new token, in days; `current` is offered even when it is none of the usual ones. */
export function tokenDayChoices(current: number | null): { value: number | null; label: string }[] {
  const usual = new Set([7, 30, 90, 180, 365, ...(current === null ? [] : [current])]);
  const days = [...usual].toSorted((a, b) => a - b);
  return [
    { value: null, label: t('settings.account.tokenDays.any') },
    ...days.map((value) => ({ value, label: t('settings.account.tokenDays.days', { count: value }) })),
  ];
}

export function intervalName(minutes: number): string {
  if (minutes === 0) return t('settings.interval.never');
  if (minutes % 1440 === 0) return t('settings.interval.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return t('settings.interval.hours', { count: minutes / 60 });
  return t('settings.interval.minutes', { count: minutes });
}
