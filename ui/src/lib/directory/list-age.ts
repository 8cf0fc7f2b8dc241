// How old a list over several accounts is.
import type { AccountView } from '$lib/backend/bindings';

export interface ListAge {
  /** Oldest read among the accounts that were read, milliseconds UTC; `null` when none was. */
  readonly oldest: number | null;
  /** Names of the accounts whose list was never read completely. */
  readonly unread: readonly string[];
}

export function listAge(accounts: readonly AccountView[], stream: 'users' | 'groups'): ListAge {
  const states = accounts.map((account) => ({
    name: account.name,
    state: stream === 'users' ? account.usersState : account.groupsState,
  }));
  const ages = states.flatMap(({ state }) => (state ? [state.syncedAt] : []));
  return {
    oldest: ages.length > 0 ? Math.min(...ages) : null,
    unread: states.filter(({ state }) => state === null).map(({ name }) => name),
  };
}
