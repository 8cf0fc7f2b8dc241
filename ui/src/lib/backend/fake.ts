// A backend in memory, for tests only: the built program never contains it. Every command can be replaced by `on`.
import { HubError, type Backend, type CommandName, type FileChoice, type Unlisten } from './backend';
import type {
  AccountView,
  AppStateView,
  CommandError,
  Commands,
  ErrorCode,
  HubEvent,
  SavedFilterView,
} from './bindings';
import type { FakeQueue } from './fake-changes';
import { handlers, type Handler, type Handlers } from './fake-handlers';
import { fakeError, fakeState } from './fake-views';

export interface FakeOptions {
  accounts?: AccountView[];
  /** Users of each account. */
  users?: number;
  /** Groups of each account. */
  groups?: number;
  state?: Partial<AppStateView>;
}

export class FakeBackend implements Backend {
  accounts: AccountView[];
  state: AppStateView;
  /** The kept filters. */
  saved: SavedFilterView[] = [];
  /** How often the made-up tokens are there. */
  tokenCopies = 1;
  /** The changes that wait. */
  queue!: FakeQueue;
  /** Every call in order. Only tests keep arguments. */
  readonly calls: { name: CommandName; request: unknown }[] = [];
  /** Addresses that were to be opened outside. */
  readonly opened: string[] = [];
  /** Notifications that were shown. */
  readonly notified: { title: string; body: string }[] = [];
  /** The file that the person will choose. */
  chosenFile: string | null = null;
  /** Files that were asked for. */
  readonly choices: FileChoice[] = [];
  readonly #listeners = new Set<(event: HubEvent) => void>();
  #handlers: Handlers;

  constructor({ accounts = [], users = 120, groups = 12, state = {} }: FakeOptions = {}) {
    this.accounts = accounts;
    this.state = { ...fakeState(), ...state };
    this.#handlers = handlers(this, users, groups);
  }

  /** Replaces what a command does. */
  on<K extends CommandName>(name: K, handler: Handler<K>): this {
    this.#handlers = { ...this.#handlers, [name]: handler };
    return this;
  }

  /** Makes a command fail. */
  fail(name: CommandName, error: Partial<CommandError> & { code: ErrorCode }): this {
    this.#handlers = {
      ...this.#handlers,
      [name]: () => {
        throw new HubError(fakeError(error));
      },
    };
    return this;
  }

  /** Requests of every call of `name`. */
  requests<K extends CommandName>(name: K): Commands[K]['request'][] {
    return this.calls.filter((call) => call.name === name).map((call) => call.request as Commands[K]['request']);
  }

  emit(event: HubEvent): void {
    for (const hear of this.#listeners) hear(event);
  }

  async call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['view']> {
    this.calls.push({ name, request: structuredClone(request) });
    return structuredClone(await this.#handlers[name](request));
  }

  listen(hear: (event: HubEvent) => void): Promise<Unlisten> {
    this.#listeners.add(hear);
    return Promise.resolve(() => this.#listeners.delete(hear));
  }

  openExternal(address: string): Promise<void> {
    this.opened.push(address);
    return Promise.resolve();
  }

  notify(title: string, body: string): Promise<void> {
    this.notified.push({ title, body });
    return Promise.resolve();
  }

  /** How often printing was asked for. */
  printed = 0;

  print(): Promise<void> {
    this.printed += 1;
    return Promise.resolve();
  }

  chooseFile(wanted: FileChoice): Promise<string | null> {
    this.choices.push(wanted);
    return Promise.resolve(this.chosenFile);
  }
}
