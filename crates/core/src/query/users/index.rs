//! One account's users in memory: what searching, filtering and sorting need. Never changed once built.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::facts::Facts;
use super::grams::Grams;
use super::row_build::RowTextBuilder;
use super::row_text::RowText;
use crate::model::AccountId;
use crate::query::groups::GroupIndex;

/// No time.
const NEVER: i64 = i64::MIN;

/// One account's users, numbered in the order of their ids, and its groups.
#[derive(Debug)]
pub(in crate::query) struct AccountIndex {
    pub account: AccountId,
    ids: Vec<i64>,
    text: RowText,
    created: Vec<i64>,
    modified: Vec<i64>,
    /// Empty where the service never says when somebody signed in.
    last_sign_in: Vec<i64>,
    /// Of the few whom Rollcall invited, by row.
    invited: BTreeMap<usize, i64>,
    groups: Vec<u32>,
    suspended: Bits,
    unstated: Bits,
    grouped: Bits,
    grams: Grams,
    /// The account's groups.
    pub group_index: GroupIndex,
    /// What only some filters ask for.
    pub(super) facts: Facts,
}

/// One user as stored in `user_search`.
pub(super) struct IndexedUser<'a> {
    pub id: i64,
    pub text: &'a [u8],
    pub active: Option<bool>,
    pub created_at: Option<i64>,
    pub modified_at: Option<i64>,
    pub last_sign_in_at: Option<i64>,
}

/// Fills an [`AccountIndex`].
#[derive(Debug, Default)]
pub(super) struct AccountIndexBuilder {
    ids: Vec<i64>,
    text: RowTextBuilder,
    created: Vec<i64>,
    modified: Vec<i64>,
    last_sign_in: Vec<i64>,
    invited: BTreeMap<usize, i64>,
    suspended: Bits,
    unstated: Bits,
}

impl AccountIndexBuilder {
    /// Adds a user; ids must come in order. `None` when the text is full.
    pub fn push(&mut self, user: &IndexedUser<'_>) -> Option<()> {
        self.text.push(user.text)?;
        let row = self.ids.len();
        self.ids.push(user.id);
        self.created.push(user.created_at.unwrap_or(NEVER));
        self.modified.push(user.modified_at.unwrap_or(NEVER));
        if let Some(at) = user.last_sign_in_at {
            self.last_sign_in.resize(row, NEVER);
            self.last_sign_in.push(at);
        }
        self.suspended.push(row, user.active == Some(false));
        self.unstated.push(row, user.active.is_none());
        Some(())
    }

    /// Until when invitations are good, by the number of the user in the store.
    pub fn set_invited(&mut self, invited: &BTreeMap<i64, i64>) {
        let row = |(id, until): (&i64, &i64)| self.ids.binary_search(id).ok().map(|row| (row, *until));
        self.invited = invited.iter().filter_map(row).collect();
    }

    /// The ids so far.
    pub fn ids(&self) -> &[i64] {
        &self.ids
    }

    /// Completes the index with the number of groups of each row.
    pub fn build(mut self, account: AccountId, groups: Vec<u32>, group_index: GroupIndex) -> AccountIndex {
        self.ids.shrink_to_fit();
        self.created.shrink_to_fit();
        self.modified.shrink_to_fit();
        self.last_sign_in.shrink_to_fit();
        let text = self.text.build();
        let mut grouped = Bits::none(text.len());
        for (row, _) in groups.iter().enumerate().filter(|(_, groups)| **groups > 0) {
            grouped.insert(row);
        }
        AccountIndex {
            account,
            ids: self.ids,
            grams: Grams::build(&text),
            text,
            created: self.created,
            modified: self.modified,
            last_sign_in: self.last_sign_in,
            invited: self.invited,
            groups,
            suspended: self.suspended,
            unstated: self.unstated,
            grouped,
            group_index,
            facts: Facts::default(),
        }
    }
}

impl AccountIndex {
    /// How many users.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Number in the store; 0 beyond the end.
    pub fn id(&self, row: usize) -> i64 {
        self.ids.get(row).copied().unwrap_or_default()
    }

    /// The row of the user with this number in the store.
    pub fn row_of(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// Groups that the user is in.
    pub fn groups(&self, row: usize) -> u32 {
        self.groups.get(row).copied().unwrap_or_default()
    }

    /// When the service says it was created.
    pub fn created_at(&self, row: usize) -> Option<i64> {
        self.created.get(row).copied().filter(|at| *at != NEVER)
    }

    /// When the service says it last changed.
    pub fn modified_at(&self, row: usize) -> Option<i64> {
        self.modified.get(row).copied().filter(|at| *at != NEVER)
    }

    /// When the service says the user last signed in.
    pub fn last_sign_in_at(&self, row: usize) -> Option<i64> {
        self.last_sign_in.get(row).copied().filter(|at| *at != NEVER)
    }

    /// Until when the invitation is good with which Rollcall made the user.
    pub fn invited_until(&self, row: usize) -> Option<i64> {
        self.invited.get(&row).copied()
    }

    /// Whether Rollcall invited any of them.
    pub fn has_invited(&self) -> bool {
        !self.invited.is_empty()
    }

    /// Invitations that can still be accepted at `now`, and those that cannot any more.
    pub fn count_invited(&self, now: i64) -> (usize, usize) {
        let waiting = self.invited.values().filter(|until| **until > now).count();
        (waiting, self.invited.len() - waiting)
    }

    /// `false` for a suspended user, `None` where the service does not say.
    pub fn active(&self, row: usize) -> Option<bool> {
        (!self.unstated.contains(row)).then(|| !self.suspended.contains(row))
    }

    pub(super) const fn text(&self) -> &RowText {
        &self.text
    }

    /// All text with its lists, for looking for words.
    pub(super) const fn searched(&self) -> (&RowText, &Grams) {
        (&self.text, &self.grams)
    }

    /// Numbers in the store, in order.
    pub(super) fn ids(&self) -> &[i64] {
        &self.ids
    }

    pub(super) const fn unstated(&self) -> &Bits {
        &self.unstated
    }

    pub(super) const fn suspended(&self) -> &Bits {
        &self.suspended
    }

    /// Suspended users.
    pub fn suspended_count(&self) -> usize {
        self.suspended.count()
    }

    /// Users in no group.
    pub fn without_group_count(&self) -> usize {
        self.len() - self.grouped.count()
    }
}
