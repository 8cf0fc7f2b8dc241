// Where rows stand while scrolling. Browsers cap the height of an element (WebKit at some 33 million px, others lower), so
// a list above MAX_BOX_HEIGHT gets a shorter box whose scroll position is scaled. The exact position then lives in `top`,
// because the box's own position is too coarse to tell rows apart.

/** Greatest height of the scrolled box, in CSS pixels. */
export const MAX_BOX_HEIGHT = 8_000_000;

/** Greatest number of rows drawn at once, whatever the box claims to measure. */
export const MAX_DRAWN_ROWS = 120;

/** What is scrolled: all heights in CSS pixels. */
export interface ScrollGeometry {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of the part that shows rows. */
  readonly viewport: number;
}

/** Height that all rows together would need. */
function listHeight(geometry: ScrollGeometry): number {
  return geometry.rows * geometry.rowHeight;
}

/** Height of the box that is really scrolled. */
export function boxHeight(geometry: ScrollGeometry): number {
  return Math.min(listHeight(geometry), MAX_BOX_HEIGHT);
}

/** List pixels for one pixel of the box; 1 while nothing is scaled. */
export function scrollRatio(geometry: ScrollGeometry): number {
  const scrollable = boxHeight(geometry) - geometry.viewport;
  if (listHeight(geometry) <= MAX_BOX_HEIGHT || scrollable <= 0) return 1;
  return (listHeight(geometry) - geometry.viewport) / scrollable;
}

/** `top` kept between the first and the last possible position. */
export function clampTop(geometry: ScrollGeometry, top: number): number {
  return Math.max(0, Math.min(top, listHeight(geometry) - geometry.viewport));
}

/** The rows that `top` shows, the last one not included. */
export function visibleRows(geometry: ScrollGeometry, top: number): { first: number; end: number } {
  const first = Math.max(0, Math.min(Math.floor(top / geometry.rowHeight), geometry.rows - 1));
  const last = Math.ceil((top + geometry.viewport) / geometry.rowHeight);
  return { first, end: Math.max(first, Math.min(last, geometry.rows, first + MAX_DRAWN_ROWS)) };
}

/** The rows to draw: the visible ones and `overscan` on each side, never more than MAX_DRAWN_ROWS. */
export function drawnRows(geometry: ScrollGeometry, top: number, overscan: number): { first: number; end: number } {
  const visible = visibleRows(geometry, top);
  const first = Math.max(0, visible.first - overscan);
  return { first, end: Math.min(geometry.rows, visible.end + overscan, first + MAX_DRAWN_ROWS) };
}

/** The smallest move of `top` that shows row `index` in full. */
export function topToShow(geometry: ScrollGeometry, top: number, index: number): number {
  const start = index * geometry.rowHeight;
  if (start < top) return clampTop(geometry, start);
  const end = start + geometry.rowHeight;
  if (end > top + geometry.viewport) return clampTop(geometry, end - geometry.viewport);
  return clampTop(geometry, top);
}

/** Whole rows that fit, at least one: the step of Page Up and Page Down. */
export function rowsPerPage(geometry: ScrollGeometry): number {
  return Math.max(1, Math.floor(geometry.viewport / geometry.rowHeight));
}
