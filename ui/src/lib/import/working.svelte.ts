// One piece of work at a time, and what went wrong with the last.
import { asCommandError } from '$lib/backend/backend';
import type { CommandError } from '$lib/backend/bindings';

export class Working {
  error = $state.raw<CommandError | null>(null);
  busy = $state(false);

  /** Does `work` unless something is being done; true when it went well. */
  protected async while(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
