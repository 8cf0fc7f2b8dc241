//! What could be typed next in a filter: names of fields, and values with the number of users that have them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::Connection;

use super::filter::{Asked, FIELDS, Field, Filter, folded, place, quoted};
use super::page::count32;
use super::tally::{also, tally};
use super::users::{Found, Snapshot, UserIndexCache};
use crate::api::{CompleteFilterRequest, CompletionKind, CompletionView, CompletionsView};
use crate::model::Moment;
use crate::store::StoreError;

/// Completions at most.
const MOST: usize = 12;

/// Ages and days that are offered.
const TIMES: &[&str] = &["today", "<7d", "<30d", ">30d", ">90d", ">1y", "never"];

/// What could be typed at the cursor, values counted over everybody.
///
/// # Errors
/// When the store cannot be read.
pub fn complete_filter(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &CompleteFilterRequest,
    moment: &Moment,
) -> Result<CompletionsView, StoreError> {
    let place = place(&request.text, byte_of(&request.text, request.cursor));
    let (start, end) = place.span.utf16(&request.text);
    let mut view = CompletionsView { start, end, field: None, items: Vec::new() };
    match place.asked {
        Asked::Word(beginning) => match below_custom(&beginning) {
            Some(typed) => {
                let snapshot = cache.current(conn, request.account_id)?.snapshot;
                view.items = custom_keys(conn, &snapshot, typed)?;
            }
            None => view.items = fields(&beginning),
        },
        Asked::Value(field, beginning) => {
            let snapshot = cache.current(conn, request.account_id)?.snapshot;
            let everybody = snapshot.find(conn, &Filter::default())?;
            let name = FIELDS.iter().find(|spec| spec.field == field).map(|spec| spec.name);
            let values = Values { conn, snapshot: &snapshot, everybody: &everybody, moment };
            view.items = values.of(&field, name, &beginning)?;
            view.field = name.map(str::to_owned);
        }
        Asked::Nothing => {}
    }
    view.items.truncate(MOST);
    Ok(view)
}

/// The byte at a UTF-16 place.
fn byte_of(text: &str, cursor: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= cursor as usize {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// Fields that begin with what was typed, then those that contain it.
fn fields(beginning: &str) -> Vec<CompletionView> {
    let typed = beginning.to_lowercase();
    let open = [CUSTOM].into_iter().map(|name| (name, true));
    let known = FIELDS.iter().map(|spec| (spec.name, false));
    let mut found: Vec<(u8, &str, bool)> = known
        .chain(open)
        .filter_map(|(name, open)| {
            let aliases = FIELDS.iter().find(|spec| spec.name == name).map_or(&[][..], |spec| spec.aliases);
            let rank = if name.starts_with(&typed) {
                0
            } else if aliases.iter().any(|alias| alias.starts_with(&typed)) {
                1
            } else if typed.len() > 1 && name.contains(&typed) {
                2
            } else {
                return None;
            };
            Some((rank, name, open))
        })
        .collect();
    found.sort_by_key(|(rank, _, _)| *rank);
    let view = |(_, name, open): (u8, &str, bool)| CompletionView {
        kind: CompletionKind::Field,
        label: name.to_owned(),
        insert: if open { name.to_owned() } else { format!("{name}:") },
        count: None,
    };
    found.into_iter().map(view).collect()
}

const CUSTOM: &str = "custom.";

/// What stands behind `custom.`, in any case.
fn below_custom(beginning: &str) -> Option<&str> {
    let start = beginning.get(..CUSTOM.len())?;
    start.eq_ignore_ascii_case(CUSTOM).then(|| beginning.get(CUSTOM.len()..)).flatten()
}

/// Keys of the services' custom data that begin with what was typed, then those that contain it; the most frequent first.
fn custom_keys(
    conn: &Connection,
    snapshot: &Snapshot,
    typed: &str,
) -> Result<Vec<CompletionView>, StoreError> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for index in snapshot.indexes() {
        for (key, count) in index.custom_keys(conn)?.iter() {
            *seen.entry(key.clone()).or_default() += count;
        }
    }
    let typed = folded(typed);
    let mut keys: Vec<(bool, u32, String)> = seen
        .into_iter()
        .map(|(key, count)| (folded(&key), count, key))
        .filter(|(name, ..)| name.contains(&typed))
        .map(|(name, count, key)| (name.starts_with(&typed), count, key))
        .collect();
    keys.sort_by_key(|(begins, count, _)| Reverse((*begins, *count)));
    let view = |(_, _, key): (bool, u32, String)| CompletionView {
        kind: CompletionKind::Field,
        label: format!("{CUSTOM}{key}"),
        insert: format!("{CUSTOM}{key}:"),
        count: None,
    };
    Ok(keys.into_iter().map(view).collect())
}

struct Values<'a> {
    conn: &'a Connection,
    snapshot: &'a Snapshot,
    everybody: &'a Found,
    moment: &'a Moment,
}

impl Values<'_> {
    fn of(
        &self,
        field: &Field,
        name: Option<&str>,
        beginning: &str,
    ) -> Result<Vec<CompletionView>, StoreError> {
        let typed = folded(beginning);
        let wanted = |value: &str| value.contains(&typed);
        let (tallied, _) = tally(self.conn, self.snapshot, self.everybody, field, wanted, MOST * 8)?;
        let mut values: Vec<CompletionView> = tallied
            .into_iter()
            .map(|value| CompletionView {
                kind: CompletionKind::Value,
                insert: format!("={}", quoted(&value.label)),
                label: value.label,
                count: Some(count32(value.count)),
            })
            .collect();
        values.sort_by_key(|value| !folded(&value.label).starts_with(&typed));
        values.truncate(MOST - 2);
        for keyword in keywords(field) {
            if keyword.trim_start_matches(['<', '>']).starts_with(&typed) {
                values.push(self.keyword(name, keyword)?);
            }
        }
        Ok(values)
    }

    fn keyword(&self, name: Option<&str>, keyword: &str) -> Result<CompletionView, StoreError> {
        let one = name.and_then(|name| Filter::parse(&format!("{name}:{keyword}"), self.moment).ok());
        let count = one.map(|one| also(self.conn, self.snapshot, self.everybody, &one)).transpose()?;
        Ok(CompletionView {
            kind: CompletionKind::Keyword,
            label: keyword.to_owned(),
            insert: keyword.to_owned(),
            count: count.map(count32),
        })
    }
}

/// Words with a meaning of their own.
fn keywords(field: &Field) -> Vec<&'static str> {
    match field {
        Field::Status => vec!["active", "suspended", "none"],
        Field::Factors => vec!["none", "any", "unknown"],
        Field::Invitation => vec!["waiting", "expired", "unknown"],
        Field::Time(_) => TIMES.to_vec(),
        Field::Has => FIELDS.iter().filter(|spec| spec.can_be_missing).map(|spec| spec.name).collect(),
        Field::Named(_) | Field::Organization | Field::Raw(_) | Field::Text(_) => vec!["none", "any"],
        Field::Any | Field::Count(_) | Field::Account | Field::Id => Vec::new(),
    }
}
