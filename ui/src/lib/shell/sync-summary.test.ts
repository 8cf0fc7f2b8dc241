import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountView, ProgressView } from '../backend/bindings';
import { fakeAccount, fakeError, idle } from '../backend/fake-views';
import { i18n } from '../i18n/i18n.svelte';
import { attentionOf } from './attention';
import { progressText, summarise } from './sync-summary';

beforeEach(() => i18n.use('en', 'en-GB'));

function syncing(id: number, progress: ProgressView): AccountView {
  return fakeAccount(id, 'A', { sync: { ...idle, runId: id, state: 'running', progress } });
}

describe('several accounts together', () => {
  test('are as old as the oldest of them', () => {
    const account = fakeAccount(1, 'A');
    const state = account.usersState;
    const older = fakeAccount(2, 'B', { usersState: state && { ...state, syncedAt: 5 } });
    expect(summarise([account, older]).oldest).toBe(5);
  });

  test('have no age while one of them was never synced', () => {
    expect(summarise([fakeAccount(1, 'A'), fakeAccount(2, 'B', { usersState: null })]).oldest).toBeNull();
  });

  test('add up their progress and show the earliest phase', () => {
    const { progress } = summarise([
      syncing(1, { phase: 'applying', done: 10, total: 20, rate: 5 }),
      syncing(2, { phase: 'readingUsers', done: 1, total: 100, rate: 2 }),
    ]);
    expect(progress).toEqual({ phase: 'readingUsers', done: 11, total: 120, rate: 7 });
  });

  test('have no total while one of them does not know its own', () => {
    const { progress } = summarise([
      syncing(1, { phase: 'readingUsers', done: 10, total: 20, rate: 5 }),
      syncing(2, { phase: 'readingUsers', done: 1, total: null, rate: 2 }),
    ]);
    expect(progress?.total).toBeNull();
  });

  test('can be synced only where signed in and not running', () => {
    const { ready } = summarise([
      fakeAccount(1, 'A', { signedIn: false }),
      syncing(2, { phase: 'readingUsers', done: 0, total: null, rate: 0 }),
      fakeAccount(3, 'C'),
    ]);
    expect(ready.map(({ id }) => id)).toEqual([3]);
  });
});

test.each([
  [{ done: 1200, total: 5000, rate: 830.4 }, '1,200 of 5,000 · 830/s'],
  [{ done: 1200, total: null, rate: 0 }, '1,200'],
  [{ done: 0, total: null, rate: 0 }, ''],
])('progress %o reads "%s"', (progress, words) => {
  expect(progressText({ phase: 'readingUsers', ...progress })).toBe(words);
});

describe('what needs a person', () => {
  const nothing = { refusals: new Map(), dismissed: new Set<number>() };
  const failed = fakeAccount(1, 'A', {
    sync: { ...idle, runId: 7, state: 'failed', error: fakeError({ code: 'offline' }) },
  });

  test('is nothing for an account that synced', () => {
    expect(attentionOf(fakeAccount(1, 'A'), nothing)).toBeNull();
  });

  test('is a failed run, named after its account, until it was put away', () => {
    expect(attentionOf(failed, nothing)).toMatchObject({ kind: 'failed', error: { account: 'A' } });
    expect(attentionOf(failed, { ...nothing, dismissed: new Set([7]) })).toBeNull();
  });

  test('is the decision about a stopped plan before anything else', () => {
    const account = fakeAccount(1, 'A', { signedIn: false, sync: { ...idle, runId: 7, state: 'awaitingReview' } });
    expect(attentionOf(account, nothing)).toMatchObject({ kind: 'review', runId: 7 });
  });

  test('is signing in again after signing out, whatever the last run said', () => {
    expect(attentionOf({ ...failed, signedIn: false }, nothing)).toMatchObject({ kind: 'signedOut' });
  });

  test('is nothing while a sync runs', () => {
    expect(attentionOf({ ...failed, sync: { ...failed.sync, state: 'running' } }, nothing)).toBeNull();
  });
});

test('what is kept by hand is never synced, and its age counts only where nothing else is shown', () => {
  const synced = fakeAccount(1, 'Maison Lumière');
  const known = synced.usersState;
  const roster = fakeAccount(2, 'Isocarto', { provider: 'roster', usersState: known && { ...known, syncedAt: 10 } });
  expect(summarise([synced, roster])).toMatchObject({ ready: [{ id: 1 }], oldest: known?.syncedAt });
  expect(summarise([roster])).toMatchObject({ ready: [], oldest: 10 });
});
