// Columns of the groups grid, and of the members of one group.
import type { Snippet } from 'svelte';
import type { AccountId, GroupColumn, GroupRow, MemberView } from '$lib/backend/bindings';
import { actionsColumn, nameCells } from '$lib/changes/grid-rows';
import type { Column } from '$lib/components/grid/columns';
import { statusText } from '$lib/directory/status';
import { statusWords, yesOrNo } from '$lib/directory/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { timeCells } from '$lib/users/columns';

/** Columns by which groups are sorted, in the order of the program. */
export const groupColumnIds = [
  'displayName',
  'account',
  'members',
  'createdAt',
  'modifiedAt',
] as const satisfies readonly GroupColumn[];

/** What columns need from their screen. */
export interface GroupColumnContext {
  /** Beside the name: what is pending. */
  readonly mark: Snippet<[GroupRow]>;
  /** Draws the members that are gone. */
  readonly dangling: Snippet<[GroupRow]>;
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** The columns of the groups grid, in the person's language. */
export function groupColumns({ mark, dangling, accountName, withAccount }: GroupColumnContext): Column<GroupRow>[] {
  const count = (pick: (row: GroupRow) => number): Pick<Column<GroupRow>, 'text' | 'copy' | 'align'> => ({
    text: (row) => i18n.number(pick(row)),
    copy: (row) => String(pick(row)),
    align: 'end',
  });
  const account: Column<GroupRow> = {
    ...column('account', 200, true),
    text: (row) => accountName(row.accountId),
  };
  return [
    { ...column('displayName', 300, true), fixed: true, ...nameCells(mark) },
    ...(withAccount ? [account] : []),
    { ...column('members', 110, true), ...count((row) => row.members) },
    { ...column('dangling', 150, false), ...count((row) => row.dangling), cell: dangling },
    { ...column('createdAt', 130, true), ...timeCells((row: GroupRow) => row.createdAt) },
    { ...column('modifiedAt', 130, true), ...timeCells((row: GroupRow) => row.modifiedAt) },
  ];
}

/** The columns of the members of a group. */
export function memberColumns(
  name: Snippet<[MemberView]>,
  status: Snippet<[MemberView]>,
  withRoles: boolean,
  actions?: Snippet<[MemberView]>,
  /** Draws the roles, with who administers marked. */
  roles?: Snippet<[MemberView]>,
): Column<MemberView>[] {
  const held: Column<MemberView> = {
    id: 'roles',
    label: t('organizations.member.roles'),
    width: 160,
    sortable: false,
    text: (member) => member.roles.map(({ displayName }) => displayName).join(', '),
    ...(roles ? { cell: roles } : {}),
    file: [
      { id: 'roles' },
      { id: 'administers', heading: t('organizations.member.administers.heading'), words: yesOrNo() },
    ],
  };
  const added: Column<MemberView> = {
    id: 'addedAt',
    label: t('organizations.member.added'),
    width: 130,
    sortable: false,
    ...timeCells((member: MemberView) => member.addedAt),
    title: ({ addedAt }) => (addedAt === null ? t('organizations.member.added.unknown') : i18n.exactTime(addedAt)),
  };
  const standing: Column<MemberView> = {
    id: 'status',
    label: t('groups.member.status'),
    width: 200,
    sortable: false,
    text: memberStatus,
    cell: status,
    file: [
      { id: 'active', words: statusWords() },
      { id: 'kind', heading: t('groups.member.kind'), words: kindWords() },
      { id: 'dangling', heading: t('groups.member.dangling'), words: yesOrNo() },
    ],
  };
  return [
    {
      id: 'displayName',
      label: t('groups.member.name'),
      width: withRoles ? 210 : 280,
      sortable: false,
      fixed: true,
      text: (member) => member.displayName,
      cell: name,
    },
    ...(withRoles ? [held] : []),
    ...(withRoles ? [] : [standing]),
    ...(actions ? [actionsColumn(actions, withRoles ? 190 : 120)] : []),
    {
      id: 'email',
      label: t('users.column.email'),
      width: withRoles ? 220 : 260,
      sortable: false,
      text: (member) => member.email ?? '',
    },
    added,
    // Of a member of an organisation the role says more.
    ...(withRoles ? [standing] : []),
    {
      id: 'id',
      label: t('users.field.remoteId'),
      width: 200,
      sortable: false,
      hidden: true,
      text: (member) => member.remoteId,
    },
  ];
}

function kindWords(): Record<string, string> {
  return { user: t('groups.member.user'), group: t('groups.member.group') };
}

/** What a member is, in words. */
export function memberStatus(member: MemberView): string {
  if (member.dangling) return t('groups.member.dangling');
  return member.kind === 'group' ? t('groups.member.group') : statusText(member.active);
}

function column(id: GroupColumn | 'dangling', width: number, sortable: boolean) {
  return { id, label: t(`groups.column.${id}`), width, sortable };
}
