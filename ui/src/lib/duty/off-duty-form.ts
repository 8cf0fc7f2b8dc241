// A time without alerts as it is typed: fields as text, and what they come to.
import type { LocalSeconds, OffDutyRule } from '$lib/backend/bindings';
import type { MessageKey } from '$lib/i18n/catalogue';
import { DAY, dayOf } from './clock';

export const modes = ['oneTime', 'daily', 'weekly', 'monthly'] as const;
type OffDutyMode = (typeof modes)[number];

/** What is typed. Days are written `2026-12-24`, times of a day `18:30`. */
export interface OffDutyText {
  mode: OffDutyMode;
  firstDay: string;
  lastDay: string;
  from: string;
  until: string;
  weekday: number;
  day: number;
}

/** What is wrong, by field. */
export type OffDutyErrors = Partial<Record<keyof OffDutyText, MessageKey>>;

const two = (number: number): string => String(number).padStart(2, '0');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const date = (at: LocalSeconds): string => new Date(at * 1000).toISOString().slice(0, 10);
const minuteOf = (at: LocalSeconds): number => Math.floor((((at % DAY) + DAY) % DAY) / 60);

/** What a form begins with: `rule`, or the whole day after `now`. */
export function textOf(rule: OffDutyRule | undefined, now: LocalSeconds): OffDutyText {
  const tomorrow = (dayOf(now) + 1) * DAY;
  const text: OffDutyText = {
    mode: 'oneTime',
    firstDay: date(tomorrow),
    lastDay: date(tomorrow + DAY),
    from: '00:00',
    until: '00:00',
    weekday: 5,
    day: 1,
  };
  if (!rule || rule.mode === 'unknown') return text;
  if (rule.mode === 'oneTime') {
    const { start, end } = rule;
    return {
      ...text,
      firstDay: date(start),
      lastDay: date(end),
      from: clock(minuteOf(start)),
      until: clock(minuteOf(end)),
    };
  }
  const times = { ...text, mode: rule.mode, from: clock(rule.start), until: clock(rule.end) };
  if (rule.mode === 'weekly') return { ...times, weekday: rule.weekday };
  return rule.mode === 'monthly' ? { ...times, day: rule.day } : times;
}

/** The minute of a day; `null` for what is no time. */
export function readClock(text: string): number | null {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}

/** Seconds on the account's clock at which a day begins; `null` for what is no day. */
export function readDay(text: string): LocalSeconds | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return null;
  const at = Date.parse(`${text.trim()}T00:00:00Z`);
  // The 31st of February is another day for some.
  return Number.isNaN(at) || date(at / 1000) !== text.trim() ? null : at / 1000;
}

/** What is typed as an entry, or what is wrong with it. Whether it lies behind us the core says. */
export function readText(text: OffDutyText): { rule: OffDutyRule } | { errors: OffDutyErrors } {
  const [start, end] = [readClock(text.from), readClock(text.until)];
  const errors: OffDutyErrors = {};
  if (start === null) errors.from = 'duty.form.wrongTime';
  if (end === null) errors.until = 'duty.form.wrongTime';
  const [first, last] = [readDay(text.firstDay), readDay(text.lastDay)];
  if (text.mode === 'oneTime') {
    if (first === null) errors.firstDay = 'duty.form.wrongDay';
    if (last === null) errors.lastDay = 'duty.form.wrongDay';
  }
  if (start === null || end === null) return { errors };
  switch (text.mode) {
    case 'oneTime': {
      if (first === null || last === null) return { errors };
      const rule: OffDutyRule = { mode: 'oneTime', start: first + start * 60, end: last + end * 60 };
      return rule.end <= rule.start ? { errors: { until: 'changes.problem.endsBeforeStart' } } : { rule };
    }
    case 'daily':
      return { rule: { mode: 'daily', start, end } };
    case 'weekly':
      return { rule: { mode: 'weekly', weekday: text.weekday, start, end } };
    case 'monthly':
      return { rule: { mode: 'monthly', day: text.day, start, end } };
  }
}
