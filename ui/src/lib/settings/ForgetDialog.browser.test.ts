import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { FakeBackend } from '$lib/backend/fake';
import { fakeAccount, fakeError } from '$lib/backend/fake-views';
import { toasts } from '$lib/components/toasts.svelte';
import { renderWith } from '../../testing/render';
import ForgetDialog from './ForgetDialog.svelte';

const forget = page.getByRole('button', { name: 'Forget this account' });
const confirmation = page.getByRole('textbox', { name: 'Type “Maison Lumière” to go on' });

async function opened(backend = new FakeBackend({ accounts: [fakeAccount(1, 'Maison Lumière')] })) {
  let closed = 0;
  const account = fakeAccount(1, 'Maison Lumière');
  await renderWith(ForgetDialog, { account, onclose: () => closed++ }, backend);
  return { backend, closed: () => closed };
}

test('forgetting says what goes, and that nothing changes at the service', async () => {
  await opened();
  for (const words of ['120 users', '12 groups', '340 lines of history of 8 syncs', 'the credential in the keychain']) {
    await expect.element(page.getByText(words)).toBeVisible();
  }
  await expect.element(page.getByText('Nothing changes at the service')).toBeVisible();
});

test('forgetting waits for the name of the account, exactly', async () => {
  const { backend, closed } = await opened();
  await expect.element(forget).toBeDisabled();
  await confirmation.fill('maison lumière');
  await expect.element(forget).toBeDisabled();
  expect(backend.requests('forget_account')).toEqual([]);
  await confirmation.fill('Maison Lumière');
  await forget.click();
  expect(backend.requests('forget_account')).toEqual([{ accountId: 1 }]);
  await expect.poll(closed).toBe(1);
});

test('a credential that could not be removed is told', async () => {
  const backend = new FakeBackend({ accounts: [fakeAccount(1, 'Maison Lumière')] });
  backend.on('forget_account', () => ({ credentialLeft: fakeError({ code: 'keychainLocked' }) }));
  await opened(backend);
  await confirmation.fill('Maison Lumière');
  await forget.click();
  await expect.poll(() => toasts.shown.at(-1)?.text).toContain('could not be removed from the keychain');
});

test('a failure leaves the dialog open and says why', async () => {
  const backend = new FakeBackend({ accounts: [fakeAccount(1, 'Maison Lumière')] });
  backend.fail('forget_account', { code: 'databaseBusy', action: 'closeOther' });
  const { closed } = await opened(backend);
  await confirmation.fill('Maison Lumière');
  await forget.click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Another program holds the local data');
  expect(closed()).toBe(0);
});
