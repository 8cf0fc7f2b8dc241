// Columns of who is on duty now.
import type { Snippet } from 'svelte';
import type { Column } from '$lib/components/grid/columns';
import { t } from '$lib/i18n/i18n.svelte';
import { nextText, untilText, whyText, type DutyRow } from './words';

/** What columns need from their screen. */
interface Context {
  readonly badge: Snippet<[DutyRow]>;
  readonly accountName: (id: number) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
}

/** The columns, in the person's language. */
export function dutyListColumns({ badge, accountName, withAccount }: Context): Column<DutyRow>[] {
  const column = (id: 'displayName' | 'account' | 'duty' | 'why' | 'until' | 'next', width: number) => ({
    id,
    label: t(`duty.column.${id}`),
    width,
    sortable: id !== 'why',
  });
  const account: Column<DutyRow> = { ...column('account', 140), text: (row) => accountName(row.accountId) };
  return [
    { ...column('displayName', 190), fixed: true, text: ({ person }) => person.displayName },
    ...(withAccount ? [account] : []),
    { ...column('duty', 125), text: ({ person }) => t(person.onDuty ? 'duty.on' : 'duty.off'), cell: badge },
    { ...column('why', 250), text: whyText },
    { ...column('until', 170), text: untilText },
    { ...column('next', 340), text: nextText },
  ];
}
