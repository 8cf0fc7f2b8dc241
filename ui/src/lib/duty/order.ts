// Filtering and sorting of who is on duty: everybody is here already, so that it needs nobody's answer.
import type { DutyAddress, DutyColumn } from './filter';
import { isUnreached, nextPeriod, presentPeriod, standingOf, type DutyRow } from './words';

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The rows that an address asks for, in its order; the same names stand by id. */
export function chosenRows(
  rows: readonly DutyRow[],
  { show, text, sort, descending }: Pick<DutyAddress, 'show' | 'text' | 'sort' | 'descending'>,
  accountName: (id: number) => string,
): DutyRow[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const found = rows.filter(({ person }) => {
    const name = folded(person.displayName);
    const wanted = show === null || (show === 'unreached' ? isUnreached(person) : person.onDuty === (show === 'on'));
    return wanted && words.every((word) => name.includes(word));
  });
  const turn = descending ? -1 : 1;
  const names = (row: DutyRow) => folded(row.person.displayName);
  return found.toSorted((a, b) => {
    const [first, second] = [keyOf(a, sort, accountName), keyOf(b, sort, accountName)];
    // What has no value comes last in either direction.
    if (first === null || second === null) {
      if (first !== second) return first === null ? 1 : -1;
    } else if (first !== second) {
      const order = typeof first === 'string' ? first.localeCompare(String(second)) : first - Number(second);
      if (order !== 0) return order * turn;
    }
    return names(a).localeCompare(names(b)) || a.person.remoteId.localeCompare(b.person.remoteId);
  });
}

function keyOf(row: DutyRow, column: DutyColumn, accountName: (id: number) => string): string | number | null {
  switch (column) {
    case 'displayName':
      return folded(row.person.displayName);
    case 'account':
      return folded(accountName(row.accountId));
    case 'duty':
      return ['on', 'period', 'inactive', 'unknown'].indexOf(standingOf(row.person));
    case 'until': {
      const standing = standingOf(row.person);
      const end = standing === 'on' ? nextPeriod(row)?.start : presentPeriod(row)?.end;
      return standing === 'inactive' || standing === 'unknown' ? null : (end ?? Number.MAX_SAFE_INTEGER);
    }
    case 'next':
      return nextPeriod(row)?.start ?? null;
  }
}
