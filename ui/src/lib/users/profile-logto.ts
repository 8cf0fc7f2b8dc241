// The profile of a Logto user. Logto knows no work (job title, department): what an owner adds stands in the custom data.
import type { UserDetailView } from '$lib/backend/bindings';
import { addressText, otherAttributes, rawText } from '$lib/directory/raw';
import type { Fact } from '$lib/directory/facts';
import { t } from '$lib/i18n/i18n.svelte';
import { reported, type ProfileSection } from './profile';

/** Attributes that the sections show; all others go to the last one. */
const shown = [
  ...['id', 'username', 'primaryEmail', 'primaryPhone', 'name', 'avatar', 'customData', 'identities', 'lastSignInAt'],
  ...['createdAt', 'updatedAt', 'applicationId', 'isSuspended', 'hasPassword', 'ssoIdentities'],
  ...['familyName', 'givenName', 'middleName', 'nickname', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale'].map(
    (name) => `profile.${name}`,
  ),
  'profile.address',
];

/** All sections, in order. */
export function logtoSections(view: UserDetailView): ProfileSection[] {
  const { raw } = view;
  return [
    { id: 'identity', facts: identity(view) },
    { id: 'contact', facts: contact(view) },
    { id: 'account', facts: account(view) },
    { id: 'custom', facts: codes(otherAttributes(at(raw, 'customData'), [])) },
    { id: 'other', facts: codes(otherAttributes(raw, shown)) },
  ];
}

function identity({ row, raw }: UserDetailView): Fact[] {
  const profile = (name: string) => rawText(raw, 'profile', name);
  return [
    { label: t('users.column.displayName'), value: row.displayName },
    { label: t('users.column.givenName'), value: row.givenName },
    { label: t('users.column.familyName'), value: row.familyName },
    ...reported([
      { label: t('users.field.middleName'), value: profile('middleName') },
      { label: t('users.field.nickName'), value: profile('nickname') },
      { label: t('users.field.gender'), value: profile('gender') },
      { label: t('users.field.birthdate'), value: profile('birthdate') },
    ]),
    { label: t('users.column.locale'), value: row.locale },
    ...reported([{ label: t('users.field.picture'), value: rawText(raw, 'avatar') }]),
  ];
}

function contact({ row, raw }: UserDetailView): Fact[] {
  return [
    { label: t('users.column.email'), value: row.email },
    { label: t('users.column.phone'), value: row.phone },
    ...reported([
      { label: t('users.field.address'), value: addressText(at(at(raw, 'profile'), 'address')) },
      { label: t('users.field.website'), value: rawText(raw, 'profile', 'website') },
      { label: t('users.field.timezone'), value: rawText(raw, 'profile', 'zoneinfo') },
    ]),
  ];
}

function account({ row, raw, firstSeenAt, lastChangedAt }: UserDetailView): Fact[] {
  const password = at(raw, 'hasPassword');
  const lastSignIn = at(raw, 'lastSignInAt');
  return [
    { label: t('users.column.userName'), value: rawText(raw, 'username') },
    { label: t('users.field.remoteId'), value: row.remoteId, code: true },
    ...reported([
      {
        label: t('users.field.password'),
        value:
          typeof password === 'boolean' ? t(password ? 'users.field.passwordSet' : 'users.field.passwordNone') : null,
      },
    ]),
    typeof lastSignIn === 'number'
      ? { label: t('users.field.lastSignIn'), at: lastSignIn }
      : { label: t('users.field.lastSignIn'), value: lastSignIn === null ? t('users.field.never') : null },
    { label: t('users.column.createdAt'), at: row.createdAt },
    { label: t('users.column.modifiedAt'), at: row.modifiedAt },
    { label: t('users.field.firstSeen'), at: firstSeenAt },
    { label: t('users.field.lastChanged'), at: lastChangedAt },
    ...reported([{ label: t('users.field.firstApplication'), value: rawText(raw, 'applicationId'), code: true }]),
  ];
}

function codes(attributes: readonly { path: string; value: string }[]): Fact[] {
  return attributes.map(({ path, value }) => ({ label: path, value, code: true }));
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
