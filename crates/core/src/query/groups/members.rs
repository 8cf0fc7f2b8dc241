//! The members of one group, by name.
//!
//! A group may have everybody in it, so names are not read to sort them: members that are users are sorted by their place
//! in the users grid, and only the rows of the page are read. The few others, groups and edges to users that are gone, are
//! put where their names belong.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::api::{GroupRequest, MemberView};
use crate::model::{AccountId, MemberKind, fold};
use crate::query::depth::roles_of;
use crate::query::export::Visit;
use crate::query::lists::Listing;
use crate::query::page::count32;
use crate::query::roles::powerful;
use crate::query::users::{NameOrder, UserIndexCache, UserRowReader};
use crate::store::{Context, StoreError};

/// Both sides of the join are read from indexes alone.
pub(super) const MEMBERS: &str = "SELECT m.member_id, u.id AS user_id
     FROM memberships m
     LEFT JOIN users u ON u.account_id = m.account_id AND u.remote_id = m.member_id
     WHERE m.account_id = :account_id AND m.group_id = :remote_id";

pub(super) const OTHER: &str = "SELECT m.kind, m.display, g.display_name AS group_name
     FROM memberships m
     LEFT JOIN groups g ON g.account_id = m.account_id AND g.remote_id = m.member_id
     WHERE m.account_id = :account_id AND m.group_id = :remote_id AND m.member_id = :member_id";

/// The history of a member is short, and found by an index; of a group it may be that of everybody.
pub(super) const ADDED: &str = "SELECT max(at) AS at FROM history
     WHERE account_id = :account_id AND member_id = :member_id AND remote_id = :remote_id
       AND subject = 'membership' AND action = 'added'";

/// Of a service without an API it is the person's own word when a member came.
pub(super) const BY_HAND: &str = "SELECT 1 FROM accounts WHERE id = :account_id AND provider = 'roster'";

const READING: &str = "reading the members of a group";

enum Member {
    /// By number in the store.
    User(i64),
    Other(Box<MemberView>),
}

/// The members, by name.
pub(super) struct Members {
    account: AccountId,
    group: String,
    sorted: Vec<(Place, Member)>,
}

/// Where a member belongs. A member that is no user comes before the user whose place it has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    users_before: u32,
    is_user: bool,
    name: Option<(String, String)>,
}

impl Members {
    pub fn load(
        cache: &UserIndexCache,
        conn: &Connection,
        request: &GroupRequest,
    ) -> Result<Self, StoreError> {
        let order = cache.current(conn, Some(request.account_id))?.snapshot.name_order();
        let mut statement = conn.prepare_cached(MEMBERS).context(READING)?;
        let parameters =
            named_params! { ":account_id": request.account_id.0, ":remote_id": request.remote_id };
        let mut rows = statement.query(parameters).context(READING)?;
        let mut sorted = Vec::new();
        while let Some(row) = rows.next().context(READING)? {
            let user: Option<i64> = row.get("user_id").context(READING)?;
            let indexed = user.and_then(|id| Some((id, order.place(id)?)));
            sorted.push(match indexed {
                Some((id, users_before)) => {
                    (Place { users_before, is_user: true, name: None }, Member::User(id))
                }
                None => other(conn, &order, request, row.get("member_id").context(READING)?)?,
            });
        }
        sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self { account: request.account_id, group: request.remote_id.clone(), sorted })
    }

    pub fn count(&self) -> u32 {
        count32(self.sorted.len())
    }

    /// Members that the account does not have any more.
    pub fn dangling(&self) -> u32 {
        let gone = |member: &Member| matches!(member, Member::Other(other) if other.dangling);
        count32(self.sorted.iter().filter(|(_, member)| gone(member)).count())
    }

    pub fn page(self, conn: &Connection, offset: usize, limit: usize) -> Result<Vec<MemberView>, StoreError> {
        let mut page = Vec::new();
        self.each(conn, offset, limit, &mut |member| {
            page.push(member);
            Ok(())
        })?;
        Ok(page)
    }

    /// Hands over at most `limit` members from `offset` on.
    pub fn each(
        self,
        conn: &Connection,
        offset: usize,
        limit: usize,
        visit: Visit<'_, MemberView>,
    ) -> Result<(), StoreError> {
        let mut reader = UserRowReader::new(conn)?;
        let powerful = powerful(conn, self.account)?;
        let by_hand = conn
            .prepare_cached(BY_HAND)
            .and_then(|mut statement| statement.exists(named_params! { ":account_id": self.account.0 }))
            .context(READING)?;
        for (_, member) in self.sorted.into_iter().skip(offset).take(limit) {
            let member = match member {
                Member::Other(other) => Some(*other),
                Member::User(id) => reader.read(id, 0)?.map(|row| MemberView {
                    remote_id: row.remote_id,
                    kind: MemberKind::User,
                    display_name: row.display_name,
                    email: row.email,
                    active: row.active,
                    dangling: false,
                    roles: Vec::new(),
                    administers: false,
                    added_at: row.created_at.filter(|_| by_hand),
                }),
            };
            if let Some(mut member) = member {
                member.roles = roles_of(conn, self.account, &member.remote_id, &self.group)?;
                member.administers = member.roles.iter().any(|role| powerful.contains(&role.remote_id));
                if !by_hand {
                    member.added_at = added_at(conn, self.account, &self.group, &member.remote_id)?;
                }
                visit(member)?;
            }
        }
        Ok(())
    }
}

/// Hands over all members of a group, by name.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_member(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &GroupRequest,
    out: &mut dyn Listing<MemberView>,
) -> Result<(), StoreError> {
    let members = Members::load(cache, conn, request)?;
    out.begin(members.sorted.len());
    members.each(conn, 0, usize::MAX, &mut |member| out.row(member))
}

/// When a person said that a member of an organisation kept by hand came.
pub(super) const SAID: &str = "SELECT created_at FROM users
     WHERE account_id = :account_id AND remote_id = :member_id
       AND EXISTS (SELECT 1 FROM rosters WHERE rosters.account_id = users.account_id)";

/// When a member came: as a person said, else as our history has it.
fn added_at(
    conn: &Connection,
    account: AccountId,
    group: &str,
    member: &str,
) -> Result<Option<i64>, StoreError> {
    let parameters = named_params! { ":account_id": account.0, ":member_id": member };
    let said: Option<Option<i64>> = conn
        .prepare_cached(SAID)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get("created_at")).optional())
        .context(READING)?;
    if let Some(said) = said {
        return Ok(said);
    }
    let parameters = named_params! { ":account_id": account.0, ":member_id": member, ":remote_id": group };
    conn.prepare_cached(ADDED)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get("at")))
        .context(READING)
}

/// A member that is a group, or nothing the account has.
fn other(
    conn: &Connection,
    order: &NameOrder,
    request: &GroupRequest,
    member_id: String,
) -> Result<(Place, Member), StoreError> {
    let mut statement = conn.prepare_cached(OTHER).context(READING)?;
    let parameters = named_params! {
        ":account_id": request.account_id.0, ":remote_id": request.remote_id, ":member_id": member_id,
    };
    let (kind, display, group): (String, Option<String>, Option<String>) = statement
        .query_row(parameters, |row| Ok((row.get("kind")?, row.get("display")?, row.get("group_name")?)))
        .context(READING)?;
    let dangling = group.is_none();
    let is_group = group.is_some() || kind == MemberKind::Group.as_str();
    let display_name = group.or(display).unwrap_or_else(|| member_id.clone());
    let name = fold(&display_name);
    let users_before = order.names_before(&name);
    let place = Place { users_before, is_user: false, name: Some((name, member_id.clone())) };
    let view = MemberView {
        remote_id: member_id,
        kind: if is_group { MemberKind::Group } else { MemberKind::User },
        display_name,
        email: None,
        active: None,
        dangling,
        roles: Vec::new(),
        administers: false,
        added_at: None,
    };
    Ok((place, Member::Other(Box::new(view))))
}
