import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '$lib/app.svelte';
import { FakeBackend } from '$lib/backend/fake';
import { fakeAccount, idle } from '$lib/backend/fake-views';
import { i18n } from '$lib/i18n/i18n.svelte';
import { moved, monthOf, monthText, readMonth, weekdays, weeksOf } from './calendar';
import { isFiltered, orderOf, ownerColumnIds, readTokens, tokenColumnIds, tokenFilter, tokensLink } from './filter';
import { noticeText, watchTokenNotices } from './notices';
import { expiryText, stateText, useText } from './words';

const read = (query: string) => readTokens(new URLSearchParams(query));

describe('the address of the tokens', () => {
  it('says what is filtered, and nothing of what is not', () => {
    expect(tokensLink()).toBe('#/tokens');
    expect(tokensLink({ chips: ['expired', 'orphaned'] })).toBe('#/tokens?only=expired%2Corphaned');
    expect(tokensLink({ owner: { accountId: 2, remoteId: 'a b&c' } })).toBe('#/tokens?of=2&owner=a+b%26c');
    expect(tokensLink({ view: 'calendar', month: '2026-11' })).toBe('#/tokens?view=calendar&month=2026-11');
    expect(tokensLink({ sort: 'owner' })).toBe('#/tokens');
    expect(tokensLink({ sort: 'expiresAt', descending: true })).toBe('#/tokens?sort=expiresAt&order=desc');
  });

  it('is read as it was written', () => {
    const address = read('view=owners&text=zoe&only=idle30,expired&kind=applicationSecret&of=2&owner=u1&from=5&to=9');
    expect(address).toMatchObject({
      view: 'owners',
      text: 'zoe',
      chips: ['expired', 'idle30'],
      kind: 'applicationSecret',
      owner: { accountId: 2, remoteId: 'u1' },
      ends: { from: 5, to: 9 },
    });
    expect(read(tokensLink(address).split('?')[1] ?? '')).toEqual(address);
    expect(tokenFilter(address, null).accountId).toBe(2);
    expect(tokenFilter(read('text=x'), 7)).toMatchObject({ accountId: 7, owner: null, expiresFrom: null });
    expect(isFiltered(address)).toBe(true);
  });

  it('means nothing by what it cannot mean', () => {
    const odd = read('view=moon&only=shoes,,&kind=x&of=one&owner=u1&from=9&to=5&month=2026-13&sort=shoeSize');
    expect(isFiltered(odd)).toBe(false);
    expect(odd).toMatchObject({ view: 'list', month: null });
    expect(orderOf(odd, tokenColumnIds, 'owner')).toEqual({ column: 'owner', descending: false });
    expect(orderOf(read('sort=tokens&order=desc'), ownerColumnIds, 'owner')).toEqual({
      column: 'tokens',
      descending: true,
    });
  });
});

describe('what is known of a token', () => {
  it('is never called “never” where the service does not say', () => {
    i18n.use('en', null);
    expect(expiryText({ expiresAt: null, expiryKnown: true })).toBe('Never');
    expect(expiryText({ expiresAt: null, expiryKnown: false })).toBe('Not reported');
    expect(useText({ lastUsedAt: null, lastUseKnown: true })).toBe('Never');
    expect(useText({ lastUsedAt: null, lastUseKnown: false })).toBe('Not reported');
    expect(stateText({ state: 'expiring', expiresAt: i18n.now + 3 * 86_400_000 + 5_000 })).toBe('Expires in 3 days');
    expect(stateText({ state: 'neverExpires', expiresAt: null })).toBe('Never expires');
  });
});

describe('the months of the calendar', () => {
  it('follow one another over the ends of years', () => {
    expect(moved({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(moved({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
    expect(moved({ year: 2026, month: 11 }, -23)).toEqual({ year: 2024, month: 12 });
    expect(readMonth('2026-02', 0)).toEqual({ year: 2026, month: 2 });
    expect(readMonth(null, new Date(2026, 10, 25).getTime())).toEqual({ year: 2026, month: 11 });
    expect(monthText(monthOf(new Date(2026, 0, 1).getTime()))).toBe('2026-01');
  });

  it('stand in weeks that begin on Monday', () => {
    const days = (count: number) => Array.from({ length: count }, (_, index) => ({ day: index + 1 }));
    const november = weeksOf({ year: 2026, month: 11 }, days(30));
    // 1 November 2026 is a Sunday.
    expect(november[0]?.map((day) => day?.day ?? 0)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(november.at(-1)?.[0]).toEqual({ day: 30 });
    expect(november.every((week) => week.length === 7)).toBe(true);
    expect(weeksOf({ year: 2027, month: 2 }, days(28))).toHaveLength(4);
    expect(weekdays('en', 'short')[0]).toBe('Mon');
    expect(weekdays('fr', 'long')[6]).toBe('dimanche');
  });
});

describe('notifications', () => {
  const notice = { accountId: 1, account: 'Acme', tokens: 3, days: 7, names: [] as string[] };
  const apps: App[] = [];
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    apps.splice(0).forEach((app) => app.stop());
    vi.useRealTimers();
  });

  async function watched() {
    const backend = new FakeBackend({ accounts: [fakeAccount(1, 'Acme')] });
    let due = [notice];
    backend.on('take_token_notices', () => ({ notices: due.splice(0) }));
    const app = new App(backend);
    apps.push(app);
    await app.start();
    const stop = watchTokenNotices(app);
    await vi.advanceTimersByTimeAsync(0);
    return { backend, stop, again: () => (due = [notice]) };
  }

  it('say account and count, and names only where they were asked for', () => {
    i18n.use('en', null);
    expect(noticeText(notice)).toEqual({ title: 'Acme', body: '3 tokens expire within 7 days.' });
    expect(noticeText({ ...notice, tokens: 1, days: 1 }).body).toBe('1 token expires within one day.');
    expect(noticeText({ ...notice, names: ['ci', 'laptop'] }).body).toBe(
      '3 tokens expire within 7 days.\nci, laptop and 1 more',
    );
  });

  it('come at the start, after each sync and once an hour, and end with the window', async () => {
    const { backend, stop, again } = await watched();
    const asked = () => backend.requests('take_token_notices').length;
    expect(asked()).toBe(1);
    expect(backend.notified).toEqual([{ title: 'Acme', body: '3 tokens expire within 7 days.' }]);
    backend.emit({ kind: 'syncState', accountId: 1, sync: { ...idle, state: 'running' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(1);
    again();
    backend.emit({ kind: 'syncState', accountId: 1, sync: { ...idle, state: 'succeeded' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(2);
    expect(backend.notified).toHaveLength(2);
    backend.emit({ kind: 'detailsProgress', accountId: 1, details: { done: 1, total: 2 } });
    backend.emit({ kind: 'detailsProgress', accountId: 1, details: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(3);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked()).toBe(4);
    stop();
    await vi.advanceTimersByTimeAsync(7_200_000);
    expect(asked()).toBe(4);
  });

  it('that the desktop refuses are no failure', async () => {
    const { backend, again } = await watched();
    backend.notify = () => Promise.reject(new Error('no desktop'));
    again();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(backend.requests('take_token_notices')).toHaveLength(2);
  });
});
