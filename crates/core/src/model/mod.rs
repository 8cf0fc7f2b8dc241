//! Plain data of the directory: no I/O, no clock, no randomness.

mod account;
mod account_facts;
mod api_user;
mod application;
mod capabilities;
mod change;
mod credential;
mod details;
mod directory;
mod duty;
mod edit;
mod editable;
mod field_path;
mod field_problem;
mod fold;
mod hash;
mod history;
mod ids;
mod invitation;
mod moment;
mod owners;
mod power;
mod recipient;
mod resource;
mod right;
mod role;
mod roster;
mod search_text;
mod sync_run;
mod timestamp;
mod token_state;

pub use account::{Account, AccountId, Address, AddressError, Authentication, ProviderKind};
pub use account_facts::AccountFacts;
pub use api_user::ApiUser;
pub use application::{Application, Token, TokenKind};
pub use capabilities::{Capabilities, Paging};
pub use change::{
    BlockReason, CallOutcome, Change, ChangeBase, ChangeCall, ChangeState, FieldConflict, Schedule,
    SecretState,
};
pub use credential::{Credential, Secret};
pub use details::{LogEntry, UserDetails};
pub use directory::{Group, GroupKind, MemberKind, Membership, Record, Stream, User};
pub use duty::{
    LocalSeconds, OffDutyPeriod, OffDutyRule, ServiceDaylight, ServiceZone, is_time_zone, local_of_zone,
    union,
};
pub use edit::{Edit, EditKind, FieldEdit, OFF_DUTY, PERMISSIONS, PasswordChoice, TOKEN_DESCRIPTION};
pub use editable::{ACCOUNT_DEFAULT, EditableField, FieldKind, FieldOption, WRITE_ONLY};
pub use field_path::{FieldPath, Step};
pub use field_problem::{FieldProblem, FieldReason};
pub use fold::{fold, fold_into};
pub use hash::ContentHash;
pub use history::{Action, HistoryEntry, Subject};
pub use ids::{ChangeId, RemoteId, RunId};
pub use invitation::{
    Invitation, InvitationMessage, InvitationRules, LINK_EMAIL, LINK_GROUP, LINK_INVITATION,
};
pub use moment::Moment;
pub use owners::{OwnerFound, Owners};
pub use power::{is_ownership, rules_others};
pub use recipient::{Recipient, RecipientKind, RecipientList};
pub use resource::{Grant, GrantHolder, Resource, ResourceKind};
pub use right::{ADMINISTRATOR, INFRA, NEEDED, Right, account_word, rights_on};
pub use role::{
    HolderKind, KEY_SEPARATOR, OrganizationMember, Permission, Role, RoleAssignment, RoleScope, edge_key,
    split_key,
};
pub use roster::{BillingPeriod, Roster, RosterPreset, RosterTerms};
pub use search_text::{COLUMN_END, SEARCH_COLUMNS, search_text};
pub use sync_run::{Counts, Phase, Progress, Proof, RunKind, RunState, ShownBy, SyncIssue, Tally};
pub use timestamp::Timestamp;
pub use token_state::{LastUse, SOON, THRESHOLDS, TokenState, due_notice};
