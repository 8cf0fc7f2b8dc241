// What the fake backend answers about the past.
import type {
  CompareRequest,
  CompareView,
  DifferenceView,
  PastAccountView,
  PastUserRow,
  Subject,
  UserRow,
} from './bindings';
import { fakeNow, fakeUser } from './fake-people';

const day = 86_400_000;

/** What is known of the accounts at the asked moments. */
export function fakePastAccounts(
  accounts: readonly { id: number }[],
  moment: CompareRequest['since'],
): PastAccountView[] {
  return accounts.map(({ id }) => fakePastAccount(id, moment));
}

/** What one account was at a moment. */
export function fakePastAccount(accountId: number, moment: CompareRequest['since']): PastAccountView {
  const knownSince = fakeNow - 90 * day;
  return {
    accountId,
    knownSince,
    beforeKnown: moment.kind === 'at' && moment.at <= knownSince,
    syncedAt: fakeNow - 8 * day,
    untilSyncedAt: fakeNow - 3_600_000,
  };
}

/** Every third came, every third changed, every third left; and memberships and roles with them. */
function differences(accountId: number): DifferenceView[] {
  const nothing = { field: null, before: null, after: null, returned: false };
  return Array.from({ length: 60 }, (_, index): DifferenceView[] => {
    const { remoteId, displayName } = fakeUser(accountId, index);
    const at = fakeNow - index * 3_600_000;
    const user = { ...nothing, accountId, subject: 'user' as const, remoteId, name: displayName, at };
    const edge = (subject: Subject, id: string, name: string): DifferenceView => ({
      ...nothing,
      ...{ accountId, subject, at, remoteId: id, name, action: index % 2 === 0 ? 'added' : 'removed' },
      ...{ memberId: remoteId, memberName: displayName },
    });
    const nobody = { memberId: null, memberName: null };
    if (index % 3 === 0) return [{ ...user, ...nobody, action: 'added' }, edge('membership', 'g0', 'All staff')];
    if (index % 3 === 1) return [{ ...user, ...nobody, action: 'removed' }];
    return [
      { ...user, ...nobody, action: 'changed', field: 'title', before: 'Junior', after: 'Senior' },
      edge('roleAssignment', 'r0', 'Administrator'),
    ];
  }).flat();
}

/** What is different, filtered and paged. */
export function fakeCompare(accounts: readonly { id: number }[], request: CompareRequest): CompareView {
  const all = accounts
    .flatMap(({ id }) => differences(id))
    .filter((row) => request.remoteId === null || request.remoteId === (row.memberId ?? row.remoteId));
  const words = request.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all
    .filter(({ subject }) => subject === (request.subject ?? subject))
    .filter(({ action }) => action === (request.action ?? action))
    .filter((row) => words.every((word) => `${row.name} ${row.memberName} ${row.field}`.toLowerCase().includes(word)));
  const subjects = [...new Set(all.map(({ subject }) => subject))];
  const count = (subject: Subject, action: DifferenceView['action']) =>
    all.filter((row) => row.subject === subject && row.action === action).length;
  return {
    total: found.length,
    counts: subjects.map((subject) => ({
      subject,
      added: count(subject, 'added'),
      changed: count(subject, 'changed'),
      removed: count(subject, 'removed'),
    })),
    accounts: fakePastAccounts(accounts, request.since),
    rows: found.slice(request.offset, request.offset + request.limit),
  };
}

/** A user as it was. */
export function fakePastRow(row: UserRow): PastUserRow {
  const index = Number(row.remoteId.slice(1));
  const fate = (['same', 'left', 'changed'] as const)[index % 3] ?? 'same';
  return { ...row, title: fate === 'changed' ? 'Junior' : row.title, fate };
}
