// Organisations kept by hand in plain words: what is to be done where, what one may do and why not.
import type {
  CostUnknown,
  EditKind,
  MemberView,
  RosterAction,
  RosterActionView,
  RosterAmountView,
  RosterPreset,
  RosterRefusal,
  RosterView,
} from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';
import type { MessageKey } from '$lib/i18n/catalogue';
import { moneyText } from './money';

/** Edits that are only kept here: there is nothing to do at the service. The core has the same list. */
const ours: ReadonlySet<EditKind> = new Set<EditKind>([
  'deleteInvitation',
  'keepToken',
  'updateUser',
  'updateGroup',
  'createRole',
  'updateRole',
  'deleteRole',
  'renameToken',
]);

/** Whether an edit needs nothing to be done at the service. */
export function isOurs(kind: EditKind): boolean {
  return ours.has(kind);
}

/** Edits for which the service has a place of its own. */
const somewhere = {
  inviteUser: 'invite',
  resendInvitation: 'resend',
  revokeInvitation: 'revoke',
  acceptInvitation: 'accept',
  assignRole: 'role',
  unassignRole: 'role',
  removeMember: 'remove',
  createUser: 'add',
  deleteToken: 'token',
} as const satisfies Partial<Record<EditKind, string>>;

/** What to do where at the service; nothing where there is nothing to do. */
export function howText(preset: RosterPreset, kind: EditKind): string | null {
  if (isOurs(kind)) return t('rosters.how.ours');
  const where = (somewhere as Partial<Record<EditKind, (typeof somewhere)[keyof typeof somewhere]>>)[kind];
  if (where === undefined) return null;
  const isocarto: Partial<Record<typeof where, MessageKey>> = {
    invite: 'rosters.how.isocarto.invite',
    resend: 'rosters.how.isocarto.resend',
    revoke: 'rosters.how.isocarto.revoke',
    role: 'rosters.how.isocarto.role',
    remove: 'rosters.how.isocarto.remove',
  };
  return t((preset === 'isocarto' ? isocarto[where] : undefined) ?? `rosters.how.${where}`);
}

export function actionText(action: RosterAction): string {
  return t(`rosters.action.${action}`);
}

/** Why something may not be done. */
export function refusalText(refusal: RosterRefusal): string {
  return refusal.kind === 'ownRole'
    ? t('rosters.refusal.ownRole', { role: refusal.role })
    : t(`rosters.refusal.${refusal.kind}`);
}

/** Why `action` may not be done; nothing where it may. */
export function refusalOf(actions: readonly RosterActionView[], action: RosterAction): string | null {
  const refused = actions.find((each) => each.action === action)?.refused ?? null;
  return refused === null ? null : refusalText(refused);
}

/** Why `action` may not be done with this member: of the owner nobody may do anything where there is one owner. */
export function memberRefusal(
  { preset, actions }: Pick<RosterView, 'preset' | 'actions'>,
  { roles }: Pick<MemberView, 'roles'>,
  action: RosterAction,
): string | null {
  if (preset === 'isocarto' && roles.some(({ remoteId }) => remoteId === 'owner')) return t('rosters.refusal.owner');
  return refusalOf(actions, action);
}

/** An amount for a month or a year; what is missing where it is not known. */
export function amountText(amount: RosterAmountView, per: 'perMonth' | 'perYear', currency: string): string {
  const cents = amount[per];
  return cents === null ? t('rosters.cost.unknown') : moneyText(cents, currency);
}

export function unknownText(unknown: CostUnknown): string {
  return t(`rosters.cost.unknown.${unknown}`);
}
