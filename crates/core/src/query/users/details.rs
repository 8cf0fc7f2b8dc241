//! What is known of users only in depth: numbers of factors, sessions and identities.

use rusqlite::{Connection, named_params};

use super::relation::USERS;
use crate::model::AccountId;
use crate::query::edges::UserWalk;
use crate::query::filter::CountField;
use crate::store::{Context, StoreError};

const READING: &str = "reading the details of users";

pub(super) const DETAILS: &str = "SELECT user_id, mfa_factors, sessions, identities FROM user_details
     WHERE account_id = :account_id ORDER BY user_id";

/// Not known.
const UNKNOWN: u16 = u16::MAX;

/// Numbers of each row.
#[derive(Debug)]
pub(in crate::query) struct Details {
    factors: Vec<u16>,
    sessions: Vec<u16>,
    identities: Vec<u16>,
}

impl Details {
    pub fn load(conn: &Connection, account: AccountId, ids: &[i64]) -> Result<Self, StoreError> {
        let unknown = || vec![UNKNOWN; ids.len()];
        let mut details = Self { factors: unknown(), sessions: unknown(), identities: unknown() };
        let parameters = named_params! { ":account_id": account.0 };
        let mut users = conn.prepare_cached(USERS).context(READING)?;
        let mut users = UserWalk::start(users.query(parameters).context(READING)?)?;
        let mut statement = conn.prepare_cached(DETAILS).context(READING)?;
        let mut rows = statement.query(parameters).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            let id = row.get_ref("user_id").context(READING)?.as_bytes().unwrap_or_default();
            let Some(user) = users.advance_to(id)?.and_then(|id| ids.binary_search(&id).ok()) else {
                continue;
            };
            for (column, list) in [
                ("mfa_factors", &mut details.factors),
                ("sessions", &mut details.sessions),
                ("identities", &mut details.identities),
            ] {
                let count: Option<i64> = row.get(column).context(READING)?;
                if let (Some(slot), Some(count)) = (list.get_mut(user), count) {
                    *slot = u16::try_from(count).unwrap_or(UNKNOWN - 1).min(UNKNOWN - 1);
                }
            }
        }
        Ok(details)
    }

    /// A number of a row; `None` where it is not known, or is no detail.
    pub fn count(&self, field: CountField, row: usize) -> Option<i64> {
        let list = match field {
            CountField::Factors => &self.factors,
            CountField::Sessions => &self.sessions,
            CountField::Identities => &self.identities,
            CountField::Groups => return None,
        };
        list.get(row).copied().filter(|count| *count != UNKNOWN).map(i64::from)
    }
}
