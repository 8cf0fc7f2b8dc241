//! A file of users as a plan. Reading order: `columns` (what a heading means), `row` (a row as a new user), and here the
//! file as a whole: which rows are ready, and the changes that they become.
//!
//! Of each row only its place and what becomes of it is kept; whoever looks at it reads it again. The file's keys (what no
//! two users can both have) are kept as hashes, and the mirror is walked past them, so that memory is bound by the file.

mod columns;
mod row;

use std::collections::BTreeMap;
use std::sync::Arc;

use rollcall_sheets::read::{self, Encoding, Layout, Place, Separator, Text, Unreadable};
use rollcall_sheets::{StringRecord, one_line};
use rusqlite::{Connection, Transaction};

use super::parts;
use super::placeholder::Placeholder;
use crate::api::{
    ImportColumnView, ImportCounts, ImportEncoding, ImportNote, ImportProblem, ImportProposedView,
    ImportRowState, ImportRowView, ImportRowsView, ImportSeparator, ImportTarget, ImportView, PlanSubject,
    RecordView,
};
use crate::model::{
    Account, Capabilities, ChangeBase, ChangeId, Edit, EditKind, FieldKind, HolderKind, PasswordChoice,
    RemoteId, Timestamp,
};
use crate::store::known::{self, KnownUser};
use crate::store::{StoreError, changes as table};

use crate::model::ProviderKind;
use row::{Drafted, Key, Roles, RowReader};

/// Bytes that a file has at most: a million rows and more.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// Rows of a page at most.
const PAGE: usize = 500;
/// Letters of a cell that are shown.
const SHOWN: usize = 200;
/// First values of a column that are shown.
const SAMPLES: usize = 3;
/// Lines that are read for them where no row can become anything.
const SAMPLED_LINES: u32 = 100;

/// A file, as far as it could be read.
#[derive(Debug)]
pub enum Source {
    /// Text.
    Text(Text),
    /// No text, or not as it was read.
    Unreadable(Unreadable, Vec<u8>),
    /// More than [`LARGEST`].
    TooLarge,
    /// The system's words about why it cannot be opened.
    Closed(String),
}

impl Source {
    /// Reads a file, as `encoding` where the person said so.
    pub fn read(bytes: Vec<u8>, encoding: Option<ImportEncoding>) -> Self {
        if bytes.len() as u64 > LARGEST {
            return Self::TooLarge;
        }
        match Text::read(bytes, encoding.map(of_encoding)) {
            Ok(text) => Self::Text(text),
            Err((problem, bytes)) => Self::Unreadable(problem, bytes),
        }
    }

    /// The same file read in another way.
    pub fn read_again(&self, encoding: ImportEncoding) -> Option<Self> {
        match self {
            Self::Text(text) => Some(Self::read(text.bytes().into_owned(), Some(encoding))),
            Self::Unreadable(_, bytes) => Some(Self::read(bytes.clone(), Some(encoding))),
            Self::TooLarge | Self::Closed(_) => None,
        }
    }
}

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
            problem: problem_of(&source),
            ground,
            source,
            choices,
        };
        let source = Arc::clone(&import.source);
        if let Source::Text(text) = source.as_ref() {
            import.read_headings(text.text());
            import.read_rows(text.text());
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

    fn text(&self) -> &str {
        match self.source.as_ref() {
            Source::Text(text) => text.text(),
            Source::Unreadable(..) | Source::TooLarge | Source::Closed(_) => "",
        }
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

    /// What it would become.
    pub fn view(&self, import_id: u32) -> ImportView {
        let (encoding, account) = (self.encoding(), &self.ground.account);
        let (counts, changes) = self.counts(&self.there);
        let capabilities = self.capabilities();
        let columns = self.layout.headings.iter().enumerate().map(|(column, heading)| {
            let (target, note) = self.targets.get(column).cloned().unwrap_or((ImportTarget::Nothing, None));
            let samples = self.samples.get(column).cloned().unwrap_or_default();
            ImportColumnView { heading: shown(heading), target, note, samples }
        });
        ImportView {
            import_id,
            account_id: account.id,
            account_name: account.name.clone(),
            sample: account.sample,
            file_name: self.ground.file_name.clone(),
            encoding,
            separator: to_separator(self.layout.separator),
            problem: self.problem.clone(),
            columns: columns.collect(),
            targets: capabilities.map(columns::targets).unwrap_or_default(),
            password: self.choices.password,
            can_generate_password: capabilities.is_some_and(|own| own.change_password),
            counts,
            changes,
        }
    }

    fn encoding(&self) -> Option<ImportEncoding> {
        match self.source.as_ref() {
            Source::Text(text) => Some(to_encoding(text.encoding())),
            Source::Unreadable(..) | Source::TooLarge | Source::Closed(_) => None,
        }
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

    /// A page of rows, in the order of the file.
    pub fn rows(&self, state: Option<ImportRowState>, offset: u32, limit: u32) -> ImportRowsView {
        let targets = self.chosen_targets();
        let reader = self.reader(&targets);
        let (mut total, mut rows) = (0_u32, Vec::new());
        for (row, number) in self.rows.iter().zip(0..) {
            if state.is_some_and(|state| self.state(number, row, &self.there) != state) {
                continue;
            }
            if total >= offset && rows.len() < PAGE.min(limit as usize) {
                rows.extend(reader.as_ref().map(|reader| self.row_view(reader, number, row)));
            }
            total += 1;
        }
        ImportRowsView { total, rows }
    }

    fn draft(&self, reader: &RowReader<'_>, row: &Row) -> Drafted {
        let place = Place { offset: row.offset as usize, line: row.line };
        reader.read(&read::row_at(self.text(), self.layout.separator, place))
    }

    fn row_view(&self, reader: &RowReader<'_>, number: u32, row: &Row) -> ImportRowView {
        let drafted = self.draft(reader, row);
        let first = match row.standing {
            Standing::Duplicate(first) => self.rows.get(first as usize).map(|first| first.line),
            Standing::Ready(_) | Standing::Malformed | Standing::NotPossible => None,
        };
        let there = self.there.get(&number);
        ImportRowView {
            line: row.line,
            name: parts::new_name(&drafted.edit).map(shown).unwrap_or_default(),
            cells: drafted.cells.iter().map(|cell| shown(cell)).collect(),
            state: self.state(number, row, &self.there),
            issues: drafted.issues,
            same_as_line: first,
            user: there.and_then(|there| match there {
                There::User(user) => Some(user.clone()),
                There::Waiting(_) => None,
            }),
            change_id: there.and_then(|there| match there {
                There::Waiting(change) => Some(change.0),
                There::User(_) => None,
            }),
        }
    }

    /// Keeps the ready rows as changes. Who came to be there since the file was read is left out.
    ///
    /// # Errors
    /// Those of the database: nothing is kept then.
    pub fn propose(&self, tx: &Transaction<'_>, now: Timestamp) -> Result<ImportProposedView, StoreError> {
        let there = self.who_is_there(tx)?;
        let (counts, _) = self.counts(&there);
        let (mut users, mut changes) = (0, 0);
        let targets = self.chosen_targets();
        let Some(reader) = self.reader(&targets) else {
            return Ok(ImportProposedView { users, changes, counts });
        };
        // One after another: a reader for each row would take longer than everything else.
        let (mut rows, mut record) = (self.layout.rows(self.text()), StringRecord::new());
        for (row, number) in self.rows.iter().zip(0..) {
            if rows.next_into(&mut record).is_none() {
                return Err(StoreError::Bug("a file that has become shorter".to_owned()));
            }
            if self.state(number, row, &there) == ImportRowState::Ready {
                changes += self.keep(tx, reader.read(&record), now)?;
                users += 1;
            }
        }
        Ok(ImportProposedView { users, changes, counts })
    }

    /// A new user is like no other change that waits: there is nothing to put it together with.
    fn keep(&self, tx: &Transaction<'_>, drafted: Drafted, now: Timestamp) -> Result<u32, StoreError> {
        let account = self.ground.account.id;
        let kept = drafted.changes();
        let Drafted { edit, roles, suspended, issues: _, cells: _ } = drafted;
        let created = table::insert(tx, account, &edit, &ChangeBase::default(), now)?;
        let user = Placeholder::Change(created).id();
        for role in roles {
            let names = self.role_names.get_key_value(&role).map(|(id, name)| (id.clone(), name.clone()));
            let base = ChangeBase { names: names.into_iter().collect(), ..ChangeBase::default() };
            let assign =
                Edit::AssignRole { role, holder: user.clone(), holder_kind: HolderKind::User, group: None };
            table::insert(tx, account, &assign, &base, now)?;
        }
        if suspended {
            table::insert(
                tx,
                account,
                &Edit::SetUserActive { user, active: false },
                &ChangeBase::default(),
                now,
            )?;
        }
        Ok(kept)
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

fn problem_of(source: &Source) -> Option<ImportProblem> {
    Some(match source {
        Source::Text(_) => return None,
        Source::TooLarge => {
            ImportProblem::TooLarge { limit: u32::try_from(LARGEST / (1024 * 1024)).unwrap_or(u32::MAX) }
        }
        Source::Closed(words) => ImportProblem::NotOpened { words: words.clone() },
        Source::Unreadable(problem, _) => match problem {
            Unreadable::Spreadsheet => ImportProblem::Spreadsheet,
            Unreadable::Binary { line } => ImportProblem::NotText { line: *line },
            Unreadable::NotUtf8 { line, sample } => {
                ImportProblem::NotUtf8 { line: *line, sample: sample.clone() }
            }
            Unreadable::NotUtf16 { line } => ImportProblem::NotUtf16 { line: *line },
        },
    })
}

fn shown(text: &str) -> String {
    one_line(text).chars().take(SHOWN).collect()
}

const fn of_encoding(encoding: ImportEncoding) -> Encoding {
    match encoding {
        ImportEncoding::Utf8 => Encoding::Utf8,
        ImportEncoding::Utf16Le => Encoding::Utf16Le,
        ImportEncoding::Utf16Be => Encoding::Utf16Be,
        ImportEncoding::Windows1252 => Encoding::Windows1252,
    }
}

const fn to_encoding(encoding: Encoding) -> ImportEncoding {
    match encoding {
        Encoding::Utf8 => ImportEncoding::Utf8,
        Encoding::Utf16Le => ImportEncoding::Utf16Le,
        Encoding::Utf16Be => ImportEncoding::Utf16Be,
        Encoding::Windows1252 => ImportEncoding::Windows1252,
    }
}

/// As the sheets know it.
pub const fn of_separator(separator: ImportSeparator) -> Separator {
    match separator {
        ImportSeparator::Comma => Separator::Comma,
        ImportSeparator::Semicolon => Separator::Semicolon,
        ImportSeparator::Tab => Separator::Tab,
    }
}

const fn to_separator(separator: Separator) -> ImportSeparator {
    match separator {
        Separator::Comma => ImportSeparator::Comma,
        Separator::Semicolon => ImportSeparator::Semicolon,
        Separator::Tab => ImportSeparator::Tab,
    }
}
