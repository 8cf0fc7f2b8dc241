// The pasted tables and files that are looked at: one import in the window, kept while the person looks elsewhere. The core
// has the texts; here is what it said about them last.
import type { Backend } from '$lib/backend/backend';
import type {
  AccountId,
  RosterImportView,
  RosterList,
  RosterRowState,
  UpdateRosterImportRequest,
} from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { Working } from '$lib/import/working.svelte';

type Changed = Partial<Omit<UpdateRosterImportRequest, 'importId' | 'source'>>;

class RosterImporting extends Working {
  view = $state.raw<RosterImportView | null>(null);
  /** Only rows of this list, and of which this becomes. */
  list = $state<RosterList | null>(null);
  only = $state<RosterRowState | null>(null);
  /** The person says that these are all there are. */
  allMembers = $state(false);
  allInvitations = $state(false);
  /** What the former owner is since, where no row says it; nothing for one beside the other. */
  formerOwnerRole = $state('administrator');
  /** Another number: something was read in another way, or more was read. */
  revision = $state(0);

  /** Reads a pasted text, beside what was pasted before; true when it was read. */
  paste(backend: Backend, accountId: AccountId, text: string): Promise<boolean> {
    return this.while(async () => {
      const importId = this.#own(accountId);
      this.#show(await backend.call('preview_roster_import', { accountId, importId, text }));
    });
  }

  /** Lets the person choose a file; what was read before stays when they choose none. */
  choose(backend: Backend, accountId: AccountId): Promise<boolean> {
    return this.while(async () => {
      const importId = this.#own(accountId);
      const request = { accountId, importId, title: t('rosters.import.dialog') };
      const { import: chosen } = await backend.call('import_roster_file', request);
      if (chosen) this.#show(chosen);
    });
  }

  /** Reads one of the texts in another way, or gives it up. */
  update(backend: Backend, source: number, changed: Changed): Promise<boolean> {
    return this.while(async () => {
      const { view } = this;
      if (!view) return;
      const nothing = { columns: null, list: null, encoding: null, separator: null, removed: false };
      this.#show(
        await backend.call('update_roster_import', { ...nothing, ...changed, importId: view.importId, source }),
      );
    });
  }

  /** Takes it into the mirror; the run that does, or nothing. */
  async take(backend: Backend): Promise<number | null> {
    let run: number | null = null;
    await this.while(async () => {
      const { view, allMembers, allInvitations, formerOwnerRole } = this;
      if (!view) return;
      const { runId } = await backend.call('take_roster_import', {
        importId: view.importId,
        allMembers,
        allInvitations,
        formerOwnerRole: view.passing === null || formerOwnerRole === '' ? null : formerOwnerRole,
      });
      run = runId;
      this.#forget();
    });
    return run;
  }

  async discard(backend: Backend): Promise<void> {
    const { view } = this;
    this.#forget();
    this.error = null;
    // It is given up either way.
    if (view) await backend.call('discard_roster_import', { importId: view.importId }).catch(() => undefined);
  }

  /** What is read belongs to one account. */
  #own(accountId: AccountId): number | null {
    return this.view?.accountId === accountId ? this.view.importId : null;
  }

  #forget(): void {
    this.view = null;
    this.list = null;
    this.only = null;
    this.allMembers = false;
    this.allInvitations = false;
    this.formerOwnerRole = 'administrator';
  }

  #show(view: RosterImportView): void {
    if (view.importId !== this.view?.importId) this.#forget();
    if (view.sources.length === 0) return void this.#forget();
    this.view = view;
    this.revision += 1;
  }
}

export const rosterImporting = new RosterImporting();
