//! What can be typed to change something.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::when::Until;

/// Whether a plan is only kept, or carried out too.
#[derive(Clone, Debug, Default, Args)]
pub struct Write {
    /// Apply it now, instead of keeping it for `rollcallctl apply`
    #[arg(long)]
    pub apply: bool,
    #[command(flatten)]
    pub agree: Agree,
}

/// What was agreed to before anything is sent.
#[derive(Clone, Debug, Default, Args)]
pub struct Agree {
    /// Do not ask whether the plan shall be sent; needed without a terminal
    #[arg(short, long)]
    pub yes: bool,
    /// Agree to what is asked about one of the changes, in the words that the plan says: --confirm 'delete:Zoë Berg'
    #[arg(long, value_name = "WORDS")]
    pub confirm: Vec<String>,
}

/// Of which account a name is.
#[derive(Clone, Debug, Default, Args)]
pub struct Of {
    /// The account, by name or number; needed where a name occurs in several
    #[arg(short, long, value_name = "ACCOUNT")]
    pub account: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub struct ApplyArguments {
    /// Numbers of changes, as `plan` prints them; all that are ready when not said
    #[arg(value_name = "CHANGE")]
    pub changes: Vec<i64>,
    /// Only this account, by name or number; may be given more than once
    #[arg(short, long = "account", value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
    #[command(flatten)]
    pub agree: Agree,
}

#[derive(Clone, Debug, Args)]
pub struct WithdrawArguments {
    /// Numbers of changes, as `plan` prints them
    #[arg(value_name = "CHANGE", required_unless_present = "all")]
    pub changes: Vec<i64>,
    /// Everything that waits
    #[arg(long, conflicts_with = "changes")]
    pub all: bool,
    /// Only this account, by name or number; may be given more than once
    #[arg(short, long = "account", value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Decision {
    /// Write over what somebody else changed
    KeepMine,
    /// Leave what the service has
    TakeTheirs,
    /// Try once more
    TryAgain,
}

/// Values of a user.
#[derive(Clone, Debug, Default, Args)]
pub struct Values {
    /// E-mail address
    #[arg(long)]
    pub email: Option<String>,
    /// Name for signing in
    #[arg(long)]
    pub user_name: Option<String>,
    /// Name for showing
    #[arg(long)]
    pub name: Option<String>,
    /// First name
    #[arg(long)]
    pub given_name: Option<String>,
    /// Last name
    #[arg(long)]
    pub family_name: Option<String>,
    /// Phone number, with its country
    #[arg(long)]
    pub phone: Option<String>,
    /// Any other value, by its heading or path: --set department=Maps --set custom.team=blue --set customData='{"a":1}'
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub others: Vec<String>,
}

#[derive(Clone, Debug, Subcommand)]
pub enum UsersAction {
    /// Create a user
    #[command(after_help = "\
Examples:
  rollcallctl users create --account Acme --email zoe@example.com --name 'Zoë Berg' --role editor
  rollcallctl users create --email zoe@example.com --generate-password --apply --yes > password.txt")]
    Create {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        values: Values,
        /// A role that the user gets, by name or id; may be given more than once
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        /// With a password that is made when it is applied, and printed once
        #[arg(long)]
        generate_password: bool,
        #[command(flatten)]
        write: Write,
    },
    /// Change values of a user
    #[command(after_help = "\
Examples:
  rollcallctl users edit zoe@example.com --name 'Zoë Berg'
  rollcallctl users edit zoe@example.com --set department=Maps --clear phone --apply")]
    Edit {
        /// The user, by id, e-mail address or name for signing in
        user: String,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        values: Values,
        /// A value to be taken away; may be given more than once
        #[arg(long, value_name = "FIELD")]
        clear: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// Suspend users: no sign-in until they are let in again
    Suspend(People),
    /// Let suspended users in again
    Activate(People),
    /// Delete users with everything that goes with them
    #[command(after_help = "\
The plan says what is lost, and asks for the name of the user, or of the account for several:
  rollcallctl users delete zoe@example.com --apply --yes --confirm 'delete:Zoë Berg'")]
    Delete(People),
    /// Give users a new generated password, printed once when it is applied
    ResetPassword(People),
    /// Give users a role
    #[command(after_help = "\
Examples:
  rollcallctl users add-role editor zoe@example.com bo@example.com
  rollcallctl users add-role admin zoe@example.com --organization 'Maps team'")]
    AddRole(RoleOf),
    /// Take a role from users
    RemoveRole(RoleOf),
}

/// Some users.
#[derive(Clone, Debug, Args)]
pub struct People {
    /// Users, by id, e-mail address or name for signing in
    #[arg(required = true, value_name = "USER")]
    pub users: Vec<String>,
    #[command(flatten)]
    pub of: Of,
    #[command(flatten)]
    pub write: Write,
}

/// A role and some users.
#[derive(Clone, Debug, Args)]
pub struct RoleOf {
    /// The role, by name or id
    pub role: String,
    #[command(flatten)]
    pub people: People,
    /// The organisation in which it is held, by name or id
    #[arg(long)]
    pub organization: Option<String>,
}

#[derive(Clone, Debug, Subcommand)]
pub enum TokensAction {
    /// Create a personal access token; its value is printed once when it is applied
    #[command(after_help = "\
Examples:
  rollcallctl tokens create zoe@example.com nightly --expires 90d --apply --yes > token.txt
  rollcallctl tokens create zoe@example.com nightly --expires 2027-01-31

With --apply the standard output is the value and nothing else; everything else goes to the standard error stream. The
value cannot be had a second time.")]
    Create {
        /// Its owner, by id, e-mail address or name for signing in
        owner: String,
        /// Its name, which no other token of the owner has
        name: String,
        /// Until when it is good: a date, a time like 90d or 12w, or never
        #[arg(long, value_name = "WHEN", default_value = "90d")]
        expires: Until,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        write: Write,
    },
    /// Give a token another name
    Rename {
        /// Its owner
        owner: String,
        /// Its name
        name: String,
        /// What it becomes
        new_name: String,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        write: Write,
    },
    /// Create the successor of a token, and revoke the old one when told to
    #[command(after_help = "\
Examples:
  rollcallctl tokens rotate zoe@example.com nightly --apply --yes > token.txt
  rollcallctl tokens rotate zoe@example.com nightly --revoke-old --apply --yes > token.txt
  rollcallctl tokens rotate zoe@example.com nightly --revoke-old-after 14d --apply --yes > token.txt

Without --revoke-old both work until `rollcallctl tokens revoke` ends the old one, or with --revoke-old-after until the day is over: the
open window revokes it by itself, `rollcallctl apply` with everything else that is ready. No service lets the end of a token
be moved.")]
    Rotate {
        /// Its owner
        owner: String,
        /// Its name
        name: String,
        /// Name of the successor; `nightly 2` after `nightly` when not said
        #[arg(long, value_name = "NAME")]
        new_name: Option<String>,
        /// Until when the successor is good
        #[arg(long, value_name = "WHEN", default_value = "90d")]
        expires: Until,
        /// Revoke the old one right after
        #[arg(long)]
        revoke_old: bool,
        /// Revoke the old one after a date, or a time like 14d, if the successor was made
        #[arg(long, value_name = "WHEN", conflicts_with = "revoke_old")]
        revoke_old_after: Option<Until>,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        write: Write,
    },
    /// Revoke tokens of one owner: what uses them stops working at once
    Revoke {
        /// Their owner
        owner: String,
        /// Their names
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        write: Write,
    },
}

#[derive(Clone, Debug, Subcommand)]
pub enum ReceiptsAction {
    /// What one apply did, change by change
    Show {
        /// Number of the receipt
        receipt: i64,
    },
}

#[derive(Clone, Debug, Args)]
pub struct ImportArguments {
    /// The file: CSV with headings, separated by commas, semicolons or tabs; `-` for the standard input
    pub file: PathBuf,
    /// The account, by name or number
    #[arg(short, long, value_name = "ACCOUNT")]
    pub account: String,
    /// How the file writes its letters, where it does not say so itself; UTF-8 when not said
    #[arg(long)]
    pub encoding: Option<Letters>,
    /// What a column is: --column 'Mail=email', --column 'Team=custom.team'; nothing behind = leaves it out
    #[arg(long = "column", value_name = "HEADING=FIELD")]
    pub columns: Vec<String>,
    /// Give each new user a generated password, printed once when it is applied
    #[arg(long)]
    pub generate_passwords: bool,
    /// Keep the rows that are ready although others cannot be used
    #[arg(long)]
    pub skip_wrong: bool,
    /// Only look: keep nothing, and print what becomes of each row
    #[arg(long, conflicts_with_all = ["apply", "yes", "skip_wrong"])]
    pub preview: bool,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Letters {
    Utf8,
    #[value(name = "utf-16le")]
    Utf16Le,
    #[value(name = "utf-16be")]
    Utf16Be,
    #[value(name = "windows-1252")]
    Windows1252,
}
