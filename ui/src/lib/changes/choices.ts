// Values that are chosen from a few: what there is to choose, and each in words.
import type { AccountView, FieldOption } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** Stands for what the account has, where the service does not show what is set. */
const ACCOUNT_DEFAULT = 'AccountDefault';
/** The service's own words for what the account has. */
const ofAccount: ReadonlySet<unknown> = new Set([ACCOUNT_DEFAULT, 'UseAccountSetting', 'UseAccountSpecifiedDashboard']);

/** Values that are a word each. */
const spelledOut: ReadonlySet<string> = new Set(['SmsProvider', 'DefaultDashboard']);
const isGuid = (text: string): boolean => /^[0-9a-f]{8}-/i.test(text);

/** What can be chosen for the value at `path`; nothing for what is typed. */
export function choicesOf(account: AccountView | null, path: string): readonly FieldOption[] {
  return account?.capabilities?.facts?.choices[path] ?? [];
}

/** Whether the service takes it and does not show it. */
export function isWriteOnly(options: readonly FieldOption[]): boolean {
  return options.some(({ value }) => value === ACCOUNT_DEFAULT);
}

/** A value in words; nothing for one that is read as it is. */
export function choiceText(accounts: readonly AccountView[], path: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (ofAccount.has(value)) return t('uptrends.choice.account');
  if (path === 'CultureName' && typeof value === 'string') return languageText(value);
  const options = accounts.flatMap((account) => choicesOf(account, path));
  const option = options.find((each) => each.value === value);
  // The service's word for it is all that there is to say, whether or not it is among the choices.
  if (!option) return spelledOut.has(path) && typeof value === 'string' && !isGuid(value) ? spaced(value) : null;
  if (option.label !== null) return option.label;
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return typeof value === 'string' ? spaced(value) : null;
}

function languageText(code: string): string {
  try {
    return new Intl.DisplayNames([i18n.locale], { type: 'language' }).of(code) ?? code;
  } catch {
    // Not the code of a language after all.
    return code;
  }
}

/** `SmsProviderEurope2` as `Europe 2`, `UptimePerProbe` as `Uptime per probe`. */
function spaced(word: string): string {
  const rest = word.replace(/^SmsProvider/, '');
  const [first = '', ...others] = rest.split(/(?<=[a-z])(?=[A-Z0-9])/);
  return [first, ...others.map((part) => part.toLowerCase())].join(' ');
}
