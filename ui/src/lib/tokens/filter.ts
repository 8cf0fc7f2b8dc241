// What the tokens screen shows, in its address: which view, which tokens, in which order.
import type {
  AccountId,
  AccountView,
  TokenChip,
  TokenColumn,
  TokenFilter,
  TokenKind,
  TokenOwnerColumn,
} from '$lib/backend/bindings';
import { hidesApiUsers } from '$lib/apiusers/hidden';
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';

export const views = ['list', 'owners', 'calendar'] as const;
type View = (typeof views)[number];

/** Columns by which tokens are sorted, in the order of the program. */
export const tokenColumnIds = [
  'name',
  'owner',
  'account',
  'kind',
  'accessType',
  'state',
  'expiresAt',
  'lastUsedAt',
  'requests',
  'createdAt',
  'description',
] as const satisfies readonly TokenColumn[];

/** Columns by which owners are sorted. */
export const ownerColumnIds = [
  'owner',
  'account',
  'tokens',
  'expired',
  'expiring',
  'neverExpires',
  'nextExpiryAt',
  'lastUsedAt',
] as const satisfies readonly TokenOwnerColumn[];

/** In the order of the screen; those of one kind widen one another, those of different kinds narrow. */
export const chips = [
  'expired',
  'expiring',
  'neverExpires',
  'idle30',
  'idle90',
  'orphaned',
] as const satisfies readonly TokenChip[];

export const kinds: readonly TokenKind[] = ['personalAccessToken', 'applicationSecret', 'apiUser'];

/** Chips about an end. */
const ends: readonly TokenChip[] = ['expired', 'expiring', 'neverExpires'];

/** Nothing but API users, which never end. */
export const neverEnd = (shown: readonly TokenKind[]): boolean => shown.length === 1 && shown[0] === 'apiUser';

/** The chips that may find something among these kinds; one that is chosen stays, to be taken away. */
export function chipsFor(shown: readonly TokenKind[], chosen: readonly TokenChip[]): readonly TokenChip[] {
  return chips.filter((chip) => !(neverEnd(shown) && ends.includes(chip)) || chosen.includes(chip));
}

/** The kinds of which the services of these accounts can list some. */
export function kindsOf(accounts: readonly AccountView[]): readonly TokenKind[] {
  const apiUsers =
    accounts.some(({ capabilities }) => capabilities?.streams.includes('apiUsers') ?? false) ||
    accounts.some(hidesApiUsers);
  const others = accounts.some(({ capabilities }) => capabilities?.details ?? false);
  return kinds.filter((kind) => (kind === 'apiUser' ? apiUsers : others));
}

/** Whose tokens: ids are unique within an account only. */
interface Owner {
  readonly accountId: AccountId;
  readonly remoteId: string;
}

/** What the address asks for. */
export interface TokensAddress {
  view: View;
  text: string;
  chips: readonly TokenChip[];
  kind: TokenKind | null;
  owner: Owner | null;
  /** Ends within this stretch, milliseconds UTC. */
  ends: { from: number; to: number } | null;
  sort: string | null;
  descending: boolean;
  /** The month of the calendar, as `2026-11`; `null` for the present one. */
  month: string | null;
}

/** Reads an address; anything that it cannot mean is as if it were not there. */
export function readTokens(query: URLSearchParams): TokensAddress {
  const [from, to] = [number(query.get('from')), number(query.get('to'))];
  const [accountId, remoteId] = [number(query.get('of')), query.get('owner') ?? ''];
  const wanted = (query.get('only') ?? '').split(',');
  return {
    view: views.find((known) => known === query.get('view')) ?? 'list',
    text: query.get('text') ?? '',
    chips: chips.filter((chip) => wanted.includes(chip)),
    kind: kinds.find((known) => known === query.get('kind')) ?? null,
    owner: accountId !== null && remoteId !== '' ? { accountId, remoteId } : null,
    ends: from !== null && to !== null && from < to ? { from, to } : null,
    sort: query.get('sort'),
    descending: query.get('order') === 'desc',
    month: /^\d{4}-(?:0[1-9]|1[0-2])$/.exec(query.get('month') ?? '')?.[0] ?? null,
  };
}

function number(text: string | null): number | null {
  const value = Number(text ?? NaN);
  return Number.isSafeInteger(value) ? value : null;
}

/** The order that an address asks for among `columns`; the usual one where it asks for another column. */
export function orderOf<C extends string>(
  { sort, descending }: TokensAddress,
  columns: readonly C[],
  usual: C,
): { column: C; descending: boolean } {
  const query = new URLSearchParams({ sort: sort ?? '', order: descending ? 'desc' : '' });
  return readSort(query, columns, usual);
}

/** The screen with what is named; what is left out is not filtered. */
export function tokensLink(address: Partial<TokensAddress> = {}): string {
  const { view = 'list', text, chips: only = [], kind, owner, ends, sort, descending = false, month } = address;
  return screenLink('tokens', {
    view: view === 'list' ? null : view,
    text,
    only: only.join(','),
    kind,
    of: owner?.accountId,
    owner: owner?.remoteId,
    from: ends?.from,
    to: ends?.to,
    ...sortQuery(typeof sort === 'string' ? { column: sort, descending } : undefined, 'owner'),
    month,
  });
}

/** The filter as the core takes it. */
export function tokenFilter(address: TokensAddress, accountId: AccountId | null): TokenFilter {
  const { text, chips: only, kind, owner, ends } = address;
  return {
    accountId: owner?.accountId ?? accountId,
    text,
    chips: [...only],
    kind,
    owner: owner?.remoteId ?? null,
    expiresFrom: ends?.from ?? null,
    expiresTo: ends?.to ?? null,
  };
}

/** Whether anything is filtered. */
export function isFiltered({ text, chips: only, kind, owner, ends }: TokensAddress): boolean {
  return text.trim() !== '' || only.length > 0 || kind !== null || owner !== null || ends !== null;
}

/** The same with nothing filtered. */
export const unfiltered = { text: '', chips: [], kind: null, owner: null, ends: null } as const;
