//! How the program ends: an exit code for scripts, and what happened, to which account and what to do for people.

use std::io::Write;
use std::process::ExitCode;

use rollcall_core::api::{CommandError, ErrorAction, ErrorCode};
use rollcall_sheets::WriteError;

/// What an exit code says. The numbers are part of the interface: see [`crate::cli::EXIT_CODES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    NoSuchAccount = 3,
    SignInRefused = 4,
    Unreachable = 5,
    AwaitsReview = 6,
    Locked = 7,
    Busy = 8,
    DataUnusable = 9,
    Conflict = 10,
    OutcomeUnknown = 11,
    Refused = 12,
    NotConfirmed = 13,
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<ErrorCode> for Exit {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Offline
            | ErrorCode::Timeout
            | ErrorCode::CertificateRejected
            | ErrorCode::RateLimited
            | ErrorCode::AddressNotFound
            | ErrorCode::RemoteFailed => Self::Unreachable,
            ErrorCode::Unauthorized | ErrorCode::Forbidden | ErrorCode::CredentialMissing => {
                Self::SignInRefused
            }
            ErrorCode::KeychainUnavailable
            | ErrorCode::KeychainLocked
            | ErrorCode::KeychainDenied
            | ErrorCode::DatabaseKeyMissing
            | ErrorCode::StoreClosed => Self::Locked,
            ErrorCode::DatabaseBusy | ErrorCode::SyncBusy => Self::Busy,
            ErrorCode::DatabaseTooNew
            | ErrorCode::DatabaseDamaged
            | ErrorCode::DatabaseFailed
            | ErrorCode::DiskFull => Self::DataUnusable,
            ErrorCode::Cancelled => Self::Interrupted,
            ErrorCode::InvalidInput => Self::Usage,
            ErrorCode::FileNotWritten
            | ErrorCode::RemoteRejected
            | ErrorCode::RemoteUnexpected
            | ErrorCode::NotFound
            | ErrorCode::Internal => Self::Failed,
        }
    }
}

/// Why the program ends without having done what it was asked.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    /// Nothing to tell when empty: whoever read the output has gone.
    pub message: String,
    pub advice: Option<String>,
}

impl Failure {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), advice: None }
    }

    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub fn advise(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    /// On the standard error stream.
    pub fn tell(&self) {
        if self.message.is_empty() {
            return;
        }
        let mut stream = std::io::stderr().lock();
        // When nobody can be told, the exit code still says it.
        let _ = writeln!(stream, "rollcallctl: {}", crate::sheet::one_line(&self.message));
        if let Some(advice) = &self.advice {
            let _ = writeln!(stream, "  {}", crate::sheet::one_line(advice));
        }
    }
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        let mut message = String::new();
        if let Some(account) = &error.account {
            message.push_str(account);
            message.push_str(": ");
        }
        message.push_str(&error.message);
        if let Some(detail) = error.detail.as_deref().filter(|detail| !error.message.contains(*detail)) {
            message.push_str(&format!(" ({detail})"));
        }
        Self { exit: error.code.into(), message, advice: advice(&error) }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // `rollcallctl users | head` is no failure.
            return Self { exit: Exit::Done, message: String::new(), advice: None };
        }
        Self::failed(format!("the output could not be written: {error}"))
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Io(error) => error.into(),
            WriteError::Exists | WriteError::Format(_) => Self::failed(error.to_string()),
        }
    }
}

fn advice(error: &CommandError) -> Option<String> {
    let advice = match error.action {
        ErrorAction::Retry => "Try again.",
        ErrorAction::Wait => match error.retry_after_seconds {
            Some(seconds) => return Some(format!("Wait {seconds} seconds, then try again.")),
            None => "Wait until it has ended, then try again.",
        },
        ErrorAction::CheckAddress => "Check the address of the service.",
        ErrorAction::CorrectInput => {
            return error.field.as_ref().map(|field| format!("Correct {}.", option_of(field)));
        }
        ErrorAction::ReplaceCredential => "Give a new credential: in the window, Settings, this account.",
        ErrorAction::CheckPermissions => "Give the credential the right to read users, at the service.",
        ErrorAction::CheckCertificate => {
            "Have the certificate renewed, or name your own authority with --certificate-authority."
        }
        ErrorAction::UnlockKeychain => {
            "The key of the local data is in the keychain of this session: unlock it (or sign in to the desktop), then \
             try again. Nothing is ever read from a file instead."
        }
        ErrorAction::FreeDiskSpace => "Make room on the disk, then try again.",
        ErrorAction::UpdateApplication => "Install the newest version of Rollcall.",
        ErrorAction::CloseOther => "Close the window and other rollcallctl commands, then try again.",
        ErrorAction::ContactService => "Ask those who run the service.",
        ErrorAction::None => return None,
        ErrorAction::Report => "Please report this.",
    };
    Some(advice.to_owned())
}

/// The option behind a field of the request.
fn option_of(field: &str) -> String {
    match field {
        "name" => "the name".to_owned(),
        "address" => "--address".to_owned(),
        "certificateAuthority" => "--certificate-authority".to_owned(),
        "authentication.userName" => "--user-name".to_owned(),
        "authentication.tokenAddress" => "--token-address".to_owned(),
        "authentication.clientId" => "--client-id".to_owned(),
        "authentication.applicationId" => "--application-id".to_owned(),
        "authentication.resource" => "--resource".to_owned(),
        "authentication.token"
        | "authentication.password"
        | "authentication.clientSecret"
        | "authentication.applicationSecret" => "the secret".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_that_the_help_documents() {
        let all = [
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::NoSuchAccount,
            Exit::SignInRefused,
            Exit::Unreachable,
            Exit::AwaitsReview,
            Exit::Locked,
            Exit::Busy,
            Exit::DataUnusable,
            Exit::Conflict,
            Exit::OutcomeUnknown,
            Exit::Refused,
            Exit::NotConfirmed,
            Exit::Interrupted,
        ];
        for exit in all {
            let line = format!("\n  {:<4}", exit as u8);
            assert!(crate::cli::EXIT_CODES.contains(&line), "{exit:?} is not documented");
        }
    }

    #[test]
    fn an_error_says_what_happened_to_which_account_and_what_to_do() {
        let error = CommandError {
            account: Some("Acme".to_owned()),
            ..CommandError::new(
                ErrorCode::Unauthorized,
                "the service does not accept the credential".to_owned(),
            )
        };
        let failure = Failure::from(error);
        assert_eq!(failure.exit, Exit::SignInRefused);
        assert_eq!(failure.message, "Acme: the service does not accept the credential");
        assert!(failure.advice.is_some());
    }
}
