// Columns of the organisations and of the invitations.
import type { Snippet } from 'svelte';
import type { AccountId, GroupColumn, GroupRow, InvitationColumn, InvitationRow } from '$lib/backend/bindings';
import { actionsColumn, nameCells } from '$lib/changes/grid-rows';
import type { Column } from '$lib/components/grid/columns';
import { wordsFor } from '$lib/directory/words';
import { invitationStates } from './filter';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { timeCells } from '$lib/users/columns';

/** What columns need from their screen. */
interface Context {
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** The columns of the organisations. */
export function organizationColumns(
  { mark, accountName, withAccount }: Context & { readonly mark: Snippet<[GroupRow]> },
  dangling: Snippet<[GroupRow]>,
): Column<GroupRow>[] {
  const head = (id: GroupColumn | 'dangling', width: number, sortable: boolean) => ({
    id,
    label: t(`groups.column.${id}`),
    width,
    sortable,
  });
  const count = (pick: (row: GroupRow) => number): Pick<Column<GroupRow>, 'text' | 'copy' | 'align'> => ({
    text: (row) => i18n.number(pick(row)),
    copy: (row) => String(pick(row)),
    align: 'end',
  });
  const account: Column<GroupRow> = { ...head('account', 180, true), text: (row) => accountName(row.accountId) };
  return [
    { ...head('displayName', 300, true), fixed: true, ...nameCells(mark) },
    ...(withAccount ? [account] : []),
    { ...head('members', 110, true), ...count((row) => row.members) },
    {
      id: 'invitations',
      label: t('organizations.column.pending'),
      width: 170,
      sortable: false,
      ...count((row) => row.invitations),
    },
    { ...head('dangling', 150, false), ...count((row) => row.dangling), cell: dangling },
    { ...head('createdAt', 130, true), ...timeCells((row: GroupRow) => row.createdAt) },
  ];
}

/** The columns of the invitations. */
export function invitationColumns(
  { accountName, withAccount, mark }: Context & { readonly mark: Snippet<[InvitationRow]> },
  state: Snippet<[InvitationRow]>,
  buttons?: Snippet<[InvitationRow]>,
): Column<InvitationRow>[] {
  const head = (id: InvitationColumn | 'inviter' | 'roles', width: number, sortable: boolean) => ({
    id,
    label: t(`organizations.column.${id}`),
    width,
    sortable,
  });
  const account: Column<InvitationRow> = { ...head('account', 170, true), text: (row) => accountName(row.accountId) };
  return [
    { ...head('invitee', 230, true), fixed: true, text: (row) => row.invitee, cell: mark },
    ...(withAccount ? [account] : []),
    { ...head('state', 150, true), text: invitationState, cell: state, file: [{ id: 'state', words: stateWords() }] },
    // In view whatever the width of the window: the rest gives way.
    ...(buttons ? [actionsColumn(buttons, 240)] : []),
    { ...head('organization', 170, true), text: (row) => row.organization ?? '' },
    { ...head('createdAt', 125, true), ...timeCells((row: InvitationRow) => row.createdAt) },
    { ...head('expiresAt', 125, true), ...timeCells((row: InvitationRow) => row.expiresAt) },
    { ...head('inviter', 150, false), text: (row) => row.inviter ?? '' },
    { ...head('roles', 170, false), text: (row) => row.roles.join(', ') },
  ];
}

function stateWords(): Record<string, string> {
  return wordsFor(invitationStates, (value) => t(`organizations.state.${value}`));
}

/** What became of an invitation, in words; what is new is in the words of the service. */
export function invitationState({ state, status }: InvitationRow): string {
  return state === 'other' ? status : t(`organizations.state.${state}`);
}
