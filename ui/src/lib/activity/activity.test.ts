import { beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEntryView, Proof } from '$lib/backend/bindings';
import { fakeHistory, fakeRun, noCounts } from '$lib/backend/fake-views';
import { ENTERPRISE } from '$lib/directory/raw';
import { i18n } from '$lib/i18n/i18n.svelte';
import { readHistoryFilter, readRun, readView } from './filter';
import { eventText, valueText } from './history-text';
import { proofText } from './proof-text';
import { changesText, durationText, isUnchanged, runErrorText } from './run-text';

beforeAll(() => i18n.use('en', 'en-GB'));

const proof: Proof = {
  stream: 'users',
  complete: true,
  removalsConfirmed: false,
  uniqueIds: 5000,
  total: 5000,
  walks: 1,
  repeated: 0,
  confirmedSingly: 0,
  confirmedInBatches: 0,
  shownBy: 'walk',
  readSince: null,
  quiet: true,
};

describe('a proof in words', () => {
  it.each<[Partial<Proof>, string]>([
    [{}, 'Complete: 5,000 of 5,000, read in 1 walk, nothing changed meanwhile.'],
    [
      { walks: 2, quiet: false, repeated: 7, confirmedSingly: 1 },
      'Complete: 5,000 of 5,000, read in 2 walks, something changed meanwhile, 7 records arrived more than once, 1 record asked for singly.',
    ],
    [
      { total: null },
      'Complete: 5,000, the service does not say how many there are, read in 1 walk, nothing changed meanwhile.',
    ],
    [
      { walks: 2, shownBy: 'partition', confirmedInBatches: 2, removalsConfirmed: true },
      'Complete: 5,000 of 5,000, read in 2 walks, the last time in parts, cut by the beginning of the ids, each in one answer, nothing changed meanwhile, 2 records asked for by their ids, the service denied every record that is removed here.',
    ],
    [
      { shownBy: 'wholeAnswers' },
      'Complete: 5,000 of 5,000, read in 1 walk, each answer was a whole list, nothing changed meanwhile.',
    ],
    [{ complete: false, uniqueIds: 4990 }, 'Incomplete: 4,990 of 5,000, read in 1 walk, nothing changed meanwhile.'],
    [
      { complete: false, uniqueIds: 4990, confirmedSingly: 3, removalsConfirmed: true },
      'Incomplete: 4,990 of 5,000, read in 1 walk, nothing changed meanwhile, 3 records asked for singly, the service denied every record that is removed here.',
    ],
  ])('%j', (change, text) => {
    expect(proofText({ ...proof, ...change })).toBe(text);
  });
});

describe('what a run did', () => {
  const run = fakeRun(1, 1);

  it('counts by subject, with signs', () => {
    const counts = { ...noCounts, usersAdded: 1200, usersRemoved: 2, membershipsRemoved: 5 };
    expect(changesText({ ...run, counts })).toBe('Users +1,200 −2 · Memberships −5');
  });

  it('counts rights in the account and on resources as one', () => {
    const tally = (change: object) => ({ listed: 9, added: 0, changed: 0, removed: 0, ...change });
    const counts = {
      ...noCounts,
      apiUsers: tally({ added: 1 }),
      offDutyPeriods: tally({ changed: 2 }),
      resources: tally({ removed: 3 }),
      grants: tally({ added: 1 }),
      resourceGrants: tally({ added: 4, removed: 5 }),
    };
    const text = 'Tokens and secrets +1 · Off-duty periods ~2 · Resources −3 · Rights +5 −5';
    expect(changesText({ ...run, counts })).toBe(text);
  });

  it('says when nothing changed, and when everything was new', () => {
    expect(isUnchanged(noCounts)).toBe(true);
    expect(changesText({ ...run, counts: noCounts })).toBe('Nothing changed');
    expect(changesText({ ...run, baseline: true })).toBe('First complete read');
  });

  it('claims nothing for a run that changed nothing here', () => {
    for (const state of ['running', 'failed', 'cancelled', 'interrupted', 'discarded'] as const) {
      expect(changesText({ ...run, state }), state).toBe('');
    }
  });

  it('says how long it took', () => {
    expect(durationText({ ...run, startedAt: 0, finishedAt: 4_200 })).toBe('4 s');
    expect(durationText({ ...run, startedAt: 0, finishedAt: 125_000 })).toBe('2 min 5 s');
    expect(durationText({ ...run, finishedAt: null })).toBe('');
  });

  it('translates a known error and repeats an unknown one', () => {
    expect(runErrorText({ ...run, error: { code: 'offline', message: 'x' } })).not.toBe('x');
    expect(runErrorText({ ...run, error: { code: 'fromTheFuture', message: 'It broke.' } })).toBe('It broke.');
    expect(runErrorText(run)).toBe('');
  });
});

describe('a line of history', () => {
  const entry: HistoryEntryView = { ...fakeHistory(1, 1), action: 'changed', field: 'title' };
  const joined: HistoryEntryView = {
    ...entry,
    subject: 'membership',
    action: 'added',
    remoteId: 'g1',
    name: 'Finance',
    memberId: 'u1',
    memberName: 'Ann',
    field: null,
  };

  it('names the field as the screens do, and an unknown one by its path', () => {
    expect(eventText(entry, null)).toBe('Job title');
    expect(eventText({ ...entry, field: `${ENTERPRISE}:department` }, null)).toBe('Department');
    expect(eventText({ ...entry, field: `${ENTERPRISE}.department` }, null)).toBe('Department');
    expect(eventText({ ...entry, field: 'x509Certificates' }, null)).toBe('x509Certificates');
  });

  it('tells a membership from where one stands', () => {
    expect(eventText(joined, 'u1')).toBe('Joined the group Finance');
    expect(eventText(joined, 'g1')).toBe('Ann joined');
    expect(eventText(joined, null)).toBe('Ann joined Finance');
    expect(eventText({ ...joined, action: 'removed', memberName: null }, 'g1')).toBe('u1 left');
  });

  it('writes values so that a person understands them', () => {
    expect(valueText(null, 'title')).toBe('nothing');
    expect(valueText(false, 'active')).toBe('Suspended');
    expect(valueText(true, 'urn:x:parking')).toBe('Yes');
    expect(valueText([{ value: 'a@x', type: 'work' }], 'emails')).toBe('a@x (work)');
    expect(valueText('2024-09-05T11:34:35.920Z', 'createdAt')).toMatch(/^5 Sept? 2024, \d\d:\d\d$/);
    expect(valueText('2024-09-05', 'title')).toBe('2024-09-05');
    expect(eventText({ ...fakeHistory(1, 1), action: 'changed', field: 'createdAt' }, null)).toBe('Created');
  });
});

describe('the filters in the address', () => {
  const read = (query: string) => readHistoryFilter(new URLSearchParams(query), 4);

  it('are what a link asks for, and nothing that cannot be meant', () => {
    expect(read('run=7&subject=group&action=removed&text=x')).toEqual({
      accountId: 4,
      runId: 7,
      subject: 'group',
      action: 'removed',
      text: 'x',
    });
    expect(read('run=x&subject=y&action=z')).toMatchObject({ runId: null, subject: null, action: null });
    expect(readView(new URLSearchParams('view=changes'))).toBe('changes');
    expect(readView(new URLSearchParams('view=x'))).toBe('runs');
    expect(readRun('1e9')).toBeNull();
  });
});

it('names the fields of an operator in words', () => {
  const entry = { ...fakeHistory(1, 1), action: 'changed', field: 'IsOnDuty', before: true, after: false } as const;
  expect(eventText(entry, null)).toBe('Receives alerts');
  expect([true, false].map((value) => valueText(value, entry.field))).toEqual(['Yes', 'No']);
});

describe('a line about rights and duty', () => {
  const entry = { ...fakeHistory(1, 1), action: 'added', memberId: 'u1', memberName: 'Ada', field: null } as const;

  it.each<[Partial<HistoryEntryView>, string]>([
    [{ subject: 'resource', name: 'Home' }, 'Resource added'],
    [{ subject: 'resourceMembership', name: 'Webshop', memberName: 'Home' }, 'Home is now in Webshop'],
    [{ subject: 'grant', name: 'EditMonitor (Home)' }, 'Ada was given: Edit (Home)'],
    [
      { subject: 'grant', name: 'FinancialOperator', action: 'removed' },
      'Ada lost: Financial operator: orders and invoices',
    ],
    [
      { subject: 'offDutyPeriod', name: 'Daily 22:00–06:00', after: { mode: 'daily', start: 1320, end: 360 } },
      'Off-duty period of Ada added: Every day, from 22:00 to 06:00 the next day',
    ],
    [
      { subject: 'offDutyPeriod', name: 'Yearly', action: 'removed', before: null },
      'Off-duty period of Ada removed: Yearly',
    ],
  ])('%j', (change, text) => {
    expect(eventText({ ...entry, ...change }, null)).toBe(text);
  });
});
