//! The tokens that match, counted by owner.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::coverage::coverage;
use super::list::{Asked, by_value};
use super::page::RowReader;
use crate::api::{TokenOwnerColumn, TokenOwnerRow, TokenOwnersRequest, TokenOwnersView};
use crate::model::{Timestamp, TokenState};
use crate::query::page::{clamp, count32};
use crate::query::users::UserIndexCache;
use crate::store::StoreError;

/// What is counted of one owner.
struct Tally {
    /// A token of it, by which it is read.
    at: (u16, u32),
    tokens: u32,
    expired: u32,
    expiring: u32,
    never_expires: u32,
    next_expiry_at: Option<i64>,
    last_used_at: Option<i64>,
    last_use_known: bool,
}

/// A page of owners as of `now`.
///
/// # Errors
/// When the store cannot be read.
pub fn query_token_owners(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &TokenOwnersRequest,
    now: Timestamp,
) -> Result<TokenOwnersView, StoreError> {
    let asked = Asked::open(cache, conn, request.filter.account_id)?;
    let listed = asked.listed(cache, &request.filter, None, now, request.offset > 0);
    let mut tallies = tally(&asked, &listed.tokens, now);
    sort(&asked, &mut tallies, request.sort, request.descending);
    let total = count32(tallies.len());
    let reader = RowReader::new(conn, now);
    let mut rows = Vec::new();
    for tally in tallies.into_iter().skip(request.offset as usize).take(clamp(request.limit) as usize) {
        let Some((account_id, (_, token))) = asked.account(tally.at).zip(asked.find(tally.at)) else {
            continue;
        };
        let Some(row) = reader.read(account_id, token.id)? else { continue };
        rows.push(TokenOwnerRow {
            account_id,
            owner: row.owner,
            tokens: tally.tokens,
            expired: tally.expired,
            expiring: tally.expiring,
            never_expires: tally.never_expires,
            next_expiry_at: tally.next_expiry_at,
            last_used_at: tally.last_used_at,
            last_use_known: tally.last_use_known,
        });
    }
    Ok(TokenOwnersView {
        total,
        revision: asked.current.revision,
        rows,
        counts: listed.counts,
        coverage: coverage(conn, &asked.accounts())?,
    })
}

/// In the order of the list: by name.
fn tally(asked: &Asked, tokens: &[(u16, u32)], now: Timestamp) -> Vec<Tally> {
    let mut places: BTreeMap<(u16, u32), usize> = BTreeMap::new();
    let mut tallies: Vec<Tally> = Vec::new();
    for at in tokens {
        let Some((_, token)) = asked.find(*at) else { continue };
        let place = *places.entry((at.0, token.owner)).or_insert_with(|| {
            tallies.push(Tally {
                at: *at,
                tokens: 0,
                expired: 0,
                expiring: 0,
                never_expires: 0,
                next_expiry_at: None,
                last_used_at: None,
                last_use_known: true,
            });
            tallies.len() - 1
        });
        let Some(tally) = tallies.get_mut(place) else { continue };
        tally.tokens += 1;
        match token.state(now) {
            TokenState::Expired => tally.expired += 1,
            TokenState::Expiring => tally.expiring += 1,
            TokenState::NeverExpires => tally.never_expires += 1,
            TokenState::Valid | TokenState::NotReported => {}
        }
        let ahead = token.expires().filter(|at| *at > now.as_millis());
        tally.next_expiry_at = [tally.next_expiry_at, ahead].into_iter().flatten().min();
        tally.last_used_at = tally.last_used_at.max(token.used());
        tally.last_use_known &= !token.use_not_reported();
    }
    tallies
}

fn sort(asked: &Asked, tallies: &mut [Tally], column: TokenOwnerColumn, descending: bool) {
    let number = |tally: &Tally| match column {
        TokenOwnerColumn::Tokens => Some(i64::from(tally.tokens)),
        TokenOwnerColumn::Expired => Some(i64::from(tally.expired)),
        TokenOwnerColumn::Expiring => Some(i64::from(tally.expiring)),
        TokenOwnerColumn::NeverExpires => Some(i64::from(tally.never_expires)),
        TokenOwnerColumn::NextExpiryAt => tally.next_expiry_at,
        TokenOwnerColumn::LastUsedAt => tally.last_used_at,
        TokenOwnerColumn::Owner | TokenOwnerColumn::Account => None,
    };
    match column {
        // They are in the order of the list.
        TokenOwnerColumn::Owner if descending => tallies.reverse(),
        TokenOwnerColumn::Owner => {}
        TokenOwnerColumn::Account => tallies.sort_by(|a, b| {
            by_value(asked.account_name(a.at).as_ref(), asked.account_name(b.at).as_ref(), descending)
        }),
        TokenOwnerColumn::Tokens
        | TokenOwnerColumn::Expired
        | TokenOwnerColumn::Expiring
        | TokenOwnerColumn::NeverExpires
        | TokenOwnerColumn::NextExpiryAt
        | TokenOwnerColumn::LastUsedAt => {
            tallies.sort_by(|a, b| by_value(number(a).as_ref(), number(b).as_ref(), descending));
        }
    }
}
