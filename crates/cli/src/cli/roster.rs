//! What can be typed about organisations kept by hand.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Agree;
use crate::when::When;

#[derive(Clone, Debug, Subcommand)]
pub enum RosterAction {
    /// Keep an organisation by hand: nothing is ever asked of its service
    #[command(after_help = "\
Examples:
  rollcallctl roster create Isocarto --owner-name 'Olivia Martin' --owner-email olivia@atelier.fr --me \\
      --plan Enterprise --plan-price 360 --member-price 50 --page https://isocarto.fr/account
  rollcallctl roster create 'Chess club' --preset empty")]
    Create(Box<NewRoster>),
    /// What is said of it, what it costs, and what is to be done
    Show {
        /// The account, by name or number
        account: String,
    },
    /// Read a pasted table or a file of members or invitations
    #[command(after_help = "\
Examples:
  rollcallctl roster import members.csv --account Isocarto --preview
  wl-paste | rollcallctl roster import - --account Isocarto --yes
  rollcallctl roster import page1.txt page2.txt --account Isocarto --all --yes

Who is in no row stays, unless --all says that these are all members, or --all-invitations that these are all invitations.")]
    Import(RosterImportArguments),
    /// Note that changes that wait were carried out at the service
    #[command(after_help = "\
Examples:
  rollcallctl plan --account Isocarto        what is to be done, with its numbers
  rollcallctl roster tick 12 13 --account Isocarto --on 2025-12-02T15:11 --yes")]
    Tick(RosterTickArguments),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// Owner, administrator, member; invitations of 7 days; a price for each member
    Isocarto,
    /// Its own roles and rights
    Empty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Names {
    En,
    Fr,
    Nl,
}

#[derive(Clone, Debug, Args)]
pub struct NewRoster {
    /// What it is called here
    pub name: String,
    /// Whose rules it follows
    #[arg(long, value_enum, default_value = "isocarto")]
    pub preset: Preset,
    /// Name of the organisation, where it is another one
    #[arg(long)]
    pub organization: Option<String>,
    /// Language of the names of roles and rights
    #[arg(long, value_enum, default_value = "en")]
    pub language: Names,
    /// Name of the owner
    #[arg(long, requires = "owner_email")]
    pub owner_name: Option<String>,
    /// Address of the owner
    #[arg(long, requires = "owner_name")]
    pub owner_email: Option<String>,
    /// The owner is you
    #[arg(long, requires = "owner_email")]
    pub me: bool,
    /// The page of the service where members are kept
    #[arg(long)]
    pub page: Option<String>,
    /// Name of the plan
    #[arg(long)]
    pub plan: Option<String>,
    /// Price of the plan without VAT: 360 or 360.50
    #[arg(long, value_parser = cents)]
    pub plan_price: Option<i64>,
    /// The plan is paid by the year
    #[arg(long)]
    pub yearly: bool,
    /// Price of each further member a month, without VAT
    #[arg(long, value_parser = cents)]
    pub member_price: Option<i64>,
    /// The day on which the prices were right: 2025-12-01
    #[arg(long, value_name = "DAY")]
    pub price_as_of: Option<String>,
    /// Currency of the prices
    #[arg(long, default_value = "EUR")]
    pub currency: String,
    /// Most members that the plan allows
    #[arg(long)]
    pub member_limit: Option<u32>,
}

#[derive(Clone, Debug, Args)]
pub struct RosterImportArguments {
    /// Files, merged by address; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The account, by name or number
    #[arg(short, long, value_name = "ACCOUNT")]
    pub account: String,
    /// These are all members: who is in no row is gone
    #[arg(long)]
    pub all: bool,
    /// These are all invitations
    #[arg(long)]
    pub all_invitations: bool,
    /// What the former owner is since, where a row has another one and no row says it
    #[arg(long, value_name = "ROLE")]
    pub former_owner: Option<String>,
    /// Print what would become of each row, and take nothing
    #[arg(long)]
    pub preview: bool,
    /// Take the others although some rows are wrong
    #[arg(long)]
    pub skip_wrong: bool,
    /// Do not ask; needed without a terminal
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Clone, Debug, Args)]
pub struct RosterTickArguments {
    /// Numbers of changes, as `plan` prints them
    #[arg(required = true, value_name = "CHANGE")]
    pub changes: Vec<i64>,
    /// The account, by name or number
    #[arg(short, long, value_name = "ACCOUNT")]
    pub account: String,
    /// When it was done: a date, a time, or an age like 2d; now when not said
    #[arg(long, value_name = "WHEN")]
    pub on: Option<When>,
    /// The role that a former owner has now, by id; administrator when not said
    #[arg(long, value_name = "ROLE")]
    pub former_owner: Option<String>,
    #[command(flatten)]
    pub agree: Agree,
}

/// Whole cents of `360` or `360.50`.
fn cents(text: &str) -> Result<i64, String> {
    let wrong = || "a price, like 360 or 360.50".to_owned();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(wrong());
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    Ok(whole * 100 + part)
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn prices_are_whole_cents() {
        for (text, expected) in [
            ("360", Some(36_000)),
            ("360.5", Some(36_050)),
            ("0,05", Some(5)),
            ("-1", None),
            ("1.234", None),
            ("", None),
            ("a", None),
        ] {
            assert_eq!(cents(text).ok(), expected, "{text}");
        }
    }
}
