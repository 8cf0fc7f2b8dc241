// What is known of a token, in words. What a service does not report is said to be so, and never called "never".
import type { TokenOwnerView, TokenRow, TokenState } from '$lib/backend/bindings';
import { userLink } from '$lib/directory/links';
import type { MessageKey } from '$lib/i18n/catalogue';
import { i18n, t } from '$lib/i18n/i18n.svelte';

type Expiry = Pick<TokenRow, 'expiresAt' | 'expiryKnown'>;
type Use = Pick<TokenRow, 'lastUsedAt' | 'lastUseKnown'>;

/** `20 Nov 2026`, `Never` or `Not reported`. */
export function expiryText({ expiresAt, expiryKnown }: Expiry, write = i18n.date): string {
  if (expiresAt !== null) return write(expiresAt);
  return t(expiryKnown ? 'common.never' : 'users.notReported');
}

/** `20 Nov 2026`, `Never` or `Not reported`. */
export function useText({ lastUsedAt, lastUseKnown }: Use, write = i18n.date): string {
  if (lastUsedAt !== null) return write(lastUsedAt);
  return t(lastUseKnown ? 'common.never' : 'users.notReported');
}

export function requestsText({ requests }: Pick<TokenRow, 'requests'>): string {
  return requests === null ? t('users.notReported') : i18n.number(requests);
}

/** Made within 30 days and not used yet: neither idle nor in use, as the card of the Hub counts it. */
export function isNew({ createdAt, lastUsedAt, requests }: TokenRow): boolean {
  const month = 30 * 86_400_000;
  return lastUsedAt === null && (requests ?? 0) === 0 && createdAt !== null && createdAt > i18n.now - month;
}

const accessTypes: Record<string, MessageKey> = {
  Generic: 'tokens.accessType.Generic',
  MobileApp: 'tokens.accessType.MobileApp',
  TransactionRecorder: 'tokens.accessType.TransactionRecorder',
  Grafana: 'tokens.accessType.Grafana',
};

/** What an API user is for; a word that is not known here is shown as the service writes it. */
export function accessText({ accessType }: Pick<TokenRow, 'accessType'>): string {
  if (accessType === null) return '';
  const key = Object.hasOwn(accessTypes, accessType) ? accessTypes[accessType] : undefined;
  return key === undefined ? accessType : t(key);
}

type Standing = Pick<TokenRow, 'state' | 'expiresAt'>;

/** Where the token stands now: its end may have come since it was read. */
export function stateOf({ state, expiresAt }: Standing): TokenState {
  return expiresAt !== null && expiresAt <= i18n.now ? 'expired' : state;
}

/** Where the token stands, in words; of one that expires soon, when. */
export function stateText(row: Standing): string {
  const state = stateOf(row);
  if (state === 'expiring') return t('tokens.state.expires', { when: i18n.age(row.expiresAt ?? i18n.now) });
  return t(`tokens.state.${state}`);
}

/** Where an owner's page is; nothing for who is gone or not known, and for applications, which have none. */
export function ownerLink(accountId: number, owner: TokenOwnerView): string | undefined {
  return owner.kind === 'user' && owner.state !== 'gone' && owner.state !== 'unknown'
    ? userLink(accountId, owner.remoteId)
    : undefined;
}
