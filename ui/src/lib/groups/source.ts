// Groups and organisations as whole lists: to be exported and selected.
import type { GroupRow, ListRequest } from '$lib/backend/bindings';
import type { GridSource } from '$lib/components/grid/source';
import type { GroupFilterRequest } from './filter';

/** The list that `query` asks for. */
export function groupSource(query: GroupFilterRequest, name: string): GridSource<GroupRow, ListRequest> {
  const { sort, descending, ...filter } = query;
  return {
    list: { list: 'groups', query: { ...filter, sort, descending, offset: 0, limit: 0 } },
    name,
    filter: JSON.stringify(filter),
    rowKey: ({ accountId, remoteId }) => ({ accountId, remoteId }),
  };
}
