// The state of one grid and what can be done to it, apart from the markup: position, focus, selection, columns. The DOM
// is touched in one place only, `scroller`, because the browser owns the true scroll position.
import { tick } from 'svelte';
import type { Column } from './columns';
import { HEADER, type GridPlace, type GridSize } from './keyboard';
import { mergeLayout, type ColumnLayout } from './layout';
import { PageCache, type LoadPage } from './page-cache';
import * as scroll from './scroll';
import { NOTHING, countSelected, isSelected, selectAll, selectBetween, toggle, type Selection } from './selection';

/** Height of a row, and of the header, in CSS pixels; the stylesheet is given the same number. */
export const ROW_HEIGHT = 36;

const OVERSCAN = 6;

/** One row as drawn. */
export interface DrawnRow<Row> {
  readonly index: number;
  /** Distance from the top of the box, in CSS pixels. */
  readonly y: number;
  /** `undefined` while it is being read. */
  readonly row: Row | undefined;
}

export class GridModel<Row> {
  readonly cache: PageCache<Row>;
  /** The scrolled element. */
  scroller: HTMLElement | undefined;
  /** The place that has, or would get, the focus. */
  place = $state.raw<GridPlace>({ row: 0, column: 0 });
  selection = $state.raw<Selection>(NOTHING);
  layout = $state.raw<readonly ColumnLayout[]>([]);
  /** Height of the scrolled element, header included. */
  height = $state(0);

  #columns: () => readonly Column<Row>[];
  #version = $state(0);
  #top = $state(0);
  #boxTop = $state(0);
  #anchor = 0;
  #shownQuery = 0;
  #shownRevision = 0;
  #restore: { top: number; place: GridPlace } | undefined;
  /** True while the focus is in the header only because there are no rows. */
  #parked = false;

  constructor(columns: () => readonly Column<Row>[], load: LoadPage<Row>) {
    this.#columns = columns;
    this.cache = new PageCache(load, () => this.#arrived());
  }

  /** Rows of the list; `undefined` before the first answer. */
  total = $derived.by(() => (void this.#version, this.cache.total));
  /** Rows of the list without any filter, where it knows. */
  all = $derived.by(() => (void this.#version, this.cache.all));
  /** Why the newest request failed. */
  error = $derived.by(() => (void this.#version, this.cache.error));

  geometry = $derived<scroll.ScrollGeometry>({
    rows: this.total ?? 0,
    rowHeight: ROW_HEIGHT,
    viewport: Math.max(0, this.height - ROW_HEIGHT),
  });
  boxHeight = $derived(scroll.boxHeight(this.geometry));

  /** The shown columns, in order, with their widths. */
  columns = $derived.by(() => {
    const known = this.#columns();
    return this.layout.flatMap((entry) => {
      const column = known.find((candidate) => candidate.id === entry.column);
      return column && entry.visible ? [{ ...column, width: entry.width }] : [];
    });
  });

  /** Width of all shown columns, in CSS pixels. */
  width = $derived(this.columns.reduce((sum, column) => sum + column.width, 0));

  /** The columns for the stylesheet. Until a width is chosen, they share whatever room there is. */
  template = $derived.by(() => {
    const known = this.#columns();
    const chosen = this.columns.some(({ id, width }) => known.find((column) => column.id === id)?.width !== width);
    const tracks = this.columns.map(({ width }) => (chosen ? `${width}px` : `minmax(${width}px, ${width}fr)`));
    return [...tracks, ...(chosen ? ['minmax(0, 1fr)'] : [])].join(' ');
  });

  selected = $derived(countSelected(this.selection));

  /** The rows to draw, and the focused one wherever it is, so that it keeps the focus. */
  drawn = $derived.by((): DrawnRow<Row>[] => {
    void this.#version;
    const { first, end } = scroll.drawnRows(this.geometry, this.#top, OVERSCAN);
    const offset = this.#top - this.#boxTop;
    const rows: DrawnRow<Row>[] = [];
    const add = (index: number, y: number): void => void rows.push({ index, y, row: this.cache.row(index) });
    const focused = this.place.row;
    if (focused >= 0 && focused < first) add(focused, -2 * ROW_HEIGHT);
    for (let index = first; index < end; index += 1) add(index, index * ROW_HEIGHT - offset);
    if (focused >= end && focused < this.geometry.rows) add(focused, -2 * ROW_HEIGHT);
    return rows;
  });

  get size(): GridSize {
    return { rows: this.geometry.rows, columns: this.columns.length, page: scroll.rowsPerPage(this.geometry) };
  }

  /** Arranges the columns as saved. */
  arrange(saved: readonly ColumnLayout[] | undefined): void {
    this.layout = mergeLayout(this.#columns(), saved);
  }

  /** Where the grid stands. */
  get position(): { top: number; place: GridPlace } {
    return { top: this.#top, place: this.place };
  }

  /** Begins where the grid was left, once the rows are there. */
  beginAt(position: { top: number; place: GridPlace } | undefined): void {
    this.#restore = position;
  }

  isSelected = (index: number): boolean => isSelected(this.selection, index);

  /** Moves the focus; with `extend` the selection grows from where it began. */
  moveTo(place: GridPlace, extend: boolean): void {
    if (extend) {
      if (this.selection.length === 0) this.#anchor = Math.max(0, this.place.row);
      this.selection = selectBetween(this.#anchor, place.row);
    }
    this.#parked = false;
    this.place = place;
    if (place.row !== HEADER) this.scrollTo(scroll.topToShow(this.geometry, this.#top, place.row));
  }

  /** Selects row `index` alone, adds it (`add`), or everything up to it (`extend`). */
  select(index: number, add: boolean, extend: boolean): void {
    if (extend) {
      this.selection = selectBetween(this.#anchor, index);
      return;
    }
    this.#anchor = index;
    this.selection = add ? toggle(this.selection, index) : selectBetween(index, index);
  }

  selectAll(): void {
    this.selection = selectAll(this.geometry.rows);
  }

  clearSelection(): void {
    this.selection = NOTHING;
  }

  /** The selected rows, else the focused one. */
  get rowsToCopy(): Selection {
    if (this.selection.length > 0) return this.selection;
    return this.place.row >= 0 && this.place.row < this.geometry.rows
      ? selectBetween(this.place.row, this.place.row)
      : NOTHING;
  }

  /** Shows the list from `top` on. */
  scrollTo(top: number): void {
    this.#top = scroll.clampTop(this.geometry, top);
    if (this.scroller) {
      this.scroller.scrollTop = this.#top / scroll.scrollRatio(this.geometry);
      this.#boxTop = this.scroller.scrollTop;
    }
    this.#want();
  }

  /** The browser scrolled. */
  scrolled(): void {
    if (!this.scroller) return;
    const boxTop = this.scroller.scrollTop;
    const ratio = scroll.scrollRatio(this.geometry);
    // Our own setting of a scaled position comes back rounded; only a real move counts.
    if (ratio === 1 || Math.abs(boxTop - this.#boxTop) >= 1) this.#top = scroll.clampTop(this.geometry, boxTop * ratio);
    this.#boxTop = boxTop;
    this.#want();
  }

  /** The wheel moved; false leaves it to the browser, which does it better when nothing is scaled. */
  wheel({ deltaY, deltaMode }: { deltaY: number; deltaMode: number }): boolean {
    if (scroll.scrollRatio(this.geometry) === 1) return false;
    this.scrollTo(this.#top + deltaY * ([1, ROW_HEIGHT, this.height][deltaMode] ?? 1));
    return true;
  }

  /** The visible part got another height. */
  resized(height: number): void {
    this.height = height;
    this.#want();
  }

  #want(): void {
    const { first, end } = scroll.drawnRows(this.geometry, this.#top, OVERSCAN);
    this.cache.want(first, Math.max(end, first + 1));
  }

  #arrived(): void {
    this.#version += 1;
    const { shownQuery, revision } = this.cache;
    const newQuery = shownQuery !== this.#shownQuery;
    // After a change of the mirror the rows may be others: a selection by place would silently mean somebody else.
    if (newQuery || revision !== this.#shownRevision) this.clearSelection();
    this.#keepPlace(newQuery);
    if (this.#restore) this.#begin(this.#restore);
    else if (newQuery) this.scrollTo(0);
    else this.#keepPosition();
    this.#shownQuery = shownQuery;
    this.#shownRevision = revision;
  }

  /** The box has its height only after the next drawing, and cannot be scrolled before. */
  #begin({ top, place }: { top: number; place: GridPlace }): void {
    this.#restore = undefined;
    if (place.row < this.geometry.rows) this.place = place;
    void tick().then(() => this.scrollTo(top));
  }

  /** The browser may have scrolled without having told us yet; a scaled position is ours and means another place now. */
  #keepPosition(): void {
    this.scrolled();
    if (scroll.scrollRatio(this.geometry) !== 1) this.scrollTo(this.#top);
  }

  #keepPlace(newQuery: boolean): void {
    const { row, column } = this.place;
    const rows = this.geometry.rows;
    if (rows === 0 && row !== HEADER) {
      this.#parked = true;
      this.place = { row: HEADER, column };
    } else if (rows > 0 && (this.#parked || (newQuery && row > 0))) {
      this.#parked = false;
      this.place = { row: 0, column };
    } else if (row >= rows) {
      this.place = { row: rows - 1, column };
    }
  }
}
