// A list that is here as a whole already, for a grid.
import type { LoadPage } from './page-cache';

/** Reads pages of what `rows` gives at that moment. */
export function fromMemory<Row>(rows: () => readonly Row[]): LoadPage<Row> {
  return (offset, limit) => {
    const all = rows();
    return Promise.resolve({ total: all.length, revision: 0, rows: all.slice(offset, offset + limit) });
  };
}
