// Addresses of the screens of organisations that are kept by hand.
import type { AccountId, AccountView } from '$lib/backend/bindings';
import { link } from '$lib/navigation';

export function rosterImportLink(account: AccountId): string {
  return link('/organizations/import', { account });
}

export function reviewLink(account: AccountId): string {
  return link('/organizations/review', { account });
}

/** Whether an account is kept by hand: nothing is ever sent, and what is done is ticked. */
export function isRoster(account: Pick<AccountView, 'provider'> | null | undefined): boolean {
  return account?.provider === 'roster';
}
