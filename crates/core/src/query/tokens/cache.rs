//! The tokens in memory, one index an account, and the last answers: pages of one list are asked for one after another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, named_params};

use super::index::TokenIndex;
use crate::api::{TokenColumn, TokenFilter};
use crate::model::AccountId;
use crate::store::{Context, StoreError};

/// Changes with every write to the tokens of an account, whoever wrote.
pub(super) const REVISION: &str = "SELECT revision FROM token_revisions WHERE account_id = :account_id";

/// Answers that are kept.
const KEPT: usize = 3;

/// The tokens in memory.
#[derive(Debug, Default)]
pub struct TokenIndexCache(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Grows whenever an index is built.
    revision: u32,
    accounts: BTreeMap<AccountId, (Version, Arc<TokenIndex>)>,
    kept: Vec<(Question, Arc<Listed>)>,
}

/// What an index was made from: the users of an account as they are known in memory, and its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    users: u32,
    tokens: i64,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of the indexes that answered.
    pub revision: u32,
    pub filter: TokenFilter,
    /// `None` for the list by owner.
    pub order: Option<(TokenColumn, bool)>,
}

/// The answer: every token that matches, in order, by place of its account and its own.
#[derive(Debug)]
pub struct Listed {
    pub tokens: Vec<(u16, u32)>,
    pub counts: crate::api::TokenCountsView,
}

/// The indexes of the asked accounts, and the revision they show.
pub struct Current {
    pub indexes: Vec<(AccountId, Arc<TokenIndex>)>,
    pub revision: u32,
}

impl TokenIndexCache {
    /// The tokens of `accounts`, each with the revision of its users, loaded where they are not. They are loaded one after the
    /// other: whoever asks meanwhile waits for the same.
    pub fn current(&self, conn: &Connection, accounts: &[(AccountId, u32)]) -> Result<Current, StoreError> {
        let mut state = self.state();
        let mut indexes = Vec::with_capacity(accounts.len());
        for (account, users) in accounts {
            let version = Version { users: *users, tokens: revision(conn, *account)? };
            let known = state.accounts.get(account).filter(|(known, _)| *known == version);
            let index = match known {
                Some((_, index)) => Arc::clone(index),
                None => {
                    let index = Arc::new(TokenIndex::load(conn, *account)?);
                    state.revision += 1;
                    state.kept.clear();
                    state.accounts.insert(*account, (version, Arc::clone(&index)));
                    index
                }
            };
            indexes.push((*account, index));
        }
        Ok(Current { indexes, revision: state.revision })
    }

    /// A kept answer.
    pub fn kept(&self, question: &Question) -> Option<Arc<Listed>> {
        self.state().kept.iter().find(|(known, _)| known == question).map(|(_, listed)| Arc::clone(listed))
    }

    /// Keeps an answer for the next pages.
    pub fn keep(&self, question: Question, listed: &Arc<Listed>) {
        let mut state = self.state();
        state.kept.retain(|(known, _)| *known != question);
        if state.kept.len() >= KEPT {
            state.kept.remove(0);
        }
        state.kept.push((question, Arc::clone(listed)));
    }

    /// `account` is gone: frees its memory.
    pub fn forget(&self, account: AccountId) {
        let mut state = self.state();
        state.accounts.remove(&account);
        state.kept.clear();
        state.revision += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn revision(conn: &Connection, account: AccountId) -> Result<i64, StoreError> {
    conn.prepare_cached(REVISION)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0 };
            statement.query_row(parameters, |row| row.get("revision")).optional()
        })
        .map(Option::unwrap_or_default)
        .context("looking for changes of tokens")
}
