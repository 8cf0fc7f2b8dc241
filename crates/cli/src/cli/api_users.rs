//! What can be typed about API users that a service does not list.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Clone, Debug, Subcommand)]
pub enum ApiUsersAction {
    /// Read a pasted list or a file of API users, where the service refuses its own
    #[command(after_help = "\
Examples:
  rollcallctl api-users import keys.csv --account Uptrends --preview
  wl-paste | rollcallctl api-users import - --account Uptrends --yes
  rollcallctl api-users import page2.txt --account Uptrends --keep-others --yes

The list takes the place of the one imported before: what stands in no row is gone from it, unless --keep-others. Columns:
operator (name or e-mail), user name, type, created, last used, requests in the last 30 days, description.")]
    Import(ApiUsersImportArguments),
    /// Take one off the imported list; at the service nothing becomes of it
    Remove {
        /// Its user name
        user_name: String,
        /// The account, by name or number
        #[arg(short, long, value_name = "ACCOUNT")]
        account: String,
    },
}

#[derive(Clone, Debug, Args)]
pub struct ApiUsersImportArguments {
    /// The file; `-` is the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The account, by name or number
    #[arg(short, long, value_name = "ACCOUNT")]
    pub account: String,
    /// What stands in no row stays
    #[arg(long)]
    pub keep_others: bool,
    /// Print what would become of each row, and keep nothing
    #[arg(long)]
    pub preview: bool,
    /// Keep the others although some rows are wrong
    #[arg(long)]
    pub skip_wrong: bool,
    /// Do not ask; needed without a terminal
    #[arg(short, long)]
    pub yes: bool,
}
