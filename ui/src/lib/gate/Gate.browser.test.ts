import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { ErrorCode } from '$lib/backend/bindings';
import { FakeBackend } from '$lib/backend/fake';
import { fakeError } from '$lib/backend/fake-views';
import { renderWith } from '../../testing/render';
import { accessibilityProblems } from '../../testing/axe';
import Gate from './Gate.svelte';

const session = page.getByRole('button', { name: 'Use Rollcall for this session only' });

async function gate(code: ErrorCode) {
  const error = fakeError({ code, message: 'It could not be opened.' });
  const backend = new FakeBackend({ state: { storage: null, problem: error } });
  return renderWith(Gate, { error }, backend);
}

test.each([
  ['keychainUnavailable', 'No keychain answers'],
  ['keychainLocked', 'The keychain is locked'],
  ['keychainDenied', 'The keychain refuses Rollcall'],
  ['databaseKeyMissing', 'The key of the local data is missing'],
] as const)('%s says which, can be tried again, and offers this session only', async (code, title) => {
  const { backend } = await gate(code);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(title);
  await expect.element(page.getByText('is gone when you quit')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  await session.click();
  expect(backend.requests('open_store')).toEqual([{ mode: 'session', beginAnew: false }]);
});

test.each([
  ['databaseTooNew', 'The local data comes from a newer Rollcall'],
  ['databaseDamaged', 'The local data is damaged'],
  ['databaseBusy', 'Another program holds the local data'],
  ['diskFull', 'The disk is full'],
  ['databaseFailed', 'The local data cannot be read or written'],
] as const)('%s says which and can be tried again, but not passed over', async (code, title) => {
  const { backend } = await gate(code);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(title);
  await expect.element(session).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(backend.requests('open_store')).toEqual([{ mode: 'disk', beginAnew: false }]);
});

test('only data whose key is missing can be set aside to begin anew', async () => {
  const { backend } = await gate('databaseKeyMissing');
  await page.getByRole('button', { name: 'Set the old data aside and begin anew' }).click();
  expect(backend.requests('open_store')).toEqual([{ mode: 'disk', beginAnew: true }]);
});
