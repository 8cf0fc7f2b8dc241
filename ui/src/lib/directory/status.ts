// The words for active and suspended.
import { t } from '$lib/i18n/i18n.svelte';

/** `Active`, `Suspended` or `Not reported`. */
export function statusText(active: boolean | null): string {
  if (active === null) return t('users.notReported');
  return t(active ? 'users.status.active' : 'users.status.suspended');
}
