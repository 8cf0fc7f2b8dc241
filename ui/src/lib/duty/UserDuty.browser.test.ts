import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { FakeBackend } from '$lib/backend/fake';
import { fakeUser } from '$lib/backend/fake-people';
import { uptrendsCapabilities } from '$lib/backend/fake-uptrends';
import { fakeAccount } from '$lib/backend/fake-views';
import { i18n } from '$lib/i18n/i18n.svelte';
import { renderWith } from '../../testing/render';
import UserDuty from './UserDuty.svelte';

test('who is on duty is asked again each minute, and says whose clock is meant', async () => {
  const account = fakeAccount(1, 'Night watch', { provider: 'uptrends', capabilities: uptrendsCapabilities });
  const backend = new FakeBackend({ accounts: [account] });
  await renderWith(UserDuty, { row: fakeUser(1, 3) }, backend);
  await expect.element(page.getByTestId('duty-now')).toHaveTextContent('On duty now, until Fri 20 Nov, 22:00.');
  await expect.element(page.getByTestId('duty-clock')).toHaveTextContent('The clock is the account’s');
  const before = backend.requests('get_duty').length;
  backend.on('get_duty', ({ userId }) => ({
    now: Date.UTC(2026, 10, 20, 22, 30) / 1000,
    zone: 'Europe/Brussels',
    zoneSource: 'computer',
    onDuty: 0,
    people: [
      {
        remoteId: userId ?? '',
        displayName: 'Daan',
        active: true,
        onDuty: false,
        alerted: null,
        periods: [{ start: Date.UTC(2026, 10, 20, 22) / 1000, end: Date.UTC(2026, 10, 21, 6) / 1000 }],
        rules: [],
      },
    ],
    state: account.usersState,
  }));
  i18n.now += 61_000;
  await expect.element(page.getByTestId('duty-now')).toHaveTextContent('Off duty until Sat 21 Nov, 06:00.');
  await expect.element(page.getByTestId('duty-clock')).toHaveTextContent('The clock is this computer’s');
  expect(backend.requests('get_duty').length).toBe(before + 1);
  expect(backend.requests('get_duty').at(-1)).toEqual({ accountId: 1, groupId: null, userId: 'u3', days: 62 });
});
