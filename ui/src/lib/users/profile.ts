// The profile of a user as sections of facts: what the core knows, completed from the record. A fact without a value is
// kept where a reader would look for it, so that the page can say "not reported" instead of leaving doubt.
import type { ProviderKind, UserDetailView, UserRow } from '$lib/backend/bindings';
import { ENTERPRISE, otherAttributes, rawText, rawValues } from '$lib/directory/raw';
import type { Fact } from '$lib/directory/facts';
import { t } from '$lib/i18n/i18n.svelte';
import { logtoSections } from './profile-logto';
import { uptrendsSections } from './profile-uptrends';

/** One section of the profile. */
export interface ProfileSection {
  readonly id: 'identity' | 'contact' | 'work' | 'account' | 'custom' | 'other';
  readonly facts: readonly Fact[];
}

/** Attributes that the sections below show; all others go to the last one. */
const shown = [
  ...['schemas', 'id', 'externalId', 'userName', 'displayName', 'active', 'groups', 'nickName', 'title', 'userType'],
  ...['name.formatted', 'name.givenName', 'name.familyName', 'name.middleName', 'emails', 'phoneNumbers', 'addresses'],
  ...['locale', 'preferredLanguage', 'timezone', 'meta.created', 'meta.lastModified', 'meta.version'],
  ...['meta.resourceType', 'meta.location'],
  ...['department', 'organization', 'employeeNumber', 'costCenter', 'division', 'manager'].map(
    (name) => `${ENTERPRISE}.${name}`,
  ),
];

/** What a profile is made of; as it was, it has no times of ours. */
export type Profile = Pick<UserDetailView, 'row' | 'raw'> & Record<'firstSeenAt' | 'lastChangedAt', number | null>;

/** All sections, in order: each kind of service has its own attributes. */
export function profileSections(view: Profile, provider: ProviderKind): ProfileSection[] {
  switch (provider) {
    case 'logto':
      return logtoSections(view);
    case 'uptrends':
      return uptrendsSections(view);
    case 'scim':
    case 'roster':
      return scimSections(view);
  }
}

function scimSections({ row, raw, firstSeenAt, lastChangedAt }: Profile): ProfileSection[] {
  return [
    { id: 'identity', facts: identity(row, raw) },
    { id: 'contact', facts: contact(row, raw) },
    { id: 'work', facts: work(row, raw) },
    { id: 'account', facts: account(row, raw, firstSeenAt, lastChangedAt) },
    { id: 'other', facts: otherAttributes(raw, shown).map(({ path, value }) => ({ label: path, value, code: true })) },
  ];
}

function identity(row: UserRow, raw: unknown): Fact[] {
  return [
    { label: t('users.column.displayName'), value: row.displayName },
    { label: t('users.column.givenName'), value: row.givenName },
    { label: t('users.column.familyName'), value: row.familyName },
    ...reported([
      { label: t('users.field.middleName'), value: rawText(raw, 'name', 'middleName') },
      { label: t('users.field.nickName'), value: rawText(raw, 'nickName') },
    ]),
    { label: t('users.column.locale'), value: row.locale },
    ...reported([{ label: t('users.field.preferredLanguage'), value: rawText(raw, 'preferredLanguage') }]),
  ];
}

function contact(row: UserRow, raw: unknown): Fact[] {
  const others = (name: string, first: string | null, label: string): Fact[] =>
    rawValues(raw, name)
      .filter(({ value }) => value !== first)
      .map(({ value, type }) => ({ label: type === null ? label : `${label} (${type})`, value }));
  return [
    { label: t('users.column.email'), value: row.email },
    ...others('emails', row.email, t('users.field.otherEmails')),
    { label: t('users.column.phone'), value: row.phone },
    ...others('phoneNumbers', row.phone, t('users.field.otherPhones')),
    ...others('addresses', null, t('users.field.address')),
    ...reported([{ label: t('users.field.timezone'), value: rawText(raw, 'timezone') }]),
  ];
}

function work(row: UserRow, raw: unknown): Fact[] {
  const manager = rawText(raw, ENTERPRISE, 'manager', 'displayName') ?? rawText(raw, ENTERPRISE, 'manager', 'value');
  return [
    { label: t('users.column.title'), value: row.title },
    { label: t('users.column.department'), value: row.department },
    { label: t('users.column.organization'), value: row.organization },
    { label: t('users.column.employeeNumber'), value: row.employeeNumber },
    { label: t('users.column.userType'), value: row.userType },
    ...reported([
      { label: t('users.field.manager'), value: manager ?? rawText(raw, ENTERPRISE, 'manager') },
      { label: t('users.field.costCenter'), value: rawText(raw, ENTERPRISE, 'costCenter') },
      { label: t('users.field.division'), value: rawText(raw, ENTERPRISE, 'division') },
    ]),
  ];
}

function account(row: UserRow, raw: unknown, firstSeenAt: number | null, lastChangedAt: number | null): Fact[] {
  return [
    { label: t('users.column.userName'), value: row.userName },
    { label: t('users.column.externalId'), value: row.externalId, code: true },
    { label: t('users.field.remoteId'), value: row.remoteId, code: true },
    { label: t('users.column.createdAt'), at: row.createdAt },
    { label: t('users.column.modifiedAt'), at: row.modifiedAt },
    ...(firstSeenAt === null ? [] : [{ label: t('users.field.firstSeen'), at: firstSeenAt }]),
    ...(lastChangedAt === null ? [] : [{ label: t('users.field.lastChanged'), at: lastChangedAt }]),
    ...reported([{ label: t('users.field.version'), value: rawText(raw, 'meta', 'version'), code: true }]),
  ];
}

/** Rare attributes: shown where reported, not missed where not. */
export function reported(facts: Fact[]): Fact[] {
  return facts.filter((fact) => 'value' in fact && fact.value !== null);
}
