import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackend } from '$lib/backend/fake';
import { lesserCapabilities } from '$lib/backend/fake-uptrends';
import { fakeAccount } from '$lib/backend/fake-views';
import { renderWith } from '../../testing/render';
import ConnectScreen from './ConnectScreen.svelte';

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function fillBearer() {
  await field('Name').fill('Head office');
  await field('Address').fill('id.example.org/scim/v2');
  await page.getByLabelText('Token', { exact: true }).last().fill('s3cret-token');
}

test('a trial shows how much there is and what the service can, and keeps nothing', async () => {
  const { backend } = await renderWith(ConnectScreen, {});
  await fillBearer();
  await button('Test connection').click();
  await expect.element(page.getByText('120 users')).toBeVisible();
  await expect.element(page.getByText('The connection works')).toBeVisible();
  expect(backend.requests('connect_account')).toEqual([]);
  expect(backend.requests('test_connection')[0]?.draft).toEqual({
    provider: 'scim',
    name: 'Head office',
    address: 'id.example.org/scim/v2',
    authentication: { kind: 'bearer', token: 's3cret-token' },
    certificateAuthority: null,
  });
});

test('what a trial found disappears as soon as the address is another', async () => {
  await renderWith(ConnectScreen, {});
  await fillBearer();
  await button('Test connection').click();
  await expect.element(page.getByText('The connection works')).toBeVisible();
  await field('Address').fill('other.example.org');
  await expect.element(page.getByText('The connection works')).not.toBeInTheDocument();
});

describe('an error that belongs to a field', () => {
  test.each([
    ['name', 'nameTaken', 'Name', 'Another account already has this name.'],
    ['address', 'addressNotEncrypted', 'Address', 'must start with https://'],
  ])('(%s) stands at that field, which takes the focus', async (name, reason, label, words) => {
    const backend = new FakeBackend().fail('connect_account', { code: 'invalidInput', field: name, reason });
    await renderWith(ConnectScreen, {}, backend);
    await fillBearer();
    await button('Connect').click();
    await expect.element(field(label)).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field(label)).toHaveFocus();
    await expect.element(field(label)).toHaveAccessibleDescription(expect.stringContaining(words));
  });

  test.each([
    ['bearer', 'Token', 'authentication.token', 'Token'],
    ['basic', 'User name and password', 'authentication.password', 'Password'],
    ['oauthClientCredentials', 'OAuth client', 'authentication.clientSecret', 'Client secret'],
  ])('of the credential (%s) stands at the secret', async (_kind, choice, name, label) => {
    const backend = new FakeBackend().fail('test_connection', { code: 'unauthorized', field: name });
    await renderWith(ConnectScreen, {}, backend);
    await page.getByRole('radio', { name: choice }).click({ force: true });
    await button('Test connection').click();
    const input = page.getByLabelText(label, { exact: true }).last();
    await expect.element(input).toHaveAttribute('aria-invalid', 'true');
    await expect.element(input).toHaveFocus();
  });

  test('about the certificate file opens the options that hold it', async () => {
    const backend = new FakeBackend().fail('connect_account', {
      code: 'invalidInput',
      field: 'certificateAuthority',
      reason: 'certificateFile',
    });
    await renderWith(ConnectScreen, {}, backend);
    await button('Connect').click();
    await expect.element(page.getByText('This file cannot be read as a certificate')).toBeVisible();
  });
});

test('an error about the service stands above the buttons, with its details folded', async () => {
  const backend = new FakeBackend().fail('test_connection', {
    code: 'remoteUnexpected',
    action: 'checkAddress',
    detail: '<html>Sign in</html>',
  });
  await renderWith(ConnectScreen, {}, backend);
  await fillBearer();
  await button('Test connection').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The answer makes no sense');
  await expect.element(page.getByText('<html>Sign in</html>')).not.toBeVisible();
});

test('nothing typed is lost on an error', async () => {
  const backend = new FakeBackend().fail('connect_account', { code: 'offline' });
  await renderWith(ConnectScreen, {}, backend);
  await fillBearer();
  await button('Connect').click();
  await expect.element(page.getByText('The service cannot be reached')).toBeVisible();
  await expect.element(field('Name')).toHaveValue('Head office');
  await expect.element(field('Address')).toHaveValue('id.example.org/scim/v2');
  await expect.element(page.getByLabelText('Token', { exact: true }).last()).toHaveValue('s3cret-token');
});

test('a secret is hidden until the person asks to see it', async () => {
  await renderWith(ConnectScreen, {});
  const token = page.getByLabelText('Token', { exact: true }).last();
  await token.fill('s3cret-token');
  await expect.element(token).toHaveAttribute('type', 'password');
  await button('Show: Token').click();
  await expect.element(token).toHaveAttribute('type', 'text');
  await button('Hide: Token').click();
  await expect.element(token).toHaveAttribute('type', 'password');
});

test('the form is sent by Enter and reaches each control by Tab', async () => {
  const { backend } = await renderWith(ConnectScreen, {});
  await fillBearer();
  await userEvent.keyboard('{Tab}');
  await expect.element(button('Show: Token')).toHaveFocus();
  await field('Name').click();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => backend.requests('connect_account')).toHaveLength(1);
});

test('a Logto service is connected with its endpoint and application, and help where each value is', async () => {
  const backend = new FakeBackend();
  await renderWith(ConnectScreen, {}, backend);
  await page.getByRole('radio', { name: 'Logto' }).click({ force: true });
  await expect.element(page.getByText('Logto Management API access')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'OAuth client' })).not.toBeInTheDocument();
  await field('Name').fill('Identity');
  await field('Endpoint').fill('https://ab12cd.logto.app');
  await expect
    .element(page.getByRole('textbox', { name: /^Resource indicator/ }))
    .toHaveAttribute('placeholder', 'https://ab12cd.logto.app/api');
  await field('App ID').fill('m2mapp0000000000000000');
  await page.getByLabelText('App secret', { exact: true }).last().fill('s3cret');
  await button('Connect').click();
  await expect.poll(() => backend.requests('connect_account')).toHaveLength(1);
  expect(backend.requests('connect_account')[0]?.draft).toEqual({
    provider: 'logto',
    name: 'Identity',
    address: 'https://ab12cd.logto.app',
    authentication: {
      kind: 'application',
      applicationId: 'm2mapp0000000000000000',
      applicationSecret: 's3cret',
      resource: null,
    },
    certificateAuthority: null,
  });
});

test.each([
  ['wrongSecret', 'authentication.applicationSecret', 'App secret', 'App secrets'],
  ['unknownApplication', 'authentication.applicationId', 'App ID', '21 characters'],
  ['notCoreService', 'address', 'Endpoint', 'port 3002'],
])('what is set up wrongly at Logto (%s) stands at its field', async (reason, name, label, words) => {
  const backend = new FakeBackend().fail('test_connection', { code: 'unauthorized', field: name, reason });
  await renderWith(ConnectScreen, {}, backend);
  await page.getByRole('radio', { name: 'Logto' }).click({ force: true });
  await button('Test connection').click();
  const input = page.getByLabelText(label, { exact: true }).last();
  await expect.element(input).toHaveAttribute('aria-invalid', 'true');
  await expect.element(input).toHaveAccessibleDescription(expect.stringContaining(words));
});

describe('an Uptrends account', () => {
  const lesser = () =>
    new FakeBackend({
      accounts: [fakeAccount(1, 'Night watch', { provider: 'uptrends', capabilities: lesserCapabilities })],
    });

  test('is connected with an API user, and says never to type an operator’s own login', async () => {
    const { backend } = await renderWith(ConnectScreen, {});
    await page.getByRole('radio', { name: 'Uptrends' }).click({ force: true });
    await expect.element(field('Address of the API')).toHaveValue('https://api.uptrends.com/v4');
    await expect.element(page.getByText('Never type an operator’s own e-mail and password here.')).toBeVisible();
    await field('Name').fill('Night watch');
    await field('User name of the API user').fill('a1f0c2');
    await page.getByLabelText('Password of the API user', { exact: true }).last().fill('s3cret');
    await button('Test connection').click();
    await expect.element(page.getByText('The connection works')).toBeVisible();
    expect(backend.requests('test_connection')[0]?.draft).toEqual({
      provider: 'uptrends',
      name: 'Night watch',
      address: 'https://api.uptrends.com/v4',
      authentication: { kind: 'basic', userName: 'a1f0c2', password: 's3cret' },
      certificateAuthority: null,
    });
  });

  test('is connected by signing in once, which is not tried beforehand', async () => {
    const { backend } = await renderWith(ConnectScreen, {});
    await page.getByRole('radio', { name: 'Uptrends' }).click({ force: true });
    await page.getByRole('radio', { name: 'Sign in once' }).click({ force: true });
    await expect.element(button('Test connection')).not.toBeInTheDocument();
    await field('Name').fill('Night watch');
    await field('E-mail address of the operator').fill('ines@example.com');
    await page.getByLabelText('Password of the operator', { exact: true }).last().fill('s3cret');
    await button('Connect').click();
    await expect.poll(() => backend.requests('connect_account')).toHaveLength(1);
    expect(backend.requests('connect_account')[0]?.draft.authentication).toEqual({
      kind: 'signInOnce',
      userName: 'ines@example.com',
      password: 's3cret',
    });
  });

  test('says after a trial what this credential does not get to see', async () => {
    await renderWith(ConnectScreen, {}, lesser());
    await page.getByRole('radio', { name: 'Uptrends' }).click({ force: true });
    await button('Test connection').click();
    for (const text of [
      'API users are not visible with this credential',
      'Permissions on monitors are not visible with this credential',
      'Field KeyRotationDate of API users was not recognised',
      'no limit of operators known',
    ]) {
      await expect.element(page.getByText(text)).toBeVisible();
    }
    expect(page.getByText('paged by number').elements()).toEqual([]);
  });
});
