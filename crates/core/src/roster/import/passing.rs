//! Rows that make somebody else the owner, where the former one stands in no row that says what they are since. Pure.

use super::super::book::Book;
use super::super::rules;
use super::{Entry, Import};
use crate::api::{NamedView, RosterList, RosterPassingView};
use crate::model::{RemoteId, RosterPreset};
use crate::remote::roster as records;

impl Import {
    /// Who would be the owner beside whom; `None` where there is one owner afterwards in any case.
    pub fn passing(&self) -> Option<RosterPassingView> {
        let owner = self.new_owner()?;
        let former = former_owners(self, &self.book, owner);
        let named = |id: &RemoteId| NamedView {
            remote_id: id.as_str().to_owned(),
            display_name: name_of(&self.book, id),
        };
        let first = former.first()?;
        Some(RosterPassingView {
            owner: owner.name.clone().unwrap_or_else(|| owner.email.clone()),
            former: named(first),
            in_no_row: !self.entries.iter().any(|entry| entry.known.as_ref() == Some(first)),
        })
    }

    /// The row of an owner, where the organisation has one at a time.
    fn new_owner(&self) -> Option<&Entry> {
        if self.book.roster.preset != RosterPreset::Isocarto {
            return None;
        }
        self.entries.iter().find(|entry| {
            entry.is_taken()
                && entry.list == RosterList::Members
                && entry.role.as_ref().is_some_and(|role| role.as_str() == rules::OWNER)
        })
    }

    /// Makes who was the owner in `book` what the person says, where no row says it.
    pub(super) fn pass_ownership(&self, book: &mut Book, role: &RemoteId) {
        let Some(owner) = self.new_owner() else { return };
        for former in former_owners(self, book, owner) {
            book.members.insert(former, vec![role.clone()]);
        }
    }
}

/// Owners in `book` whom no row gives another role, the new one aside.
fn former_owners(import: &Import, book: &Book, owner: &Entry) -> Vec<RemoteId> {
    let by_email = book.by_email();
    let id_of = |entry: &Entry| by_email.get(&entry.key()).cloned();
    let new = id_of(owner);
    let says_role = |id: &RemoteId| {
        let rows =
            import.entries.iter().filter(|entry| entry.is_taken() && entry.list == RosterList::Members);
        rows.filter(|entry| entry.role.is_some()).any(|entry| id_of(entry).as_ref() == Some(id))
    };
    let owners =
        book.members.iter().filter(|(_, held)| held.iter().any(|role| role.as_str() == rules::OWNER));
    let former = owners.map(|(id, _)| id).filter(|id| Some(*id) != new.as_ref() && !says_role(id));
    former.cloned().collect()
}

fn name_of(book: &Book, id: &RemoteId) -> String {
    let user = book.users.get(id).and_then(records::user);
    user.map_or_else(|| id.as_str().to_owned(), |user| user.display_name)
}
