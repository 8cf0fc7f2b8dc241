// Whole lists in the fake backend: those are resolved in which tests select.
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

/** A row of any list. */
export interface FakeListed {
  readonly key: RowKey;
  readonly name: string;
  readonly active: boolean | null;
}

/** All rows of a list, as far as tests select in it. */
export async function everything(handlers: Handlers, { list, query }: ListRequest): Promise<FakeListed[]> {
  const whole = { offset: 0, limit: 1_000_000 };
  const listed = (accountId: number, name: string, active: boolean | null, ...ids: string[]) => ({
    key: { accountId, remoteId: ids.join('\u001f') },
    name,
    active,
  });
  switch (list) {
    case 'users':
      return (await handlers.query_users({ ...query, ...whole })).rows.map((row) =>
        listed(row.accountId, row.displayName, row.active, row.remoteId),
      );
    case 'groups':
      return (await handlers.query_groups({ ...query, ...whole })).rows.map((row) =>
        listed(row.accountId, row.displayName, null, row.remoteId),
      );
    case 'members':
      return (await handlers.get_group({ ...query, ...whole })).members.map((row) =>
        listed(query.accountId, row.displayName, row.active, row.remoteId),
      );
    case 'holders':
      return (await handlers.get_role({ ...query, ...whole })).holders.map((row) =>
        listed(query.accountId, row.displayName, row.active, row.remoteId, row.organizationId ?? ''),
      );
    case 'tokens':
      return (await handlers.query_tokens({ ...query, ...whole })).rows.map(({ accountId, owner, ...row }) =>
        listed(accountId, row.name, null, owner.kind, owner.remoteId, row.kind, row.remoteId),
      );
    case 'invitations':
      return (await handlers.query_invitations({ ...query, ...whole })).rows.map((row) =>
        listed(row.accountId, row.invitee, null, row.remoteId),
      );
    default:
      return [];
  }
}
