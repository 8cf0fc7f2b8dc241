// What every screen shares: the local data's state, settings, accounts and their syncs, and which account is chosen.
// The core's events keep it true; screens read `revision` to know when to ask again.
import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { asCommandError, type Backend, type Unlisten } from './backend/backend';
import type {
  AccountId,
  AccountView,
  AppStateView,
  CommandError,
  HubEvent,
  SettingsView,
  StorageMode,
  SyncStateView,
} from './backend/bindings';
import { i18n } from './i18n/i18n.svelte';

const clockStep = 20_000;

export class App {
  readonly backend: Backend;
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
  /** Banners the person has put away, by account and run. */
  readonly dismissed = new SvelteMap<string, true>();

  #settings = $derived(this.state?.settings ?? defaults);
  #stops: Unlisten[] = [];
  #order = 0;

  constructor(backend: Backend) {
    this.backend = backend;
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

  /** Opens the local data again, or for this session only. */
  async openStore(mode: StorageMode): Promise<void> {
    await this.#open(() => this.backend.call('open_store', { mode }));
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

  async updateSettings(change: Partial<SettingsView>): Promise<void> {
    const settings = await this.backend.call('update_settings', { settings: { ...this.settings, ...change } });
    if (this.state) this.state.settings = settings;
    this.#speak();
  }

  async #open(ask: () => Promise<AppStateView>): Promise<void> {
    try {
      this.state = await ask();
      this.failure = null;
      this.#speak();
      if (this.state.storage !== null) await this.reloadAccounts();
    } catch (thrown) {
      this.failure = asCommandError(thrown);
    }
  }

  #speak(): void {
    i18n.use(this.settings.language, this.state?.systemLanguage ?? null);
  }

  #hear(event: HubEvent): void {
    switch (event.kind) {
      case 'syncState':
        this.#setSync(event.accountId, event.sync);
        break;
      case 'mirrorChanged':
        if (this.accountId === null || this.accountId === event.accountId) this.revision += 1;
        void this.#refresh();
        break;
      case 'accountsChanged':
        this.revision += 1;
        void this.#refresh();
        break;
    }
  }

  #setSync(id: AccountId, sync: SyncStateView): void {
    const account = this.account(id);
    if (account) account.sync = sync;
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
  gridLayouts: {},
};

export const [getApp, setApp] = createContext<App>();
