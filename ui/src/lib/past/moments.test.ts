import { describe, expect, test } from 'vitest';
import { fakeAccount } from '$lib/backend/fake-views';
import { dateText, dayOf, momentOf, readSince, runOf } from './moments';

const now = Date.UTC(2026, 10, 20, 9, 30, 15);
const day = 86_400_000;

describe('a moment of the past', () => {
  test('is read from the address, and is a week ago where the address says none', () => {
    for (const text of ['last', '1d', '7d', '30d', '2026-11-01', 'run:12']) expect(readSince(text)).toBe(text);
    for (const text of [null, '', '8d', '2026-13-01', '2026-02-31', 'run:', 'run:x'])
      expect(readSince(text)).toBe('7d');
  });

  test('is a time to the minute, a run, or the beginning of a day', () => {
    expect(momentOf('1d', now, [])).toEqual({ kind: 'at', at: now - day - 15_000 });
    expect(momentOf('run:12', now, [])).toEqual({ kind: 'run', runId: 12 });
    expect(momentOf('2026-11-01', now, [])).toEqual({ kind: 'at', at: new Date(2026, 10, 1).getTime() });
  });

  test('before the last sync is that of the account that was synced longest ago', () => {
    const synced = (id: number, syncedAt: number) => {
      const account = fakeAccount(id, 'Acme');
      return { ...account, usersState: account.usersState && { ...account.usersState, syncedAt } };
    };
    const accounts = [synced(1, now - 500), synced(2, now - 9_000), { ...synced(3, 0), usersState: null }];
    expect(momentOf('last', now, accounts)).toEqual({ kind: 'at', at: now - 9_000 });
    expect(momentOf('last', now, [])).toEqual({ kind: 'at', at: now });
  });

  test('is written as the native control wants it', () => {
    expect(dateText(new Date(2026, 0, 5, 23).getTime())).toBe('2026-01-05');
    expect(dayOf('2026-01-05')).toBe(new Date(2026, 0, 5).getTime());
    expect([runOf('run:7'), runOf('7d'), dayOf('7d')]).toEqual([7, null, null]);
  });
});
