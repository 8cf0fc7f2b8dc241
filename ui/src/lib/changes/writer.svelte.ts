// What is being written at the moment. Any screen asks for it here; the dialogs themselves stand in the shell, so that
// they outlive the page that asked (a deleted user has no page any more).
import type {
  AccountId,
  BulkAction,
  Edit,
  EditKind,
  EditProblemsView,
  GrantHolder,
  GroupDetailView,
  ListRequest,
  NamedView,
  OffDutyRule,
  PlanView,
  RemainsView,
  ResourceKind,
  RightOriginView,
  RoleDetailView,
  Selection,
  UserDetailView,
} from '$lib/backend/bindings';

/** Edits to be looked at and sent. */
export interface WriteRequest {
  readonly accountId: AccountId;
  /** Names the dialog: what happens, to whom. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** A sentence before the plan. */
  readonly intro?: string;
  /** Of an undo: what does not come back. */
  readonly remains?: readonly RemainsView[];
  /** The change that these edits stand in for. */
  readonly replaces?: number;
  /** Takes problems back to the form they come from; true when they are shown there. */
  readonly onproblems?: (problems: readonly EditProblemsView[]) => boolean;
  /** One of the edits is carried out by itself on a date, after another one. */
  readonly later?: Later;
  /** They are kept or sent. */
  readonly ondone?: () => void;
}

/** An edit that is kept until a date, by places among the edits. */
interface Later {
  readonly index: number;
  /** Milliseconds UTC. */
  readonly dueAt: number;
  /** The one without which it makes no sense. */
  readonly needs: number;
}

/** One edit for each of many selected rows; who they are is resolved by the core. */
export interface BulkRequest {
  readonly title: string;
  readonly list: ListRequest;
  readonly selection: Selection;
  /** Only those of this account: roles and groups belong to one. */
  readonly accountId: AccountId | null;
  readonly action: BulkAction;
  /** They are kept or sent. */
  readonly ondone?: () => void;
}

/** What a form is about; without a record it makes a new one. */
export type FormRequest = { readonly accountId: AccountId; readonly replaces?: number; readonly edit?: Edit } & (
  | { readonly kind: 'user'; readonly view?: UserDetailView }
  | { readonly kind: 'group'; readonly view?: GroupDetailView }
  | { readonly kind: 'role'; readonly view?: RoleDetailView }
);

/** Somebody whose token it is. */
export interface TokenOwner {
  readonly accountId: AccountId;
  readonly remoteId: string;
  readonly name: string;
}

type TokenRequest = { readonly owner: TokenOwner; readonly replaces?: number } & (
  | { readonly kind: 'create'; readonly name?: string; readonly expiresAt?: number | null }
  | { readonly kind: 'describe'; readonly name: string; readonly description: string }
  | { readonly kind: 'keep'; readonly before?: Extract<Edit, { kind: 'keepToken' }> }
  | { readonly kind: 'rename'; readonly name: string; readonly newName?: string }
  | { readonly kind: 'rotate'; readonly name: string; readonly taken: readonly string[] }
);

/** A token of a service that makes and changes them. */
export type MadeTokenRequest = Exclude<TokenRequest, { kind: 'keep' }>;

/** One thing to choose from a list of many. */
export interface Choice {
  /** Of a resource. */
  readonly resource?: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** Why it cannot be chosen. */
  readonly refused?: string;
}

export interface PickRequest {
  readonly accountId: AccountId;
  /** Accounts among which the person may choose another one. */
  readonly accounts?: readonly AccountId[];
  readonly title: string;
  /** One is chosen, not several. */
  readonly single?: boolean;
  readonly what: 'users' | 'groups' | 'roles' | 'resources';
  /** Roles of this scope only. */
  readonly scope?: 'account' | 'organization';
  /** Who is in already: shown, not to be chosen. */
  readonly already: (id: string) => boolean;
  /** Roles that can be given at the same time. */
  readonly withRoles?: boolean;
  readonly onpick: (chosen: readonly Choice[], roles: readonly Choice[], accountId: AccountId) => void;
}

/** The roles of a member in an organisation. */
export interface RolesRequest {
  readonly accountId: AccountId;
  readonly group: { readonly id: string; readonly name: string };
  readonly member: { readonly id: string; readonly name: string };
  readonly held: readonly NamedView[];
}

/** A time without alerts: for whom, and what it says already. */
export type OffDutyRequest = {
  readonly accountId: AccountId;
  readonly title: string;
  readonly rule?: OffDutyRule;
  readonly replaces?: number;
} & (
  | { readonly kind: 'add'; readonly users: readonly string[] }
  | { readonly kind: 'change'; readonly user: string; readonly period: string; readonly before: OffDutyRule }
  | { readonly kind: 'group'; readonly group: string }
  /** Everybody who is selected in a list, of any account. */
  | { readonly kind: 'many'; readonly list: ListRequest; readonly selection: Selection; readonly ondone: () => void }
);

/** What somebody may do, in the whole account or with one resource. */
export type RightRequest = {
  readonly accountId: AccountId;
  readonly holder: { readonly kind: GrantHolder; readonly id: string; readonly name: string };
  /** What was given to the holder itself there, in the service's own words. */
  readonly held: readonly string[];
  readonly resource: { readonly kind: ResourceKind; readonly id: string; readonly name: string } | null;
  /** What else gives the holder a right there. */
  readonly others: readonly RightOriginView[];
};

/** Somebody who was invited to an organisation kept by hand, and is a member now. */
export interface JoinedRequest {
  readonly accountId: AccountId;
  readonly invitation: string;
  readonly invitee: string;
}

/** Whom to invite to a group or organisation. */
export interface InviteRequest {
  readonly accountId: AccountId;
  readonly group: { readonly id: string; readonly name: string };
  /** The invitation that is edited again. */
  readonly edit?: Extract<Edit, { kind: 'inviteUser' }>;
  readonly replaces?: number;
}

/** Invitations that are sent again, or made anew. */
export interface AgainRequest {
  readonly kind: 'resend' | 'again';
  readonly title: string;
  readonly list: ListRequest;
  readonly selection: Selection;
  /** Of which accounts they may be. */
  readonly accounts: readonly AccountId[];
  readonly ondone?: () => void;
}

/** What cannot be done here, to be told on demand. */
export interface MissingRequest {
  readonly accountId: AccountId;
  readonly kinds: readonly EditKind[];
}

/** Lines of a plan that a dialog asks for. */
export const drawn = 500;

class Writer {
  write = $state.raw<WriteRequest | null>(null);
  bulk = $state.raw<BulkRequest | null>(null);
  form = $state.raw<FormRequest | null>(null);
  token = $state.raw<TokenRequest | null>(null);
  pick = $state.raw<PickRequest | null>(null);
  invite = $state.raw<InviteRequest | null>(null);
  again = $state.raw<AgainRequest | null>(null);
  roles = $state.raw<RolesRequest | null>(null);
  joined = $state.raw<JoinedRequest | null>(null);
  missing = $state.raw<MissingRequest | null>(null);
  right = $state.raw<RightRequest | null>(null);
  offDuty = $state.raw<OffDutyRequest | null>(null);
  /** A value that is shown once, and waits. */
  secret = $state.raw<{ accountId: AccountId; changeId: number } | null>(null);

  /** Shows what edits would do. */
  propose(request: WriteRequest): void {
    this.write = request;
  }
}

export const writer = new Writer();

/** Whether a plan holds anything to correct. */
export function problemsOf(plan: PlanView): EditProblemsView[] {
  return plan.subjects
    .flatMap(({ lines }) => lines)
    .filter(({ problems }) => problems.length > 0)
    .map(({ index, problems }) => ({ index, problems }));
}
