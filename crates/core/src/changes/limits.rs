//! What the owner of the accounts allows in one go, as chosen in the settings. Pure but for reading them.

use rusqlite::Connection;

use crate::api::SettingsView;
use crate::model::{AccountId, Edit, FieldProblem, FieldReason, Timestamp};
use crate::store::{StoreError, settings};

/// One day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The limits of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// More subjects than this at once ask.
    pub many_subjects: u32,
    /// A new token may be good for so many days at most; `None` for any time, and for ever.
    pub token_days: Option<u32>,
}

impl Limits {
    /// Those that `settings` say about `account`.
    pub fn of(settings: &SettingsView, account: AccountId) -> Self {
        Self { many_subjects: settings.many_subjects, token_days: settings.token_days.get(&account).copied() }
    }

    /// As chosen now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        Ok(Self::of(&settings::get(conn)?, account))
    }

    /// What `edit` asks beyond what is allowed. The last day counts as a whole, wherever the person is.
    pub fn check(&self, edit: &Edit, now: Timestamp) -> Option<FieldProblem> {
        let Edit::CreateToken { expires_at, .. } = edit else { return None };
        let days = self.token_days?;
        let last = now.plus_millis((i64::from(days) + 1).saturating_mul(DAY));
        if expires_at.is_some_and(|end| end <= last) {
            return None;
        }
        Some(FieldProblem { path: "expiresAt".to_owned(), reason: FieldReason::TooFar, limit: Some(days) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RemoteId;

    const NOW: Timestamp = Timestamp::from_millis(1_000);

    fn token(expires_at: Option<Timestamp>) -> Edit {
        Edit::CreateToken { owner: RemoteId::new("u"), name: "ci".to_owned(), expires_at }
    }

    #[test]
    fn a_token_is_good_for_as_many_days_as_the_owner_allows_and_not_for_ever() {
        let mut settings = SettingsView::default();
        settings.token_days.insert(AccountId(1), 90);
        let days = |days: i64| Some(NOW.plus_millis(days * DAY));
        for (account, end, allowed) in [
            (1, days(1), true),
            (1, days(90), true),
            (1, days(91), true),
            (1, Some(NOW.plus_millis(91 * DAY + 1)), false),
            (1, None, false),
            (2, None, true),
            (2, days(10_000), true),
        ] {
            let problem = Limits::of(&settings, AccountId(account)).check(&token(end), NOW);
            let expected = (!allowed).then_some((FieldReason::TooFar, Some(90)));
            assert_eq!(problem.map(|found| (found.reason, found.limit)), expected, "{account} {end:?}");
        }
    }

    #[test]
    fn what_is_no_new_token_is_not_looked_at() {
        let limits = Limits { many_subjects: 10, token_days: Some(1) };
        let rename =
            Edit::RenameToken { owner: RemoteId::new("u"), name: "a".to_owned(), new_name: "b".to_owned() };
        assert_eq!(limits.check(&rename, NOW), None);
    }
}
