//! Users by what was asked for, page after page, as the window lists them.

use rollcall_core::api::{AccountView, UserColumn, UserQueryRequest, UserSort};
use rollcall_core::model::AccountId;
use rollcall_core::query::MAX_ROWS;

use super::pour::Pour;
use crate::cli::{SortBy, Status, UsersArguments};
use crate::data::Data;
use crate::exit::Failure;
use crate::sheets;

/// Which users, in which order.
pub struct UserFilter {
    text: String,
    sort: UserSort,
    /// Accounts were named: others are left out.
    some_accounts: bool,
}

impl UserFilter {
    pub fn new(arguments: UsersArguments) -> Self {
        let UsersArguments { action: _, filter, which, status, without_group, sort, descending, as_of: _ } =
            arguments;
        let status = status.map(|status| match status {
            Status::Active => "status:active",
            Status::Suspended => "status:suspended",
        });
        let choices = [status, without_group.then_some("group:none")];
        Self {
            text: narrowed(filter.join(" "), &choices),
            sort: UserSort { column: column(sort), descending },
            some_accounts: !which.accounts.is_empty(),
        }
    }

    /// Those who have all `words`, by name.
    pub fn of_words(words: String, some_accounts: bool) -> Self {
        Self {
            text: words,
            sort: UserSort { column: UserColumn::DisplayName, descending: false },
            some_accounts,
        }
    }

    fn page(&self, account_id: Option<AccountId>, offset: u32) -> UserQueryRequest {
        UserQueryRequest { account_id, text: self.text.clone(), sort: self.sort, offset, limit: MAX_ROWS }
    }
}

/// The filter `text`, and these conditions beside it.
fn narrowed(text: String, conditions: &[Option<&str>]) -> String {
    let conditions: Vec<_> = conditions.iter().copied().flatten().collect();
    match (conditions.as_slice(), text.trim().is_empty()) {
        ([], _) => text,
        (conditions, true) => conditions.join(" "),
        // It may say OR.
        (conditions, false) => format!("({text}) {}", conditions.join(" ")),
    }
}

pub const fn column(sort: SortBy) -> UserColumn {
    match sort {
        SortBy::Name => UserColumn::DisplayName,
        SortBy::UserName => UserColumn::UserName,
        SortBy::Email => UserColumn::Email,
        SortBy::Status => UserColumn::Status,
        SortBy::Department => UserColumn::Department,
        SortBy::Groups => UserColumn::Groups,
        SortBy::Created => UserColumn::CreatedAt,
        SortBy::Modified => UserColumn::ModifiedAt,
        SortBy::LastSignIn => UserColumn::LastSignInAt,
        SortBy::Account => UserColumn::Account,
    }
}

/// Pours them: over all accounts in one order, or account by account where some were named.
pub async fn fill(
    data: &Data,
    accounts: &[AccountView],
    filter: &UserFilter,
    pour: &Pour,
) -> Result<(), Failure> {
    if !filter.some_accounts {
        return pages(data, accounts, filter, None, pour).await;
    }
    for account in accounts {
        pages(data, accounts, filter, Some(account.id), pour).await?;
    }
    Ok(())
}

async fn pages(
    data: &Data,
    accounts: &[AccountView],
    filter: &UserFilter,
    account: Option<AccountId>,
    pour: &Pour,
) -> Result<(), Failure> {
    let (mut offset, mut revision) = (0, None);
    while !pour.is_full() {
        let page = data.hub.query_users(filter.page(account, offset)).await?;
        if *revision.get_or_insert(page.revision) != page.revision {
            return Err(Failure::failed(
                "a sync finished while the list was read: its rows do not belong together",
            )
            .advise("Try again."));
        }
        let count = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        for row in page.rows {
            let name = accounts.iter().find(|account| account.id == row.account_id);
            if !pour.row(sheets::user(name.map_or("", |account| &account.name), row)) {
                break;
            }
        }
        offset = offset.saturating_add(MAX_ROWS);
        if count == 0 || offset >= page.total {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_narrow_a_filter_whatever_it_says() {
        let narrowed = |text: &str, conditions: &[Option<&str>]| narrowed(text.to_owned(), conditions);
        assert_eq!(narrowed("anna OR bram", &[None, None]), "anna OR bram");
        assert_eq!(
            narrowed("anna OR bram", &[Some("status:active"), Some("group:none")]),
            "(anna OR bram) status:active group:none"
        );
        assert_eq!(narrowed(" ", &[Some("status:suspended"), None]), "status:suspended");
    }
}
