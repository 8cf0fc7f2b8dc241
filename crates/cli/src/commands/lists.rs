//! Lists of the copy: users, groups, roles, tokens, log, changes.

use rollcall_core::api::{AccountView, ReadLogRequest};
use rollcall_core::clock;
use rollcall_core::hub::List as Walk;
use rollcall_core::query::export::{LogFilter, Since, TokenExportRow};

use super::past::{self, Between, PastFilter};
use super::pour::Pour;
use super::users::{self, UserFilter};
use crate::cli::{DiffArguments, Global, TokenState, UsersArguments, Which};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Column;
use crate::sheets;
use crate::when::When;

/// Tokens that expire or were used within so many milliseconds of now: 14 days, and 30.
const SOON: i64 = 14 * 24 * 60 * 60 * 1000;
const LATELY: i64 = 30 * 24 * 60 * 60 * 1000;

/// A list, and which of it.
pub enum List {
    /// By what was asked for, in that order.
    Users(Box<UserFilter>),
    /// Everybody, account by account, in the order of the ids.
    AllUsers,
    Groups,
    Members,
    Roles,
    Holders,
    Tokens(Option<TokenState>),
    Log(LogFilter),
    /// Every line of history.
    Changes(Since),
    /// What is different in the end.
    Differences(Between),
    /// Everybody as it was.
    PastUsers(Box<PastFilter>),
}

impl List {
    pub fn users(arguments: UsersArguments) -> Result<Self, Failure> {
        Ok(match arguments.as_of {
            Some(_) => Self::PastUsers(Box::new(PastFilter::new(&arguments)?)),
            None => Self::Users(Box::new(UserFilter::new(arguments))),
        })
    }

    pub fn diff(arguments: DiffArguments) -> Result<Self, Failure> {
        let DiffArguments { since: from, until, each } = arguments;
        let from = from.ok_or_else(|| Failure::usage("since when? For example --since 7d"))?;
        Ok(if each { Self::Changes(since(from)) } else { Self::Differences(Between::new(from, until)) })
    }

    pub const fn columns(&self) -> &'static [Column] {
        match self {
            Self::Users(_) | Self::AllUsers => sheets::USERS,
            Self::Groups => sheets::GROUPS,
            Self::Members => sheets::MEMBERS,
            Self::Roles => sheets::ROLES,
            Self::Holders => sheets::HOLDERS,
            Self::Tokens(_) => sheets::TOKENS,
            Self::Log(_) => sheets::LOG,
            Self::Changes(_) => sheets::CHANGES,
            Self::Differences(_) => sheets::DIFFERENCES,
            Self::PastUsers(_) => sheets::PAST_USERS,
        }
    }
}

/// Since a point in the past.
pub fn since(when: When) -> Since {
    match (when, when.at(clock::now())) {
        (_, Some(at)) => Since::Time(at),
        (When::Run(run), None) => Since::Run(run),
        (When::At(_) | When::Ago(_), None) => Since::Time(0),
    }
}

/// The service's log since a time.
pub fn log(since: When, failed_only: bool) -> Result<List, Failure> {
    let since = since.at(clock::now()).ok_or_else(|| Failure::usage("the log has times, not runs"))?;
    Ok(List::Log(LogFilter { since, failed_only }))
}

/// Prints a list.
pub async fn print(global: &Global, which: &Which, list: List) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &which.accounts)?;
    let pour = Pour::new(output::printed(global, list.columns())?, which.limit);
    fill(&data, &accounts, &list, &pour).await?;
    pour.finish()?;
    if let (List::Log(_), false) = (&list, accounts.iter().any(has_log)) {
        output::remark("None of these accounts has a log that can be read.");
    }
    Ok(Exit::Done)
}

fn has_log(account: &AccountView) -> bool {
    account.capabilities.as_ref().is_some_and(|capabilities| capabilities.log)
}

/// Pours `list` of `accounts`.
pub async fn fill(data: &Data, accounts: &[AccountView], list: &List, pour: &Pour) -> Result<(), Failure> {
    match list {
        List::Users(filter) => return users::fill(data, accounts, filter, pour).await,
        List::PastUsers(filter) => return past::fill_users(data, accounts, filter, pour).await,
        List::Differences(between) => return past::fill_differences(data, accounts, *between, pour).await,
        List::AllUsers
        | List::Groups
        | List::Members
        | List::Roles
        | List::Holders
        | List::Tokens(_)
        | List::Log(_)
        | List::Changes(_) => {}
    }
    for account in accounts {
        if pour.is_full() {
            break;
        }
        if let Some(walk) = walk(list, &account.name, pour) {
            data.hub.walk(account.id, walk).await?;
        }
    }
    Ok(())
}

fn walk(list: &List, account: &str, pour: &Pour) -> Option<Walk> {
    let walk = match list {
        // Paged, in the order that was asked for.
        List::Users(_) | List::PastUsers(_) | List::Differences(_) => return None,
        List::AllUsers => Walk::Users(pour.take(account, |_| true, sheets::user)),
        List::Groups => Walk::Groups(pour.take(account, |_| true, sheets::group)),
        List::Members => Walk::Members(pour.take(account, |_| true, sheets::member)),
        List::Roles => Walk::Roles(pour.take(account, |_| true, sheets::role)),
        List::Holders => Walk::Holders(pour.take(account, |_| true, sheets::holder)),
        List::Tokens(state) => {
            let (state, now) = (*state, clock::now().as_millis());
            Walk::Tokens(pour.take(account, move |token| is_in(token, state, now), sheets::token))
        }
        List::Log(filter) => Walk::Log(*filter, pour.take(account, |_| true, sheets::log_entry)),
        List::Changes(since) => Walk::Changes(*since, pour.take(account, |_| true, sheets::change)),
    };
    Some(walk)
}

fn is_in(token: &TokenExportRow, state: Option<TokenState>, now: i64) -> bool {
    match state {
        None => true,
        Some(TokenState::Expired) => token.expires_at.is_some_and(|at| at <= now),
        Some(TokenState::Expiring) => token.expires_at.is_some_and(|at| at > now && at <= now + SOON),
        Some(TokenState::Never) => token.expiry_known && token.expires_at.is_none(),
        Some(TokenState::Unused) => {
            token.last_use_known && token.last_used_at.is_none_or(|at| at < now - LATELY)
        }
    }
}

/// Reads the stretch from `since` to now from the services that have a log.
pub async fn fetch_log(global: &Global, which: &Which, since: When) -> Result<(), Failure> {
    let data = Data::open(global).await?;
    let now = clock::now();
    let from = since.at(now).unwrap_or_default();
    let accounts = select::chosen(data.accounts().await?, &which.accounts)?;
    for account in accounts.iter().filter(|account| has_log(account) && account.signed_in && !account.sample)
    {
        let request = ReadLogRequest { account_id: account.id, from, to: now.as_millis() };
        let read = data.hub.read_log(request).await?;
        if !read.complete {
            let name = &account.name;
            Failure::failed(format!("{name}: the log since then is longer than is read at once"))
                .advise("Ask for a shorter time.")
                .tell();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_sorted_out_by_what_the_service_says() {
        let now = 1_770_000_000_000;
        let token = |expires_at, expiry_known, last_used_at| TokenExportRow {
            kind: "personalAccessToken".to_owned(),
            name: "ci".to_owned(),
            description: None,
            owner_kind: "user".to_owned(),
            owner_id: "u1".to_owned(),
            owner_name: None,
            owner_email: None,
            created_at: None,
            expires_at,
            expiry_known,
            last_used_at,
            last_use_known: true,
            requests: None,
        };
        let of = |token: &TokenExportRow| {
            [TokenState::Expired, TokenState::Expiring, TokenState::Never, TokenState::Unused]
                .map(|state| is_in(token, Some(state), now))
        };
        assert_eq!(of(&token(Some(now - 1), true, Some(now))), [true, false, false, false]);
        assert_eq!(of(&token(Some(now + SOON), true, Some(now))), [false, true, false, false]);
        assert_eq!(of(&token(None, true, None)), [false, false, true, true]);
        assert_eq!(of(&token(None, false, Some(now - LATELY - 1))), [false, false, false, true]);
        assert!(is_in(&token(None, false, None), None, now));
    }
}
