import { beforeEach, expect, test } from 'vitest';
import { fakeError } from '../backend/fake-views';
import type { ErrorCode } from '../backend/bindings';
import { languages } from '../i18n/catalogue';
import { i18n } from '../i18n/i18n.svelte';
import { errorText, errorTitle, presentations } from './presentation';

beforeEach(() => i18n.use('en', 'en-GB'));

const codes = Object.keys(presentations) as ErrorCode[];

test.each(languages)('every error has a title and a text of its own in %s', (language) => {
  i18n.use(language, null);
  const titles = codes.map((code) => errorTitle(fakeError({ code })));
  const texts = codes.map((code) => errorText(fakeError({ code, message: 'What the core says.' })));
  expect(new Set(titles).size).toBe(codes.length);
  expect(new Set(texts).size).toBe(codes.length);
  expect([...titles, ...texts].filter((words) => /errors\.|[{}]|undefined/.test(words))).toEqual([]);
});

test('an unreachable service is named when its name is known', () => {
  expect(errorText(fakeError({ code: 'offline', values: { host: 'id.example.org' } }))).toContain('id.example.org');
  expect(errorText(fakeError({ code: 'offline' }))).toContain('the service');
});

test('a service that asks to wait is quoted with its seconds', () => {
  expect(errorText(fakeError({ code: 'rateLimited', retryAfterSeconds: 30 }))).toContain('30 seconds');
  expect(errorText(fakeError({ code: 'rateLimited' }))).toContain('a few minutes');
});

test.each([
  'required',
  'addressNotAnAddress',
  'addressNotEncrypted',
  'addressNotWeb',
  'addressContainsCredential',
  'addressContainsQuery',
  'certificateFile',
  'credentialElsewhere',
  'nameTaken',
  'byHand',
  'inTheFuture',
  'resourceIndicator',
  'wrongSecret',
  'expiredSecret',
  'unknownApplication',
  'notMachineToMachine',
  'unknownResource',
  'roleMissing',
  'notCoreService',
  'otherTenant',
  'tokenQuota',
])('a refused value (%s) says why in its own words', (reason) => {
  const text = errorText(fakeError({ code: 'invalidInput', reason, message: 'The core says.' }));
  expect(text).not.toContain('The core says.');
  expect(text).not.toContain('errors.');
});

test('a refused value for another reason says what the core says', () => {
  expect(errorText(fakeError({ code: 'invalidInput', reason: 'other', message: 'Too long.' }))).toContain('Too long.');
});
