// What acts on one row of a grid: a column of buttons, and a key for whoever uses no pointer.
import type { Snippet } from 'svelte';
import type { PendingView } from '$lib/backend/bindings';
import type { Column } from '$lib/components/grid/columns';
import { t } from '$lib/i18n/i18n.svelte';

/** Rows by their places, as far as a list has read them. */
export class RowPlaces<Row> {
  readonly #rows = new Map<number, Row>();

  /** Keeps a page that begins at `offset`. */
  keep(offset: number, rows: readonly Row[]): void {
    rows.forEach((row, index) => this.#rows.set(offset + index, row));
  }

  /** The row that an event comes from, if it comes from one. */
  at(target: EventTarget | null): Row | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    return cell ? this.#rows.get(Number(cell.dataset['row'])) : undefined;
  }
}

/** A last column of buttons; by keyboard the same is done with keys that the list names. */
export function actionsColumn<Row>(cell: Snippet<[Row]>, width: number): Column<Row> {
  return { id: 'actions', label: t('changes.column.actions'), width, sortable: false, text: () => '', cell };
}

/** A name as it would be; copied is the one that the service confirmed. */
export function nameCells<Row extends { displayName: string; pending: PendingView | null }>(
  cell: Snippet<[Row]>,
): Pick<Column<Row>, 'text' | 'copy' | 'cell'> {
  return {
    text: ({ displayName, pending }) => pending?.displayName ?? displayName,
    copy: ({ displayName }) => displayName,
    cell,
  };
}
