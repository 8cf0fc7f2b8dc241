// What the fake core makes of filters: enough of the language for the screens, none of its rules.
import { HubError } from './backend';
import type {
  CommandError,
  CompletionsView,
  FacetValueView,
  FacetsView,
  GroupRow,
  PaletteView,
  SavedFilterView,
  UserRow,
} from './bindings';
import { fakeError } from './fake-views';

const known = /^(status|email|department|groups|role|last_seen|has|name|title|custom\.\w+):/;

/** The mistake in a filter, as the core reports it. */
function fakeProblem(text: string): CommandError | null {
  const wrong = /(?:^|\s)-?((\w+):)/.exec(text);
  const quote = text.split('"').length % 2 === 0 ? text.lastIndexOf('"') : -1;
  if (quote >= 0) return problem('unclosedQuote', quote, text.length, text);
  if (!wrong?.[1] || !wrong[2] || known.test(wrong[1])) return null;
  const start = text.indexOf(wrong[1]);
  return problem('unknownField', start, start + wrong[2].length, text);
}

function problem(filterCode: string, start: number, end: number, text: string): CommandError {
  const values = { filterCode, start: String(start), end: String(end), typed: text.slice(start, end), hint: 'email' };
  return fakeError({ code: 'invalidInput', field: 'text', reason: 'filter', values });
}

/** The users that a filter finds. */
export function fakeFilter(rows: UserRow[], text: string): UserRow[] {
  const wrong = fakeProblem(text);
  if (wrong) throw new HubError(wrong);
  const terms = text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return rows.filter((row) => terms.every((term) => passes(row, term)));
}

function passes(row: UserRow, term: string): boolean {
  const [, field, value = ''] = /^(\w+):=?(.*)$/.exec(term) ?? [];
  const values = value.split(',').map((each) => each.replaceAll(/^=?"|"$/g, ''));
  if (field === 'status') return values.includes(row.active === false ? 'suspended' : 'active');
  if (field === 'groups') return row.groups === Number(value);
  if (field === 'department') return values.includes(row.department ?? '');
  if (field !== undefined) return true;
  return Object.values(row).join(' ').toLowerCase().includes(term.replaceAll('"', '').toLowerCase());
}

/** Facets of what was found. */
export function fakeFacets(rows: UserRow[], text: string): FacetsView {
  const facet = (field: string, keyword: boolean, of: (row: UserRow) => string | null) => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const label = of(row);
      if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const values = [...counts].map(([label, count]): FacetValueView => {
      const term = keyword ? `${field}:${label}` : `${field}:="${label}"`;
      const chosen = text.includes(term);
      return { label, keyword, count, chosen, text: (chosen ? text.replace(term, '') : `${text} ${term}`).trim() };
    });
    return { field, values, others: 3 };
  };
  return {
    revision: 1,
    facets: [
      { ...facet('status', true, ({ active }) => (active === false ? 'suspended' : 'active')), others: 0 },
      facet('department', false, ({ department }) => department),
      facet('title', false, ({ title }) => title),
    ],
  };
}

/** Completions of the last word. */
export function fakeCompletions(text: string, cursor: number): CompletionsView {
  const word = /\S*$/.exec(text.slice(0, cursor))?.[0] ?? '';
  const [name, value] = word.split(':');
  if (value === undefined) {
    const items = ['status', 'email', 'department', 'last_seen'].filter((field) => field.startsWith(name ?? ''));
    return {
      start: cursor - word.length,
      end: cursor,
      field: null,
      items: items.map((label) => ({ kind: 'field', label, insert: `${label}:`, count: null })),
    };
  }
  const keywords = name === 'status' ? ['active', 'suspended'] : [];
  const values = name === 'department' ? ['Engineering', 'Personeelszaken'] : [];
  return {
    start: cursor - value.length,
    end: cursor,
    field: name ?? null,
    items: [
      ...keywords.map((label) => ({ kind: 'keyword' as const, label, insert: label, count: 12 })),
      ...values.map((label) => ({ kind: 'value' as const, label, insert: `="${label}"`, count: 48 })),
    ].filter(({ label }) => label.toLowerCase().startsWith(value.toLowerCase())),
  };
}

/** What the palette finds. */
export function fakePalette(users: UserRow[], groups: GroupRow[], text: string, limit: number): PaletteView {
  const has = (name: string) => name.toLowerCase().includes(text.toLowerCase());
  return {
    users: users.filter(({ displayName }) => has(displayName)).slice(0, limit),
    groups: groups
      .filter(({ displayName }) => has(displayName))
      .slice(0, limit)
      .map(({ accountId, remoteId, displayName, members }) => ({ accountId, remoteId, displayName, users: members })),
    roles: has('Administrator') ? [{ accountId: 1, remoteId: 'r0', displayName: 'Administrator', users: 4 }] : [],
    applications: has('Nightly export')
      ? [{ accountId: 1, remoteId: 'a0', displayName: 'Nightly export', users: 0 }]
      : [],
  };
}

/** A kept filter. */
export function fakeSaved(id: number, name: string, text: string, fresh = 0): SavedFilterView {
  return { id, name, accountId: null, text, count: 12 + id, new: fresh, openedAt: 0 };
}
