// Duty in words: whether somebody is on duty and why, and what the entries of a schedule say.
import type { DutyPeriodView, DutyPersonView, DutyView, LocalSeconds, OffDutyRule } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { DAY, fullText, momentText, timeText, weekdayText } from './clock';

/** How far ahead the lists look; the core looks no farther. */
export const AHEAD = 62;

/** Somebody's duty, with the clock that it is told by. */
export interface DutyRow {
  readonly accountId: number;
  readonly now: LocalSeconds;
  readonly person: DutyPersonView;
}

/** Everybody of an answer. */
export function rowsOf(accountId: number, { now, people }: DutyView): DutyRow[] {
  return people.map((person) => ({ accountId, now, person }));
}

/** Why somebody is on duty or not. */
type Standing = 'on' | 'period' | 'inactive' | 'unknown';

/** On duty, but in no list of recipients: as far as that can be seen. */
export function isUnreached({ onDuty, alerted }: DutyPersonView): boolean {
  return onDuty && alerted === false;
}

export function standingOf({ onDuty, active }: DutyPersonView): Standing {
  if (onDuty) return 'on';
  if (active === null) return 'unknown';
  return active ? 'period' : 'inactive';
}

/** The off-duty period that holds now. */
export function presentPeriod({ person, now }: DutyRow): DutyPeriodView | undefined {
  return person.periods.find(({ start, end }) => start <= now && now < end);
}

/** The next off-duty period, the present one aside. */
export function nextPeriod({ person, now }: DutyRow): DutyPeriodView | undefined {
  return person.periods.find(({ start }) => start > now);
}

/** Whether `end` is only where we stopped looking. */
function isOpen(end: LocalSeconds, now: LocalSeconds): boolean {
  return end >= now + AHEAD * DAY;
}

/** Until when it stays as it is. */
export function untilText(row: DutyRow): string {
  const standing = standingOf(row.person);
  if (standing === 'inactive' || standing === 'unknown') return '';
  const end = standing === 'on' ? nextPeriod(row)?.start : presentPeriod(row)?.end;
  if (end === undefined || isOpen(end, row.now)) return t('duty.longer', { days: AHEAD });
  return momentText(end);
}

/** `Fri 27 Nov, 18:00 to Sat 28 Nov, 08:00`. */
export function periodText({ start, end }: DutyPeriodView, now: LocalSeconds): string {
  const until = isOpen(end, now) ? t('duty.longer', { days: AHEAD }) : momentText(end);
  return t('duty.period', { start: momentText(start), end: until });
}

export function nextText(row: DutyRow): string {
  const next = nextPeriod(row);
  return next ? periodText(next, row.now) : t('duty.none.next', { days: AHEAD });
}

export function whyText({ person }: DutyRow): string {
  return t(isUnreached(person) ? 'duty.why.unreached' : `duty.why.${standingOf(person)}`);
}

/** On duty or not, why and until when, in a sentence. */
export function nowText(row: DutyRow): string {
  const standing = standingOf(row.person);
  if (standing === 'inactive' || standing === 'unknown') return t(`duty.now.${standing}`);
  if (standing === 'on') {
    const next = nextPeriod(row);
    return next ? t('duty.now.on.until', { when: momentText(next.start) }) : t('duty.now.on');
  }
  const end = presentPeriod(row)?.end ?? Infinity;
  return isOpen(end, row.now)
    ? t('duty.now.off.long', { days: AHEAD })
    : t('duty.now.off.until', { when: momentText(end) });
}

/** A part of a day without duty, as fractions of the day. */
interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** The parts of the day with this number in which somebody is off duty. */
export function spansOf({ person }: DutyRow, day: number): DaySpan[] {
  const start = day * DAY;
  return person.periods
    .filter((period) => period.start < start + DAY && period.end > start)
    .map((period) => ({
      from: Math.max(0, (period.start - start) / DAY),
      to: Math.min(1, (period.end - start) / DAY),
    }));
}

/** The same day in words. */
export function dayWords(row: DutyRow, day: number): string {
  if (row.person.active === false) return t('duty.day.inactive');
  const spans = spansOf(row, day);
  if (spans.length === 0) return t('duty.day.on');
  if (spans.some(({ from, to }) => from === 0 && to === 1)) return t('duty.day.allOff');
  const texts = spans.map(({ from, to }) => `${timeText(from * DAY)}–${timeText(to * DAY)}`);
  return t('duty.day.off', { spans: texts.join(', ') });
}

/** `Every Friday, from 18:00 to 08:00 the next day`. */
export function ruleText(rule: OffDutyRule): string {
  if (rule.mode === 'unknown') return t('duty.rule.unknown', { word: rule.word });
  if (rule.mode === 'oneTime') {
    return t('duty.rule.oneTime', { start: fullText(rule.start), end: fullText(rule.end) });
  }
  const times = { start: timeText(rule.start * 60), end: timeText(rule.end * 60) };
  const night = rule.end <= rule.start;
  switch (rule.mode) {
    case 'daily':
      return t(night ? 'duty.rule.daily.night' : 'duty.rule.daily', times);
    case 'weekly':
      return t(night ? 'duty.rule.weekly.night' : 'duty.rule.weekly', {
        ...times,
        weekday: weekdayText(rule.weekday),
      });
    case 'monthly':
      return t(night ? 'duty.rule.monthly.night' : 'duty.rule.monthly', { ...times, day: rule.day });
  }
}

/** An entry as the history kept it; `null` where it is none. */
export function readRule(value: unknown): OffDutyRule | null {
  if (typeof value !== 'object' || value === null) return null;
  const entry = value as Record<string, unknown>;
  const are = (kind: 'number' | 'string', ...names: readonly string[]) =>
    names.every((name) => typeof entry[name] === kind);
  const fits: Record<string, boolean> = {
    oneTime: are('number', 'start', 'end'),
    daily: are('number', 'start', 'end'),
    weekly: are('number', 'start', 'end', 'weekday'),
    monthly: are('number', 'start', 'end', 'day'),
    unknown: are('string', 'word'),
  };
  return fits[String(entry['mode'])] ? (value as OffDutyRule) : null;
}
