// The queue of changes of every account, as the core last told it, and how far an apply is.
import { SvelteMap } from 'svelte/reactivity';
import { asCommandError, type Backend, type CommandName } from '$lib/backend/backend';
import type {
  AccountId,
  ApplyProgressView,
  ChangesView,
  CommandError,
  Commands,
  HubEvent,
  QueueView,
} from '$lib/backend/bindings';

type Changing = {
  [K in CommandName]: Commands[K]['view'] extends ChangesView ? K : never;
}[CommandName];

/** Lines of a queue that are read at first, and with each step more. */
const first = 200;

export class Queue {
  /** Every queue and the newest receipts. */
  view = $state.raw<ChangesView>({ queues: [], receipts: [] });
  /** Why it could not be read. */
  error = $state.raw<CommandError | null>(null);
  /** True once it was read. */
  loaded = $state(false);
  /** Accounts whose changes are being applied. */
  readonly progress = new SvelteMap<AccountId, ApplyProgressView>();

  /** Lines of each queue that are read. */
  most = $state(first);

  readonly #backend: Backend;
  #waiting: readonly (() => void)[] = [];
  #order = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads it again; the newest answer counts. */
  async read(): Promise<void> {
    const order = (this.#order += 1);
    try {
      const view = await this.#backend.call('query_changes', { accountId: null, remoteId: null, most: this.most });
      if (order !== this.#order) return;
      this.view = view;
      this.error = null;
      this.loaded = true;
    } catch (thrown) {
      if (order === this.#order) this.error = asCommandError(thrown);
    }
  }

  /** Reads more lines of long queues. */
  readMore(): Promise<void> {
    this.most += first;
    return this.read();
  }

  /** Does it and reads the queue again; answers why the core refused, if it did. */
  async change<K extends Changing>(command: K, request: Commands[K]['request']): Promise<CommandError | null> {
    try {
      await this.#backend.call(command, request);
      return null;
    } catch (thrown) {
      return asCommandError(thrown);
    } finally {
      await this.read();
    }
  }

  /** The queue of an account, if it has one. */
  of(accountId: AccountId): QueueView | null {
    return this.view.queues.find(({ plan }) => plan.accountId === accountId) ?? null;
  }

  /** How many changes of these accounts are not over, and whether one needs a person. */
  open(accounts: readonly { id: AccountId }[]): { count: number; blocked: number; secrets: number } {
    const all = accounts.map(({ id }) => this.of(id)?.counts).filter((counts) => counts !== undefined);
    const sum = (pick: (counts: QueueView['counts']) => number) => all.reduce((total, each) => total + pick(each), 0);
    return {
      count: sum(({ pending, scheduled, blocked, sent }) => pending + scheduled + blocked + sent),
      blocked: sum(({ blocked }) => blocked),
      secrets: sum(({ secretsWaiting }) => secretsWaiting),
    };
  }

  /** Takes an event of the core; true when lists may look different now. */
  hear(event: HubEvent): boolean {
    if (event.kind === 'changesProgress') {
      if (event.progress) this.progress.set(event.accountId, event.progress);
      else {
        this.progress.delete(event.accountId);
        for (const tell of this.#waiting) tell();
        void this.read();
        return true;
      }
    } else if (event.kind === 'changesChanged') {
      void this.read();
      return true;
    } else if (event.kind === 'accountsChanged') void this.read();
    return false;
  }

  /** Waits until an apply has ended, or for `most` milliseconds. */
  ended(most: number): Promise<void> {
    return new Promise((resolve) => {
      const tell = () => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== tell);
        resolve();
      };
      const timer = setTimeout(tell, most);
      this.#waiting = [...this.#waiting, tell];
    });
  }
}
