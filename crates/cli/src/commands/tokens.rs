//! Tokens in any order, or counted by owner, page after page, as the window lists them.

use rollcall_core::api::{
    AccountView, TokenChip, TokenColumn, TokenFilter, TokenOwnerColumn, TokenOwnersRequest, TokenQueryRequest,
};
use rollcall_core::model::AccountId;
use rollcall_core::query::MAX_ROWS;

use super::pour::Pour;
use crate::cli::{Global, TokenChoice, TokenSort, TokensArguments};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Prints them: over all accounts in one order, or account by account where some were named.
pub async fn run(global: &Global, arguments: &TokensArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &arguments.which.accounts)?;
    let columns = if arguments.by_owner { sheets::TOKEN_OWNERS } else { sheets::TOKENS };
    let pour = Pour::new(output::printed(global, columns)?, arguments.which.limit);
    let listing = Listing { data: &data, accounts: &accounts, arguments };
    if arguments.which.accounts.is_empty() {
        listing.pages(None, &pour).await?;
    } else {
        for account in &accounts {
            listing.pages(Some(account.id), &pour).await?;
        }
    }
    pour.finish()?;
    Ok(Exit::Done)
}

struct Listing<'a> {
    data: &'a Data,
    accounts: &'a [AccountView],
    arguments: &'a TokensArguments,
}

/// What a page answers, whichever list it is of.
struct Page {
    total: u32,
    revision: u32,
    rows: Vec<Vec<Cell>>,
}

impl Listing<'_> {
    async fn pages(&self, account: Option<AccountId>, pour: &Pour) -> Result<(), Failure> {
        let (mut offset, mut revision) = (0, None);
        while !pour.is_full() {
            let page = self.page(account, offset).await?;
            if *revision.get_or_insert(page.revision) != page.revision {
                return Err(Failure::failed(
                    "tokens changed while the list was read: its rows do not belong together",
                )
                .advise("Try again."));
            }
            let over = page.rows.is_empty();
            for row in page.rows {
                if !pour.row(row) {
                    break;
                }
            }
            offset = offset.saturating_add(MAX_ROWS);
            if over || offset >= page.total {
                break;
            }
        }
        Ok(())
    }

    async fn page(&self, account: Option<AccountId>, offset: u32) -> Result<Page, Failure> {
        let filter = TokenFilter {
            account_id: account,
            text: self.arguments.words.join(" "),
            chips: self.arguments.only.iter().copied().map(chip).collect(),
            ..TokenFilter::default()
        };
        let descending = self.arguments.descending;
        if self.arguments.by_owner {
            let sort = TokenOwnerColumn::Owner;
            let request = TokenOwnersRequest { filter, sort, descending, offset, limit: MAX_ROWS };
            let page = self.data.hub.query_token_owners(request).await?;
            let rows = page.rows.into_iter();
            let rows = rows.map(|row| sheets::token_owner(self.name(row.account_id), row)).collect();
            return Ok(Page { total: page.total, revision: page.revision, rows });
        }
        let sort = self.arguments.sort.map_or(TokenColumn::Owner, column);
        let request = TokenQueryRequest { filter, sort, descending, offset, limit: MAX_ROWS };
        let page = self.data.hub.query_tokens(request).await?;
        let rows = page.rows.into_iter().map(|row| sheets::token(self.name(row.account_id), row)).collect();
        Ok(Page { total: page.total, revision: page.revision, rows })
    }

    fn name(&self, account: AccountId) -> &str {
        self.accounts.iter().find(|known| known.id == account).map_or("", |known| &known.name)
    }
}

const fn chip(choice: TokenChoice) -> TokenChip {
    match choice {
        TokenChoice::Expired => TokenChip::Expired,
        TokenChoice::Expiring => TokenChip::Expiring,
        TokenChoice::NeverExpires => TokenChip::NeverExpires,
        TokenChoice::Idle30 => TokenChip::Idle30,
        TokenChoice::Idle90 => TokenChip::Idle90,
        TokenChoice::Orphaned => TokenChip::Orphaned,
    }
}

const fn column(sort: TokenSort) -> TokenColumn {
    match sort {
        TokenSort::Owner => TokenColumn::Owner,
        TokenSort::Name => TokenColumn::Name,
        TokenSort::Account => TokenColumn::Account,
        TokenSort::Kind => TokenColumn::Kind,
        TokenSort::AccessType => TokenColumn::AccessType,
        TokenSort::State => TokenColumn::State,
        TokenSort::Created => TokenColumn::CreatedAt,
        TokenSort::Expires => TokenColumn::ExpiresAt,
        TokenSort::LastUsed => TokenColumn::LastUsedAt,
        TokenSort::Requests => TokenColumn::Requests,
        TokenSort::Description => TokenColumn::Description,
    }
}
