// The resources' filter in the address of the screen.
import type { AccountId, GrantHolder, ResourceColumn, ResourceKind, ResourceQueryRequest } from '$lib/backend/bindings';
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';

/** Columns by which resources are sorted, in the order of the program. */
const resourceColumnIds = [
  'displayName',
  'account',
  'kind',
  'type',
  'mode',
  'active',
  'recipients',
  'viewData',
  'view',
  'edit',
] as const satisfies readonly ResourceColumn[];

export const kinds: readonly ResourceKind[] = [
  'monitor',
  'monitorGroup',
  'vaultSection',
  'integration',
  'alertDefinition',
];

/** The part of a request that does not depend on the page. */
export type ResourceFilterRequest = Omit<ResourceQueryRequest, 'offset' | 'limit'>;

/** What the address asks for; anything it cannot mean is as if it were not there. */
export function readResourceFilter(
  query: URLSearchParams,
  accountId: AccountId | null,
  withAccount: boolean,
): ResourceFilterRequest {
  const columns = resourceColumnIds.filter((id) => id !== 'account' || withAccount);
  const { column, descending } = readSort(query, columns, 'displayName');
  return {
    accountId,
    text: query.get('text') ?? '',
    kind: kinds.find((known) => known === query.get('kind')) ?? null,
    mode: query.get('mode') || null,
    active: query.get('active') === 'on' ? true : query.get('active') === 'off' ? false : null,
    sort: column,
    descending,
  };
}

/** The list of resources with a filter. */
export function resourcesLink(filter: Partial<ResourceFilterRequest> = {}): string {
  const { text, kind, mode, active = null, sort = 'displayName', descending = false } = filter;
  return screenLink('resources', {
    text,
    kind,
    mode,
    active: active === null ? null : active ? 'on' : 'off',
    ...sortQuery({ column: sort, descending }, 'displayName'),
  });
}

/** What the table of who may do what asks for. */
export interface AccessFilter {
  readonly text: string;
  readonly mode: string | null;
  /** Only monitors with which somebody in sight may do something. */
  readonly allowedOnly: boolean;
  /** Operators across; groups unless given. */
  readonly across: GrantHolder | null;
  /** Words of the names across. */
  readonly who: string;
  /** The chosen account, where several are shown. */
  readonly account: AccountId | null;
}

/** What the address of the table asks for. */
export function readAccessFilter(query: URLSearchParams): AccessFilter {
  const account = Number(query.get('of'));
  return {
    text: query.get('text') ?? '',
    mode: query.get('mode') || null,
    allowedOnly: query.get('allowed') === 'true',
    across: query.get('across') === 'user' ? 'user' : null,
    who: query.get('who') ?? '',
    account: Number.isInteger(account) && account > 0 ? account : null,
  };
}

/** The table with a filter. */
export function accessLink({ text, mode, allowedOnly, across, who, account }: Partial<AccessFilter> = {}): string {
  return screenLink('resources', { view: 'matrix', text, mode, allowed: allowedOnly, across, who, of: account });
}
