// Generated from crates/core/src/api by `cargo xtask bindings`. Do not edit.

/* eslint-disable */

/**
 * Names a group or a user.
 */
export type AccessHolder = { 
/**
 * What it is.
 */
kind: GrantHolder, 
/**
 * The service's id.
 */
remoteId: string, };

/**
 * A group or user that could be a column.
 */
export type AccessHolderView = { 
/**
 * Which.
 */
holder: AccessHolder, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * Everybody is in this group, listed there or not.
 */
everybody: boolean, };

/**
 * How far a right on a monitor goes; each includes those before it.
 */
export type AccessLevel = "viewData" | "view" | "edit" | "delete";

/**
 * A page of the table.
 */
export type AccessPageView = { 
/**
 * Rows that match.
 */
total: number, 
/**
 * Rows there are of the asked kind.
 */
of: number, 
/**
 * Modes that occur.
 */
modes: Array<string>, 
/**
 * Every group by name, then every user by name.
 */
holders: Array<AccessHolderView>, 
/**
 * The columns of this page.
 */
columns: Array<AccessHolderView>, 
/**
 * The rows of this page, by name.
 */
rows: Array<AccessRow>, 
/**
 * Age and proof of the rights; `None` where they are not visible with this credential.
 */
rightsState: StreamStateView | null, };

/**
 * Asks for a page of the table.
 */
export type AccessQueryRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Words that must all occur in name, type or mode of the resource, any case, with or without accents.
 */
text: string, 
/**
 * Only of this kind; both monitors and groups of them unless given.
 */
kind: ResourceKind | null, 
/**
 * Only in this mode, the service's own word.
 */
mode: string | null, 
/**
 * Only resources with which one of the columns may do something.
 */
allowedOnly: boolean, 
/**
 * The columns, in order; one that the account does not have may do nothing. Empty for all groups.
 */
holders: Array<AccessHolder>, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * One resource, and how far each column goes.
 */
export type AccessRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is.
 */
kind: ResourceKind, 
/**
 * The service's own word for the kind of monitor.
 */
monitorType: string | null, 
/**
 * The service's own word.
 */
mode: string | null, 
/**
 * In the order of the columns: of a group what was given to it, of a user the highest of every way.
 */
levels: Array<AccessLevel | null>, };

/**
 * An account as typed into the connect dialog.
 */
export type AccountDraft = { 
/**
 * The kind of remote.
 */
provider: ProviderKind, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Where the service answers.
 */
address: string, 
/**
 * How to sign in.
 */
authentication: AuthenticationDraft, 
/**
 * Path of a PEM file with an own certificate authority.
 */
certificateAuthority: string | null, };

/**
 * What a service says of the account as a whole; all of it as of the last sync.
 */
export type AccountFacts = { 
/**
 * What the service calls the account.
 */
number: string | null, 
/**
 * Until when it is paid for, as the service writes it.
 */
expiresOn: string | null, 
/**
 * Users that the service counts.
 */
usersInUse: number | null, 
/**
 * Users that the account may have; `None` where no limit is known.
 */
usersLimit: number | null, 
/**
 * The zone in which the account's times are meant.
 */
timeZone: ServiceZone | null, 
/**
 * The user whose rights our credential has.
 */
ownUser: string | null, 
/**
 * Our own credential among those listed.
 */
ownToken: string | null, 
/**
 * Rights on single resources are not shown to this credential, or not part of the plan.
 */
resourceGrantsHidden: boolean, 
/**
 * API users are not shown to this credential, or not known to the service.
 */
apiUsersHidden: boolean, 
/**
 * What can be chosen for a value of a user, by its path.
 */
choices: { [key in string]: Array<FieldOption> }, 
/**
 * Fields of API users that were not recognised in the service's own contract.
 */
unrecognisedFields: Array<string>, };

/**
 * Row of an account in this store.
 */
export type AccountId = number;

/**
 * All accounts, by name.
 */
export type AccountListView = { 
/**
 * The accounts.
 */
accounts: Array<AccountView>, };

/**
 * Names an account.
 */
export type AccountRequest = { 
/**
 * The account.
 */
accountId: AccountId, };

/**
 * A right in the whole account.
 */
export type AccountRightView = { 
/**
 * The service's own word for it.
 */
permission: string, 
/**
 * Everything that gives it.
 */
origins: Array<RightOriginView>, };

/**
 * One connected account.
 */
export type AccountView = { 
/**
 * The account.
 */
id: AccountId, 
/**
 * The kind of remote.
 */
provider: ProviderKind, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Where the service answers.
 */
address: string, 
/**
 * How we sign in, without the secret.
 */
authentication: Authentication, 
/**
 * Path of an own certificate authority.
 */
certificateAuthority: string | null, 
/**
 * True for the built-in samples.
 */
sample: boolean, 
/**
 * False after "sign out".
 */
signedIn: boolean, 
/**
 * Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
 */
syncIntervalMinutes: number | null, 
/**
 * What the service can; `None` before the first sync.
 */
capabilities: Capabilities | null, 
/**
 * Users in the mirror.
 */
users: number, 
/**
 * Groups in the mirror.
 */
groups: number, 
/**
 * The list of users; `None` before the first complete read.
 */
usersState: StreamStateView | null, 
/**
 * The list of groups; `None` before the first complete read.
 */
groupsState: StreamStateView | null, 
/**
 * What a sync of this account is doing or how the last one ended.
 */
sync: SyncStateView, 
/**
 * While what must be asked for user by user is read, after the lists.
 */
details: DetailsProgressView | null, };

/**
 * What happened to it.
 */
export type Action = "added" | "changed" | "removed";

/**
 * What would become of an alert right now.
 */
export type AlertOutcome = "somebody" | "nobodyNow" | "nobody" | "switchedOff" | "unknown";

/**
 * What a column of the list is.
 */
export type ApiUserColumn = "nothing" | "operator" | "email" | "userName" | "type" | "created" | "lastUsed" | "requests" | "description";

/**
 * A column of the list.
 */
export type ApiUserColumnView = { 
/**
 * Its heading; empty where there is none.
 */
heading: string, 
/**
 * What it is.
 */
column: ApiUserColumn, 
/**
 * First values; none of a column that may hold passwords.
 */
samples: Array<string>, };

/**
 * Credentials for programs, by their use.
 */
export type ApiUserCountsView = { 
/**
 * All of them.
 */
total: number, 
/**
 * Without a request in the last 30 days; those made in this time that were never used aside.
 */
inactive: number, 
/**
 * Made in the last 30 days and not used yet.
 */
fresh: number, 
/**
 * Of those counted so many were imported from a list of a person's: their use counts as of its date.
 */
imported: number, 
/**
 * Of those counted so many were made by Rollcall and are not listed by the service.
 */
madeHere: number, 
/**
 * As of when the oldest of the imported ones are, milliseconds UTC.
 */
importedAt: number | null, };

/**
 * One value that becomes another.
 */
export type ApiUserDifferenceView = { 
/**
 * Which value.
 */
column: ApiUserColumn, 
/**
 * What it is; dates are milliseconds UTC as text.
 */
before: string | null, 
/**
 * What it becomes.
 */
after: string | null, };

/**
 * Whether it is known whose a row is. Nobody is guessed: what is not known is kept in the words of the list.
 */
export type ApiUserOwnerState = "known" | "ambiguous" | "unknown" | "missing";

/**
 * What is wrong with a row.
 */
export type ApiUserRowReason = { "kind": "noUserName" } | { "kind": "invalidDate", 
/**
 * Which column.
 */
column: ApiUserColumn, 
/**
 * As written.
 */
text: string, } | { "kind": "invalidNumber", 
/**
 * As written.
 */
text: string, } | { "kind": "formula" } | { "kind": "tooLong" };

/**
 * What becomes of a row.
 */
export type ApiUserRowState = "new" | "changed" | "same" | "gone" | "duplicate" | "listed" | "malformed";

/**
 * One row.
 */
export type ApiUserRowView = { 
/**
 * Its line, from 1; `None` for one that is gone.
 */
line: number | null, 
/**
 * What becomes of it.
 */
state: ApiUserRowState, 
/**
 * What it signs in as.
 */
userName: string, 
/**
 * Whose it is: the name in the account, else the words of the list.
 */
owner: string | null, 
/**
 * Whether that is known.
 */
ownerState: ApiUserOwnerState, 
/**
 * What it is for.
 */
accessType: string | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC; `None` for one that was never used, where `lastUseKnown`.
 */
lastUsedAt: number | null, 
/**
 * The list says when it was last used, or that it never was.
 */
lastUseKnown: boolean, 
/**
 * Requests in the last 30 days.
 */
requests: number | null, 
/**
 * What somebody wrote about it.
 */
description: string | null, 
/**
 * What becomes different.
 */
differences: Array<ApiUserDifferenceView>, 
/**
 * What is wrong with it.
 */
reasons: Array<ApiUserRowReason>, 
/**
 * Of one that repeats a user name, the line of the earlier row.
 */
sameAsLine: number | null, };

/**
 * Asks for a page of rows.
 */
export type ApiUserRowsRequest = { 
/**
 * Of which import.
 */
importId: number, 
/**
 * Only rows of which this becomes.
 */
state: ApiUserRowState | null, 
/**
 * Only rows that are taken and of which it is not known whose they are.
 */
withoutOwner: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * A page of rows.
 */
export type ApiUserRowsView = { 
/**
 * Rows that were asked for.
 */
total: number, 
/**
 * The page, in the order of the list, then what is gone.
 */
rows: Array<ApiUserRowView>, };

/**
 * The file that the person chose.
 */
export type ApiUsersChosenView = { 
/**
 * What it would change; `None` when no file was chosen.
 */
import: ApiUsersImportView | null, };

/**
 * Rows by what becomes of them.
 */
export type ApiUsersCounts = { 
/**
 * All rows.
 */
rows: number, 
/**
 * [`ApiUserRowState::New`].
 */
new: number, 
/**
 * [`ApiUserRowState::Changed`].
 */
changed: number, 
/**
 * [`ApiUserRowState::Same`].
 */
same: number, 
/**
 * [`ApiUserRowState::Gone`].
 */
gone: number, 
/**
 * [`ApiUserRowState::Duplicate`].
 */
duplicate: number, 
/**
 * [`ApiUserRowState::Listed`].
 */
listed: number, 
/**
 * [`ApiUserRowState::Malformed`].
 */
malformed: number, 
/**
 * Of those that are taken, so many are not known whose they are.
 */
withoutOwner: number, };

/**
 * Lets the person choose a file and reads it.
 */
export type ApiUsersFileRequest = { 
/**
 * Of which account.
 */
accountId: AccountId, 
/**
 * Title of the system's dialog, in the person's language.
 */
title: string, };

/**
 * Something that was taken off a list here, or given up.
 */
export type ApiUsersFoundView = { 
/**
 * It was there.
 */
found: boolean, };

/**
 * Names an import.
 */
export type ApiUsersImportRequest = { 
/**
 * Which.
 */
importId: number, };

/**
 * What a list would change. Nothing is kept of it before it is taken.
 */
export type ApiUsersImportView = { 
/**
 * Names it.
 */
importId: number, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name.
 */
accountName: string, 
/**
 * Name of the file; `None` for a pasted text.
 */
fileName: string | null, 
/**
 * How it was read; `None` where that is no question.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells.
 */
separator: ImportSeparator, 
/**
 * Why there are no rows.
 */
problem: ImportProblem | null, 
/**
 * Its columns.
 */
columns: Array<ApiUserColumnView>, 
/**
 * Its rows in numbers.
 */
counts: ApiUsersCounts, 
/**
 * As of when the list here is, milliseconds UTC; `None` where there is none yet.
 */
knownAt: number | null, };

/**
 * What keeping a list did.
 */
export type ApiUsersTakenView = { 
/**
 * New ones.
 */
added: number, 
/**
 * Those with other values.
 */
changed: number, 
/**
 * Those that went.
 */
removed: number, 
/**
 * All that the list here has now.
 */
total: number, };

/**
 * Users whom Rollcall invited, at services that tell nothing of invitations.
 */
export type InvitedCountsView = { 
/**
 * Whose invitation can still be accepted.
 */
waiting: number, 
/**
 * Whose invitation cannot be accepted any more; whether it was, nobody can tell.
 */
expired: number, };

/**
 * What the window shows first.
 */
export type AppStateView = { 
/**
 * Version of this program.
 */
version: string, 
/**
 * `None` while the local data is closed; then `problem` says why, or it was not opened yet.
 */
storage: StorageMode | null, 
/**
 * Why the local data could not be opened.
 */
problem: CommandError | null, 
/**
 * Something to know once: damaged data that was set aside.
 */
notice: NoticeView | null, 
/**
 * Folder of the local data.
 */
dataFolder: string, 
/**
 * Language of the operating system, as a BCP 47 tag.
 */
systemLanguage: string | null, 
/**
 * Settings; the defaults while the local data is closed.
 */
settings: SettingsView, };

/**
 * Columns of the applications grid.
 */
export type ApplicationColumn = "displayName" | "manages" | "kind" | "secrets" | "oldestSecretAt" | "expiresAt" | "roles" | "createdAt" | "account";

/**
 * Everything synced about an application.
 */
export type ApplicationDetailView = { 
/**
 * As in the grid.
 */
row: ApplicationRow, 
/**
 * Its secrets, oldest first, never their values.
 */
secrets: Array<TokenView>, 
/**
 * Its roles, those of the whole account first.
 */
roles: Array<ApplicationRoleView>, 
/**
 * The record as the service sent it.
 */
raw: unknown, 
/**
 * Age of the application and its secrets.
 */
applicationsState: StreamStateView | null, 
/**
 * Age of its roles.
 */
rolesState: StreamStateView | null, 
/**
 * The newest 100 lines of history, secrets and roles included.
 */
history: Array<HistoryEntryView>, };

/**
 * A page of applications.
 */
export type ApplicationPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Applications in the chosen accounts, filter aside.
 */
all: number, 
/**
 * Grows with every change of the mirror.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<ApplicationRow>, };

/**
 * A page of applications.
 */
export type ApplicationQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in name or description, any case, with or without accents.
 */
text: string, 
/**
 * Only those that can manage the whole account.
 */
managingOnly: boolean, 
/**
 * Order; ties by name, rows without a value last.
 */
sort: ApplicationColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names an application.
 */
export type ApplicationRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, };

/**
 * A role that an application holds, once for each organisation where it is held.
 */
export type ApplicationRoleView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name, else the id.
 */
displayName: string, 
/**
 * The organisation where it is held; `None` for the whole account.
 */
organizationId: string | null, 
/**
 * The organisation's name, else its id.
 */
organization: string | null, };

/**
 * One row of the applications grid.
 */
export type ApplicationRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is for.
 */
description: string | null, 
/**
 * The service's own word.
 */
kind: string, 
/**
 * It holds the right to manage the whole account.
 */
managesAccount: boolean, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Roles that it holds, each once, in however many organisations.
 */
roles: number, 
/**
 * Secrets that the service lists.
 */
secrets: number, 
/**
 * Of these, those that are known never to expire.
 */
neverExpiring: number, 
/**
 * Of these, those that have expired.
 */
expired: number, 
/**
 * When the oldest secret was made, milliseconds UTC.
 */
oldestSecretAt: number | null, 
/**
 * When the next of its secrets expires, milliseconds UTC.
 */
expiresAt: number | null, };

/**
 * Applies changes of the queue.
 */
export type ApplyChangesRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Which changes; `None` for all that are pending.
 */
changes: number[] | null, 
/**
 * Guards that were confirmed.
 */
confirmations: Array<ConfirmationRequest>, };

/**
 * Keeps edits and applies just these, on the same path.
 */
export type ApplyNowRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What a person wants.
 */
edits: Array<Edit>, 
/**
 * Guards that were confirmed.
 */
confirmations: Array<ConfirmationRequest>, };

/**
 * How far an apply is.
 */
export type ApplyProgressView = { 
/**
 * The run.
 */
runId: number, 
/**
 * Changes that are settled, one way or the other.
 */
done: number, 
/**
 * Changes to apply.
 */
total: number, 
/**
 * The one at hand.
 */
changeId: number | null, };

/**
 * An apply that has begun, or why it has not.
 */
export type ApplyStartedView = { 
/**
 * The run; `None` when something must be confirmed or corrected first, or when there was nothing to do.
 */
runId: number | null, 
/**
 * The changes that it applies, in the order in which it does; `apply_now` keeps them also when it has not begun.
 */
changes: number[], 
/**
 * Guards to confirm.
 */
unconfirmed: Array<GuardView>, 
/**
 * What cannot be sent as it is, by edit.
 */
problems: Array<EditProblemsView>, };

/**
 * How we sign in, without the secret part.
 */
export type Authentication = { "kind": "byHand" } | { "kind": "bearer" } | { "kind": "basic", 
/**
 * The name part.
 */
userName: string, } | { "kind": "oauthClientCredentials", 
/**
 * Token endpoint.
 */
tokenAddress: string, 
/**
 * Client id.
 */
clientId: string, 
/**
 * Space-separated scopes.
 */
scope: string | null, 
/**
 * Further form fields of the token request (`resource`, `audience`), as some services want them.
 */
parameters: { [key in string]: string }, } | { "kind": "application", 
/**
 * Id of the application.
 */
applicationId: string, 
/**
 * Which API the token is for; `None` for the service's default.
 */
resource: string | null, };

/**
 * How to sign in, secrets included; it only ever travels towards the core.
 */
export type AuthenticationDraft = { "kind": "bearer", 
/**
 * The token.
 */
token: Secret, } | { "kind": "basic", 
/**
 * The name.
 */
userName: string, 
/**
 * The password.
 */
password: Secret, } | { "kind": "signInOnce", 
/**
 * The e-mail address.
 */
userName: string, 
/**
 * The password.
 */
password: Secret, } | { "kind": "oauthClientCredentials", 
/**
 * Token endpoint.
 */
tokenAddress: string, 
/**
 * Client id.
 */
clientId: string, 
/**
 * Client secret.
 */
clientSecret: Secret, 
/**
 * Space-separated scopes.
 */
scope: string | null, 
/**
 * Further form fields of the token request.
 */
parameters: { [key in string]: string }, } | { "kind": "application", 
/**
 * Id of the application.
 */
applicationId: string, 
/**
 * Its secret.
 */
applicationSecret: Secret, 
/**
 * Which API the token is for; `None` for the service's default.
 */
resource: string | null, };

/**
 * How often the plan is paid.
 */
export type BillingPeriod = "month" | "year";

/**
 * Why a change needs a person.
 */
export type BlockReason = { "kind": "conflict", 
/**
 * Which, with the three values each.
 */
fields: Array<FieldConflict>, } | { "kind": "gone" } | { "kind": "nameTaken" } | { "kind": "outcomeUnknown", 
/**
 * A read has told since that it did not arrive: it may be tried again.
 */
denied: boolean, } | { "kind": "refused", 
/**
 * Key of the sentence about it in the message catalogues, where there is one.
 */
reason: string | null, 
/**
 * Which value it refused, where it says so.
 */
field: string | null, 
/**
 * Its own words, or ours about its answer.
 */
words: string, } | { "kind": "forbidden", 
/**
 * The service's own words, or ours about its answer.
 */
words: string, } | { "kind": "signedOut" } | { "kind": "dependsOn", 
/**
 * Which.
 */
change: number, } | { "kind": "invalid", 
/**
 * What to correct.
 */
problems: Array<FieldProblem>, } | { "kind": "alsoChanged", 
/**
 * Which: base and mine are what they were, theirs is what they are.
 */
fields: Array<FieldConflict>, };

/**
 * What it would do in one account.
 */
export type BulkAccountView = { 
/**
 * Selected rows of this account.
 */
selected: number, 
/**
 * Those without an edit, by reason.
 */
leftOut: Array<LeftOutView>, 
/**
 * What would happen: the resolved list, never only its description.
 */
plan: PlanView, 
/**
 * Names this very plan of this account.
 */
seen: string, };

/**
 * What is done to everybody who is selected.
 */
export type BulkAction = { "kind": "setActive", 
/**
 * Let in.
 */
active: boolean, } | { "kind": "delete" } | { "kind": "assignRoles", 
/**
 * The roles, of one account.
 */
roles: Array<RemoteId>, } | { "kind": "unassignRoles", 
/**
 * The roles, of one account.
 */
roles: Array<RemoteId>, } | { "kind": "addToGroups", 
/**
 * Groups or organisations, of one account.
 */
groups: Array<RemoteId>, } | { "kind": "removeFromGroups", 
/**
 * Groups or organisations, of one account.
 */
groups: Array<RemoteId>, } | { "kind": "revokeTokens" } | { "kind": "addOffDuty", 
/**
 * When.
 */
rule: OffDutyRule, } | { "kind": "resendInvitations", 
/**
 * Until when they can be accepted from then on; `None` where sending again does not move that.
 */
expiresAt: Timestamp | null, 
/**
 * What the service sends.
 */
message: InvitationMessage | null, } | { "kind": "inviteAgain", 
/**
 * Until when it can be accepted; `None` where the service decides.
 */
expiresAt: Timestamp | null, 
/**
 * What the service sends; `None` for nothing.
 */
message: InvitationMessage | null, } | { "kind": "revokeInvitations" } | { "kind": "deleteInvitations" };

/**
 * What was kept in one account.
 */
export type BulkKeptView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The changes that now stand for the edits.
 */
changes: number[], 
/**
 * Changes that were taken back: the edit was their opposite.
 */
takenBack: number, };

/**
 * What it would do.
 */
export type BulkPlanView = { 
/**
 * Account by account, in the order of the list.
 */
accounts: Array<BulkAccountView>, 
/**
 * Named rows that the list does not have any more.
 */
gone: number, 
/**
 * Selected rows of other accounts than the asked one.
 */
elsewhere: number, 
/**
 * Names all of it.
 */
seen: string, };

/**
 * What became of it.
 */
export type BulkProposedView = { 
/**
 * Account by account; `None` when the plan is another one by now, or holds what cannot be sent: nothing was kept.
 */
kept: Array<BulkKeptView> | null, };

/**
 * What became of one call to the service.
 */
export type CallOutcome = "sent" | "done" | "alreadyDone" | "refused" | "notSent" | "unknown" | "found" | "notFound";

/**
 * One call to the service.
 */
export type CallView = { 
/**
 * The run.
 */
runId: number, 
/**
 * When it was about to leave, milliseconds UTC.
 */
sentAt: number, 
/**
 * When its outcome was known.
 */
endedAt: number | null, 
/**
 * What became of it.
 */
outcome: CallOutcome, 
/**
 * The service's words, where it refused.
 */
words: string | null, };

/**
 * What the service said it can, corrected by what it was seen to do.
 */
export type Capabilities = { 
/**
 * False when the service has no usable description of itself and these are careful assumptions.
 */
described: boolean, 
/**
 * Users can be listed.
 */
users: boolean, 
/**
 * Groups can be listed.
 */
groups: boolean, 
/**
 * Everything that can be listed, in the order of a run.
 */
streams: Array<Stream>, 
/**
 * Tokens, second factors, sessions, grants and identities can be asked for user by user.
 */
details: boolean, 
/**
 * Says of each user when they last signed in, and of who never did that they did not.
 */
signIns: boolean, 
/**
 * The service's own log can be read.
 */
log: boolean, 
/**
 * How lists are walked.
 */
paging: Paging, 
/**
 * Largest page the service says it gives.
 */
maxPageSize: number | null, 
/**
 * `filter` is understood.
 */
filter: boolean, 
/**
 * `sortBy` is understood.
 */
sort: boolean, 
/**
 * Records carry versions.
 */
etag: boolean, 
/**
 * Records can be changed in part.
 */
patch: boolean, 
/**
 * Several changes in one request.
 */
bulk: boolean, 
/**
 * Passwords can be set.
 */
changePassword: boolean, 
/**
 * What can be edited, with this credential.
 */
edits: Array<EditKind>, 
/**
 * Values of a user that can be edited.
 */
userFields: Array<EditableField>, 
/**
 * Values of a group or organisation that can be edited.
 */
groupFields: Array<EditableField>, 
/**
 * Values of a role that can be edited.
 */
roleFields: Array<EditableField>, 
/**
 * What invitations can be; `None` where nobody can be invited.
 */
invitations: InvitationRules | null, 
/**
 * What the service says of the account as a whole.
 */
facts: AccountFacts | null, 
/**
 * Where the service describes itself for people.
 */
documentation: string | null, };

/**
 * What a person decides about a blocked change.
 */
export type ChangeChoice = "keepMine" | "takeTheirs" | "tryAgain" | "suspend";

/**
 * A queue in numbers.
 */
export type ChangeCounts = { 
/**
 * Ready to be applied.
 */
pending: number, 
/**
 * Carried out by themselves on a date.
 */
scheduled: number, 
/**
 * In need of a person.
 */
blocked: number, 
/**
 * Being sent.
 */
sent: number, 
/**
 * Values shown once that nobody has taken yet.
 */
secretsWaiting: number, };

/**
 * Names changes.
 */
export type ChangeIdsRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Which changes; `None` for all.
 */
changes: number[] | null, };

/**
 * Asks for the queue.
 */
export type ChangeQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Only about this record: the subject or one of the targets of a line.
 */
remoteId: string | null, 
/**
 * Lines of each queue to put into words at the most; all of them unless given.
 */
most: number | null, };

/**
 * Names a change.
 */
export type ChangeRequest = { 
/**
 * The change.
 */
changeId: number, };

/**
 * Where a change stands.
 */
export type ChangeState = "pending" | "sent" | "blocked" | "applied" | "withdrawn";

/**
 * The queue as plans, one an account.
 */
export type ChangesView = { 
/**
 * Of every account with something in its queue, by name.
 */
queues: Array<QueueView>, 
/**
 * Newest applies first, at most 50.
 */
receipts: Array<ReceiptRow>, };

/**
 * Asks whether a filter can be understood.
 */
export type CheckFilterRequest = { 
/**
 * The filter.
 */
text: string, };

/**
 * Something to do at the service.
 */
export type ChecklistItemView = { 
/**
 * The change.
 */
changeId: number, 
/**
 * What kind of edit it is.
 */
kind: EditKind, 
/**
 * Since when it waits, milliseconds UTC.
 */
since: number, 
/**
 * Whole days since then.
 */
days: number, 
/**
 * It is not to be ticked as it is: a decision is needed first.
 */
blocked: boolean, 
/**
 * It is only kept here: there is nothing to do at the service.
 */
ours: boolean, };

/**
 * One column of a grid as the person arranged it.
 */
export type ColumnLayout = { 
/**
 * The column.
 */
column: string, 
/**
 * Width in CSS pixels.
 */
width: number, 
/**
 * Shown or not.
 */
visible: boolean, };

/**
 * The only error that crosses to the window: what happened, to which account, what the person can do.
 */
export type CommandError = { 
/**
 * For the window to act on and to translate.
 */
code: ErrorCode, 
/**
 * One English sentence without tokens, personal data or URLs with queries.
 */
message: string, 
/**
 * What the person can do.
 */
action: ErrorAction, 
/**
 * The field of the request that must be corrected, in its JSON spelling.
 */
field: string | null, 
/**
 * Key of the exact reason, where there is one beside the code.
 */
reason: string | null, 
/**
 * Name of the account it happened to.
 */
account: string | null, 
/**
 * The service's or the system's own words, cut to a limit.
 */
detail: string | null, 
/**
 * How long the service asks to wait.
 */
retryAfterSeconds: number | null, 
/**
 * Values for the translated sentence (`host`, `status`).
 */
values: { [key in string]: string }, };

/**
 * A page of what is different between two moments.
 */
export type CompareRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The earlier moment.
 */
since: PastMoment, 
/**
 * The later one; `None` for the last sync.
 */
until: PastMoment | null, 
/**
 * Only what concerns this user.
 */
remoteId: string | null, 
/**
 * Of one kind.
 */
subject: Subject | null, 
/**
 * Of one action.
 */
action: Action | null, 
/**
 * Words that must all occur in the names and the attribute, any case, with or without accents.
 */
text: string, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * What is different between two moments: whatever was undone again in between is not.
 */
export type CompareView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Everything of the accounts and the user, whatever else was asked for: one for each subject.
 */
counts: Array<DifferenceCountsView>, 
/**
 * What each account was at the two moments.
 */
accounts: Array<PastAccountView>, 
/**
 * The rows: people by name, then what concerns nobody alone.
 */
rows: Array<DifferenceView>, };

/**
 * Asks what could be typed.
 */
export type CompleteFilterRequest = { 
/**
 * Values of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The filter so far.
 */
text: string, 
/**
 * Where the cursor is, UTF-16.
 */
cursor: number, };

/**
 * Kinds of completions.
 */
export type CompletionKind = "field" | "keyword" | "value";

/**
 * Something that could be typed.
 */
export type CompletionView = { 
/**
 * The kind.
 */
kind: CompletionKind, 
/**
 * What it is called.
 */
label: string, 
/**
 * What takes the place of what was typed.
 */
insert: string, 
/**
 * Users with this value.
 */
count: number | null, };

/**
 * What could be typed.
 */
export type CompletionsView = { 
/**
 * First unit that a completion replaces, UTF-16.
 */
start: number, 
/**
 * One beyond the last, UTF-16.
 */
end: number, 
/**
 * The field whose values these are.
 */
field: string | null, 
/**
 * At most 12, best first.
 */
items: Array<CompletionView>, };

/**
 * A guard that a person confirmed.
 */
export type ConfirmationRequest = { 
/**
 * The guard's key.
 */
key: string, 
/**
 * For a typed confirmation, what was typed.
 */
typed: string | null, };

/**
 * Connects an account; tries it first.
 */
export type ConnectAccountRequest = { 
/**
 * What to connect.
 */
draft: AccountDraft, };

/**
 * What a trial found.
 */
export type ConnectionReportView = { 
/**
 * What the service can.
 */
capabilities: Capabilities, 
/**
 * Users it says it has.
 */
users: number | null, 
/**
 * Groups it says it has.
 */
groups: number | null, };

/**
 * Another way to reach an account, to be tried or kept. An empty secret stands for the one in the keychain.
 */
export type ConnectionRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Where the service answers.
 */
address: string, 
/**
 * How to sign in.
 */
authentication: AuthenticationDraft, 
/**
 * Path of a PEM file with an own certificate authority.
 */
certificateAuthority: string | null, };

/**
 * Rows as text.
 */
export type CopiedRowsView = { 
/**
 * Tab-separated, a line each, headings first.
 */
text: string, 
/**
 * Rows in it.
 */
rows: number, 
/**
 * True when more were selected than one copy takes.
 */
limited: boolean, };

/**
 * Asks for rows as text for the clipboard.
 */
export type CopyRowsRequest = { 
/**
 * The list.
 */
list: ListRequest, 
/**
 * Which of its rows.
 */
selection: Selection, 
/**
 * The columns, in order.
 */
columns: Array<ExportColumn>, };

/**
 * What is missing for an amount to be known.
 */
export type CostUnknown = "planPrice" | "memberPrice" | "yearlyMembers";

/**
 * What a run did to one account's mirror.
 */
export type Counts = { 
/**
 * Users listed by the service.
 */
users: number, 
/**
 * Users that were not in the mirror.
 */
usersAdded: number, 
/**
 * Users with at least one different field.
 */
usersChanged: number, 
/**
 * Users that are gone.
 */
usersRemoved: number, 
/**
 * Groups listed by the service.
 */
groups: number, 
/**
 * Groups that were not in the mirror.
 */
groupsAdded: number, 
/**
 * Groups with at least one different field, members aside.
 */
groupsChanged: number, 
/**
 * Groups that are gone.
 */
groupsRemoved: number, 
/**
 * Users newly in a group.
 */
membershipsAdded: number, 
/**
 * Users no longer in a group.
 */
membershipsRemoved: number, 
/**
 * Members of organisations, where the service lists them apart; changed are those with other roles there.
 */
members: Tally, 
/**
 * Roles.
 */
roles: Tally, 
/**
 * Who holds a role everywhere in the account.
 */
roleAssignments: Tally, 
/**
 * Invitations.
 */
invitations: Tally, 
/**
 * Programs that sign in.
 */
applications: Tally, 
/**
 * Credentials with ids of their own.
 */
apiUsers: Tally, 
/**
 * Imported ones that gave way to what the service lists itself.
 */
apiUsersReplaced: number, 
/**
 * When users get no alerts.
 */
offDutyPeriods: Tally, 
/**
 * What rights are held on.
 */
resources: Tally, 
/**
 * Who was given which right in the whole account.
 */
grants: Tally, 
/**
 * Who was given which right on a single resource.
 */
resourceGrants: Tally, 
/**
 * Who is told of what; listed are the lists of them.
 */
recipients: Tally, };

/**
 * Keeps an organisation by hand. Nothing is asked of any service, now or later.
 */
export type CreateRosterRequest = { 
/**
 * What the person calls the account.
 */
name: string, 
/**
 * Whose rules it follows.
 */
preset: RosterPreset, 
/**
 * Name of the organisation; that of the account unless given.
 */
organization: string | null, 
/**
 * Roles and rights get their names in this language.
 */
language: Language, 
/**
 * What the service asks and allows.
 */
terms: RosterTerms, 
/**
 * Who owns it.
 */
owner: RosterOwnerDraft | null, 
/**
 * The person at this computer is the owner.
 */
ownerIsMe: boolean, };

/**
 * How far the reading of what must be asked for user by user is.
 */
export type DetailsProgressView = { 
/**
 * Users asked about.
 */
done: number, 
/**
 * Users to ask about.
 */
total: number, };

/**
 * How much of one subject is different.
 */
export type DifferenceCountsView = { 
/**
 * The subject.
 */
subject: Subject, 
/**
 * There now, not before.
 */
added: number, 
/**
 * There at both moments, with at least one different attribute.
 */
changed: number, 
/**
 * There before, not now.
 */
removed: number, };

/**
 * One difference: something that is there or gone, or one attribute that has another value.
 */
export type DifferenceView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What it is about.
 */
subject: Subject, 
/**
 * The user or group; for a membership the group, for a role assignment the role, for a token its name.
 */
remoteId: string, 
/**
 * Its name, as last known.
 */
name: string, 
/**
 * For a membership the member, for a role assignment the holder, for a token the owner.
 */
memberId: string | null, 
/**
 * The name of that, as last known.
 */
memberName: string | null, 
/**
 * What happened to it.
 */
action: Action, 
/**
 * Path of the attribute, where one is different.
 */
field: string | null, 
/**
 * Its value at the earlier moment.
 */
before: unknown, 
/**
 * Its value at the later moment.
 */
after: unknown, 
/**
 * It was gone in between: a token that was made anew, a record that came back of which it is not known what was
 * different.
 */
returned: boolean, 
/**
 * When we last learned of it, milliseconds UTC.
 */
at: number, };

/**
 * A stretch without alerts.
 */
export type DutyPeriodView = { 
/**
 * From then.
 */
start: LocalSeconds, 
/**
 * Up to then.
 */
end: LocalSeconds, };

/**
 * Whether somebody is on duty.
 */
export type DutyPersonView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * The switch of the service; `None` where it does not say.
 */
active: boolean | null, 
/**
 * Active, and no off-duty period covers now.
 */
onDuty: boolean, 
/**
 * Whether some alert definition reaches them; `None` where recipients are not all visible.
 */
alerted: boolean | null, 
/**
 * Off-duty periods from now on, those that meet made one; the first has begun where its start is not after now.
 */
periods: Array<DutyPeriodView>, 
/**
 * Entries of the schedule.
 */
rules: Array<DutyRuleView>, };

/**
 * Who is on duty in one account.
 */
export type DutyRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Only members of this group.
 */
groupId: string | null, 
/**
 * Only this user.
 */
userId: string | null, 
/**
 * Days ahead, at most 62.
 */
days: number, };

/**
 * An entry of a schedule.
 */
export type DutyRuleView = { 
/**
 * Unique in the account.
 */
remoteId: string, 
/**
 * When.
 */
rule: OffDutyRule, };

/**
 * Who is on duty.
 */
export type DutyView = { 
/**
 * What the account's clock shows: seconds since 1970-01-01T00:00:00 there, as all times here.
 */
now: LocalSeconds, 
/**
 * The name of the zone.
 */
zone: string, 
/**
 * Whose zone it is.
 */
zoneSource: ZoneSource, 
/**
 * How many are on duty now.
 */
onDuty: number, 
/**
 * Everybody asked about, by name.
 */
people: Array<DutyPersonView>, 
/**
 * Age and proof of what it is computed from; `None` before the first complete read.
 */
state: StreamStateView | null, };

/**
 * What a person wants to be different. Ids are the service's.
 */
export type Edit = { "kind": "createUser", 
/**
 * Their values; `before` is `null` everywhere.
 */
fields: Array<FieldEdit>, 
/**
 * Whether with a password.
 */
password: PasswordChoice, } | { "kind": "updateUser", 
/**
 * Whose.
 */
user: RemoteId, 
/**
 * Which.
 */
fields: Array<FieldEdit>, } | { "kind": "setUserActive", 
/**
 * Whom.
 */
user: RemoteId, 
/**
 * False suspends.
 */
active: boolean, } | { "kind": "resetPassword", 
/**
 * Whose.
 */
user: RemoteId, } | { "kind": "expirePassword", 
/**
 * Whose.
 */
user: RemoteId, } | { "kind": "deleteUser", 
/**
 * Whom.
 */
user: RemoteId, } | { "kind": "unlinkIdentity", 
/**
 * From whom.
 */
user: RemoteId, 
/**
 * The service's name of the other service: `github`.
 */
target: string, } | { "kind": "endSession", 
/**
 * Whom.
 */
user: RemoteId, 
/**
 * Which session.
 */
session: string, } | { "kind": "revokeGrant", 
/**
 * Whose.
 */
user: RemoteId, 
/**
 * Which grant.
 */
grant: string, } | { "kind": "removeFactor", 
/**
 * Whose.
 */
user: RemoteId, 
/**
 * Which factor.
 */
factor: string, } | { "kind": "createRole", 
/**
 * Where it is held.
 */
scope: RoleScope, 
/**
 * Who can hold it.
 */
holderKind: HolderKind, 
/**
 * Its values.
 */
fields: Array<FieldEdit>, 
/**
 * What it allows.
 */
permissions: Array<RemoteId>, } | { "kind": "updateRole", 
/**
 * Which.
 */
role: RemoteId, 
/**
 * Where it is held.
 */
scope: RoleScope, 
/**
 * What becomes different.
 */
fields: Array<FieldEdit>, } | { "kind": "deleteRole", 
/**
 * Which.
 */
role: RemoteId, 
/**
 * Where it is held.
 */
scope: RoleScope, } | { "kind": "assignRole", 
/**
 * Which.
 */
role: RemoteId, 
/**
 * To whom.
 */
holder: RemoteId, 
/**
 * What the holder is.
 */
holderKind: HolderKind, 
/**
 * In which organisation; `None` for everywhere in the account.
 */
group: RemoteId | null, } | { "kind": "unassignRole", 
/**
 * Which.
 */
role: RemoteId, 
/**
 * From whom.
 */
holder: RemoteId, 
/**
 * What the holder is.
 */
holderKind: HolderKind, 
/**
 * In which organisation; `None` for everywhere in the account.
 */
group: RemoteId | null, } | { "kind": "createGroup", 
/**
 * Which of them.
 */
groupKind: GroupKind, 
/**
 * Its values.
 */
fields: Array<FieldEdit>, } | { "kind": "updateGroup", 
/**
 * Which.
 */
group: RemoteId, 
/**
 * What it is.
 */
groupKind: GroupKind, 
/**
 * What becomes different.
 */
fields: Array<FieldEdit>, } | { "kind": "deleteGroup", 
/**
 * Which.
 */
group: RemoteId, 
/**
 * What it is.
 */
groupKind: GroupKind, } | { "kind": "addMember", 
/**
 * Into which.
 */
group: RemoteId, 
/**
 * What it is.
 */
groupKind: GroupKind, 
/**
 * Whom.
 */
member: RemoteId, } | { "kind": "removeMember", 
/**
 * Out of which.
 */
group: RemoteId, 
/**
 * What it is.
 */
groupKind: GroupKind, 
/**
 * Whom.
 */
member: RemoteId, } | { "kind": "createToken", 
/**
 * Whose.
 */
owner: RemoteId, 
/**
 * Unique for its owner.
 */
name: string, 
/**
 * Until when it is good; `None` for one that never expires.
 */
expiresAt: Timestamp | null, } | { "kind": "renameToken", 
/**
 * Whose.
 */
owner: RemoteId, 
/**
 * Its name now.
 */
name: string, 
/**
 * What it becomes.
 */
newName: string, } | { "kind": "deleteToken", 
/**
 * Whose.
 */
owner: RemoteId, 
/**
 * Its name.
 */
name: string, } | { "kind": "addOffDuty", 
/**
 * Who.
 */
user: RemoteId, 
/**
 * When.
 */
rule: OffDutyRule, } | { "kind": "changeOffDuty", 
/**
 * Whose.
 */
user: RemoteId, 
/**
 * Which entry of the schedule, by its id in the account.
 */
period: RemoteId, 
/**
 * When it was, as the person saw it.
 */
before: OffDutyRule, 
/**
 * When it becomes.
 */
after: OffDutyRule, } | { "kind": "removeOffDuty", 
/**
 * Whose.
 */
user: RemoteId, 
/**
 * Which entry; `None` for one that says this, whichever it is.
 */
period: RemoteId | null, 
/**
 * When it was.
 */
rule: OffDutyRule, } | { "kind": "addGroupOffDuty", 
/**
 * Which.
 */
group: RemoteId, 
/**
 * When.
 */
rule: OffDutyRule, } | { "kind": "setGroupActive", 
/**
 * Which.
 */
group: RemoteId, 
/**
 * False for no alerts.
 */
active: boolean, } | { "kind": "giveRight", 
/**
 * Which, to whom and on what.
 */
right: Right, } | { "kind": "takeRight", 
/**
 * Which, from whom and on what.
 */
right: Right, } | { "kind": "describeToken", 
/**
 * Whose.
 */
owner: RemoteId, 
/**
 * Its name.
 */
name: string, 
/**
 * What the person saw.
 */
before: string, 
/**
 * What it becomes.
 */
after: string, } | { "kind": "inviteUser", 
/**
 * Of which.
 */
group: RemoteId, 
/**
 * The e-mail address that is invited.
 */
invitee: string, 
/**
 * Roles that the newcomer gets there, each once.
 */
roles: Array<RemoteId>, 
/**
 * Until when it can be accepted; `None` where the service decides.
 */
expiresAt: Timestamp | null, 
/**
 * What the service sends to that address; `None` for nothing.
 */
message: InvitationMessage | null, } | { "kind": "resendInvitation", 
/**
 * Which.
 */
invitation: RemoteId, 
/**
 * Until when it can be accepted from then on; `None` where sending it again does not move that.
 */
expiresAt: Timestamp | null, 
/**
 * What the service sends; `None` where sending is not its own work.
 */
message: InvitationMessage | null, } | { "kind": "revokeInvitation", 
/**
 * Which.
 */
invitation: RemoteId, } | { "kind": "deleteInvitation", 
/**
 * Which.
 */
invitation: RemoteId, } | { "kind": "acceptInvitation", 
/**
 * Which.
 */
invitation: RemoteId, 
/**
 * Values of the new member; `before` is `null` everywhere.
 */
fields: Array<FieldEdit>, } | { "kind": "keepToken", 
/**
 * Whose.
 */
owner: RemoteId, 
/**
 * Unique for its owner.
 */
name: string, 
/**
 * Until when it is good; `None` for one that never expires.
 */
expiresAt: Timestamp | null, 
/**
 * Where it is used.
 */
usedWhere: string | null, };

/**
 * What kind of edit it is.
 */
export type EditKind = "createUser" | "updateUser" | "setUserActive" | "resetPassword" | "expirePassword" | "deleteUser" | "unlinkIdentity" | "endSession" | "revokeGrant" | "removeFactor" | "createRole" | "updateRole" | "deleteRole" | "assignRole" | "unassignRole" | "createGroup" | "updateGroup" | "deleteGroup" | "addMember" | "removeMember" | "createToken" | "renameToken" | "deleteToken" | "addOffDuty" | "changeOffDuty" | "removeOffDuty" | "addGroupOffDuty" | "setGroupActive" | "giveRight" | "takeRight" | "describeToken" | "inviteUser" | "resendInvitation" | "revokeInvitation" | "deleteInvitation" | "acceptInvitation" | "keepToken";

/**
 * What is wrong with one of several edits.
 */
export type EditProblemsView = { 
/**
 * Its place, from 0.
 */
index: number, 
/**
 * What.
 */
problems: Array<FieldProblem>, };

/**
 * One value of a record that can be edited.
 */
export type EditableField = { 
/**
 * Where it stands in the record as the service sends it; the window knows the labels of the usual ones.
 */
path: string, 
/**
 * What is typed.
 */
kind: FieldKind, 
/**
 * A record cannot be without it.
 */
required: boolean, 
/**
 * Most characters; `None` where the service names no limit.
 */
maxLength: number | null, };

/**
 * Edits to be kept.
 */
export type EditsRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What a person wants. An edit may name what an earlier one of the same list creates: as the id stands
 * `"\u001fnew\u001f0"` for what the first one creates, and so on.
 */
edits: Array<Edit>, };

/**
 * A request without anything to say.
 */
export type EmptyRequest = Record<symbol, never>;

/**
 * What the person can do about it.
 */
export type ErrorAction = "retry" | "wait" | "checkAddress" | "correctInput" | "replaceCredential" | "checkPermissions" | "checkCertificate" | "unlockKeychain" | "freeDiskSpace" | "updateApplication" | "closeOther" | "contactService" | "none" | "report";

/**
 * What kind of error it is. A code exists only when the window does something different for it.
 */
export type ErrorCode = "offline" | "timeout" | "certificateRejected" | "rateLimited" | "unauthorized" | "forbidden" | "addressNotFound" | "remoteRejected" | "remoteUnexpected" | "remoteFailed" | "keychainUnavailable" | "keychainLocked" | "keychainDenied" | "databaseKeyMissing" | "credentialMissing" | "databaseTooNew" | "databaseDamaged" | "databaseBusy" | "diskFull" | "databaseFailed" | "storeClosed" | "syncBusy" | "fileNotWritten" | "cancelled" | "invalidInput" | "notFound" | "internal";

/**
 * A column of a file.
 */
export type ExportColumn = { 
/**
 * The column's name, as JSON and scripts have it.
 */
id: string, 
/**
 * Its heading, in the person's language.
 */
heading: string, 
/**
 * Words of the person's language for values (`true`, `pending`); everything but JSON has them.
 */
words: { [key in string]: string }, };

/**
 * Kinds of files.
 */
export type ExportFormat = "csv" | "xlsx" | "json";

/**
 * Whether there was such an export.
 */
export type ExportFoundView = { 
/**
 * There was.
 */
found: boolean, };

/**
 * Asks the person for a file and writes a list into it.
 */
export type ExportListRequest = { 
/**
 * The window's number for this export.
 */
export: number, 
/**
 * The list.
 */
list: ListRequest, 
/**
 * Only these rows of it.
 */
selection: Selection | null, 
/**
 * The columns, in order.
 */
columns: Array<ExportColumn>, 
/**
 * The kind of file.
 */
format: ExportFormat, 
/**
 * Title of the system's dialog.
 */
title: string, 
/**
 * The offered name, without its ending.
 */
name: string, };

/**
 * How far an export is.
 */
export type ExportProgressView = { 
/**
 * The window's number for it.
 */
export: number, 
/**
 * Rows written.
 */
rows: number, 
/**
 * Rows to write.
 */
total: number, 
/**
 * All rows are there, and the file is being put together.
 */
finishing: boolean, };

/**
 * Names an export of this window.
 */
export type ExportRequest = { 
/**
 * The window's number for it.
 */
export: number, };

/**
 * A written file.
 */
export type ExportedFileView = { 
/**
 * Where it is, for showing.
 */
path: string, 
/**
 * Rows in it, headings aside.
 */
rows: number, };

/**
 * What came of an export.
 */
export type ExportedView = { 
/**
 * The file; `None` when the person chose none.
 */
file: ExportedFileView | null, };

/**
 * One value of a facet.
 */
export type FacetValueView = { 
/**
 * As a person reads it, or a keyword.
 */
label: string, 
/**
 * Whether it is a keyword (`none`, `active`), which the window has words for.
 */
keyword: boolean, 
/**
 * Users of the result with it, its own facet aside.
 */
count: number, 
/**
 * Whether the filter asks for it.
 */
chosen: boolean, 
/**
 * The filter when this value is chosen, or no longer.
 */
text: string, };

/**
 * One facet: what the users of a result have in one field.
 */
export type FacetView = { 
/**
 * The field's name.
 */
field: string, 
/**
 * The values of most users, and those that are chosen.
 */
values: Array<FacetValueView>, 
/**
 * Different values that are not listed.
 */
others: number, };

/**
 * Asks what a result is made of.
 */
export type FacetsRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The filter.
 */
text: string, };

/**
 * What a result is made of.
 */
export type FacetsView = { 
/**
 * Facets with at least one value.
 */
facets: Array<FacetView>, 
/**
 * Grows with every change of the mirror.
 */
revision: number, };

/**
 * What has become of somebody since.
 */
export type Fate = "same" | "changed" | "left";

/**
 * One value about which two people disagree.
 */
export type FieldConflict = { 
/**
 * Where it stands in the record as the service sends it.
 */
path: string, 
/**
 * What it was when the person decided.
 */
base: unknown, 
/**
 * What the person wants.
 */
mine: unknown, 
/**
 * What the service has now.
 */
theirs: unknown, };

/**
 * One value of a record that becomes another.
 */
export type FieldEdit = { 
/**
 * Where it stands in the record as the service sends it: `name.familyName`, `profile.address`, `customData`.
 */
path: string, 
/**
 * What the person saw when they decided; `null` for nothing.
 */
before: unknown, 
/**
 * What it becomes; `null` for nothing.
 */
after: unknown, };

/**
 * What is typed into a field.
 */
export type FieldKind = "text" | "longText" | "email" | "phone" | "userName" | "url" | "flag" | "json" | "permissions" | "choice";

/**
 * One value that can be chosen.
 */
export type FieldOption = { 
/**
 * As the record has it.
 */
value: unknown, 
/**
 * The service's words for it, where it has some.
 */
label: string | null, };

/**
 * One value of an edit that cannot be what it is.
 */
export type FieldProblem = { 
/**
 * The path of a field, or the name of another part of the edit: `newName`.
 */
path: string, 
/**
 * Why.
 */
reason: FieldReason, 
/**
 * Most characters or days, where that is the reason.
 */
limit: number | null, };

/**
 * Why a value cannot be what was typed.
 */
export type FieldReason = "notSupported" | "notEditable" | "repeated" | "nothingToDo" | "required" | "tooLong" | "notText" | "notYesOrNo" | "notAnObject" | "invalidEmail" | "invalidPhone" | "invalidUserName" | "invalidUrl" | "inThePast" | "tooFar" | "unknown" | "endsBeforeStart" | "ownUser" | "ownCredential" | "throughGroup" | "useAdministrators" | "everybody" | "fixed" | "notAllowed";

/**
 * Whether a filter can be understood.
 */
export type FilterCheckView = { 
/**
 * The first mistake, if there is one.
 */
problem: FilterProblemView | null, };

/**
 * A user or a resource that a finding is about.
 */
export type FindingItemView = { 
/**
 * The id of the user, or of the resource.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * The right that it is about, where that is more than who holds it.
 */
right: FindingRightView | null, 
/**
 * The name with which the API user signs in that it is about.
 */
apiUser: string | null, 
/**
 * As of when that is so in a list that a person imported, milliseconds UTC; `None` where the service says it itself.
 */
importedAt: number | null, };

/**
 * A right that a finding is about.
 */
export type FindingRightView = { 
/**
 * The service's own word for it.
 */
permission: string, 
/**
 * What it is a right on; `None` for the whole account.
 */
resourceId: string | null, 
/**
 * Name of that for showing.
 */
resource: string | null, 
/**
 * What that is.
 */
resourceKind: ResourceKind | null, 
/**
 * What else reaches farthest: as far as it, or farther.
 */
through: Array<RightOriginView>, };

/**
 * What somebody may still do where a right is taken back.
 */
export type StillView = { 
/**
 * How far it goes; `None` for nothing, and for what is not about monitors.
 */
level: AccessLevel | null, 
/**
 * Everything that reaches so far; empty for nothing.
 */
origins: Array<RightOriginView>, };

/**
 * What stands out.
 */
export type FindingKind = "holders" | "lastHolder" | "onlyEverybody" | "redundant" | "apiUserOfInactive" | "alertWithoutRecipients" | "alertOfInactive";

/**
 * Something that stands out, and whom it is about.
 */
export type FindingView = { 
/**
 * What.
 */
kind: FindingKind, 
/**
 * The service's own word for the right that it is about.
 */
permission: string | null, 
/**
 * Whom it is about, by name.
 */
items: Array<FindingItemView>, };

/**
 * What stands out in one account.
 */
export type FindingsView = { 
/**
 * Each kind at most once, and once for each right.
 */
findings: Array<FindingView>, 
/**
 * Groups whose members may do everything: the only way to full rights.
 */
administrators: Array<NamedView>, };

/**
 * Kinds of mistakes.
 */
export type FilterErrorCode = "tooLong" | "tooDeep" | "tooMany" | "unclosedQuote" | "unclosedPattern" | "unclosedParenthesis" | "strayParenthesis" | "missingTerm" | "missingValue" | "unknownField" | "unknownValue" | "badTime" | "badNumber" | "badPattern" | "notComparable" | "backwardRange";

/**
 * What is wrong with a filter.
 */
export type FilterProblemView = { 
/**
 * The kind.
 */
code: FilterErrorCode, 
/**
 * First unit of the place in the text, UTF-16 as a text box counts.
 */
start: number, 
/**
 * One beyond its last, UTF-16.
 */
end: number, 
/**
 * First byte of the place, UTF-8.
 */
startByte: number, 
/**
 * One beyond its last, UTF-8.
 */
endByte: number, 
/**
 * One English sentence.
 */
message: string, 
/**
 * What was typed there.
 */
typed: string, 
/**
 * What could stand there instead, where that is known.
 */
hint: string | null, };

/**
 * What forgetting an account removes from this computer; nothing changes at the service.
 */
export type ForgetPreviewView = { 
/**
 * Users in the mirror.
 */
users: number, 
/**
 * Groups in the mirror.
 */
groups: number, 
/**
 * Lines of history.
 */
history: number, 
/**
 * Runs.
 */
runs: number, 
/**
 * A credential in the keychain.
 */
credential: boolean, };

/**
 * What came of forgetting an account.
 */
export type ForgottenView = { 
/**
 * Set when the credential could not be removed from the keychain; everything else is gone.
 */
credentialLeft: CommandError | null, };

/**
 * Who can hold a right.
 */
export type GrantHolder = "user" | "group";

/**
 * Columns of the groups grid.
 */
export type GroupColumn = "displayName" | "members" | "createdAt" | "modifiedAt" | "account";

/**
 * Everything synced about a group.
 */
export type GroupDetailView = { 
/**
 * As in the grid.
 */
row: GroupRow, 
/**
 * The asked page of members, by name.
 */
members: Array<MemberView>, 
/**
 * The record as the service sent it, members aside.
 */
raw: unknown, 
/**
 * Age.
 */
groupsState: StreamStateView | null, 
/**
 * Age of the list of members: that of the groups, unless the service lists members apart.
 */
membersState: StreamStateView | null, 
/**
 * The newest 100 lines of history, memberships included.
 */
history: Array<HistoryEntryView>, };

/**
 * What a set of users is.
 */
export type GroupKind = "group" | "organization";

/**
 * A page of groups.
 */
export type GroupPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Groups in the chosen accounts, filter aside.
 */
all: number, 
/**
 * Grows with every change of the mirror.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<GroupRow>, };

/**
 * A right as it was given on one resource.
 */
export type GivenRightView = { 
/**
 * The service's own word for it.
 */
permission: string, 
/**
 * What the holder is.
 */
holderKind: GrantHolder, 
/**
 * The holder's id.
 */
holderId: string, 
/**
 * Name of the holder for showing.
 */
holder: string, };

/**
 * A page of groups.
 */
export type GroupQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Only groups, or only organisations.
 */
kind: GroupKind | null, 
/**
 * Words that must all occur in the name, any case, with or without accents.
 */
text: string, 
/**
 * Only groups without members.
 */
emptyOnly: boolean, 
/**
 * Only groups with members that the account does not have any more.
 */
danglingOnly: boolean, 
/**
 * Order.
 */
sort: GroupColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a group, and a page of its members.
 */
export type GroupRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Members to pass over.
 */
offset: number, 
/**
 * Members to give, at most 500.
 */
limit: number, };

/**
 * What was given to one group.
 */
export type GroupRightsView = { 
/**
 * In the whole account, the service's own words.
 */
account: Array<string>, 
/**
 * On single resources, by name.
 */
resources: Array<ResourceRightView>, 
/**
 * Its members may do everything.
 */
administrators: boolean, 
/**
 * Age and proof of the rights in the whole account.
 */
accountState: StreamStateView | null, 
/**
 * Age and proof of the rights on resources; `None` where they are not visible with this credential.
 */
resourceState: StreamStateView | null, };

/**
 * One row of the groups grid.
 */
export type GroupRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * What it is.
 */
kind: GroupKind, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * How many members.
 */
members: number, 
/**
 * Members that the account does not have any more.
 */
dangling: number, 
/**
 * Everybody is in it: it cannot be deleted or renamed, and nobody can be put there or leave.
 */
everybody: boolean, 
/**
 * Invitations that can still be accepted.
 */
invitations: number, 
/**
 * What is pending about it; `None` for nothing.
 */
pending: PendingView | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC.
 */
modifiedAt: number | null, };

/**
 * What a person should know before anything is sent.
 */
export type Guard = { "kind": "ownCredential" } | { "kind": "ownUser" } | { "kind": "lastHolder", 
/**
 * The role.
 */
role: string, 
/**
 * The organisation in which it is held.
 */
group: string | null, } | { "kind": "manySubjects", 
/**
 * How many.
 */
count: number, } | { "kind": "irreversible" } | { "kind": "secretShownOnce" } | { "kind": "memberAlready", 
/**
 * The member.
 */
name: string, } | { "kind": "invitedAlready" } | { "kind": "userAlready", 
/**
 * The user.
 */
name: string, } | { "kind": "userElsewhere", 
/**
 * The account's name.
 */
account: string, } | { "kind": "membersLimit", 
/**
 * How many it may have.
 */
limit: number, } | { "kind": "dataLost", 
/**
 * The member.
 */
name: string, } | { "kind": "costChange", 
/**
 * Now.
 */
before: number, 
/**
 * Once all of it is done.
 */
after: number, 
/**
 * Currency: `EUR`.
 */
currency: string, } | { "kind": "invitationExpired", 
/**
 * Since when, milliseconds UTC.
 */
since: number, } | { "kind": "ownershipTransfer", 
/**
 * Who owns it now, where that is known.
 */
from: string | null, } | { "kind": "typedConfirmation", 
/**
 * Which.
 */
text: string, } | { "kind": "lastWithRight", 
/**
 * The service's own word, an operator's.
 */
permission: string, } | { "kind": "fullRights" };

/**
 * A person's decision about a plan that the guard stopped.
 */
export type GuardDecision = "apply" | "discard";

/**
 * A guard, and what it asks for.
 */
export type GuardView = { 
/**
 * Names it when it is confirmed; the same for the same plan.
 */
key: string, 
/**
 * What it is.
 */
guard: Guard, 
/**
 * Nothing is sent before it is confirmed; otherwise it is only said.
 */
confirm: boolean, };

/**
 * One line of history.
 */
export type HistoryEntryView = { 
/**
 * The line.
 */
id: number, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The run.
 */
runId: number, 
/**
 * When we learned of it, milliseconds UTC.
 */
at: number, 
/**
 * What it is about.
 */
subject: Subject, 
/**
 * The user or group; for a membership the group.
 */
remoteId: string, 
/**
 * Its name at that time.
 */
name: string, 
/**
 * For a membership, the member.
 */
memberId: string | null, 
/**
 * What the member is, as far as it can still be told.
 */
memberKind: HistoryMemberKind | null, 
/**
 * For a membership, the member's name at that time.
 */
memberName: string | null, 
/**
 * What happened.
 */
action: Action, 
/**
 * Path of the changed attribute.
 */
field: string | null, 
/**
 * The old value.
 */
before: unknown, 
/**
 * The new value.
 */
after: unknown, };

/**
 * What the other end of a line of history is.
 */
export type HistoryMemberKind = "user" | "group" | "application";

/**
 * A page of history.
 */
export type HistoryPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * The rows.
 */
entries: Array<HistoryEntryView>, };

/**
 * A page of history, newest first.
 */
export type HistoryQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Of one run.
 */
runId: number | null, 
/**
 * Of one kind.
 */
subject: Subject | null, 
/**
 * Of one action.
 */
action: Action | null, 
/**
 * Words that must all occur in the names, any case, with or without accents.
 */
text: string, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Who can hold a role or own a token.
 */
export type HolderKind = "user" | "application";

/**
 * Something happened.
 */
export type HubEvent = { "kind": "syncState", 
/**
 * Its account.
 */
accountId: AccountId, 
/**
 * Where it stands.
 */
sync: SyncStateView, } | { "kind": "mirrorChanged", 
/**
 * The account.
 */
accountId: AccountId, } | { "kind": "detailsProgress", 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * How far; `None` when it has ended, and lists can be read anew.
 */
details: DetailsProgressView | null, } | { "kind": "exportProgress", 
/**
 * Where it stands.
 */
progress: ExportProgressView, } | { "kind": "changesChanged", 
/**
 * The account.
 */
accountId: AccountId, } | { "kind": "changesProgress", 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * How far; `None` when it has ended: its receipt is there.
 */
progress: ApplyProgressView | null, } | { "kind": "accountsChanged" };

/**
 * What is counted by a filter.
 */
export type HubFigure = "new7" | "new30" | "active30" | "neverSignedIn" | "withoutFactor";

/**
 * Users counted by a filter.
 */
export type HubFigureView = { 
/**
 * What is counted.
 */
figure: HubFigure, 
/**
 * How many.
 */
users: number, 
/**
 * Of how many it is known; `None` where it is known of all.
 */
of: number | null, 
/**
 * The filter that lists them.
 */
filter: string, };

/**
 * The cards of one account, or of all together.
 */
export type HubRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, };

/**
 * The cards.
 */
export type HubView = { 
/**
 * Users.
 */
users: number, 
/**
 * Active users, those included whose service does not say.
 */
active: number, 
/**
 * Suspended users.
 */
suspended: number, 
/**
 * Users in no group.
 */
usersWithoutGroup: number, 
/**
 * Groups, organisations aside.
 */
groups: number, 
/**
 * Groups without members.
 */
emptyGroups: number, 
/**
 * Organisations.
 */
organizations: number, 
/**
 * Organisations without members.
 */
emptyOrganizations: number, 
/**
 * Invitations that can still be accepted.
 */
pendingInvitations: number, 
/**
 * Invitations that were not accepted in time.
 */
expiredInvitations: number, 
/**
 * Users whom Rollcall invited; `None` where it invited nobody who is still here.
 */
invited: InvitedCountsView | null, 
/**
 * Programs that hold the right to manage the whole account.
 */
managingApplications: number, 
/**
 * Users counted by a filter, those that the shown accounts can tell, in the order of the screen.
 */
figures: Array<HubFigureView>, 
/**
 * Tokens, as their list counts them; `None` where no shown account lists any.
 */
tokens: TokenCountsView | null, 
/**
 * Users against the number that the service counts and that the account may have, of each account that says so.
 */
quotas: Array<QuotaView>, 
/**
 * Users on duty now; `None` where no shown account has schedules.
 */
onDuty: number | null, 
/**
 * Credentials for programs that are listed with their use; `None` where no shown account lists any.
 */
apiUsers: ApiUserCountsView | null, 
/**
 * Monitors; `None` where no shown account has any.
 */
monitors: MonitorCountsView | null, 
/**
 * Memberships in groups of users that are gone.
 */
danglingMemberships: number, 
/**
 * Memberships in organisations of users that are gone.
 */
danglingOrganizationMemberships: number, 
/**
 * The newest successful run of each account.
 */
lastRuns: Array<RunView>, 
/**
 * Oldest age of what is shown: start of the run, milliseconds UTC; `None` before the first.
 */
oldestSyncedAt: number | null, };

/**
 * The file that the person chose.
 */
export type ImportChosenView = { 
/**
 * What it would become; `None` when no file was chosen.
 */
import: ImportView | null, };

/**
 * One column of the file.
 */
export type ImportColumnView = { 
/**
 * Its heading.
 */
heading: string, 
/**
 * What becomes of it.
 */
target: ImportTarget, 
/**
 * Why it is left out, where the person did not say so.
 */
note: ImportNote | null, 
/**
 * Its first values, at most 3.
 */
samples: Array<string>, };

/**
 * Rows by what becomes of them.
 */
export type ImportCounts = { 
/**
 * All rows with a value.
 */
rows: number, 
/**
 * [`ImportRowState::Ready`].
 */
ready: number, 
/**
 * [`ImportRowState::Malformed`].
 */
malformed: number, 
/**
 * [`ImportRowState::Duplicate`].
 */
duplicate: number, 
/**
 * [`ImportRowState::AlreadyThere`].
 */
alreadyThere: number, 
/**
 * [`ImportRowState::Waiting`].
 */
waiting: number, 
/**
 * [`ImportRowState::NotPossible`].
 */
notPossible: number, };

/**
 * How a file writes its letters.
 */
export type ImportEncoding = "utf8" | "utf16Le" | "utf16Be" | "windows1252";

/**
 * Lets the person choose a file and reads it. It is the one import that is looked at: another one takes its place.
 */
export type ImportFileRequest = { 
/**
 * Into which account.
 */
accountId: AccountId, 
/**
 * Title of the system's dialog, in the person's language.
 */
title: string, };

/**
 * An import that was given up.
 */
export type ImportFoundView = { 
/**
 * It was there.
 */
found: boolean, };

/**
 * What is wrong with a row, at its column.
 */
export type ImportIssueView = { 
/**
 * The column, from 0; `None` for a value that has no column.
 */
column: number | null, 
/**
 * The value, as the service names it, where it is one.
 */
path: string | null, 
/**
 * Why.
 */
reason: ImportReason, };

/**
 * Why a column is left out.
 */
export type ImportNote = "unknown" | "servicesOwn" | "notEditable" | "repeated";

/**
 * Why a file has no rows that could become users.
 */
export type ImportProblem = { "kind": "cannotCreate" } | { "kind": "tooLarge", 
/**
 * Most megabytes.
 */
limit: number, } | { "kind": "notOpened", 
/**
 * The system's words.
 */
words: string, } | { "kind": "spreadsheet" } | { "kind": "notText", 
/**
 * The line, from 1.
 */
line: number, } | { "kind": "notUtf8", 
/**
 * The line, from 1.
 */
line: number, 
/**
 * The line as Windows-1252 would have it.
 */
sample: string, } | { "kind": "notUtf16", 
/**
 * The line, from 1.
 */
line: number, } | { "kind": "empty" } | { "kind": "noRows" } | { "kind": "noColumns" } | { "kind": "openQuote", 
/**
 * The line, from 1.
 */
line: number, };

/**
 * What was kept. The rows are looked at once more: who came to be there since the preview is left out.
 */
export type ImportProposedView = { 
/**
 * New users that wait now.
 */
users: number, 
/**
 * Changes that wait now, roles included.
 */
changes: number, 
/**
 * The rows as they were then.
 */
counts: ImportCounts, };

/**
 * What is wrong with a cell.
 */
export type ImportReason = { "kind": "field", 
/**
 * Why.
 */
reason: FieldReason, 
/**
 * Most characters, where that is the reason.
 */
limit: number | null, } | { "kind": "formula" } | { "kind": "severalLines" } | { "kind": "tooManyCells" } | { "kind": "unknownRole", 
/**
 * As the file names it.
 */
name: string, } | { "kind": "ambiguousRole", 
/**
 * As the file names it.
 */
name: string, };

/**
 * Names an import.
 */
export type ImportRequest = { 
/**
 * Which.
 */
importId: number, };

/**
 * What becomes of a row.
 */
export type ImportRowState = "ready" | "malformed" | "duplicate" | "alreadyThere" | "waiting" | "notPossible";

/**
 * One row of the file.
 */
export type ImportRowView = { 
/**
 * Its line in the file, from 1.
 */
line: number, 
/**
 * The name that the user would have for showing.
 */
name: string, 
/**
 * Its values, one a column, as they would be sent; the first 200 letters of each.
 */
cells: Array<string>, 
/**
 * What becomes of it.
 */
state: ImportRowState, 
/**
 * What is wrong with it.
 */
issues: Array<ImportIssueView>, 
/**
 * The line of the earlier row with the same person.
 */
sameAsLine: number | null, 
/**
 * The user that is there.
 */
user: RecordView | null, 
/**
 * The change that waits.
 */
changeId: number | null, };

/**
 * Asks for a page of rows.
 */
export type ImportRowsRequest = { 
/**
 * Of which import.
 */
importId: number, 
/**
 * Only rows of which this becomes.
 */
state: ImportRowState | null, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * A page of rows.
 */
export type ImportRowsView = { 
/**
 * Rows of which that becomes.
 */
total: number, 
/**
 * The page, in the order of the file.
 */
rows: Array<ImportRowView>, };

/**
 * What stands between two cells.
 */
export type ImportSeparator = "comma" | "semicolon" | "tab";

/**
 * What becomes of a column.
 */
export type ImportTarget = { "kind": "nothing" } | { "kind": "field", 
/**
 * Where it stands in the record as the service sends it.
 */
path: string, } | { "kind": "roles" } | { "kind": "active" };

/**
 * What a file would become. Nothing is kept of it before it is proposed.
 */
export type ImportView = { 
/**
 * Names it.
 */
importId: number, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name.
 */
accountName: string, 
/**
 * True for the built-in samples.
 */
sample: boolean, 
/**
 * Name of the file, without its folder.
 */
fileName: string, 
/**
 * How it was read; `None` where it could not be.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells.
 */
separator: ImportSeparator, 
/**
 * Why there are no rows.
 */
problem: ImportProblem | null, 
/**
 * Its columns.
 */
columns: Array<ImportColumnView>, 
/**
 * What a column can become.
 */
targets: Array<ImportTarget>, 
/**
 * Whether new users get a password.
 */
password: PasswordChoice, 
/**
 * Whether they can get a generated one.
 */
canGeneratePassword: boolean, 
/**
 * Its rows in numbers.
 */
counts: ImportCounts, 
/**
 * Changes that the ready rows become: one a user, one more for each role and for who is suspended.
 */
changes: number, };

/**
 * One API user of the list here.
 */
export type ImportedApiUserRequest = { 
/**
 * Of which account.
 */
accountId: AccountId, 
/**
 * What it signs in as.
 */
userName: string, };

/**
 * Columns by which invitations are sorted.
 */
export type InvitationColumn = "invitee" | "state" | "organization" | "createdAt" | "expiresAt" | "account";

/**
 * The e-mail that a service is asked to send with an invitation.
 */
export type InvitationMessage = { 
/**
 * The link in it, with [`LINK_INVITATION`], [`LINK_EMAIL`] and [`LINK_GROUP`] where the id of the invitation, the
 * address and the id of the group are to stand.
 */
link: string, };

/**
 * A page of invitations.
 */
export type InvitationPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Invitations in the chosen accounts, filter aside.
 */
all: number, 
/**
 * The rows.
 */
rows: Array<InvitationRow>, };

/**
 * A page of invitations.
 */
export type InvitationQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in address, organisation or inviter, any case, with or without accents.
 */
text: string, 
/**
 * Only those of this state.
 */
state: InvitationState | null, 
/**
 * Order; without a value last, ties by address.
 */
sort: InvitationColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * One invitation.
 */
export type InvitationRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * The address it went to.
 */
invitee: string, 
/**
 * What became of it.
 */
state: InvitationState, 
/**
 * The service's own word.
 */
status: string, 
/**
 * The organisation.
 */
organizationId: string | null, 
/**
 * The organisation's name, else its id.
 */
organization: string | null, 
/**
 * Who invited.
 */
inviterId: string | null, 
/**
 * The inviter's name, else the id.
 */
inviter: string | null, 
/**
 * Who came of it, where the account has that user.
 */
acceptedUserId: string | null, 
/**
 * Names of the roles that come with it.
 */
roles: Array<string>, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC.
 */
expiresAt: number | null, 
/**
 * What waits to be applied about it.
 */
pending: PendingView | null, };

/**
 * What an account can do with invitations, beside the edits that it takes.
 */
export type InvitationRules = { 
/**
 * The service sends an e-mail when it is asked to.
 */
message: boolean, 
/**
 * Roles can be given with an invitation.
 */
roles: boolean, 
/**
 * The person chooses until when it can be accepted; else it is always [`Self::days`].
 */
choosesExpiry: boolean, 
/**
 * How long it can be accepted, unless another time is chosen.
 */
days: number, 
/**
 * Sending it again starts that time anew.
 */
resendRenews: boolean, };

/**
 * What became of an invitation.
 */
export type InvitationState = "pending" | "expired" | "accepted" | "revoked" | "other";

/**
 * An invitation that Rollcall had sent, as far as it can know: whether it was accepted, the service does not tell.
 */
export type InvitedView = { 
/**
 * When, milliseconds UTC.
 */
sentAt: number, 
/**
 * Until when it is good, milliseconds UTC.
 */
expiresAt: number, };

/**
 * Addresses by what becomes of them.
 */
export type InviteeCounts = { 
/**
 * All of them.
 */
all: number, 
/**
 * [`InviteeState::Ready`].
 */
ready: number, 
/**
 * [`InviteeState::Malformed`].
 */
malformed: number, 
/**
 * [`InviteeState::Duplicate`].
 */
duplicate: number, 
/**
 * [`InviteeState::Member`].
 */
member: number, 
/**
 * [`InviteeState::Invited`].
 */
invited: number, 
/**
 * [`InviteeState::Waiting`].
 */
waiting: number, };

/**
 * The roles of one address in a file.
 */
export type InviteeRolesView = { 
/**
 * Whose.
 */
address: string, 
/**
 * As they are called there.
 */
roles: Array<string>, };

/**
 * A file of addresses.
 */
export type InviteeFile = { 
/**
 * Its name, without its folder.
 */
fileName: string, 
/**
 * The heading of the column with the addresses; `None` where the file has no headings.
 */
column: string | null, 
/**
 * What stands in that column, a line each.
 */
text: string, 
/**
 * The heading of the column with roles, where there is one.
 */
roleColumn: string | null, 
/**
 * Roles as they are called in the file, by address; who has none there is not in it.
 */
roles: Array<InviteeRolesView>, 
/**
 * The heading of the column that says to which organisation.
 */
organizationColumn: string | null, 
/**
 * Rows that were left out, because they are of another organisation.
 */
ofOthers: number, 
/**
 * Headings of what was not used.
 */
unused: Array<string>, 
/**
 * Why there is nothing.
 */
problem: ImportProblem | null, };

/**
 * Lets the person choose a file and reads the addresses in it.
 */
export type InviteeFileRequest = { 
/**
 * Into which account.
 */
accountId: AccountId, 
/**
 * To which group or organisation: rows that name another one are left out.
 */
groupId: string, 
/**
 * Title of the system's dialog, in the person's language.
 */
title: string, };

/**
 * The file that the person chose.
 */
export type InviteeFileView = { 
/**
 * `None` when no file was chosen.
 */
file: InviteeFile | null, };

/**
 * What would become of an address.
 */
export type InviteeState = "ready" | "malformed" | "duplicate" | "member" | "invited" | "waiting";

/**
 * One address.
 */
export type InviteeView = { 
/**
 * As it would be invited.
 */
address: string, 
/**
 * What becomes of it.
 */
state: InviteeState, 
/**
 * The user of this account who has it.
 */
user: RecordView | null, 
/**
 * Another account that has a user of this address.
 */
elsewhere: string | null, };

/**
 * Looks at addresses that are to be invited. Nothing is kept of them.
 */
export type InviteesRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * To which group or organisation.
 */
groupId: string, 
/**
 * Addresses with anything between them, also with names as mail programs write them.
 */
text: string, 
/**
 * Only those of which this becomes.
 */
state: InviteeState | null, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Addresses that are to be invited.
 */
export type InviteesView = { 
/**
 * All of them in numbers.
 */
counts: InviteeCounts, 
/**
 * Those of the asked state.
 */
total: number, 
/**
 * A page of them, in the order of the text.
 */
rows: Array<InviteeView>, 
/**
 * All that are ready, at most [`Self::most`].
 */
ready: Array<string>, 
/**
 * So many can be invited at once.
 */
most: number, };

/**
 * Languages of the window.
 */
export type Language = "en" | "fr" | "nl";

/**
 * What a plan leaves behind: nothing of it goes, and nobody is there for it any more.
 */
export type LeftBehind = "emptyGroups" | "unheldRoles" | "unseenResources" | "silentAlerts";

/**
 * Something that is left behind.
 */
export type LeftItemView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Its name, else its id.
 */
name: string, 
/**
 * Of a role: the organisation in which it is held.
 */
group: NamedView | null, };

/**
 * Why a selected row is left out.
 */
export type LeftOut = "notSupported" | "alreadySo" | "noUser" | "otherToken" | "invitationOver" | "invitedAlready";

/**
 * Selected rows that are left out.
 */
export type LeftOutView = { 
/**
 * Why.
 */
reason: LeftOut, 
/**
 * How many.
 */
count: number, 
/**
 * The first 5 of them by name.
 */
names: Array<string>, };

/**
 * Things of one kind that are left behind.
 */
export type LeftView = { 
/**
 * What they are.
 */
kind: LeftBehind, 
/**
 * How many.
 */
count: number, 
/**
 * The first 20 by name.
 */
items: Array<LeftItemView>, };

/**
 * A list with its filter and its order; the `offset` and `limit` of the query are passed over.
 */
export type ListRequest = { "list": "users", "query": UserQueryRequest } | { "list": "groups", "query": GroupQueryRequest } | { "list": "members", "query": GroupRequest } | { "list": "roles", "query": RoleQueryRequest } | { "list": "holders", "query": RoleRequest } | { "list": "matrix", "query": RoleMatrixRequest } | { "list": "tokens", "query": TokenQueryRequest } | { "list": "invitations", "query": InvitationQueryRequest } | { "list": "log", "query": LogQueryRequest } | { "list": "history", "query": HistoryQueryRequest } | { "list": "runs", "query": RunQueryRequest } | { "list": "resources", "query": ResourceQueryRequest } | { "list": "access", "query": AccessQueryRequest } | { "list": "receipt", "query": RunRequest } | { "list": "review", "query": AccountRequest };

/**
 * A time on the account's clock: seconds since 1970-01-01T00:00:00 there.
 */
export type LocalSeconds = number;

/**
 * One entry of the service's own log.
 */
export type LogEntryView = { 
/**
 * The entry.
 */
id: number, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Milliseconds UTC.
 */
at: number, 
/**
 * The service's own name of the event.
 */
event: string, 
/**
 * `None` where the service does not say.
 */
succeeded: boolean | null, 
/**
 * Who.
 */
userId: string | null, 
/**
 * The user's name; `None` when nobody is named, or the account does not have that user.
 */
userName: string | null, 
/**
 * What somebody typed to sign in, where no user is named.
 */
identifier: string | null, 
/**
 * The application's name, else its id.
 */
application: string | null, 
/**
 * From where.
 */
ip: string | null, 
/**
 * Browser and system, in words.
 */
agent: string | null, 
/**
 * Why it failed, in the service's own words.
 */
error: string | null, };

/**
 * A page of the service's own log.
 */
export type LogPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * The oldest entry that is here, filter aside, milliseconds UTC; `None` when there is none.
 */
oldestAt: number | null, 
/**
 * The rows.
 */
entries: Array<LogEntryView>, };

/**
 * A page of the service's own log, newest first.
 */
export type LogQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in person, what was typed, address or application, any case, with or without accents.
 */
text: string, 
/**
 * Words that must all occur in the name of the event.
 */
event: string, 
/**
 * Only what succeeded, or only what failed.
 */
succeeded: boolean | null, 
/**
 * Not before, milliseconds UTC.
 */
from: number | null, 
/**
 * Before, milliseconds UTC.
 */
to: number | null, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * What reading a stretch of the log brought.
 */
export type LogReadView = { 
/**
 * Entries that were not here.
 */
added: number, 
/**
 * Everything in the stretch is here now; false when it holds more than is read at once.
 */
complete: boolean, };

/**
 * What is lost with an edit.
 */
export type LossKind = "record" | "roles" | "organizationRoles" | "memberships" | "tokens" | "invitations" | "sessions" | "grants" | "factors" | "identities" | "holders" | "permissions" | "password" | "alerts" | "rights" | "groupRights" | "offDutyPeriods";

/**
 * What is lost with an edit, counted from the mirror.
 */
export type LossView = { 
/**
 * What.
 */
kind: LossKind, 
/**
 * How many.
 */
count: number, 
/**
 * The first 20 by name, where they have one.
 */
names: Array<string>, };

/**
 * A right as a row of the matrix.
 */
export type MatrixRightView = { 
/**
 * The right.
 */
permission: PermissionView, 
/**
 * Whether each role allows it, in the order of the roles.
 */
allowed: Array<boolean>, 
/**
 * The names of those that do.
 */
roles: Array<string>, };

/**
 * A role as a column of the matrix.
 */
export type MatrixRoleView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * Where it is held.
 */
scope: RoleScope, 
/**
 * Who can hold it.
 */
holderKind: HolderKind, 
/**
 * How many hold it, each once.
 */
holders: number, 
/**
 * Gives power over others, as far as its name or a right of it says.
 */
administers: boolean, };

/**
 * What a member of a group is.
 */
export type MemberKind = "user" | "group";

/**
 * One member of a group.
 */
export type MemberView = { 
/**
 * The member's id.
 */
remoteId: string, 
/**
 * What it is.
 */
kind: MemberKind, 
/**
 * The member's name, else the group's name for it, else its id.
 */
displayName: string, 
/**
 * The member's primary address.
 */
email: string | null, 
/**
 * `false` for suspended.
 */
active: boolean | null, 
/**
 * True when the account does not have this member any more.
 */
dangling: boolean, 
/**
 * Roles held in the organisation, by name.
 */
roles: Array<NamedView>, 
/**
 * One of these roles gives power over others, as far as its name or a right of it says.
 */
administers: boolean, 
/**
 * Since when, milliseconds UTC; `None` where neither the service nor our history says.
 */
addedAt: number | null, };

/**
 * Monitors, by what they are for.
 */
export type MonitorCountsView = { 
/**
 * All of them.
 */
total: number, 
/**
 * In mode `Production`.
 */
production: number, 
/**
 * Of these, those that are switched off.
 */
productionInactive: number, };

/**
 * Something with a name.
 */
export type NamedView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, };

/**
 * Something to know once.
 */
export type NoticeView = { "kind": "damagedSetAside", 
/**
 * Its new name.
 */
file: string, };

/**
 * When it holds, in the account's zone. Times of a day are minutes since midnight, 0 to 1439.
 */
export type OffDutyRule = { "mode": "oneTime", 
/**
 * From this moment.
 */
start: LocalSeconds, 
/**
 * Up to this moment.
 */
end: LocalSeconds, } | { "mode": "daily", 
/**
 * From this minute.
 */
start: number, 
/**
 * Up to this minute, of the next day where it is not after `start`.
 */
end: number, } | { "mode": "weekly", 
/**
 * On which it begins; Sunday is 0.
 */
weekday: number, 
/**
 * From this minute.
 */
start: number, 
/**
 * Up to this minute, of the next day where it is not after `start`.
 */
end: number, } | { "mode": "monthly", 
/**
 * On which it begins, from 1.
 */
day: number, 
/**
 * From this minute.
 */
start: number, 
/**
 * Up to this minute, of the next day where it is not after `start`.
 */
end: number, } | { "mode": "unknown", 
/**
 * The service's own word.
 */
word: string, };

/**
 * Opens the local data.
 */
export type OpenStoreRequest = { 
/**
 * Where to keep it.
 */
mode: StorageMode, 
/**
 * Sets the data that is there aside and begins anew, for data whose key is lost. Nothing is deleted.
 */
beginAnew: boolean, };

/**
 * Why one edit runs after another.
 */
export type OrderReason = "needsCreated" | "needsMember" | "givenBeforeTaken" | "revokedBeforeDeleted" | "sameSubject";

/**
 * Why one edit runs after another.
 */
export type OrderReasonView = { 
/**
 * When the other one runs.
 */
order: number, 
/**
 * Why first.
 */
reason: OrderReason, };

/**
 * Whether somebody is there to answer for a token.
 */
export type OwnerState = "present" | "suspended" | "gone" | "unknown";

/**
 * Whether the page of the service was opened.
 */
export type PageOpenedView = { 
/**
 * It was; false where none was said.
 */
opened: boolean, };

/**
 * How lists are walked.
 */
export type Paging = "index" | "cursor" | "page";

/**
 * A group or a role that was found.
 */
export type PaletteItemView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * Users in it, or who hold it.
 */
users: number, };

/**
 * Looks for people, groups and roles of all accounts by a few letters.
 */
export type PaletteRequest = { 
/**
 * What was typed.
 */
text: string, 
/**
 * Of each kind, at most 20.
 */
limit: number, };

/**
 * What was found, best first.
 */
export type PaletteView = { 
/**
 * People.
 */
users: Array<UserRow>, 
/**
 * Groups and organisations.
 */
groups: Array<PaletteItemView>, 
/**
 * Roles.
 */
roles: Array<PaletteItemView>, 
/**
 * Programs; nobody is in them.
 */
applications: Array<PaletteItemView>, };

/**
 * The password of a new user, or of one whose password is reset.
 */
export type PasswordChoice = "none" | "generated";

/**
 * What is known of an account at the moments that were asked for.
 */
export type PastAccountView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * When its first complete sync began, milliseconds UTC: nothing is known from before; `None` where there was none yet.
 */
knownSince: number | null, 
/**
 * The moment lies before that: what is shown for it is what the first complete sync found.
 */
beforeKnown: boolean, 
/**
 * When the sync began whose result is shown for the (earlier) moment, milliseconds UTC.
 */
syncedAt: number | null, 
/**
 * When the sync began whose result is shown for the later moment, milliseconds UTC.
 */
untilSyncedAt: number | null, };

/**
 * A moment in the past.
 */
export type PastMoment = { "kind": "at", 
/**
 * Milliseconds UTC.
 */
at: number, } | { "kind": "run", 
/**
 * The run.
 */
runId: number, };

/**
 * A page of the users as they were.
 */
export type PastUserPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Users there were.
 */
all: number, 
/**
 * Pages of different revisions do not belong together.
 */
revision: number, 
/**
 * What each account was at the moment.
 */
accounts: Array<PastAccountView>, 
/**
 * The rows.
 */
rows: Array<PastUserRow>, };

/**
 * A page of the users as they were.
 */
export type PastUserQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * When.
 */
moment: PastMoment, 
/**
 * Words that must all occur in some column, any case, with or without accents.
 */
text: string, 
/**
 * Order.
 */
sort: UserSort, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a user and a moment.
 */
export type PastUserRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * When.
 */
moment: PastMoment, };

/**
 * One row of the users as they were.
 */
export type PastUserRow = { 
/**
 * What has become of the user since.
 */
fate: Fate, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for signing in.
 */
userName: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * Primary address.
 */
email: string | null, 
/**
 * `false` for suspended; `None` where the service does not say.
 */
active: boolean | null, 
/**
 * First name.
 */
givenName: string | null, 
/**
 * Last name.
 */
familyName: string | null, 
/**
 * Job title.
 */
title: string | null, 
/**
 * Department.
 */
department: string | null, 
/**
 * Company or unit.
 */
organization: string | null, 
/**
 * Number in the personnel file.
 */
employeeNumber: string | null, 
/**
 * The service's own word.
 */
userType: string | null, 
/**
 * Phone.
 */
phone: string | null, 
/**
 * Language.
 */
locale: string | null, 
/**
 * The client's id.
 */
externalId: string | null, 
/**
 * How many groups.
 */
groups: number, 
/**
 * What is pending about it; `None` for nothing.
 */
pending: PendingView | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC.
 */
modifiedAt: number | null, 
/**
 * Milliseconds UTC; `None` for who never signed in, where `sign_in_known`.
 */
lastSignInAt: number | null, 
/**
 * The service says when the user last signed in.
 */
signInKnown: boolean, 
/**
 * Until when the invitation is good with which Rollcall made the user, milliseconds UTC; `None` where nothing is known
 * of one.
 */
invitedUntil: number | null, };

/**
 * A user as it was.
 */
export type PastUserView = { 
/**
 * As in the list.
 */
row: PastUserRow, 
/**
 * The record, without what services change with every sign-in and what has a history of its own; `None` where it
 * was not kept: the user left before records of those who left were.
 */
record: unknown, 
/**
 * Groups and organisations, by name, with the roles held in them.
 */
groups: Array<UserGroupView>, 
/**
 * Roles held in the whole account, by name.
 */
roles: Array<NamedView>, 
/**
 * What the account was at the moment.
 */
account: PastAccountView, };

/**
 * What is pending about a row: its marks, and the values to show. The mirror stays what the service confirmed.
 */
export type PendingView = { 
/**
 * Kinds of the open changes, each once.
 */
kinds: Array<EditKind>, 
/**
 * One of them needs a person.
 */
blocked: boolean, 
/**
 * It would be deleted.
 */
removed: boolean, 
/**
 * Whether it would be active, where that changes.
 */
active: boolean | null, 
/**
 * The name for showing that it would have, where that changes.
 */
displayName: string | null, 
/**
 * The name for signing in that it would have, where that changes.
 */
userName: string | null, 
/**
 * The address that it would have, where that changes.
 */
email: string | null, };

/**
 * A single right.
 */
export type PermissionView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
description: string | null, 
/**
 * What it is a right on; `None` for one of the organisation template.
 */
resource: string | null, };

/**
 * Everything that a role could allow.
 */
export type PermissionsView = { 
/**
 * By resource and name; rights of the organisation template first.
 */
permissions: Array<PermissionView>, 
/**
 * The service said that this is all; otherwise it is what some role allows.
 */
complete: boolean, };

/**
 * What a run is doing, in this order.
 */
export type Phase = "connecting" | "readingUsers" | "readingGroups" | "readingRoles" | "readingMemberships" | "readingOthers" | "readingRights" | "proving" | "planning" | "applying";

/**
 * One edit of a plan.
 */
export type PlanLineView = { 
/**
 * The change; `None` in a preview.
 */
changeId: number | null, 
/**
 * Its place among the edits that were asked about, from 0; in the queue, among the listed changes.
 */
index: number, 
/**
 * What kind of edit it is.
 */
kind: EditKind, 
/**
 * The edit itself, for editing it again.
 */
edit: Edit, 
/**
 * Where it stands.
 */
state: ChangeState, 
/**
 * The other ends: the role, the group, the organisation in which a role is held.
 */
targets: Array<RecordView>, 
/**
 * The token, session, grant, factor or identity that it is about.
 */
item: string | null, 
/**
 * Field by field.
 */
fields: Array<FieldEdit>, 
/**
 * What goes with it.
 */
losses: Array<LossView>, 
/**
 * Of a right that is taken from a user: what they may still do there once all of the plan is done.
 */
still: StillView | null, 
/**
 * What must be known or confirmed.
 */
guards: Array<GuardView>, 
/**
 * What cannot be sent as it is.
 */
problems: Array<FieldProblem>, 
/**
 * When it runs, from 1.
 */
order: number, 
/**
 * Why not earlier.
 */
after: Array<OrderReasonView>, 
/**
 * Why it needs a person.
 */
blocked: BlockReason | null, 
/**
 * Of what it made and is shown once.
 */
secret: SecretState | null, 
/**
 * When it was decided, milliseconds UTC; `None` in a preview.
 */
createdAt: number | null, 
/**
 * When it is carried out by itself, milliseconds UTC; `None` when it waits for a person.
 */
dueAt: number | null, 
/**
 * The change without which it is not carried out then.
 */
needs: number | null, 
/**
 * The run that last tried it.
 */
runId: number | null, };

/**
 * What a line of a plan is about.
 */
export type PlanSubject = "user" | "group" | "role" | "application" | "resource" | "invitation";

/**
 * Everything that a plan does to one subject.
 */
export type PlanSubjectView = { 
/**
 * Whom it is about: of a role or token the holder, of a membership the member.
 */
subject: RecordView, 
/**
 * What, in the order in which it runs.
 */
lines: Array<PlanLineView>, };

/**
 * A plan: what would happen, grouped by whom it is about, in the order in which it would.
 */
export type PlanView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name, for every dialog that writes.
 */
accountName: string, 
/**
 * True for the built-in samples.
 */
sample: boolean, 
/**
 * Who and what, in the order of their first line.
 */
subjects: Array<PlanSubjectView>, 
/**
 * How many lines there are.
 */
lines: number, 
/**
 * So many of them are not among the subjects: a large plan is read in parts.
 */
beyond: number, 
/**
 * What must be known or confirmed about all of it, and about the lines beyond.
 */
guards: Array<GuardView>, 
/**
 * What goes with all of it together, counted without names; empty unless several lines lose something.
 */
totals: Array<LossView>, 
/**
 * What would be left behind once all of it is done.
 */
left: Array<LeftView>, };

/**
 * Reads a pasted list. It is the one that is looked at: another one takes its place.
 */
export type PreviewApiUsersRequest = { 
/**
 * Of which account.
 */
accountId: AccountId, 
/**
 * The text.
 */
text: string, };

/**
 * Asks what an edit of everybody who is selected would do.
 */
export type PreviewBulkRequest = { 
/**
 * The list.
 */
list: ListRequest, 
/**
 * Which of its rows.
 */
selection: Selection, 
/**
 * Only those of this account; roles and groups belong to one.
 */
accountId: AccountId | null, 
/**
 * What.
 */
action: BulkAction, 
/**
 * Lines of each plan to pass over. From 0 on, guards are those of the whole plan; else those of the lines.
 */
offset: number, 
/**
 * Lines of each plan to give at the most.
 */
most: number, };

/**
 * Asks what edits would do, without keeping anything.
 */
export type PreviewEditsRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What a person wants; see [`EditsRequest`].
 */
edits: Array<Edit>, 
/**
 * Lines to put into words at the most; all of them unless given.
 */
most: number | null, };

/**
 * Reads a pasted text, or adds it to what was pasted before.
 */
export type PreviewRosterImportRequest = { 
/**
 * Into which account.
 */
accountId: AccountId, 
/**
 * Beside what of this import was read before; `None` begins anew.
 */
importId: number | null, 
/**
 * The text.
 */
text: string, };

/**
 * How far a run is.
 */
export type ProgressView = { 
/**
 * What it is doing.
 */
phase: Phase, 
/**
 * Records handled in this phase.
 */
done: number, 
/**
 * Records expected in this phase, where the service says so.
 */
total: number | null, 
/**
 * Records a second.
 */
rate: number, };

/**
 * How a listing was shown to be complete, or why it could not be.
 */
export type Proof = { 
/**
 * Which list.
 */
stream: Stream, 
/**
 * Whether it counts as complete; only then may rows disappear because of it.
 */
complete: boolean, 
/**
 * Not complete, but the service denied, one by one, every record that would disappear.
 */
removalsConfirmed: boolean, 
/**
 * Different ids that arrived.
 */
uniqueIds: number, 
/**
 * The service's own total, re-read at the end.
 */
total: number | null, 
/**
 * Walks over the whole list that were needed.
 */
walks: number, 
/**
 * Records that arrived more than once in one walk.
 */
repeated: number, 
/**
 * Records that were settled by asking for them one by one.
 */
confirmedSingly: number, 
/**
 * Records that were settled by asking for many of them, by id, in one request.
 */
confirmedInBatches: number, 
/**
 * The kind of walk that showed it.
 */
shownBy: ShownBy, 
/**
 * Start of the run that read the oldest of it, milliseconds UTC; `None` for the very run.
 */
readSince: number | null, 
/**
 * True when nothing changed at the service between start and end, as far as it tells.
 */
quiet: boolean, };

/**
 * Keeps an edit of everybody who is selected.
 */
export type ProposeBulkRequest = { 
/**
 * The list.
 */
list: ListRequest, 
/**
 * Which of its rows.
 */
selection: Selection, 
/**
 * Only those of this account.
 */
accountId: AccountId | null, 
/**
 * What.
 */
action: BulkAction, 
/**
 * The plan that the person saw: nothing is kept when it is another one by now.
 */
seen: string, };

/**
 * What became of proposed edits.
 */
export type ProposedView = { 
/**
 * The changes that now stand for the edits, in their order; `None` where nothing is left to do. Empty when there are
 * problems: then nothing was kept.
 */
changes: (number | null)[], 
/**
 * What cannot be sent as it is, by edit.
 */
problems: Array<EditProblemsView>, };

/**
 * The kind of remote.
 */
export type ProviderKind = "scim" | "logto" | "uptrends" | "roster";

/**
 * The queue of one account.
 */
export type QueueView = { 
/**
 * What is in it.
 */
plan: PlanView, 
/**
 * In numbers.
 */
counts: ChangeCounts, 
/**
 * While it is being applied.
 */
progress: ApplyProgressView | null, };

/**
 * Users of an account against its plan.
 */
export type QuotaView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Users that are listed to this credential.
 */
listed: number, 
/**
 * Users that the service counts; `None` where it does not say.
 */
inUse: number | null, 
/**
 * Users that the account may have; `None` where no limit is known.
 */
limit: number | null, };

/**
 * Something that reaches a user or a group.
 */
export type ReachingItemView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is.
 */
kind: ResourceKind, 
/**
 * Whether it is switched on; `None` where the service does not say.
 */
active: boolean | null, 
/**
 * By which lists, in order.
 */
ways: Array<ReachingWayView>, };

/**
 * Asks what reaches a user or a group.
 */
export type ReachingRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Which of the two.
 */
holderKind: GrantHolder, 
/**
 * The service's id.
 */
remoteId: string, };

/**
 * What reaches a user or a group.
 */
export type ReachingView = { 
/**
 * By name.
 */
items: Array<ReachingItemView>, 
/**
 * Every list of the account is visible, so that what is not here does not reach them.
 */
complete: boolean, 
/**
 * Age and proof of the lists; `None` before their first read.
 */
state: StreamStateView | null, };

/**
 * One list through which something reaches somebody.
 */
export type ReachingWayView = { 
/**
 * The level of an alert definition; 0 for what has no levels.
 */
level: number, 
/**
 * In the list themselves.
 */
direct: boolean, 
/**
 * Groups in the list that they are in, by name.
 */
groups: Array<NamedView>, };

/**
 * Reads a stretch of the service's own log.
 */
export type ReadLogRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Not before, milliseconds UTC.
 */
from: number, 
/**
 * Not after, milliseconds UTC.
 */
to: number, };

/**
 * What became of one change.
 */
export type ReceiptLineView = { 
/**
 * The change.
 */
changeId: number, 
/**
 * What kind of edit it is.
 */
kind: EditKind, 
/**
 * Whom it is about.
 */
subject: RecordView, 
/**
 * The other ends.
 */
targets: Array<RecordView>, 
/**
 * The token, session, grant, factor or identity that it is about.
 */
item: string | null, 
/**
 * Field by field.
 */
fields: Array<FieldEdit>, 
/**
 * Where it stands now.
 */
state: ChangeState, 
/**
 * Why it needs a person.
 */
blocked: BlockReason | null, 
/**
 * Of what it made and is shown once.
 */
secret: SecretState | null, 
/**
 * Its calls, oldest first.
 */
calls: Array<CallView>, };

/**
 * Asks for a receipt.
 */
export type ReceiptRequest = { 
/**
 * The run.
 */
runId: number, 
/**
 * Lines to give at the most; all of them unless given. What needs a person comes first among those that are kept.
 */
most: number | null, };

/**
 * One apply in a list.
 */
export type ReceiptRow = { 
/**
 * The run.
 */
run: RunView, 
/**
 * The account's name.
 */
accountName: string, 
/**
 * Changes that the service has.
 */
applied: number, 
/**
 * Changes that need a person.
 */
blocked: number, 
/**
 * Changes that were not tried.
 */
left: number, };

/**
 * What an apply did, call by call.
 */
export type ReceiptView = { 
/**
 * The run.
 */
run: RunView, 
/**
 * The account's name.
 */
accountName: string, 
/**
 * Where its service answers.
 */
accountAddress: string, 
/**
 * What it signed in as.
 */
signedInAs: string | null, 
/**
 * The person at this computer, as the system knows them.
 */
person: string | null, 
/**
 * Changes that the service has.
 */
applied: number, 
/**
 * Changes that need a person.
 */
blocked: number, 
/**
 * Changes that were not tried, or were taken back.
 */
left: number, 
/**
 * The changes, in the order in which they were tried.
 */
lines: Array<ReceiptLineView>, 
/**
 * So many more are not among them.
 */
beyond: number, 
/**
 * There is something that can be undone.
 */
canUndo: boolean, };

/**
 * What a recipient is.
 */
export type RecipientKind = "user" | "group" | "address";

/**
 * One level of an alert definition.
 */
export type RecipientLevelView = { 
/**
 * From 1; 0 for what has no levels.
 */
level: number, 
/**
 * Who is in it, by name; `None` where the service does not show it with this credential.
 */
recipients: Array<RecipientView> | null, 
/**
 * Who would be told right now, by name.
 */
now: Array<ToldView>, 
/**
 * Somebody in it is not visible, so that more people may be told than `now` says.
 */
unsure: boolean, };

/**
 * Somebody who is in a list of recipients.
 */
export type RecipientView = { 
/**
 * What it is.
 */
kind: RecipientKind, 
/**
 * The service's id; of an address the address.
 */
remoteId: string, 
/**
 * Name for showing, else the id.
 */
displayName: string, 
/**
 * False for a user or group that is not visible with this credential.
 */
known: boolean, 
/**
 * Of a user: the switch of the service; `None` where it does not say, and for others.
 */
active: boolean | null, 
/**
 * How many people it stands for; 1 for a user.
 */
people: number, 
/**
 * How many of these would be told now.
 */
peopleNow: number, };

/**
 * Who is told of one resource.
 */
export type RecipientsView = { 
/**
 * The lists that this kind of resource has, in order; none for a kind that has no recipients.
 */
levels: Array<RecipientLevelView>, 
/**
 * What would become of an alert right now.
 */
outcome: AlertOutcome, 
/**
 * What the account's clock shows: who is on duty is computed for this moment.
 */
now: LocalSeconds, 
/**
 * The name of its zone.
 */
zone: string, 
/**
 * Age and proof of the lists; `None` before their first read.
 */
state: StreamStateView | null, };

/**
 * A record that a plan names.
 */
export type RecordView = { 
/**
 * What it is.
 */
kind: PlanSubject, 
/**
 * The service's id; `None` for what is still to be created.
 */
remoteId: string | null, 
/**
 * Its name, else its id.
 */
name: string, };

/**
 * Why something does not come back.
 */
export type Remains = "deleted" | "secret" | "person" | "noInverse";

/**
 * What does not come back.
 */
export type RemainsView = { 
/**
 * The applied change.
 */
changeId: number, 
/**
 * What kind of edit it was.
 */
kind: EditKind, 
/**
 * Whom it was about.
 */
subject: RecordView, 
/**
 * Why.
 */
reason: Remains, };

/**
 * What the service calls a record; opaque, compared byte by byte.
 */
export type RemoteId = string;

/**
 * Puts the queue into another order. What must run first still does.
 */
export type ReorderChangesRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * All open changes in the new order.
 */
changes: number[], };

/**
 * Puts the kept filters into another order.
 */
export type ReorderSavedFiltersRequest = { 
/**
 * All of them, first to last.
 */
ids: number[], };

/**
 * Replaces the credential; tries it first, and keeps the old one when the new one fails.
 */
export type ReplaceCredentialRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The new way to sign in.
 */
authentication: AuthenticationDraft, };

/**
 * Decides about a blocked change.
 */
export type ResolveChangeRequest = { 
/**
 * The change.
 */
changeId: number, 
/**
 * The decision.
 */
choice: ChangeChoice, };

/**
 * Decides about a plan that the guard stopped.
 */
export type ResolveGuardRequest = { 
/**
 * The run.
 */
runId: number, 
/**
 * The decision.
 */
decision: GuardDecision, };

/**
 * Asks who is selected.
 */
export type ResolveSelectionRequest = { 
/**
 * The list.
 */
list: ListRequest, 
/**
 * Which of its rows.
 */
selection: Selection, 
/**
 * Selected rows to pass over.
 */
offset: number, 
/**
 * Selected rows to give, at most 500.
 */
limit: number, };

/**
 * Columns of the resources grid.
 */
export type ResourceColumn = "displayName" | "kind" | "type" | "mode" | "active" | "viewData" | "view" | "edit" | "recipients" | "account";

/**
 * Everything about a resource.
 */
export type ResourceDetailView = { 
/**
 * As in the grid.
 */
row: ResourceRow, 
/**
 * Groups that it is in.
 */
groups: Array<NamedView>, 
/**
 * What is in it.
 */
members: Array<NamedView>, 
/**
 * Users who may do something with it, by name.
 */
holders: Array<ResourceHolderView>, 
/**
 * Rights as they were given on this very resource, by holder.
 */
given: Array<GivenRightView>, 
/**
 * The record as the service sent it.
 */
raw: unknown, 
/**
 * Age and proof of the list.
 */
state: StreamStateView | null, 
/**
 * Age and proof of the rights; `None` where they are not visible with this credential.
 */
rightsState: StreamStateView | null, 
/**
 * What changed.
 */
history: Array<HistoryEntryView>, };

/**
 * Who may do what with a resource.
 */
export type ResourceHolderView = { 
/**
 * The user's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * How far the right goes; `None` for one that is not on monitors.
 */
level: AccessLevel | null, 
/**
 * Everything that gives it.
 */
origins: Array<RightOriginView>, };

/**
 * What a resource is.
 */
export type ResourceKind = "monitor" | "monitorGroup" | "vaultSection" | "integration" | "alertDefinition";

/**
 * A page of resources.
 */
export type ResourcePageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * All there are.
 */
of: number, 
/**
 * Modes that occur, with how many of each.
 */
modes: Array<[string, number]>, 
/**
 * The rows of this page.
 */
rows: Array<ResourceRow>, };

/**
 * A page of resources.
 */
export type ResourceQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in name, type or mode, any case, with or without accents.
 */
text: string, 
/**
 * Only of this kind.
 */
kind: ResourceKind | null, 
/**
 * Only in this mode, the service's own word.
 */
mode: string | null, 
/**
 * Only what is switched on, or off.
 */
active: boolean | null, 
/**
 * Order; ties by name, rows without a value last.
 */
sort: ResourceColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a resource.
 */
export type ResourceRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, };

/**
 * A right on one resource.
 */
export type ResourceRightView = { 
/**
 * The service's id.
 */
resourceId: string, 
/**
 * Name for showing.
 */
resource: string, 
/**
 * What it is.
 */
kind: ResourceKind, 
/**
 * How far the right goes; `None` for one that is not on monitors.
 */
level: AccessLevel | null, 
/**
 * Everything that gives a right on it.
 */
origins: Array<RightOriginView>, };

/**
 * One row of the resources grid.
 */
export type ResourceRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is.
 */
kind: ResourceKind, 
/**
 * The service's own word for the kind of monitor.
 */
monitorType: string | null, 
/**
 * The service's own word.
 */
mode: string | null, 
/**
 * Whether it is switched on; `None` where the service does not say.
 */
active: boolean | null, 
/**
 * Users who may see what was measured, or more; `None` where rights are not visible, or not of this kind.
 */
viewData: number | null, 
/**
 * Users who may see how it is set up, or more.
 */
view: number | null, 
/**
 * Users who may change it, or more.
 */
edit: number | null, 
/**
 * People in its lists of recipients, on duty or not; `None` where these are not visible, or not of this kind.
 */
recipients: number | null, };

/**
 * A right: who holds it, and on what.
 */
export type Right = { 
/**
 * The service's own word for it, as it is given to this kind of holder.
 */
permission: string, 
/**
 * What the holder is.
 */
holderKind: GrantHolder, 
/**
 * Who holds it.
 */
holder: RemoteId, 
/**
 * What it is a right on; `None` for the whole account.
 */
resource: RemoteId | null, 
/**
 * What that is; `None` with it.
 */
resourceKind: ResourceKind | null, };

/**
 * One line of the sheet on which a reviewer decides about members.
 */
export type ReviewLineView = { 
/**
 * The member's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
name: string, 
/**
 * E-mail address.
 */
email: string | null, 
/**
 * Names of their roles.
 */
roles: Array<string>, 
/**
 * Since when, milliseconds UTC.
 */
since: number | null, 
/**
 * What they cost a month, in whole cents; 0 for the owner, who is in the plan.
 */
perMonth: number | null, 
/**
 * Tokens of theirs that are kept.
 */
tokens: number, };

/**
 * The sheet on which a reviewer decides about members.
 */
export type ReviewSheetView = { 
/**
 * The organisation.
 */
organization: NamedView, 
/**
 * When it was made, milliseconds UTC.
 */
madeAt: number, 
/**
 * Members, the mightiest role first, then by name; at most 5,000.
 */
lines: Array<ReviewLineView>, 
/**
 * All members.
 */
members: number, 
/**
 * What it costs, where a price was said.
 */
cost: RosterCostView | null, };

/**
 * Where a right comes from.
 */
export type RightOriginView = { 
/**
 * The service's own word for what was given.
 */
permission: string, 
/**
 * The group that it was given to; `None` for the user.
 */
groupId: string | null, 
/**
 * The name of that.
 */
group: string | null, 
/**
 * The group of resources that it was given on; `None` for the resource itself or the whole account.
 */
resourceGroupId: string | null, 
/**
 * The name of that.
 */
resourceGroup: string | null, };

/**
 * Columns of the roles grid.
 */
export type RoleColumn = "displayName" | "scope" | "holders" | "permissions" | "account";

/**
 * Everything synced about a role.
 */
export type RoleDetailView = { 
/**
 * As in the grid.
 */
row: RoleRow, 
/**
 * What it allows, by resource and name; rights of the organisation template first.
 */
permissions: Array<PermissionView>, 
/**
 * Lines of the list of holders: one for each organisation where somebody holds it.
 */
assignments: number, 
/**
 * The asked page of holders, by name.
 */
holders: Array<RoleHolderView>, 
/**
 * The record as the service sent it.
 */
raw: unknown, 
/**
 * Age of the role.
 */
rolesState: StreamStateView | null, 
/**
 * Age of the list of holders.
 */
holdersState: StreamStateView | null, 
/**
 * The newest 100 lines of history, holders included.
 */
history: Array<HistoryEntryView>, };

/**
 * Somebody who holds a role, once for each organisation where it is held.
 */
export type RoleHolderView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * What it is.
 */
kind: HolderKind, 
/**
 * Name, else the id.
 */
displayName: string, 
/**
 * The primary address of a user.
 */
email: string | null, 
/**
 * `false` for suspended.
 */
active: boolean | null, 
/**
 * The organisation where it is held; `None` for the whole account.
 */
organizationId: string | null, 
/**
 * The organisation's name, else its id.
 */
organization: string | null, 
/**
 * True when the account does not have this holder any more.
 */
dangling: boolean, };

/**
 * Asks which role of an account allows what.
 */
export type RoleMatrixRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Words that must all occur in a right's name, description or resource, any case, with or without accents.
 */
text: string, 
/**
 * Only roles held there.
 */
scope: RoleScope | null, 
/**
 * Only rights that some of these roles allow.
 */
allowedOnly: boolean, 
/**
 * The roles of the columns by id, in their order; empty for all of them, by name. In a file, the column `role0` is the
 * first of these.
 */
roles: Array<string>, };

/**
 * Which role allows what.
 */
export type RoleMatrixView = { 
/**
 * The columns.
 */
roles: Array<MatrixRoleView>, 
/**
 * The rows that match, by resource and name; rights of the organisation template first.
 */
rights: Array<MatrixRightView>, 
/**
 * How many rights there are, filter aside.
 */
all: number, 
/**
 * The service said that these are all rights there are; otherwise they are those that some role allows.
 */
complete: boolean, 
/**
 * Age of the roles.
 */
rolesState: StreamStateView | null, };

/**
 * A page of roles.
 */
export type RolePageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Roles in the chosen accounts, filter aside.
 */
all: number, 
/**
 * Grows with every change of the mirror.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<RoleRow>, };

/**
 * A page of roles.
 */
export type RoleQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in name or description, any case, with or without accents.
 */
text: string, 
/**
 * Only roles held there.
 */
scope: RoleScope | null, 
/**
 * Only roles that nobody holds.
 */
unheldOnly: boolean, 
/**
 * Order; ties by name.
 */
sort: RoleColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a role, and a page of its holders.
 */
export type RoleRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Holders to pass over.
 */
offset: number, 
/**
 * Holders to give, at most 500.
 */
limit: number, };

/**
 * One row of the roles grid.
 */
export type RoleRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is for.
 */
description: string | null, 
/**
 * Where it is held.
 */
scope: RoleScope, 
/**
 * Who can hold it.
 */
holderKind: HolderKind, 
/**
 * New users get it by themselves; `None` where the service does not say.
 */
isDefault: boolean | null, 
/**
 * How many hold it, each once, in however many organisations.
 */
holders: number, 
/**
 * How many rights it has.
 */
permissions: number, 
/**
 * What is pending about it; `None` for nothing.
 */
pending: PendingView | null, };

/**
 * Where a role is held.
 */
export type RoleScope = "account" | "organization";

/**
 * What somebody may do in the organisation.
 */
export type RosterAction = "seeMembers" | "invite" | "resend" | "revoke" | "accept" | "remove" | "changeRole" | "transferOwnership" | "subscription" | "invoices" | "settings";

/**
 * Whether something may be done, and why not.
 */
export type RosterActionView = { 
/**
 * What.
 */
action: RosterAction, 
/**
 * Why not; `None` where it may be done.
 */
refused: RosterRefusal | null, };

/**
 * What the organisation costs: an estimate without VAT, in whole cents.
 */
export type RosterAmountView = { 
/**
 * Active members.
 */
members: number, 
/**
 * Of these, those who cost something: the owner is in the plan.
 */
billed: number, 
/**
 * A month; `None` where it is not known.
 */
perMonth: number | null, 
/**
 * A year; of a plan that is paid by the year, the plan alone where [`CostUnknown::YearlyMembers`] says so.
 */
perYear: number | null, 
/**
 * What is missing.
 */
unknown: Array<CostUnknown>, };

/**
 * What a column of a table is.
 */
export type RosterColumn = "nothing" | "name" | "givenName" | "familyName" | "email" | "role" | "status" | "date";

/**
 * One column of a text.
 */
export type RosterColumnView = { 
/**
 * Its heading; empty where the text has none.
 */
heading: string, 
/**
 * What it is.
 */
column: RosterColumn, 
/**
 * Its first values, at most 3.
 */
samples: Array<string>, };

/**
 * What the organisation costs now, and once everything that waits is done.
 */
export type RosterCostView = { 
/**
 * Currency: `EUR`.
 */
currency: string, 
/**
 * A member more or less, a month.
 */
memberPrice: number | null, 
/**
 * The day on which the prices were right: `2025-12-01`.
 */
asOf: string | null, 
/**
 * Now.
 */
now: RosterAmountView, 
/**
 * Once everything that waits is done: an invitation costs nothing before it is accepted.
 */
after: RosterAmountView, 
/**
 * Once, beside that, everybody who is or will be invited has come.
 */
withInvited: RosterAmountView, };

/**
 * Members and invitations in numbers.
 */
export type RosterCountsView = { 
/**
 * Members.
 */
members: number, 
/**
 * Of these, those who hold a role that gives power over others.
 */
administrators: number, 
/**
 * Members who came in the last 30 days.
 */
addedLately: number, 
/**
 * Invitations that can still be accepted.
 */
pending: number, 
/**
 * Invitations that nobody accepted in time.
 */
expired: number, 
/**
 * Tokens kept by hand.
 */
tokens: number, };

/**
 * One value that becomes another.
 */
export type RosterDifferenceView = { 
/**
 * Which value.
 */
column: RosterColumn, 
/**
 * What it is; dates are milliseconds UTC as text.
 */
before: string | null, 
/**
 * What it becomes.
 */
after: string | null, };

/**
 * The file that the person chose.
 */
export type RosterImportChosenView = { 
/**
 * What it would change; `None` when no file was chosen.
 */
import: RosterImportView | null, };

/**
 * Rows of one list by what becomes of them.
 */
export type RosterImportCounts = { 
/**
 * All rows.
 */
rows: number, 
/**
 * [`RosterRowState::Joined`].
 */
joined: number, 
/**
 * [`RosterRowState::Changed`].
 */
changed: number, 
/**
 * [`RosterRowState::Same`].
 */
same: number, 
/**
 * [`RosterRowState::Duplicate`].
 */
duplicate: number, 
/**
 * [`RosterRowState::Malformed`].
 */
malformed: number, 
/**
 * [`RosterRowState::Gone`].
 */
gone: number, 
/**
 * How many the page says there are in all.
 */
stated: number | null, };

/**
 * Lets the person choose a file and reads it, beside what was read before where `importId` is given.
 */
export type RosterImportFileRequest = { 
/**
 * Into which account.
 */
accountId: AccountId, 
/**
 * Beside what of this import was read before; `None` begins anew.
 */
importId: number | null, 
/**
 * Title of the system's dialog, in the person's language.
 */
title: string, };

/**
 * An import that was given up.
 */
export type RosterImportFoundView = { 
/**
 * It was there.
 */
found: boolean, };

/**
 * Names an import.
 */
export type RosterImportRequest = { 
/**
 * Which.
 */
importId: number, };

/**
 * Asks for a page of rows.
 */
export type RosterImportRowsRequest = { 
/**
 * Of which import.
 */
importId: number, 
/**
 * Only rows of this list.
 */
list: RosterList | null, 
/**
 * Only rows of which this becomes.
 */
state: RosterRowState | null, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * A page of rows.
 */
export type RosterImportRowsView = { 
/**
 * Rows that were asked for.
 */
total: number, 
/**
 * The page, in the order of the texts, then who is gone.
 */
rows: Array<RosterRowView>, };

/**
 * What texts would change. Nothing is kept of them before they are taken, but what their columns are.
 */
export type RosterImportView = { 
/**
 * Names it.
 */
importId: number, 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name.
 */
accountName: string, 
/**
 * The texts.
 */
sources: Array<RosterSourceView>, 
/**
 * Members by what becomes of them.
 */
members: RosterImportCounts, 
/**
 * Invitations by what becomes of them.
 */
invitations: RosterImportCounts, 
/**
 * As many different members came as the page says there are: it can be said to be all.
 */
looksComplete: boolean, 
/**
 * A row has another owner, and no row says what the former one is since.
 */
passing: RosterPassingView | null, };

/**
 * What the rows of a table are.
 */
export type RosterList = "members" | "invitations";

/**
 * Names a member.
 */
export type RosterMemberRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The member.
 */
remoteId: string, };

/**
 * What may be done with one member, and what their removal would change.
 */
export type RosterMemberView = { 
/**
 * The member.
 */
member: NamedView, 
/**
 * Their roles.
 */
roles: Array<NamedView>, 
/**
 * What may be done with them, and why not.
 */
actions: Array<RosterActionView>, 
/**
 * Roles that they could be given.
 */
assignable: Array<NamedView>, 
/**
 * What it costs without them, where prices are known.
 */
costWithout: RosterAmountView | null, 
/**
 * The service deletes what they made.
 */
dataLost: boolean, };

/**
 * The first member.
 */
export type RosterOwnerDraft = { 
/**
 * Name for showing.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, };

/**
 * The rules that an organisation kept by hand follows.
 */
export type RosterPreset = "isocarto" | "empty";

/**
 * Why something may not be done.
 */
export type RosterRefusal = { "kind": "ownRole", 
/**
 * Name of that role.
 */
role: string, } | { "kind": "owner" } | { "kind": "hasRole" } | { "kind": "notThere" };

/**
 * A right that roles of an organisation with its own roles can have.
 */
export type RosterRight = { 
/**
 * Its id; `None` for a new one.
 */
id: string | null, 
/**
 * Its name.
 */
name: string, };

/**
 * A role, and how many hold it.
 */
export type RosterRoleView = { 
/**
 * Its id: `owner`, `administrator` and `member` where the preset has them.
 */
remoteId: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Holders.
 */
members: number, 
/**
 * Gives power over others.
 */
administers: boolean, 
/**
 * Ids of its rights.
 */
rights: Array<string>, };

/**
 * What is wrong with a row.
 */
export type RosterRowReason = { "kind": "noEmail" } | { "kind": "invalidEmail" } | { "kind": "unknownRole", 
/**
 * As the row names it.
 */
name: string, } | { "kind": "invalidDate", 
/**
 * As the row writes it.
 */
text: string, } | { "kind": "formula" } | { "kind": "tooLong" } | { "kind": "secondOwner" };

/**
 * What becomes of a row.
 */
export type RosterRowState = "joined" | "changed" | "same" | "duplicate" | "malformed" | "gone";

/**
 * One row.
 */
export type RosterRowView = { 
/**
 * Which of the texts, from 0; `None` for one that is gone.
 */
source: number | null, 
/**
 * Its line there, from 1.
 */
line: number | null, 
/**
 * What it is.
 */
list: RosterList, 
/**
 * What becomes of it.
 */
state: RosterRowState, 
/**
 * E-mail address, as written.
 */
email: string, 
/**
 * Name for showing.
 */
name: string | null, 
/**
 * Role.
 */
role: string | null, 
/**
 * When, milliseconds UTC.
 */
date: number | null, 
/**
 * What becomes different.
 */
differences: Array<RosterDifferenceView>, 
/**
 * What is wrong with it.
 */
reasons: Array<RosterRowReason>, 
/**
 * Of one that repeats an address, the line of the earlier row.
 */
sameAsLine: number | null, 
/**
 * The member or invitation that is known, by its id.
 */
remoteId: string | null, };

/**
 * One text that was read.
 */
export type RosterSourceView = { 
/**
 * Name of the file; `None` for a pasted text.
 */
fileName: string | null, 
/**
 * What its rows are.
 */
list: RosterList, 
/**
 * How it was read; `None` for a spreadsheet and for what could not be.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells; `None` where each stands on a line of its own.
 */
separator: ImportSeparator | null, 
/**
 * Its columns.
 */
columns: Array<RosterColumnView>, 
/**
 * Its rows.
 */
rows: number, 
/**
 * How many the page says there are in all (`sur 12 membres`).
 */
stated: number | null, 
/**
 * Why there are no rows.
 */
problem: ImportProblem | null, };

/**
 * What the service asks and allows, as far as a person knows it. Prices are whole cents, without VAT.
 */
export type RosterTerms = { 
/**
 * The page of the service where members are kept: `https://…`.
 */
page: string | null, 
/**
 * Name of the plan.
 */
plan: string | null, 
/**
 * Price of the plan, one member in it, for each billing period.
 */
planPrice: number | null, 
/**
 * How often the plan is paid.
 */
billingPeriod: BillingPeriod, 
/**
 * Price of each further active member, a month.
 */
memberPrice: number | null, 
/**
 * The day on which the prices were right: `2025-12-01`.
 */
priceAsOf: string | null, 
/**
 * Currency of the prices, as ISO 4217 writes it: `EUR`.
 */
currency: string, 
/**
 * Most members that the plan allows.
 */
memberLimit: number | null, };

/**
 * An organisation kept by hand.
 */
export type RosterView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Whose rules it follows.
 */
preset: RosterPreset, 
/**
 * What the service asks and allows.
 */
terms: RosterTerms, 
/**
 * The organisation.
 */
organization: NamedView, 
/**
 * The member that the person at this computer is.
 */
me: NamedView | null, 
/**
 * The role of that member.
 */
myRole: NamedView | null, 
/**
 * What that role lets them do, and why not.
 */
actions: Array<RosterActionView>, 
/**
 * The roles, the mightiest first.
 */
roles: Array<RosterRoleView>, 
/**
 * All rights that roles can have.
 */
rights: Array<RosterRight>, 
/**
 * One member holds one role: giving another one takes the former.
 */
oneRole: boolean, 
/**
 * Days that an invitation is good for; `None` where the service has no rule.
 */
invitationDays: number | null, 
/**
 * Members and invitations in numbers.
 */
counts: RosterCountsView, 
/**
 * What it costs; `None` where no price was said.
 */
cost: RosterCostView | null, 
/**
 * What is to be done at the service, the oldest first; at most 500.
 */
checklist: Array<ChecklistItemView>, 
/**
 * All that is to be done, also what the list does not show.
 */
waiting: number, };

/**
 * Names one row of a list.
 */
export type RowKey = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id. Where that does not name the row by itself, everything that does, with U+001F between: of a holder
 * of a role its id and the organisation's, of a token the owner's kind and id, the token's kind and its own id.
 */
remoteId: string, };

/**
 * One run in full.
 */
export type RunDetailView = { 
/**
 * The run.
 */
run: RunView, 
/**
 * The first 200 issues.
 */
issues: Array<SyncIssueView>, 
/**
 * Awaiting review: names of the first 200 users that would be removed.
 */
removals: Array<string>, };

/**
 * Why a run failed.
 */
export type RunErrorView = { 
/**
 * The code's name; a string because a newer version may have written it.
 */
code: string, 
/**
 * One English sentence.
 */
message: string, };

/**
 * What a run does.
 */
export type RunKind = "sync" | "changes";

/**
 * One page of runs.
 */
export type RunPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * These.
 */
runs: Array<RunView>, };

/**
 * Runs, newest first.
 */
export type RunQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a run.
 */
export type RunRequest = { 
/**
 * The run.
 */
runId: number, };

/**
 * Where a run stands.
 */
export type RunState = "running" | "succeeded" | "failed" | "cancelled" | "interrupted" | "awaitingReview" | "discarded";

/**
 * One run.
 */
export type RunView = { 
/**
 * The run.
 */
id: number, 
/**
 * Its account.
 */
accountId: AccountId, 
/**
 * What it did.
 */
kind: RunKind, 
/**
 * Where it stands.
 */
state: RunState, 
/**
 * Milliseconds UTC.
 */
startedAt: number, 
/**
 * Milliseconds UTC.
 */
finishedAt: number | null, 
/**
 * True for the first complete read, whose records are not listed as "added" one by one.
 */
baseline: boolean, 
/**
 * True when it went on where an interrupted run stopped.
 */
resumed: boolean, 
/**
 * What it did, or, awaiting review, what it would do.
 */
counts: Counts, 
/**
 * What it proved.
 */
proofs: Array<Proof>, 
/**
 * Why it failed: the code and one sentence.
 */
error: RunErrorView | null, 
/**
 * Records that could not be read as they are.
 */
issues: number, };

/**
 * Keeps a filter.
 */
export type SaveFilterRequest = { 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The filter.
 */
text: string, };

/**
 * All kept filters, in the person's order.
 */
export type SavedFilterListView = { 
/**
 * The filters.
 */
filters: Array<SavedFilterView>, };

/**
 * Names a kept filter.
 */
export type SavedFilterRequest = { 
/**
 * Which.
 */
id: number, };

/**
 * A kept filter.
 */
export type SavedFilterView = { 
/**
 * Its number.
 */
id: number, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The filter.
 */
text: string, 
/**
 * Users it finds; `None` when it is not understood any more.
 */
count: number | null, 
/**
 * Those that it did not find when it was last opened.
 */
new: number, 
/**
 * When it was last opened, milliseconds UTC.
 */
openedAt: number, };

/**
 * Says when the revocation of a token is carried out by itself.
 */
export type ScheduleChangeRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The revocation, as kept.
 */
changeId: number, 
/**
 * Not before, milliseconds UTC; `None` has it wait for a person again.
 */
dueAt: number | null, 
/**
 * Nor before this change is applied: the one that makes the successor. It is withdrawn with it.
 */
needs: number | null, };

/**
 * Text that can be neither printed nor serialised: it has no `Display`, no `Serialize`, and its `Debug` is a mask.
 * Wiped from memory when dropped. Not `Clone` by accident: see [`Secret::duplicate`].
 */
export type Secret = string;

/**
 * Where the value that an applied change made, and that is shown once, is now.
 */
export type SecretState = "waiting" | "taken" | "lost";

/**
 * A value that is shown once.
 */
export type SecretView = { 
/**
 * The value.
 */
secret: ShownSecret, 
/**
 * What made it: a token, a password.
 */
kind: EditKind, 
/**
 * Whose it is.
 */
subject: RecordView, 
/**
 * The token's name.
 */
item: string | null, };

/**
 * A selected row.
 */
export type SelectedRowView = { 
/**
 * Which.
 */
key: RowKey, 
/**
 * Name for showing.
 */
name: string, };

/**
 * Some rows of a list, described: "all that match but these" needs no ids of a hundred thousand.
 */
export type Selection = { 
/**
 * All rows that the list has, but `rows`; else only `rows`.
 */
all: boolean, 
/**
 * The exceptions, or the selected rows.
 */
rows: Array<RowKey>, };

/**
 * Who is selected, as the list is now.
 */
export type SelectionView = { 
/**
 * How many are.
 */
count: number, 
/**
 * Named rows that the list does not have (any more).
 */
gone: Array<RowKey>, 
/**
 * The asked page of them, in the order of the list.
 */
rows: Array<SelectedRowView>, };

/**
 * When the clock goes ahead; the year does not matter.
 */
export type ServiceDaylight = { 
/**
 * Ahead of the rest of the year, in minutes.
 */
offsetMinutes: number, 
/**
 * From then.
 */
start: LocalSeconds, 
/**
 * Up to then; before `start` in the year where summer is in January.
 */
end: LocalSeconds, };

/**
 * A zone as the service describes it, without a name that others know. Shape of Uptrends API v4, `Timezone`.
 */
export type ServiceZone = { 
/**
 * The service's words for it.
 */
description: string, 
/**
 * Ahead of UTC, in minutes, daylight saving aside.
 */
offsetMinutes: number, 
/**
 * Its daylight saving, if it has any.
 */
daylight: ServiceDaylight | null, };

/**
 * What the person chose.
 */
export type SettingsView = { 
/**
 * `None` follows the operating system.
 */
language: Language | null, 
/**
 * The look.
 */
theme: Theme, 
/**
 * Minutes between automatic syncs of an account; 0 never.
 */
syncIntervalMinutes: number, 
/**
 * Share of a list, in percent, above which a plan that removes more asks first.
 */
removalGuardPercent: number, 
/**
 * Changes of more records than this at once ask first.
 */
manySubjects: number, 
/**
 * Days that a new token may be good for at most, by account; none where it may be any time, and for ever.
 */
tokenDays: { [key in AccountId]: number }, 
/**
 * The link in the e-mails of invitations, by account; see [`InvitationMessage`](crate::model::InvitationMessage).
 */
invitationLinks: { [key in AccountId]: string }, 
/**
 * Arranged columns by grid ("users", "groups", "activity").
 */
gridLayouts: { [key in string]: Array<ColumnLayout> }, 
/**
 * Whether the facets stand beside the users.
 */
facetsShown: boolean, 
/**
 * Whether the desktop is told of tokens that expire soon.
 */
tokenNotices: boolean, 
/**
 * Whether such a notification names the tokens; otherwise it says how many.
 */
tokenNoticeNames: boolean, };

/**
 * The kind of walk that showed a listing complete.
 */
export type ShownBy = "walk" | "partition" | "wholeAnswers";

/**
 * A value that is shown once. Crosses to the window when it is taken, and nowhere else: its `Debug` is a mask.
 */
export type ShownSecret = string;

/**
 * Where the local data is kept.
 */
export type StorageMode = "disk" | "session";

/**
 * A kind of record that a service lists.
 */
export type Stream = "users" | "groups" | "roles" | "roleAssignments" | "memberships" | "invitations" | "applications" | "apiUsers" | "offDutyPeriods" | "resources" | "grants" | "resourceGrants" | "recipients";

/**
 * Age and proof of one part of the mirror.
 */
export type StreamStateView = { 
/**
 * Start of the run that last confirmed it, milliseconds UTC.
 */
syncedAt: number, 
/**
 * What that run proved.
 */
proof: Proof, };

/**
 * What a history entry is about.
 */
export type Subject = "user" | "group" | "membership" | "role" | "roleAssignment" | "invitation" | "application" | "token" | "resource" | "resourceMembership" | "grant" | "offDutyPeriod" | "recipient";

/**
 * One record that could not be read as it is.
 */
export type SyncIssueView = { 
/**
 * Which list.
 */
stream: Stream, 
/**
 * The record.
 */
remoteId: string | null, 
/**
 * What is wrong with it.
 */
problem: string, };

/**
 * A run that has begun.
 */
export type SyncStartedView = { 
/**
 * The run.
 */
runId: number, };

/**
 * What a sync of an account is doing or how the last one ended.
 */
export type SyncStateView = { 
/**
 * The newest run, if there was one.
 */
runId: number | null, 
/**
 * Its state.
 */
state: RunState | null, 
/**
 * While it runs.
 */
progress: ProgressView | null, 
/**
 * Why it failed.
 */
error: CommandError | null, 
/**
 * When it ended, milliseconds UTC.
 */
finishedAt: number | null, 
/**
 * When the next automatic one is due, milliseconds UTC.
 */
nextAt: number | null, };

/**
 * Keeps a list in the place of the one that is here.
 */
export type TakeApiUsersRequest = { 
/**
 * Which.
 */
importId: number, 
/**
 * What stands in no row stays as it is.
 */
keepOthers: boolean, };

/**
 * Somebody becomes the owner in a row, beside one of whom no row says what they are since.
 */
export type RosterPassingView = { 
/**
 * The new one's name, or address.
 */
owner: string, 
/**
 * The former one.
 */
former: NamedView, 
/**
 * They stand in no row: gone, where these are all members.
 */
inNoRow: boolean, };

/**
 * Takes what was read into the mirror, as a sync would.
 */
export type TakeRosterImportRequest = { 
/**
 * Which.
 */
importId: number, 
/**
 * These are all members there are: who is in no row is gone.
 */
allMembers: boolean, 
/**
 * These are all invitations there are.
 */
allInvitations: boolean, 
/**
 * What the former owner is since, where no row says it: a role's id. Unless given they stay one beside the other.
 */
formerOwnerRole: string | null, };

/**
 * What a run did to one kind of record.
 */
export type Tally = { 
/**
 * Listed by the service.
 */
listed: number, 
/**
 * Those that were not in the mirror.
 */
added: number, 
/**
 * Those with at least one different field.
 */
changed: number, 
/**
 * Those that are gone.
 */
removed: number, };

/**
 * Tries an account without keeping anything.
 */
export type TestConnectionRequest = { 
/**
 * What to try.
 */
draft: AccountDraft, };

/**
 * The look.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Notes that changes were carried out at the service.
 */
export type TickChangesRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Which; all that wait unless given.
 */
changes: number[] | null, 
/**
 * When, milliseconds UTC; not in the future.
 */
doneOn: number, 
/**
 * What the former owner is now, where another one was made the owner: a role's id; administrator unless given.
 */
formerOwnerRole: string | null, 
/**
 * Guards that the person confirmed.
 */
confirmations: Array<ConfirmationRequest>, };

/**
 * Notes edits that were carried out at the service already, without letting them wait.
 */
export type TickNowRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Which.
 */
edits: Array<Edit>, 
/**
 * When, milliseconds UTC; not in the future.
 */
doneOn: number, 
/**
 * What the former owner is now, where another one was made the owner: a role's id; administrator unless given.
 */
formerOwnerRole: string | null, 
/**
 * Guards that the person confirmed.
 */
confirmations: Array<ConfirmationRequest>, };

/**
 * Chooses the zone in which the times of an account are meant.
 */
export type TimeZoneRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name in the time zone database (`Europe/Brussels`); `None` for what the service says.
 */
timeZone: string | null, };

/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
export type Timestamp = number;

/**
 * The ends of a month.
 */
export type TokenCalendarRequest = { 
/**
 * Which tokens; its range of ends is passed over.
 */
filter: TokenFilter, 
/**
 * The year, as 2026.
 */
year: number, 
/**
 * The month, 1 to 12.
 */
month: number, };

/**
 * The ends of a month, in the time of this computer.
 */
export type TokenCalendarView = { 
/**
 * Every day of the month.
 */
days: Array<TokenDayView>, 
/**
 * Ends before it.
 */
before: number, 
/**
 * Ends after it.
 */
after: number, 
/**
 * The last end before it, milliseconds UTC.
 */
previousAt: number | null, 
/**
 * The first end after it, milliseconds UTC.
 */
nextAt: number | null, 
/**
 * What each chip would show, the ends aside.
 */
counts: TokenCountsView, 
/**
 * How complete the picture is.
 */
coverage: TokenCoverageView, };

/**
 * What makes a token worth a look. Chips of one kind (end, use, owner) widen one another, those of different kinds narrow.
 */
export type TokenChip = "expired" | "expiring" | "neverExpires" | "idle30" | "idle90" | "orphaned";

/**
 * Columns by which tokens are sorted.
 */
export type TokenColumn = "name" | "owner" | "account" | "kind" | "accessType" | "state" | "expiresAt" | "lastUsedAt" | "requests" | "createdAt" | "description";

/**
 * How many tokens there are of each sort: what a chip would show, its own kind of chips aside.
 */
export type TokenCountsView = { 
/**
 * All that the filter finds, chips aside.
 */
all: number, 
/**
 * See [`TokenChip`].
 */
expired: number, 
/**
 * See [`TokenChip`].
 */
expiring: number, 
/**
 * See [`TokenChip`].
 */
neverExpires: number, 
/**
 * See [`TokenChip`].
 */
idle30: number, 
/**
 * See [`TokenChip`].
 */
idle90: number, 
/**
 * See [`TokenChip`].
 */
orphaned: number, 
/**
 * Of so many of `all` the service does not say when they were used.
 */
useNotReported: number, };

/**
 * How complete the picture is: tokens of users are asked for user by user.
 */
export type TokenCoverageView = { 
/**
 * Users of the accounts that list tokens.
 */
users: number, 
/**
 * Users who were asked about.
 */
asked: number, 
/**
 * The oldest of these answers, milliseconds UTC.
 */
oldestAt: number | null, 
/**
 * Accounts whose service does not list tokens, or was never read.
 */
without: Array<AccountId>, };

/**
 * The tokens that expire on one day.
 */
export type TokenDayView = { 
/**
 * Day of the month.
 */
day: number, 
/**
 * Its beginning, milliseconds UTC.
 */
from: number, 
/**
 * Its end, milliseconds UTC: the beginning of the next day.
 */
to: number, 
/**
 * How many expire on it.
 */
tokens: number, 
/**
 * Names of the first three.
 */
names: Array<string>, };

/**
 * Which tokens.
 */
export type TokenFilter = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * Words that must all occur in name, description or owner, any case, with or without accents.
 */
text: string, 
/**
 * Only what is worth a look for these reasons.
 */
chips: Array<TokenChip>, 
/**
 * Only of this kind.
 */
kind: TokenKind | null, 
/**
 * Only of this owner, by the service's id.
 */
owner: string | null, 
/**
 * Expires not before, milliseconds UTC.
 */
expiresFrom: number | null, 
/**
 * Expires before, milliseconds UTC.
 */
expiresTo: number | null, };

/**
 * What an API credential is.
 */
export type TokenKind = "personalAccessToken" | "applicationSecret" | "apiUser";

/**
 * Tokens of one account whose end is to be told ahead.
 */
export type TokenNoticeView = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Its name.
 */
account: string, 
/**
 * How many tokens.
 */
tokens: number, 
/**
 * All of them expire within so many days: 1, 7 or 14.
 */
days: number, 
/**
 * The names of the first five, only where the person chose to have names in notifications.
 */
names: Array<string>, };

/**
 * What is to be told; from now on it counts as told.
 */
export type TokenNoticesView = { 
/**
 * One for each account that has any.
 */
notices: Array<TokenNoticeView>, };

/**
 * Columns by which the list by owner is sorted.
 */
export type TokenOwnerColumn = "owner" | "account" | "tokens" | "expired" | "expiring" | "neverExpires" | "nextExpiryAt" | "lastUsedAt";

/**
 * The tokens of one owner that match, counted.
 */
export type TokenOwnerRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Who.
 */
owner: TokenOwnerView, 
/**
 * How many.
 */
tokens: number, 
/**
 * Have expired.
 */
expired: number, 
/**
 * Expire within 14 days.
 */
expiring: number, 
/**
 * Never expire.
 */
neverExpires: number, 
/**
 * When the next of them expires, milliseconds UTC.
 */
nextExpiryAt: number | null, 
/**
 * When one of them was last used, milliseconds UTC.
 */
lastUsedAt: number | null, 
/**
 * The service says of each of them when it was last used.
 */
lastUseKnown: boolean, };

/**
 * Who owns a token.
 */
export type TokenOwnerView = { 
/**
 * A user or an application.
 */
kind: HolderKind, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name, else the id.
 */
displayName: string, 
/**
 * The primary address of a user.
 */
email: string | null, 
/**
 * Whether it is there.
 */
state: OwnerState, };

/**
 * A page of tokens by owner.
 */
export type TokenOwnersRequest = { 
/**
 * Which tokens.
 */
filter: TokenFilter, 
/**
 * Order; without a value last, ties by owner.
 */
sort: TokenOwnerColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * A page of tokens by owner.
 */
export type TokenOwnersView = { 
/**
 * Owners with tokens that match.
 */
total: number, 
/**
 * Pages of different revisions do not belong together.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<TokenOwnerRow>, 
/**
 * What each chip would show.
 */
counts: TokenCountsView, 
/**
 * How complete the picture is.
 */
coverage: TokenCoverageView, };

/**
 * A page of tokens.
 */
export type TokenPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Tokens in the chosen accounts, filter aside.
 */
all: number, 
/**
 * Pages of different revisions do not belong together.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<TokenRow>, 
/**
 * What each chip would show.
 */
counts: TokenCountsView, 
/**
 * How complete the picture is.
 */
coverage: TokenCoverageView, };

/**
 * A page of tokens.
 */
export type TokenQueryRequest = { 
/**
 * Which.
 */
filter: TokenFilter, 
/**
 * Order; without a value last, ties by owner and name.
 */
sort: TokenColumn, 
/**
 * Highest first.
 */
descending: boolean, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * One token; its value is nowhere here.
 */
export type TokenRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * Whose it is.
 */
owner: TokenOwnerView, 
/**
 * What it is.
 */
kind: TokenKind, 
/**
 * The service's own word for what it is for (`Generic`, `MobileApp`), where it has some.
 */
accessType: string | null, 
/**
 * Unique for its owner and kind.
 */
remoteId: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it is for.
 */
description: string | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC; `None` for one that never expires, where `expiry_known`.
 */
expiresAt: number | null, 
/**
 * The service says until when it is good.
 */
expiryKnown: boolean, 
/**
 * Milliseconds UTC; `None` for one that was never used, where `last_use_known`.
 */
lastUsedAt: number | null, 
/**
 * The service says when it was last used.
 */
lastUseKnown: boolean, 
/**
 * Requests in the last 30 days; `None` where the service does not report them.
 */
requests: number | null, 
/**
 * Where it stands.
 */
state: TokenState, 
/**
 * Not used for more than 30 days, where the service says so; of an imported one as of its date.
 */
idle: boolean, 
/**
 * As of when it is so in a list that a person imported, milliseconds UTC; `None` where the service lists it itself.
 */
importedAt: number | null, 
/**
 * Rollcall made it, and the service does not list it.
 */
madeHere: boolean, 
/**
 * When it was first seen here, milliseconds UTC.
 */
firstSeenAt: number, };

/**
 * Where a token stands between its making and its end.
 */
export type TokenState = "expired" | "expiring" | "valid" | "neverExpires" | "notReported";

/**
 * An API credential, without its value.
 */
export type TokenView = { 
/**
 * Name.
 */
name: string, 
/**
 * What it is for.
 */
description: string | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC; `None` for one that never expires, where `expiry_known`.
 */
expiresAt: number | null, 
/**
 * The service says until when it is good.
 */
expiryKnown: boolean, 
/**
 * Milliseconds UTC; `None` for one that was never used, where `last_use_known`.
 */
lastUsedAt: number | null, 
/**
 * The service says when it was last used.
 */
lastUseKnown: boolean, 
/**
 * As of when it is so in a list that a person imported, milliseconds UTC; `None` where the service lists it itself.
 */
importedAt: number | null, 
/**
 * Rollcall made it, and the service does not list it.
 */
madeHere: boolean, };

/**
 * Somebody who would be told.
 */
export type ToldView = { 
/**
 * The user's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * In the list themselves.
 */
direct: boolean, 
/**
 * Groups in the list that they are in, by name.
 */
groups: Array<NamedView>, };

/**
 * What would undo an apply. Nothing is kept: the edits can be proposed.
 */
export type UndoView = { 
/**
 * What the inverse edits would do.
 */
plan: PlanView, 
/**
 * The inverse edits, to be proposed or applied.
 */
edits: Array<Edit>, 
/**
 * What does not come back.
 */
remains: Array<RemainsView>, };

/**
 * Changes what may change about an account.
 */
export type UpdateAccountRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * Minutes between automatic syncs; `None` follows the setting for all accounts, 0 never.
 */
syncIntervalMinutes: number | null, };

/**
 * Reads the list in another way. What is `None` stays as it is.
 */
export type UpdateApiUsersRequest = { 
/**
 * Which import.
 */
importId: number, 
/**
 * What each column is.
 */
columns: Array<ApiUserColumn> | null, 
/**
 * How a file writes its letters; its columns are told anew.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells; its columns are told anew.
 */
separator: ImportSeparator | null, };

/**
 * Reads the file in another way. What is `None` stays as it is.
 */
export type UpdateImportRequest = { 
/**
 * Which.
 */
importId: number, 
/**
 * How it writes its letters; its columns are told anew.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells; its columns are told anew.
 */
separator: ImportSeparator | null, 
/**
 * What becomes of each column.
 */
columns: Array<ImportTarget> | null, 
/**
 * Whether new users get a password.
 */
password: PasswordChoice | null, };

/**
 * Reads one of the texts in another way. What is `None` stays as it is.
 */
export type UpdateRosterImportRequest = { 
/**
 * Which import.
 */
importId: number, 
/**
 * Which of its texts, from 0.
 */
source: number, 
/**
 * What each column is; remembered for these headings.
 */
columns: Array<RosterColumn> | null, 
/**
 * What its rows are.
 */
list: RosterList | null, 
/**
 * How a file writes its letters.
 */
encoding: ImportEncoding | null, 
/**
 * What stands between its cells.
 */
separator: ImportSeparator | null, 
/**
 * It is given up.
 */
removed: boolean, };

/**
 * Changes what is said about the service. What is `None` stays as it is.
 */
export type UpdateRosterRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * What the service asks and allows.
 */
terms: RosterTerms | null, 
/**
 * The member that the person at this computer is; an empty text for nobody.
 */
me: string | null, 
/**
 * All rights that roles can have, where the organisation has its own; one that is left out is taken from every role.
 */
rights: Array<RosterRight> | null, };

/**
 * Renames a kept filter, or gives it another text.
 */
export type UpdateSavedFilterRequest = { 
/**
 * Which.
 */
id: number, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * The filter.
 */
text: string, };

/**
 * Replaces all settings.
 */
export type UpdateSettingsRequest = { 
/**
 * The new settings.
 */
settings: SettingsView, };

/**
 * Columns of the users grid. Every one of them sorts.
 */
export type UserColumn = "displayName" | "userName" | "email" | "status" | "givenName" | "familyName" | "title" | "department" | "organization" | "employeeNumber" | "userType" | "phone" | "locale" | "externalId" | "groups" | "createdAt" | "modifiedAt" | "lastSignInAt" | "invitedUntil" | "account";

/**
 * What was asked for one user alone.
 */
export type UserDepthView = { 
/**
 * When, milliseconds UTC.
 */
readAt: number, 
/**
 * Lists by name: `factors`, `sessions`, `grants`, `identities`, `enterpriseIdentities`; null where the service would
 * not say.
 */
sections: unknown, 
/**
 * What could not be read, in one sentence.
 */
problem: string | null, };

/**
 * Everything synced about a user.
 */
export type UserDetailView = { 
/**
 * As in the grid.
 */
row: UserRow, 
/**
 * Groups and organisations, by name.
 */
groups: Array<UserGroupView>, 
/**
 * Roles held in the whole account, by name.
 */
roles: Array<NamedView>, 
/**
 * API credentials, by name.
 */
tokens: Array<TokenView>, 
/**
 * What was asked for this user alone; `None` where that has not happened yet.
 */
depth: UserDepthView | null, 
/**
 * The newest 50 entries of the service's own log, as far as it was read.
 */
log: Array<LogEntryView>, 
/**
 * The invitation with which Rollcall made this user, at a service that tells nothing of invitations.
 */
invited: InvitedView | null, 
/**
 * The whole record as the service sent it, secrets dropped.
 */
raw: unknown, 
/**
 * First seen by us, milliseconds UTC.
 */
firstSeenAt: number, 
/**
 * Last change seen by us, milliseconds UTC.
 */
lastChangedAt: number, 
/**
 * Age of the profile.
 */
usersState: StreamStateView | null, 
/**
 * Age of the groups.
 */
groupsState: StreamStateView | null, 
/**
 * Age of who is in which organisation, where the service lists that apart.
 */
membershipsState: StreamStateView | null, 
/**
 * Age of who holds which role.
 */
rolesState: StreamStateView | null, 
/**
 * The newest 100 lines of history, memberships included.
 */
history: Array<HistoryEntryView>, };

/**
 * A group that a user is in.
 */
export type UserGroupView = { 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * What it is.
 */
kind: GroupKind, 
/**
 * Roles held in it, by name.
 */
roles: Array<NamedView>, 
/**
 * Everybody is in it: nobody can be put there or leave.
 */
everybody: boolean, };

/**
 * A page of users.
 */
export type UserPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Users in the chosen accounts, filter aside.
 */
all: number, 
/**
 * Grows with every change of the mirror: pages of different revisions do not belong together.
 */
revision: number, 
/**
 * The rows.
 */
rows: Array<UserRow>, };

/**
 * A page of users.
 */
export type UserQueryRequest = { 
/**
 * Of one account, or of all.
 */
accountId: AccountId | null, 
/**
 * The filter, in the language of `docs/filter.md`.
 */
text: string, 
/**
 * Order.
 */
sort: UserSort, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };

/**
 * Names a user.
 */
export type UserRequest = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, };

/**
 * What one user may do.
 */
export type UserRightsView = { 
/**
 * In the whole account.
 */
account: Array<AccountRightView>, 
/**
 * On single resources, by name.
 */
resources: Array<ResourceRightView>, 
/**
 * Groups whose members may do everything.
 */
administrators: Array<NamedView>, 
/**
 * Age and proof of the rights in the whole account.
 */
accountState: StreamStateView | null, 
/**
 * Age and proof of the rights on resources; `None` where they are not visible with this credential.
 */
resourceState: StreamStateView | null, };

/**
 * One row of the users grid.
 */
export type UserRow = { 
/**
 * The account.
 */
accountId: AccountId, 
/**
 * The service's id.
 */
remoteId: string, 
/**
 * Name for signing in.
 */
userName: string, 
/**
 * Name for showing.
 */
displayName: string, 
/**
 * Primary address.
 */
email: string | null, 
/**
 * `false` for suspended; `None` where the service does not say.
 */
active: boolean | null, 
/**
 * First name.
 */
givenName: string | null, 
/**
 * Last name.
 */
familyName: string | null, 
/**
 * Job title.
 */
title: string | null, 
/**
 * Department.
 */
department: string | null, 
/**
 * Company or unit.
 */
organization: string | null, 
/**
 * Number in the personnel file.
 */
employeeNumber: string | null, 
/**
 * The service's own word.
 */
userType: string | null, 
/**
 * Phone.
 */
phone: string | null, 
/**
 * Language.
 */
locale: string | null, 
/**
 * The client's id.
 */
externalId: string | null, 
/**
 * How many groups.
 */
groups: number, 
/**
 * What is pending about it; `None` for nothing.
 */
pending: PendingView | null, 
/**
 * Milliseconds UTC.
 */
createdAt: number | null, 
/**
 * Milliseconds UTC.
 */
modifiedAt: number | null, 
/**
 * Milliseconds UTC; `None` for who never signed in, where `sign_in_known`.
 */
lastSignInAt: number | null, 
/**
 * The service says when the user last signed in.
 */
signInKnown: boolean, 
/**
 * Until when the invitation is good with which Rollcall made the user, milliseconds UTC; `None` where nothing is known
 * of one.
 */
invitedUntil: number | null, };

/**
 * Order of a list.
 */
export type UserSort = { 
/**
 * By this column; ties by display name, then id.
 */
column: UserColumn, 
/**
 * Highest first.
 */
descending: boolean, };

/**
 * Whose clock is meant.
 */
export type ZoneSource = "service" | "chosen" | "computer";

/** Event that carries every {@link HubEvent}. */
export const EVENT_NAME = "hub";

/** Every command with its request and its view. */
export type Commands = {
  /** State of the application; opens the local data on the first call. */
  get_app_state: { request: EmptyRequest; view: AppStateView };
  /** Opens the local data, again or for this session only. */
  open_store: { request: OpenStoreRequest; view: AppStateView };
  /** All accounts. */
  list_accounts: { request: EmptyRequest; view: AccountListView };
  /** Tries an account without keeping anything. */
  test_connection: { request: TestConnectionRequest; view: ConnectionReportView };
  /** Connects an account. */
  connect_account: { request: ConnectAccountRequest; view: AccountView };
  /** Replaces an account's credential. */
  replace_credential: { request: ReplaceCredentialRequest; view: AccountView };
  /** Tries another way to reach an account without keeping anything. */
  test_account_connection: { request: ConnectionRequest; view: ConnectionReportView };
  /** Changes where an account is and how to sign in, after trying it. */
  update_connection: { request: ConnectionRequest; view: AccountView };
  /** Changes name and interval of an account. */
  update_account: { request: UpdateAccountRequest; view: AccountView };
  /** Removes the credential, keeps the mirror. */
  sign_out: { request: AccountRequest; view: AccountView };
  /** What forgetting an account would remove. */
  preview_forget: { request: AccountRequest; view: ForgetPreviewView };
  /** Removes an account with everything of it from this computer. */
  forget_account: { request: AccountRequest; view: ForgottenView };
  /** Connects the built-in sample accounts. */
  open_samples: { request: EmptyRequest; view: AccountListView };
  /** Starts a sync. */
  start_sync: { request: AccountRequest; view: SyncStartedView };
  /** Stops a running sync. */
  cancel_sync: { request: AccountRequest; view: SyncStateView };
  /** Decides about a plan that the guard stopped. */
  resolve_guard: { request: ResolveGuardRequest; view: RunView };
  /** The cards. */
  get_hub: { request: HubRequest; view: HubView };
  /** A page of users. */
  query_users: { request: UserQueryRequest; view: UserPageView };
  /** Whether a filter can be understood. */
  check_filter: { request: CheckFilterRequest; view: FilterCheckView };
  /** What could be typed next in a filter. */
  complete_filter: { request: CompleteFilterRequest; view: CompletionsView };
  /** What a result is made of. */
  get_facets: { request: FacetsRequest; view: FacetsView };
  /** The kept filters with their counts. */
  list_saved_filters: { request: EmptyRequest; view: SavedFilterListView };
  /** Keeps a filter. */
  save_filter: { request: SaveFilterRequest; view: SavedFilterListView };
  /** Gives a kept filter another name or text. */
  update_saved_filter: { request: UpdateSavedFilterRequest; view: SavedFilterListView };
  /** Notes that a kept filter was opened: whoever it finds now is no longer new. */
  open_saved_filter: { request: SavedFilterRequest; view: SavedFilterListView };
  /** Puts the kept filters into another order. */
  reorder_saved_filters: { request: ReorderSavedFiltersRequest; view: SavedFilterListView };
  /** Removes a kept filter. */
  delete_saved_filter: { request: SavedFilterRequest; view: SavedFilterListView };
  /** People, groups and roles of all accounts by a few letters. */
  search_palette: { request: PaletteRequest; view: PaletteView };
  /** One user. */
  get_user: { request: UserRequest; view: UserDetailView };
  /** A page of groups. */
  query_groups: { request: GroupQueryRequest; view: GroupPageView };
  /** One group. */
  get_group: { request: GroupRequest; view: GroupDetailView };
  /** A page of roles. */
  query_roles: { request: RoleQueryRequest; view: RolePageView };
  /** One role. */
  get_role: { request: RoleRequest; view: RoleDetailView };
  /** Which role of an account allows what. */
  get_role_matrix: { request: RoleMatrixRequest; view: RoleMatrixView };
  /** Everything that a role could allow. */
  list_permissions: { request: AccountRequest; view: PermissionsView };
  /** A page of applications. */
  query_applications: { request: ApplicationQueryRequest; view: ApplicationPageView };
  /** One application. */
  get_application: { request: ApplicationRequest; view: ApplicationDetailView };
  /** A page of invitations. */
  query_invitations: { request: InvitationQueryRequest; view: InvitationPageView };
  /** A page of tokens. */
  query_tokens: { request: TokenQueryRequest; view: TokenPageView };
  /** A page of tokens by owner. */
  query_token_owners: { request: TokenOwnersRequest; view: TokenOwnersView };
  /** The ends of a month. */
  get_token_calendar: { request: TokenCalendarRequest; view: TokenCalendarView };
  /** What is to be told now of tokens that expire; it counts as told. */
  take_token_notices: { request: EmptyRequest; view: TokenNoticesView };
  /** Reads a pasted list of API users. */
  preview_api_users: { request: PreviewApiUsersRequest; view: ApiUsersImportView };
  /** Lets the person choose a file of API users and reads it. */
  import_api_users_file: { request: ApiUsersFileRequest; view: ApiUsersChosenView };
  /** Reads the list of API users in another way. */
  update_api_users_import: { request: UpdateApiUsersRequest; view: ApiUsersImportView };
  /** A page of rows of the list, each with what becomes of it. */
  query_api_user_rows: { request: ApiUserRowsRequest; view: ApiUserRowsView };
  /** Keeps the list in the place of the one that is here. */
  take_api_users: { request: TakeApiUsersRequest; view: ApiUsersTakenView };
  /** Gives the list up. */
  discard_api_users: { request: ApiUsersImportRequest; view: ApiUsersFoundView };
  /** Takes one API user off the list here. */
  remove_imported_api_user: { request: ImportedApiUserRequest; view: ApiUsersFoundView };
  /** Who is on duty. */
  get_duty: { request: DutyRequest; view: DutyView };
  /** What was given to one group. */
  get_group_rights: { request: ResourceRequest; view: GroupRightsView };
  /** Chooses the zone in which the times of an account are meant. */
  set_time_zone: { request: TimeZoneRequest; view: AccountView };
  /** What one user may do. */
  get_user_rights: { request: UserRequest; view: UserRightsView };
  /** What stands out in an account. */
  list_findings: { request: AccountRequest; view: FindingsView };
  /** A page of resources. */
  query_resources: { request: ResourceQueryRequest; view: ResourcePageView };
  /** A page of who may do what with which resource. */
  query_access: { request: AccessQueryRequest; view: AccessPageView };
  /** One resource. */
  get_resource: { request: ResourceRequest; view: ResourceDetailView };
  /** Who is told of one resource, and who would be right now. */
  get_recipients: { request: ResourceRequest; view: RecipientsView };
  /** What reaches a user or a group. */
  get_reaching: { request: ReachingRequest; view: ReachingView };
  /** A page of the service's own log. */
  query_log: { request: LogQueryRequest; view: LogPageView };
  /** A page of history. */
  query_history: { request: HistoryQueryRequest; view: HistoryPageView };
  /** A page of what is different between two moments. */
  compare: { request: CompareRequest; view: CompareView };
  /** A page of the users as they were. */
  query_past_users: { request: PastUserQueryRequest; view: PastUserPageView };
  /** One user as it was. */
  get_past_user: { request: PastUserRequest; view: PastUserView };
  /** A page of runs. */
  query_runs: { request: RunQueryRequest; view: RunPageView };
  /** One run. */
  get_run: { request: RunRequest; view: RunDetailView };
  /** Reads a stretch of the service's own log. */
  read_log: { request: ReadLogRequest; view: LogReadView };
  /** Writes a list into a file that the person chooses. */
  export_list: { request: ExportListRequest; view: ExportedView };
  /** Stops an export. */
  cancel_export: { request: ExportRequest; view: ExportFoundView };
  /** Shows an exported file where it lies. */
  show_export: { request: ExportRequest; view: ExportFoundView };
  /** Rows as text for the clipboard. */
  copy_rows: { request: CopyRowsRequest; view: CopiedRowsView };
  /** Who is selected. */
  resolve_selection: { request: ResolveSelectionRequest; view: SelectionView };
  /** Lets the person choose a file of users and reads it. */
  import_file: { request: ImportFileRequest; view: ImportChosenView };
  /** Reads the file in another way. */
  update_import: { request: UpdateImportRequest; view: ImportView };
  /** A page of its rows, each with what becomes of it. */
  query_import_rows: { request: ImportRowsRequest; view: ImportRowsView };
  /** Keeps the ready rows as changes, all or none. */
  propose_import: { request: ImportRequest; view: ImportProposedView };
  /** Gives the file up. */
  discard_import: { request: ImportRequest; view: ImportFoundView };
  /** What edits would do. */
  preview_edits: { request: PreviewEditsRequest; view: PlanView };
  /** Keeps edits as changes, all or none. */
  propose_changes: { request: EditsRequest; view: ProposedView };
  /** What would become of addresses that are to be invited. */
  check_invitees: { request: InviteesRequest; view: InviteesView };
  /** Lets the person choose a file and reads the addresses in it. */
  read_invitee_file: { request: InviteeFileRequest; view: InviteeFileView };
  /** What an edit of everybody who is selected would do. */
  preview_bulk: { request: PreviewBulkRequest; view: BulkPlanView };
  /** Keeps an edit of everybody who is selected. */
  propose_bulk: { request: ProposeBulkRequest; view: BulkProposedView };
  /** The queue as plans. */
  query_changes: { request: ChangeQueryRequest; view: ChangesView };
  /** Takes changes back that are not applied. */
  withdraw_changes: { request: ChangeIdsRequest; view: ChangesView };
  /** Puts the queue into another order. */
  reorder_changes: { request: ReorderChangesRequest; view: ChangesView };
  /** Has a token revoked by itself on a date. */
  schedule_change: { request: ScheduleChangeRequest; view: ChangesView };
  /** Decides about a blocked change. */
  resolve_change: { request: ResolveChangeRequest; view: ChangesView };
  /** Applies changes of the queue. */
  apply_changes: { request: ApplyChangesRequest; view: ApplyStartedView };
  /** Keeps edits and applies just these. */
  apply_now: { request: ApplyNowRequest; view: ApplyStartedView };
  /** Stops an apply between two calls. */
  cancel_apply: { request: AccountRequest; view: ChangesView };
  /** Hands a value that is shown once over, once. */
  take_secret: { request: ChangeRequest; view: SecretView };
  /** What an apply did. */
  get_receipt: { request: ReceiptRequest; view: ReceiptView };
  /** What would undo an apply. */
  undo_run: { request: RunRequest; view: UndoView };
  /** Keeps an organisation by hand. */
  create_roster: { request: CreateRosterRequest; view: AccountView };
  /** An organisation kept by hand: terms, cost, what may be done, the checklist. */
  get_roster: { request: AccountRequest; view: RosterView };
  /** Changes what is said about its service. */
  update_roster: { request: UpdateRosterRequest; view: RosterView };
  /** What may be done with one of its members. */
  get_roster_member: { request: RosterMemberRequest; view: RosterMemberView };
  /** Opens the page of its service where members are kept. */
  open_roster_page: { request: AccountRequest; view: PageOpenedView };
  /** Notes that changes were carried out at its service. */
  tick_changes: { request: TickChangesRequest; view: ApplyStartedView };
  /** Notes edits that were carried out at its service already. */
  tick_now: { request: TickNowRequest; view: ApplyStartedView };
  /** The sheet on which a reviewer decides about its members. */
  get_review_sheet: { request: AccountRequest; view: ReviewSheetView };
  /** Reads pasted members or invitations. */
  preview_roster_import: { request: PreviewRosterImportRequest; view: RosterImportView };
  /** Lets the person choose a file of members or invitations and reads it. */
  import_roster_file: { request: RosterImportFileRequest; view: RosterImportChosenView };
  /** Reads one of the texts in another way. */
  update_roster_import: { request: UpdateRosterImportRequest; view: RosterImportView };
  /** A page of rows, each with what becomes of it. */
  query_roster_rows: { request: RosterImportRowsRequest; view: RosterImportRowsView };
  /** Takes what was read into the mirror, as a sync would. */
  take_roster_import: { request: TakeRosterImportRequest; view: SyncStartedView };
  /** Gives the texts up. */
  discard_roster_import: { request: RosterImportRequest; view: RosterImportFoundView };
  /** Replaces all settings. */
  update_settings: { request: UpdateSettingsRequest; view: SettingsView };
};
