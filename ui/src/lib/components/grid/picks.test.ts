import { describe as suite, expect, it } from 'vitest';
import { ALL, NONE, countPicked, describe, isPicked, withRows, type RowKey } from './picks';

const row = (id: number): RowKey => ({ accountId: 1, remoteId: `u${id}` });

suite('what is selected by name', () => {
  it('is some rows, each once', () => {
    const picks = withRows(withRows(NONE, [row(1), row(2)], true), [row(2), row(3)], true);
    expect(countPicked(picks, 100)).toBe(3);
    expect(isPicked(picks, row(2))).toBe(true);
    expect(isPicked(picks, { accountId: 2, remoteId: 'u2' })).toBe(false);
    expect(describe(withRows(picks, [row(1)], false))).toEqual({ all: false, rows: [row(2), row(3)] });
  });

  it('is everything but some, without naming the others', () => {
    const picks = withRows(ALL, [row(7), row(8)], false);
    expect(countPicked(picks, 100_000)).toBe(99_998);
    expect(isPicked(picks, row(7))).toBe(false);
    expect(isPicked(picks, row(9))).toBe(true);
    expect(describe(withRows(picks, [row(7)], true))).toEqual({ all: true, rows: [row(8)] });
  });
});
