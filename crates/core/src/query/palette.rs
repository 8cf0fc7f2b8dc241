//! The command palette: people, groups and roles of all accounts by a few letters, best first.
//!
//! Names that begin with what was typed come first, straight from the order of names; then names with a word that does;
//! then whoever else has it somewhere, in the order of names. Only so many found people are looked at, so that it answers
//! within a frame whatever is typed.

use memchr::memmem::Finder;
use rusqlite::Connection;

use super::applications::names_of;
use super::filter::Relation;
use super::users::{Snapshot, UserIndexCache, UserRowReader, Words};
use crate::api::{PaletteItemView, PaletteRequest, PaletteView};
use crate::model::fold;
use crate::query::page::count32;
use crate::store::StoreError;

/// Of each kind.
const MOST: u32 = 20;
/// Found people whose names are looked at.
const LOOKED_AT: usize = 20_000;

/// What was found.
///
/// # Errors
/// When the store cannot be read.
pub fn search_palette(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &PaletteRequest,
) -> Result<PaletteView, StoreError> {
    let limit = request.limit.min(MOST) as usize;
    let words = Words::parse(&request.text);
    let mut view =
        PaletteView { users: Vec::new(), groups: Vec::new(), roles: Vec::new(), applications: Vec::new() };
    if words.is_empty() {
        return Ok(view);
    }
    let snapshot = cache.current(conn, None)?.snapshot;
    let typed = fold(request.text.trim());
    let fit = Fit::new(&typed);
    let mut reader = UserRowReader::new(conn)?;
    for (id, groups) in snapshot.best(&words, &typed, &fit, limit, LOOKED_AT) {
        view.users.extend(reader.read(id, groups)?);
    }
    let (groups, organizations) = (Relation::Group, Relation::Organization);
    view.groups = named(conn, &snapshot, &[groups, organizations], &words, &fit, limit)?;
    view.applications = applications(conn, &snapshot, &words, &fit, limit)?;
    view.roles = named(conn, &snapshot, &[Relation::Role], &words, &fit, limit)?;
    Ok(view)
}

fn named(
    conn: &Connection,
    snapshot: &Snapshot,
    relations: &[Relation],
    words: &Words,
    fit: &Fit<'_>,
    limit: usize,
) -> Result<Vec<PaletteItemView>, StoreError> {
    let mut found = Vec::new();
    for index in snapshot.indexes() {
        for relation in relations {
            let holders = index.holders(conn, *relation)?;
            for (target, rows) in holders.iter().filter(|(target, _)| words.all_in(target.folded.as_bytes()))
            {
                let item = PaletteItemView {
                    account_id: index.account,
                    remote_id: target.remote_id.to_string(),
                    display_name: target.name.to_string(),
                    users: count32(rows.len()),
                };
                found.push((fit.rank(target.folded.as_bytes()), target.folded.to_string(), item));
            }
        }
    }
    Ok(best_of(found, limit))
}

fn applications(
    conn: &Connection,
    snapshot: &Snapshot,
    words: &Words,
    fit: &Fit<'_>,
    limit: usize,
) -> Result<Vec<PaletteItemView>, StoreError> {
    let mut found = Vec::new();
    for index in snapshot.indexes() {
        for (remote_id, display_name) in names_of(conn, index.account)? {
            let folded = fold(&display_name);
            if words.all_in(folded.as_bytes()) {
                let item = PaletteItemView { account_id: index.account, remote_id, display_name, users: 0 };
                found.push((fit.rank(folded.as_bytes()), folded, item));
            }
        }
    }
    Ok(best_of(found, limit))
}

fn best_of(mut found: Vec<(u8, String, PaletteItemView)>, limit: usize) -> Vec<PaletteItemView> {
    found.sort_by(|(rank, name, item), (other_rank, other_name, other)| {
        (rank, name, item.account_id.0).cmp(&(other_rank, other_name, other.account_id.0))
    });
    found.into_iter().take(limit).map(|(_, _, item)| item).collect()
}

/// How well names fit what was typed.
pub(super) struct Fit<'t> {
    typed: &'t [u8],
    finder: Finder<'t>,
}

impl<'t> Fit<'t> {
    /// Ready to look at many names; `typed` is folded.
    pub fn new(typed: &'t str) -> Self {
        Self { typed: typed.as_bytes(), finder: Finder::new(typed) }
    }

    /// A folded name is what was typed (0), begins with it (1), has a word that does (2), or none of that (3).
    pub fn rank(&self, name: &[u8]) -> u8 {
        if name == self.typed {
            return 0;
        }
        if name.starts_with(self.typed) {
            return 1;
        }
        let begins_word = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| name.get(before));
            before.is_some_and(|before| b" .-_@".contains(before))
        };
        if self.finder.find_iter(name).any(begins_word) { 2 } else { 3 }
    }
}
