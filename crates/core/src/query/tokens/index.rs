//! The tokens of one account in memory, in the order of the list: by owner's name, then by token's.
//!
//! An account may list a million of them, and each key typed in the search field, each chip and each heading asks for another
//! window of another order: that is answered here, and only the rows of the window are read from the store.

use rusqlite::{Connection, Row, named_params};

use crate::api::{OwnerState, TokenChip};
use crate::model::{
    AccountId, COLUMN_END, HolderKind, LastUse, Timestamp, TokenKind, TokenState, fold, fold_into,
};
use crate::query::page::damaged;
use crate::store::imported_api_users::NOBODY;
use crate::store::{Context, StoreError};

/// Owner by owner, as the index of uniqueness gives them.
pub(super) const TOKENS: &str =
    "SELECT t.id, t.owner_kind, t.owner_id, t.kind, t.type, t.name, t.description, t.created_at, t.expires_at, t.expiry_known,
            t.last_used_at, t.last_use_known, t.requests, t.first_seen_at, t.imported_at, t.owner_named,
            u.display_name AS user_name, u.user_name AS sign_in_name, u.email, u.active,
            p.display_name AS application_name
     FROM tokens t
     LEFT JOIN users u ON t.owner_kind = 'user' AND u.account_id = t.account_id AND u.remote_id = t.owner_id
     LEFT JOIN applications p ON t.owner_kind = 'application' AND p.account_id = t.account_id
                                 AND p.remote_id = t.owner_id
     WHERE t.account_id = :account_id ORDER BY t.owner_kind, t.owner_id, t.kind, t.remote_id";

const READING: &str = "reading the tokens";

/// The tokens of one account.
#[derive(Debug, Default)]
pub struct TokenIndex {
    owners: Vec<Owner>,
    tokens: Vec<Token>,
    /// The service's words for what tokens are for; a handful.
    access_types: Vec<String>,
    /// Folded name and description of every token, one after the other.
    text: String,
}

/// Who owns some of them.
#[derive(Debug)]
pub struct Owner {
    pub kind: HolderKind,
    pub remote_id: String,
    pub state: OwnerState,
    /// Folded name, by which it is sorted.
    pub key: String,
    /// Everything by which it is found, folded.
    pub text: String,
}

/// One token. Where a number may be missing, [`NONE`] stands for it: a million of them are in memory.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub id: i64,
    pub owner: u32,
    pub kind: TokenKind,
    expiry_known: bool,
    last_use_known: bool,
    created: i64,
    expires: i64,
    used: i64,
    requests: i64,
    first_seen: i64,
    imported: i64,
    /// Place among the words; past their end for one without.
    access_type: u16,
    start: u32,
    name_end: u32,
    end: u32,
}

/// No number.
const NONE: i64 = i64::MIN;

const fn number(value: i64) -> Option<i64> {
    if value == NONE { None } else { Some(value) }
}

fn time(value: i64) -> Option<Timestamp> {
    number(value).map(Timestamp::from_millis)
}

impl Token {
    pub fn created(&self) -> Option<i64> {
        number(self.created)
    }

    pub fn expires(&self) -> Option<i64> {
        number(self.expires)
    }

    pub fn used(&self) -> Option<i64> {
        number(self.used)
    }

    pub fn requests(&self) -> Option<i64> {
        number(self.requests)
    }

    pub fn state(&self, now: Timestamp) -> TokenState {
        TokenState::at(time(self.expires), self.expiry_known, now)
    }

    pub fn last_use(&self) -> LastUse {
        let since = time(self.created).unwrap_or(Timestamp::from_millis(self.first_seen));
        LastUse { at: time(self.used), known: self.last_use_known, since, requests: self.requests() }
    }

    /// Nobody can say when it was used.
    pub const fn use_not_reported(&self) -> bool {
        self.used == NONE && !self.last_use_known
    }

    /// The chips that it has, one bit each.
    pub fn chips(&self, owner: OwnerState, now: Timestamp) -> u8 {
        let end = match self.state(now) {
            TokenState::Expired => bit(TokenChip::Expired),
            TokenState::Expiring => bit(TokenChip::Expiring),
            TokenState::NeverExpires => bit(TokenChip::NeverExpires),
            TokenState::Valid | TokenState::NotReported => 0,
        };
        let last = self.last_use();
        // What was imported is known as of its date.
        let now = time(self.imported).map_or(now, |at| at.min(now));
        let idle = [(30, TokenChip::Idle30), (90, TokenChip::Idle90)]
            .into_iter()
            .filter(|(days, _)| last.is_idle(*days, now))
            .fold(0, |bits, (_, chip)| bits | bit(chip));
        let orphaned = match owner {
            OwnerState::Present | OwnerState::Unknown => 0,
            OwnerState::Suspended | OwnerState::Gone => bit(TokenChip::Orphaned),
        };
        end | idle | orphaned
    }
}

/// The bit of a chip.
pub const fn bit(chip: TokenChip) -> u8 {
    1 << chip as u8
}

impl TokenIndex {
    /// Reads the tokens of `account`.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        let mut index = Self::default();
        let mut statement = conn.prepare_cached(TOKENS).context(READING)?;
        let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            index.add(row)?;
        }
        index.arrange();
        Ok(index)
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let owner = self.owner_of(row)?;
        let access_type = self.access_type_of(row)?;
        let kind: String = row.get("kind").context(READING)?;
        let kind = TokenKind::parse(&kind).ok_or_else(|| damaged("the kind of a token"))?;
        let at = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = at(&self.text);
        fold_into(text(row, "name")?.unwrap_or_default(), &mut self.text);
        let name_end = at(&self.text);
        self.text.push(COLUMN_END);
        fold_into(text(row, "description")?.unwrap_or_default(), &mut self.text);
        let read = |column: &str| -> Result<i64, StoreError> {
            Ok(row.get::<_, Option<i64>>(column).context(READING)?.unwrap_or(NONE))
        };
        self.tokens.push(Token {
            id: read("id")?,
            owner,
            kind,
            expiry_known: row.get("expiry_known").context(READING)?,
            last_use_known: row.get("last_use_known").context(READING)?,
            created: read("created_at")?,
            expires: read("expires_at")?,
            used: read("last_used_at")?,
            requests: read("requests")?,
            first_seen: read("first_seen_at")?,
            imported: read("imported_at")?,
            access_type,
            start,
            name_end,
            end: at(&self.text),
        });
        Ok(())
    }

    /// The place of the word of a row, which is kept when it is new.
    fn access_type_of(&mut self, row: &Row<'_>) -> Result<u16, StoreError> {
        let Some(word) = text(row, "type")? else { return Ok(u16::MAX) };
        let known = self.access_types.iter().position(|known| known == word);
        let place = known.unwrap_or_else(|| {
            self.access_types.push(word.to_owned());
            self.access_types.len() - 1
        });
        Ok(u16::try_from(place).unwrap_or(u16::MAX))
    }

    /// The owner of a row: the last one, or a new one.
    fn owner_of(&mut self, row: &Row<'_>) -> Result<u32, StoreError> {
        let kind = text(row, "owner_kind")?.and_then(holder_kind);
        let kind = kind.ok_or_else(|| damaged("the kind of a token's owner"))?;
        let remote_id = text(row, "owner_id")?.unwrap_or_default();
        let last = self.owners.last().filter(|last| last.kind == kind && last.remote_id == remote_id);
        if last.is_none() {
            let name = text(row, "user_name")?.or(text(row, "application_name")?);
            let active: Option<bool> = row.get("active").context(READING)?;
            let state = match (name, active) {
                (None, _) if remote_id.starts_with(NOBODY) && text(row, "owner_named")?.is_some() => {
                    OwnerState::Unknown
                }
                (None, _) => OwnerState::Gone,
                (Some(_), Some(false)) => OwnerState::Suspended,
                (Some(_), _) => OwnerState::Present,
            };
            let key = fold(name.or(text(row, "owner_named")?).unwrap_or(remote_id));
            let mut found_by = key.clone();
            for column in ["sign_in_name", "email", "owner_id"] {
                found_by.push(COLUMN_END);
                fold_into(text(row, column)?.unwrap_or_default(), &mut found_by);
            }
            self.owners.push(Owner { kind, remote_id: remote_id.to_owned(), state, key, text: found_by });
        }
        Ok(u32::try_from(self.owners.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// Puts owners and tokens into the order of the list.
    fn arrange(&mut self) {
        let mut order: Vec<u32> = (0..u32::try_from(self.owners.len()).unwrap_or(u32::MAX)).collect();
        let by_name = |at: &u32| self.owners.get(*at as usize).map(|owner| (&owner.key, &owner.remote_id));
        order.sort_by(|a, b| by_name(a).cmp(&by_name(b)));
        let mut places = vec![0_u32; order.len()];
        for (place, at) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*at as usize) {
                *slot = u32::try_from(place).unwrap_or(u32::MAX);
            }
        }
        let mut owners: Vec<(u32, Owner)> =
            std::iter::zip(places.iter().copied(), std::mem::take(&mut self.owners)).collect();
        owners.sort_unstable_by_key(|(place, _)| *place);
        self.owners = owners.into_iter().map(|(_, owner)| owner).collect();
        let mut tokens = std::mem::take(&mut self.tokens);
        for token in &mut tokens {
            token.owner = places.get(token.owner as usize).copied().unwrap_or(u32::MAX);
        }
        tokens.sort_by(|a, b| {
            a.owner.cmp(&b.owner).then_with(|| self.name(a).cmp(self.name(b))).then(a.id.cmp(&b.id))
        });
        tokens.shrink_to_fit();
        self.tokens = tokens;
        self.text.shrink_to_fit();
    }

    /// All, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All owners, in order.
    pub fn owners(&self) -> &[Owner] {
        &self.owners
    }

    /// Folded name.
    pub fn name(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.name_end as usize).unwrap_or_default()
    }

    /// Folded description; `None` for one without.
    pub fn description(&self, token: &Token) -> Option<&str> {
        let text = self.text.get(token.name_end as usize + 1..token.end as usize)?;
        (!text.is_empty()).then_some(text)
    }

    /// The service's word for what it is for.
    pub fn access_type(&self, token: &Token) -> Option<&str> {
        self.access_types.get(usize::from(token.access_type)).map(String::as_str)
    }

    /// Folded name and description.
    pub fn text(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }
}

fn text<'row>(row: &'row Row<'_>, column: &str) -> Result<Option<&'row str>, StoreError> {
    row.get_ref(column).context(READING)?.as_str_or_null().map_err(|_| damaged("a text of a token"))
}

fn holder_kind(text: &str) -> Option<HolderKind> {
    [HolderKind::User, HolderKind::Application].into_iter().find(|kind| kind.as_str() == text)
}
