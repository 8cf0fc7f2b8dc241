// Editing a change again: the form that it came from, filled with what it says.
import type { App } from '$lib/app.svelte';
import type { AccountId, Edit, EditKind, PlanLineView, RecordView } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import { writer, type OffDutyRequest } from './writer.svelte';

const kinds: ReadonlySet<EditKind> = new Set<EditKind>([
  'createUser',
  'updateUser',
  'createGroup',
  'updateGroup',
  'createRole',
  'updateRole',
  'createToken',
  'renameToken',
  'addOffDuty',
  'changeOffDuty',
  'addGroupOffDuty',
  'keepToken',
  'inviteUser',
]);

/** Whether there is anything in it to edit. */
export function isEditable({ kind, state, changeId }: PlanLineView): boolean {
  return changeId !== null && state !== 'sent' && kinds.has(kind);
}

/** Opens the form of a change. Throws where the record could not be read. */
export async function editAgain(
  app: App,
  accountId: AccountId,
  subject: RecordView,
  { changeId, edit }: PlanLineView,
): Promise<void> {
  if (changeId === null) return;
  const common = { accountId, replaces: changeId, edit };
  switch (edit.kind) {
    case 'createUser':
      writer.form = { kind: 'user', ...common };
      return;
    case 'createGroup':
      writer.form = { kind: 'group', ...common };
      return;
    case 'createRole':
      writer.form = { kind: 'role', ...common };
      return;
    case 'updateUser':
      writer.form = {
        kind: 'user',
        ...common,
        view: await app.backend.call('get_user', { accountId, remoteId: edit.user }),
      };
      return;
    case 'updateGroup': {
      const request = { accountId, remoteId: edit.group, offset: 0, limit: 1 };
      writer.form = { kind: 'group', ...common, view: await app.backend.call('get_group', request) };
      return;
    }
    case 'updateRole': {
      const request = { accountId, remoteId: edit.role, offset: 0, limit: 1 };
      writer.form = { kind: 'role', ...common, view: await app.backend.call('get_role', request) };
      return;
    }
    case 'createToken':
      writer.token = { kind: 'create', owner: ownerOf(accountId, edit, subject), ...tokenOf(edit), replaces: changeId };
      return;
    case 'keepToken':
      writer.token = { kind: 'keep', owner: ownerOf(accountId, edit, subject), before: edit, replaces: changeId };
      return;
    case 'renameToken':
      writer.token = {
        kind: 'rename',
        owner: ownerOf(accountId, edit, subject),
        name: edit.name,
        newName: edit.newName,
        replaces: changeId,
      };
      return;
    case 'addOffDuty':
    case 'changeOffDuty':
    case 'addGroupOffDuty':
      writer.offDuty = offDutyAgain(accountId, changeId, edit, subject.name);
      return;
    case 'inviteUser': {
      const request = { accountId, remoteId: edit.group, offset: 0, limit: 1 };
      const { row } = await app.backend.call('get_group', request);
      writer.invite = { accountId, group: { id: edit.group, name: row.displayName }, edit, replaces: changeId };
      return;
    }
    default:
      return;
  }
}

function offDutyAgain(
  accountId: AccountId,
  replaces: number,
  edit: Extract<Edit, { kind: 'addOffDuty' | 'changeOffDuty' | 'addGroupOffDuty' }>,
  name: string,
): OffDutyRequest {
  const common = { accountId, replaces };
  switch (edit.kind) {
    case 'addOffDuty':
      return { ...common, kind: 'add', users: [edit.user], title: t('duty.form.add.title', { name }), rule: edit.rule };
    case 'addGroupOffDuty':
      return {
        ...common,
        kind: 'group',
        group: edit.group,
        title: t('duty.form.group.title', { name }),
        rule: edit.rule,
      };
    case 'changeOffDuty': {
      const { user, period, before, after } = edit;
      const title = t('duty.form.change.title', { name });
      return { ...common, kind: 'change', user, period, before, title, rule: after };
    }
  }
}

function ownerOf(accountId: AccountId, { owner }: { owner: string }, { name }: RecordView) {
  return { accountId, remoteId: owner, name };
}

function tokenOf({ name, expiresAt }: Extract<Edit, { kind: 'createToken' }>) {
  return { name, expiresAt };
}
