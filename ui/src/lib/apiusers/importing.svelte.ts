// The list of API users that is looked at: one in the window, kept while the person looks elsewhere. The core has the text;
// here is what it said about it last.
import type { Backend } from '$lib/backend/backend';
import type {
  AccountId,
  ApiUserRowState,
  ApiUsersImportView,
  ApiUsersTakenView,
  UpdateApiUsersRequest,
} from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { Working } from '$lib/import/working.svelte';

type Changed = Partial<Omit<UpdateApiUsersRequest, 'importId'>>;

class ApiUsersImporting extends Working {
  view = $state.raw<ApiUsersImportView | null>(null);
  /** Only rows of which this becomes, or of which it is not known whose they are. */
  only = $state<ApiUserRowState | 'withoutOwner' | null>(null);
  /** What stands in no row stays. */
  keepOthers = $state(false);
  /** Another number: the list was read in another way, or is another one. */
  revision = $state(0);

  /** Reads a pasted list; true when it was read. */
  paste(backend: Backend, accountId: AccountId, text: string): Promise<boolean> {
    return this.while(async () => this.#show(await backend.call('preview_api_users', { accountId, text })));
  }

  /** Lets the person choose a file; what was read before stays when they choose none. */
  choose(backend: Backend, accountId: AccountId): Promise<boolean> {
    return this.while(async () => {
      const request = { accountId, title: t('apiusers.dialog') };
      const { import: chosen } = await backend.call('import_api_users_file', request);
      if (chosen) this.#show(chosen);
    });
  }

  /** Reads it in another way. */
  update(backend: Backend, changed: Changed): Promise<boolean> {
    return this.while(async () => {
      const { view } = this;
      if (!view) return;
      const nothing = { columns: null, encoding: null, separator: null };
      this.#show(await backend.call('update_api_users_import', { ...nothing, ...changed, importId: view.importId }));
    });
  }

  /** Keeps it; what that did, or nothing. */
  async take(backend: Backend): Promise<ApiUsersTakenView | null> {
    let taken: ApiUsersTakenView | null = null;
    await this.while(async () => {
      const { view, keepOthers } = this;
      if (!view) return;
      taken = await backend.call('take_api_users', { importId: view.importId, keepOthers });
      this.#forget();
    });
    return taken;
  }

  async discard(backend: Backend): Promise<void> {
    const { view } = this;
    this.#forget();
    this.error = null;
    // It is given up either way.
    if (view) await backend.call('discard_api_users', { importId: view.importId }).catch(() => undefined);
  }

  #forget(): void {
    this.view = null;
    this.only = null;
    this.keepOthers = false;
  }

  #show(view: ApiUsersImportView): void {
    if (view.importId !== this.view?.importId) this.#forget();
    this.view = view;
    this.revision += 1;
  }
}

export const apiUsersImporting = new ApiUsersImporting();
