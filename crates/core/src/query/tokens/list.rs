//! The list of tokens in any order.

use std::cmp::Ordering;
use std::sync::Arc;

use rusqlite::Connection;

use super::cache::{Current, Listed, Question};
use super::coverage::coverage;
use super::index::{Token, TokenIndex};
use super::matching::matched;
use super::page::RowReader;
use crate::api::{TokenColumn, TokenCountsView, TokenFilter, TokenPageView, TokenQueryRequest, TokenRow};
use crate::model::{AccountId, Timestamp};
use crate::query::lists::Listing;
use crate::query::page::{clamp, count32};
use crate::query::users::UserIndexCache;
use crate::store::StoreError;

/// A page of tokens as of `now`.
///
/// # Errors
/// When the store cannot be read.
pub fn query_tokens(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &TokenQueryRequest,
    now: Timestamp,
) -> Result<TokenPageView, StoreError> {
    let asked = Asked::open(cache, conn, request.filter.account_id)?;
    let order = Some((request.sort, request.descending));
    // A first page is of now; the others belong to it.
    let listed = asked.listed(cache, &request.filter, order, now, request.offset > 0);
    let reader = RowReader::new(conn, now);
    let page = listed.tokens.iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    let rows = page.filter_map(|(account, place)| {
        let (account, index) = asked.current.indexes.get(usize::from(*account))?;
        Some((*account, index.tokens().get(*place as usize)?.id))
    });
    Ok(TokenPageView {
        total: count32(listed.tokens.len()),
        all: asked.all(),
        revision: asked.current.revision,
        rows: rows
            .map(|(account, id)| reader.read(account, id))
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?,
        counts: listed.counts,
        coverage: coverage(conn, &asked.accounts())?,
    })
}

/// Hands over the tokens that match as of `now`, in order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub fn each_listed_token(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &TokenQueryRequest,
    now: Timestamp,
    out: &mut dyn Listing<TokenRow>,
) -> Result<(), StoreError> {
    let asked = Asked::open(cache, conn, request.filter.account_id)?;
    let order = Some((request.sort, request.descending));
    let listed = asked.listed(cache, &request.filter, order, now, false);
    out.begin(listed.tokens.len());
    let reader = RowReader::new(conn, now);
    for at in &listed.tokens {
        let (Some(account), Some((_, token))) = (asked.account(*at), asked.find(*at)) else { continue };
        if let Some(row) = reader.read(account, token.id)? {
            out.row(row)?;
        }
    }
    Ok(())
}

/// What the chips of the whole list show.
pub(in crate::query) fn count_tokens(
    cache: &UserIndexCache,
    conn: &Connection,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<TokenCountsView, StoreError> {
    let asked = Asked::open(cache, conn, account)?;
    Ok(matched(&asked.current.indexes, &TokenFilter::default(), now).counts)
}

/// The tokens of the accounts that a question is about.
pub(super) struct Asked {
    pub current: Current,
    /// Folded names of the accounts, in the same order.
    names: Vec<String>,
}

impl Asked {
    pub fn open(
        cache: &UserIndexCache,
        conn: &Connection,
        account: Option<AccountId>,
    ) -> Result<Self, StoreError> {
        let found = cache.revisions(conn, account)?;
        let accounts: Vec<_> = found.iter().map(|(id, _, users)| (*id, *users)).collect();
        let names = found.into_iter().map(|(_, name, _)| name).collect();
        Ok(Self { current: cache.tokens().current(conn, &accounts)?, names })
    }

    pub fn accounts(&self) -> Vec<AccountId> {
        self.current.indexes.iter().map(|(account, _)| *account).collect()
    }

    /// The account of a token.
    pub fn account(&self, (account, _): (u16, u32)) -> Option<AccountId> {
        self.current.indexes.get(usize::from(account)).map(|(account, _)| *account)
    }

    /// The folded name of its account.
    pub fn account_name(&self, (account, _): (u16, u32)) -> Option<&String> {
        self.names.get(usize::from(account))
    }

    /// Tokens, filter aside.
    pub fn all(&self) -> u32 {
        count32(self.current.indexes.iter().map(|(_, index)| index.tokens().len()).sum())
    }

    /// Everything that matches, in order; `again` takes an answer that is there.
    pub fn listed(
        &self,
        cache: &UserIndexCache,
        filter: &TokenFilter,
        order: Option<(TokenColumn, bool)>,
        now: Timestamp,
        again: bool,
    ) -> Arc<Listed> {
        let question = Question { revision: self.current.revision, filter: filter.clone(), order };
        if let Some(kept) = again.then(|| cache.tokens().kept(&question)).flatten() {
            return kept;
        }
        let mut found = matched(&self.current.indexes, filter, now);
        self.sort(&mut found.tokens, order.unwrap_or((TokenColumn::Owner, false)), now);
        let listed = Arc::new(Listed { tokens: found.tokens, counts: found.counts });
        cache.tokens().keep(question, &listed);
        listed
    }

    /// Sorts what is in the order of the indexes.
    fn sort(&self, tokens: &mut Vec<(u16, u32)>, (column, descending): (TokenColumn, bool), now: Timestamp) {
        // Within one account the places are in the order of the list already.
        if column == TokenColumn::Owner && !descending && self.current.indexes.len() < 2 {
            return;
        }
        let text = |(index, token): (&TokenIndex, &Token)| match column {
            TokenColumn::Name => Some(index.name(token).to_owned()),
            TokenColumn::Description => index.description(token).map(str::to_owned),
            TokenColumn::AccessType => index.access_type(token).map(str::to_owned),
            TokenColumn::Owner => index.owners().get(token.owner as usize).map(|owner| owner.key.clone()),
            TokenColumn::Account
            | TokenColumn::Kind
            | TokenColumn::State
            | TokenColumn::ExpiresAt
            | TokenColumn::LastUsedAt
            | TokenColumn::Requests
            | TokenColumn::CreatedAt => None,
        };
        match column {
            TokenColumn::Name | TokenColumn::Description | TokenColumn::AccessType => {
                self.sort_by_key(tokens, descending, |at| self.find(at).and_then(text));
            }
            // Places of owners are in the order of their names.
            TokenColumn::Owner if self.current.indexes.len() < 2 => {
                self.sort_by_key(tokens, descending, |at| self.find(at).map(|(_, token)| token.owner));
            }
            TokenColumn::Owner => self.sort_by_key(tokens, descending, |at| self.find(at).and_then(text)),
            TokenColumn::Account => {
                self.sort_by_key(tokens, descending, |at| self.account_name(at));
            }
            TokenColumn::Kind
            | TokenColumn::State
            | TokenColumn::ExpiresAt
            | TokenColumn::LastUsedAt
            | TokenColumn::Requests
            | TokenColumn::CreatedAt => {
                let number = |token: &Token| match column {
                    TokenColumn::Kind => Some(token.kind as i64),
                    TokenColumn::State => Some(token.state(now) as i64),
                    TokenColumn::ExpiresAt => token.expires(),
                    TokenColumn::LastUsedAt => token.used(),
                    TokenColumn::Requests => token.requests(),
                    TokenColumn::CreatedAt => token.created(),
                    TokenColumn::Name
                    | TokenColumn::Description
                    | TokenColumn::AccessType
                    | TokenColumn::Owner
                    | TokenColumn::Account => None,
                };
                self.sort_by_key(tokens, descending, |at| self.find(at).and_then(|(_, token)| number(token)));
            }
        }
    }

    pub fn find(&self, (account, place): (u16, u32)) -> Option<(&TokenIndex, &Token)> {
        let (_, index) = self.current.indexes.get(usize::from(account))?;
        Some((index.as_ref(), index.tokens().get(place as usize)?))
    }

    /// By key, those without one last; ties as in the list.
    fn sort_by_key<K: Ord>(
        &self,
        tokens: &mut Vec<(u16, u32)>,
        descending: bool,
        key: impl Fn((u16, u32)) -> Option<K>,
    ) {
        let mut keyed: Vec<(Option<K>, (u16, u32))> = tokens.iter().map(|at| (key(*at), *at)).collect();
        keyed.sort_unstable_by(|(a, at), (b, other)| {
            by_value(a.as_ref(), b.as_ref(), descending).then_with(|| self.in_the_list(*at, *other))
        });
        tokens.clear();
        tokens.extend(keyed.into_iter().map(|(_, at)| at));
    }

    /// By owner and name, then by account.
    fn in_the_list(&self, a: (u16, u32), b: (u16, u32)) -> Ordering {
        if a.0 == b.0 {
            return a.1.cmp(&b.1);
        }
        let names = |at| {
            let (index, token) = self.find(at)?;
            Some((&index.owners().get(token.owner as usize)?.key, index.name(token)))
        };
        names(a).cmp(&names(b)).then_with(|| a.cmp(&b))
    }
}

/// What has no value stands last, whichever way round.
pub(super) fn by_value<K: Ord>(a: Option<&K>, b: Option<&K>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
