//! Options and arguments of the commands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::write::{TokensAction, UsersAction};
use crate::when::When;

/// Which accounts a list is about.
#[derive(Clone, Debug, Default, Args)]
pub struct Which {
    /// Only this account, by name or number; may be given more than once
    #[arg(short, long = "account", value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
    /// At most so many rows
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub enum Provider {
    /// Any SCIM 2.0 service
    Scim {
        #[command(flatten)]
        account: NewAccount,
        /// Sign in with this name and a password instead of a bearer token
        #[arg(long, conflicts_with_all = ["token_address", "client_id"])]
        user_name: Option<String>,
        /// Sign in with OAuth client credentials from this token endpoint
        #[arg(long, requires = "client_id")]
        token_address: Option<String>,
        /// The client's id
        #[arg(long, requires = "token_address")]
        client_id: Option<String>,
        /// Scopes to ask for, a space between them
        #[arg(long, requires = "client_id")]
        scope: Option<String>,
    },
    /// Logto, self-hosted or Cloud
    Logto {
        #[command(flatten)]
        account: NewAccount,
        /// Id of the machine-to-machine application
        #[arg(long)]
        application_id: String,
        /// Resource indicator of the Management API, when it is not the service's default
        #[arg(long)]
        resource: Option<String>,
    },
    /// Uptrends, at https://api.uptrends.com/v4
    Uptrends {
        #[command(flatten)]
        account: NewAccount,
        /// The API user, as the service named it; never the login of an operator
        #[arg(long)]
        user_name: String,
    },
}

#[derive(Debug, Args)]
pub struct NewAccount {
    /// What to call it
    pub name: String,
    /// Where the service answers
    #[arg(long, value_name = "URL")]
    pub address: String,
    /// PEM file of an own certificate authority
    #[arg(long, value_name = "FILE")]
    pub certificate_authority: Option<String>,
    /// Read the secret from this file descriptor instead of the standard input
    #[arg(long, value_name = "N", conflicts_with = "secret_keychain")]
    pub secret_fd: Option<u32>,
    /// Take the secret from this entry of the keychain (service app.rollcall)
    #[arg(long, value_name = "ENTRY")]
    pub secret_keychain: Option<String>,
}

#[derive(Debug, Args)]
pub struct SyncArguments {
    /// Accounts, by name or number
    pub accounts: Vec<String>,
    /// All accounts that are signed in, samples aside
    #[arg(long, conflicts_with = "accounts")]
    pub all: bool,
    /// Wait until what must be asked for user by user (tokens, factors, sessions) and the log are read too
    ///
    /// At a large service that takes hours; it may be stopped at any time and goes on the next time.
    #[arg(long)]
    pub in_depth: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct UsersArguments {
    #[command(subcommand)]
    pub action: Option<UsersAction>,
    /// Words that must all occur, or a filter as in the window: `status:suspended last_seen:>90d`
    pub filter: Vec<String>,
    #[command(flatten)]
    pub which: Which,
    /// Active or suspended ones only
    #[arg(long)]
    pub status: Option<Status>,
    /// Only users in no group
    #[arg(long)]
    pub without_group: bool,
    /// Order
    #[arg(long, default_value = "name")]
    pub sort: SortBy,
    /// Highest first
    #[arg(long)]
    pub descending: bool,
    /// The list as it was: a date, a time, an age like 7d, or a run like run:12; the filter is words then
    #[arg(long, value_name = "WHEN")]
    pub as_of: Option<When>,
}

/// Between which moments, and how it is told.
#[derive(Clone, Copy, Debug, Args)]
pub struct DiffArguments {
    /// A date, a time, an age like 24h, 7d, 4w, or a run like run:12
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,
    /// Compare with this moment instead of the last sync
    #[arg(long, value_name = "WHEN", conflicts_with = "each")]
    pub until: Option<When>,
    /// Every change as it was learned, oldest first, also those that were undone again
    #[arg(long)]
    pub each: bool,
}

#[derive(Debug, Args)]
pub struct ExportArguments {
    /// What to export
    pub list: ExportList,
    #[command(flatten)]
    pub which: Which,
    /// The file; the standard output when not said
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// By the ending of the file when not said
    #[arg(short, long)]
    pub format: Option<Format>,
    /// For `users`: words that must all occur, or a filter as in the window
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    #[command(flatten)]
    pub diff: DiffArguments,
    /// For `users`: the list as it was at this moment; --filter is words then
    #[arg(long, value_name = "WHEN")]
    pub as_of: Option<When>,
    /// Begin CSV with a byte order mark, for spreadsheets that otherwise misread accents
    #[arg(long)]
    pub bom: bool,
    /// Replace the file when it is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportList {
    Users,
    Groups,
    Members,
    Roles,
    Holders,
    Applications,
    Tokens,
    Log,
    Diff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Csv,
    Json,
    Xlsx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Status {
    Active,
    Suspended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortBy {
    Name,
    UserName,
    Email,
    Status,
    Department,
    Groups,
    Created,
    Modified,
    LastSignIn,
    Account,
}

#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TokensArguments {
    #[command(subcommand)]
    pub action: Option<TokensAction>,
    /// Words that must all occur in name, description or owner
    pub words: Vec<String>,
    #[command(flatten)]
    pub which: Which,
    /// Only these; several with commas: those of one kind (end, use, owner) widen, those of different kinds narrow
    #[arg(long, value_delimiter = ',', value_name = "CHIPS")]
    pub only: Vec<TokenChoice>,
    /// Order; by owner and name when not said
    #[arg(long, value_name = "COLUMN")]
    pub sort: Option<TokenSort>,
    /// Highest first
    #[arg(long)]
    pub descending: bool,
    /// One line for each owner, with the counts of its tokens
    #[arg(long, conflicts_with = "sort")]
    pub by_owner: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenChoice {
    /// Expired
    Expired,
    /// Expires within 14 days
    Expiring,
    /// Never expires
    #[value(alias = "never")]
    NeverExpires,
    /// Not used for more than 30 days, where the service says so
    #[value(name = "idle-30", alias = "unused")]
    Idle30,
    /// Not used for more than 90 days, where the service says so
    #[value(name = "idle-90")]
    Idle90,
    /// Its owner is suspended, or not in the account any more
    Orphaned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenSort {
    Owner,
    Name,
    Account,
    Kind,
    AccessType,
    State,
    Created,
    Expires,
    LastUsed,
    Requests,
    Description,
}
