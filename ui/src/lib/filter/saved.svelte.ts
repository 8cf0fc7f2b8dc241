// The kept filters, shared by the list above the users and the palette. Every change answers with all of them.
import type { App } from '$lib/app.svelte';
import { asCommandError } from '$lib/backend/backend';
import type { CommandName } from '$lib/backend/backend';
import type { CommandError, Commands, SavedFilterListView, SavedFilterView } from '$lib/backend/bindings';
import { filterText } from './filter-text.svelte';

type Changing = {
  [K in CommandName]: Commands[K]['view'] extends SavedFilterListView ? K : never;
}[CommandName];

class SavedFilters {
  list = $state.raw<readonly SavedFilterView[]>([]);
  error = $state.raw<CommandError | null>(null);
  #order = 0;

  /** Does it, and takes over the answer; false when the core refused. */
  async change<K extends Changing>(app: App, command: K, request: Commands[K]['request']): Promise<boolean> {
    const order = (this.#order += 1);
    try {
      const view: SavedFilterListView = await app.backend.call(command, request);
      if (order === this.#order) this.list = view.filters;
      this.error = null;
      return true;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return false;
    }
  }

  /** Shows the users of a kept filter; whoever is new in it no longer is. */
  async open(app: App, filter: SavedFilterView): Promise<void> {
    app.accountId = filter.accountId;
    await filterText.write(filter.text);
    await this.change(app, 'open_saved_filter', { id: filter.id });
  }

  /** Reads them again. */
  read(app: App): Promise<boolean> {
    return this.change(app, 'list_saved_filters', {});
  }
}

export const savedFilters = new SavedFilters();
