//! Invitations, page after page, as the window lists them.

use rollcall_core::api::{
    AccountView, InvitationColumn, InvitationQueryRequest, InvitationRow, InvitationState,
};
use rollcall_core::model::AccountId;
use rollcall_core::query::MAX_ROWS;

use super::pour::Pour;
use crate::cli::{Global, InvitationChoice, InvitationsArguments};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheets;

/// Prints them: over all accounts in one order, or account by account where some were named.
pub async fn run(global: &Global, arguments: &InvitationsArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &arguments.which.accounts)?;
    let pour = Pour::new(output::printed(global, sheets::INVITATIONS)?, arguments.which.limit);
    let asked: Vec<Option<AccountId>> = if arguments.which.accounts.is_empty() {
        vec![None]
    } else {
        accounts.iter().map(|account| Some(account.id)).collect()
    };
    let name = |account: AccountId| named(&accounts, account);
    for account in asked {
        let text = arguments.words.join(" ");
        each(&data, account, &text, arguments.state.map(state), |row| {
            pour.row(sheets::invitation(name(row.account_id), &row))
        })
        .await?;
    }
    pour.finish()?;
    Ok(Exit::Done)
}

fn named(accounts: &[AccountView], account: AccountId) -> &str {
    accounts.iter().find(|known| known.id == account).map_or("", |known| &known.name)
}

/// Hands over those that match, by address, until `take` wants no more.
pub async fn each(
    data: &Data,
    account_id: Option<AccountId>,
    text: &str,
    state: Option<InvitationState>,
    mut take: impl FnMut(InvitationRow) -> bool,
) -> Result<(), Failure> {
    let mut offset = 0;
    loop {
        let request = InvitationQueryRequest {
            account_id,
            text: text.to_owned(),
            state,
            sort: InvitationColumn::Invitee,
            descending: false,
            offset,
            limit: MAX_ROWS,
        };
        let page = data.hub.query_invitations(request).await?;
        offset = offset.saturating_add(MAX_ROWS);
        let over = page.rows.is_empty() || offset >= page.total;
        for row in page.rows {
            if !take(row) {
                return Ok(());
            }
        }
        if over {
            return Ok(());
        }
    }
}

const fn state(choice: InvitationChoice) -> InvitationState {
    match choice {
        InvitationChoice::Pending => InvitationState::Pending,
        InvitationChoice::Expired => InvitationState::Expired,
        InvitationChoice::Accepted => InvitationState::Accepted,
        InvitationChoice::Revoked => InvitationState::Revoked,
    }
}
