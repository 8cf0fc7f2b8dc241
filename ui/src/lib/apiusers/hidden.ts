// Accounts whose service does not list API users to us, and where a list of one's own is read.
import type { AccountId, AccountView, TokenRow } from '$lib/backend/bindings';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { link } from '$lib/navigation';

/** Whether the service keeps its API users from this credential, or does not know of them. */
export function hidesApiUsers({ capabilities }: Pick<AccountView, 'capabilities'>): boolean {
  return capabilities?.facts?.apiUsersHidden ?? false;
}

export function apiUsersImportLink(account: AccountId): string {
  return link('/tokens/import', { account });
}

/** `Imported 26 Nov 2026`, `Made here 26 Nov 2026`; nothing for what the service lists itself. */
export function sourceText({ importedAt, madeHere }: Pick<TokenRow, 'importedAt' | 'madeHere'>): string {
  if (importedAt === null) return '';
  return t(madeHere ? 'apiusers.madeOn' : 'apiusers.importedOn', { when: i18n.date(importedAt) });
}
