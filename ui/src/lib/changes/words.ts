// Changes in plain words: what an edit does, what goes with it, why it waits.
import type {
  AccountId,
  BlockReason,
  Edit,
  EditKind,
  FieldEdit,
  FieldProblem,
  FieldReason,
  Guard,
  LossView,
  PlanLineView,
  ReceiptLineView,
  RecordView,
} from '$lib/backend/bindings';
import { groupLink, resourceLink, roleLink, userLink } from '$lib/directory/links';
import { readRule, ruleText } from '$lib/duty/words';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { moneyText } from '$lib/rosters/money';
import { fieldLabel } from './field-words';
import type { MessageKey } from '$lib/i18n/catalogue';
import { permissionText } from '$lib/resources/words';

/** What both lines of a plan and lines of a receipt have. */
export type Line = Pick<PlanLineView | ReceiptLineView, 'kind' | 'targets' | 'item' | 'fields'>;

/** What an edit does, in a few words. */
export function lineText(line: Line): string {
  const role = nameOf(line.targets, 'role');
  const group = nameOf(line.targets, 'group');
  const values = { item: line.item ?? '', role, group, count: line.fields.length };
  switch (line.kind) {
    case 'setUserActive':
      return t(activity(line.fields));
    case 'setGroupActive':
      return t(line.fields.some(({ after }) => after === true) ? 'changes.do.groupOn' : 'changes.do.groupOff');
    case 'giveRight':
    case 'takeRight': {
      const on = nameOf(line.targets, 'resource');
      const words = { right: permissionText(line.item ?? ''), on };
      return t(on === '' ? `changes.do.${line.kind}` : `changes.do.${line.kind}On`, words);
    }
    case 'assignRole':
    case 'unassignRole':
      return t(group === '' ? `changes.do.${line.kind}` : `changes.do.${line.kind}In`, values);
    default:
      return t(`changes.do.${line.kind}`, values);
  }
}

/** Whether it suspends or lets in; services call the value `active` or `isSuspended`. At Uptrends, `IsOnDuty` is about alerts. */
function activity(fields: readonly FieldEdit[]): MessageKey {
  for (const { path, after } of fields) {
    if (typeof after !== 'boolean') continue;
    const active = path === 'isSuspended' ? !after : after;
    if (path === 'IsOnDuty') return active ? 'uptrends.action.letIn' : 'uptrends.action.suspend';
    return active ? 'changes.do.letIn' : 'changes.do.suspend';
  }
  return 'changes.do.activity';
}

/** What an edit is called in a list of several. */
export function kindText(kind: EditKind): string {
  return t(`changes.kind.${kind}`);
}

/** Edits after which something is gone. */
const taking: ReadonlySet<EditKind> = new Set<EditKind>([
  'deleteUser',
  'deleteRole',
  'deleteGroup',
  'deleteToken',
  'unassignRole',
  'removeMember',
  'unlinkIdentity',
  'removeFactor',
  'endSession',
  'revokeGrant',
  'takeRight',
  'revokeInvitation',
  'deleteInvitation',
]);

/** What an edit means, where that is not what one would think. */
export function meaningText(edit: Edit, byHand = false): string | null {
  if (edit.kind !== 'removeMember') return null;
  return t(`removal.meaning.removeMember.${byHand ? 'roster' : edit.groupKind}`);
}

/** Whether something is gone after it. */
export function takesAway(kind: EditKind): boolean {
  return taking.has(kind);
}

/** Edits before which there was nothing. */
const creating: ReadonlySet<EditKind> = new Set<EditKind>([
  'createUser',
  'createRole',
  'createGroup',
  'addOffDuty',
  'addGroupOffDuty',
]);

/** Whether there was nothing before it. */
export function isNew(kind: EditKind): boolean {
  return creating.has(kind);
}

/** Whether its words say already what its one value is. */
export function saysIt(kind: EditKind): boolean {
  return kind === 'setUserActive' || kind === 'setGroupActive';
}

/** Any value in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('changes.value.empty');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  const rule = readRule(value);
  if (rule) return ruleText(rule);
  if (isTexts(value)) return value.length === 0 ? t('changes.value.empty') : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value is to be read as it is written, not as words. */
export function isCode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isTexts(value) && !readRule(value);
}

/** Several names, like those of what a role allows. */
function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What is lost, with how many of it. */
export function lossText({ kind, count }: LossView): string {
  return t(`changes.loss.${kind}`, { count, shown: i18n.number(count) });
}

/** The same without the colon before names that are not told. */
export function totalText(loss: LossView): string {
  return lossText(loss).replace(/\s*:$/u, '');
}

/** What a person should know. */
export function guardText(guard: Guard): string {
  switch (guard.kind) {
    case 'lastHolder':
      return guard.group === null
        ? t('changes.guard.lastHolder', { role: guard.role })
        : t('changes.guard.lastHolderIn', { role: guard.role, group: guard.group });
    case 'manySubjects':
      return t('changes.guard.manySubjects', { count: guard.count, shown: i18n.number(guard.count) });
    case 'lastWithRight':
      return t('changes.guard.lastWithRight', { right: permissionText(guard.permission) });
    case 'memberAlready':
    case 'userAlready':
      return t(`changes.guard.${guard.kind}`, { name: guard.name });
    case 'userElsewhere':
      return t('changes.guard.userElsewhere', { account: guard.account });
    case 'membersLimit':
      return t('changes.guard.membersLimit', { shown: i18n.number(guard.limit) });
    case 'dataLost':
      return t('changes.guard.dataLost', { name: guard.name });
    case 'costChange': {
      const [before, after] = [guard.before, guard.after].map((cents) => moneyText(cents, guard.currency));
      return t(guard.after < guard.before ? 'changes.guard.costLess' : 'changes.guard.costMore', { before, after });
    }
    case 'invitationExpired':
      return t('changes.guard.invitationExpired', { since: i18n.date(guard.since) });
    case 'ownershipTransfer':
      return guard.from === null
        ? t('changes.guard.ownershipTransfer')
        : t('changes.guard.ownershipTransferFrom', { name: guard.from });
    case 'typedConfirmation':
      return t('changes.guard.typedConfirmation', { text: guard.text });
    default:
      return t(`changes.guard.${guard.kind}`);
  }
}

/** What a person agrees to, where a guard must be confirmed. */
export function agreementText(guard: Guard): string {
  const text = guardText(guard);
  if (guard.kind === 'irreversible') return t('changes.guard.agree.irreversible', { text });
  return t(guard.kind === 'manySubjects' ? 'changes.guard.agree.manySubjects' : 'changes.guard.agree', { text });
}

/** Why services refuse, where it can be said better than in their own words. */
const refusals: Record<string, MessageKey> = {
  nameTaken: 'changes.refusal.nameTaken',
  userNameTaken: 'changes.refusal.userNameTaken',
  emailTaken: 'changes.refusal.emailTaken',
  phoneTaken: 'changes.refusal.phoneTaken',
  invalidEmail: 'changes.refusal.invalidEmail',
  invalidPhone: 'changes.refusal.invalidPhone',
  invalidUserName: 'changes.refusal.invalidUserName',
  invalidValue: 'changes.refusal.invalidValue',
  tooLong: 'changes.refusal.tooLong',
  inThePast: 'changes.refusal.inThePast',
  unknownRecord: 'changes.refusal.unknownRecord',
  notAMember: 'changes.refusal.notAMember',
  wrongRoleKind: 'changes.refusal.wrongRoleKind',
  passwordExpirationOff: 'changes.refusal.passwordExpirationOff',
  readOnly: 'changes.refusal.readOnly',
  cannotDelete: 'changes.refusal.cannotDelete',
  notSupported: 'changes.refusal.notSupported',
  nothingToChange: 'changes.refusal.nothingToChange',
  ownsThings: 'changes.refusal.ownsThings',
  lastHolder: 'changes.refusal.lastHolder',
  inSubAccount: 'changes.refusal.inSubAccount',
  limitReached: 'changes.refusal.limitReached',
  invitedAlready: 'changes.refusal.invitedAlready',
  memberAlready: 'changes.refusal.memberAlready',
  invitationOver: 'changes.refusal.invitationOver',
  noMailConnector: 'changes.refusal.noMailConnector',
  mailFailed: 'changes.refusal.mailFailed',
  tooManyMails: 'changes.refusal.tooManyMails',
};

/** Why a change needs a person, in a sentence. */
export function blockText(reason: BlockReason): string {
  switch (reason.kind) {
    case 'outcomeUnknown':
      return t(reason.denied ? 'changes.block.outcomeUnknown.denied' : 'changes.block.outcomeUnknown');
    case 'refused': {
      const sentence = refusals[reason.reason ?? ''];
      if (sentence === undefined) return t('changes.block.refused', { words: reason.words });
      const text = t(sentence, { words: reason.words });
      return reason.field === null ? text : t('changes.refusal.field', { field: fieldLabel(reason.field), text });
    }
    case 'forbidden':
      return t('changes.block.forbidden', { words: reason.words });
    default:
      return t(`changes.block.${reason.kind}`);
  }
}

const problems: Record<FieldReason, MessageKey> = {
  notSupported: 'changes.problem.notSupported',
  notEditable: 'changes.problem.notEditable',
  repeated: 'changes.problem.repeated',
  nothingToDo: 'changes.problem.nothingToDo',
  required: 'changes.problem.required',
  tooLong: 'changes.problem.tooLong',
  notText: 'changes.problem.notText',
  notYesOrNo: 'changes.problem.notYesOrNo',
  notAnObject: 'changes.problem.notAnObject',
  invalidEmail: 'changes.problem.invalidEmail',
  invalidPhone: 'changes.problem.invalidPhone',
  invalidUserName: 'changes.problem.invalidUserName',
  invalidUrl: 'changes.problem.invalidUrl',
  inThePast: 'changes.problem.inThePast',
  tooFar: 'changes.problem.tooFar',
  unknown: 'changes.problem.unknown',
  notAllowed: 'changes.problem.notAllowed',
  endsBeforeStart: 'changes.problem.endsBeforeStart',
  ownUser: 'changes.problem.ownUser',
  ownCredential: 'changes.problem.ownCredential',
  throughGroup: 'changes.problem.throughGroup',
  useAdministrators: 'changes.problem.useAdministrators',
  everybody: 'groups.everybody.stays',
  fixed: 'changes.problem.fixed',
};

/** What is wrong with a value. */
export function problemText({ reason, limit }: FieldProblem): string {
  return t(problems[reason], { limit: limit ?? 0 });
}

/** Parts of an edit that people do not see as such. */
const unnamed: ReadonlySet<string> = new Set(['', 'kind', 'fields', 'groupKind', 'right']);

/** What is wrong with a value, with its name. */
export function problemLine(problem: FieldProblem): string {
  const text = problemText(problem);
  return unnamed.has(problem.path) ? text : `${fieldLabel(problem.path)}: ${text}`;
}

/** Page of a record; nothing for what has none. */
export function recordLink(accountId: AccountId, { kind, remoteId }: RecordView): string | undefined {
  if (remoteId === null) return undefined;
  if (kind === 'user') return userLink(accountId, remoteId);
  if (kind === 'group') return groupLink(accountId, remoteId);
  if (kind === 'resource') return resourceLink(accountId, remoteId);
  return kind === 'role' ? roleLink(accountId, remoteId) : undefined;
}

function nameOf(targets: readonly RecordView[], kind: RecordView['kind']): string {
  return targets.find((target) => target.kind === kind)?.name ?? '';
}
