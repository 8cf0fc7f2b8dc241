// Rows of a list of any size, read in pages when they come into view. Three things it keeps true:
// - the newest query wins: an answer to an older query is thrown away;
// - pages of different revisions of the mirror are never mixed on show;
// - no flicker: rows stay on show until all visible rows that replace them are here, then they change at once.

/** Rows read at a time. */
export const PAGE_SIZE = 200;

const KEPT_PAGES = 60;
const REQUESTS_AT_ONCE = 2;

/** One page, as the core answers. */
export interface Page<Row> {
  /** All rows of the list. */
  readonly total: number;
  /** Pages of different revisions do not belong together. */
  readonly revision: number;
  /** Rows without any filter, where the list knows. */
  readonly all?: number;
  readonly rows: readonly Row[];
}

/** Reads `limit` rows from `offset` on. */
export type LoadPage<Row> = (offset: number, limit: number) => Promise<Page<Row>>;

/** Pages of one query and one revision, the longest unused one first. */
interface Snapshot<Row> {
  readonly query: number;
  readonly total: number;
  readonly all: number | undefined;
  readonly revision: number;
  readonly pages: Map<number, readonly Row[]>;
}

export class PageCache<Row> {
  #load: LoadPage<Row>;
  readonly #changed: () => void;
  #shown: Snapshot<Row> | undefined;
  /** Set while the rows on show are outdated and their replacement is on its way. */
  #next: Snapshot<Row> | undefined;
  #outdated = true;
  #wanted = { first: 0, end: 1 };
  #pending = new Set<number>();
  #query = 0;
  #generation = 0;
  #error: unknown;

  /** A cache that reads through `load` and calls `changed` whenever it has something new to show. */
  constructor(load: LoadPage<Row>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  /** Rows of the list on show; `undefined` before the first answer. */
  get total(): number | undefined {
    return this.#shown?.total;
  }

  /** Rows of the list without any filter, where it knows. */
  get all(): number | undefined {
    return this.#shown?.all;
  }

  /** Number of the query whose rows are on show. */
  get shownQuery(): number {
    return this.#shown?.query ?? 0;
  }

  /** Revision of the rows on show. */
  get revision(): number {
    return this.#shown?.revision ?? 0;
  }

  /** Why the newest request failed; `undefined` while all is well. */
  get error(): unknown {
    return this.#error;
  }

  /** Row `index`, if it is here. */
  row(index: number): Row | undefined {
    const page = Math.floor(index / PAGE_SIZE);
    return this.#shown?.pages.get(page)?.[index - page * PAGE_SIZE];
  }

  /** Another query, shown from its first row. */
  query(load: LoadPage<Row>): void {
    this.#load = load;
    this.#query += 1;
    this.#wanted = { first: 0, end: Math.max(1, this.#wanted.end - this.#wanted.first) };
    this.refresh();
  }

  /** Reads everything on show again. */
  refresh(): void {
    this.#generation += 1;
    this.#pending = new Set();
    this.#next = undefined;
    this.#outdated = true;
    this.#error = undefined;
    this.#fill();
  }

  /** The rows from `first` to before `end` are on show. Passed over while they are those of an older query. */
  want(first: number, end: number): void {
    if (this.#shown !== undefined && this.#shown.query !== this.#query) return;
    this.#wanted = { first, end };
    if (this.#error === undefined) this.#fill();
  }

  /** At most `limit` rows from `offset` on, for copying. Fails when the list changes meanwhile. */
  async read(offset: number, limit: number): Promise<Row[]> {
    const rows: Row[] = [];
    const snapshot = this.#shown;
    const wanted = Math.min(limit, (snapshot?.total ?? 0) - offset);
    while (snapshot !== undefined && rows.length < wanted) {
      const at = offset + rows.length;
      const page = Math.floor(at / PAGE_SIZE);
      const all = snapshot.pages.get(page) ?? (await this.#readAgain(page, snapshot));
      const part = all.slice(at - page * PAGE_SIZE, at - page * PAGE_SIZE + wanted - rows.length);
      if (part.length === 0) break;
      rows.push(...part);
    }
    return rows;
  }

  async #readAgain(page: number, snapshot: Snapshot<Row>): Promise<readonly Row[]> {
    const answer = await this.#load(page * PAGE_SIZE, PAGE_SIZE);
    if (this.#shown !== snapshot || answer.revision !== snapshot.revision) {
      throw new DOMException('the list changed while it was read', 'AbortError');
    }
    return answer.rows;
  }

  /** The snapshot that requests fill. */
  get #target(): Snapshot<Row> | undefined {
    return this.#outdated ? this.#next : this.#shown;
  }

  #fill(): void {
    for (const page of this.#missingPages()) {
      if (this.#pending.size >= REQUESTS_AT_ONCE) return;
      if (this.#pending.has(page)) continue;
      this.#pending.add(page);
      void this.#request(page, this.#generation);
    }
  }

  #missingPages(): number[] {
    const target = this.#target;
    const end = Math.min(this.#wanted.end, target?.total ?? this.#wanted.end);
    const first = Math.min(this.#wanted.first, end - 1);
    const missing: number[] = [];
    for (let page = Math.floor(Math.max(0, first) / PAGE_SIZE); page * PAGE_SIZE < end; page += 1) {
      const rows = target?.pages.get(page);
      if (target === undefined || rows === undefined) missing.push(page);
      else touch(target.pages, page, rows);
    }
    return missing;
  }

  async #request(page: number, generation: number): Promise<void> {
    let answer: Page<Row>;
    try {
      answer = await this.#load(page * PAGE_SIZE, PAGE_SIZE);
    } catch (error) {
      if (generation === this.#generation) this.#fail(page, error);
      return;
    }
    if (generation !== this.#generation) return;
    this.#pending.delete(page);
    this.#take(page, answer);
    this.#changed();
    this.#fill();
  }

  #fail(page: number, error: unknown): void {
    this.#pending.delete(page);
    this.#error = error;
    this.#changed();
  }

  #take(page: number, answer: Page<Row>): void {
    const target = this.#target;
    if (target === undefined || answer.revision > target.revision) {
      const { total, all, revision } = answer;
      this.#next = { query: this.#query, total, all, revision, pages: new Map([[page, answer.rows]]) };
      this.#outdated = true;
    } else if (answer.revision === target.revision) {
      touch(target.pages, page, answer.rows);
      evict(target.pages);
    }
    if (this.#outdated && (this.#shown === undefined || this.#missingPages().length === 0)) {
      this.#shown = this.#next;
      this.#next = undefined;
      this.#outdated = false;
    }
  }
}

/** Makes `page` the most recently used one. */
function touch<Row>(pages: Map<number, readonly Row[]>, page: number, rows: readonly Row[]): void {
  pages.delete(page);
  pages.set(page, rows);
}

function evict<Row>(pages: Map<number, readonly Row[]>): void {
  const oldest = pages.keys().next();
  if (pages.size > KEPT_PAGES && oldest.done !== true) pages.delete(oldest.value);
}
