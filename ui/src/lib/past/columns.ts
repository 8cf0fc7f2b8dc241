// Columns of what is different, and what the list of users as they were has beside those of today's.
import type { Snippet } from 'svelte';
import { eventText, valueText } from '$lib/activity/history-text';
import type { AccountId, DifferenceView, PastUserRow } from '$lib/backend/bindings';
import type { Column } from '$lib/components/grid/columns';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { userColumns, type UserColumnContext } from '$lib/users/columns';

interface Context {
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** What is different about it. */
export function differenceText(row: DifferenceView): string {
  if (row.returned) return t(row.subject === 'token' ? 'past.madeAnew' : 'past.cameBack', { name: row.name });
  if (row.subject === 'token' && row.action === 'changed') return t('past.tokenExpiry', { name: row.name });
  return eventText(row, row.memberId);
}

/** Columns of what is different. */
export function differenceColumns({ accountName, withAccount }: Context): Column<DifferenceView>[] {
  const account: Column<DifferenceView> = {
    ...column('account', 150),
    text: (row) => accountName(row.accountId),
  };
  return [
    { ...column('name', 200), fixed: true, text: (row) => row.memberName ?? row.name },
    ...(withAccount ? [account] : []),
    { ...column('event', 230), text: differenceText },
    { ...column('before', 180), text: (row) => value(row, row.before) },
    { ...column('after', 180), text: (row) => value(row, row.after) },
    {
      ...column('when', 175),
      text: (row) => i18n.dateTime(row.at),
      title: (row) => i18n.exactTime(row.at),
      copy: (row) => new Date(row.at).toISOString(),
      hidden: true,
    },
  ];
}

/** Columns of the users as they were. */
export function pastUserColumns(context: UserColumnContext, fate: Snippet<[PastUserRow]>): Column<PastUserRow>[] {
  const [name, ...others] = userColumns(context);
  const since: Column<PastUserRow> = {
    id: 'fate',
    label: t('past.column.fate'),
    width: 130,
    sortable: false,
    text: (row) => t(`past.fate.${row.fate}`),
    cell: fate,
  };
  return [...(name ? [name] : []), since, ...others];
}

function value(row: DifferenceView, side: unknown): string {
  if (row.action !== 'changed' || row.returned) return '';
  if (row.subject === 'token') {
    return typeof side === 'number' ? i18n.dateTime(side) : t('past.never');
  }
  return valueText(side, row.field);
}

function column(id: 'name' | 'account' | 'event' | 'before' | 'after' | 'when', width: number) {
  return { id, label: t(`activity.column.${id}`), width, sortable: false };
}
