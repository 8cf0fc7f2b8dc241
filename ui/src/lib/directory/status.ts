// The words for active and suspended.
import type { ProviderKind } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { wordFor } from './provider-words';

/** `Active`, `Suspended` or `Not reported`; of an Uptrends account, whether alerts are received. */
export function statusText(active: boolean | null, provider: ProviderKind | null = null): string {
  if (active === null) return t('users.notReported');
  return wordFor(provider, active ? 'users.status.active' : 'users.status.suspended');
}
