// What could be typed next: asked of the core for the place of the cursor, chosen by keyboard. The newest question wins.
import type { App } from '$lib/app.svelte';
import type { CompletionsView } from '$lib/backend/bindings';

const patience = 60;
const nothing: CompletionsView = { start: 0, end: 0, field: null, items: [] };

export class Completion {
  view = $state.raw<CompletionsView>(nothing);
  /** The chosen one; -1 for none. */
  active = $state(-1);
  readonly #app: App;
  /** The filter that the view is about. */
  #about = '';
  #order = 0;
  #keys: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  get open(): boolean {
    return this.view.items.length > 0;
  }

  /** Whether the view is about this filter: what is typed is ahead of the answers. */
  isAbout(text: string): boolean {
    return this.#about === text;
  }

  /** Runs what a key means after what the keys before it mean has been done. */
  then(work: () => unknown): void {
    this.#keys = this.#keys.then(work);
  }

  /** Asks soon, unless something else is asked before. */
  askSoon(text: string, cursor: number): void {
    clearTimeout(this.#timer);
    this.active = -1;
    this.#timer = setTimeout(() => void this.ask(text, cursor), patience);
  }

  /** Asks now. */
  async ask(text: string, cursor: number): Promise<void> {
    clearTimeout(this.#timer);
    const order = (this.#order += 1);
    try {
      const view = await this.#app.backend.call('complete_filter', { accountId: this.#app.accountId, text, cursor });
      if (order !== this.#order) return;
      this.view = view;
    } catch {
      if (order !== this.#order) return;
      // Typing goes on without help; the list itself says what is wrong.
      this.view = nothing;
    }
    this.#about = text;
    this.active = -1;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#order += 1;
    this.view = nothing;
    this.active = -1;
  }

  /** Moves the choice; beyond the ends nothing is chosen. */
  move(step: 1 | -1): void {
    const count = this.view.items.length + 1;
    this.active = ((this.active + 1 + step + count) % count) - 1;
  }

  /** `text` with a completion in place of what was typed, and where the cursor then stands. */
  take(text: string, index: number): { text: string; cursor: number; more: boolean } | null {
    const item = this.view.items[index];
    if (!item) return null;
    const { start, end } = this.view;
    const after = text.slice(end);
    const more = item.kind === 'field';
    const space = more || after.startsWith(' ') || after.startsWith(',') ? '' : ' ';
    const before = `${text.slice(0, start)}${item.insert}${space}`;
    return { text: before + after, cursor: before.length, more };
  }
}
