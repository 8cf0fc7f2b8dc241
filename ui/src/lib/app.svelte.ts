// What every screen shares: the local data's state, settings, accounts and their syncs, and which account is chosen.
// The core's events keep it true; screens read `revision` to know when to ask again.
import { createContext } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { asCommandError, type Backend, type Unlisten } from './backend/backend';
import type {
  AccountId,
  AccountView,
  AppStateView,
  CommandError,
  HubEvent,
  ProviderKind,
  SettingsView,
  StorageMode,
  SyncStateView,
} from './backend/bindings';
import { Queue } from './changes/queue.svelte';
import { exports } from './export/exports.svelte';
import { i18n } from './i18n/i18n.svelte';

const clockStep = 20_000;

export class App {
  readonly backend: Backend;
  /** The changes that wait, of every account. */
  readonly queue: Queue;
  /** What the window shows first; `null` until the core has answered. */
  state = $state<AppStateView | null>(null);
  /** Why the core gave no state at all. */
  failure = $state<CommandError | null>(null);
  /** All accounts, by name. */
  accounts = $state<AccountView[]>([]);
  /** True once the accounts were read. */
  loaded = $state(false);
  /** The chosen account; `null` means all of them. */
  accountId = $state<AccountId | null>(null);
  /** Grows whenever a shown mirror changed: lists and cards must be read again. */
  revision = $state(0);
  /** Why a command about an account's sync was refused, until it is tried again or put away. */
  readonly refusals = new SvelteMap<AccountId, CommandError>();
  /** Failed runs whose banner the person has put away. */
  readonly dismissed = new SvelteSet<number>();

  #settings = $derived(this.state?.settings ?? defaults);
  #stops: Unlisten[] = [];
  #order = 0;

  constructor(backend: Backend) {
    this.backend = backend;
    this.queue = new Queue(backend);
  }

  /** Settings; the defaults while the local data is closed. */
  get settings(): SettingsView {
    return this.#settings;
  }

  /** The chosen account; `null` when all are. */
  get chosen(): AccountView | null {
    return this.accountId === null ? null : this.account(this.accountId);
  }

  /** The chosen account, or all of them. */
  get shown(): AccountView[] {
    return this.chosen ? [this.chosen] : this.accounts;
  }

  /** The kind of service of the one account that is shown; `null` while several are. */
  get provider(): ProviderKind | null {
    const [first, ...others] = this.shown;
    return others.length === 0 ? (first?.provider ?? null) : null;
  }

  account(id: AccountId): AccountView | null {
    return this.accounts.find((account) => account.id === id) ?? null;
  }

  /** Listens, then asks for everything. Returns what undoes it. */
  async start(): Promise<void> {
    this.#stops.push(await this.backend.listen((event) => this.#hear(event)));
    const clock = setInterval(() => (i18n.now = Date.now()), clockStep);
    this.#stops.push(() => clearInterval(clock));
    await this.#open(() => this.backend.call('get_app_state', {}));
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Opens the local data again, for this session only, or anew with the old data set aside. */
  async openStore(mode: StorageMode, beginAnew = false): Promise<void> {
    await this.#open(() => this.backend.call('open_store', { mode, beginAnew }));
  }

  async reloadAccounts(): Promise<void> {
    const order = ++this.#order;
    const { accounts } = await this.backend.call('list_accounts', {});
    // An older answer must not overwrite a newer one.
    if (order !== this.#order) return;
    this.accounts = accounts;
    this.loaded = true;
    if (this.accountId !== null && !this.account(this.accountId)) this.accountId = null;
  }

  /** Starts a sync of each of these accounts. */
  async sync(ids: readonly AccountId[]): Promise<void> {
    await Promise.all(
      ids.map((accountId) => this.#try(accountId, () => this.backend.call('start_sync', { accountId }))),
    );
  }

  /** Stops the running sync of each of these accounts. */
  async cancelSync(ids: readonly AccountId[]): Promise<void> {
    await Promise.all(
      ids.map((accountId) =>
        this.#try(accountId, async () =>
          this.#setSync(accountId, await this.backend.call('cancel_sync', { accountId })),
        ),
      ),
    );
  }

  async updateSettings(change: Partial<SettingsView>): Promise<void> {
    const settings = await this.backend.call('update_settings', {
      settings: { ...$state.snapshot(this.settings), ...change },
    });
    if (this.state) this.state.settings = settings;
    this.#speak();
  }

  async #open(ask: () => Promise<AppStateView>): Promise<void> {
    try {
      this.state = await ask();
      this.failure = null;
      this.#speak();
      if (this.state.storage === null) return;
      await this.reloadAccounts();
      void this.queue.read();
    } catch (thrown) {
      this.failure = asCommandError(thrown);
    }
  }

  async #try(id: AccountId, run: () => Promise<unknown>): Promise<void> {
    this.refusals.delete(id);
    try {
      await run();
    } catch (thrown) {
      const error = asCommandError(thrown);
      // It runs already, which is what was asked for.
      if (error.code !== 'syncBusy') this.refusals.set(id, { ...error, account: this.account(id)?.name ?? null });
    }
  }

  #speak(): void {
    i18n.use(this.settings.language, this.state?.systemLanguage ?? null);
  }

  #hear(event: HubEvent): void {
    if (this.queue.hear(event)) this.revision += 1;
    switch (event.kind) {
      case 'syncState':
        this.#setSync(event.accountId, event.sync);
        break;
      case 'mirrorChanged':
        if (this.accountId === null || this.accountId === event.accountId) this.revision += 1;
        void this.#refresh();
        break;
      case 'detailsProgress': {
        const account = this.account(event.accountId);
        if (account) account.details = event.details;
        if (event.details === null) this.revision += 1;
        break;
      }
      case 'exportProgress':
        exports.heard(event.progress);
        break;
      case 'accountsChanged':
        this.revision += 1;
        void this.#refresh();
        break;
      case 'changesChanged':
      case 'changesProgress':
        break;
    }
  }

  #setSync(id: AccountId, sync: SyncStateView): void {
    const account = this.account(id);
    if (!account) return;
    const wasRunning = account.sync.state === 'running';
    account.sync = sync;
    if (sync.state === 'running') this.refusals.delete(id);
    // Ages and counts of the account are new even when the mirror is not.
    else if (wasRunning) void this.#refresh();
  }

  /** Reads the accounts again; an error of the background is shown by the next thing the person does. */
  async #refresh(): Promise<void> {
    try {
      await this.reloadAccounts();
    } catch {
      return;
    }
  }
}

const defaults: SettingsView = {
  language: null,
  theme: 'system',
  syncIntervalMinutes: 60,
  removalGuardPercent: 20,
  manySubjects: 10,
  tokenDays: {},
  invitationLinks: {},
  gridLayouts: {},
  facetsShown: true,
  tokenNotices: true,
  tokenNoticeNames: false,
};

export const [getApp, setApp] = createContext<App>();
