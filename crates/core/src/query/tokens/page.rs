//! The rows of a page, read from the store by number.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::api::{OwnerState, TokenOwnerView, TokenRow};
use crate::model::{AccountId, HolderKind, LastUse, Timestamp, TokenKind, TokenState};
use crate::query::page::damaged;
use crate::store::imported_api_users::NOBODY;
use crate::store::{Context, StoreError};

pub(super) const ROW: &str =
    "SELECT t.owner_kind, t.owner_id, t.kind, t.remote_id, t.name, t.description, t.type, t.created_at, t.expires_at,
            t.expiry_known, t.last_used_at, t.last_use_known, t.requests, t.first_seen_at,
            t.imported_at, t.made_here, t.owner_named,
            coalesce(u.display_name, p.display_name) AS owner_name, u.email, u.active
     FROM tokens t
     LEFT JOIN users u ON t.owner_kind = 'user' AND u.account_id = t.account_id AND u.remote_id = t.owner_id
     LEFT JOIN applications p ON t.owner_kind = 'application' AND p.account_id = t.account_id
                                 AND p.remote_id = t.owner_id
     WHERE t.id = :id";

/// Reads rows as of a time.
pub struct RowReader<'conn> {
    conn: &'conn Connection,
    now: Timestamp,
}

impl<'conn> RowReader<'conn> {
    pub const fn new(conn: &'conn Connection, now: Timestamp) -> Self {
        Self { conn, now }
    }

    /// The row of token `id`; `None` when it is gone since.
    pub fn read(&self, account: AccountId, id: i64) -> Result<Option<TokenRow>, StoreError> {
        const READING: &str = "reading a token";
        let stored = self
            .conn
            .prepare_cached(ROW)
            .and_then(|mut statement| {
                statement.query_row(named_params! { ":id": id }, Stored::read).optional()
            })
            .context(READING)?;
        stored.map(|stored| stored.into_row(account, self.now)).transpose()
    }
}

/// A stored row, its words still text.
struct Stored {
    kind: String,
    owner_kind: String,
    /// Whether it is there, once the name is known.
    active: Option<bool>,
    named: bool,
    row: TokenRow,
}

impl Stored {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let remote_id: String = row.get("owner_id")?;
        let name: Option<String> = row.get("owner_name")?;
        let said: Option<String> = row.get("owner_named")?;
        Ok(Self {
            kind: row.get("kind")?,
            owner_kind: row.get("owner_kind")?,
            active: row.get("active")?,
            named: name.is_some(),
            row: TokenRow {
                account_id: AccountId(0),
                owner: TokenOwnerView {
                    kind: HolderKind::User,
                    display_name: name.or(said).unwrap_or_else(|| owner_word(&remote_id).to_owned()),
                    remote_id,
                    email: row.get("email")?,
                    state: OwnerState::Present,
                },
                kind: TokenKind::PersonalAccessToken,
                access_type: row.get("type")?,
                remote_id: row.get("remote_id")?,
                name: row.get("name")?,
                description: row.get("description")?,
                created_at: row.get("created_at")?,
                expires_at: row.get("expires_at")?,
                expiry_known: row.get("expiry_known")?,
                last_used_at: row.get("last_used_at")?,
                last_use_known: row.get("last_use_known")?,
                requests: row.get("requests")?,
                state: TokenState::NotReported,
                idle: false,
                first_seen_at: row.get("first_seen_at")?,
                imported_at: row.get("imported_at")?,
                made_here: row.get("made_here")?,
            },
        })
    }

    fn into_row(self, account: AccountId, now: Timestamp) -> Result<TokenRow, StoreError> {
        let mut row = self.row;
        let time = |millis: Option<i64>| millis.map(Timestamp::from_millis);
        row.account_id = account;
        row.kind = TokenKind::parse(&self.kind).ok_or_else(|| damaged("the kind of a token"))?;
        row.owner.kind = if self.owner_kind == HolderKind::User.as_str() {
            HolderKind::User
        } else {
            HolderKind::Application
        };
        row.owner.state = match (self.named, self.active) {
            (false, _) if row.owner.remote_id.starts_with(NOBODY) && row.imported_at.is_some() => {
                OwnerState::Unknown
            }
            (false, _) => OwnerState::Gone,
            (true, Some(false)) => OwnerState::Suspended,
            (true, _) => OwnerState::Present,
        };
        row.state = TokenState::at(time(row.expires_at), row.expiry_known, now);
        let since = Timestamp::from_millis(row.created_at.unwrap_or(row.first_seen_at));
        let (at, known, requests) = (time(row.last_used_at), row.last_use_known, row.requests);
        let last = LastUse { at, known, since, requests };
        let as_of = time(row.imported_at).map_or(now, |at| at.min(now));
        row.idle = last.is_idle(30, as_of);
        Ok(row)
    }
}

/// An id as it is shown: nothing of an owner whom a list does not name.
fn owner_word(remote_id: &str) -> &str {
    remote_id.strip_prefix(NOBODY).unwrap_or(remote_id)
}
