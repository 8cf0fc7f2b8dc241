//! One account's groups in memory: names for searching and sorting, and the counts that would cost a walk over all
//! memberships each time.

#[expect(clippy::disallowed_types, reason = "looked up once a membership, never walked")]
use std::collections::HashMap;

use rusqlite::{Connection, named_params};

use crate::model::{AccountId, GroupKind, fold};
use crate::query::page::damaged;
use crate::store::{Context, StoreError};

/// One group.
#[derive(Debug)]
pub(in crate::query) struct IndexedGroup {
    /// Number in the store.
    pub id: i64,
    pub kind: GroupKind,
    /// Folded.
    pub name: Box<str>,
    pub created_at: Option<i64>,
    pub modified_at: Option<i64>,
    pub members: u32,
    /// Members that are neither users nor groups of the account.
    pub dangling: u32,
}

/// One account's groups, by name.
#[derive(Debug, Default)]
pub(in crate::query) struct GroupIndex(Vec<IndexedGroup>);

/// Fills a [`GroupIndex`].
#[expect(clippy::disallowed_types, reason = "see above")]
pub(in crate::query) struct GroupIndexBuilder {
    groups: Vec<IndexedGroup>,
    by_remote_id: HashMap<Box<[u8]>, usize>,
}

pub(super) const GROUPS: &str =
    "SELECT id, remote_id, kind, display_name, created_at, modified_at FROM groups
     WHERE account_id = :account_id";

/// The stored word for a kind.
pub(in crate::query) fn kind_of(text: &str) -> Result<GroupKind, StoreError> {
    [GroupKind::Group, GroupKind::Organization]
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| damaged("the kind of a group"))
}

impl GroupIndexBuilder {
    /// The groups of an account, their members not counted yet.
    #[expect(clippy::disallowed_types, reason = "see above")]
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        let reading = "loading the groups";
        let mut builder = Self { groups: Vec::new(), by_remote_id: HashMap::new() };
        let mut statement = conn.prepare_cached(GROUPS).context(reading)?;
        let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(reading)?;
        while let Some(row) = rows.next().context(reading)? {
            let remote_id: String = row.get("remote_id").context(reading)?;
            let name: String = row.get("display_name").context(reading)?;
            builder.by_remote_id.insert(remote_id.into_bytes().into(), builder.groups.len());
            let kind: String = row.get("kind").context(reading)?;
            builder.groups.push(IndexedGroup {
                kind: kind_of(&kind)?,
                id: row.get("id").context(reading)?,
                name: fold(&name).into(),
                created_at: row.get("created_at").context(reading)?,
                modified_at: row.get("modified_at").context(reading)?,
                members: 0,
                dangling: 0,
            });
        }
        Ok(builder)
    }

    /// Whether there is a group with this id of the service.
    pub fn contains(&self, remote_id: &[u8]) -> bool {
        self.by_remote_id.contains_key(remote_id)
    }

    /// Counts one member; false when there is no such group.
    pub fn add_member(&mut self, remote_id: &[u8], dangling: bool) -> bool {
        let group = self.by_remote_id.get(remote_id).and_then(|at| self.groups.get_mut(*at));
        let Some(group) = group else { return false };
        group.members += 1;
        group.dangling += u32::from(dangling);
        true
    }

    pub fn build(mut self) -> GroupIndex {
        self.groups.sort_unstable_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        self.groups.shrink_to_fit();
        GroupIndex(self.groups)
    }
}

impl GroupIndex {
    /// How many groups.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of a kind, or of all.
    pub fn count(&self, kind: Option<GroupKind>) -> usize {
        self.0.iter().filter(|group| kind.is_none_or(|kind| kind == group.kind)).count()
    }

    /// The groups, by name.
    pub fn iter(&self) -> impl Iterator<Item = &IndexedGroup> {
        self.0.iter()
    }
}
