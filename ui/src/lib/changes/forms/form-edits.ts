// What a form is about: which values it shows, what it begins with, and the edit that it makes.
import type {
  AccountView,
  Edit,
  EditableField,
  FieldEdit,
  HolderKind,
  PasswordChoice,
  RoleScope,
} from '$lib/backend/bindings';
import { wordFor } from '$lib/directory/provider-words';
import { t } from '$lib/i18n/i18n.svelte';
import { idsOf, PERMISSIONS } from './permissions';
import type { FormRequest } from '../writer.svelte';

/** What stands beside the values of a record. */
export interface Beside {
  password: PasswordChoice;
  scope: RoleScope;
  holderKind: HolderKind;
}

/** What the form begins with beside the values. */
export function besideOf({ kind, view, edit }: FormRequest): Beside {
  const role = kind === 'role' ? view?.row : undefined;
  return {
    password: edit?.kind === 'createUser' ? edit.password : 'none',
    scope: edit?.kind === 'createRole' ? edit.scope : (role?.scope ?? 'account'),
    holderKind: edit?.kind === 'createRole' ? edit.holderKind : (role?.holderKind ?? 'user'),
  };
}

/** The values that the form shows. */
export function fieldsOf({ kind }: FormRequest, account: AccountView): readonly EditableField[] {
  const can = account.capabilities;
  if (!can) return [];
  return kind === 'user' ? can.userFields : kind === 'group' ? can.groupFields : can.roleFields;
}

/** Values of a role as they are where it is held: nobody gets a role of the organisation template by themselves. */
export function fieldsFor(fields: readonly EditableField[], { scope }: Beside, kind: FormRequest['kind']) {
  if (kind !== 'role' || scope === 'account') return fields;
  return fields
    .filter(({ path }) => path !== 'isDefault')
    .map((field) => (field.path === 'description' ? { ...field, required: false } : field));
}

/** Field edits that are being edited again. */
export function againOf({ edit }: FormRequest): readonly FieldEdit[] {
  if (edit?.kind === 'createRole') {
    return [...edit.fields, { path: PERMISSIONS, before: null, after: edit.permissions }];
  }
  return edit && 'fields' in edit ? edit.fields : [];
}

/** The record that the form begins with; what a role allows stands there by id. */
export function recordOf({ kind, view }: FormRequest): unknown {
  if (!view) return null;
  if (kind !== 'role' || typeof view.raw !== 'object') return view.raw;
  return { ...view.raw, [PERMISSIONS]: view.permissions.map(({ remoteId }) => remoteId) };
}

/** The edit that the form makes. */
export function editOf(request: FormRequest, account: AccountView, fields: FieldEdit[], beside: Beside): Edit {
  switch (request.kind) {
    case 'user':
      return request.view
        ? { kind: 'updateUser', user: request.view.row.remoteId, fields }
        : { kind: 'createUser', fields, password: beside.password };
    case 'group': {
      const groupKind = request.view?.row.kind ?? groupKindOf(account);
      return request.view
        ? { kind: 'updateGroup', group: request.view.row.remoteId, groupKind, fields }
        : { kind: 'createGroup', groupKind, fields };
    }
    case 'role':
      return request.view
        ? { kind: 'updateRole', role: request.view.row.remoteId, scope: beside.scope, fields }
        : {
            kind: 'createRole',
            scope: beside.scope,
            holderKind: beside.holderKind,
            fields: fields.filter(({ path }) => path !== PERMISSIONS),
            permissions: idsOf(fields.find(({ path }) => path === PERMISSIONS)?.after),
          };
  }
}

/** What sets of users are at this service. */
export function groupKindOf({ provider }: AccountView): 'group' | 'organization' {
  return provider === 'logto' || provider === 'roster' ? 'organization' : 'group';
}

/** The title of the form. */
export function titleOf(request: FormRequest, account: AccountView): string {
  if (request.view) return t('changes.form.edit', { name: request.view.row.displayName });
  if (request.kind === 'group') return t(`changes.form.new.${groupKindOf(account)}`);
  return wordFor(account.provider, `changes.form.new.${request.kind}`);
}
