//! Who holds a role, by name: users by their place in the users grid, so that only the rows of a page are read; applications
//! and whoever is gone after them, by id.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::holder_kind;
use crate::api::{RoleHolderView, RoleRequest};
use crate::model::{AccountId, HolderKind};
use crate::query::export::Visit;
use crate::query::lists::Listing;
use crate::query::page::count32;
use crate::query::users::{NameOrder, UserIndexCache, UserRowReader};
use crate::store::{Context, StoreError};

/// Both sides of the join are read from indexes alone.
pub(super) const HOLDERS: &str = "SELECT a.holder_id, a.holder_kind, a.group_id, u.id AS user_id
     FROM role_assignments a
     LEFT JOIN users u ON u.account_id = a.account_id AND u.remote_id = a.holder_id
     WHERE a.account_id = :account_id AND a.role_id = :role_id";
pub(super) const APPLICATION: &str =
    "SELECT display_name FROM applications WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const ORGANIZATION: &str =
    "SELECT display_name FROM groups WHERE account_id = :account_id AND remote_id = :remote_id";

const READING: &str = "reading who holds a role";

/// Where a holder belongs: users by their place, all others behind them by id.
type Place = (u32, String, String);

struct Holder {
    user: Option<i64>,
    kind: HolderKind,
}

/// The lines of a role's list of holders, in order.
pub(super) struct Assignments {
    account: AccountId,
    sorted: Vec<(Place, Holder)>,
}

impl Assignments {
    pub fn load(order: &NameOrder, conn: &Connection, request: &RoleRequest) -> Result<Self, StoreError> {
        let account = request.account_id;
        let mut statement = conn.prepare_cached(HOLDERS).context(READING)?;
        let parameters = named_params! { ":account_id": account.0, ":role_id": request.remote_id };
        let mut rows = statement.query(parameters).context(READING)?;
        let mut sorted = Vec::new();
        while let Some(row) = rows.next().context(READING)? {
            let user: Option<i64> = row.get("user_id").context(READING)?;
            let place = user.and_then(|id| order.place(id)).unwrap_or(u32::MAX);
            let kind: String = row.get("holder_kind").context(READING)?;
            let ids = (row.get("holder_id").context(READING)?, row.get("group_id").context(READING)?);
            sorted.push(((place, ids.0, ids.1), Holder { user, kind: holder_kind(&kind)? }));
        }
        sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self { account, sorted })
    }

    pub fn count(&self) -> u32 {
        count32(self.sorted.len())
    }

    pub fn page(
        self,
        conn: &Connection,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<RoleHolderView>, StoreError> {
        let mut page = Vec::new();
        self.each(conn, offset, limit, &mut |holder| {
            page.push(holder);
            Ok(())
        })?;
        Ok(page)
    }

    /// Hands over at most `limit` holders from `offset` on.
    pub fn each(
        self,
        conn: &Connection,
        offset: usize,
        limit: usize,
        visit: Visit<'_, RoleHolderView>,
    ) -> Result<(), StoreError> {
        let mut reader = UserRowReader::new(conn)?;
        for ((_, remote_id, organization), holder) in self.sorted.into_iter().skip(offset).take(limit) {
            let user = holder.user.map(|id| reader.read(id, 0)).transpose()?.flatten();
            let application = match holder.kind {
                HolderKind::Application => name(conn, APPLICATION, self.account, &remote_id)?,
                HolderKind::User => None,
            };
            let dangling = user.is_none() && application.is_none();
            let (email, active) = user.as_ref().map_or((None, None), |row| (row.email.clone(), row.active));
            let display_name = user.map(|row| row.display_name).or(application);
            let organization_name = if organization.is_empty() {
                None
            } else {
                let known = name(conn, ORGANIZATION, self.account, &organization)?;
                Some(known.unwrap_or_else(|| organization.clone()))
            };
            visit(RoleHolderView {
                display_name: display_name.unwrap_or_else(|| remote_id.clone()),
                remote_id,
                kind: holder.kind,
                email,
                active,
                organization_id: (!organization.is_empty()).then_some(organization),
                organization: organization_name,
                dangling,
            })?;
        }
        Ok(())
    }
}

/// Hands over who holds a role, in order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_holder(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &RoleRequest,
    out: &mut dyn Listing<RoleHolderView>,
) -> Result<(), StoreError> {
    let snapshot = cache.current(conn, Some(request.account_id))?.snapshot;
    let assignments = Assignments::load(&snapshot.name_order(), conn, request)?;
    out.begin(assignments.sorted.len());
    assignments.each(conn, 0, usize::MAX, &mut |holder| out.row(holder))
}

fn name(conn: &Connection, sql: &str, account: AccountId, id: &str) -> Result<Option<String>, StoreError> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
            statement.query_row(parameters, |row| row.get(0)).optional()
        })
        .context(READING)
}
