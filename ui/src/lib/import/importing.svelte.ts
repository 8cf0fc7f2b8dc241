// The file of users that is looked at: one in the window, kept while the person looks elsewhere. The core has it; here is
// what it said about it last.
import type { Backend } from '$lib/backend/backend';
import type {
  AccountId,
  ImportProposedView,
  ImportRowState,
  ImportView,
  UpdateImportRequest,
} from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { Working } from './working.svelte';

type Changed = Partial<Omit<UpdateImportRequest, 'importId'>>;

class Importing extends Working {
  view = $state.raw<ImportView | null>(null);
  /** Only rows of which this becomes. */
  only = $state<ImportRowState | null>(null);
  /** Another number: the same file is read in another way. */
  revision = $state(0);

  /** Lets the person choose a file; what was looked at stays when they choose none. */
  choose(backend: Backend, accountId: AccountId): Promise<boolean> {
    return this.while(async () => {
      const { import: chosen } = await backend.call('import_file', { accountId, title: t('import.dialog') });
      if (chosen) this.#show(chosen);
    });
  }

  /** Reads the file in another way. */
  update(backend: Backend, changed: Changed): Promise<boolean> {
    return this.while(async () => {
      const { view } = this;
      if (!view) return;
      const nothing = { encoding: null, separator: null, columns: null, password: null };
      this.#show(await backend.call('update_import', { ...nothing, ...changed, importId: view.importId }));
    });
  }

  /** Keeps the ready rows as changes. */
  async propose(backend: Backend): Promise<ImportProposedView | null> {
    let proposed: ImportProposedView | null = null;
    await this.while(async () => {
      if (!this.view) return;
      proposed = await backend.call('propose_import', { importId: this.view.importId });
      this.view = null;
    });
    return proposed;
  }

  async discard(backend: Backend): Promise<void> {
    const { view } = this;
    this.view = null;
    this.error = null;
    // It is given up either way.
    if (view) await backend.call('discard_import', { importId: view.importId }).catch(() => undefined);
  }

  #show(view: ImportView): void {
    if (view.importId !== this.view?.importId) this.only = null;
    this.view = view;
    this.revision += 1;
  }
}

export const importing = new Importing();
