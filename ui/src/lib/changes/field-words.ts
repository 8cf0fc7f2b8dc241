// What the values of a record are called, and in which part of a form they stand. A path that is not known here is shown
// as it is: better the service's own word than a guess.
import { ENTERPRISE } from '$lib/directory/raw';
import type { MessageKey } from '$lib/i18n/catalogue';
import { t } from '$lib/i18n/i18n.svelte';

/** Parts of a form, in their order. */
export const parts = ['main', 'contact', 'work', 'more', 'address', 'custom'] as const;
export type Part = (typeof parts)[number];

const words: Record<string, readonly [MessageKey, Part]> = {
  // Logto
  name: ['users.column.displayName', 'main'],
  username: ['users.column.userName', 'main'],
  primaryEmail: ['users.column.email', 'main'],
  primaryPhone: ['users.column.phone', 'main'],
  avatar: ['users.field.picture', 'more'],
  'profile.givenName': ['users.column.givenName', 'contact'],
  'profile.middleName': ['users.field.middleName', 'more'],
  'profile.familyName': ['users.column.familyName', 'contact'],
  'profile.nickname': ['users.field.nickName', 'more'],
  'profile.preferredUsername': ['changes.field.preferredUsername', 'more'],
  'profile.profile': ['changes.field.profilePage', 'more'],
  'profile.website': ['users.field.website', 'contact'],
  'profile.gender': ['users.field.gender', 'more'],
  'profile.birthdate': ['users.field.birthdate', 'more'],
  'profile.zoneinfo': ['users.field.timezone', 'contact'],
  'profile.locale': ['users.column.locale', 'contact'],
  'profile.address.formatted': ['changes.field.address.formatted', 'address'],
  'profile.address.streetAddress': ['changes.field.address.street', 'address'],
  'profile.address.locality': ['changes.field.address.locality', 'address'],
  'profile.address.region': ['changes.field.address.region', 'address'],
  'profile.address.postalCode': ['changes.field.address.postalCode', 'address'],
  'profile.address.country': ['changes.field.address.country', 'address'],
  customData: ['users.section.custom', 'custom'],
  description: ['roles.column.description', 'main'],
  isDefault: ['changes.field.isDefault', 'main'],
  isMfaRequired: ['changes.field.isMfaRequired', 'main'],
  permissions: ['changes.field.permissions', 'main'],
  invitee: ['changes.field.invitee', 'main'],
  link: ['changes.field.link', 'main'],
  isSuspended: ['changes.field.suspended', 'main'],
  // SCIM
  userName: ['users.column.userName', 'main'],
  displayName: ['users.column.displayName', 'main'],
  'name.givenName': ['users.column.givenName', 'main'],
  'name.middleName': ['users.field.middleName', 'more'],
  'name.familyName': ['users.column.familyName', 'main'],
  nickName: ['users.field.nickName', 'more'],
  'emails[primary].value': ['users.column.email', 'main'],
  'phoneNumbers[primary].value': ['users.column.phone', 'contact'],
  title: ['users.column.title', 'work'],
  userType: ['users.column.userType', 'work'],
  preferredLanguage: ['users.field.preferredLanguage', 'contact'],
  locale: ['users.column.locale', 'more'],
  timezone: ['users.field.timezone', 'more'],
  profileUrl: ['changes.field.profilePage', 'more'],
  active: ['users.column.status', 'main'],
  externalId: ['users.column.externalId', 'work'],
  [`${ENTERPRISE}:employeeNumber`]: ['users.column.employeeNumber', 'work'],
  [`${ENTERPRISE}:costCenter`]: ['users.field.costCenter', 'work'],
  [`${ENTERPRISE}:organization`]: ['users.column.organization', 'work'],
  [`${ENTERPRISE}:division`]: ['users.field.division', 'work'],
  [`${ENTERPRISE}:department`]: ['users.column.department', 'work'],
  // Uptrends
  FullName: ['users.column.displayName', 'main'],
  Email: ['users.column.email', 'main'],
  MobilePhone: ['users.column.phone', 'main'],
  BackupEmail: ['uptrends.field.backupEmail', 'main'],
  OperatorRole: ['uptrends.field.role', 'main'],
  CultureName: ['uptrends.field.culture', 'more'],
  TimeZoneId: ['uptrends.field.timeZone', 'more'],
  OutgoingPhoneNumberId: ['uptrends.field.phoneNumber', 'more'],
  UseNumericSender: ['uptrends.field.numericSender', 'more'],
  SmsProvider: ['uptrends.field.sms', 'more'],
  DefaultDashboard: ['uptrends.field.dashboard', 'more'],
  AllowNativeLogin: ['uptrends.field.password', 'more'],
  AllowSingleSignon: ['uptrends.field.sso', 'more'],
  Description: ['groups.column.displayName', 'main'],
  IsOnDuty: ['users.column.status', 'main'],
  // Parts of an edit that are no fields
  offDuty: ['changes.field.offDuty', 'main'],
  rule: ['changes.field.rule', 'main'],
  end: ['changes.field.end', 'main'],
  newName: ['changes.token.newName', 'main'],
  expiresAt: ['changes.token.expires', 'main'],
  password: ['users.field.password', 'main'],
};

/** What the value at `path` is called. */
export function fieldLabel(path: string): string {
  const known = words[path];
  if (known) return t(known[0]);
  const key = /^customData\.(.+)$/.exec(path)?.[1];
  return key === undefined ? path : t('changes.field.customKey', { key });
}

/** In which part of a form it stands. */
export function fieldPart(path: string): Part {
  return words[path]?.[1] ?? 'more';
}
