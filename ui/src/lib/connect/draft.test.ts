import { describe, expect, test } from 'vitest';
import { fakeError } from '../backend/fake-views';
import { ConnectDraft, CredentialDraft, defaultResource } from './draft.svelte';

describe('a draft', () => {
  test('of OAuth sends no scope where none was typed', () => {
    const draft = new ConnectDraft();
    Object.assign(draft, {
      kind: 'oauthClientCredentials',
      tokenAddress: 't',
      clientId: 'c',
      clientSecret: 's',
      scope: ' ',
    });
    expect(draft.account().authentication).toEqual({
      kind: 'oauthClientCredentials',
      tokenAddress: 't',
      clientId: 'c',
      clientSecret: 's',
      scope: null,
      parameters: {},
    });
  });

  test('sends only what belongs to the chosen kind', () => {
    const draft = new ConnectDraft();
    Object.assign(draft, { kind: 'basic', token: 'left over', userName: 'u', password: 'p' });
    expect(draft.account().authentication).toEqual({ kind: 'basic', userName: 'u', password: 'p' });
  });

  test('of a known account starts from how it signs in, and keeps the further parameters', () => {
    const known = {
      tokenAddress: 't',
      clientId: 'c',
      scope: 'read',
      parameters: { resource: 'https://api.example.org' },
    };
    const draft = new CredentialDraft({ kind: 'oauthClientCredentials', ...known });
    draft.clientSecret = 's';
    expect(draft.authentication()).toEqual({ kind: 'oauthClientCredentials', clientSecret: 's', ...known });
  });

  test('of a Logto service signs in with its application', () => {
    const draft = new ConnectDraft();
    draft.choose('logto');
    Object.assign(draft, { applicationId: 'a', applicationSecret: 's', resource: ' ' });
    expect(draft.account()).toMatchObject({
      provider: 'logto',
      authentication: { kind: 'application', applicationId: 'a', applicationSecret: 's', resource: null },
    });
    draft.forgetSecrets();
    expect(draft.applicationSecret).toBe('');
    draft.choose('scim');
    expect(draft.account().authentication.kind).toBe('bearer');
  });

  test('of an Uptrends account has the one address there is, which goes with it unless something was typed', () => {
    const draft = new ConnectDraft();
    draft.choose('uptrends');
    expect(draft.address).toBe('https://api.uptrends.com/v4');
    expect(draft.kind).toBe('basic');
    draft.choose('scim');
    expect(draft.address).toBe('');
    draft.address = 'id.example.org/scim/v2';
    draft.choose('uptrends');
    expect(draft.address).toBe('id.example.org/scim/v2');
  });

  test('knows the resource indicator of an endpoint', () => {
    expect(defaultResource('https://ab12cd.logto.app')).toBe('https://ab12cd.logto.app/api');
    expect(defaultResource('AB12CD.logto.app/')).toBe('https://ab12cd.logto.app/api');
    expect(defaultResource('https://auth.example.com:3001')).toBe('https://default.logto.app/api');
    expect(defaultResource('')).toBe('https://default.logto.app/api');
  });

  test('forgets its secrets and nothing else', () => {
    const draft = new ConnectDraft();
    Object.assign(draft, { token: 'a', password: 'b', clientSecret: 'c', userName: 'u', address: 'x' });
    draft.forgetSecrets();
    expect([draft.token, draft.password, draft.clientSecret]).toEqual(['', '', '']);
    expect([draft.userName, draft.address]).toEqual(['u', 'x']);
  });

  test('takes an error only for a field that it shows', () => {
    const draft = new ConnectDraft();
    expect(draft.accept(fakeError({ code: 'unauthorized', field: 'authentication.token' }))).toBe(true);
    expect(draft.accept(fakeError({ code: 'unauthorized', field: 'authentication.password' }))).toBe(false);
    expect(draft.accept(fakeError({ code: 'offline' }))).toBe(false);
    expect([...draft.errors.keys()]).toEqual(['authentication.token']);
  });
});
