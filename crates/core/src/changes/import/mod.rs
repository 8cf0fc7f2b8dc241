//! A file of users as a plan. Reading order: `columns` (what a heading means), `row` (a row as a
//! new user), here the file as a whole and which of its rows are ready, `view` what a person sees of it, `keep` the changes.
//!
//! Of each row only its place and what becomes of it is kept; whoever looks at it reads it again. The file's keys (what no
//! two users can both have) are kept as hashes, and the mirror is walked past them, so that memory is bound by the file.

mod columns;
mod keep;
mod row;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{self, Layout, Separator};
use rusqlite::Connection;

use super::parts;
use crate::api::{
    ImportCounts, ImportNote, ImportProblem, ImportRowState, ImportTarget, PlanSubject, RecordView,
};
use crate::model::{
    Account, Capabilities, ChangeId, Edit, EditKind, FieldKind, PasswordChoice, ProviderKind, RemoteId,
    Timestamp,
};
use crate::store::known::{self, KnownUser};
use crate::store::{StoreError, changes as table};

use row::{Key, Roles, RowReader};
use view::shown;

pub use crate::files::{LARGEST, Source, of_separator};

/// First values of a column that are shown.
const SAMPLES: usize = 3;
/// Lines that are read for them where no row can become anything.
const SAMPLED_LINES: u32 = 100;

/// A value of a user, as an edit has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it stands in the record as the service sends it.
    pub path: String,
    /// What was typed, as the service writes it.
    pub value: serde_json::Value,
}

/// What `text` is for the value of users that `word` names, as a heading would; `None` where the account has none.
pub fn value(provider: ProviderKind, capabilities: &Capabilities, word: &str, text: &str) -> Option<Value> {
    let path = columns::path_of(word, capabilities)?;
    let field = capabilities.user_fields.iter().find(|field| field.path == path);
    let (_, value) = row::spelled(provider, field.map_or(FieldKind::Text, |field| field.kind), text.trim());
    Some(Value { path, value })
}

/// What a column becomes that `word` names, as a heading would.
pub fn target(capabilities: &Capabilities, word: &str) -> ImportTarget {
    let guessed = columns::guess(&[word.to_owned()], capabilities).into_iter().next();
    guessed.map_or(ImportTarget::Nothing, |(target, _)| target)
}

/// How a person wants it read; `None` is told from the file.
#[derive(Clone, Debug)]
pub struct Choices {
    /// What stands between cells.
    pub separator: Option<Separator>,
    /// What each column becomes.
    pub columns: Option<Vec<ImportTarget>>,
    /// Whether new users get a password.
    pub password: PasswordChoice,
}

impl Default for Choices {
    fn default() -> Self {
        Self { separator: None, columns: None, password: PasswordChoice::None }
    }
}

/// Where it goes.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The account.
    pub account: Account,
    /// What its service can; `None` before its first sync.
    pub capabilities: Option<Capabilities>,
    /// Name of the file.
    pub file_name: String,
    /// Now.
    pub now: Timestamp,
}

/// What is kept of a row.
#[derive(Clone, Copy, Debug)]
struct Row {
    offset: u32,
    line: u32,
    standing: Standing,
}

/// What becomes of a row, whoever is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// So many changes.
    Ready(u32),
    Malformed,
    NotPossible,
    /// The row at this place has the same person.
    Duplicate(u32),
}

/// Who is there already, of a row.
#[derive(Clone, Debug)]
enum There {
    User(RecordView),
    Waiting(ChangeId),
}

/// A file that was read.
#[derive(Debug)]
pub struct Import {
    ground: Ground,
    source: Arc<Source>,
    choices: Choices,
    layout: Layout,
    targets: Vec<(ImportTarget, Option<ImportNote>)>,
    samples: Vec<Vec<String>>,
    roles: Roles,
    role_names: BTreeMap<RemoteId, String>,
    rows: Vec<Row>,
    keys: BTreeMap<Key, u32>,
    there: BTreeMap<u32, There>,
    problem: Option<ImportProblem>,
}

impl Import {
    /// Reads a file into what it would become.
    ///
    /// # Errors
    /// Those of the database.
    pub fn new(
        conn: &Connection,
        ground: Ground,
        source: Arc<Source>,
        choices: Choices,
    ) -> Result<Self, StoreError> {
        let roles = known::list_user_roles(conn, ground.account.id)?;
        let mut import = Self {
            layout: Layout::of("", choices.separator),
            targets: Vec::new(),
            samples: Vec::new(),
            roles: Roles::new(&roles),
            role_names: roles.into_iter().collect(),
            rows: Vec::new(),
            keys: BTreeMap::new(),
            there: BTreeMap::new(),
            problem: source.problem(),
            ground,
            source,
            choices,
        };
        let source = Arc::clone(&import.source);
        if import.problem.is_none() {
            import.read_headings(source.text());
            import.read_rows(source.text());
        }
        import.there = import.who_is_there(conn)?;
        Ok(import)
    }

    /// The file, for reading it in another way.
    pub const fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Where it goes.
    pub const fn ground(&self) -> &Ground {
        &self.ground
    }

    /// How it was read.
    pub const fn choices(&self) -> &Choices {
        &self.choices
    }

    fn capabilities(&self) -> Option<&Capabilities> {
        let creates = |capabilities: &&Capabilities| capabilities.edits.contains(&EditKind::CreateUser);
        self.ground.capabilities.as_ref().filter(creates)
    }

    fn read_headings(&mut self, text: &str) {
        self.layout = Layout::of(text, self.choices.separator);
        let headings = &self.layout.headings;
        if headings.iter().all(String::is_empty) {
            self.problem = Some(ImportProblem::Empty);
            return;
        }
        let Some(capabilities) = self.capabilities() else {
            self.problem = Some(ImportProblem::CannotCreate);
            return;
        };
        let mut targets = columns::guess(headings, capabilities);
        if let Some(chosen) = &self.choices.columns {
            let can = columns::targets(capabilities);
            // A key of an object of which every key can be written is among no list.
            let is_possible = |target: &ImportTarget| {
                *target == ImportTarget::Nothing
                    || can.contains(target)
                    || targets.iter().any(|(guessed, _)| guessed == target)
            };
            let mut taken: Vec<&ImportTarget> = Vec::new();
            let mut result = Vec::new();
            for target in chosen.iter().take(targets.len()) {
                let repeated = *target != ImportTarget::Nothing && taken.contains(&target);
                result.push(match (is_possible(target), repeated) {
                    (true, false) => (target.clone(), None),
                    (true, true) => (ImportTarget::Nothing, Some(ImportNote::Repeated)),
                    (false, _) => (ImportTarget::Nothing, Some(ImportNote::NotEditable)),
                });
                taken.push(target);
            }
            result.resize(targets.len(), (ImportTarget::Nothing, None));
            targets = result;
        }
        if targets.iter().all(|(target, _)| !matches!(target, ImportTarget::Field { .. })) {
            self.problem = Some(ImportProblem::NoColumns);
        }
        self.targets = targets;
    }

    fn read_rows(&mut self, text: &str) {
        let mut samples = vec![Vec::new(); self.layout.headings.len()];
        let (mut found, mut keys, mut last) = (Vec::new(), BTreeMap::new(), None);
        let targets = self.chosen_targets();
        let reader = self.reader(&targets).filter(|_| self.problem.is_none());
        let mut rows = self.layout.rows(text);
        let mut record = StringRecord::new();
        while let Some(place) = rows.next_into(&mut record) {
            last = Some(place);
            for (samples, cell) in samples.iter_mut().zip(&record) {
                if samples.len() < SAMPLES && !cell.trim().is_empty() {
                    samples.push(shown(cell));
                }
            }
            let Some(reader) = &reader else {
                // The samples are enough to say what is what.
                if place.line > SAMPLED_LINES { break } else { continue }
            };
            let number = u32::try_from(found.len()).unwrap_or(u32::MAX);
            let offset = u32::try_from(place.offset).unwrap_or(u32::MAX);
            let standing = stand(reader, &record, &mut keys, number);
            found.push(Row { offset, line: place.line, standing });
        }
        self.samples = samples;
        match last {
            None if self.problem.is_none() => self.problem = Some(ImportProblem::NoRows),
            Some(place) if self.problem.is_none() && read::is_open(text, place) => {
                self.problem = Some(ImportProblem::OpenQuote { line: place.line });
            }
            _ => (self.rows, self.keys) = (found, keys),
        }
    }

    fn chosen_targets(&self) -> Vec<ImportTarget> {
        self.targets.iter().map(|(target, _)| target.clone()).collect()
    }

    fn reader<'a>(&'a self, targets: &'a [ImportTarget]) -> Option<RowReader<'a>> {
        Some(RowReader {
            provider: self.ground.account.provider,
            capabilities: self.capabilities()?,
            targets,
            id_column: columns::id_column(&self.layout.headings),
            password: self.choices.password,
            roles: &self.roles,
            now: self.ground.now,
        })
    }

    /// The ready rows whose user is there or waits already, as it is now.
    fn who_is_there(&self, conn: &Connection) -> Result<BTreeMap<u32, There>, StoreError> {
        let mut there = BTreeMap::new();
        let targets = self.chosen_targets();
        let Some(reader) = self.reader(&targets).filter(|_| !self.keys.is_empty()) else { return Ok(there) };
        let account = self.ground.account.id;
        for change in table::list_open(conn, account)? {
            if matches!(change.edit, Edit::CreateUser { .. }) {
                let keys = reader.keys(&change.edit);
                for row in keys.iter().filter_map(|key| self.keys.get(key)) {
                    there.insert(*row, There::Waiting(change.id));
                }
            }
        }
        known::each_user(conn, account, &mut |user: KnownUser| {
            let named = [
                (FieldKind::Email, user.email.as_deref()),
                (FieldKind::UserName, Some(user.user_name.as_str())),
                (FieldKind::Phone, user.phone.as_deref()),
            ];
            for (kind, text) in named {
                let key = text.and_then(|text| reader.key(kind, text));
                if let Some(row) = key.and_then(|key| self.keys.get(&key)) {
                    let (remote_id, name) = (Some(user.remote_id.clone()), user.display_name.clone());
                    there.insert(*row, There::User(RecordView { kind: PlanSubject::User, remote_id, name }));
                }
            }
        })?;
        Ok(there)
    }

    fn state(&self, number: u32, row: &Row, there: &BTreeMap<u32, There>) -> ImportRowState {
        match (row.standing, there.get(&number)) {
            (Standing::Ready(_), None) => ImportRowState::Ready,
            (Standing::Ready(_), Some(There::User(_))) => ImportRowState::AlreadyThere,
            (Standing::Ready(_), Some(There::Waiting(_))) => ImportRowState::Waiting,
            (Standing::Malformed, _) => ImportRowState::Malformed,
            (Standing::NotPossible, _) => ImportRowState::NotPossible,
            (Standing::Duplicate(_), _) => ImportRowState::Duplicate,
        }
    }

    fn counts(&self, there: &BTreeMap<u32, There>) -> (ImportCounts, u32) {
        let (mut counts, mut changes) = (ImportCounts::default(), 0_u32);
        for (row, number) in self.rows.iter().zip(0..) {
            counts.rows += 1;
            match self.state(number, row, there) {
                ImportRowState::Ready => {
                    counts.ready += 1;
                    let Standing::Ready(own) = row.standing else { continue };
                    changes = changes.saturating_add(own);
                }
                ImportRowState::Malformed => counts.malformed += 1,
                ImportRowState::Duplicate => counts.duplicate += 1,
                ImportRowState::AlreadyThere => counts.already_there += 1,
                ImportRowState::Waiting => counts.waiting += 1,
                ImportRowState::NotPossible => counts.not_possible += 1,
            }
        }
        (counts, changes)
    }
}

/// What becomes of a row; its keys are noted where it is the first with them.
fn stand(
    reader: &RowReader<'_>,
    record: &StringRecord,
    keys: &mut BTreeMap<Key, u32>,
    number: u32,
) -> Standing {
    let drafted = reader.read(record);
    if drafted.is_not_possible() {
        return Standing::NotPossible;
    }
    if !drafted.issues.is_empty() {
        return Standing::Malformed;
    }
    let own = reader.keys(&drafted.edit);
    if let Some(first) = own.iter().find_map(|key| keys.get(key)) {
        return Standing::Duplicate(*first);
    }
    keys.extend(own.into_iter().map(|key| (key, number)));
    Standing::Ready(drafted.changes())
}
