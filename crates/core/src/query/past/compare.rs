//! What is different between two places in the history of accounts, as a list in memory: per difference some numbers and
//! where its texts are, so that a page reads only its own.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::collapse::{Net, NetField, Step, net};
use super::lines::{Line, each_remote_id, things};
use super::state::{State, state_at};
use crate::api::DifferenceCountsView;
use crate::model::{AccountId, Action, Subject, fold};
use crate::query::users::Words;
use crate::store::{FieldChange, StoreError, changed_fields};

/// What a difference is listed under: a person, or what concerns nobody alone.
#[derive(Debug)]
pub(super) struct Head {
    pub account: AccountId,
    pub id: Box<str>,
    section: u8,
    folded: Box<str>,
    /// The line that the name is from.
    named_by: i64,
}

/// Values that stand in no line: those of a record that came back different.
#[derive(Debug)]
pub(super) struct OwnValues {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// One difference.
#[derive(Debug)]
pub(super) struct Difference {
    pub head: u32,
    pub subject: Subject,
    pub action: Action,
    /// The first and the last line about it: their texts are its texts.
    pub first: i64,
    pub last: i64,
    pub own: Option<Box<OwnValues>>,
    pub returned: bool,
    /// Folded: what it is about beside the head, and the attribute.
    what: u32,
}

/// What is different between two places.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    heads: Vec<Head>,
    whats: Vec<Box<str>>,
    /// In the order of the list.
    rows: Vec<Difference>,
}

/// Which of them are asked for.
pub(super) struct Asked<'a> {
    pub remote_id: Option<&'a str>,
    pub subject: Option<Subject>,
    pub action: Option<Action>,
    pub words: &'a Words,
}

impl Comparison {
    /// Compares two places of each account.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn build(conn: &Connection, places: &[(AccountId, i64, i64)]) -> Result<Self, StoreError> {
        let mut builder = Builder::default();
        for (account, since, until) in places {
            each_remote_id(conn, *account, (*since, *until), &mut |remote_id, lines| {
                for thing in things(lines) {
                    builder.add(conn, *account, remote_id, &thing, (*since, *until))?;
                }
                Ok(())
            })?;
        }
        Ok(builder.finish())
    }

    /// The head of a difference.
    pub fn head(&self, row: &Difference) -> Option<&Head> {
        self.heads.get(row.head as usize)
    }

    /// How many match, and those of the page.
    pub fn page(&self, asked: &Asked<'_>, offset: usize, limit: usize) -> (u64, Vec<&Difference>) {
        let (mut total, mut rows) = (0_u64, Vec::new());
        let mut folded = String::new();
        for row in self.rows.iter().filter(|row| self.meets(row, asked, &mut folded)) {
            if total >= offset as u64 && rows.len() < limit {
                rows.push(row);
            }
            total += 1;
        }
        (total, rows)
    }

    /// All of them, or those that concern one user, counted; a record with several different attributes once.
    pub fn counts(&self, remote_id: Option<&str>) -> Vec<DifferenceCountsView> {
        let mut counts: BTreeMap<Subject, DifferenceCountsView> = BTreeMap::new();
        let mut last_changed = None;
        for row in self.rows.iter().filter(|row| self.concerns(row, remote_id)) {
            let subject = row.subject;
            let of = counts.entry(subject).or_insert(DifferenceCountsView {
                subject,
                added: 0,
                changed: 0,
                removed: 0,
            });
            match row.action {
                Action::Added => of.added += 1,
                Action::Removed => of.removed += 1,
                Action::Changed => {
                    // A token's are told apart by what they are about.
                    let token = (subject == Subject::Token).then_some(row.last);
                    let same = (row.head, subject, token);
                    of.changed += u64::from(last_changed != Some(same));
                    last_changed = Some(same);
                }
            }
        }
        counts.into_values().collect()
    }

    fn concerns(&self, row: &Difference, remote_id: Option<&str>) -> bool {
        remote_id
            .is_none_or(|id| self.head(row).is_some_and(|head| head.section == PEOPLE && *head.id == *id))
    }

    fn meets(&self, row: &Difference, asked: &Asked<'_>, folded: &mut String) -> bool {
        if !self.concerns(row, asked.remote_id)
            || asked.subject.is_some_and(|subject| subject != row.subject)
            || asked.action.is_some_and(|action| action != row.action)
        {
            return false;
        }
        if asked.words.is_empty() {
            return true;
        }
        folded.clear();
        folded.push_str(self.head(row).map_or("", |head| &head.folded));
        folded.push(crate::model::COLUMN_END);
        folded.push_str(self.whats.get(row.what as usize).map_or("", |what| what));
        asked.words.all_in(folded.as_bytes())
    }
}

/// Those under whom people, and what people have, are listed.
const PEOPLE: u8 = 0;

const fn section(subject: Subject) -> u8 {
    match subject {
        Subject::User
        | Subject::Membership
        | Subject::RoleAssignment
        | Subject::Token
        | Subject::Grant
        | Subject::OffDutyPeriod
        | Subject::Recipient => PEOPLE,
        Subject::Group => 1,
        Subject::Role => 2,
        Subject::Invitation => 3,
        Subject::Application => 4,
        Subject::Resource | Subject::ResourceMembership => 5,
    }
}

/// One thing, and the last line about it.
#[derive(Clone, Copy)]
struct About<'a> {
    account: AccountId,
    remote_id: &'a str,
    line: &'a Line,
}

#[derive(Default)]
struct Builder {
    heads: BTreeMap<(AccountId, u8, Box<str>), u32>,
    whats: BTreeMap<Box<str>, u32>,
    found: Comparison,
}

impl Builder {
    fn add(
        &mut self,
        conn: &Connection,
        account: AccountId,
        remote_id: &str,
        thing: &[Line],
        (since, until): (i64, i64),
    ) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (thing.first(), thing.last()) else { return Ok(()) };
        let subject = last.subject;
        let steps: Vec<Step> = thing.iter().map(|line| line.step.clone()).collect();
        let ends = (first.step.id, last.step.id);
        let about = About { account, remote_id, line: last };
        match net(&steps) {
            Net::Same => Ok(()),
            Net::Added => self.push(about, (Action::Added, None), (ends.1, ends.1), None),
            Net::Removed => self.push(about, (Action::Removed, None), (ends.1, ends.1), None),
            Net::Changed(fields) => fields.iter().try_for_each(|field| {
                let first = first_about(&steps, field);
                self.push(about, (Action::Changed, field.field.as_deref()), (first, field.last), None)
            }),
            Net::Returned => match subject {
                // An edge is there or not; a token that was revoked and made again is another one.
                Subject::Membership
                | Subject::RoleAssignment
                | Subject::ResourceMembership
                | Subject::Grant
                | Subject::Recipient => Ok(()),
                Subject::Token | Subject::OffDutyPeriod => self.returned(about),
                Subject::User
                | Subject::Group
                | Subject::Role
                | Subject::Invitation
                | Subject::Application
                | Subject::Resource => {
                    let before = state_at(conn, account, subject, remote_id, since)?;
                    let after = state_at(conn, account, subject, remote_id, until)?;
                    let (State::There(before), State::There(after)) = (before, after) else {
                        return self.returned(about);
                    };
                    let changes = changed_fields(&before.to_string(), &after.to_string());
                    changes.into_iter().try_for_each(|change| {
                        let FieldChange { field, before, after } = change;
                        let what = (Action::Changed, Some(field.as_str()));
                        let own = OwnValues { field: field.clone(), before, after };
                        self.push(about, what, (ends.1, ends.1), Some(own))
                    })
                }
            },
        }
    }

    fn returned(&mut self, about: About<'_>) -> Result<(), StoreError> {
        let id = about.line.step.id;
        self.push(about, (Action::Changed, None), (id, id), None)?;
        if let Some(row) = self.found.rows.last_mut() {
            row.returned = true;
        }
        Ok(())
    }

    fn push(
        &mut self,
        about: About<'_>,
        (action, field): (Action, Option<&str>),
        (first, last): (i64, i64),
        own: Option<OwnValues>,
    ) -> Result<(), StoreError> {
        let head = self.head(about)?;
        let line = about.line;
        let mut what = String::new();
        if line.member.is_some() {
            crate::model::fold_into(&line.name, &mut what);
        }
        if let Some(field) = field {
            what.push(crate::model::COLUMN_END);
            crate::model::fold_into(field, &mut what);
        }
        let next = number(self.found.whats.len())?;
        let what = match self.whats.get(what.as_str()) {
            Some(known) => *known,
            None => {
                self.found.whats.push(what.as_str().into());
                self.whats.insert(what.into(), next);
                next
            }
        };
        let (subject, own) = (line.subject, own.map(Box::new));
        self.found.rows.push(Difference { head, subject, action, first, last, own, returned: false, what });
        Ok(())
    }

    fn head(&mut self, about: About<'_>) -> Result<u32, StoreError> {
        let About { account, remote_id, line } = about;
        let (id, name) = match &line.member {
            Some((id, name)) => (id.as_str(), name.as_str()),
            None => (remote_id, line.name.as_str()),
        };
        let section = section(line.subject);
        let next = number(self.found.heads.len())?;
        let at = *self.heads.entry((account, section, id.into())).or_insert(next);
        if at == next {
            let folded = fold(name).into();
            let named_by = line.step.id;
            self.found.heads.push(Head { account, id: id.into(), section, folded, named_by });
        } else if let Some(head) = self.found.heads.get_mut(at as usize)
            && head.named_by < line.step.id
        {
            // Under the newest of its names.
            (head.folded, head.named_by) = (fold(name).into(), line.step.id);
        }
        Ok(at)
    }

    /// People by name, then groups, roles, invitations, applications; under each first what it is itself.
    fn finish(self) -> Comparison {
        let mut found = self.found;
        let mut heads: Vec<usize> = (0..found.heads.len()).collect();
        heads.sort_by(|a, b| {
            let key = |at: &usize| {
                found.heads.get(*at).map(|head| (head.section, &head.folded, head.account, &head.id))
            };
            key(a).cmp(&key(b))
        });
        let mut places = vec![0; heads.len()];
        for (place, head) in heads.into_iter().enumerate() {
            if let Some(own) = places.get_mut(head) {
                *own = place;
            }
        }
        let Comparison { heads: _, whats, rows } = &mut found;
        rows.sort_by(|a, b| {
            let key = |row: &Difference| {
                let place = places.get(row.head as usize);
                (place.copied(), row.subject, row.action, whats.get(row.what as usize), row.first)
            };
            key(a).cmp(&key(b))
        });
        found
    }
}

fn first_about(steps: &[Step], field: &NetField) -> i64 {
    steps.iter().find(|step| step.field == field.field).map_or(field.last, |step| step.id)
}

fn number(count: usize) -> Result<u32, StoreError> {
    u32::try_from(count).map_err(|_| StoreError::Bug("more than four billion differences".to_owned()))
}
