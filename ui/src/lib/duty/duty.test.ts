import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DutyPersonView, OffDutyRule } from '$lib/backend/bindings';
import { i18n } from '$lib/i18n/i18n.svelte';
import { DAY } from './clock';
import { readDuty } from './filter';
import { chosenRows } from './order';
import {
  AHEAD,
  dayWords,
  nextText,
  nowText,
  readRule,
  ruleText,
  spansOf,
  untilText,
  whyText,
  type DutyRow,
} from './words';

beforeAll(() => i18n.use('en', 'en-GB'));

/** Friday 27 November 2026, 10:00 there. */
const now = Date.UTC(2026, 10, 27, 10) / 1000;
const hour = 3_600;

function row(change: Partial<DutyPersonView> = {}): DutyRow {
  const usual = {
    remoteId: 'u1',
    displayName: 'Ada',
    active: true,
    onDuty: true,
    alerted: null,
    periods: [],
    rules: [],
  };
  const person = { ...usual, ...change };
  return { accountId: 1, now, person };
}

describe('an entry of a schedule', () => {
  const cases: [OffDutyRule, string][] = [
    [{ mode: 'weekly', weekday: 5, start: 1080, end: 480 }, 'Every Friday, from 18:00 to 08:00 the next day'],
    [{ mode: 'weekly', weekday: 0, start: 0, end: 1439 }, 'Every Sunday, from 00:00 to 23:59'],
    [{ mode: 'daily', start: 720, end: 780 }, 'Every day, from 12:00 to 13:00'],
    [{ mode: 'daily', start: 720, end: 720 }, 'Every day, from 12:00 to 12:00 the next day'],
    [{ mode: 'monthly', day: 31, start: 0, end: 720 }, 'On day 31 of each month, from 00:00 to 12:00'],
    [{ mode: 'oneTime', start: now, end: now + 30 * DAY }, 'Once, from 27 Nov 2026, 10:00 to 27 Dec 2026, 10:00'],
    [{ mode: 'unknown', word: 'Yearly' }, 'Of a kind that Rollcall does not know (Yearly): not counted'],
  ];

  it.each(cases)('%j', (rule, text) => {
    expect(ruleText(rule)).toBe(text);
    expect(readRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  it('is not made of what is none', () => {
    expect([null, 'x', {}, { mode: 'daily', start: 1 }, { mode: 'weekly', start: 1, end: 2 }].map(readRule)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });
});

describe('duty in words', () => {
  const tonight = { start: now + 8 * hour, end: now + 22 * hour };

  it('says until when somebody is on duty, and what comes then', () => {
    const on = row({ periods: [tonight] });
    expect(nowText(on)).toBe('On duty now, until Fri 27 Nov, 18:00.');
    expect(untilText(on)).toBe('Fri 27 Nov, 18:00');
    expect(nextText(on)).toBe('Fri 27 Nov, 18:00 to Sat 28 Nov, 08:00');
    expect(whyText(on)).toBe('Active, and no off-duty period now');
  });

  it('names the end of the present period, not the next one', () => {
    const off = row({ onDuty: false, periods: [{ start: now - hour, end: now + hour }, tonight] });
    expect(nowText(off)).toBe('Off duty until Fri 27 Nov, 11:00.');
    expect(nextText(off)).toContain('18:00');
  });

  it('does not take the last day that was looked at for an end', () => {
    const off = row({ onDuty: false, periods: [{ start: now - hour, end: now + AHEAD * DAY }] });
    expect(nowText(off)).toBe('Off duty for more than 62 days.');
    expect(untilText(off)).toBe('more than 62 days');
  });

  it('never calls somebody suspended, and does not guess where the service is silent', () => {
    expect(nowText(row({ active: false, onDuty: false }))).toContain('Signing in is still possible');
    expect(whyText(row({ active: null, onDuty: false }))).toBe('The service does not say whether active');
    expect(whyText(row({ alerted: false }))).toBe('On duty, but no alert reaches them');
    expect(whyText(row({ alerted: false, onDuty: false, active: false }))).toContain('Not active');
    expect(untilText(row({ active: false, onDuty: false, periods: [tonight] }))).toBe('');
  });
});

describe('a day of the calendar', () => {
  const today = Math.floor(now / DAY);

  it('has its part of a period over midnight', () => {
    const night = row({ periods: [{ start: now + 8 * hour, end: now + 22 * hour }] });
    expect(spansOf(night, today)).toEqual([{ from: 0.75, to: 1 }]);
    expect(spansOf(night, today + 1)).toEqual([{ from: 0, to: 8 / 24 }]);
    expect([0, 1, 2].map((day) => dayWords(night, today + day))).toEqual([
      'off duty 18:00–00:00',
      'off duty 00:00–08:00',
      'on duty',
    ]);
  });

  it('says a whole day off, and that somebody gets no alerts at all', () => {
    const week = row({ periods: [{ start: now - DAY, end: now + 7 * DAY }] });
    expect(dayWords(week, today)).toBe('off duty all day');
    expect(dayWords(row({ active: false }), today)).toBe('not active');
  });
});

describe('the list', () => {
  const rows = [
    row({ remoteId: 'a', displayName: 'Élise', periods: [{ start: now + 5 * hour, end: now + 6 * hour }] }),
    row({ remoteId: 'b', displayName: 'Bram', onDuty: false, active: false }),
    row({ remoteId: 'c', displayName: 'Anna', onDuty: false, periods: [{ start: now - hour, end: now + hour }] }),
  ];
  const usual = readDuty(new URLSearchParams());
  const ids = (change: object) =>
    chosenRows(rows, { ...usual, ...change }, () => '').map(({ person }) => person.remoteId);

  it('is by name, and found with or without accents', () => {
    expect(ids({})).toEqual(['c', 'b', 'a']);
    expect(ids({ text: 'ELI' })).toEqual(['a']);
  });

  it('narrows to who is on duty', () => {
    expect(ids({ show: 'on' })).toEqual(['a']);
    expect(ids({ show: 'off' })).toEqual(['c', 'b']);
    expect(ids({ show: 'unreached' })).toEqual([]);
  });

  it('puts who has no end last, whichever way it is turned', () => {
    expect(ids({ sort: 'until' })).toEqual(['c', 'a', 'b']);
    expect(ids({ sort: 'until', descending: true })).toEqual(['a', 'c', 'b']);
  });
});

describe('in other languages', () => {
  beforeEach(() => i18n.use('en', 'en-GB'));

  it.each([
    ['fr', 'Chaque vendredi, de 18:00 à 08:00 le lendemain'],
    ['nl', 'Elke vrijdag, van 18:00 tot 08:00 de volgende dag'],
  ] as const)('%s', (language, text) => {
    i18n.use(language, language);
    expect(ruleText({ mode: 'weekly', weekday: 5, start: 1080, end: 480 })).toBe(text);
    i18n.use('en', 'en-GB');
  });
});
