// The columns of a receipt as a file, with the words of the person's language for what the core has as one word.
import type { BlockReason, CallOutcome, ChangeState, EditKind, PlanSubject } from '$lib/backend/bindings';
import type { FileColumn } from '$lib/components/grid/source';
import { wordsFor } from '$lib/directory/words';
import { t } from '$lib/i18n/i18n.svelte';

const kinds = [
  'createUser',
  'updateUser',
  'setUserActive',
  'resetPassword',
  'expirePassword',
  'deleteUser',
  'unlinkIdentity',
  'endSession',
  'revokeGrant',
  'removeFactor',
  'createRole',
  'updateRole',
  'deleteRole',
  'assignRole',
  'unassignRole',
  'createGroup',
  'updateGroup',
  'deleteGroup',
  'addMember',
  'removeMember',
  'createToken',
  'renameToken',
  'deleteToken',
  'addOffDuty',
  'changeOffDuty',
  'removeOffDuty',
  'addGroupOffDuty',
  'setGroupActive',
  'giveRight',
  'takeRight',
  'describeToken',
  'inviteUser',
  'resendInvitation',
  'revokeInvitation',
  'deleteInvitation',
  'acceptInvitation',
  'keepToken',
] as const satisfies readonly EditKind[];
const subjects = [
  'user',
  'group',
  'role',
  'application',
  'invitation',
  'resource',
] as const satisfies readonly PlanSubject[];
const states = ['pending', 'sent', 'blocked', 'applied', 'withdrawn'] as const satisfies readonly ChangeState[];
const outcomes = [
  'sent',
  'done',
  'found',
  'notFound',
  'alreadyDone',
  'refused',
  'notSent',
  'unknown',
] as const satisfies readonly CallOutcome[];
const reasons = [
  'conflict',
  'gone',
  'nameTaken',
  'refused',
  'forbidden',
  'signedOut',
  'dependsOn',
  'outcomeUnknown',
  'invalid',
  'alsoChanged',
] as const satisfies readonly BlockReason['kind'][];

/** Every column of the file, in its order. */
export function receiptColumns(): FileColumn[] {
  const column = (id: string, heading: string, words: Record<string, string> = {}) => ({ id, heading, words });
  return [
    column('change', t('changes.receipt.column.change')),
    column(
      'subject',
      t('changes.receipt.column.subject'),
      wordsFor(subjects, (it) => t(`changes.subject.${it}`)),
    ),
    column('name', t('changes.receipt.column.name')),
    column('id', t('users.field.remoteId')),
    column(
      'kind',
      t('changes.receipt.column.kind'),
      wordsFor(kinds, (kind) => t(`changes.kind.${kind}`)),
    ),
    column('targets', t('changes.receipt.column.targets')),
    column('item', t('changes.receipt.column.item')),
    column('fields', t('changes.receipt.column.fields')),
    column(
      'state',
      t('changes.receipt.column.state'),
      wordsFor(states, (state) => t(`changes.state.${state}`)),
    ),
    column(
      'reason',
      t('changes.receipt.column.reason'),
      wordsFor(reasons, (it) => t(`changes.reason.${it}`)),
    ),
    column(
      'outcome',
      t('changes.receipt.column.outcome'),
      wordsFor(outcomes, (it) => t(`changes.outcome.${it}`)),
    ),
    column('sentAt', t('changes.receipt.column.sentAt')),
    column('endedAt', t('changes.receipt.column.endedAt')),
    column('calls', t('changes.receipt.column.calls')),
    column('words', t('changes.receipt.column.words')),
  ];
}
