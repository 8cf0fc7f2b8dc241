//! A new organisation kept by hand, before anybody said who is in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::book::{Book, new_id};
use super::rules;
use crate::api::Language;
use crate::model::{RemoteId, Roster};
use crate::remote::roster as records;

/// What a new organisation has.
#[derive(Clone, Debug)]
pub struct Beginning<'a> {
    /// Its name.
    pub name: &'a str,
    /// Roles and rights are called so.
    pub language: Language,
    /// Name and address of the owner.
    pub owner: Option<(&'a str, &'a str)>,
}

/// The organisation with its roles, and its owner where that is known.
pub fn begin(roster: Roster, beginning: &Beginning<'_>) -> Book {
    let Beginning { name, language, owner } = beginning;
    let preset = roster.preset;
    let roles = rules::roles(preset, *language).into_iter().map(|role| {
        let raw = records::record([
            ("id", Some(json!(role.id))),
            ("name", Some(json!(role.name))),
            ("isDefault", Some(json!(role.is_default))),
        ]);
        (RemoteId::new(role.id), (raw, role.permissions))
    });
    let mut book = Book {
        organization: json!({ "id": rules::ORGANIZATION, "name": name }),
        users: BTreeMap::new(),
        roles: roles.collect(),
        members: BTreeMap::new(),
        invitations: BTreeMap::new(),
        rights: rules::rights(preset, *language),
        roster,
    };
    if let Some((name, email)) = owner {
        let id = new_id("member", email, &BTreeSet::new());
        let user = json!({ "id": id.as_str(), "name": name, "primaryEmail": email });
        book.users.insert(id.clone(), user);
        book.members.insert(id, vec![RemoteId::new(rules::OWNER)]);
    }
    book
}
