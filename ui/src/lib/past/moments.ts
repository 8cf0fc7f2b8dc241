// Moments of the past as a person chooses them, in the addresses of the screens and as the core is asked for them.
import type { AccountView, PastMoment } from '$lib/backend/bindings';

const day = 86_400_000;

/** Moments that need no date: before the last sync, and so many days ago. */
export const presets = ['last', '1d', '7d', '30d'] as const;
type Preset = (typeof presets)[number];

/** The usual moment. */
const usual: Preset = '7d';

/** What the address asks for: a preset, a date (`2026-11-20`) or a sync (`run:12`); the usual one where it is none. */
export function readSince(text: string | null): string {
  if (text === null) return usual;
  const known = presets.some((preset) => preset === text) || runOf(text) !== null || dayOf(text) !== null;
  return known ? text : usual;
}

/** The moment of `since`, as the core takes it; `now` in milliseconds. */
export function momentOf(since: string, now: number, accounts: readonly AccountView[]): PastMoment {
  const runId = runOf(since);
  if (runId !== null) return { kind: 'run', runId };
  const at = dayOf(since);
  if (at !== null) return { kind: 'at', at };
  if (since === 'last') {
    // What was known before each account's last sync: that of the account that was synced longest ago counts for all.
    const synced = accounts.flatMap(({ usersState }) => (usersState ? [usersState.syncedAt] : []));
    return { kind: 'at', at: synced.length > 0 ? Math.min(...synced) : now };
  }
  const days = Number(/^(\d+)d$/.exec(since)?.[1] ?? 7);
  return { kind: 'at', at: Math.floor((now - days * day) / 60_000) * 60_000 };
}

/** Number of the sync that `since` names. */
export function runOf(since: string): number | null {
  const found = /^run:(\d{1,15})$/.exec(since)?.[1];
  return found === undefined ? null : Number(found);
}

/** The beginning of the day that `since` names, by the clock on the wall. */
export function dayOf(since: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(since) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date));
  return at.getMonth() === Number(month) - 1 ? at.getTime() : null;
}

/** `at` as a date of an address and of the native control. */
export function dateText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
