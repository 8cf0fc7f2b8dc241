//! Which rows of one account meet one condition. `found` has a word for each block of rows and begins empty; `within` are
//! the rows that can meet it at all, where something is known about that.

use rusqlite::Connection;

use super::bits::{BLOCK, Bits, ones};
use super::index::AccountIndex;
use super::matching::{Needle, keep, mark_shared};
use super::relation::{Moments, Target};
use super::row_text::TextColumn;
use super::written::Written;
use crate::query::filter::{
    Condition, CountField, Match, Matcher, NumberRange, Relation, Test, TimeField, TimeRange,
};
use crate::store::StoreError;

/// One account, the store it came from, and the folded name it has now.
pub(super) struct Account<'a> {
    pub index: &'a AccountIndex,
    pub conn: &'a Connection,
    pub name: &'a str,
}

type Marked = Result<(), StoreError>;

impl Account<'_> {
    /// Marks the rows that meet `condition`.
    pub fn mark(&self, condition: &Condition, within: Option<&[u64]>, found: &mut [u64]) -> Marked {
        let index = self.index;
        match condition {
            Condition::Anywhere(asked) => self.anywhere(asked, within, found)?,
            Condition::Text(column, asked) => self.text(*column, asked, within, found)?,
            Condition::TextKnown(column) => self.text_known(*column, found),
            Condition::Suspended => found.copy_from_slice(index.suspended().words()),
            Condition::StatusKnown => {
                found.copy_from_slice(Bits::all(index.len()).words());
                remove(found, index.unstated());
            }
            Condition::Time(field, range) => self.time(*field, *range, found)?,
            Condition::TimeKnown(field) => match own_time(*field) {
                Some(at) => each(index, found, |row| at(index, row).is_some()),
                None => self.tokens(*field, |at| matches!(at, Moments::At(_)), found)?,
            },
            Condition::TimeNever(field) => self.tokens(*field, |at| at == Moments::Never, found)?,
            Condition::Count(field, range) => self.count(*field, |count| is_in(*range, count), found)?,
            Condition::CountKnown(field) => self.count(*field, |_| true, found)?,
            Condition::Has(relation) => {
                found.copy_from_slice(index.holders(self.conn, *relation)?.any().words());
            }
            Condition::Named(relation, asked) => self.named(*relation, asked, found)?,
            Condition::Account(asked) => self.account(asked, found)?,
            Condition::Id(asked) => self.values("", asked, found)?,
            Condition::Raw(path, asked) => self.values(path, asked, found)?,
            Condition::RawNumber(path, range) => {
                let within = |value: &str| value.parse::<f64>().is_ok_and(|value| fits(*range, value));
                index.values(self.conn, path)?.matching(true, within, |row| set(found, row));
            }
            Condition::RawKnown(path) => {
                index.values(self.conn, path)?.matching(true, |_| true, |row| set(found, row));
            }
        }
        keep(found, within);
        Ok(())
    }

    fn anywhere(&self, asked: &Match, within: Option<&[u64]>, found: &mut [u64]) -> Marked {
        if let Match { test: Test::Contains(word), written: false } = asked {
            Needle::new(self.index.searched(), word.as_bytes()).mark(within, found);
            return Ok(());
        }
        let candidates = self.candidates(None, asked, within, found.len())?;
        if asked.written {
            return Written::new(self.conn, &TextColumn::ALL)?.mark(self.index, asked, &candidates, found);
        }
        let (matcher, mut value) = (Matcher::new(asked), Vec::new());
        verify(&candidates, found, |row| {
            TextColumn::ALL.into_iter().any(|column| {
                value.clear();
                self.index.text().read(row, column, &mut value);
                !value.is_empty() && matcher.matches(&value)
            })
        });
        Ok(())
    }

    fn text(&self, column: TextColumn, asked: &Match, within: Option<&[u64]>, found: &mut [u64]) -> Marked {
        if asked.written {
            let candidates = self.candidates(Some(column), asked, within, found.len())?;
            return Written::new(self.conn, &[column])?.mark(self.index, asked, &candidates, found);
        }
        let matcher = Matcher::new(asked);
        if let Some(at) = column.shared() {
            self.shared(at, column, &matcher, found);
            return Ok(());
        }
        if let Test::Contains(word) = &asked.test {
            let text = self.index.column(column)?;
            Needle::new(text.searched(), word.as_bytes()).mark(within, found);
            return Ok(());
        }
        let candidates = self.candidates(Some(column), asked, within, found.len())?;
        let mut value = Vec::new();
        verify(&candidates, found, |row| {
            value.clear();
            self.index.text().read(row, column, &mut value);
            !value.is_empty() && matcher.matches(&value)
        });
        Ok(())
    }

    /// Each different value once, and the few that stand in the rows.
    fn shared(&self, at: usize, column: TextColumn, matcher: &Matcher, found: &mut [u64]) {
        let Some(shared) = self.index.text().shared().get(at) else { return };
        let hits: Vec<bool> =
            std::iter::once(false).chain(shared.values().map(|(_, value)| matcher.matches(value))).collect();
        if hits.contains(&true) {
            mark_shared(shared.numbers(), &hits, found);
        }
        let mut value = Vec::new();
        for row in shared.spilled() {
            value.clear();
            self.index.text().read(row, column, &mut value);
            if matcher.matches(&value) {
                set(found, row);
            }
        }
    }

    fn text_known(&self, column: TextColumn, found: &mut [u64]) {
        let mut value = Vec::new();
        each(self.index, found, |row| {
            value.clear();
            self.index.text().read(row, column, &mut value);
            !value.is_empty()
        });
    }

    /// Rows that can pass: those with the letters that every passing value has, where such letters are known.
    fn candidates(
        &self,
        column: Option<TextColumn>,
        asked: &Match,
        within: Option<&[u64]>,
        blocks: usize,
    ) -> Result<Vec<u64>, StoreError> {
        let mut candidates = vec![0; blocks];
        match (asked.literal(), column) {
            (Some(word), Some(column)) if column.shared().is_none() => {
                let text = self.index.column(column)?;
                Needle::new(text.searched(), word.as_bytes()).mark(within, &mut candidates);
            }
            (Some(word), _) => {
                Needle::new(self.index.searched(), word.as_bytes()).mark(within, &mut candidates);
            }
            (None, _) => {
                candidates.copy_from_slice(Bits::all(self.index.len()).words());
                keep(&mut candidates, within);
            }
        }
        Ok(candidates)
    }

    fn time(&self, field: TimeField, range: TimeRange, found: &mut [u64]) -> Marked {
        let is_in = |at: i64| range.from <= at && at < range.to;
        match own_time(field) {
            Some(at) => {
                each(self.index, found, |row| at(self.index, row).is_some_and(is_in));
                Ok(())
            }
            None => self.tokens(field, |at| matches!(at, Moments::At(at) if is_in(at)), found),
        }
    }

    /// Those with a token whose time passes.
    fn tokens(&self, field: TimeField, passes: impl Fn(Moments) -> bool, found: &mut [u64]) -> Marked {
        let holders = self.index.holders(self.conn, Relation::Token)?;
        let of = |token: &Target| match field {
            TimeField::TokenExpires => token.expires,
            TimeField::TokenUsed => token.used,
            TimeField::Created | TimeField::Modified | TimeField::LastSignIn | TimeField::InvitedUntil => {
                Moments::Unknown
            }
        };
        for (_, rows) in holders.iter().filter(|(token, _)| passes(of(token))) {
            rows.iter().for_each(|row| set(found, *row as usize));
        }
        Ok(())
    }

    fn count(&self, field: CountField, passes: impl Fn(i64) -> bool, found: &mut [u64]) -> Marked {
        if field == CountField::Groups {
            each(self.index, found, |row| passes(i64::from(self.index.groups(row))));
            return Ok(());
        }
        let details = self.index.details(self.conn)?;
        each(self.index, found, |row| details.count(field, row).is_some_and(&passes));
        Ok(())
    }

    /// By name; an exact text may also be the service's id.
    fn named(&self, relation: Relation, asked: &Match, found: &mut [u64]) -> Marked {
        let matcher = Matcher::new(asked);
        let id = match &asked.test {
            Test::Exact(id) => Some(id.as_str()),
            Test::Contains(_) | Test::Pattern(_) => None,
        };
        let holders = self.index.holders(self.conn, relation)?;
        let passes = |target: &Target| {
            let name = if asked.written { &target.name } else { &target.folded };
            matcher.matches(name.as_bytes()) || id == Some(&*target.remote_id)
        };
        for (_, rows) in holders.iter().filter(|(target, _)| passes(target)) {
            rows.iter().for_each(|row| set(found, *row as usize));
        }
        Ok(())
    }

    fn account(&self, asked: &Match, found: &mut [u64]) -> Marked {
        let matcher = Matcher::new(asked);
        let passes = if asked.written {
            crate::store::accounts::find(self.conn, self.index.account)?
                .is_some_and(|account| matcher.matches(account.name.as_bytes()))
        } else {
            matcher.matches(self.name.as_bytes())
        };
        if passes {
            found.copy_from_slice(Bits::all(self.index.len()).words());
        }
        Ok(())
    }

    fn values(&self, path: &str, asked: &Match, found: &mut [u64]) -> Marked {
        let matcher = Matcher::new(asked);
        let values = self.index.values(self.conn, path)?;
        values.matching(asked.written, |value| matcher.matches(value.as_bytes()), |row| set(found, row));
        Ok(())
    }
}

/// Reads a time of the user itself; `None` for those of tokens.
const fn own_time(field: TimeField) -> Option<fn(&AccountIndex, usize) -> Option<i64>> {
    match field {
        TimeField::Created => Some(AccountIndex::created_at),
        TimeField::Modified => Some(AccountIndex::modified_at),
        TimeField::LastSignIn => Some(AccountIndex::last_sign_in_at),
        TimeField::InvitedUntil => Some(AccountIndex::invited_until),
        TimeField::TokenExpires | TimeField::TokenUsed => None,
    }
}

const fn is_in(range: NumberRange, number: i64) -> bool {
    range.from <= number && number <= range.to
}

#[expect(clippy::cast_precision_loss, reason = "a limit that a person typed")]
fn fits(range: NumberRange, value: f64) -> bool {
    range.from as f64 <= value && value <= range.to as f64
}

fn each(index: &AccountIndex, found: &mut [u64], mut passes: impl FnMut(usize) -> bool) {
    for (block, word) in found.iter_mut().enumerate() {
        let first = block * BLOCK;
        for row in first..(first + BLOCK).min(index.len()) {
            *word |= u64::from(passes(row)) << (row - first);
        }
    }
}

/// Looks at each candidate.
fn verify(candidates: &[u64], found: &mut [u64], mut passes: impl FnMut(usize) -> bool) {
    for (block, (found, candidates)) in found.iter_mut().zip(candidates).enumerate() {
        for bit in ones(*candidates) {
            *found |= u64::from(passes(block * BLOCK + bit)) << bit;
        }
    }
}

fn remove(found: &mut [u64], rows: &Bits) {
    found.iter_mut().zip(rows.words()).for_each(|(found, rows)| *found &= !rows);
}

fn set(found: &mut [u64], row: usize) {
    if let Some(word) = found.get_mut(row / BLOCK) {
        *word |= 1 << (row % BLOCK);
    }
}
