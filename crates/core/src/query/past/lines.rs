//! The lines of history between two places, one remote id after the other, so that memory is bound by the lines of one.

use rusqlite::{Connection, Row, named_params};

use super::collapse::Step;
use crate::model::{AccountId, Action, Subject};
use crate::query::page::damaged;
use crate::store::{Context, StoreError};

const READING: &str = "reading history";

/// A few lines are found by their place and sorted.
pub(super) const FEW: u32 = 20_000;

/// Columns of a [`Line`]. The record that a line about a removal keeps is left where it is.
macro_rules! select_lines {
    ($rest:literal) => {
        concat!(
            "SELECT id, subject, remote_id, name, member_id, member_name, action, field,
                    iif(action = 'changed' OR subject = 'roleAssignment', before, NULL) AS before, after
             FROM history ",
            $rest,
            " WHERE account_id = :account_id AND id > :since AND id <= :until ORDER BY remote_id, id"
        )
    };
}

/// By the index that has them in this very order: it is walked over as a whole, and only lines in between are read.
pub(super) const MANY_LINES: &str = select_lines!("INDEXED BY history_by_subject");
/// By the place: only those in between are looked at, and sorted.
pub(super) const FEW_LINES: &str = select_lines!("INDEXED BY history_by_account");
pub(super) const ONE_TOO_MANY: &str = "SELECT id FROM history INDEXED BY history_by_account
     WHERE account_id = :account_id AND id > :since AND id <= :until ORDER BY id LIMIT 1 OFFSET :few";

/// One line.
#[derive(Debug)]
pub(super) struct Line {
    pub subject: Subject,
    pub name: String,
    /// Id and name.
    pub member: Option<(String, String)>,
    pub step: Step,
}

impl Line {
    /// What tells the things apart that share a remote id: the member, and for a role where it is held. Lines of older
    /// versions do not say where; the role's name does there.
    pub fn key(&self) -> (Subject, Option<&str>, Option<&str>) {
        let held_in = (self.subject == Subject::RoleAssignment)
            .then(|| self.step.before.as_deref().or(self.step.after.as_deref()))
            .flatten();
        (self.subject, self.member.as_ref().map(|member| member.0.as_str()), held_in)
    }
}

/// Takes the lines of one remote id.
type Visit<'v> = &'v mut dyn FnMut(&str, Vec<Line>) -> Result<(), StoreError>;

/// Hands over the lines of one remote id after the other, each oldest first.
pub(super) fn each_remote_id(
    conn: &Connection,
    account: AccountId,
    (since, until): (i64, i64),
    visit: Visit<'_>,
) -> Result<(), StoreError> {
    let between = named_params! { ":account_id": account.0, ":since": since, ":until": until };
    let many = {
        let mut parameters = between.to_vec();
        parameters.extend_from_slice(named_params! { ":few": FEW });
        let mut statement = conn.prepare_cached(ONE_TOO_MANY).context(READING)?;
        statement.exists(parameters.as_slice()).context(READING)?
    };
    let sql = if many { MANY_LINES } else { FEW_LINES };
    let mut statement = conn.prepare_cached(sql).context(READING)?;
    let mut rows = statement.query(between).context(READING)?;
    let mut remote_id = String::new();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let own = row.get_ref("remote_id").context(READING)?.as_str().unwrap_or_default();
        if own != remote_id {
            if !lines.is_empty() {
                visit(&remote_id, std::mem::take(&mut lines))?;
            }
            own.clone_into(&mut remote_id);
        }
        lines.push(read(row)?);
    }
    if lines.is_empty() { Ok(()) } else { visit(&remote_id, lines) }
}

/// Divides the lines of one remote id into those about the same thing, each oldest first.
pub(super) fn things(mut lines: Vec<Line>) -> Vec<Vec<Line>> {
    // Stable: lines about the same thing stay in their order.
    lines.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut things: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match things.last_mut() {
            Some(thing) if thing.first().is_some_and(|first| first.key() == line.key()) => thing.push(line),
            _ => things.push(vec![line]),
        }
    }
    things
}

fn read(row: &Row<'_>) -> Result<Line, StoreError> {
    let subject: String = row.get("subject").context(READING)?;
    let member: Option<String> = row.get("member_id").context(READING)?;
    let member_name: Option<String> = row.get("member_name").context(READING)?;
    Ok(Line {
        subject: Subject::parse(&subject).ok_or_else(|| damaged("the subject of a history line"))?,
        name: row.get("name").context(READING)?,
        member: member.map(|member| (member.clone(), member_name.unwrap_or(member))),
        step: step(row)?,
    })
}

/// The part of a line that collapses.
pub(super) fn step(row: &Row<'_>) -> Result<Step, StoreError> {
    let action: String = row.get("action").context(READING)?;
    Ok(Step {
        id: row.get("id").context(READING)?,
        action: Action::parse(&action).ok_or_else(|| damaged("the action of a history line"))?,
        field: row.get("field").context(READING)?,
        before: row.get("before").context(READING)?,
        after: row.get("after").context(READING)?,
    })
}
