//! The tokens of all users and applications, and what is told of them ahead of their end.

use super::{Hub, crossing};
use crate::api::{
    CommandError, EmptyRequest, TokenCalendarRequest, TokenCalendarView, TokenNoticeView, TokenNoticesView,
    TokenOwnersRequest, TokenOwnersView, TokenPageView, TokenQueryRequest,
};
use crate::error::{Error, InputReason};
use crate::model::{AccountId, Timestamp};
use crate::store::token_notices::{self, TokenNotice};
use crate::store::{accounts, settings};
use crate::{clock, query};

/// Names that one notification holds.
const NAMES: usize = 5;

impl Hub {
    /// A page of tokens.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_tokens(&self, request: TokenQueryRequest) -> Result<TokenPageView, CommandError> {
        let (hub, now) = (self.clone(), clock::now());
        self.ask(move |conn| query::query_tokens(&hub.inner.cache, conn, &request, now)).await
    }

    /// A page of tokens by owner.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn query_token_owners(
        &self,
        request: TokenOwnersRequest,
    ) -> Result<TokenOwnersView, CommandError> {
        let (hub, now) = (self.clone(), clock::now());
        self.ask(move |conn| query::query_token_owners(&hub.inner.cache, conn, &request, now)).await
    }

    /// The ends of a month.
    ///
    /// # Errors
    /// For a month that no calendar has; when the store cannot be read.
    pub async fn get_token_calendar(
        &self,
        request: TokenCalendarRequest,
    ) -> Result<TokenCalendarView, CommandError> {
        let (hub, moment) = (self.clone(), clock::moment());
        let found =
            self.ask(move |conn| query::get_token_calendar(&hub.inner.cache, conn, &request, &moment));
        found.await?.ok_or_else(|| {
            let problem = "there is no such month".to_owned();
            crossing(Error::InvalidInput { field: "month", reason: InputReason::Other, problem })
        })
    }

    /// What is to be told now of tokens that expire; from now on it counts as told. Nothing where the person does not want to
    /// be told, and nothing of the samples, whose tokens open nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn take_token_notices(&self, _: EmptyRequest) -> Result<TokenNoticesView, CommandError> {
        self.take_notices(clock::now()).await.map_err(crossing)
    }

    async fn take_notices(&self, now: Timestamp) -> Result<TokenNoticesView, Error> {
        let store = self.open()?.store;
        let (with_names, due) = store
            .read(move |conn| {
                let chosen = settings::get(conn)?;
                let mut due: Vec<(AccountId, String, Vec<TokenNotice>)> = Vec::new();
                if chosen.token_notices {
                    for account in accounts::list(conn)?.into_iter().filter(|account| !account.sample) {
                        let notices = query::list_due_notices(conn, account.id, now)?;
                        if !notices.is_empty() {
                            due.push((account.id, account.name, notices));
                        }
                    }
                }
                Ok((chosen.token_notice_names, due))
            })
            .await?;
        if due.is_empty() {
            return Ok(TokenNoticesView { notices: Vec::new() });
        }
        let views = due.iter().map(|(id, name, notices)| notice(*id, name, notices, with_names)).collect();
        store
            .write(move |tx| {
                for (account, _, notices) in &due {
                    token_notices::mark_told(tx, *account, notices, now)?;
                }
                Ok(())
            })
            .await?;
        Ok(TokenNoticesView { notices: views })
    }
}

fn notice(
    account_id: AccountId,
    account: &str,
    notices: &[TokenNotice],
    with_names: bool,
) -> TokenNoticeView {
    let named = if with_names { notices } else { &[] };
    TokenNoticeView {
        account_id,
        account: account.to_owned(),
        tokens: u32::try_from(notices.len()).unwrap_or(u32::MAX),
        days: notices.iter().map(|notice| notice.days).max().unwrap_or(0),
        names: named.iter().take(NAMES).map(|notice| notice.name.clone()).collect(),
    }
}
