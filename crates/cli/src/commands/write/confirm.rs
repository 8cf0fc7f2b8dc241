//! What must be agreed to before anything is sent: the plan as a whole with a question or --yes, and each thing that a guard
//! asks with a question of its own or --confirm.

use std::io::{BufRead, IsTerminal, Write};

use rollcall_core::api::{ConfirmationRequest, Guard, GuardView, PlanView};

use super::words;
use crate::cli::Agree;
use crate::exit::{Exit, Failure};
use crate::sheet::one_line;

/// Whether somebody is there to answer.
fn is_attended() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Agrees to `plan` as it was told, or fails without anything sent.
pub fn agree(plan: &PlanView, agree: &Agree) -> Result<Vec<ConfirmationRequest>, Failure> {
    let of_lines = plan.subjects.iter().flat_map(|subject| &subject.lines).flat_map(|line| &line.guards);
    let asking: Vec<&GuardView> = plan.guards.iter().chain(of_lines).filter(|guard| guard.confirm).collect();
    let mut given = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for guard in asking {
        let Some(asked) = asked(&guard.guard) else { continue };
        let typed =
            if let Guard::TypedConfirmation { text } = &guard.guard { Some(text.clone()) } else { None };
        if agree.confirm.iter().any(|words| words.trim() == asked) || is_attended() && answer(&guard.guard)? {
            given.push(ConfirmationRequest { key: guard.key.clone(), typed });
        } else if !missing.contains(&asked) {
            missing.push(asked);
        }
    }
    if !missing.is_empty() {
        let options: Vec<String> =
            missing.iter().map(|words| format!("--confirm {}", quoted(words))).collect();
        return Err(not_confirmed(&plan.account_name)
            .advise(format!("When it is meant so, say {}", options.join(" "))));
    }
    if !agree.yes {
        if !is_attended() {
            return Err(not_confirmed(&plan.account_name).advise("Nobody can be asked here: say --yes."));
        }
        let what = format!("Send {} to {}?", words::count(plan.lines, "change"), plan.account_name);
        if !yes_or_no(&what)? {
            return Err(not_confirmed(&plan.account_name));
        }
    }
    Ok(given)
}

/// A question for somebody who is there; `yes` answers it for everybody else.
pub fn question(what: &str, yes: bool) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if is_attended() { yes_or_no(what) } else { Ok(false) }
}

fn not_confirmed(account: &str) -> Failure {
    Failure::new(Exit::NotConfirmed, format!("{account}: nothing was sent: it was not confirmed"))
}

/// What --confirm says to agree.
fn asked(guard: &Guard) -> Option<String> {
    Some(match guard {
        Guard::OwnCredential => "own-credential".to_owned(),
        Guard::OwnUser => "own-user".to_owned(),
        Guard::LastHolder { role, group: None } => format!("last-holder:{role}"),
        Guard::LastHolder { role, group: Some(group) } => format!("last-holder:{role} in {group}"),
        Guard::ManySubjects { count } => format!("many:{count}"),
        Guard::TypedConfirmation { text } => format!("delete:{}", text.trim()),
        Guard::LastWithRight { permission } => format!("last-with-right:{permission}"),
        Guard::FullRights => "full-rights".to_owned(),
        // These are only said.
        Guard::Irreversible
        | Guard::SecretShownOnce
        | Guard::MemberAlready { .. }
        | Guard::InvitedAlready
        | Guard::UserAlready { .. }
        | Guard::UserElsewhere { .. }
        | Guard::MembersLimit { .. }
        | Guard::DataLost { .. }
        | Guard::CostChange { .. }
        | Guard::InvitationExpired { .. }
        | Guard::OwnershipTransfer { .. } => return None,
    })
}

/// As a shell takes it for one word.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "'\\''"))
}

fn answer(guard: &Guard) -> Result<bool, Failure> {
    if let Guard::TypedConfirmation { text } = guard {
        return Ok(typed(&format!("Type {text} to go on: "))?.trim() == text.trim());
    }
    yes_or_no(&format!("{}. Go on all the same?", words::guard_text(guard)))
}

fn yes_or_no(what: &str) -> Result<bool, Failure> {
    let answer = typed(&format!("{what} [y/N] "))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn typed(what: &str) -> Result<String, Failure> {
    let mut stream = std::io::stderr().lock();
    let said = write!(stream, "{}", one_line(what)).and_then(|()| stream.flush());
    said.map_err(|error| Failure::failed(format!("nothing could be asked: {error}")))?;
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::failed(format!("nothing could be typed: {error}")))?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_said_can_be_copied_into_a_shell() {
        assert_eq!(quoted("delete:Zoë O'Hara"), "'delete:Zoë O'\\''Hara'");
        assert_eq!(asked(&Guard::ManySubjects { count: 12 }).as_deref(), Some("many:12"));
        assert_eq!(asked(&Guard::Irreversible), None);
    }
}
