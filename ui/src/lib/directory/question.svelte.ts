// One question to the core whose answer a screen shows: the newest question wins, and the old answer stays on show until
// the new one is here, so that nothing flickers while a sync ends.
import { asCommandError } from '$lib/backend/backend';
import type { CommandError } from '$lib/backend/bindings';

export class Question<View> {
  /** The newest answer; `null` before the first, and for another subject. */
  view = $state.raw<View | null>(null);
  /** Why the newest question failed. */
  error = $state.raw<CommandError | null>(null);
  #order = 0;
  #subject: string | undefined;
  #asked: (() => Promise<View>) | undefined;

  /** Asks; an answer about another `subject` is not kept on show meanwhile. */
  async ask(subject: string, question: () => Promise<View>): Promise<void> {
    const order = (this.#order += 1);
    if (subject !== this.#subject) this.view = null;
    this.#subject = subject;
    this.#asked = question;
    try {
      const view = await question();
      if (order !== this.#order) return;
      this.view = view;
      this.error = null;
    } catch (thrown) {
      if (order === this.#order) this.error = asCommandError(thrown);
    }
  }

  /** Asks the same again. */
  again = (): void => {
    if (this.#asked) void this.ask(this.#subject ?? '', this.#asked);
  };
}
