//! Lists of the copy: users, groups, roles, applications, tokens, log, changes.

use rollcall_core::api::{AccountView, ReadLogRequest};
use rollcall_core::clock;
use rollcall_core::hub::List as Walk;
use rollcall_core::query::export::{LogFilter, Since};

use super::past::{self, Between, PastFilter};
use super::pour::Pour;
use super::users::{self, UserFilter};
use crate::cli::{DiffArguments, Global, UsersArguments, Which};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Column;
use crate::sheets;
use crate::when::When;

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
    Tokens,
    /// All, or those alone that can manage the whole account.
    Applications {
        managing: bool,
    },
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
            Self::Applications { .. } => sheets::APPLICATIONS,
            Self::Tokens => sheets::TOKENS,
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
        | List::Tokens
        | List::Applications { .. }
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
        List::Applications { managing } => {
            let managing = *managing;
            Walk::Applications(pour.take(
                account,
                move |application| !managing || application.manages_account,
                sheets::application,
            ))
        }
        List::Tokens => {
            let now = clock::now();
            Walk::Tokens(pour.take(
                account,
                |_| true,
                move |account, row| sheets::exported_token(account, row, now),
            ))
        }
        List::Log(filter) => Walk::Log(*filter, pour.take(account, |_| true, sheets::log_entry)),
        List::Changes(since) => Walk::Changes(*since, pour.take(account, |_| true, sheets::change)),
    };
    Some(walk)
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
