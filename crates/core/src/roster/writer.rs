//! [`DirectoryWrite`] over the mirror itself: an edit was carried out by a person, and a tick says when. What is there now is
//! what the mirror has; what is read back is what follows from the edit. Nothing has happened before the transaction that
//! keeps that, so a crash in between costs one more tick.

use async_trait::async_trait;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::after::{After, Ticked};
use super::book::{address, new_id};
use super::rules;
use crate::model::{AccountId, Edit, FieldEdit, FieldPath, PERMISSIONS, RemoteId, Roster, Timestamp};
use crate::remote::{CarriedOut, Current, DirectoryWrite, ReadBack, RemoteError, WriteError};
use crate::store::{Store, StoreError, facts, known, roster_book, rosters};

/// What a person ticked.
#[derive(Clone, Debug)]
pub struct Tick {
    /// When it was done.
    pub done_on: Timestamp,
    /// The role that a former owner has now.
    pub former_owner: Option<RemoteId>,
}

impl Tick {
    /// Done at this moment.
    pub fn now() -> Self {
        Self { done_on: crate::clock::now(), former_owner: None }
    }
}

/// One organisation kept by hand, for applying what was ticked.
pub struct RosterWriter {
    store: Store,
    account: AccountId,
    tick: Tick,
}

impl RosterWriter {
    /// Of `account`.
    pub const fn new(store: Store, account: AccountId, tick: Tick) -> Self {
        Self { store, account, tick }
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection, &Roster) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, RemoteError> {
        let account = self.account;
        let answer = self.store.read(move |conn| {
            let roster = rosters::find(conn, account)?
                .ok_or_else(|| StoreError::Bug("an organisation kept by hand is gone".to_owned()))?;
            question(conn, &roster)
        });
        answer.await.map_err(|error| RemoteError::Unexpected {
            template: "the organisation kept by hand".to_owned(),
            reason: error.to_string(),
        })
    }
}

#[async_trait]
impl DirectoryWrite for RosterWriter {
    async fn current(&self, edit: &Edit) -> Result<Current, RemoteError> {
        let edit = edit.clone();
        let now = self.tick.done_on;
        self.ask(move |conn, roster| current(conn, roster, &edit, now)).await
    }

    async fn carry_out(&self, edit: &Edit, _current: &Current) -> Result<CarriedOut, WriteError> {
        let edit = edit.clone();
        let created = self.ask(move |conn, roster| new_id_of(conn, roster.account, &edit)).await;
        Ok(CarriedOut { created: created.map_err(WriteError::NotSent)?, ..CarriedOut::default() })
    }

    async fn read_back(&self, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
        let (edit, tick, created) = (edit.clone(), self.tick.clone(), done.created.clone());
        self.ask(move |conn, roster| {
            let ticked = Ticked { done_on: tick.done_on, former_owner: tick.former_owner, created };
            After { conn, roster, ticked }.of(&edit)
        })
        .await
    }
}

/// The record `id` of `table`.
pub(super) fn raw(
    conn: &Connection,
    account: AccountId,
    table: &'static str,
    id: &RemoteId,
) -> Result<Option<Value>, StoreError> {
    let found = facts::find_record(conn, account, table, id)?;
    Ok(found.and_then(|(_, raw)| serde_json::from_str(&raw).ok()))
}

fn record(raw: Option<Value>) -> Current {
    raw.map_or(Current::Absent, |raw| Current::Record { raw, version: None })
}

const fn present(is: bool) -> Current {
    if is { Current::Present } else { Current::Absent }
}

fn current(conn: &Connection, roster: &Roster, edit: &Edit, now: Timestamp) -> Result<Current, StoreError> {
    let account = roster.account;
    match edit {
        Edit::CreateUser { fields, .. } => {
            let email = text_of(fields, "primaryEmail").unwrap_or_default();
            Ok(present(find_member(conn, account, email)?.is_some()))
        }
        Edit::UpdateUser { user, .. } => Ok(record(raw(conn, account, "users", user)?)),
        Edit::UpdateGroup { group, .. } => Ok(record(raw(conn, account, "groups", group)?)),
        Edit::UpdateRole { role, .. } | Edit::DeleteRole { role, .. } => {
            let Some(mut found) = raw(conn, account, "roles", role)? else { return Ok(Current::Absent) };
            let allowed = roster_book::list_permissions(conn, account, role)?;
            let ids: Vec<Value> = allowed.iter().map(|right| right.remote_id.as_str().into()).collect();
            FieldPath::parse(PERMISSIONS).set(&mut found, Value::Array(ids));
            Ok(record(Some(found)))
        }
        Edit::CreateRole { fields, .. } => {
            let name = text_of(fields, "name").unwrap_or_default();
            Ok(present(
                known::find_roles(conn, account, name)?
                    .iter()
                    .any(|role| crate::model::fold(&role.display_name) == crate::model::fold(name)),
            ))
        }
        Edit::AssignRole { role, holder, .. } | Edit::UnassignRole { role, holder, .. } => {
            let edges = roster_book::list_edges(conn, account, Some(holder))?;
            Ok(present(edges.iter().any(|edge| edge.roles.contains(role))))
        }
        Edit::RemoveMember { member, .. } => {
            Ok(present(!roster_book::list_edges(conn, account, Some(member))?.is_empty()))
        }
        Edit::InviteUser { invitee, .. } => {
            let open = roster_book::find_open_invitation(conn, account, invitee, now)?;
            if let Some(open) = open {
                return Ok(record(raw(conn, account, "invitations", &open)?));
            }
            Ok(present(find_member(conn, account, invitee)?.is_some()))
        }
        Edit::ResendInvitation { invitation, .. } | Edit::AcceptInvitation { invitation, .. } => {
            let mut found = raw(conn, account, "invitations", invitation)?;
            // One that has expired is sent again, and who accepted late is a member all the same.
            if let Some(found) = &mut found
                && found.get("status").and_then(Value::as_str) == Some(rules::EXPIRED)
            {
                FieldPath::parse("status").set(found, json!(rules::PENDING));
            }
            Ok(record(found))
        }
        Edit::RevokeInvitation { invitation } | Edit::DeleteInvitation { invitation } => {
            Ok(record(raw(conn, account, "invitations", invitation)?))
        }
        Edit::KeepToken { owner, name, .. }
        | Edit::RenameToken { owner, name, .. }
        | Edit::DeleteToken { owner, name } => {
            let tokens = roster_book::list_tokens(conn, account, owner)?;
            Ok(present(tokens.iter().any(|token| token.name == *name)))
        }
        // Not of an organisation that is kept by hand: refused before.
        Edit::SetUserActive { .. }
        | Edit::ResetPassword { .. }
        | Edit::ExpirePassword { .. }
        | Edit::DeleteUser { .. }
        | Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. }
        | Edit::CreateGroup { .. }
        | Edit::DeleteGroup { .. }
        | Edit::AddMember { .. }
        | Edit::CreateToken { .. }
        | Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. }
        | Edit::GiveRight { .. }
        | Edit::TakeRight { .. }
        | Edit::DescribeToken { .. } => Ok(Current::Absent),
    }
}

/// The text that `fields` give the value at `path`.
pub(super) fn text_of<'a>(fields: &'a [FieldEdit], path: &str) -> Option<&'a str> {
    let field = fields.iter().find(|field| field.path == path)?;
    field.after.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The member with this address.
pub(super) fn find_member(
    conn: &Connection,
    account: AccountId,
    email: &str,
) -> Result<Option<RemoteId>, StoreError> {
    let email = email.trim().to_lowercase();
    if email.is_empty() {
        return Ok(None);
    }
    let found = known::find_users(conn, account, &email)?;
    let named = found
        .into_iter()
        .find(|user| user.email.as_deref().map(str::to_lowercase).as_deref() == Some(&email));
    Ok(named.map(|user| RemoteId::new(user.remote_id)))
}

/// The id of what `edit` creates.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named creates nothing")]
fn new_id_of(conn: &Connection, account: AccountId, edit: &Edit) -> Result<Option<RemoteId>, StoreError> {
    let (kind, table, about) = match edit {
        Edit::CreateUser { fields, .. } => {
            ("member", "users", text_of(fields, "primaryEmail").unwrap_or_default().to_owned())
        }
        Edit::CreateRole { fields, .. } => {
            ("role", "roles", text_of(fields, "name").unwrap_or_default().to_owned())
        }
        Edit::InviteUser { invitee, .. } => ("invitation", "invitations", invitee.clone()),
        Edit::AcceptInvitation { invitation, .. } => {
            let found = raw(conn, account, "invitations", invitation)?.unwrap_or_default();
            let invitee = address(&found, "invitee").unwrap_or_default();
            if let Some(known) = find_member(conn, account, &invitee)? {
                return Ok(Some(known));
            }
            ("member", "users", invitee)
        }
        _ => return Ok(None),
    };
    let taken = roster_book::list_raw(conn, account, table)?.into_iter().map(|(id, _)| id).collect();
    Ok(Some(new_id(kind, &about, &taken)))
}
