//! Who is told of what: recipients of an alert definition, level by level.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KEY_SEPARATOR, RemoteId};

/// What a recipient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RecipientKind {
    /// A user.
    User,
    /// Everybody in a group.
    Group,
    /// An e-mail address of nobody in the account.
    Address,
}

impl RecipientKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Address => "address",
        }
    }

    /// The kind stored under `name`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::User, Self::Group, Self::Address].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One who is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Recipient {
    /// What it is.
    pub kind: RecipientKind,
    /// The service's id; of an address the address.
    pub id: RemoteId,
}

/// One list of recipients that the service showed; an empty one says that nobody is in it, a missing one says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientList {
    /// Of what they are told.
    pub resource: RemoteId,
    /// The level of an alert definition, from 1; 0 where there are none.
    pub level: u8,
    /// Who is in it; unique, sorted.
    pub recipients: Vec<Recipient>,
    /// Resource and level in one text, under which the list is staged and compared.
    pub key: RemoteId,
}

impl RecipientList {
    /// The list of `level` of `resource`.
    pub fn new(resource: RemoteId, level: u8, mut recipients: Vec<Recipient>) -> Self {
        recipients.sort();
        recipients.dedup();
        let key = RemoteId::new(format!("{}{KEY_SEPARATOR}{level}", resource.as_str()));
        Self { resource, level, recipients, key }
    }

    /// Resource and level of the list with this key.
    pub fn parse(key: &RemoteId) -> Option<(RemoteId, u8)> {
        let (resource, level) = key.as_str().rsplit_once(KEY_SEPARATOR)?;
        Some((RemoteId::new(resource), level.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_found_again_by_its_key_and_has_nobody_twice() {
        let one = |kind, id| Recipient { kind, id: RemoteId::new(id) };
        let twice = vec![
            one(RecipientKind::Group, "a"),
            one(RecipientKind::User, "b"),
            one(RecipientKind::Group, "a"),
        ];
        let list = RecipientList::new(RemoteId::new("d"), 2, twice);
        assert_eq!(list.recipients, [one(RecipientKind::User, "b"), one(RecipientKind::Group, "a")]);
        assert_eq!(RecipientList::parse(&list.key), Some((RemoteId::new("d"), 2)));
        assert_eq!(RecipientList::parse(&RemoteId::new("d")), None);
    }
}
