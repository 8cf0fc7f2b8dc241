// Exports of this window: asked for, under way, written or failed. The core asks the person for the file and writes it.
import type { App } from '$lib/app.svelte';
import { asCommandError } from '$lib/backend/backend';
import type { CommandError, ExportFormat, ExportProgressView, ListRequest } from '$lib/backend/bindings';
import type { ListActions, Wanted } from '$lib/components/grid/source';
import { toasts } from '$lib/components/toasts.svelte';
import { t } from '$lib/i18n/i18n.svelte';

export interface ExportItem {
  readonly id: number;
  /** What is exported. */
  readonly name: string;
  /** Nothing is shown while the system's own dialog is. */
  state: 'choosing' | 'running' | 'done' | 'failed';
  rows: number;
  total: number | null;
  finishing: boolean;
  path: string;
  error: CommandError | null;
  readonly again: () => void;
}

class Exports {
  items = $state<ExportItem[]>([]);
  #next = 1;

  get shown(): ExportItem[] {
    return this.items.filter(({ state }) => state !== 'choosing');
  }

  heard({ export: id, rows, total, finishing }: ExportProgressView): void {
    const item = this.items.find((each) => each.id === id);
    if (!item || item.state === 'done') return;
    Object.assign(item, { state: 'running', rows, total, finishing });
  }

  async run(app: App, wanted: Wanted<unknown>, format: ExportFormat, name: string): Promise<void> {
    const id = this.#next++;
    const again = (): void => {
      this.dismiss(id);
      void this.run(app, wanted, format, name);
    };
    // What is finished has been seen when the next one is asked for.
    this.items = this.items.filter(({ state }) => state === 'running' || state === 'choosing');
    const item = { id, name, rows: 0, total: null, finishing: false, path: '', error: null, again };
    this.items.push({ ...item, state: 'choosing' });
    try {
      const list = wanted.list as ListRequest;
      const { file } = await app.backend.call('export_list', {
        export: id,
        list,
        selection: wanted.selection,
        columns: format === 'json' ? identified(list, wanted.columns) : wanted.columns,
        format,
        title: t('export.title', { name }),
        name: t('export.fileName', { name, day: localDay() }),
      });
      if (file === null) this.dismiss(id);
      else this.#end(id, { state: 'done', rows: file.rows, path: file.path });
    } catch (thrown) {
      const error = asCommandError(thrown);
      if (error.code !== 'cancelled') return this.#end(id, { state: 'failed', error });
      this.dismiss(id);
      toasts.show(t('export.cancelled'));
    }
  }

  dismiss(id: number): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  #end(id: number, values: Partial<ExportItem>): void {
    const item = this.items.find((each) => each.id === id);
    if (item) Object.assign(item, values);
  }
}

export const exports = new Exports();

/** What grids do with whole lists. */
export function actionsOf(app: App): ListActions {
  return {
    exportRows: (wanted, format, name) => void exports.run(app, wanted, format, name),
    copyText: ({ list, columns, selection }) =>
      app.backend.call('copy_rows', {
        list: list as ListRequest,
        columns,
        selection: selection ?? { all: true, rows: [] },
      }),
    resolve: (list, selection) =>
      app.backend.call('resolve_selection', { list: list as ListRequest, selection, offset: 0, limit: 0 }),
  };
}

const withoutIds: ReadonlySet<ListRequest['list']> = new Set(['log', 'runs']);

/** Scripts find a record by its id, whichever columns are on show. */
function identified({ list }: ListRequest, columns: Wanted<unknown>['columns']): Wanted<unknown>['columns'] {
  if (withoutIds.has(list) || columns.some(({ id }) => id === 'id')) return columns;
  return [{ id: 'id', heading: 'id', words: {} }, ...columns];
}

/** `2026-11-25`, as the clock on the wall says. */
function localDay(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
