import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { AccountView } from '$lib/backend/bindings';
import { FakeBackend } from '$lib/backend/fake';
import { fakeAccount } from '$lib/backend/fake-views';
import { renderWith } from '../../testing/render';
import ConnectionDialog from './ConnectionDialog.svelte';

const address = page.getByRole('textbox', { name: 'Address', exact: true });
const token = page.getByLabelText(/^Token/).last();
const save = page.getByRole('button', { name: 'Try and save' });
const moved = page.getByText('Another address can mean another account');

async function opened(known: Partial<AccountView> = {}) {
  const account = fakeAccount(1, 'Acme', { address: 'https://id.example.org/scim/v2', ...known });
  const backend = new FakeBackend({ accounts: [account] });
  let closed = 0;
  await renderWith(ConnectionDialog, { account, onclose: () => closed++ }, backend);
  return { backend, closed: () => closed };
}

test('nothing has to be typed anew but what changes, and the secret stays where it is', async () => {
  const { backend, closed } = await opened();
  await expect.element(address).toHaveValue('https://id.example.org/scim/v2');
  await expect.element(token).toHaveAccessibleDescription(expect.stringContaining('Leave it empty'));
  await expect.element(moved).not.toBeInTheDocument();
  await address.fill('https://id.example.org/tenants/2/scim/v2/');
  await expect.element(moved).toBeVisible();
  await expect.element(token).toHaveAccessibleDescription(expect.stringContaining('Leave it empty'));
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect.element(page.getByText('The connection works')).toBeVisible();
  expect(backend.requests('update_connection')).toEqual([]);
  await save.click();
  expect(backend.requests('update_connection')).toEqual([
    {
      accountId: 1,
      address: 'https://id.example.org/tenants/2/scim/v2/',
      authentication: { kind: 'bearer', token: '' },
      certificateAuthority: null,
    },
  ]);
  await expect.poll(closed).toBe(1);
  expect(backend.requests('start_sync')).toEqual([{ accountId: 1 }]);
});

test('a secret is asked for when another server, or another way to sign in, would get it', async () => {
  await opened();
  await address.fill('other.example.org/scim');
  await expect.element(token).toHaveAccessibleDescription(expect.stringContaining('not sent to another server'));
  await address.fill('id.example.org/scim/v2');
  await expect.element(token).toHaveAccessibleDescription(expect.stringContaining('Leave it empty'));
  await page.getByRole('radio', { name: 'User name and password' }).click({ force: true });
  const password = page.getByLabelText(/^Password/).last();
  await expect.element(password).toHaveAccessibleDescription(expect.stringContaining('Type it again'));
});

test('the certificate file is chosen with the window of the system, or typed', async () => {
  const { backend } = await opened({ certificateAuthority: '/etc/old.pem' });
  const file = page.getByRole('textbox', { name: /certificate authority/ });
  await expect.element(file).toHaveValue('/etc/old.pem');
  const choose = page.getByRole('button', { name: 'Choose a file…' });
  await choose.click();
  await expect.element(file).toHaveValue('/etc/old.pem');
  backend.chosenFile = '/home/zoe/our-ca.pem';
  await choose.click();
  await expect.element(file).toHaveValue('/home/zoe/our-ca.pem');
  expect(backend.choices[0]?.extensions).toContain('pem');
  await file.fill('');
  await expect.element(file).toBeVisible();
  await save.click();
  expect(backend.requests('update_connection')[0]?.certificateAuthority).toBeNull();
});

test('what is wrong stands at its field', async () => {
  const { backend, closed } = await opened();
  backend.fail('update_connection', {
    code: 'invalidInput',
    field: 'authentication.token',
    reason: 'credentialElsewhere',
  });
  await save.click();
  await expect.element(token).toHaveAttribute('aria-invalid', 'true');
  await expect.element(token).toHaveAccessibleDescription(expect.stringContaining('Type it again'));
  expect(closed()).toBe(0);
});
