// A JSON object that people edit as text: read with the place of a mistake, and compared with what was there.
import type { FieldEdit } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';

/** `merge` leaves keys alone that are not written; `replace` takes them away. */
export type JsonMode = 'merge' | 'replace';

type Entries = Record<string, unknown>;

function entriesOf(value: unknown): Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entries) : {};
}

/** The object that is typed, or what is wrong with it and where. */
export function readObject(text: string): { value: Entries } | { problem: string } {
  if (text.trim() === '') return { value: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const place = placeOf(text, thrown instanceof Error ? thrown.message : '');
    return { problem: place === null ? t('changes.json.invalid') : t('changes.json.invalidAt', place) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: t('changes.problem.notAnObject') };
  }
  return { value: value as Entries };
}

/** Engines say it each in their own words. */
function placeOf(text: string, message: string): { line: number; column: number } | null {
  const line = /line (\d+)/.exec(message)?.[1];
  const column = /column (\d+)/.exec(message)?.[1];
  if (line && column) return { line: Number(line), column: Number(column) };
  const position = /position (\d+)/.exec(message)?.[1];
  const at = position === undefined ? firstMistake(text) : Number(position);
  if (at === null) return null;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const token = /\s*(?:"(?:[^"\\\p{Cc}]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:])/uy;

/** The first place where no JSON word stands, for an engine that names none. */
function firstMistake(text: string): number | null {
  let at = 0;
  while (at < text.trimEnd().length) {
    token.lastIndex = at;
    if (!token.test(text)) return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    at = token.lastIndex;
  }
  return null;
}

/** What a form begins with: what is there, with edits that are being edited again. */
export function startObject(before: unknown, path: string, again: readonly FieldEdit[]): Entries {
  const start = { ...entriesOf(before) };
  for (const edit of again) {
    if (edit.path === path) return entriesOf(edit.after);
    if (!edit.path.startsWith(`${path}.`)) continue;
    const key = edit.path.slice(path.length + 1);
    if (edit.after === null) Reflect.deleteProperty(start, key);
    else start[key] = edit.after;
  }
  return start;
}

/** The edits that make `before` into what is typed. */
export function jsonEdits(path: string, before: unknown, typed: Entries, mode: JsonMode): FieldEdit[] {
  const there = entriesOf(before);
  const { added, changed, removed } = differences(there, typed);
  if (mode === 'replace') {
    const same = added.length + changed.length + removed.length === 0;
    return same ? [] : [{ path, before, after: typed }];
  }
  return [...added, ...changed].map((key) => ({
    path: `${path}.${key}`,
    before: there[key] ?? null,
    after: typed[key],
  }));
}

/** Keys that are new, different and gone. */
export function differences(before: Entries, after: Entries) {
  const same = (key: string) => canonical(before[key]) === canonical(after[key]);
  return {
    added: Object.keys(after).filter((key) => !(key in before)),
    changed: Object.keys(after).filter((key) => key in before && !same(key)),
    removed: Object.keys(before).filter((key) => !(key in after)),
  };
}

/** Text that is the same for the same value, in whatever order its keys stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
