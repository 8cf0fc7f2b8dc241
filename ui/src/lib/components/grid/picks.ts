// Which rows of a list are selected, by name: kept while the list is scrolled, sorted and synced. "All that match but
// these" names only the exceptions, so that a hundred thousand rows take no room here.

/** Names a row, wherever it stands. */
export interface RowKey {
  readonly accountId: number;
  readonly remoteId: string;
}

export interface Picks {
  /** All rows of the list, but `rows`; else only `rows`. */
  readonly all: boolean;
  readonly rows: ReadonlyMap<string, RowKey>;
}

/** Nothing selected. */
export const NONE: Picks = { all: false, rows: new Map() };

/** Everything that matches. */
export const ALL: Picks = { all: true, rows: new Map() };

function textOf({ accountId, remoteId }: RowKey): string {
  return `${accountId} ${remoteId}`;
}

export function isPicked(picks: Picks, key: RowKey): boolean {
  return picks.rows.has(textOf(key)) !== picks.all;
}

/** The same with these rows selected, or not. */
export function withRows(picks: Picks, keys: Iterable<RowKey>, picked: boolean): Picks {
  const rows = new Map(picks.rows);
  for (const key of keys) {
    if (picked === picks.all) rows.delete(textOf(key));
    else rows.set(textOf(key), key);
  }
  return { all: picks.all, rows };
}

/** How many rows of a list of `total` are selected. */
export function countPicked({ all, rows }: Picks, total: number): number {
  return all ? Math.max(0, total - rows.size) : rows.size;
}

/** As the core is told. */
export function describe({ all, rows }: Picks): { all: boolean; rows: RowKey[] } {
  return { all, rows: [...rows.values()] };
}
