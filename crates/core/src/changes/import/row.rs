//! From one row to one new user, and what is wrong with it at its column. Pure.

use std::collections::BTreeMap;

use rollcall_sheets::StringRecord;
use rollcall_sheets::read::{Unguarded, unguarded};
use serde_json::Value;

use crate::api::{ImportIssueView, ImportReason, ImportTarget};
use crate::model::{
    Capabilities, Edit, FieldEdit, FieldKind, FieldReason, PasswordChoice, ProviderKind, RemoteId, Timestamp,
    fold,
};
use crate::remote;

/// What two rows, or a row and a user, cannot both have: a hash of it, so that a large file takes little memory.
pub type Key = [u8; 16];

/// Roles that users can hold, by folded name and by id.
#[derive(Debug, Default)]
pub struct Roles(BTreeMap<String, Vec<RemoteId>>);

impl Roles {
    /// Of these ids and names.
    pub fn new(roles: &[(RemoteId, String)]) -> Self {
        let mut known = Self::default();
        for (id, name) in roles {
            for key in [fold(name.trim()), id.as_str().to_owned()] {
                let ids = known.0.entry(key).or_default();
                if !ids.contains(id) {
                    ids.push(id.clone());
                }
            }
        }
        known
    }

    fn find(&self, name: &str) -> Result<RemoteId, ImportReason> {
        let found = self.0.get(name).or_else(|| self.0.get(&fold(name)));
        match found.map(Vec::as_slice) {
            Some([one]) => Ok(one.clone()),
            Some([_, ..]) => Err(ImportReason::AmbiguousRole { name: name.to_owned() }),
            _ => Err(ImportReason::UnknownRole { name: name.to_owned() }),
        }
    }
}

/// What rows are read with.
pub struct RowReader<'a> {
    /// The kind of service.
    pub provider: ProviderKind,
    /// What it can.
    pub capabilities: &'a Capabilities,
    /// What each column becomes.
    pub targets: &'a [ImportTarget],
    /// The column with the ids of another account.
    pub id_column: Option<usize>,
    /// Whether new users get a password.
    pub password: PasswordChoice,
    /// The roles that there are.
    pub roles: &'a Roles,
    /// Now.
    pub now: Timestamp,
}

/// A row as a new user.
#[derive(Debug)]
pub struct Drafted {
    /// Creates the user.
    pub edit: Edit,
    /// Roles that the user gets.
    pub roles: Vec<RemoteId>,
    /// The user is suspended right away.
    pub suspended: bool,
    /// What is wrong.
    pub issues: Vec<ImportIssueView>,
    /// The values, one a column.
    pub cells: Vec<String>,
}

impl Drafted {
    /// The service or the account lacks something; the row itself is as it should be.
    pub fn is_not_possible(&self) -> bool {
        let lacks = |reason: &ImportReason| match reason {
            ImportReason::UnknownRole { .. } | ImportReason::AmbiguousRole { .. } => true,
            ImportReason::Field { reason, .. } => *reason == FieldReason::NotSupported,
            ImportReason::Formula | ImportReason::SeveralLines | ImportReason::TooManyCells => false,
        };
        self.issues.iter().any(|issue| lacks(&issue.reason))
    }

    /// Changes that it becomes.
    pub fn changes(&self) -> u32 {
        u32::try_from(1 + self.roles.len() + usize::from(self.suspended)).unwrap_or(u32::MAX)
    }
}

impl RowReader<'_> {
    /// Reads a row.
    pub fn read(&self, record: &StringRecord) -> Drafted {
        let mut draft = Draft::default();
        for (column, target) in self.targets.iter().enumerate() {
            let cell = record.get(column).unwrap_or_default();
            let value = self.cell(&mut draft, column, target, cell);
            draft.cells.push(value);
        }
        if let Some(extra) = (self.targets.len()..record.len())
            .find(|column| record.get(*column).is_some_and(|cell| !cell.trim().is_empty()))
        {
            draft.issue(extra, None, ImportReason::TooManyCells);
        }
        self.drop_stand_in(&mut draft);
        let Draft { fields, roles, suspended, mut issues, cells } = draft;
        let edit = Edit::CreateUser { fields, password: self.password };
        let problems = remote::check_edit(self.provider, self.capabilities, &edit, self.now);
        for problem in problems {
            let column = self.column_of(&problem.path);
            // Said already, and better.
            if issues.iter().all(|issue| issue.path.as_ref() != Some(&problem.path)) {
                let reason = ImportReason::Field { reason: problem.reason, limit: problem.limit };
                issues.push(ImportIssueView { column, path: Some(problem.path), reason });
            }
        }
        Drafted { edit, roles, suspended, issues, cells }
    }

    /// What nobody else can have, of a new user.
    pub fn keys(&self, edit: &Edit) -> Vec<Key> {
        let fields = super::super::parts::fields(edit).iter();
        fields.filter_map(|field| self.key(self.kind_of(&field.path)?, field.after.as_str()?)).collect()
    }

    /// Of one value of a user.
    pub fn key(&self, kind: FieldKind, text: &str) -> Option<Key> {
        let unique = remote::unique(self.provider, kind, &remote::spelled(self.provider, kind, text))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[kind as u8]);
        hasher.update(unique.as_bytes());
        let mut key = Key::default();
        hasher.finalize_xof().fill(&mut key);
        Some(key)
    }

    fn cell(&self, draft: &mut Draft, column: usize, target: &ImportTarget, cell: &str) -> String {
        let path = match target {
            ImportTarget::Nothing => return cell.trim().to_owned(),
            ImportTarget::Field { path } => Some(path.as_str()),
            ImportTarget::Roles | ImportTarget::Active => None,
        };
        let text = match unguarded(cell) {
            Unguarded::Text(text) => text.trim().to_owned(),
            Unguarded::Formula => {
                draft.issue(column, path, ImportReason::Formula);
                return cell.trim().to_owned();
            }
        };
        if text.is_empty() {
            return text;
        }
        match target {
            ImportTarget::Nothing => {}
            ImportTarget::Roles => self.roles(draft, column, &text),
            ImportTarget::Active => match flag(&text) {
                Some(active) => draft.suspended = !active,
                None => draft.wrong(column, "active", FieldReason::NotYesOrNo),
            },
            ImportTarget::Field { path } => return self.field(draft, column, path, text),
        }
        text
    }

    fn field(&self, draft: &mut Draft, column: usize, path: &str, text: String) -> String {
        let kind = self.kind_of(path).unwrap_or(FieldKind::Text);
        if !matches!(kind, FieldKind::LongText | FieldKind::Json) && text.contains(['\n', '\r']) {
            draft.issue(column, Some(path), ImportReason::SeveralLines);
            return text;
        }
        let (text, after) = spelled(self.provider, kind, &text);
        if remote::is_incomplete(self.provider, kind, &text) {
            draft.wrong(column, path, FieldReason::InvalidPhone);
        }
        draft.fields.push(FieldEdit { path: path.to_owned(), before: Value::Null, after });
        text
    }

    fn roles(&self, draft: &mut Draft, column: usize, text: &str) {
        // The name of a role may have a comma in it.
        let whole = self.roles.find(text).ok().map(|id| vec![Ok(id)]);
        let named = whole.unwrap_or_else(|| {
            let names = text.split([';', '|', ',', '\n']).map(str::trim).filter(|name| !name.is_empty());
            names.map(|name| self.roles.find(name)).collect()
        });
        for found in named {
            match found {
                Ok(role) if draft.roles.contains(&role) => {}
                Ok(role) => draft.roles.push(role),
                Err(reason) => draft.issue(column, None, reason),
            }
        }
    }

    /// Our own lists show something else in the place of a name for signing in that is not there: it is no such name.
    fn drop_stand_in(&self, draft: &mut Draft) {
        if !remote::has_stand_in_names(self.provider) {
            return;
        }
        let is_name = |field: &FieldEdit| self.kind_of(&field.path) == Some(FieldKind::UserName);
        let Some(name) = draft.fields.iter().find(|field| is_name(field)).map(|field| field.after.clone())
        else {
            return;
        };
        let stands_in = |field: &FieldEdit| {
            matches!(self.kind_of(&field.path), Some(FieldKind::Email | FieldKind::Phone))
                && field.after == name
        };
        let id = self.id_column.and_then(|column| draft.cells.get(column)).map(String::as_str);
        if draft.fields.iter().any(stands_in) || id.is_some() && id == name.as_str() {
            draft.fields.retain(|field| !is_name(field));
        }
    }

    fn kind_of(&self, path: &str) -> Option<FieldKind> {
        self.capabilities.user_fields.iter().find(|field| field.path == path).map(|field| field.kind)
    }

    fn column_of(&self, path: &str) -> Option<u32> {
        let is = |target: &ImportTarget| matches!(target, ImportTarget::Field { path: own } if own == path);
        self.targets.iter().position(is).and_then(|column| u32::try_from(column).ok())
    }
}

/// `text` as the service writes it, and as the value that it is.
pub fn spelled(provider: ProviderKind, kind: FieldKind, text: &str) -> (String, Value) {
    let text = remote::spelled(provider, kind, text).into_owned();
    let value = match kind {
        FieldKind::Json => serde_json::from_str(&text).ok(),
        FieldKind::Flag => flag(&text).map(Value::Bool),
        // A number or a truth value is written as one; everything else is a word.
        FieldKind::Choice => {
            serde_json::from_str(&text).ok().filter(|value: &Value| value.is_number() || value.is_boolean())
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::UserName
        | FieldKind::Url
        | FieldKind::Permissions => None,
    };
    let value = value.unwrap_or_else(|| Value::from(text.as_str()));
    (text, value)
}

#[derive(Default)]
struct Draft {
    fields: Vec<FieldEdit>,
    roles: Vec<RemoteId>,
    suspended: bool,
    issues: Vec<ImportIssueView>,
    cells: Vec<String>,
}

impl Draft {
    fn issue(&mut self, column: usize, path: Option<&str>, reason: ImportReason) {
        let (column, path) = (u32::try_from(column).ok(), path.map(str::to_owned));
        self.issues.push(ImportIssueView { column, path, reason });
    }

    fn wrong(&mut self, column: usize, path: &str, reason: FieldReason) {
        self.issue(column, Some(path), ImportReason::Field { reason, limit: None });
    }
}

/// Yes or no, as people and our own files write it in the three languages.
fn flag(text: &str) -> Option<bool> {
    const YES: [&str; 10] = ["true", "yes", "oui", "ja", "1", "x", "active", "actif", "actief", "enabled"];
    const NO: [&str; 13] = [
        "false",
        "no",
        "non",
        "nee",
        "0",
        "suspended",
        "suspendu",
        "geblokkeerd",
        "inactive",
        "inactif",
        "inactief",
        "disabled",
        "bloque",
    ];
    let text = fold(text.trim());
    if YES.contains(&text.as_str()) {
        return Some(true);
    }
    NO.contains(&text.as_str()).then_some(false)
}
