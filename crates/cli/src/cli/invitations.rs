//! What can be typed about invitations.

use clap::{Args, Subcommand, ValueEnum};

use super::{Of, Which, Write};
use crate::when::Until;

#[derive(Clone, Debug, Subcommand)]
pub enum InvitationsAction {
    /// Who was invited, and what became of it
    List(InvitationsArguments),
    /// Invite people to an organisation
    #[command(after_help = "\
Examples:
  rollcallctl invitations create zoe@example.com --organization 'Maps team' --role editor --expires 7d
  rollcallctl invitations create --organization 'Maps team' --mail --apply --yes - < addresses.txt

Without --mail no e-mail is sent: the service only knows of the invitation. The link in the e-mail is that of the settings
of the window, or --link; in it {invitation}, {email} and {organization} stand for what is known only then. Addresses of
members, and those that are invited already, are left out and told.")]
    Create {
        /// Addresses with anything between them; `-` reads them from the standard input
        #[arg(required = true, value_name = "ADDRESS")]
        addresses: Vec<String>,
        /// The organisation, by name or id
        #[arg(long)]
        organization: String,
        /// A role that they get there, by name or id; may be given more than once
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        /// Until when it can be accepted: a date, a time, or a length like 7d
        #[arg(long, value_name = "WHEN")]
        expires: Option<Until>,
        #[command(flatten)]
        mail: Mail,
        /// Invite the others although some are no addresses
        #[arg(long)]
        skip_wrong: bool,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        write: Write,
    },
    /// Send the e-mail of invitations once more; that does not move their end
    Resend {
        #[command(flatten)]
        which: Invitations,
        /// The link in it, instead of that of the settings
        #[arg(long, value_name = "ADDRESS")]
        link: Option<String>,
    },
    /// Take invitations back: nobody can accept them any more
    Revoke {
        #[command(flatten)]
        which: Invitations,
    },
}

/// Whether an e-mail goes out.
#[derive(Clone, Debug, Default, Args)]
pub struct Mail {
    /// Have the service send an e-mail
    #[arg(long)]
    pub mail: bool,
    /// The link in it, instead of that of the settings
    #[arg(long, value_name = "ADDRESS", requires = "mail")]
    pub link: Option<String>,
}

/// Some invitations.
#[derive(Clone, Debug, Args)]
pub struct Invitations {
    /// Invitations, by id or by the address that can still accept one
    #[arg(required = true, value_name = "INVITATION")]
    pub invitations: Vec<String>,
    #[command(flatten)]
    pub of: Of,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Clone, Debug, Args)]
pub struct InvitationsArguments {
    /// Words that must all occur in address, organisation or inviter
    pub words: Vec<String>,
    #[command(flatten)]
    pub which: Which,
    /// Only those of which this became
    #[arg(long)]
    pub state: Option<InvitationChoice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InvitationChoice {
    /// Can still be accepted
    Pending,
    /// Was not accepted in time
    Expired,
    /// Somebody came
    Accepted,
    /// Was taken back
    Revoked,
}
