// Whole lists in the fake backend: only the lists of users and groups are resolved, which is what tests select in.
import type { Commands, ListRequest, RowKey } from './bindings';
import type { Handlers } from './fake-handlers';

/** What the fake knows of a file that it "wrote". */
export function fakeLists(
  handlers: () => Handlers,
): Pick<Handlers, 'export_list' | 'cancel_export' | 'show_export' | 'copy_rows' | 'resolve_selection'> {
  async function picked(request: Commands['resolve_selection']['request']) {
    const { all, rows } = request.selection;
    const text = ({ accountId, remoteId }: RowKey) => `${accountId} ${remoteId}`;
    const named = new Set(rows.map(text));
    const listed = await everything(handlers(), request.list);
    const here = new Set(listed.map(({ key }) => text(key)));
    return {
      selected: listed.filter(({ key }) => named.has(text(key)) !== all),
      gone: all ? [] : rows.filter((key) => !here.has(text(key))),
    };
  }
  return {
    export_list: async ({ list, selection, format, name }) => {
      const { selected } = await picked({ list, selection: selection ?? { all: true, rows: [] }, offset: 0, limit: 0 });
      return { file: { path: `/home/zoe/Documents/${name}.${format}`, rows: selected.length } };
    },
    cancel_export: () => ({ found: true }),
    show_export: () => ({ found: true }),
    copy_rows: async ({ list, selection, columns }) => {
      const { selected } = await picked({ list, selection, offset: 0, limit: 0 });
      const lines = selected.map(({ name }) => columns.map(({ id }) => (id === 'displayName' ? name : '')).join('\t'));
      const headings = columns.map(({ heading }) => heading).join('\t');
      return { text: [headings, ...lines, ''].join('\n'), rows: selected.length, limited: false };
    },
    resolve_selection: async (request) => {
      const { selected, gone } = await picked(request);
      const rows = selected.slice(request.offset, request.offset + request.limit);
      return { count: selected.length, gone, rows };
    },
  };
}

async function everything(handlers: Handlers, { list, query }: ListRequest): Promise<{ key: RowKey; name: string }[]> {
  const whole = { offset: 0, limit: 1_000_000 };
  const named = ({ accountId, remoteId, displayName }: RowKey & { displayName: string }) => ({
    key: { accountId, remoteId },
    name: displayName,
  });
  if (list === 'users') return (await handlers.query_users({ ...query, ...whole })).rows.map(named);
  if (list === 'groups') return (await handlers.query_groups({ ...query, ...whole })).rows.map(named);
  return [];
}
