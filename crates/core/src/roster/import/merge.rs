//! The organisation as it would be. Pure.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::book::{Book, address, new_id};
use super::super::rules;
use super::{Entry, Import};
use crate::api::RosterList;
use crate::model::{FieldPath, RemoteId};
use crate::remote::roster::{self as records, time_text};

/// What a person says of what they pasted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whole {
    /// These are all members.
    pub members: bool,
    /// These are all invitations.
    pub invitations: bool,
}

impl Import {
    /// `book`, the organisation as it is now, with what was read. Who is in no row is gone where the person says that this is
    /// all, and stays otherwise; `former_owner`: what the owner becomes where a row has another one and no row says it.
    pub fn taken(&self, mut book: Book, whole: Whole, former_owner: Option<&RemoteId>) -> Book {
        if let Some(role) = former_owner {
            self.pass_ownership(&mut book, role);
        }
        let mut taken = book.taken();
        let by_email = book.by_email();
        let by_invitee = book.by_invitee();
        let mut seen: BTreeSet<RemoteId> = BTreeSet::new();
        for entry in self.entries.iter().filter(|entry| entry.is_taken()) {
            let key = entry.key();
            let known = match entry.list {
                RosterList::Members => by_email.get(&key).cloned(),
                RosterList::Invitations => by_invitee
                    .get(&key)
                    .filter(|(_, open)| *open || super::is_over(entry))
                    .map(|(id, _)| id.clone()),
            };
            let kind = if entry.list == RosterList::Members { "member" } else { "invitation" };
            let id = known.unwrap_or_else(|| new_id(kind, &entry.email, &taken));
            taken.insert(id.clone());
            seen.insert(id.clone());
            match entry.list {
                RosterList::Members => put_member(&mut book, &id, entry),
                RosterList::Invitations => put_invitation(&mut book, &id, entry),
            }
        }
        if whole.members {
            book.users.retain(|id, _| seen.contains(id));
            book.members.retain(|id, _| seen.contains(id));
        }
        accept_those_of_members(&mut book);
        if whole.invitations {
            // What was accepted, revoked or has expired is not among those that wait, and stays.
            book.invitations.retain(|id, invitation| seen.contains(id) || !is_pending(invitation));
        }
        book
    }
}

fn put_member(book: &mut Book, id: &RemoteId, entry: &Entry) {
    let usual = book.usual_role();
    let user = book.users.entry(id.clone()).or_insert_with(|| json!({ "id": id.as_str() }));
    put(user, "primaryEmail", json!(entry.email));
    let name = entry.name.clone().or_else(|| (user.get("name").is_none()).then(|| entry.email.clone()));
    if let Some(name) = name {
        put(user, "name", json!(name));
    }
    put_date(user, entry);
    let one = rules::has_one_role(book.roster.preset);
    let held = book.members.entry(id.clone()).or_default();
    match &entry.role {
        Some(role) if one => *held = vec![role.clone()],
        Some(role) if !held.contains(role) => held.push(role.clone()),
        None if held.is_empty() => held.extend(usual),
        Some(_) | None => {}
    }
}

fn put_invitation(book: &mut Book, id: &RemoteId, entry: &Entry) {
    let (preset, usual) = (book.roster.preset, book.usual_role().map(|role| book.role_name(&role)));
    let role = entry.role.as_ref().map(|role| book.role_name(role)).or(usual);
    let is_new = !book.invitations.contains_key(id);
    let invitation = book.invitations.entry(id.clone()).or_insert_with(
        || json!({ "id": id.as_str(), "invitee": entry.email, "organizationId": rules::ORGANIZATION }),
    );
    if is_new {
        put(invitation, "roles", json!(role.into_iter().collect::<Vec<_>>()));
    }
    put_date(invitation, entry);
    let expires = entry.date.and_then(|sent| rules::expires(preset, sent));
    if let Some(expires) = expires {
        put(invitation, "expiresAt", json!(time_text(expires)));
    }
    let status = match entry.status {
        // The clock tells it where it is known when it was sent.
        Some(rules::EXPIRED) if expires.is_some() => rules::PENDING,
        Some(status) => status,
        None if is_new => rules::PENDING,
        None => return,
    };
    put(invitation, "status", json!(status));
}

/// Pages have no seconds: a time that is known to the second stays.
fn put_date(record: &mut Value, entry: &Entry) {
    let known = record.get("createdAt").and_then(Value::as_str).and_then(crate::model::Timestamp::parse);
    let known = known.map(crate::model::Timestamp::as_millis);
    if let Some(date) = entry.date.filter(|date| !super::same_minute(Some(date.as_millis()), known)) {
        put(record, "createdAt", json!(time_text(date)));
    }
}

fn put(record: &mut Value, path: &str, value: Value) {
    FieldPath::parse(path).set(record, value);
}

fn is_pending(invitation: &Value) -> bool {
    let status = invitation.get("status").and_then(Value::as_str);
    status.is_some_and(|status| status == rules::PENDING || status == rules::EXPIRED)
}

/// Whoever is a member by now has accepted.
fn accept_those_of_members(book: &mut Book) {
    let by_email = book.by_email();
    for invitation in book.invitations.values_mut() {
        let member = address(invitation, "invitee").and_then(|email| by_email.get(&email));
        if let Some(member) = member.filter(|_| is_pending(invitation)) {
            put(invitation, "status", json!(rules::ACCEPTED));
            put(invitation, "acceptedUserId", json!(member.as_str()));
        }
    }
    debug_assert!(book.invitations.values().all(|invitation| records::invitation(invitation).is_some()));
}
