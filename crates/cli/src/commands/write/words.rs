//! Plans in words, for the person who decides.

use rollcall_core::api::{
    Guard, LeftBehind, LeftItemView, LeftView, LossKind, LossView, OrderReason, PlanSubject, PlanSubjectView,
    PlanView, ReceiptView, RecordView,
};
use rollcall_core::model::{
    BlockReason, CallOutcome, ChangeState, EditKind, FieldEdit, FieldProblem, FieldReason,
};
use serde_json::Value;

use super::still::still_text;
use crate::output;
use crate::sheet::Cell;

/// Shows a plan on the standard error stream.
pub fn tell(plan: &PlanView) {
    lines(plan).iter().for_each(|line| output::notice(line));
}

/// A plan, line by line.
pub fn lines(plan: &PlanView) -> Vec<String> {
    let sample = if plan.sample { " (sample account)" } else { "" };
    let mut lines = vec![format!("{}{sample}: {}", plan.account_name, count(plan.lines, "change"))];
    for subject in &plan.subjects {
        of_subject(subject, &mut lines);
    }
    if !plan.totals.is_empty() {
        let totals: Vec<String> = plan.totals.iter().map(loss_text).collect();
        lines.push(format!("lost altogether: {}", totals.join("; ")));
    }
    lines.extend(plan.left.iter().map(|left| format!("left behind: {}", left_text(left))));
    for guard in &plan.guards {
        lines.push(format!("  ! {}", guard_text(&guard.guard)));
    }
    lines
}

fn of_subject(subject: &PlanSubjectView, lines: &mut Vec<String>) {
    let RecordView { kind, remote_id, name } = &subject.subject;
    let id = remote_id.as_deref().map_or_else(|| "new".to_owned(), |id| format!("id {id}"));
    lines.push(format!("  {} {name} ({id})", kind_text(*kind)));
    for line in &subject.lines {
        let number = line.change_id.map(|id| format!(" [change {id}]")).unwrap_or_default();
        lines.push(format!(
            "    {}. {}{number}",
            line.order,
            line_text(line.kind, &line.targets, line.item.as_deref(), &line.fields)
        ));
        lines.extend(line.fields.iter().map(|field| format!("       {}", field_text(field))));
        lines.extend(line.losses.iter().map(|loss| format!("       lost: {}", loss_text(loss))));
        lines.extend(
            line.after
                .iter()
                .map(|after| format!("       after {}: {}", after.order, order_text(after.reason))),
        );
        lines.extend(line.still.iter().map(|still| format!("       {}", still_text(still))));
        lines.extend(line.guards.iter().map(|guard| format!("       ! {}", guard_text(&guard.guard))));
        lines.extend(
            line.problems.iter().map(|problem| format!("       cannot be sent: {}", problem_text(problem))),
        );
        lines.extend(line.blocked.iter().map(|reason| format!("       needs you: {}", block_text(reason))));
        lines.extend(line.blocked.iter().flat_map(conflict_lines));
    }
}

/// A receipt, line by line.
pub fn receipt_lines(receipt: &ReceiptView) -> Vec<String> {
    let time = |at: i64| Cell::Time(at).human();
    let who = [("signed in as", &receipt.signed_in_as), ("by", &receipt.person)];
    let who = who.iter().filter_map(|(what, name)| Some(format!(", {what} {}", name.as_deref()?)));
    let head =
        format!("{}, receipt {}, {}", receipt.account_name, receipt.run.id, time(receipt.run.started_at));
    let mut lines = vec![who.fold(head, |head, who| head + &who)];
    for line in &receipt.lines {
        let what = line_text(line.kind, &line.targets, line.item.as_deref(), &line.fields);
        let state = match (line.state, line.calls.last().map(|call| call.outcome)) {
            (ChangeState::Applied, Some(CallOutcome::AlreadyDone)) => "was so already",
            (ChangeState::Applied, _) => "done",
            (ChangeState::Pending, _) => "not sent; it waits",
            (ChangeState::Sent, _) => "being sent",
            (ChangeState::Blocked, _) => "needs you",
            (ChangeState::Withdrawn, _) => "taken back",
        };
        lines.push(format!("  {} {}: {what}: {state}", kind_text(line.subject.kind), line.subject.name));
        lines.extend(line.fields.iter().map(|field| format!("       {}", field_text(field))));
        lines.extend(line.blocked.iter().map(|reason| format!("       {}", block_text(reason))));
        lines.extend(line.blocked.iter().flat_map(conflict_lines));
    }
    lines
}

/// What an edit does.
pub fn line_text(kind: EditKind, targets: &[RecordView], item: Option<&str>, fields: &[FieldEdit]) -> String {
    let target = |kind: PlanSubject| {
        targets.iter().find(|target| target.kind == kind).map(|target| target.name.as_str())
    };
    let role = target(PlanSubject::Role).unwrap_or_default();
    let within = target(PlanSubject::Group).map(|group| format!(" in {group}")).unwrap_or_default();
    let group = target(PlanSubject::Group).unwrap_or_default();
    let on = target(PlanSubject::Resource).map(|name| format!(" on {name}")).unwrap_or_default();
    let item = item.unwrap_or_default();
    match kind {
        EditKind::CreateUser => "create this user".to_owned(),
        EditKind::CreateRole => "create this role".to_owned(),
        EditKind::CreateGroup => "create it".to_owned(),
        EditKind::UpdateUser | EditKind::UpdateRole | EditKind::UpdateGroup => {
            format!("change {}", count(u32::try_from(fields.len()).unwrap_or(u32::MAX), "value"))
        }
        EditKind::SetUserActive => match fields.iter().find_map(|field| field.after.as_bool()) {
            Some(true) => "let in again".to_owned(),
            Some(false) => "suspend: no sign-in until let in again".to_owned(),
            None => "suspend or let in".to_owned(),
        },
        EditKind::ResetPassword => "set a new password, generated and shown once".to_owned(),
        EditKind::ExpirePassword => "ask for a new password at the next sign-in".to_owned(),
        EditKind::DeleteUser => "delete this user".to_owned(),
        EditKind::DeleteRole => "delete this role".to_owned(),
        EditKind::DeleteGroup => "delete it; its members stay in the account".to_owned(),
        EditKind::UnlinkIdentity => format!("unlink the identity at {item}"),
        EditKind::EndSession => format!("end the session {item}"),
        EditKind::RevokeGrant => format!("take back what was allowed to {item}"),
        EditKind::RemoveFactor => format!("remove the second factor {item}"),
        EditKind::AssignRole => format!("give the role {role}{within}"),
        EditKind::UnassignRole => format!("take the role {role}{within} away"),
        EditKind::AddMember => format!("add to {group}"),
        EditKind::RemoveMember => format!("remove from {group}"),
        EditKind::CreateToken => format!("create the token \"{item}\""),
        EditKind::RenameToken => format!("rename the token \"{item}\""),
        EditKind::DeleteToken => format!("revoke the token \"{item}\": what uses it stops working"),
        EditKind::AddOffDuty => "add a time without alerts".to_owned(),
        EditKind::ChangeOffDuty => "change a time without alerts".to_owned(),
        EditKind::RemoveOffDuty => "remove a time without alerts".to_owned(),
        EditKind::AddGroupOffDuty => "add a time without alerts for every member".to_owned(),
        EditKind::SetGroupActive => match fields.iter().find_map(|field| field.after.as_bool()) {
            Some(true) => "switch alerts on for every member".to_owned(),
            Some(false) | None => "switch alerts off for every member".to_owned(),
        },
        EditKind::GiveRight => format!("give the right {item}{on}"),
        EditKind::TakeRight => format!("take the right {item}{on} away"),
        EditKind::DescribeToken => format!("describe the token \"{item}\" otherwise"),
        EditKind::InviteUser => format!("invite to {group}"),
        EditKind::ResendInvitation => "send the invitation again".to_owned(),
        EditKind::RevokeInvitation => "revoke the invitation".to_owned(),
        EditKind::DeleteInvitation => "delete the record of the invitation".to_owned(),
        EditKind::AcceptInvitation => "note that the invitation was accepted".to_owned(),
        EditKind::KeepToken => format!("note the token \"{item}\""),
    }
}

fn field_text(field: &FieldEdit) -> String {
    format!("{}: {} -> {}", field.path, value_text(&field.before), value_text(&field.after))
}

/// Nothing, text as it is, everything else as JSON.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "(empty)".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// What is lost, how much of it, and its first names.
pub fn loss_text(loss: &LossView) -> String {
    let what = match loss.kind {
        LossKind::Record => "the record with all its values".to_owned(),
        LossKind::Password => "the password until now".to_owned(),
        LossKind::Roles => count(loss.count, "role"),
        LossKind::OrganizationRoles => format!("{} in organisations", count(loss.count, "role")),
        LossKind::Memberships => count(loss.count, "membership"),
        LossKind::Tokens => format!("{}; what uses it stops working", count(loss.count, "token")),
        LossKind::Invitations => format!("{} sent by them", count(loss.count, "invitation")),
        LossKind::Sessions => format!("{}; they are signed out", count(loss.count, "session")),
        LossKind::Grants => format!("what they allowed {}", count(loss.count, "application")),
        LossKind::Factors => count(loss.count, "second factor"),
        LossKind::Identities => format!("{} at other services", count(loss.count, "identity")),
        LossKind::Holders => format!("{} of the role", count(loss.count, "holder")),
        LossKind::Alerts => format!("alerts of {}", count(loss.count, "member")),
        LossKind::Rights => count(loss.count, "right"),
        LossKind::GroupRights => format!("{} that come with the group", count(loss.count, "right")),
        LossKind::OffDutyPeriods => count(loss.count, "off-duty period"),
        LossKind::Permissions => format!("{} of the role", count(loss.count, "permission")),
    };
    if loss.names.is_empty() || loss.kind == LossKind::Record {
        return what;
    }
    let more = if loss.count as usize > loss.names.len() { ", …" } else { "" };
    format!("{what}: {}{more}", loss.names.join(", "))
}

/// What is left behind, how much of it, and its first names.
fn left_text(left: &LeftView) -> String {
    let what = match left.kind {
        LeftBehind::EmptyGroups => format!("{} without members", count(left.count, "group")),
        LeftBehind::UnheldRoles => format!("{} that nobody holds", count(left.count, "role")),
        LeftBehind::UnseenResources => {
            format!("{} that only administrators may see", count(left.count, "resource"))
        }
        LeftBehind::SilentAlerts => {
            format!("{} that would alert nobody", count(left.count, "alert definition"))
        }
    };
    let name = |item: &LeftItemView| match &item.group {
        Some(group) => format!("{} ({})", item.name, group.display_name),
        None => item.name.clone(),
    };
    let names: Vec<String> = left.items.iter().map(name).collect();
    let more = if left.count as usize > left.items.len() { ", …" } else { "" };
    format!("{what}: {}{more}", names.join(", "))
}

const fn order_text(reason: OrderReason) -> &'static str {
    match reason {
        OrderReason::NeedsCreated => "it creates what this needs",
        OrderReason::NeedsMember => "only members can hold roles there",
        OrderReason::GivenBeforeTaken => "so that somebody always holds the role",
        OrderReason::RevokedBeforeDeleted => "what is to be revoked goes first",
        OrderReason::SameSubject => "it is about the same values",
    }
}

/// An amount in whole cents, as people read it.
pub fn money(cents: i64) -> String {
    let (whole, rest) = (cents / 100, (cents % 100).abs());
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

/// What a person should know.
pub fn guard_text(guard: &Guard) -> String {
    match guard {
        Guard::OwnCredential => {
            "this touches what Rollcall itself signs in with: it may lose its access to this account"
                .to_owned()
        }
        Guard::OwnUser => "this is the very user that Rollcall signs in as".to_owned(),
        Guard::LastHolder { role, group: None } => format!("nobody would hold the role {role} any more"),
        Guard::LastHolder { role, group: Some(group) } => {
            format!("nobody would hold the role {role} in {group} any more")
        }
        Guard::ManySubjects { count } => format!("{count} records are touched at once"),
        Guard::Irreversible => "this cannot be taken back".to_owned(),
        Guard::SecretShownOnce => "a value is made that can be seen once only".to_owned(),
        Guard::LastWithRight { permission } => {
            format!("nobody would hold the right {permission} any more")
        }
        Guard::FullRights => "whoever joins may do everything in this account".to_owned(),
        Guard::MemberAlready { name } => format!("the address belongs to {name}, who is a member already"),
        Guard::InvitedAlready => "the address has an invitation that can still be accepted".to_owned(),
        Guard::UserAlready { name } => {
            format!("the address belongs to {name}, a user of the account who could be added at once")
        }
        Guard::UserElsewhere { account } => format!("{account} has a user of this address"),
        Guard::MembersLimit { limit } => format!("the account may have {limit} members: there would be more"),
        Guard::DataLost { name } => format!("the service deletes everything that {name} made"),
        Guard::CostChange { before, after, currency } => {
            let difference = after - before;
            format!(
                "the organisation costs {} {currency} a month instead of {} (estimate without VAT, {}{})",
                money(*after),
                money(*before),
                if difference < 0 { "-" } else { "+" },
                money(difference.abs())
            )
        }
        Guard::InvitationExpired { .. } => "the invitation has expired".to_owned(),
        Guard::OwnershipTransfer { from: Some(from) } => {
            format!("somebody else than {from} owns the organisation afterwards")
        }
        Guard::OwnershipTransfer { from: None } => "it gives the organisation to somebody else".to_owned(),
        Guard::TypedConfirmation { text } => format!("this deletes: \"{text}\" is to be typed"),
    }
}

/// Why a change needs a person.
pub fn block_text(reason: &BlockReason) -> String {
    match reason {
        BlockReason::Conflict { .. } => "somebody else has changed the same values since; nothing was sent".to_owned(),
        BlockReason::Gone => "what this is about is not there any more; nothing was sent".to_owned(),
        BlockReason::NameTaken => "something of that name is there already".to_owned(),
        BlockReason::OutcomeUnknown { denied: false } => {
            "it was sent and no answer came; it is not sent again by itself: the next sync tells whether it arrived"
                .to_owned()
        }
        BlockReason::OutcomeUnknown { denied: true } => {
            "it was sent and no answer came; a look has shown since that it did not arrive: it can be tried again"
                .to_owned()
        }
        BlockReason::Refused { field, words, .. } => {
            let field = field.as_deref().map(|field| format!(" ({field})")).unwrap_or_default();
            format!("the service refused: {words}{field}")
        }
        BlockReason::Forbidden { words } => format!("the credential lacks the right: {words}"),
        BlockReason::SignedOut => "Rollcall is not signed in to this account".to_owned(),
        BlockReason::DependsOn { change } => format!("it waits for change {change}, which is not applied"),
        BlockReason::AlsoChanged { .. } => {
            "it was carried out, and other values of the same record are not what they were right before"
                .to_owned()
        }
        BlockReason::Invalid { problems } => {
            let problems: Vec<String> = problems.iter().map(problem_text).collect();
            format!("it cannot be sent as it is: {}", problems.join("; "))
        }
    }
}

fn conflict_lines(reason: &BlockReason) -> Vec<String> {
    let (BlockReason::Conflict { fields } | BlockReason::AlsoChanged { fields }) = reason else {
        return Vec::new();
    };
    let line = |field: &rollcall_core::model::FieldConflict| {
        let [base, mine, theirs] = [&field.base, &field.mine, &field.theirs].map(value_text);
        format!("         {}: was {base}, yours {mine}, theirs {theirs}", field.path)
    };
    fields.iter().map(line).collect()
}

/// What is to be corrected.
pub fn problem_text(problem: &FieldProblem) -> String {
    format!("{}: {}", problem.path, reason_text(problem.reason, problem.limit))
}

/// Why a value cannot be what it is.
pub fn reason_text(reason: FieldReason, limit: Option<u32>) -> String {
    let text = match reason {
        FieldReason::NotSupported => "the service cannot do this",
        FieldReason::NotEditable => "this value cannot be edited",
        FieldReason::Repeated => "the same value is given twice",
        FieldReason::NothingToDo => "there is nothing to change",
        FieldReason::Required => "this is needed",
        FieldReason::TooLong => return format!("at most {} characters", limit.unwrap_or(0)),
        FieldReason::NotText => "this is no text",
        FieldReason::NotYesOrNo => "this is neither yes nor no",
        FieldReason::NotAnObject => "this is no JSON object",
        FieldReason::InvalidEmail => "this is no e-mail address",
        FieldReason::InvalidPhone => {
            "this is no phone number as the service writes them: digits with the country first"
        }
        FieldReason::InvalidUserName => "this is no name for signing in as the service writes them",
        FieldReason::InvalidUrl => "this is no web address",
        FieldReason::InThePast => "this is in the past",
        FieldReason::NotAllowed => "the roles of the organisation do not allow it",
        FieldReason::TooFar => {
            return format!("at most {} days ahead, as the owner set it", limit.unwrap_or(0));
        }
        FieldReason::Unknown => "the service is not known to have this",
        FieldReason::EndsBeforeStart => "this ends before it begins",
        FieldReason::OwnUser => "this is the user that Rollcall signs in as; the service does not delete it",
        FieldReason::OwnCredential => "this is what Rollcall itself signs in with",
        FieldReason::ThroughGroup => {
            "this right comes from a group: take it from the group, or leave the group"
        }
        FieldReason::Everybody => {
            "everybody is in this group: it stays as it is, and nobody can be put there or leave"
        }
        FieldReason::UseAdministrators => "full rights come with the group of administrators alone",
        FieldReason::Fixed => "the service does not let this right be taken away",
    };
    text.to_owned()
}

const fn kind_text(kind: PlanSubject) -> &'static str {
    match kind {
        PlanSubject::User => "user",
        PlanSubject::Group => "group",
        PlanSubject::Role => "role",
        PlanSubject::Application => "application",
        PlanSubject::Resource => "resource",
        PlanSubject::Invitation => "invitation",
    }
}

/// "1 change", "2 changes".
pub fn count(number: u32, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_english() {
        assert_eq!(
            (count(1, "identity"), count(2, "identity"), count(0, "role")),
            ("1 identity".to_owned(), "2 identities".to_owned(), "0 roles".to_owned())
        );
    }

    #[test]
    fn values_are_told_as_they_are() {
        assert_eq!(value_text(&Value::Null), "(empty)");
        assert_eq!(value_text(&Value::from("Zoë")), "Zoë");
        assert_eq!(value_text(&serde_json::json!({"a": 1})), "{\"a\":1}");
    }
}
