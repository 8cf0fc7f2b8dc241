import { beforeAll, expect, test } from 'vitest';
import type { RecipientView } from '$lib/backend/bindings';
import { i18n } from '$lib/i18n/i18n.svelte';
import { aboutText, howText, toldNow, wayText } from './words';

beforeAll(() => i18n.use('en', 'en-GB'));

const night = { remoteId: 'g1', displayName: 'Night watch' };
const day = { remoteId: 'g2', displayName: 'Day watch' };

test('each way to somebody is told, with its level where there is one', () => {
  expect(howText({ direct: true, groups: [] })).toBe('directly');
  expect(howText({ direct: false, groups: [day, night] })).toBe('by group Day watch, Night watch');
  expect(wayText({ level: 2, direct: true, groups: [night] })).toBe('Level 2: directly, and by group Night watch');
  expect(wayText({ level: 0, direct: true, groups: [] })).toBe('directly');
});

test('an entry says what stands behind it', () => {
  const entry = (change: Partial<RecipientView>): RecipientView => ({
    kind: 'user',
    remoteId: 'u',
    displayName: 'Ada',
    known: true,
    active: true,
    people: 1,
    peopleNow: 1,
    ...change,
  });
  const texts = [
    entry({}),
    entry({ active: false, peopleNow: 0 }),
    entry({ known: false }),
    entry({ kind: 'group', active: null, people: 5, peopleNow: 2 }),
    entry({ kind: 'group', active: null, people: 5, peopleNow: 0 }),
    entry({ kind: 'group', active: null, people: 0, peopleNow: 0 }),
    entry({ kind: 'address', active: null }),
  ].map(aboutText);
  expect(texts).toEqual([
    'Operator',
    'Operator · not active: receives no alerts',
    'Operator · not visible here',
    'Group · 5 people, 2 on duty',
    'Group · 5 people, none on duty',
    'Group · nobody in it',
    'E-mail address',
  ]);
});

test('whoever is in two levels is one person', () => {
  const told = { remoteId: 'u1', displayName: 'Ada', direct: true, groups: [] };
  const level = { level: 1, recipients: [], now: [told], unsure: false };
  const view = { outcome: 'somebody', now: 0, zone: '', state: null } as const;
  expect(toldNow({ ...view, levels: [level, { ...level, level: 2 }] })).toBe(1);
});
