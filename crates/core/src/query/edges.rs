//! One walk over the memberships of an account: how many groups each user is in, how many members each group has, and which
//! members the account does not have any more.
//!
//! Users and memberships are both read in the order of the service's ids, from indexes that hold everything needed, and
//! put side by side; looking each member up would cost ten times as much.

use rusqlite::{Connection, Row, Rows, named_params};

use super::groups::GroupIndexBuilder;
use crate::model::AccountId;
use crate::store::{Context, StoreError};

const USERS: &str = "SELECT id, remote_id FROM users WHERE account_id = :account_id ORDER BY remote_id";
const EDGES: &str = "SELECT member_id, group_id FROM memberships
     WHERE account_id = :account_id ORDER BY member_id, group_id";

const READING: &str = "counting memberships";

/// The users in the order of the service's ids, one at a time.
pub(super) struct UserWalk<'stmt> {
    rows: Rows<'stmt>,
    id: i64,
    remote_id: Vec<u8>,
    over: bool,
}

/// Counts the groups of each user of `ids` (in order), and the members of each group of `groups`. A membership of a group
/// that is not there counts for nothing.
pub(super) fn count_edges(
    conn: &Connection,
    account: AccountId,
    ids: &[i64],
    groups: &mut GroupIndexBuilder,
) -> Result<Vec<u32>, StoreError> {
    let parameters = named_params! { ":account_id": account.0 };
    let mut users = conn.prepare_cached(USERS).context(READING)?;
    let mut users = UserWalk::start(users.query(parameters).context(READING)?)?;
    let mut edges = conn.prepare_cached(EDGES).context(READING)?;
    let member = edges.column_index("member_id").context(READING)?;
    let group = edges.column_index("group_id").context(READING)?;
    let mut edges = edges.query(parameters).context(READING)?;
    let mut counts = vec![0_u32; ids.len()];
    while let Some(edge) = edges.next().context(READING)? {
        let (member, group) = (text(edge, member)?, text(edge, group)?);
        let user = users.advance_to(member)?;
        let dangling = user.is_none() && !groups.contains(member);
        if groups.add_member(group, dangling)
            && let Some(row) = user.and_then(|id| ids.binary_search(&id).ok())
            && let Some(count) = counts.get_mut(row)
        {
            *count += 1;
        }
    }
    Ok(counts)
}

fn text<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row [u8], StoreError> {
    Ok(row.get_ref(column).context(READING)?.as_bytes().unwrap_or_default())
}

impl<'stmt> UserWalk<'stmt> {
    /// At the first row of [`USERS`] or the like.
    pub fn start(rows: Rows<'stmt>) -> Result<Self, StoreError> {
        let mut walk = Self { rows, id: 0, remote_id: Vec::new(), over: false };
        walk.step()?;
        Ok(walk)
    }

    fn step(&mut self) -> Result<(), StoreError> {
        match self.rows.next().context(READING)? {
            Some(row) => {
                self.id = row.get("id").context(READING)?;
                self.remote_id.clear();
                self.remote_id.extend_from_slice(
                    row.get_ref("remote_id").context(READING)?.as_bytes().unwrap_or_default(),
                );
            }
            None => self.over = true,
        }
        Ok(())
    }

    /// The user with this id of the service; ids must be asked for in order.
    pub fn advance_to(&mut self, remote_id: &[u8]) -> Result<Option<i64>, StoreError> {
        while !self.over && self.remote_id.as_slice() < remote_id {
            self.step()?;
        }
        Ok((!self.over && self.remote_id == remote_id).then_some(self.id))
    }
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[USERS, EDGES];
