import { expect, test } from 'vitest';
import type { OffDutyRule } from '$lib/backend/bindings';
import { readClock, readDay, readText, textOf } from './off-duty-form';

const at = (text: string) => Date.parse(`${text}Z`) / 1000;
const now = at('2026-11-25T17:45:00');

test('a new one is the whole of tomorrow', () => {
  const read = readText(textOf(undefined, now));
  expect(read).toEqual({
    rule: { mode: 'oneTime', start: at('2026-11-26T00:00:00'), end: at('2026-11-27T00:00:00') },
  });
});

test('what is there already comes back as it was', () => {
  const rules: OffDutyRule[] = [
    { mode: 'oneTime', start: at('2026-12-24T12:00:00'), end: at('2027-01-02T08:30:00') },
    { mode: 'daily', start: 22 * 60, end: 6 * 60 },
    { mode: 'weekly', weekday: 0, start: 0, end: 1439 },
    { mode: 'monthly', day: 31, start: 0, end: 12 * 60 },
  ];
  for (const rule of rules) expect(readText(textOf(rule, now))).toEqual({ rule });
});

test('what is no day and no time is told at its place, and an end before the beginning too', () => {
  const text = textOf(undefined, now);
  expect(readText({ ...text, firstDay: '2026-02-31', until: '24:00' })).toEqual({
    errors: { firstDay: 'duty.form.wrongDay', until: 'duty.form.wrongTime' },
  });
  expect(readText({ ...text, lastDay: '2026-11-25' })).toEqual({
    errors: { until: 'changes.problem.endsBeforeStart' },
  });
  expect([readClock('9:05'), readClock('905'), readDay('24/12/2026')]).toEqual([545, null, null]);
});
