// How every error of the core reaches the person. A code without a row does not compile.
import type { CommandError, ErrorAction, ErrorCode } from '../backend/bindings';
import { t } from '../i18n/i18n.svelte';
import type { MessageKey } from '../i18n/catalogue';

/** What an error looks like. */
interface Presentation {
  /** What happened, in a few words. */
  title: MessageKey;
  /** What it means and what to do. */
  text: MessageKey;
  tone: 'info' | 'warning' | 'danger';
}

export const presentations: Record<ErrorCode, Presentation> = {
  offline: { title: 'errors.offline.title', text: 'errors.offline.text', tone: 'warning' },
  timeout: { title: 'errors.timeout.title', text: 'errors.timeout.text', tone: 'warning' },
  certificateRejected: {
    title: 'errors.certificateRejected.title',
    text: 'errors.certificateRejected.text',
    tone: 'danger',
  },
  rateLimited: { title: 'errors.rateLimited.title', text: 'errors.rateLimited.text', tone: 'warning' },
  unauthorized: { title: 'errors.unauthorized.title', text: 'errors.unauthorized.text', tone: 'danger' },
  forbidden: { title: 'errors.forbidden.title', text: 'errors.forbidden.text', tone: 'danger' },
  addressNotFound: { title: 'errors.addressNotFound.title', text: 'errors.addressNotFound.text', tone: 'danger' },
  remoteRejected: { title: 'errors.remoteRejected.title', text: 'errors.remoteRejected.text', tone: 'danger' },
  remoteUnexpected: { title: 'errors.remoteUnexpected.title', text: 'errors.remoteUnexpected.text', tone: 'danger' },
  remoteFailed: { title: 'errors.remoteFailed.title', text: 'errors.remoteFailed.text', tone: 'danger' },
  keychainUnavailable: {
    title: 'errors.keychainUnavailable.title',
    text: 'errors.keychainUnavailable.text',
    tone: 'danger',
  },
  keychainLocked: { title: 'errors.keychainLocked.title', text: 'errors.keychainLocked.text', tone: 'danger' },
  keychainDenied: { title: 'errors.keychainDenied.title', text: 'errors.keychainDenied.text', tone: 'danger' },
  databaseKeyMissing: {
    title: 'errors.databaseKeyMissing.title',
    text: 'errors.databaseKeyMissing.text',
    tone: 'danger',
  },
  credentialMissing: { title: 'errors.credentialMissing.title', text: 'errors.credentialMissing.text', tone: 'danger' },
  databaseTooNew: { title: 'errors.databaseTooNew.title', text: 'errors.databaseTooNew.text', tone: 'danger' },
  databaseDamaged: { title: 'errors.databaseDamaged.title', text: 'errors.databaseDamaged.text', tone: 'danger' },
  databaseBusy: { title: 'errors.databaseBusy.title', text: 'errors.databaseBusy.text', tone: 'danger' },
  diskFull: { title: 'errors.diskFull.title', text: 'errors.diskFull.text', tone: 'danger' },
  databaseFailed: { title: 'errors.databaseFailed.title', text: 'errors.databaseFailed.text', tone: 'danger' },
  storeClosed: { title: 'errors.storeClosed.title', text: 'errors.storeClosed.text', tone: 'danger' },
  syncBusy: { title: 'errors.syncBusy.title', text: 'errors.syncBusy.text', tone: 'info' },
  fileNotWritten: { title: 'errors.fileNotWritten.title', text: 'errors.fileNotWritten.text', tone: 'danger' },
  cancelled: { title: 'errors.cancelled.title', text: 'errors.cancelled.text', tone: 'info' },
  invalidInput: { title: 'errors.invalidInput.title', text: 'errors.invalidInput.text', tone: 'danger' },
  notFound: { title: 'errors.notFound.title', text: 'errors.notFound.text', tone: 'warning' },
  internal: { title: 'errors.internal.title', text: 'errors.internal.text', tone: 'danger' },
};

/** What the button of each action says; `null` where the person acts outside this window. */
export const actionLabels: Record<ErrorAction, MessageKey | null> = {
  retry: 'errors.action.retry',
  wait: 'errors.action.retry',
  checkAddress: 'errors.action.checkAddress',
  correctInput: null,
  replaceCredential: 'errors.action.replaceCredential',
  checkPermissions: 'errors.action.retry',
  checkCertificate: 'errors.action.retry',
  unlockKeychain: 'errors.action.retry',
  freeDiskSpace: 'errors.action.retry',
  updateApplication: null,
  closeOther: 'errors.action.retry',
  contactService: 'errors.action.retry',
  none: null,
  report: null,
};

/** The exact reason, where there is one beside the code, by {@link CommandError.reason}. */
const reasons: Record<string, MessageKey> = {
  required: 'errors.reason.required',
  addressNotAnAddress: 'errors.reason.addressNotAnAddress',
  addressNotEncrypted: 'errors.reason.addressNotEncrypted',
  addressNotWeb: 'errors.reason.addressNotWeb',
  addressContainsCredential: 'errors.reason.addressContainsCredential',
  addressContainsQuery: 'errors.reason.addressContainsQuery',
  certificateFile: 'errors.reason.certificateFile',
  credentialElsewhere: 'errors.reason.credentialElsewhere',
  nameTaken: 'errors.reason.nameTaken',
  byHand: 'errors.reason.byHand',
  inTheFuture: 'errors.reason.inTheFuture',
  resourceIndicator: 'errors.reason.resourceIndicator',
  wrongSecret: 'errors.reason.wrongSecret',
  expiredSecret: 'errors.reason.expiredSecret',
  unknownApplication: 'errors.reason.unknownApplication',
  notMachineToMachine: 'errors.reason.notMachineToMachine',
  unknownResource: 'errors.reason.unknownResource',
  roleMissing: 'errors.reason.roleMissing',
  notCoreService: 'errors.reason.notCoreService',
  otherTenant: 'errors.reason.otherTenant',
  tokenQuota: 'errors.reason.tokenQuota',
  fileExists: 'errors.reason.fileExists',
  fileForbidden: 'errors.reason.fileForbidden',
  fileNoFolder: 'errors.reason.fileNoFolder',
  fileNoRoom: 'errors.reason.fileNoRoom',
  fileNotShown: 'errors.reason.fileNotShown',
};

/** What happened, in a few words. */
export function errorTitle(error: CommandError): string {
  return t(presentations[error.code].title, { ...defaults, ...error.values });
}

/** What it means and what to do. */
export function errorText(error: CommandError): string {
  const reason = error.reason ? reasons[error.reason] : undefined;
  if (reason) return t(reason);
  return t(presentations[error.code].text, {
    ...defaults,
    ...error.values,
    seconds: error.retryAfterSeconds ?? 0,
    message: error.message,
  });
}

/** Placeholders that an error may leave out: the sentence has a wording without them. */
const defaults = { host: 'none', status: '?' };
