// One apply as a dialog follows it: asked for, begun, over.
import type { App } from '$lib/app.svelte';
import { asCommandError } from '$lib/backend/backend';
import type {
  AccountId,
  ApplyStartedView,
  CommandError,
  EditProblemsView,
  GuardView,
  ReceiptLineView,
  ReceiptView,
} from '$lib/backend/bindings';

/** How long to wait for the event of the end before asking by oneself. */
const patience = 1_500;
/** Lines of the receipt that are shown. */
const shown = 60;

export class Applying {
  stage = $state<'ready' | 'starting' | 'running' | 'ended'>('ready');
  /** Why it has not begun, or could not be followed. */
  error = $state.raw<CommandError | null>(null);
  /** What must be confirmed before it begins. */
  unconfirmed = $state.raw<readonly GuardView[]>([]);
  problems = $state.raw<readonly EditProblemsView[]>([]);
  /** What became of it. */
  receipt = $state.raw<ReceiptView | null>(null);
  /** The changes that it is about; kept also when it has not begun. */
  changes = $state.raw<readonly number[]>([]);
  /** There was nothing to do. */
  idle = $state(false);

  readonly #app: App;
  readonly accountId: AccountId;

  constructor(app: App, accountId: AccountId) {
    this.#app = app;
    this.accountId = accountId;
  }

  /** How far it is. */
  get progress() {
    return this.#app.queue.progress.get(this.accountId) ?? null;
  }

  /** Lines of the receipt that are about what was asked for. */
  get lines(): readonly ReceiptLineView[] {
    return this.receipt?.lines ?? [];
  }

  /** Asks for it, and follows it to its end. */
  async start(ask: () => Promise<ApplyStartedView>): Promise<void> {
    if (this.stage === 'starting' || this.stage === 'running') return;
    this.stage = 'starting';
    this.error = null;
    try {
      const started = await ask();
      this.changes = started.changes;
      this.unconfirmed = started.unconfirmed;
      this.problems = started.problems;
      if (started.runId === null) {
        this.idle = started.unconfirmed.length === 0 && started.problems.length === 0;
        this.stage = this.idle ? 'ended' : 'ready';
        return;
      }
      this.stage = 'running';
      await this.#follow(started.runId);
      this.stage = 'ended';
    } catch (thrown) {
      this.error = asCommandError(thrown);
      this.stage = 'ready';
    }
  }

  /** Stops it after the change at hand. */
  cancel(): Promise<CommandError | null> {
    return this.#app.queue.change('cancel_apply', { accountId: this.accountId });
  }

  async #follow(runId: number): Promise<void> {
    for (;;) {
      const end = this.#app.queue.ended(patience);
      const receipt = await this.#app.backend.call('get_receipt', { runId, most: shown });
      this.receipt = receipt;
      if (receipt.run.state !== 'running') return;
      await end;
      // As long as it tells how far it is, it is not over.
      while (this.#app.queue.progress.get(this.accountId)?.runId === runId) await this.#app.queue.ended(patience);
    }
  }
}
