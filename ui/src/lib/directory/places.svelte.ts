// Where the person was in each list, so that "All users" on a page leads back to the list as it was left: same filter,
// same order. Kept while the window is open.
import type { Screen } from '$lib/navigation';

const addresses = $state<Partial<Record<Screen, string>>>({});

/** Remembers the address of a list. */
export function rememberList(screen: Screen, address: string): void {
  addresses[screen] = address;
}

/** Address of a list as it was left; `usual` before the first visit. */
export function lastList(screen: Screen, usual: string): string {
  return addresses[screen] ?? usual;
}
