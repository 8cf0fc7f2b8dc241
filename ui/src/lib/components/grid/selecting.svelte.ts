// The selection of a grid by name: what keys and clicks do to it, and how it is kept true when the list changes.
import { t } from '$lib/i18n/i18n.svelte';
import { toasts } from '../toasts.svelte';
import { ALL, NONE, countPicked, describe, isPicked, withRows, type Picks, type RowKey } from './picks';
import type { GridSource, ListActions } from './source';

/** Most rows between two clicks: their names have to be read. Everything at once needs no names. */
const RANGE_LIMIT = 10_000;

/** What the selection asks of its grid. */
interface Grid<Row> {
  /** Rows of the list. */
  total: () => number;
  row: (index: number) => Row | undefined;
  read: (offset: number, limit: number) => Promise<readonly Row[]>;
}

export class Selecting<Row> {
  picks = $state.raw<Picks>(NONE);
  /** True while the names of a long range are read. */
  reading = $state(false);

  #anchor = 0;
  /** What was selected before the range that is being drawn, so that it can become shorter again. */
  #base: Picks = NONE;
  #asked = 0;
  #resolved: number | undefined = $state(undefined);

  constructor(
    private readonly grid: Grid<Row>,
    private readonly source: () => GridSource<Row> | undefined,
    private readonly actions: ListActions | undefined,
  ) {}

  get possible(): boolean {
    return this.source()?.rowKey !== undefined && this.actions !== undefined;
  }

  get count(): number {
    const counted = countPicked(this.picks, this.grid.total());
    return this.picks.all ? (this.#resolved ?? counted) : counted;
  }

  get description(): { all: boolean; rows: RowKey[] } {
    return describe(this.picks);
  }

  has(row: Row | undefined): boolean {
    const key = row === undefined ? undefined : this.source()?.rowKey?.(row);
    return key !== undefined && isPicked(this.picks, key);
  }

  /** Turns row `index` over; the next range begins there. */
  toggle(index: number): void {
    const row = this.grid.row(index);
    const key = row === undefined ? undefined : this.source()?.rowKey?.(row);
    if (key === undefined) return;
    this.#anchor = index;
    this.#take(withRows(this.picks, [key], !isPicked(this.picks, key)));
    this.#base = this.picks;
  }

  /** Selects everything from where the last one was turned over to row `index`. */
  async extend(index: number): Promise<void> {
    const [first, last] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index)];
    const name = this.source()?.rowKey;
    if (name === undefined) return;
    if (last - first >= RANGE_LIMIT) {
      toasts.show(t('grid.rangeTooLong', { limit: RANGE_LIMIT }), 'info');
      return;
    }
    const asked = (this.#asked += 1);
    this.reading = true;
    try {
      const rows = await this.grid.read(first, last - first + 1);
      if (asked === this.#asked) this.#take(withRows(this.#base, rows.map(name), true));
    } catch {
      toasts.show(t('grid.rangeFailed'), 'danger');
    } finally {
      if (asked === this.#asked) this.reading = false;
    }
  }

  /** The next range begins at row `index`. */
  begin(index: number): void {
    this.#anchor = Math.max(0, index);
    this.#base = this.picks;
  }

  all(): void {
    if (this.grid.total() > 0) this.#take(ALL);
    this.#base = this.picks;
  }

  clear(): void {
    if (this.picks === NONE) return;
    this.#take(NONE);
    this.#base = NONE;
  }

  /** Another filter: whoever it does not find leaves. "All that match" would mean others now. */
  async filtered(): Promise<void> {
    if (this.picks.all) {
      this.picks = NONE;
      this.#base = NONE;
      this.#resolved = undefined;
      toasts.announce(t('grid.selectionEnded'));
      return;
    }
    await this.refreshed();
  }

  /** The list was read again: whoever it does not have any more leaves, and that is said. */
  async refreshed(): Promise<void> {
    const list = this.source()?.list;
    const { picks } = this;
    if (list === undefined || this.actions === undefined || picks === NONE) return;
    try {
      const { count, gone } = await this.actions.resolve(list, describe(picks));
      if (picks !== this.picks) return;
      if (picks.all) {
        this.#resolved = count;
      } else if (gone.length > 0) {
        const left = withRows(picks, gone, false);
        this.picks = left.rows.size === 0 ? NONE : left;
        this.#base = this.picks;
        toasts.show(t('grid.selectionLeft', { count: gone.length, left: left.rows.size }), 'info');
      }
    } catch {
      // The list itself says why it cannot be read; what is selected is resolved again before anything is done to it.
      return;
    }
  }

  #take(picks: Picks): void {
    this.#asked += 1;
    this.reading = false;
    this.picks = !picks.all && picks.rows.size === 0 ? NONE : picks;
    this.#resolved = undefined;
    toasts.announce(t('grid.selected', { rows: this.count }));
    if (this.picks.all) void this.refreshed();
  }
}
