// What can be done to everybody who is selected. The core resolves who that is: the plan names everybody whom it touches.
import type { AccountView, BulkAction, EditKind } from '$lib/backend/bindings';
import { can } from './can';

/** In the order of the menu. */
export const bulkKinds = [
  'suspend',
  'letIn',
  'assignRoles',
  'unassignRoles',
  'addToGroups',
  'removeFromGroups',
  'offDuty',
  'delete',
] as const;
export type BulkKind = (typeof bulkKinds)[number];

const edits: Record<BulkKind, EditKind> = {
  suspend: 'setUserActive',
  letIn: 'setUserActive',
  assignRoles: 'assignRole',
  unassignRoles: 'unassignRole',
  addToGroups: 'addMember',
  removeFromGroups: 'removeMember',
  offDuty: 'addOffDuty',
  delete: 'deleteUser',
};

/** The kind of edit that it makes. */
export function editKind(kind: BulkKind): EditKind {
  return edits[kind];
}

/** What is chosen for it first. */
export function chosenFor(kind: BulkKind): 'roles' | 'groups' | null {
  if (kind === 'assignRoles' || kind === 'unassignRoles') return 'roles';
  return kind === 'addToGroups' || kind === 'removeFromGroups' ? 'groups' : null;
}

/** As the core is told; `chosen` are the roles or groups. What is said in a form of its own has its action from there. */
export function bulkAction(kind: Exclude<BulkKind, 'offDuty'>, chosen: readonly string[]): BulkAction {
  switch (kind) {
    case 'suspend':
    case 'letIn':
      return { kind: 'setActive', active: kind === 'letIn' };
    case 'delete':
      return { kind };
    case 'assignRoles':
    case 'unassignRoles':
      return { kind, roles: [...chosen] };
    case 'addToGroups':
    case 'removeFromGroups':
      return { kind, groups: [...chosen] };
  }
}

/** Accounts that take it. */
export function taking(accounts: readonly AccountView[], kind: BulkKind): AccountView[] {
  return accounts.filter((account) => can(account, editKind(kind)));
}
