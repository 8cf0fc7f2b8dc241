// Times on an account's own clock, in seconds since 1970-01-01T00:00:00 there. They are written as if they were UTC, so that
// no zone of this computer moves them.
import type { LocalSeconds } from '$lib/backend/bindings';
import { i18n } from '$lib/i18n/i18n.svelte';

export const DAY = 86_400;

const formats = {
  time: { timeStyle: 'short' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'short', day: 'numeric' },
  date: { weekday: 'long', day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

function write(at: LocalSeconds, format: keyof typeof formats): string {
  const name = `${i18n.locale} ${format}`;
  let writer = made.get(name);
  if (!writer) {
    const options: Intl.DateTimeFormatOptions = { ...formats[format], timeZone: 'UTC' };
    writer = new Intl.DateTimeFormat(i18n.locale, options);
    // `06:00`, but `6:00 AM`.
    if (options.hour && writer.resolvedOptions().hour12) {
      writer = new Intl.DateTimeFormat(i18n.locale, { ...options, hour: 'numeric' });
    }
    made.set(name, writer);
  }
  return writer.format(at * 1000);
}

/** `18:00`. */
export const timeText = (at: LocalSeconds): string => write(at, 'time');
/** `Fri 27 Nov, 18:00`. */
export const momentText = (at: LocalSeconds): string => write(at, 'moment');
/** `27 Nov 2026, 18:00`. */
export const fullText = (at: LocalSeconds): string => write(at, 'full');
/** `Fri 27`. */
export const dayText = (day: number): string => write(day * DAY, 'day');
/** `Friday 27 November`. */
export const dateText = (day: number): string => write(day * DAY, 'date');

/** `Friday`; Sunday is 0. */
export function weekdayText(weekday: number): string {
  // 1970-01-04 was a Sunday.
  return write((3 + weekday) * DAY, 'weekday');
}

/** The number of the day that `at` lies in, counted from 1970-01-01. */
export const dayOf = (at: LocalSeconds): number => Math.floor(at / DAY);

/** Saturday or Sunday. */
export function isWeekend(day: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
