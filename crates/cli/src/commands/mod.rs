//! The commands: one file each, or one for those that are alike.

mod api_users;
mod connect;
mod export;
mod hub;
mod invitations;
mod lists;
mod past;
mod pour;
mod review;
mod roster;
mod sync;
mod tokens;
mod users;
mod write;

use clap::CommandFactory;

use crate::cli::{
    Arguments, Command, Global, InvitationsAction, ReceiptsAction, TokensArguments, UsersArguments, Which,
};
use crate::data::{self, Data};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::sheets;
use crate::when::When;

use lists::List;

/// Does what was asked.
pub async fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let Arguments { global, command } = arguments;
    match command {
        Command::Accounts => accounts(&global).await,
        Command::Connect { provider } => connect::run(&global, provider).await,
        Command::Sync(arguments) => sync::run(&global, arguments).await,
        Command::Review { run, apply, discard } => review::run(&global, run, (apply, discard)).await,
        Command::Hub(which) => hub::run(&global, &which).await,
        Command::Users(UsersArguments { action: Some(action), .. }) => write::users(&global, action).await,
        Command::Users(arguments) => {
            lists::print(&global, &arguments.which.clone(), List::users(arguments)?).await
        }
        Command::Groups { which, members } => {
            lists::print(&global, &which, if members { List::Members } else { List::Groups }).await
        }
        Command::Roles { which, holders } => {
            lists::print(&global, &which, if holders { List::Holders } else { List::Roles }).await
        }
        Command::Applications { which, managing } => {
            lists::print(&global, &which, List::Applications { managing }).await
        }
        Command::Tokens(TokensArguments { action: Some(action), .. }) => write::tokens(&global, action).await,
        Command::Tokens(arguments) => tokens::run(&global, &arguments).await,
        Command::ApiUsers { action } => api_users::run(&global, action).await,
        Command::Invitations { action: InvitationsAction::List(arguments) } => {
            invitations::run(&global, &arguments).await
        }
        Command::Roster { action } => roster::run(&global, action).await,
        Command::Invitations { action } => write::invitations(&global, action).await,
        Command::Log { which, since, failed, fetch } => log(&global, &which, since, (failed, fetch)).await,
        Command::Diff { which, diff } => lists::print(&global, &which, List::diff(diff)?).await,
        Command::Plan { accounts } => write::plan(&global, &accounts).await,
        Command::Apply(arguments) => write::apply(&global, &arguments).await,
        Command::Withdraw(arguments) => write::withdraw(&global, &arguments).await,
        Command::Resolve { change, decision } => write::resolve(&global, change, decision).await,
        Command::Receipts { action: Some(ReceiptsAction::Show { receipt }), .. } => {
            write::show_receipt(&global, receipt).await
        }
        Command::Receipts { action: None, which } => write::receipts(&global, &which).await,
        Command::Undo { receipt, write } => write::undo(&global, receipt, &write).await,
        Command::Import(arguments) => write::import(&global, arguments).await,
        Command::Export(arguments) => export::run(&global, arguments).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "rollcallctl", &mut output::stdout());
            Ok(Exit::Done)
        }
    }
}

async fn accounts(global: &Global) -> Result<Exit, Failure> {
    let mut sink = output::printed(global, sheets::ACCOUNTS)?;
    if data::is_there(global)? {
        for account in Data::open(global).await?.accounts().await? {
            sink.row(sheets::account(account))?;
        }
    }
    sink.finish()?;
    Ok(Exit::Done)
}

async fn log(
    global: &Global,
    which: &Which,
    since: When,
    (failed_only, fetch): (bool, bool),
) -> Result<Exit, Failure> {
    let list = lists::log(since, failed_only)?;
    if fetch {
        lists::fetch_log(global, which, since).await?;
    }
    lists::print(global, which, list).await
}
