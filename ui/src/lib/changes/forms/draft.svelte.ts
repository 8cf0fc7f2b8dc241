// What is typed into a form, beside what the record says: the difference is the edit.
import { SvelteMap } from 'svelte/reactivity';
import type { EditableField, FieldEdit, FieldProblem } from '$lib/backend/bindings';
import { valueAt } from '../field-path';
import { problemText } from '../words';
import { jsonEdits, readObject, startObject, type JsonMode } from './json';
import { chosenIn, idsOf, textOf } from './permissions';

export class Draft {
  readonly fields: readonly EditableField[];
  /** Text as typed, yes or no for a flag. */
  readonly values = new SvelteMap<string, string | boolean>();
  /** What is wrong, by the path of its field. */
  readonly errors = new SvelteMap<string, string>();
  /** What is wrong with the edit as a whole. */
  problems = $state.raw<readonly string[]>([]);
  /** Of a JSON field: other keys stay, or go. */
  mode = $state<JsonMode>('merge');

  readonly #record: unknown;
  readonly #again: readonly FieldEdit[];
  readonly #first: Readonly<Record<string, string | boolean>>;

  /** `record` is `null` for a new one; `again` are edits that are being edited again. */
  constructor(fields: readonly EditableField[], record: unknown, again: readonly FieldEdit[] = []) {
    this.fields = fields;
    this.#record = record;
    this.#again = again;
    if (record === null || again.some(({ path }) => path === 'customData')) this.mode = 'replace';
    for (const field of fields) this.values.set(field.path, this.#start(field));
    this.#first = Object.fromEntries(this.values);
  }

  /** Something is typed that is not kept yet. */
  get dirty(): boolean {
    return this.fields.some(({ path }) => this.values.get(path) !== this.#first[path]);
  }

  text(path: string): string {
    const value = this.values.get(path);
    return typeof value === 'string' ? value : '';
  }

  flag(path: string): boolean {
    return this.values.get(path) === true;
  }

  /** What becomes different; `null` where something cannot be read as what it should be. */
  edits(): FieldEdit[] | null {
    this.errors.clear();
    this.problems = [];
    const edits = this.fields.flatMap((field) => this.#edits(field));
    if (this.errors.size > 0) return null;
    // What an earlier edit said and this one does not say any more goes back to what it was.
    const said = edits.map(({ path }) => path);
    const back = this.#record === null ? [] : this.#again.filter(({ path }) => !said.includes(path));
    return [...edits, ...back.map(({ path }) => this.#back(path))];
  }

  /** Shows problems at their fields; those of no field are shown above. */
  accept(problems: readonly FieldProblem[]): void {
    this.errors.clear();
    const others: string[] = [];
    for (const problem of problems) {
      const field = this.fields.find(({ path }) => problem.path === path || problem.path.startsWith(`${path}.`));
      if (field) this.errors.set(field.path, problemText(problem));
      else others.push(problemText(problem));
    }
    this.problems = others;
  }

  #back(path: string): FieldEdit {
    const before = valueAt(this.#record, path);
    return { path, before, after: before };
  }

  #start({ path, kind }: EditableField): string | boolean {
    const again = this.#again.find((edit) => edit.path === path);
    const value = again ? again.after : valueAt(this.#record, path);
    if (kind === 'flag') return value === true;
    if (kind === 'permissions') return textOf(idsOf(value));
    if (kind === 'choice') return value === null ? '' : JSON.stringify(value);
    if (kind === 'json') return JSON.stringify(startObject(valueAt(this.#record, path), path, this.#again), null, 2);
    return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  }

  #edits({ path, kind }: EditableField): FieldEdit[] {
    const before = valueAt(this.#record, path);
    if (kind === 'flag') {
      const after = this.flag(path);
      return after === (before === true) ? [] : [{ path, before, after }];
    }
    if (kind === 'permissions') {
      const typed = this.text(path);
      return typed === textOf(idsOf(before)) ? [] : [{ path, before: idsOf(before), after: chosenIn(typed) }];
    }
    if (kind === 'choice') {
      const typed = this.text(path);
      if (typed === (before === null ? '' : JSON.stringify(before))) return [];
      return [{ path, before, after: typed === '' ? null : (JSON.parse(typed) as unknown) }];
    }
    if (kind === 'json') {
      const read = readObject(this.text(path));
      if ('problem' in read) {
        this.errors.set(path, read.problem);
        return [];
      }
      return jsonEdits(path, before, read.value, this.mode);
    }
    const typed = this.text(path);
    const shown = before === null ? '' : typeof before === 'string' ? before : JSON.stringify(before);
    return typed === shown ? [] : [{ path, before, after: typed.trim() === '' ? null : typed }];
  }
}
