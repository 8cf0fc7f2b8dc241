//! From ready rows to changes that wait.

use rollcall_sheets::StringRecord;
use rusqlite::Transaction;

use super::Import;
use super::row::Drafted;
use crate::api::{ImportProposedView, ImportRowState};
use crate::changes::placeholder::Placeholder;
use crate::model::{ChangeBase, Edit, HolderKind, Timestamp};
use crate::store::{StoreError, changes as table};

impl Import {
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
        let (mut rows, mut record) = (self.layout.rows(self.source.text()), StringRecord::new());
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
