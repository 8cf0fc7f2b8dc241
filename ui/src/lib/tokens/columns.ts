// Columns of the tokens, and of their owners.
import type { Snippet } from 'svelte';
import type {
  AccountId,
  RowKey,
  TokenColumn,
  TokenOwnerColumn,
  TokenOwnerRow,
  TokenRow,
  TokenState,
} from '$lib/backend/bindings';
import { sourceText } from '$lib/apiusers/hidden';
import { actionsColumn } from '$lib/changes/grid-rows';
import type { Column } from '$lib/components/grid/columns';
import { wordsFor, yesOrNo } from '$lib/directory/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { timeCells } from '$lib/users/columns';
import { kinds } from './filter';
import { accessText, expiryText, requestsText, stateText, useText } from './words';

interface Context {
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
  /** Whether requests are counted for some of them. */
  readonly withRequests?: boolean;
  /** Nothing but API users: each has the same kind and no end, and is called by the words of its service. */
  readonly apiUsers?: boolean;
  /** Whether some of them can be of a list that was imported. */
  readonly withSource?: boolean;
}

/** How cells of the tokens are drawn. */
export interface TokenCells {
  readonly name: Snippet<[TokenRow]>;
  readonly owner: Snippet<[TokenRow]>;
  readonly state: Snippet<[TokenRow]>;
  readonly expiry: Snippet<[TokenRow]>;
  readonly use: Snippet<[TokenRow]>;
  readonly source: Snippet<[TokenRow]>;
}

type Texts = Pick<Column<TokenRow>, 'text' | 'copy' | 'title'>;

/** A time or a word in its place; the word is copied as it is. */
function timeOr(at: (row: TokenRow) => number | null, word: (row: TokenRow) => string): Texts {
  const times = timeCells(at);
  const exact = times.title ?? times.text;
  const copied = times.copy ?? times.text;
  return {
    text: word,
    title: (row) => (at(row) === null ? word(row) : exact(row)),
    copy: (row) => (at(row) === null ? word(row) : copied(row)),
  };
}

const states = ['expired', 'expiring', 'valid', 'neverExpires', 'notReported'] as const satisfies readonly TokenState[];

function stateWords(): Record<string, string> {
  return wordsFor(states, (state) => t(state === 'expiring' ? 'tokens.chip.expiring' : `tokens.state.${state}`));
}

/** Names a row: its id alone is unique for its owner and kind only. */
export function tokenKey({ accountId, owner, kind, remoteId }: TokenRow): RowKey {
  return { accountId, remoteId: [owner.kind, owner.remoteId, kind, remoteId].join('\u001f') };
}

/** The columns of the tokens. */
export function tokenColumns(
  { accountName, withAccount, withRequests = false, apiUsers = false, withSource = false }: Context,
  cells: TokenCells,
): Column<TokenRow>[] {
  const column = (id: TokenColumn, width: number) => ({
    id,
    label: apiUsers && (id === 'name' || id === 'owner') ? t(`uptrends.tokens.${id}`) : t(`tokens.column.${id}`),
    width,
    sortable: true,
  });
  const account: Column<TokenRow> = { ...column('account', 150), text: (row) => accountName(row.accountId) };
  return [
    { ...column('name', apiUsers ? 190 : 175), fixed: true, text: (row) => row.name, cell: cells.name },
    { ...column('owner', apiUsers ? 160 : 190), text: (row) => row.owner.displayName, cell: cells.owner },
    ...(withAccount ? [account] : []),
    {
      id: 'source',
      label: t('apiusers.source'),
      width: 170,
      sortable: false,
      hidden: !withSource,
      text: (row) => sourceText(row) || t('apiusers.source.service'),
      title: (row) => (row.importedAt === null ? t('apiusers.source.service') : i18n.exactTime(row.importedAt)),
      cell: cells.source,
      file: [{ id: 'importedAt' }],
    },
    {
      ...column('kind', 128),
      hidden: apiUsers,
      text: (row) => t(`tokens.kind.${row.kind}`),
      file: [{ id: 'kind', words: wordsFor(kinds, (kind) => t(`tokens.kind.${kind}`)) }],
    },
    {
      ...column('accessType', apiUsers ? 130 : 150),
      hidden: !withRequests,
      text: accessText,
      file: [{ id: 'type' }],
    },
    {
      ...column('state', 175),
      hidden: apiUsers,
      text: stateText,
      cell: cells.state,
      file: [{ id: 'state', words: stateWords() }],
    },
    {
      ...column('expiresAt', 110),
      hidden: apiUsers,
      ...timeOr((row) => row.expiresAt, expiryText),
      cell: cells.expiry,
      file: [{ id: 'expiresAt' }, { id: 'neverExpires', heading: t('tokens.state.neverExpires'), words: yesOrNo() }],
    },
    {
      ...column('lastUsedAt', apiUsers ? 185 : 110),
      ...timeOr((row) => row.lastUsedAt, useText),
      cell: cells.use,
      file: [{ id: 'lastUsedAt' }, { id: 'neverUsed', heading: t('tokens.neverUsed'), words: yesOrNo() }],
    },
    {
      ...column('requests', 132),
      hidden: !withRequests,
      text: requestsText,
      copy: (row) => (row.requests === null ? requestsText(row) : String(row.requests)),
      align: 'end',
    },
    { ...column('createdAt', apiUsers ? 118 : 106), ...timeOr((row) => row.createdAt, (row) => (row.createdAt === null ? t('users.notReported') : i18n.date(row.createdAt))) }, // prettier-ignore
    { ...column('description', 180), hidden: !apiUsers, text: (row) => row.description ?? '' },
  ];
}

/** The columns of the owners. */
export function ownerColumns(
  { accountName, withAccount, apiUsers = false }: Context,
  name: Snippet<[TokenOwnerRow]>,
  actions?: Snippet<[TokenOwnerRow]>,
): Column<TokenOwnerRow>[] {
  const column = (id: TokenOwnerColumn, width: number) => ({
    id,
    label: apiUsers && (id === 'owner' || id === 'tokens') ? t(`uptrends.owners.${id}`) : t(`tokens.owners.${id}`),
    width,
    sortable: true,
  });
  const account: Column<TokenOwnerRow> = { ...column('account', 160), text: (row) => accountName(row.accountId) };
  const count = (pick: (row: TokenOwnerRow) => number): Pick<Column<TokenOwnerRow>, 'text' | 'copy' | 'align'> => ({
    text: (row) => i18n.number(pick(row)),
    copy: (row) => String(pick(row)),
    align: 'end',
  });
  return [
    { ...column('owner', 260), fixed: true, text: (row) => row.owner.displayName, cell: name },
    ...(withAccount ? [account] : []),
    ...(actions ? [actionsColumn(actions, 120)] : []),
    { ...column('tokens', 100), ...count((row) => row.tokens) },
    { ...column('expired', 100), hidden: apiUsers, ...count((row) => row.expired) },
    { ...column('expiring', 130), hidden: apiUsers, ...count((row) => row.expiring) },
    { ...column('neverExpires', 130), hidden: apiUsers, ...count((row) => row.neverExpires) },
    { ...column('nextExpiryAt', 130), hidden: apiUsers, ...timeCells((row: TokenOwnerRow) => row.nextExpiryAt) },
    {
      ...column('lastUsedAt', 130),
      ...timeCells((row: TokenOwnerRow) => row.lastUsedAt),
      text: (row) => (row.lastUsedAt === null ? useText(row) : i18n.date(row.lastUsedAt)),
    },
  ];
}
