// The profile of an Uptrends operator. What the service does not reliably give back (language, ways to sign in) is shown
// where it was given, and not missed where it was not.
import { choiceText } from '$lib/changes/choices';
import type { Fact } from '$lib/directory/facts';
import { otherAttributes, rawText } from '$lib/directory/raw';
import { wordFor } from '$lib/directory/provider-words';
import { t } from '$lib/i18n/i18n.svelte';
import { reported, type Profile, type ProfileSection } from './profile';

/** Attributes that the sections show, or that say nothing by themselves; all others go to the last one. */
const shown = [
  ...['OperatorGuid', 'Hash', 'FullName', 'Email', 'MobilePhone', 'BackupEmail', 'IsOnDuty', 'IsAccountAdministrator'],
  ...['CultureName', 'OperatorRole', 'SmsProvider', 'DefaultDashboard', 'AllowNativeLogin', 'AllowSingleSignon'],
];

/** All sections, in order. */
export function uptrendsSections({ row, raw, firstSeenAt, lastChangedAt }: Profile): ProfileSection[] {
  const yesOrNo = (name: string): string | null => {
    const value = rawText(raw, name);
    return value === null ? null : t(value === 'true' ? 'common.yes' : 'common.no');
  };
  const worded = (name: string): string | null => {
    const value = rawText(raw, name);
    return choiceText([], name, value) ?? value;
  };
  return [
    {
      id: 'identity',
      facts: [
        { label: t('users.column.displayName'), value: row.displayName },
        { label: wordFor('uptrends', 'users.status.active'), value: yesOrNo('IsOnDuty') },
        { label: t('uptrends.field.administrator'), value: yesOrNo('IsAccountAdministrator') },
        ...reported([
          { label: t('uptrends.field.role'), value: row.userType },
          { label: t('users.column.locale'), value: row.locale },
        ]),
      ],
    },
    {
      id: 'contact',
      facts: [
        { label: t('users.column.email'), value: row.email },
        ...reported([{ label: t('uptrends.field.backupEmail'), value: rawText(raw, 'BackupEmail') }]),
        { label: t('users.column.phone'), value: row.phone },
        ...reported([{ label: t('uptrends.field.sms'), value: worded('SmsProvider') }]),
      ],
    },
    {
      id: 'account',
      facts: [
        ...reported([
          { label: t('uptrends.field.password'), value: yesOrNo('AllowNativeLogin') },
          { label: t('uptrends.field.sso'), value: yesOrNo('AllowSingleSignon') },
          { label: t('uptrends.field.dashboard'), value: worded('DefaultDashboard') },
        ]),
        { label: t('users.field.remoteId'), value: row.remoteId, code: true },
        ...(firstSeenAt === null ? [] : [{ label: t('users.field.firstSeen'), at: firstSeenAt }]),
        ...(lastChangedAt === null ? [] : [{ label: t('users.field.lastChanged'), at: lastChangedAt }]),
      ] satisfies Fact[],
    },
    { id: 'other', facts: otherAttributes(raw, shown).map(({ path, value }) => ({ label: path, value, code: true })) },
  ];
}
