// Columns of the roles grid, and of who holds one role.
import type { Snippet } from 'svelte';
import type { AccountId, RoleColumn, RoleHolderView, RoleRow } from '$lib/backend/bindings';
import { actionsColumn, nameCells } from '$lib/changes/grid-rows';
import type { Column } from '$lib/components/grid/columns';
import { statusText } from '$lib/directory/status';
import { statusWords, wordsFor, yesOrNo } from '$lib/directory/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';

/** What columns need from their screen. */
export interface RoleColumnContext {
  /** Beside the name: what is pending. */
  readonly mark: Snippet<[RoleRow]>;
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** The columns of the roles grid, in the person's language. */
export function roleColumns({ mark, accountName, withAccount }: RoleColumnContext): Column<RoleRow>[] {
  const account: Column<RoleRow> = { ...column('account', 180, true), text: (row) => accountName(row.accountId) };
  return [
    { ...column('displayName', 260, true), fixed: true, ...nameCells(mark) },
    ...(withAccount ? [account] : []),
    {
      ...column('scope', 150, true),
      text: (row) => t(`roles.scope.${row.scope}`),
      file: [{ id: 'scope', words: scopeWords() }],
    },
    {
      ...column('holderKind', 130, false),
      text: (row) => t(`roles.kind.${row.holderKind}`),
      file: [{ id: 'holderKind', words: kindWords() }],
    },
    { ...column('holders', 100, true), ...count((row) => row.holders) },
    { ...column('permissions', 110, true), ...count((row) => row.permissions) },
    {
      ...column('default', 150, false),
      text: (row) => (row.isDefault === true ? t('common.yes') : ''),
      file: [{ id: 'isDefault', words: yesOrNo() }],
    },
    { ...column('description', 260, false), text: (row) => row.description ?? '' },
  ];
}

function count(pick: (row: RoleRow) => number): Pick<Column<RoleRow>, 'text' | 'copy' | 'align'> {
  return { text: (row) => i18n.number(pick(row)), copy: (row) => String(pick(row)), align: 'end' };
}

function column(id: RoleColumn | 'holderKind' | 'default' | 'description', width: number, sortable: boolean) {
  return { id, label: t(`roles.column.${id}`), width, sortable };
}

/** How the cells of the holders are drawn. */
export interface HolderCells {
  readonly name: Snippet<[RoleHolderView]>;
  readonly organization: Snippet<[RoleHolderView]>;
  readonly status: Snippet<[RoleHolderView]>;
  /** What can be done with a holder; absent where nothing can. */
  readonly actions?: Snippet<[RoleHolderView]>;
  /** Whether the role is held in organisations. */
  readonly withOrganization: boolean;
}

/** The columns of who holds a role. */
export function holderColumns(cells: HolderCells): Column<RoleHolderView>[] {
  const { name, organization, status, actions, withOrganization } = cells;
  const plain = { sortable: false } as const;
  const held: Column<RoleHolderView> = {
    ...plain,
    id: 'organization',
    label: t('roles.holder.organization'),
    width: 220,
    text: (holder) => holder.organization ?? '',
    cell: organization,
  };
  return [
    {
      ...plain,
      id: 'displayName',
      label: t('roles.holder.name'),
      width: 260,
      fixed: true,
      text: (holder) => holder.displayName,
      cell: name,
    },
    ...(withOrganization ? [held] : []),
    {
      ...plain,
      id: 'status',
      label: t('groups.member.status'),
      width: 190,
      text: holderStatus,
      cell: status,
      file: [
        { id: 'active', words: statusWords() },
        { id: 'holderKind', heading: t('roles.column.holderKind'), words: kindWords() },
        { id: 'dangling', heading: t('groups.member.dangling'), words: yesOrNo() },
      ],
    },
    ...(actions ? [actionsColumn(actions, 120)] : []),
    { ...plain, id: 'email', label: t('users.column.email'), width: 250, text: (holder) => holder.email ?? '' },
    {
      ...plain,
      id: 'id',
      label: t('users.field.remoteId'),
      width: 190,
      hidden: true,
      text: (holder) => holder.remoteId,
    },
  ];
}

function scopeWords(): Record<string, string> {
  return wordsFor(['account', 'organization'], (value) => t(`roles.scope.${value}`));
}

function kindWords(): Record<string, string> {
  return wordsFor(['user', 'application'], (value) => t(`roles.kind.${value}`));
}

/** What a holder is, in words. */
export function holderStatus(holder: RoleHolderView): string {
  if (holder.dangling) return t('groups.member.dangling');
  return holder.kind === 'application' ? t('roles.holder.application') : statusText(holder.active);
}
