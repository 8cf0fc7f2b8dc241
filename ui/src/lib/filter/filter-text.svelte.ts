// The filter of the users, shared by whoever writes it (the search box, facets, kept filters) and whoever shows it. What is
// typed counts at once; the address follows, and a slow change of screen holds nobody up.
import { HubError } from '$lib/backend/backend';
import type { FilterErrorCode } from '$lib/backend/bindings';
import { currentPath, currentQuery, open, screenLink } from '$lib/navigation';

/** Why a filter is not understood, and where. */
export interface FilterProblem {
  /** The filter. */
  text: string;
  code: FilterErrorCode;
  /** Units of the text. */
  start: number;
  end: number;
  typed: string;
  hint: string | null;
}

class FilterText {
  /** Written, and not in the address yet. */
  #written = $state<string | null>(null);
  /** The newest filter that was not understood. */
  problem = $state.raw<FilterProblem | null>(null);
  /** The newest filter that was: the one whose users are on show. */
  shown = $state('');

  /** The filter as it stands in the search box. */
  get text(): string {
    return this.#written ?? (currentPath() === '/users' ? (currentQuery().get('text') ?? '') : '');
  }

  /** Shows the users with another filter. */
  async write(text: string): Promise<void> {
    this.#written = text;
    const onUsers = currentPath() === '/users';
    const query = onUsers ? Object.fromEntries(currentQuery()) : {};
    try {
      await open(screenLink('users', { ...query, text }), { replace: onUsers });
    } finally {
      if (this.#written === text) this.#written = null;
    }
  }
}

export const filterText = new FilterText();

/** What the core found wrong with a filter; `null` for any other failure. */
export function filterProblem(thrown: unknown, text: string): FilterProblem | null {
  if (!(thrown instanceof HubError) || thrown.error.reason !== 'filter') return null;
  const { filterCode, start, end, typed, hint } = thrown.error.values;
  return {
    text,
    code: filterCode as FilterErrorCode,
    start: Number(start),
    end: Number(end),
    typed: typed ?? '',
    hint: hint ?? null,
  };
}
