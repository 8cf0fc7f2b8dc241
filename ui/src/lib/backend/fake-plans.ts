// What an edit would do, told for the edits that tests look at: the lines of a plan, what is lost, left and asked.
import type { Edit, EditKind, GuardView, LeftView, LossView, PlanLineView, RecordView } from './bindings';
import { fakeGroup, fakeUser } from './fake-people';
import { fakeRoles } from './fake-roles';

export function lineOf(accountId: number, edit: Edit, index: number): PlanLineView {
  const fields = 'fields' in edit ? edit.fields : [];
  const activity = edit.kind === 'setUserActive' ? [{ path: 'active', before: !edit.active, after: edit.active }] : [];
  return {
    changeId: null,
    index,
    kind: edit.kind,
    edit,
    state: 'pending',
    targets: targetsOf(accountId, edit),
    item: itemOf(edit),
    fields: [...fields, ...activity],
    losses: losses(edit.kind),
    guards: guards(edit, subjectOf(accountId, edit)),
    problems: [],
    order: index + 1,
    after: [],
    blocked: null,
    secret: null,
    createdAt: null,
    dueAt: null,
    needs: null,
    runId: null,
  };
}

/** Whoever goes leaves a group empty and a role unheld. */
export function left(lines: readonly PlanLineView[]): LeftView[] {
  const given = lines.some(({ kind }) => kind === 'assignRole');
  if (!lines.some(({ kind }) => kind === 'deleteUser')) return [];
  const role: LeftView = {
    kind: 'unheldRoles',
    count: 1,
    items: [{ remoteId: 'r4', name: 'Organisation admin', group: { remoteId: 'o1', displayName: 'Acme' } }],
  };
  const empty: LeftView = {
    kind: 'emptyGroups',
    count: 1,
    items: [{ remoteId: 'g4', name: 'Contractors', group: null }],
  };
  return given ? [empty] : [empty, role];
}

function losses(kind: EditKind): LossView[] {
  if (kind === 'deleteUser') {
    return [
      { kind: 'record', count: 1, names: [] },
      { kind: 'memberships', count: 2, names: ['All staff', 'Engineering'] },
      { kind: 'tokens', count: 1, names: ['nightly'] },
    ];
  }
  if (kind === 'deleteRole') return [{ kind: 'holders', count: 34, names: ['Anna Vermeulen', 'Bram Vermeulen'] }];
  return kind === 'resetPassword' ? [{ kind: 'password', count: 1, names: [] }] : [];
}

function guards(edit: Edit, { remoteId }: RecordView): GuardView[] {
  if (edit.kind.startsWith('delete'))
    return [{ key: `gone ${remoteId}`, guard: { kind: 'irreversible' }, confirm: true }];
  return shownOnce(edit) ? [{ key: 'once', guard: { kind: 'secretShownOnce' }, confirm: false }] : [];
}

export function shownOnce(edit: Edit): boolean {
  return (
    edit.kind === 'createToken' ||
    edit.kind === 'resetPassword' ||
    (edit.kind === 'createUser' && edit.password === 'generated')
  );
}

export function subjectOf(accountId: number, edit: Edit): RecordView {
  const user = (id: string): RecordView => ({ kind: 'user', remoteId: id, name: userName(accountId, id) });
  switch (edit.kind) {
    case 'createUser':
    case 'createGroup':
    case 'createRole': {
      const named = edit.fields.find(({ path }) => /^(displayName|name|userName|username)$/.test(path));
      const kind = edit.kind === 'createUser' ? 'user' : edit.kind === 'createGroup' ? 'group' : 'role';
      return { kind, remoteId: null, name: typeof named?.after === 'string' ? named.after : '…' };
    }
    case 'updateRole':
    case 'deleteRole':
      return roleRecord(accountId, edit.role);
    case 'updateGroup':
    case 'deleteGroup':
      return groupRecord(accountId, edit.group);
    case 'assignRole':
    case 'unassignRole':
      return user(edit.holder);
    case 'addMember':
    case 'removeMember':
      return user(edit.member);
    case 'createToken':
    case 'keepToken':
    case 'renameToken':
    case 'describeToken':
    case 'deleteToken':
      return user(edit.owner);
    case 'addGroupOffDuty':
    case 'setGroupActive':
      return groupRecord(accountId, edit.group);
    case 'giveRight':
    case 'takeRight':
      return edit.right.holderKind === 'group' ? groupRecord(accountId, edit.right.holder) : user(edit.right.holder);
    case 'inviteUser':
      return { kind: 'invitation', remoteId: null, name: edit.invitee };
    case 'resendInvitation':
    case 'revokeInvitation':
    case 'deleteInvitation':
    case 'acceptInvitation':
      return { kind: 'invitation', remoteId: edit.invitation, name: edit.invitation };
    default:
      return user(edit.user);
  }
}

function targetsOf(accountId: number, edit: Edit): RecordView[] {
  if (edit.kind === 'addMember' || edit.kind === 'removeMember') return [groupRecord(accountId, edit.group)];
  if (edit.kind === 'inviteUser')
    return [groupRecord(accountId, edit.group), ...edit.roles.map((role) => roleRecord(accountId, role))];
  if (edit.kind !== 'assignRole' && edit.kind !== 'unassignRole') return [];
  return [roleRecord(accountId, edit.role), ...(edit.group === null ? [] : [groupRecord(accountId, edit.group)])];
}

function userName(accountId: number, id: string): string {
  return fakeUser(accountId, Number(id.slice(1))).displayName;
}

function groupRecord(accountId: number, id: string): RecordView {
  const index = Number(id.slice(1));
  const name = id.startsWith('o') ? (['Acme', 'Globex'][index] ?? id) : fakeGroup(accountId, index, 120).displayName;
  return { kind: 'group', remoteId: id, name };
}

function roleRecord(accountId: number, id: string): RecordView {
  const role = fakeRoles(accountId).find(({ remoteId }) => remoteId === id);
  return { kind: 'role', remoteId: id, name: role?.displayName ?? id };
}

export function itemOf(edit: Edit): string | null {
  switch (edit.kind) {
    case 'createToken':
    case 'renameToken':
    case 'describeToken':
    case 'deleteToken':
      return edit.name;
    case 'giveRight':
    case 'takeRight':
      return edit.right.permission;
    case 'unlinkIdentity':
      return edit.target;
    case 'endSession':
      return edit.session;
    case 'revokeGrant':
      return edit.grant;
    case 'removeFactor':
      return edit.factor;
    default:
      return null;
  }
}

/** What an edit is about, apart from the values that it gives. */
export function keyOf(edit: Edit): unknown {
  const { fields: _fields, active: _active, newName: _newName, ...rest } = edit as Edit & Record<string, unknown>;
  return rest;
}
