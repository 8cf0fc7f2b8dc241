//! Lists of API users that a person hands over, where the service does not list them to us. Reading order: `labels` (words),
//! `read` (a text as a table), `row` (a row as an API user), here what becomes of each beside the list that is kept, `view`
//! what a person sees. Pure, but for [`take`].

mod labels;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use rollcall_sheets::read::Separator;
use rusqlite::{Connection, Transaction};

use crate::api::{ApiUserColumn, ApiUserDifferenceView, ApiUserRowState, ApiUsersTakenView, ImportProblem};
use crate::files::Source;
use crate::model::{AccountId, Owners, Timestamp};
use crate::store::StoreError;
use crate::store::imported_api_users::{self as kept, ImportedApiUser};

use read::Table;
use row::{Entry, Reader};

/// What a list is put beside.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The users of the account.
    pub owners: Owners,
    /// Their names, by id.
    pub names: BTreeMap<String, String>,
    /// The list that is kept.
    pub known: Vec<ImportedApiUser>,
    /// What the service listed itself, by name in small letters.
    pub live: BTreeSet<String>,
}

impl Ground {
    /// Of an account, as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        let (owners, names) = kept::owners(conn, account)?;
        Ok(Self { owners, names, known: kept::list(conn, account)?, live: kept::list_live(conn, account)? })
    }
}

/// A list that was handed over.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Name of the file; `None` for a pasted text.
    pub file_name: Option<String>,
    /// What is in it.
    pub source: Arc<Source>,
    /// It was a spreadsheet: how its letters are written is no question.
    pub is_book: bool,
    /// What stands between its cells, where the person said so.
    pub separator: Option<Separator>,
    /// What its columns are, where the person said so.
    pub columns: Option<Vec<ApiUserColumn>>,
}

/// A list beside the one that is kept.
#[derive(Clone, Debug)]
pub struct Import {
    handed: Handed,
    ground: Ground,
    table: Option<Table>,
    problem: Option<ImportProblem>,
    entries: Vec<Entry>,
    /// Those that are kept and stand in no row.
    gone: Vec<ImportedApiUser>,
}

impl Import {
    /// What `handed` would change, as of `at`; days begin in `zone`.
    pub fn new(handed: Handed, ground: Ground, zone: &TimeZone, at: Timestamp) -> Self {
        let (table, problem) = read(&handed, &ground.owners);
        let mut import = Self { handed, ground, table, problem, entries: Vec::new(), gone: Vec::new() };
        if let Some(table) = import.table.as_ref().filter(|_| import.problem.is_none()) {
            let reader = Reader { columns: &table.columns, owners: &import.ground.owners, zone, at };
            import.entries = table.rows.iter().map(|row| reader.read(row)).collect();
            import.compare();
        }
        import
    }

    /// Whether there is anything to keep.
    pub fn has_any(&self) -> bool {
        self.entries.iter().any(Entry::is_taken)
    }

    /// What was handed over.
    pub const fn handed(&self) -> &Handed {
        &self.handed
    }

    fn compare(&mut self) {
        let known: BTreeMap<String, &ImportedApiUser> =
            self.ground.known.iter().map(|one| (one.key(), one)).collect();
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for entry in self.entries.iter_mut().filter(|entry| entry.state != ApiUserRowState::Malformed) {
            let key = entry.found.key();
            if let Some(line) = seen.get(&key) {
                entry.state = ApiUserRowState::Duplicate;
                entry.same_as_line = Some(*line);
                continue;
            }
            seen.insert(key.clone(), entry.line);
            entry.state = match known.get(&key) {
                _ if self.ground.live.contains(&key) => ApiUserRowState::Listed,
                None => ApiUserRowState::New,
                Some(known) => {
                    complete(&mut entry.found, known);
                    if differences(known, &entry.found).is_empty() {
                        ApiUserRowState::Same
                    } else {
                        ApiUserRowState::Changed
                    }
                }
            };
        }
        // A row that cannot be understood still says that its API user is there.
        let said: BTreeSet<String> = self.entries.iter().map(|entry| entry.found.key()).collect();
        let gone = self.ground.known.iter().filter(|one| !one.made_here && !said.contains(&one.key()));
        self.gone = gone.cloned().collect();
    }

    fn known(&self, entry: &Entry) -> Option<&ImportedApiUser> {
        let key = entry.found.key();
        self.ground.known.iter().find(|one| one.key() == key)
    }
}

/// What Rollcall knows itself of one that it made, and no list has to say.
fn complete(found: &mut ImportedApiUser, known: &ImportedApiUser) {
    if !known.made_here {
        return;
    }
    found.made_here = true;
    found.created_at = found.created_at.or(known.created_at);
    if found.description.is_none() {
        found.description.clone_from(&known.description);
    }
    if found.owner.is_none() && found.owner_named.is_none() {
        found.owner.clone_from(&known.owner);
        found.owner_named.clone_from(&known.owner_named);
    }
}

fn read(handed: &Handed, owners: &Owners) -> (Option<Table>, Option<ImportProblem>) {
    if let Some(problem) = handed.source.problem() {
        return (None, Some(problem));
    }
    let text = handed.source.text();
    if text.trim().is_empty() {
        return (None, Some(ImportProblem::Empty));
    }
    let mut table = match Table::read(text, handed.separator, owners) {
        Ok(table) => table,
        Err(problem) => return (None, Some(problem)),
    };
    if let Some(columns) = handed.columns.as_ref().filter(|said| said.len() == table.columns.len()) {
        table.columns.clone_from(columns);
    }
    let problem = if table.rows.is_empty() {
        Some(ImportProblem::NoRows)
    } else if table.has_names() {
        None
    } else {
        Some(ImportProblem::NoColumns)
    };
    (Some(table), problem)
}

/// What is different in `found`, the date of the list aside.
fn differences(known: &ImportedApiUser, found: &ImportedApiUser) -> Vec<ApiUserDifferenceView> {
    let time = |at: Option<Timestamp>| at.map(|at| at.as_millis().to_string());
    let owner = |one: &ImportedApiUser| one.owner_named.clone();
    let view = |column, before, after| ApiUserDifferenceView { column, before, after };
    let mut found_ones = Vec::new();
    if known.owner != found.owner || found.owner.is_none() && owner(known) != owner(found) {
        found_ones.push(view(ApiUserColumn::Operator, owner(known), owner(found)));
    }
    let used = (known.last_used_at, known.last_use_known) != (found.last_used_at, found.last_use_known);
    let values = [
        (ApiUserColumn::Type, known.access_type.clone(), found.access_type.clone()),
        (ApiUserColumn::Created, time(known.created_at), time(found.created_at)),
        (
            ApiUserColumn::Requests,
            known.requests.map(|count| count.to_string()),
            found.requests.map(|count| count.to_string()),
        ),
        (ApiUserColumn::Description, known.description.clone(), found.description.clone()),
    ];
    found_ones.extend(
        values
            .into_iter()
            .filter(|(_, before, after)| before != after)
            .map(|(column, before, after)| view(column, before, after)),
    );
    if used {
        found_ones.push(view(ApiUserColumn::LastUsed, time(known.last_used_at), time(found.last_used_at)));
    }
    found_ones
}

/// Keeps what `import` has in the place of the list that is kept; with `keep_others` what stands in no row stays.
///
/// # Errors
/// Those of the database; nothing is kept then.
pub fn take(
    tx: &Transaction<'_>,
    account: AccountId,
    import: &Import,
    keep_others: bool,
) -> Result<ApiUsersTakenView, StoreError> {
    let mut taken = ApiUsersTakenView { added: 0, changed: 0, removed: 0, total: 0 };
    for entry in import.entries.iter().filter(|entry| entry.is_taken()) {
        kept::put(tx, account, &entry.found)?;
        taken.added += u32::from(entry.state == ApiUserRowState::New);
        taken.changed += u32::from(entry.state == ApiUserRowState::Changed);
    }
    if !keep_others {
        for one in &import.gone {
            taken.removed += u32::from(kept::remove(tx, account, &one.user_name)?);
        }
    }
    taken.total = u32::try_from(kept::list(tx, account)?.len()).unwrap_or(u32::MAX);
    Ok(taken)
}
