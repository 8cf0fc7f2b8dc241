//! Organisations kept by hand: what a person says about them, what they cost, and the checklist of what is to be done at the
//! service.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConfirmationRequest, Language, NamedView};
use crate::model::{AccountId, Edit, EditKind, RosterPreset, RosterTerms};

/// The first member.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterOwnerDraft {
    /// Name for showing.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// Keeps an organisation by hand. Nothing is asked of any service, now or later.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateRosterRequest {
    /// What the person calls the account.
    pub name: String,
    /// Whose rules it follows.
    pub preset: RosterPreset,
    /// Name of the organisation; that of the account unless given.
    pub organization: Option<String>,
    /// Roles and rights get their names in this language.
    pub language: Language,
    /// What the service asks and allows.
    pub terms: RosterTerms,
    /// Who owns it.
    pub owner: Option<RosterOwnerDraft>,
    /// The person at this computer is the owner.
    pub owner_is_me: bool,
}

/// A right that roles of an organisation with its own roles can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterRight {
    /// Its id; `None` for a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// Changes what is said about the service. What is `None` stays as it is.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRosterRequest {
    /// The account.
    pub account_id: AccountId,
    /// What the service asks and allows.
    pub terms: Option<RosterTerms>,
    /// The member that the person at this computer is; an empty text for nobody.
    pub me: Option<String>,
    /// All rights that roles can have, where the organisation has its own; one that is left out is taken from every role.
    pub rights: Option<Vec<RosterRight>>,
}

/// What somebody may do in the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RosterAction {
    /// See the list of members.
    SeeMembers,
    /// Invite somebody.
    Invite,
    /// Send an invitation once more.
    Resend,
    /// Take an invitation back.
    Revoke,
    /// Note that an invitation was accepted.
    Accept,
    /// Remove a member.
    Remove,
    /// Give a member another role.
    ChangeRole,
    /// Make another member the owner.
    TransferOwnership,
    /// Change plan and means of payment.
    Subscription,
    /// See invoices.
    Invoices,
    /// Change the settings of the organisation.
    Settings,
}

/// Why something may not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum RosterRefusal {
    /// The role of the person at this computer does not allow it.
    OwnRole {
        /// Name of that role.
        role: String,
    },
    /// It is the owner: nobody has an action on the owner's row.
    Owner,
    /// They have this role already.
    HasRole,
    /// The service has nothing like it.
    NotThere,
}

/// Whether something may be done, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterActionView {
    /// What.
    pub action: RosterAction,
    /// Why not; `None` where it may be done.
    pub refused: Option<RosterRefusal>,
}

/// A role, and how many hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterRoleView {
    /// Its id: `owner`, `administrator` and `member` where the preset has them.
    pub remote_id: String,
    /// Its name.
    pub name: String,
    /// Holders.
    pub members: u32,
    /// Gives power over others.
    pub administers: bool,
    /// Ids of its rights.
    pub rights: Vec<String>,
}

/// Members and invitations in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterCountsView {
    /// Members.
    pub members: u32,
    /// Of these, those who hold a role that gives power over others.
    pub administrators: u32,
    /// Members who came in the last 30 days.
    pub added_lately: u32,
    /// Invitations that can still be accepted.
    pub pending: u32,
    /// Invitations that nobody accepted in time.
    pub expired: u32,
    /// Tokens kept by hand.
    pub tokens: u32,
}

/// What is missing for an amount to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CostUnknown {
    /// The price of the plan was not said.
    PlanPrice,
    /// The price of a member was not said.
    MemberPrice,
    /// What members cost with a plan that is paid by the year is not known: the amount is the plan's alone.
    YearlyMembers,
}

/// What the organisation costs: an estimate without VAT, in whole cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterAmountView {
    /// Active members.
    pub members: u32,
    /// Of these, those who cost something: the owner is in the plan.
    pub billed: u32,
    /// A month; `None` where it is not known.
    #[ts(type = "number | null")]
    pub per_month: Option<i64>,
    /// A year; of a plan that is paid by the year, the plan alone where [`CostUnknown::YearlyMembers`] says so.
    #[ts(type = "number | null")]
    pub per_year: Option<i64>,
    /// What is missing.
    pub unknown: Vec<CostUnknown>,
}

/// What the organisation costs now, and once everything that waits is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterCostView {
    /// Currency: `EUR`.
    pub currency: String,
    /// A member more or less, a month.
    #[ts(type = "number | null")]
    pub member_price: Option<i64>,
    /// The day on which the prices were right: `2025-12-01`.
    pub as_of: Option<String>,
    /// Now.
    pub now: RosterAmountView,
    /// Once everything that waits is done: an invitation costs nothing before it is accepted.
    pub after: RosterAmountView,
    /// Once, beside that, everybody who is or will be invited has come.
    pub with_invited: RosterAmountView,
}

/// Something to do at the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItemView {
    /// The change.
    #[ts(type = "number")]
    pub change_id: i64,
    /// What kind of edit it is.
    pub kind: EditKind,
    /// Since when it waits, milliseconds UTC.
    #[ts(type = "number")]
    pub since: i64,
    /// Whole days since then.
    pub days: u32,
    /// It is not to be ticked as it is: a decision is needed first.
    pub blocked: bool,
    /// It is only kept here: there is nothing to do at the service.
    pub ours: bool,
}

/// An organisation kept by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterView {
    /// The account.
    pub account_id: AccountId,
    /// Whose rules it follows.
    pub preset: RosterPreset,
    /// What the service asks and allows.
    pub terms: RosterTerms,
    /// The organisation.
    pub organization: NamedView,
    /// The member that the person at this computer is.
    pub me: Option<NamedView>,
    /// The role of that member.
    pub my_role: Option<NamedView>,
    /// What that role lets them do, and why not.
    pub actions: Vec<RosterActionView>,
    /// The roles, the mightiest first.
    pub roles: Vec<RosterRoleView>,
    /// All rights that roles can have.
    pub rights: Vec<RosterRight>,
    /// One member holds one role: giving another one takes the former.
    pub one_role: bool,
    /// Days that an invitation is good for; `None` where the service has no rule.
    pub invitation_days: Option<u32>,
    /// Members and invitations in numbers.
    pub counts: RosterCountsView,
    /// What it costs; `None` where no price was said.
    pub cost: Option<RosterCostView>,
    /// What is to be done at the service, the oldest first; at most 500.
    pub checklist: Vec<ChecklistItemView>,
    /// All that is to be done, also what the list does not show.
    pub waiting: u32,
}

/// Names a member.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterMemberRequest {
    /// The account.
    pub account_id: AccountId,
    /// The member.
    pub remote_id: String,
}

/// What may be done with one member, and what their removal would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterMemberView {
    /// The member.
    pub member: NamedView,
    /// Their roles.
    pub roles: Vec<NamedView>,
    /// What may be done with them, and why not.
    pub actions: Vec<RosterActionView>,
    /// Roles that they could be given.
    pub assignable: Vec<NamedView>,
    /// What it costs without them, where prices are known.
    pub cost_without: Option<RosterAmountView>,
    /// The service deletes what they made.
    pub data_lost: bool,
}

/// Notes that changes were carried out at the service.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TickChangesRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which; all that wait unless given.
    #[ts(type = "number[] | null")]
    pub changes: Option<Vec<i64>>,
    /// When, milliseconds UTC; not in the future.
    #[ts(type = "number")]
    pub done_on: i64,
    /// What the former owner is now, where another one was made the owner: a role's id; administrator unless given.
    pub former_owner_role: Option<String>,
    /// Guards that the person confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// Notes edits that were carried out at the service already, without letting them wait.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TickNowRequest {
    /// The account.
    pub account_id: AccountId,
    /// Which.
    pub edits: Vec<Edit>,
    /// When, milliseconds UTC; not in the future.
    #[ts(type = "number")]
    pub done_on: i64,
    /// What the former owner is now, where another one was made the owner: a role's id; administrator unless given.
    pub former_owner_role: Option<String>,
    /// Guards that the person confirmed.
    pub confirmations: Vec<ConfirmationRequest>,
}

/// Whether the page of the service was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageOpenedView {
    /// It was; false where none was said.
    pub opened: bool,
}

/// One line of the sheet on which a reviewer decides about members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewLineView {
    /// The member's id.
    pub remote_id: String,
    /// Name for showing.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Names of their roles.
    pub roles: Vec<String>,
    /// Since when, milliseconds UTC.
    #[ts(type = "number | null")]
    pub since: Option<i64>,
    /// What they cost a month, in whole cents; 0 for the owner, who is in the plan.
    #[ts(type = "number | null")]
    pub per_month: Option<i64>,
    /// Tokens of theirs that are kept.
    pub tokens: u32,
}

/// The sheet on which a reviewer decides about members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewSheetView {
    /// The organisation.
    pub organization: NamedView,
    /// When it was made, milliseconds UTC.
    #[ts(type = "number")]
    pub made_at: i64,
    /// Members, the mightiest role first, then by name; at most 5,000.
    pub lines: Vec<ReviewLineView>,
    /// All members.
    pub members: u32,
    /// What it costs, where a price was said.
    pub cost: Option<RosterCostView>,
}
