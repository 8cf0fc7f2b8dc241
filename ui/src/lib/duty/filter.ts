// What the duty screen shows, in its address.
import { readSort, sortQuery } from '$lib/directory/links';
import { screenLink } from '$lib/navigation';

export const dutyViews = ['list', 'calendar'] as const;
export const dutyShows = ['on', 'unreached', 'off'] as const;
const dutyColumns = ['displayName', 'account', 'duty', 'until', 'next'] as const;
export type DutyColumn = (typeof dutyColumns)[number];

/** What the address asks for. */
export interface DutyAddress {
  view: (typeof dutyViews)[number];
  /** Only who is on duty, who is but is reached by no alert, or who is not. */
  show: (typeof dutyShows)[number] | null;
  text: string;
  /** Only members of this group. */
  group: string | null;
  sort: DutyColumn;
  descending: boolean;
}

/** Reads an address; anything that it cannot mean is as if it were not there. */
export function readDuty(query: URLSearchParams): DutyAddress {
  const { column, descending } = readSort(query, dutyColumns, 'displayName');
  return {
    view: dutyViews.find((known) => known === query.get('view')) ?? 'list',
    show: dutyShows.find((known) => known === query.get('show')) ?? null,
    text: query.get('text') ?? '',
    group: query.get('group') || null,
    sort: column,
    descending,
  };
}

/** The screen with what is named; what is left out is not filtered. */
export function dutyLink(address: Partial<DutyAddress> = {}): string {
  const { view = 'list', show, text, group, sort = 'displayName', descending = false } = address;
  return screenLink('duty', {
    view: view === 'list' ? null : view,
    show,
    text,
    group,
    ...sortQuery({ column: sort, descending }, 'displayName'),
  });
}
