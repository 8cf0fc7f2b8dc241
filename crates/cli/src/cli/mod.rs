//! What can be typed. The words here are the manual.

mod api_users;
mod invitations;
mod options;
mod roster;
mod write;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::when::When;

pub use api_users::{ApiUsersAction, ApiUsersImportArguments};
pub use invitations::{InvitationChoice, Invitations, InvitationsAction, InvitationsArguments, Mail};
pub use options::{
    DiffArguments, ExportArguments, ExportList, Format, NewAccount, Provider, SortBy, Status, SyncArguments,
    TokenChoice, TokenSort, TokensArguments, UsersArguments, Which,
};
pub use roster::{Names, NewRoster, Preset, RosterAction, RosterImportArguments, RosterTickArguments};
pub use write::{
    Agree, ApplyArguments, Decision, ImportArguments, Letters, Of, People, ReceiptsAction, RoleOf,
    TokensAction, UsersAction, Values, WithdrawArguments, Write,
};

/// Shown below the help: part of the interface.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    failed for another reason than those below
  2    wrong usage, or a value that cannot be used
  3    no such account
  4    the service refused the sign-in, or there is no credential
  5    the service cannot be reached, failed, or asks to wait
  6    a sync would remove many users and waits for a decision (`rollcallctl review`)
  7    the keychain is locked or missing, or has no key for the local data
  8    busy: this account is being synchronised already, or the data is being repaired
  9    the local data cannot be used: damaged, from a newer version, or the disk is full
  10   conflict: somebody else changed the same, or it is not there any more; it waits (`rollcallctl resolve`)
  11   a change was sent and nobody knows whether it arrived; it is not sent again before a sync tells
  12   the service refused a change; it waits
  13   nothing was sent: it was not confirmed (--yes, --confirm)
  130  stopped with Ctrl+C

With several accounts, the code of the first that did not go well.";

const EXAMPLES: &str = "\
Examples:
  rollcallctl connect logto Acme --address https://acme.logto.app --application-id m2m123 < secret.txt
  rollcallctl sync --all
  rollcallctl users zoe --account Acme
  rollcallctl users --json | jq -r '.[].email'
  rollcallctl diff --since 7d
  rollcallctl export users --output users.xlsx
  rollcallctl users suspend zoe@example.com && rollcallctl plan && rollcallctl apply
  rollcallctl tokens create zoe@example.com nightly --apply --yes > token.txt
  rollcallctl import people.csv --account Acme

What changes something makes a plan. It waits, and `rollcallctl apply` sends it; --apply does both. The plan and what is
asked are on the standard error stream.

On a terminal lists are tables. Anywhere else they are tab-separated with one heading line: times in UTC, tabs and line
breaks within values as spaces. With --json they are JSON arrays.

Reads, synchronises and changes the same data as the window, also while the window is open. Messages are in English only, so that
scripts can rely on them.";

/// Rollcall on the command line: who is in, with which rights, and what changed.
#[derive(Debug, Parser)]
#[command(name = "rollcallctl", version, after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct Global {
    /// Folder of the local data; the window's own when not said
    ///
    /// ROLLCALL_DATA_DIR in the environment names it too.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_folder: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true, conflicts_with = "plain")]
    pub json: bool,
    /// Print tab-separated text, also on a terminal
    #[arg(long, global = true)]
    pub plain: bool,
    /// All columns in tables, not only the main ones
    #[arg(long, global = true)]
    pub wide: bool,
    /// Say on the standard error stream what is being done
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Connected accounts, with the age and size of their copies
    Accounts,
    /// Connect an account; the secret comes from the standard input
    #[command(after_help = "\
The secret is read from the standard input (on a terminal: typed, not shown), from a file descriptor, or from the
keychain. It is never an argument or an environment variable, which other programs can see.

Examples:
  rollcallctl connect scim Acme --address https://id.acme.com/scim/v2 < token.txt
  rollcallctl connect scim Acme --address https://id.acme.com/scim/v2 --user-name reader --secret-fd 3 3< password.txt
  rollcallctl connect logto Acme --address https://acme.logto.app --application-id m2m123
  secret-tool store --label='Acme for Rollcall' service app.rollcall username acme-import
  rollcallctl connect logto Acme --address https://acme.logto.app --application-id m2m123 --secret-keychain acme-import")]
    Connect {
        #[command(subcommand)]
        provider: Provider,
    },
    /// Synchronise accounts: read them completely, prove it, keep what changed
    #[command(after_help = "\
Examples:
  rollcallctl sync Acme
  rollcallctl sync --all --in-depth
  rollcallctl sync --all --json > last-sync.json

Ctrl+C stops at once; the copy stays as it was, and the next sync goes on from there.")]
    Sync(SyncArguments),
    /// Decide about a sync that would remove many users
    #[command(after_help = "\
Examples:
  rollcallctl review 12             whom run 12 would remove
  rollcallctl review 12 --apply     they are really gone
  rollcallctl review 12 --discard   leave the copy as it is")]
    Review {
        /// Number of the run, as `sync` printed it
        run: i64,
        /// Take the plan over
        #[arg(long, conflicts_with = "discard")]
        apply: bool,
        /// Leave the copy as it is
        #[arg(long)]
        discard: bool,
    },
    /// The figures of each account
    Hub(Which),
    /// Users that match a filter; and creating, changing, suspending and deleting them
    #[command(after_help = "\
Examples:
  rollcallctl users                            everybody
  rollcallctl users zoe berg                   both words in any column, with or without accents
  rollcallctl users 'role:admin last_seen:>90d'    the language of the window's search box
  rollcallctl users --status suspended --sort created --descending --limit 20
  rollcallctl users --account Acme --json | jq length
  rollcallctl users --as-of 2026-11-01             everybody as on that day, who has left since included
  rollcallctl users -- create                      the word, not the command

The list as it was comes from the copy and its history: it says on the standard error stream when the day lies before
the first sync. Exit codes: 2 for a moment or a filter that cannot be used, 3 for an account that is not there.")]
    Users(UsersArguments),
    /// Groups and organisations
    Groups {
        #[command(flatten)]
        which: Which,
        /// Who is in which group, instead of the groups
        #[arg(long)]
        members: bool,
    },
    /// Roles: what each allows, and how many hold it
    Roles {
        #[command(flatten)]
        which: Which,
        /// Who holds which role, instead of the roles
        #[arg(long)]
        holders: bool,
    },
    /// Programs that sign in by themselves, and how old their secrets are
    #[command(after_help = "\
Examples:
  rollcallctl applications --managing     those that can manage the whole account
  rollcallctl tokens --json               each secret by its name, with its expiry")]
    Applications {
        #[command(flatten)]
        which: Which,
        /// Only those that can manage the whole account
        #[arg(long)]
        managing: bool,
    },
    /// Tokens and secrets that the accounts list, never their values; and creating, rotating and revoking them
    #[command(after_help = "\
Examples:
  rollcallctl tokens --only never-expires           those that never expire
  rollcallctl tokens --only expired,expiring --sort expires
  rollcallctl tokens --only orphaned --by-owner     who left tokens behind, and how many
  rollcallctl tokens zoe --only idle-90 --json
  rollcallctl tokens create zoe@example.com nightly --expires 90d --apply

Tokens of users are read in depth, after the lists: `rollcallctl sync --in-depth`.")]
    Tokens(TokensArguments),
    /// API users that a service does not list to you: a list of your own, shown among the tokens with its date
    ApiUsers {
        #[command(subcommand)]
        action: ApiUsersAction,
    },
    /// Invitations: who was asked to come and what became of it; and inviting, sending again, revoking
    #[command(after_help = "\
Examples:
  rollcallctl invitations list --state expired
  rollcallctl invitations create zoe@example.com --organization 'Maps team' --role editor --mail --apply
  rollcallctl invitations resend zoe@example.com --apply --yes
  rollcallctl invitations revoke zoe@example.com")]
    Invitations {
        #[command(subcommand)]
        action: InvitationsAction,
    },
    /// Organisations kept by hand, for services without an API: make one, paste its members, tick off what was done
    Roster {
        #[command(subcommand)]
        action: RosterAction,
    },
    /// The service's own log, as far as it was read, newest first
    Log {
        #[command(flatten)]
        which: Which,
        /// Not older: a date, a time, or an age like 24h, 7d, 4w
        #[arg(long, default_value = "7d", value_name = "WHEN")]
        since: When,
        /// Only what failed
        #[arg(long)]
        failed: bool,
        /// First read that stretch from the service
        #[arg(long)]
        fetch: bool,
    },
    /// What is different since a time or a run: joined, left, changed field by field
    #[command(after_help = "\
Examples:
  rollcallctl diff --since 7d
  rollcallctl diff --since 2026-11-01 --account Acme
  rollcallctl diff --since 2026-11-01 --until 2026-12-01
  rollcallctl diff --since run:12 --json
  rollcallctl diff --since 7d --each       every change as it was learned, oldest first

What was undone again in between is not listed: somebody who joined and left, a name that was changed and changed back.
The first complete read of an account is its baseline: nothing is known from before, and that is said. Today means the
last sync.

Exit codes: 0 whether or not anything is different; 2 for a moment that cannot be used, 3 for an account that is not
there; all of them: `rollcallctl help`.")]
    Diff {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        diff: DiffArguments,
    },
    /// What waits to be sent: field by field, what is lost, in which order
    #[command(after_help = "\
Examples:
  rollcallctl plan
  rollcallctl plan --account Acme --json | jq '.[].subjects[].lines[].kind'

On a terminal it is told in words, elsewhere a row for each value. With --json it is an array of plans, as the window has
them.")]
    Plan {
        /// Only this account, by name or number; may be given more than once
        #[arg(short, long = "account", value_name = "ACCOUNT")]
        accounts: Vec<String>,
    },
    /// Send what waits: shows the plan, asks, sends, and prints the receipt
    #[command(after_help = "\
Examples:
  rollcallctl apply
  rollcallctl apply 12 13
  rollcallctl apply --account Acme --yes
  rollcallctl apply --yes --confirm 'delete:Zoë Berg' --confirm own-credential

Each record is read once more first: what somebody else changed meanwhile is not overwritten, and is exit code 10.
--yes agrees to the plan, not to what is asked about single changes: each is agreed to in the words that the plan says.
Values that are shown once are the only thing on the standard output then: one alone on its line, several with whose each
is. Ctrl+C stops after the call at hand.

Exit codes: 0 everything is done; 10 conflict, 11 unknown, 12 refused, 13 not confirmed, 4 and 5 when it ended early; all
of them: `rollcallctl help`.")]
    Apply(ApplyArguments),
    /// Take changes back that were not sent
    Withdraw(WithdrawArguments),
    /// Decide about a change that needs a person
    #[command(after_help = "\
Examples:
  rollcallctl plan                     says what somebody else changed
  rollcallctl resolve 12 keep-mine     write over it, with the next apply
  rollcallctl resolve 12 take-theirs   leave it, and take the change back
  rollcallctl resolve 12 try-again")]
    Resolve {
        /// Number of the change
        change: i64,
        /// What shall become of it
        decision: Decision,
    },
    /// What applies did, newest first
    #[command(args_conflicts_with_subcommands = true)]
    Receipts {
        #[command(subcommand)]
        action: Option<ReceiptsAction>,
        #[command(flatten)]
        which: Which,
    },
    /// Undo an apply, as far as the service allows
    Undo {
        /// Number of the receipt
        receipt: i64,
        #[command(flatten)]
        write: Write,
    },
    /// Create the users of a CSV file: shows what becomes of each row, then keeps the ready ones as changes
    #[command(after_help = "\
Examples:
  rollcallctl import people.csv --account Acme --preview
  rollcallctl import people.csv --account Acme --yes && rollcallctl apply --account Acme
  rollcallctl import people.csv --account Acme --column 'Mail=email' --column 'Notes=' --encoding windows-1252

Headings are understood in English, French and Dutch, and as Rollcall's own exports have them: e-mail, user name, name,
first and last name, phone, roles, status, custom.team. A row is ready, malformed, notPossible (an unknown role), a
duplicate of an earlier line, alreadyThere, or waiting as a change. Nothing is kept while a row is malformed or
notPossible, unless --skip-wrong says so: exit code 2.")]
    Import(ImportArguments),
    /// Write a whole list to a file: CSV, JSON or XLSX
    #[command(after_help = "\
Examples:
  rollcallctl export users --output users.xlsx
  rollcallctl export tokens --account Acme --format csv --bom > tokens.csv
  rollcallctl export diff --since 2026-11-01 --output changes.json

In CSV a value that begins with = + - @, a tab or a line break gets an apostrophe in front: a spreadsheet would
otherwise run it as a formula. JSON has the values as they are, and in XLSX text is always text.
A file is readable by you alone, and is never replaced without --force.")]
    Export(ExportArguments),
    /// Print what a shell needs to complete commands
    #[command(after_help = "\
Examples:
  rollcallctl completions bash > ~/.local/share/bash-completion/completions/rollcallctl
  rollcallctl completions fish > ~/.config/fish/completions/rollcallctl.fish")]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn what_can_be_typed_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_option_takes_a_secret() {
        fn options(command: &clap::Command, found: &mut Vec<String>) {
            found.extend(command.get_arguments().map(|argument| argument.get_id().to_string()));
            command.get_subcommands().for_each(|sub| options(sub, found));
        }
        let mut found = Vec::new();
        options(&Arguments::command(), &mut found);
        let suspicious: Vec<_> = found
            .iter()
            .filter(|id| ["secret", "password", "token"].iter().any(|word| id.contains(word)))
            .filter(|id| {
                !["secret_fd", "secret_keychain", "token_address", "generate_password", "generate_passwords"]
                    .contains(&id.as_str())
            })
            .collect();
        assert!(suspicious.is_empty(), "{suspicious:?}");
    }
}
