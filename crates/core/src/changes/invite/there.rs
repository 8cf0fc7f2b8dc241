//! Whom the mirror has of addresses that are to be invited: members, invitations, users of this account and of others.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::model::{AccountId, RemoteId, Timestamp};
use crate::store::{StoreError, accounts, facts, known};

/// A user by id and name.
pub type Who = (RemoteId, String);

/// Whom the mirror has.
#[derive(Debug, Default)]
pub struct There {
    /// Users of this account by their address.
    users: BTreeMap<String, Vec<Who>>,
    /// Names of other accounts by addresses that they have users of.
    elsewhere: BTreeMap<String, String>,
    /// By group and user.
    members: BTreeSet<(RemoteId, RemoteId)>,
    /// Invitations that can be accepted, by group and address.
    invited: BTreeMap<(RemoteId, String), Vec<RemoteId>>,
}

/// As addresses are compared.
pub fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

impl There {
    /// Looks for `addresses`, which are [`folded`], in `account` with these groups, and in all others.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(
        conn: &Connection,
        account: AccountId,
        groups: &BTreeSet<RemoteId>,
        addresses: &BTreeSet<String>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut there = Self::default();
        if addresses.is_empty() {
            return Ok(there);
        }
        for other in accounts::list(conn)? {
            known::each_address(conn, other.id, &mut |id, name, address| {
                let address = folded(address);
                if !addresses.contains(&address) {
                    return;
                }
                if other.id == account {
                    there.users.entry(address).or_default().push((RemoteId::new(id), name.to_owned()));
                } else {
                    there.elsewhere.entry(address).or_insert_with(|| other.name.clone());
                }
            })?;
        }
        if !there.users.is_empty() {
            for group in groups {
                let members = facts::list_member_ids(conn, account, group)?;
                there.members.extend(members.into_iter().map(|member| (group.clone(), member)));
            }
        }
        known::each_invitation(conn, account, &mut |own| {
            let is_open = own.status == "Pending" && own.expires_at.is_none_or(|end| end > now.as_millis());
            let address = folded(&own.invitee);
            if let Some(group) = own.group_id.filter(|_| is_open && addresses.contains(&address)) {
                let key = (RemoteId::new(group), address);
                there.invited.entry(key).or_default().push(RemoteId::new(own.remote_id));
            }
        })?;
        Ok(there)
    }

    /// The member of `group` who has `address`.
    pub fn member(&self, group: &RemoteId, address: &str) -> Option<&Who> {
        let users = self.users.get(&folded(address))?;
        users.iter().find(|(user, _)| self.members.contains(&(group.clone(), user.clone())))
    }

    /// A user of the account who has `address`.
    pub fn user(&self, address: &str) -> Option<&Who> {
        self.users.get(&folded(address))?.first()
    }

    /// Another account that has a user of `address`.
    pub fn elsewhere(&self, address: &str) -> Option<&str> {
        self.elsewhere.get(&folded(address)).map(String::as_str)
    }

    /// Invitations of `address` to `group` that can still be accepted.
    pub fn invited(&self, group: &RemoteId, address: &str) -> &[RemoteId] {
        self.invited.get(&(group.clone(), folded(address))).map(Vec::as_slice).unwrap_or_default()
    }
}
