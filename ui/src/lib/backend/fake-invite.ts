// Whom to invite in the fake backend: every address apart, as the core does it.
import type { AccountView, InviteeCounts, InviteeState, InviteeView } from './bindings';
import type { Handlers } from './fake-handlers';
import { fakeInvitations } from './fake-logto';
import { fakeUser } from './fake-people';

export function fakeInviteAnswers(
  chosen: (accountId: number | null) => readonly AccountView[],
): Pick<Handlers, 'check_invitees' | 'read_invitee_file'> {
  return {
    check_invitees: ({ accountId, text, state, offset, limit }) => {
      const pending = fakeInvitations(chosen(accountId)).filter((row) => row.state === 'pending');
      const counts: InviteeCounts = { all: 0, ready: 0, malformed: 0, duplicate: 0, member: 0, invited: 0, waiting: 0 };
      const seen = new Set<string>();
      const rows = text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((address): InviteeView => {
          const own = stateOf(
            address,
            seen,
            pending.map(({ invitee }) => invitee),
          );
          seen.add(address);
          counts.all += 1;
          counts[own] += 1;
          const name = fakeUser(accountId, 7).displayName;
          const user = own === 'member' ? { kind: 'user' as const, remoteId: 'u7', name } : null;
          return { address, state: own, user, elsewhere: null };
        });
      const found = rows.filter((row) => row.state === (state ?? row.state));
      const ready = rows.filter((row) => row.state === 'ready').map(({ address }) => address);
      return { counts, total: found.length, rows: found.slice(offset, offset + limit), ready, most: 20_000 };
    },
    read_invitee_file: () => ({
      file: {
        fileName: 'people.csv',
        column: 'E-mail',
        text: 'ada@new.example\nbo@new.example\nnobody',
        roleColumn: 'Role',
        roles: [{ address: 'ada@new.example', roles: ['Organisation admin', 'Gardener'] }],
        organizationColumn: 'Organisation',
        ofOthers: 2,
        unused: ['Name'],
        problem: null,
      },
    }),
  };
}

function stateOf(address: string, seen: ReadonlySet<string>, invited: readonly string[]): InviteeState {
  if (!/^[^@]+@[^@]+\.[^@]+$/.test(address)) return 'malformed';
  if (seen.has(address)) return 'duplicate';
  if (address.startsWith('member')) return 'member';
  return invited.includes(address) ? 'invited' : 'ready';
}
