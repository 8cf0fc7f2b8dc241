// One edit for each of many in the fake backend: the selection is resolved, and the plan is that of single edits.
import type {
  AccountView,
  BulkAccountView,
  BulkAction,
  Edit,
  EditKind,
  LeftOut,
  ListRequest,
  RowKey,
  Selection,
} from './bindings';
import type { FakeQueue } from './fake-changes';
import { everything } from './fake-export';
import type { Handlers } from './fake-handlers';

interface Asked {
  readonly list: ListRequest;
  readonly selection: Selection;
  readonly accountId: number | null;
  readonly action: BulkAction;
}

/** A selected row. */
interface Target extends RowKey {
  readonly name: string;
  readonly active: boolean | null;
}

const kinds: Record<BulkAction['kind'], EditKind> = {
  setActive: 'setUserActive',
  delete: 'deleteUser',
  assignRoles: 'assignRole',
  unassignRoles: 'unassignRole',
  addToGroups: 'addMember',
  removeFromGroups: 'removeMember',
  revokeTokens: 'deleteToken',
  addOffDuty: 'addOffDuty',
  resendInvitations: 'resendInvitation',
  inviteAgain: 'inviteUser',
  revokeInvitations: 'revokeInvitation',
  deleteInvitations: 'deleteInvitation',
};

export function fakeBulk(
  handlers: () => Handlers,
  queue: FakeQueue,
  find: (account: number) => AccountView,
): Pick<Handlers, 'preview_bulk' | 'propose_bulk'> {
  async function resolved({ list, selection, accountId, action }: Asked) {
    const targets = await selected(handlers(), list, selection);
    const mine = targets.filter((target) => accountId === null || target.accountId === accountId);
    const accounts = [...new Set(mine.map((target) => target.accountId))].map((id) => {
      const own = mine.filter((target) => target.accountId === id);
      const supported = find(id).capabilities?.edits.includes(kinds[action.kind]) ?? false;
      const left = new Map<LeftOut, string[]>();
      const edits = own.flatMap((target): Edit[] => {
        const made = supported ? editsOf(action, target, list) : 'notSupported';
        if (typeof made !== 'string') return made;
        left.set(made, [...(left.get(made) ?? []), target.name]);
        return [];
      });
      return { id, selected: own.length, edits, left };
    });
    return {
      accounts,
      elsewhere: targets.length - mine.length,
      seen: JSON.stringify(accounts.map(({ edits }) => edits)),
    };
  }
  return {
    preview_bulk: async ({ offset, most, ...asked }) => {
      const { accounts, elsewhere, seen } = await resolved(asked);
      const views = accounts.map(({ id, selected, edits, left }): BulkAccountView => {
        const plan = queue.preview(id, edits);
        const subjects = plan.subjects.slice(offset, offset + most);
        return {
          selected,
          leftOut: [...left].map(([reason, names]) => ({ reason, count: names.length, names: names.slice(0, 5) })),
          plan: { ...plan, subjects, beyond: plan.subjects.length - subjects.length - offset },
          seen: JSON.stringify(edits),
        };
      });
      return { accounts: views, gone: 0, elsewhere, seen };
    },
    propose_bulk: async ({ seen, ...asked }) => {
      const { accounts, seen: now } = await resolved(asked);
      if (now !== seen) return { kept: null };
      const kept = accounts
        .filter(({ edits }) => edits.length > 0)
        .map(({ id, edits }) => ({
          accountId: id,
          changes: queue
            .handlers()
            .propose_changes({ accountId: id, edits })
            .changes.filter((change) => change !== null),
          takenBack: 0,
        }));
      return { kept };
    },
  };
}

function editsOf(action: BulkAction, { remoteId, active, name }: Target, { list }: ListRequest): Edit[] | LeftOut {
  const [user = '', group = ''] = remoteId.split('\u001f');
  switch (action.kind) {
    case 'setActive':
      if (active === action.active) return 'alreadySo';
      return [{ kind: 'setUserActive', user, active: action.active }];
    case 'delete':
      return [{ kind: 'deleteUser', user }];
    case 'assignRoles':
    case 'unassignRoles':
      return action.roles.map((role) => ({
        kind: kinds[action.kind] as 'assignRole' | 'unassignRole',
        role,
        holder: user,
        holderKind: 'user',
        group: list === 'holders' && group !== '' ? group : null,
      }));
    case 'addToGroups':
    case 'removeFromGroups':
      return action.groups.map((each) => ({
        kind: kinds[action.kind] as 'addMember' | 'removeMember',
        group: each,
        groupKind: each.startsWith('o') ? 'organization' : 'group',
        member: user,
      }));
    case 'addOffDuty':
      return [{ kind: 'addOffDuty', user, rule: action.rule }];
    case 'revokeTokens': {
      const [, owner = '', kind] = remoteId.split('\u001f');
      return kind === 'personalAccessToken' ? [{ kind: 'deleteToken', owner, name }] : 'otherToken';
    }
    case 'resendInvitations':
      return [{ kind: 'resendInvitation', invitation: remoteId, expiresAt: action.expiresAt, message: action.message }];
    case 'inviteAgain': {
      const { expiresAt, message } = action;
      return [{ kind: 'inviteUser', group: 'o0', invitee: name, roles: [], expiresAt, message }];
    }
    case 'revokeInvitations':
      return [{ kind: 'revokeInvitation', invitation: remoteId }];
    case 'deleteInvitations':
      return [{ kind: 'deleteInvitation', invitation: remoteId }];
  }
}

async function selected(handlers: Handlers, list: ListRequest, { all, rows }: Selection): Promise<Target[]> {
  const text = ({ accountId, remoteId }: RowKey) => `${accountId} ${remoteId}`;
  const named = new Set(rows.map(text));
  const listed = (await everything(handlers, list)).map(({ key, ...row }) => ({ ...key, ...row }));
  return listed.filter((target) => named.has(text(target)) !== all);
}
