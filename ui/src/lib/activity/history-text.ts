// What a line of history says, in a sentence's parts: what happened, to which field, from which value to which.
import type { HistoryEntryView } from '$lib/backend/bindings';
import { ENTERPRISE, plainText } from '$lib/directory/raw';
import { readRule, ruleText } from '$lib/duty/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { rightText } from '$lib/resources/words';
import type { MessageKey } from '$lib/i18n/catalogue';

const fields: Record<string, MessageKey> = {
  displayName: 'users.column.displayName',
  userName: 'users.column.userName',
  active: 'users.column.status',
  title: 'users.column.title',
  userType: 'users.column.userType',
  locale: 'users.column.locale',
  externalId: 'users.column.externalId',
  emails: 'users.column.email',
  phoneNumbers: 'users.column.phone',
  nickName: 'users.field.nickName',
  timezone: 'users.field.timezone',
  preferredLanguage: 'users.field.preferredLanguage',
  addresses: 'users.field.address',
  name: 'users.column.displayName',
  username: 'users.column.userName',
  primaryEmail: 'users.column.email',
  primaryPhone: 'users.column.phone',
  isSuspended: 'users.status.suspended',
  FullName: 'users.column.displayName',
  Email: 'users.column.email',
  MobilePhone: 'users.column.phone',
  BackupEmail: 'uptrends.field.backupEmail',
  IsOnDuty: 'uptrends.status.active',
  IsAccountAdministrator: 'uptrends.field.administrator',
  OperatorRole: 'uptrends.field.role',
  CultureName: 'users.column.locale',
  SmsProvider: 'uptrends.field.sms',
  DefaultDashboard: 'uptrends.field.dashboard',
  Description: 'groups.column.displayName',
  Name: 'resources.column.displayName',
  MonitorType: 'resources.column.type',
  MonitorMode: 'resources.column.mode',
  IsActive: 'resources.column.active',
  description: 'tokens.column.description',
  owner: 'tokens.column.owner',
  'profile.givenName': 'users.column.givenName',
  'profile.familyName': 'users.column.familyName',
  'profile.locale': 'users.column.locale',
  'name.givenName': 'users.column.givenName',
  'name.familyName': 'users.column.familyName',
  'name.middleName': 'users.field.middleName',
  department: 'users.column.department',
  organization: 'users.column.organization',
  employeeNumber: 'users.column.employeeNumber',
  costCenter: 'users.field.costCenter',
  division: 'users.field.division',
  manager: 'users.field.manager',
  'manager.value': 'users.field.manager',
  'manager.displayName': 'users.field.manager',
  createdAt: 'users.column.createdAt',
};

/** A point in time as records carry it: RFC 3339 with its zone. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The label of the attribute `path`, or the path itself where it has none. */
function fieldLabel(path: string): string {
  const short = path.startsWith(ENTERPRISE) ? path.slice(ENTERPRISE.length + 1) : path;
  const key = fields[short];
  return key ? t(key) : short;
}

/** Whether there was no value at all. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** A value of `field` in words. */
export function valueText(value: unknown, field: string | null): string {
  if (isNothing(value)) return t('activity.nothing');
  if (field === 'active' && typeof value === 'boolean') {
    return t(value ? 'users.status.active' : 'users.status.suspended');
  }
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'string' && moment.test(value)) return i18n.dateTime(Date.parse(value));
  return plainText(value);
}

/** What of a line its sentence needs. */
type Told = Pick<HistoryEntryView, 'subject' | 'action' | 'name' | 'memberId' | 'memberName' | 'field'> &
  Partial<Pick<HistoryEntryView, 'before' | 'after'>>;

/** `User added`, `Joined Finance`… what happened, seen from the page about `about` (or from a list about nobody). */
export function eventText(entry: Told, about: string | null): string {
  const owner = entry.memberName ?? entry.memberId ?? '';
  if (entry.subject === 'roleAssignment') {
    const given = entry.action === 'added' ? 'assigned' : 'unassigned';
    return t(`activity.event.${given}`, { member: owner, role: entry.name });
  }
  if (entry.subject === 'resourceMembership') {
    const action = entry.action === 'removed' ? 'removed' : 'added';
    return t(`activity.event.resourceMembership.${action}`, { member: owner, group: entry.name });
  }
  if (entry.subject === 'grant') {
    const action = entry.action === 'removed' ? 'removed' : 'added';
    return t(`activity.event.grant.${action}`, { owner, right: rightText(entry.name) });
  }
  if (entry.subject === 'offDutyPeriod' && entry.action !== 'changed') {
    const known = readRule(entry.action === 'added' ? entry.after : entry.before);
    const rule = known === null ? entry.name : ruleText(known);
    return t(`activity.event.offDutyPeriod.${entry.action}`, { owner, rule });
  }
  if (entry.subject !== 'membership') {
    if (entry.action === 'changed') return entry.field ? fieldLabel(entry.field) : t('activity.event.changed');
    return t(`activity.event.${entry.subject}.${entry.action}`, { owner });
  }
  const joined = entry.action === 'added' ? 'joined' : 'left';
  const member = entry.memberName ?? entry.memberId ?? '';
  if (about !== null && about === entry.memberId) return t(`activity.event.${joined}.group`, { group: entry.name });
  if (about !== null) return t(`activity.event.${joined}.member`, { member });
  return t(`activity.event.${joined}`, { member, group: entry.name });
}
