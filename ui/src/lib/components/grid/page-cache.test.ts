import { describe, expect, it } from 'vitest';
import { PAGE_SIZE, PageCache, type LoadPage, type Page } from './page-cache';

interface Asked {
  readonly offset: number;
  answer(total: number, revision: number, name?: string): Promise<void>;
  fail(reason: string): Promise<void>;
}

/** A list whose answers the test gives by hand. */
function byHand(): { asked: Asked[]; load: LoadPage<string> } {
  const asked: Asked[] = [];
  const load: LoadPage<string> = (offset, limit) =>
    new Promise<Page<string>>((resolve, reject) => {
      const settle = async (act: () => void): Promise<void> => {
        act();
        await new Promise((done) => setTimeout(done));
      };
      asked.push({
        offset,
        answer: (total, revision, name = 'row') =>
          settle(() => {
            const length = Math.max(0, Math.min(limit, total - offset));
            resolve({ total, revision, rows: Array.from({ length }, (_, i) => `${name} ${offset + i}`) });
          }),
        fail: (reason) => settle(() => reject(new Error(reason))),
      });
    });
  return { asked, load };
}

const offsets = (asked: readonly Asked[]): number[] => asked.map((request) => request.offset);

describe('the page cache', () => {
  it('reads the pages in view and no other', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    expect(cache.total).toBeUndefined();
    await asked[0]?.answer(100_000, 1);
    expect(cache.total).toBe(100_000);
    expect(cache.row(19)).toBe('row 19');
    cache.want(390, 410);
    expect(offsets(asked)).toEqual([0, PAGE_SIZE, 2 * PAGE_SIZE]);
    expect(cache.row(390)).toBeUndefined();
    await asked[1]?.answer(100_000, 1);
    await asked[2]?.answer(100_000, 1);
    expect(cache.row(410)).toBe('row 410');
  });

  it('asks for at most two pages at once, and then for those in view by then', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 1);
    await asked[0]?.answer(100_000, 1);
    for (let row = 10_000; row < 60_000; row += 1000) cache.want(row, row + 20);
    expect(asked).toHaveLength(3);
    await asked[1]?.answer(100_000, 1);
    expect(asked[3]?.offset).toBe(59_000);
  });

  it('throws away the answer to an older query', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    const other = byHand();
    cache.query(other.load);
    await other.asked[0]?.answer(5, 1, 'new');
    await asked[0]?.answer(100, 1, 'old');
    expect(cache.total).toBe(5);
    expect(cache.row(0)).toBe('new 0');
    expect(cache.shownQuery).toBe(1);
  });

  it('keeps the old rows on show until all visible new ones are here', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(190, 210);
    await asked[0]?.answer(1000, 1, 'old');
    await asked[1]?.answer(1000, 1, 'old');
    cache.refresh();
    expect(cache.row(190)).toBe('old 190');
    await asked[2]?.answer(1000, 2, 'new');
    expect(cache.row(190)).toBe('old 190');
    expect(cache.row(205)).toBe('old 205');
    await asked[3]?.answer(1000, 2, 'new');
    expect(cache.row(190)).toBe('new 190');
    expect(cache.row(205)).toBe('new 205');
  });

  it('reads everything in view again when a page of a newer revision arrives', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    await asked[0]?.answer(1000, 1, 'old');
    cache.want(190, 210);
    await asked[1]?.answer(1000, 2, 'new');
    expect(cache.row(190)).toBe('old 190');
    expect(cache.row(200)).toBeUndefined();
    expect(asked[2]?.offset).toBe(0);
    await asked[2]?.answer(1000, 2, 'new');
    expect([cache.row(190), cache.row(200), cache.revision]).toEqual(['new 190', 'new 200', 2]);
  });

  it('asks again when a page of an older revision arrives late', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(190, 210);
    await asked[0]?.answer(1000, 2);
    await asked[1]?.answer(1000, 1, 'late');
    expect(cache.row(205)).toBeUndefined();
    await asked[2]?.answer(1000, 2);
    expect(cache.row(205)).toBe('row 205');
  });

  it('follows a list that shrinks and one that becomes empty', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 1);
    await asked[0]?.answer(1000, 1);
    cache.want(900, 920);
    await asked[1]?.answer(1000, 1);
    cache.refresh();
    await asked[2]?.answer(250, 2, 'new');
    expect(asked[3]?.offset).toBe(PAGE_SIZE);
    await asked[3]?.answer(250, 2, 'new');
    expect([cache.total, cache.row(249), cache.row(900)]).toEqual([250, 'new 249', undefined]);
    cache.refresh();
    await asked.at(-1)?.answer(0, 3);
    expect([cache.total, cache.row(0)]).toEqual([0, undefined]);
  });

  it('stops asking after a failure, keeps what it has, and goes on when told', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    await asked[0]?.answer(1000, 1);
    cache.want(400, 420);
    await asked[1]?.fail('no');
    cache.want(600, 620);
    expect(asked).toHaveLength(2);
    expect(cache.error).toEqual(new Error('no'));
    expect(cache.row(0)).toBe('row 0');
    cache.refresh();
    expect(cache.error).toBeUndefined();
    await asked[2]?.answer(1000, 1);
    expect(cache.row(600)).toBe('row 600');
  });

  it('forgets the pages that were not looked at for longest', async () => {
    const cache = new PageCache<number>(
      (offset, limit) =>
        Promise.resolve({ total: 100_000, revision: 1, rows: Array.from({ length: limit }, (_, i) => offset + i) }),
      () => undefined,
    );
    for (let page = 0; page < 70; page += 1) {
      cache.want(page * PAGE_SIZE, page * PAGE_SIZE + 1);
      await new Promise((done) => setTimeout(done));
    }
    expect(cache.row(0)).toBeUndefined();
    expect(cache.row(69 * PAGE_SIZE)).toBe(69 * PAGE_SIZE);
  });

  it('reads any rows for copying, whole pages from what it has', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    await asked[0]?.answer(500, 1);
    const rows = cache.read(190, 1000);
    await asked[1]?.answer(500, 1);
    await asked[2]?.answer(500, 1);
    expect(await rows).toEqual(Array.from({ length: 310 }, (_, i) => `row ${190 + i}`));
  });

  it('refuses to copy a list that changes meanwhile', async () => {
    const { asked, load } = byHand();
    const cache = new PageCache(load, () => undefined);
    cache.want(0, 20);
    await asked[0]?.answer(500, 1);
    const rows = cache.read(190, 1000);
    const refused = expect(rows).rejects.toThrow('changed while');
    await asked[1]?.answer(500, 2);
    await refused;
  });
});
