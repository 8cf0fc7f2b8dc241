//! The values of each list by name. The names are part of the interface: files have them, and scripts read those.

use rollcall_sheets::Cell;
use serde::Serialize;

use super::ListRow;
use crate::api::{
    AccessRow, GroupRow, HistoryEntryView, InvitationRow, ListRequest, LogEntryView, MatrixRightView,
    MemberView, NamedView, ReceiptLineView, ResourceRow, ReviewLineView, RoleHolderView, RoleRow, RunView,
    TokenRow, UserRow,
};
use crate::model::{BlockReason, FieldEdit, Tally};

/// A name, and the value of a row of the account of that name.
pub type Field<T> = (&'static str, fn(&T, &str) -> Cell);

/// Users.
pub const USERS: &[Field<UserRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("userName", |row, _| text(&row.user_name)),
    ("email", |row, _| maybe(&row.email)),
    ("active", |row, _| Cell::flag(row.active)),
    ("givenName", |row, _| maybe(&row.given_name)),
    ("familyName", |row, _| maybe(&row.family_name)),
    ("title", |row, _| maybe(&row.title)),
    ("department", |row, _| maybe(&row.department)),
    ("organization", |row, _| maybe(&row.organization)),
    ("employeeNumber", |row, _| maybe(&row.employee_number)),
    ("userType", |row, _| maybe(&row.user_type)),
    ("phone", |row, _| maybe(&row.phone)),
    ("locale", |row, _| maybe(&row.locale)),
    ("externalId", |row, _| maybe(&row.external_id)),
    ("groups", |row, _| Cell::Number(row.groups.into())),
    ("createdAt", |row, _| Cell::time(row.created_at)),
    ("modifiedAt", |row, _| Cell::time(row.modified_at)),
    ("lastSignInAt", |row, _| Cell::time(row.last_sign_in_at)),
    ("neverSignedIn", |row, _| Cell::flag(row.sign_in_known.then_some(row.last_sign_in_at.is_none()))),
    ("invitedUntil", |row, _| Cell::time(row.invited_until)),
];

/// Groups and organisations.
pub const GROUPS: &[Field<GroupRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("members", |row, _| Cell::Number(row.members.into())),
    ("dangling", |row, _| Cell::Number(row.dangling.into())),
    ("invitations", |row, _| Cell::Number(row.invitations.into())),
    ("createdAt", |row, _| Cell::time(row.created_at)),
    ("modifiedAt", |row, _| Cell::time(row.modified_at)),
];

/// Lines of history.
pub const CHANGES: &[Field<HistoryEntryView>] = &[
    ("account", |_, account| account.into()),
    ("at", |row, _| Cell::Time(row.at)),
    ("run", |row, _| Cell::Number(row.run_id)),
    ("subject", |row, _| row.subject.as_str().into()),
    ("action", |row, _| row.action.as_str().into()),
    ("id", |row, _| text(&row.remote_id)),
    ("name", |row, _| text(&row.name)),
    ("memberId", |row, _| maybe(&row.member_id)),
    ("member", |row, _| maybe(&row.member_name)),
    ("field", |row, _| maybe(&row.field)),
    ("before", |row, _| row.before.as_ref().map_or(Cell::Empty, word)),
    ("after", |row, _| row.after.as_ref().map_or(Cell::Empty, word)),
];

const MEMBERS: &[Field<MemberView>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("kind", |row, _| word(&row.kind)),
    ("email", |row, _| maybe(&row.email)),
    ("active", |row, _| Cell::flag(row.active)),
    ("dangling", |row, _| Cell::Flag(row.dangling)),
    ("roles", |row, _| names(&row.roles)),
    ("administers", |row, _| Cell::Flag(row.administers)),
    ("addedAt", |row, _| Cell::time(row.added_at)),
];

const ROLES: &[Field<RoleRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("description", |row, _| maybe(&row.description)),
    ("scope", |row, _| word(&row.scope)),
    ("holderKind", |row, _| word(&row.holder_kind)),
    ("isDefault", |row, _| Cell::flag(row.is_default)),
    ("holders", |row, _| Cell::Number(row.holders.into())),
    ("permissions", |row, _| Cell::Number(row.permissions.into())),
];

const HOLDERS: &[Field<RoleHolderView>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("holderKind", |row, _| word(&row.kind)),
    ("email", |row, _| maybe(&row.email)),
    ("active", |row, _| Cell::flag(row.active)),
    ("dangling", |row, _| Cell::Flag(row.dangling)),
    ("organizationId", |row, _| maybe(&row.organization_id)),
    ("organization", |row, _| maybe(&row.organization)),
];

/// Behind these, `role0` and so on: whether the first asked role allows it.
const RIGHTS: &[Field<MatrixRightView>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.permission.remote_id)),
    ("resource", |row, _| maybe(&row.permission.resource)),
    ("name", |row, _| text(&row.permission.name)),
    ("description", |row, _| maybe(&row.permission.description)),
    ("roles", |row, _| row.roles.join(", ").into()),
];

/// Invitations.
pub const INVITATIONS: &[Field<InvitationRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("invitee", |row, _| text(&row.invitee)),
    ("state", |row, _| word(&row.state)),
    ("status", |row, _| text(&row.status)),
    ("organizationId", |row, _| maybe(&row.organization_id)),
    ("organization", |row, _| maybe(&row.organization)),
    ("inviterId", |row, _| maybe(&row.inviter_id)),
    ("inviter", |row, _| maybe(&row.inviter)),
    ("roles", |row, _| row.roles.join(", ").into()),
    ("createdAt", |row, _| Cell::time(row.created_at)),
    ("expiresAt", |row, _| Cell::time(row.expires_at)),
];

const TOKENS: &[Field<TokenRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("name", |row, _| text(&row.name)),
    ("owner", |row, _| text(&row.owner.display_name)),
    ("ownerId", |row, _| maybe(&row.owner.known_id().map(str::to_owned))),
    ("ownerKind", |row, _| word(&row.owner.kind)),
    ("ownerEmail", |row, _| maybe(&row.owner.email)),
    ("ownerState", |row, _| word(&row.owner.state)),
    ("kind", |row, _| word(&row.kind)),
    ("type", |row, _| maybe(&row.access_type)),
    ("state", |row, _| word(&row.state)),
    ("expiresAt", |row, _| Cell::time(row.expires_at)),
    ("neverExpires", |row, _| Cell::flag(row.expiry_known.then_some(row.expires_at.is_none()))),
    ("lastUsedAt", |row, _| Cell::time(row.last_used_at)),
    ("neverUsed", |row, _| Cell::flag(row.last_use_known.then_some(row.last_used_at.is_none()))),
    ("requests", |row, _| row.requests.map_or(Cell::Empty, Cell::Number)),
    ("createdAt", |row, _| Cell::time(row.created_at)),
    ("description", |row, _| maybe(&row.description)),
    ("importedAt", |row, _| Cell::time(row.imported_at)),
];

const RESOURCES: &[Field<ResourceRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("kind", |row, _| row.kind.as_str().into()),
    ("type", |row, _| maybe(&row.monitor_type)),
    ("mode", |row, _| maybe(&row.mode)),
    ("active", |row, _| Cell::flag(row.active)),
    ("viewData", |row, _| row.view_data.map_or(Cell::Empty, |users| Cell::Number(users.into()))),
    ("view", |row, _| row.view.map_or(Cell::Empty, |users| Cell::Number(users.into()))),
    ("edit", |row, _| row.edit.map_or(Cell::Empty, |users| Cell::Number(users.into()))),
    ("recipients", |row, _| row.recipients.map_or(Cell::Empty, |users| Cell::Number(users.into()))),
];

/// Behind these, `holder0` and so on: how far the first asked group or user goes.
const ACCESS: &[Field<AccessRow>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("displayName", |row, _| text(&row.display_name)),
    ("kind", |row, _| row.kind.as_str().into()),
    ("type", |row, _| maybe(&row.monitor_type)),
    ("mode", |row, _| maybe(&row.mode)),
];

/// The decision is for whoever reviews: nobody has taken it yet.
const REVIEW: &[Field<ReviewLineView>] = &[
    ("account", |_, account| account.into()),
    ("id", |row, _| text(&row.remote_id)),
    ("name", |row, _| text(&row.name)),
    ("email", |row, _| maybe(&row.email)),
    ("roles", |row, _| row.roles.join(", ").into()),
    ("since", |row, _| Cell::time(row.since)),
    ("perMonth", |row, _| row.per_month.map_or(Cell::Empty, Cell::Hundredths)),
    ("tokens", |row, _| Cell::Number(row.tokens.into())),
    ("decision", |_, _| Cell::Empty),
];

const RECEIPT: &[Field<ReceiptLineView>] = &[
    ("account", |_, account| account.into()),
    ("change", |row, _| Cell::Number(row.change_id)),
    ("kind", |row, _| word(&row.kind)),
    ("subject", |row, _| word(&row.subject.kind)),
    ("id", |row, _| maybe(&row.subject.remote_id)),
    ("name", |row, _| text(&row.subject.name)),
    ("targets", |row, _| {
        let names: Vec<&str> = row.targets.iter().map(|target| target.name.as_str()).collect();
        names.join(", ").into()
    }),
    ("item", |row, _| maybe(&row.item)),
    ("fields", |row, _| {
        let one =
            |field: &FieldEdit| format!("{}: {} → {}", field.path, shown(&field.before), shown(&field.after));
        row.fields.iter().map(one).collect::<Vec<_>>().join("\n").into()
    }),
    ("state", |row, _| word(&row.state)),
    ("reason", |row, _| row.blocked.as_ref().map_or(Cell::Empty, |reason| text(kind_of(reason).as_str()))),
    ("sentAt", |row, _| Cell::time(row.calls.last().map(|call| call.sent_at))),
    ("endedAt", |row, _| Cell::time(row.calls.last().and_then(|call| call.ended_at))),
    ("outcome", |row, _| row.calls.last().map_or(Cell::Empty, |call| word(&call.outcome))),
    ("calls", |row, _| Cell::count(row.calls.len() as u64)),
    ("words", |row, _| row.calls.last().map_or(Cell::Empty, |call| maybe(&call.words))),
];

const LOG: &[Field<LogEntryView>] = &[
    ("account", |_, account| account.into()),
    ("at", |row, _| Cell::Time(row.at)),
    ("event", |row, _| text(&row.event)),
    ("succeeded", |row, _| Cell::flag(row.succeeded)),
    ("userId", |row, _| maybe(&row.user_id)),
    ("user", |row, _| maybe(&row.user_name)),
    ("identifier", |row, _| maybe(&row.identifier)),
    ("application", |row, _| maybe(&row.application)),
    ("ip", |row, _| maybe(&row.ip)),
    ("agent", |row, _| maybe(&row.agent)),
    ("error", |row, _| maybe(&row.error)),
];

const RUNS: &[Field<RunView>] = &[
    ("account", |_, account| account.into()),
    ("run", |row, _| Cell::Number(row.id)),
    ("startedAt", |row, _| Cell::Time(row.started_at)),
    ("finishedAt", |row, _| Cell::time(row.finished_at)),
    ("seconds", |row, _| {
        row.finished_at.map_or(Cell::Empty, |at| Cell::Number((at - row.started_at) / 1000))
    }),
    ("state", |row, _| row.state.as_str().into()),
    ("baseline", |row, _| Cell::Flag(row.baseline)),
    ("complete", |row, _| {
        Cell::flag((!row.proofs.is_empty()).then(|| row.proofs.iter().all(|proof| proof.complete)))
    }),
    ("users", |row, _| Cell::count(row.counts.users)),
    ("usersAdded", |row, _| Cell::count(row.counts.users_added)),
    ("usersChanged", |row, _| Cell::count(row.counts.users_changed)),
    ("usersRemoved", |row, _| Cell::count(row.counts.users_removed)),
    ("groups", |row, _| Cell::count(row.counts.groups)),
    ("groupsAdded", |row, _| Cell::count(row.counts.groups_added)),
    ("groupsChanged", |row, _| Cell::count(row.counts.groups_changed)),
    ("groupsRemoved", |row, _| Cell::count(row.counts.groups_removed)),
    ("membershipsAdded", |row, _| Cell::count(row.counts.memberships_added)),
    ("membershipsRemoved", |row, _| Cell::count(row.counts.memberships_removed)),
    ("rolesChanged", |row, _| changed(row.counts.roles)),
    ("roleAssignmentsChanged", |row, _| changed(row.counts.role_assignments)),
    ("issues", |row, _| Cell::count(row.issues)),
    ("errorCode", |row, _| row.error.as_ref().map_or(Cell::Empty, |error| text(&error.code))),
    ("error", |row, _| row.error.as_ref().map_or(Cell::Empty, |error| text(&error.message))),
];

/// The place of a field among those of a list; `None` when the list does not have it.
pub fn field_number(list: &ListRequest, name: &str) -> Option<usize> {
    fn place<T>(fields: &[Field<T>], name: &str) -> Option<usize> {
        fields.iter().position(|(own, _)| *own == name)
    }
    match list {
        ListRequest::Users(_) => place(USERS, name),
        ListRequest::Groups(_) => place(GROUPS, name),
        ListRequest::Members(_) => place(MEMBERS, name),
        ListRequest::Roles(_) => place(ROLES, name),
        ListRequest::Holders(_) => place(HOLDERS, name),
        ListRequest::Matrix(query) => place(RIGHTS, name).or_else(|| {
            let role: usize = name.strip_prefix("role")?.parse().ok()?;
            (role < query.roles.len()).then_some(RIGHTS.len() + role)
        }),
        ListRequest::Tokens(_) => place(TOKENS, name),
        ListRequest::Invitations(_) => place(INVITATIONS, name),
        ListRequest::Log(_) => place(LOG, name),
        ListRequest::History(_) => place(CHANGES, name),
        ListRequest::Runs(_) => place(RUNS, name),
        ListRequest::Resources(_) => place(RESOURCES, name),
        ListRequest::Access(query) => place(ACCESS, name).or_else(|| {
            let holder: usize = name.strip_prefix("holder")?.parse().ok()?;
            (holder < query.holders.len()).then_some(ACCESS.len() + holder)
        }),
        ListRequest::Receipt(_) => place(RECEIPT, name),
        ListRequest::Review(_) => place(REVIEW, name),
    }
}

impl ListRow {
    /// The value of the field at this place; empty where there is none.
    pub fn cell(&self, place: usize, account: &str) -> Cell {
        fn value<T>(fields: &[Field<T>], place: usize, row: &T, account: &str) -> Cell {
            fields.get(place).map_or(Cell::Empty, |(_, value)| value(row, account))
        }
        match self {
            Self::User(row) => value(USERS, place, row, account),
            Self::Group(row) => value(GROUPS, place, row, account),
            Self::Member(_, row) => value(MEMBERS, place, row, account),
            Self::Role(row) => value(ROLES, place, row, account),
            Self::Holder(_, row) => value(HOLDERS, place, row, account),
            Self::Right(_, row) => match place.checked_sub(RIGHTS.len()) {
                Some(role) => Cell::flag(row.allowed.get(role).copied()),
                None => value(RIGHTS, place, row, account),
            },
            Self::Token(row) => value(TOKENS, place, row, account),
            Self::Invitation(row) => value(INVITATIONS, place, row, account),
            Self::Log(row) => value(LOG, place, row, account),
            Self::Change(row) => value(CHANGES, place, row, account),
            Self::Run(row) => value(RUNS, place, row, account),
            Self::Resource(row) => value(RESOURCES, place, row, account),
            Self::Access(row) => match place.checked_sub(ACCESS.len()) {
                Some(holder) => {
                    row.levels.get(holder).copied().flatten().map_or(Cell::Empty, |level| word(&level))
                }
                None => value(ACCESS, place, row, account),
            },
            Self::Receipt(_, row) => value(RECEIPT, place, row, account),
            Self::Review(_, row) => value(REVIEW, place, row, account),
        }
    }
}

fn text(text: &str) -> Cell {
    text.into()
}

fn maybe(text: &Option<String>) -> Cell {
    text.as_deref().map_or(Cell::Empty, Cell::from)
}

fn names(named: &[NamedView]) -> Cell {
    let names: Vec<&str> = named.iter().map(|named| named.display_name.as_str()).collect();
    names.join(", ").into()
}

/// The word that JSON has for a value.
fn word(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text.into(),
        Ok(serde_json::Value::Null) | Err(_) => Cell::Empty,
        Ok(other) => other.to_string().into(),
    }
}

/// A value as a person would write it.
fn shown(value: &serde_json::Value) -> String {
    if value.is_null() {
        return String::new();
    }
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The word for why a change needs a person.
fn kind_of(reason: &BlockReason) -> String {
    let value = serde_json::to_value(reason).unwrap_or_default();
    value.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn changed(tally: Tally) -> Cell {
    Cell::count(tally.added + tally.changed + tally.removed)
}
