import { expect, test } from 'vitest';
import type { AccountView } from '$lib/backend/bindings';
import { choiceText, choicesOf, isWriteOnly } from './choices';

const choices = {
  TimeZoneId: [{ value: 56, label: 'GMT-06:00* Central time' }],
  SmsProvider: [
    { value: 'UseAccountSetting', label: null },
    { value: 'SmsProviderEurope2', label: null },
  ],
  DefaultDashboard: [{ value: 'UptimePerProbe', label: null }],
  AllowNativeLogin: [
    { value: 'AccountDefault', label: null },
    { value: true, label: null },
  ],
};
const account = { capabilities: { facts: { choices } } } as unknown as AccountView;

test.each([
  ['TimeZoneId', 56, 'GMT-06:00* Central time'],
  ['SmsProvider', 'UseAccountSetting', 'As the account has it'],
  ['SmsProvider', 'SmsProviderEurope2', 'Europe 2'],
  ['DefaultDashboard', 'UptimePerProbe', 'Uptime per probe'],
  ['AllowNativeLogin', true, 'Yes'],
  ['CultureName', 'nl-NL', 'Dutch (Netherlands)'],
  ['FullName', 'Ada', null],
  ['TimeZoneId', null, null],
])('%s %s is told as %s', (path, value, text) => {
  expect(choiceText([account], path, value)).toBe(text);
});

test('what can be taken back unseen is what the service does not show', () => {
  expect(isWriteOnly(choicesOf(account, 'AllowNativeLogin'))).toBe(true);
  expect(isWriteOnly(choicesOf(account, 'SmsProvider'))).toBe(false);
});
