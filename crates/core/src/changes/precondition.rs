//! Whether an edit can be carried out on what the service has now. Pure.

use std::collections::BTreeSet;

use serde_json::Value;

use super::parts;
use crate::model::{Edit, FieldConflict, FieldEdit, FieldPath, PERMISSIONS};
use crate::remote::Current;

/// What a look at the service right before writing tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Precondition {
    /// As the person saw it: go on.
    Clear,
    /// The service has it already: nothing to send.
    AlreadyDone,
    /// Somebody else changed the same values.
    Conflict(Vec<FieldConflict>),
    /// What it is about is not there any more.
    Gone,
    /// Something of that name is there already.
    InTheWay,
    /// The invitation was accepted, revoked or has expired since.
    Over {
        /// The service's own word for what became of it.
        status: String,
    },
}

/// Compares base, what is wanted, and what is there.
pub fn check(edit: &Edit, current: &Current) -> Precondition {
    match edit {
        Edit::CreateUser { .. }
        | Edit::CreateRole { .. }
        | Edit::CreateGroup { .. }
        | Edit::CreateToken { .. }
        | Edit::KeepToken { .. }
        | Edit::InviteUser { .. } => match current {
            Current::Absent => Precondition::Clear,
            Current::Record { .. } | Current::Present => Precondition::InTheWay,
        },
        Edit::UpdateUser { .. } | Edit::UpdateRole { .. } | Edit::UpdateGroup { .. } => match current {
            Current::Absent => Precondition::Gone,
            Current::Present => Precondition::Clear,
            Current::Record { raw, .. } => check_fields(parts::fields(edit), raw),
        },
        Edit::SetUserActive { active, .. } => match current {
            Current::Absent => Precondition::Gone,
            Current::Record { raw, .. } if is_active(raw) == Some(*active) => Precondition::AlreadyDone,
            Current::Record { .. } | Current::Present => Precondition::Clear,
        },
        Edit::ResetPassword { .. } | Edit::ExpirePassword { .. } | Edit::RenameToken { .. } => {
            match current {
                Current::Absent => Precondition::Gone,
                Current::Record { .. } | Current::Present => Precondition::Clear,
            }
        }
        Edit::ResendInvitation { .. } | Edit::AcceptInvitation { .. } => match (current, over(current)) {
            (Current::Absent, _) => Precondition::Gone,
            (_, Some(status)) => Precondition::Over { status },
            (_, None) => Precondition::Clear,
        },
        // Nobody can accept one that is gone, revoked or expired: that is all that revoking is for.
        Edit::RevokeInvitation { .. } => match (current, over(current)) {
            (Current::Absent, _) => Precondition::AlreadyDone,
            (_, Some(status)) if status == ACCEPTED => Precondition::Over { status },
            (_, Some(_)) => Precondition::AlreadyDone,
            (_, None) => Precondition::Clear,
        },
        Edit::AssignRole { .. } | Edit::AddMember { .. } | Edit::AddOffDuty { .. } => match current {
            Current::Absent => Precondition::Clear,
            Current::Record { .. } | Current::Present => Precondition::AlreadyDone,
        },
        // A record says what there is in its place.
        Edit::GiveRight { .. } => match current {
            Current::Absent | Current::Record { .. } => Precondition::Clear,
            Current::Present => Precondition::AlreadyDone,
        },
        Edit::DeleteUser { .. }
        | Edit::DeleteRole { .. }
        | Edit::DeleteGroup { .. }
        | Edit::DeleteToken { .. }
        | Edit::UnassignRole { .. }
        | Edit::RemoveMember { .. }
        | Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. }
        | Edit::DeleteInvitation { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::TakeRight { .. } => match current {
            Current::Absent => Precondition::AlreadyDone,
            Current::Record { .. } | Current::Present => Precondition::Clear,
        },
        Edit::ChangeOffDuty { .. } | Edit::DescribeToken { .. } => match current {
            Current::Absent => Precondition::Gone,
            Current::Present => Precondition::Clear,
            Current::Record { raw, .. } => check_fields(parts::single_value(edit).as_slice(), raw),
        },
        // Everybody in the group has it so, or not everybody has.
        Edit::SetGroupActive { .. } | Edit::AddGroupOffDuty { .. } => match current {
            Current::Absent => Precondition::Gone,
            Current::Present => Precondition::AlreadyDone,
            Current::Record { .. } => Precondition::Clear,
        },
    }
}

/// The service's word for an invitation that became a member.
const ACCEPTED: &str = "Accepted";

/// What became of the invitation, in the service's own word; `None` while it can be accepted.
fn over(current: &Current) -> Option<String> {
    let Current::Record { raw, .. } = current else { return None };
    raw.get("status").and_then(Value::as_str).filter(|status| *status != "Pending").map(str::to_owned)
}

fn check_fields(fields: &[FieldEdit], raw: &Value) -> Precondition {
    let mut conflicts = Vec::new();
    let mut done = true;
    for FieldEdit { path, before, after } in fields {
        let theirs = FieldPath::parse(path).get(raw);
        if same_at(path, theirs, after) {
            continue;
        }
        done = false;
        if !same_at(path, theirs, before) {
            conflicts.push(FieldConflict {
                path: path.clone(),
                base: before.clone(),
                mine: after.clone(),
                theirs: theirs.clone(),
            });
        }
    }
    match (conflicts.is_empty(), done) {
        (false, _) => Precondition::Conflict(conflicts),
        (true, true) => Precondition::AlreadyDone,
        (true, false) => Precondition::Clear,
    }
}

/// Whether two values at `path` say the same; what a role allows stands in any order.
pub fn same_at(path: &str, a: &Value, b: &Value) -> bool {
    let set = |value: &Value| {
        let ids = value.as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    if path == PERMISSIONS { set(a) == set(b) } else { same(a, b) }
}

/// Whether two values say the same. Absent, null, empty text and empty list are nothing (RFC 7643 section 2.5; Logto keeps
/// empty text as null).
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        _ if is_nothing(a) || is_nothing(b) => is_nothing(a) && is_nothing(b),
        (Value::Object(a), Value::Object(b)) => {
            let covers = |a: &serde_json::Map<String, Value>, b: &serde_json::Map<String, Value>| {
                a.iter().all(|(key, value)| same(value, b.get(key).unwrap_or(&Value::Null)))
            };
            covers(a, b) && covers(b, a)
        }
        _ => a == b,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether the user's record says that they are active, in the words of its provider.
pub fn is_active(raw: &Value) -> Option<bool> {
    let suspended = raw.get("isSuspended").and_then(Value::as_bool).map(|suspended| !suspended);
    let alerted = raw.get("IsOnDuty").and_then(Value::as_bool);
    suspended.or(alerted).or_else(|| FieldPath::parse("active").get(raw).as_bool())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{GroupKind, HolderKind, PasswordChoice, RemoteId, RoleScope};

    fn record(raw: Value) -> Current {
        Current::Record { raw, version: None }
    }

    fn update(path: &str, before: Value, after: Value) -> Edit {
        let fields = vec![FieldEdit { path: path.to_owned(), before, after }];
        Edit::UpdateUser { user: RemoteId::new("u"), fields }
    }

    #[test]
    fn base_wanted_and_theirs_decide() {
        use Precondition::{AlreadyDone, Clear, Gone};
        let conflict = |theirs: Value| {
            let (path, base, mine) = ("name".to_owned(), json!("A"), json!("B"));
            Precondition::Conflict(vec![FieldConflict { path, base, mine, theirs }])
        };
        for (current, expected) in [
            (record(json!({"name": "A"})), Clear),
            (record(json!({"name": "B"})), AlreadyDone),
            (record(json!({"name": "C"})), conflict(json!("C"))),
            (record(json!({})), conflict(json!(null))),
            (Current::Absent, Gone),
        ] {
            assert_eq!(check(&update("name", json!("A"), json!("B")), &current), expected, "{current:?}");
        }
    }

    #[test]
    fn nothing_is_nothing_however_it_is_written() {
        for (before, after, current, expected) in [
            (json!(null), json!("x"), json!({}), Precondition::Clear),
            (json!(""), json!("x"), json!({"name": null}), Precondition::Clear),
            (json!("x"), json!(""), json!({"name": null}), Precondition::AlreadyDone),
            (json!({"a": 1, "b": null}), json!({}), json!({"name": {"a": 1}}), Precondition::Clear),
            (json!(1), json!(false), json!({"name": false}), Precondition::AlreadyDone),
        ] {
            let edit = update("name", before, after);
            assert_eq!(check(&edit, &record(current.clone())), expected, "{edit:?} {current}");
        }
    }

    #[test]
    fn what_a_role_allows_is_compared_in_any_order() {
        let role = |before: Value, after: Value| Edit::UpdateRole {
            role: RemoteId::new("r"),
            scope: RoleScope::Account,
            fields: vec![FieldEdit { path: PERMISSIONS.to_owned(), before, after }],
        };
        let edit = role(json!(["a", "b"]), json!(["b", "c"]));
        for (theirs, expected) in
            [(json!(["b", "a"]), Precondition::Clear), (json!(["c", "b"]), Precondition::AlreadyDone)]
        {
            let current = record(json!({"permissions": theirs}));
            assert_eq!(check(&edit, &current), expected, "{current:?}");
        }
        let found = check(&edit, &record(json!({"permissions": ["a"]})));
        assert!(matches!(found, Precondition::Conflict(_)), "{found:?}");
        assert_eq!(check(&role(json!([]), json!(["a"])), &record(json!({}))), Precondition::Clear);
    }

    #[test]
    fn one_conflict_holds_the_others_back() {
        let fields = vec![
            FieldEdit { path: "name".to_owned(), before: json!("A"), after: json!("B") },
            FieldEdit { path: "avatar".to_owned(), before: json!(null), after: json!("x") },
        ];
        let edit = Edit::UpdateUser { user: RemoteId::new("u"), fields };
        let found = check(&edit, &record(json!({"name": "Z", "avatar": null})));
        assert!(matches!(&found, Precondition::Conflict(fields) if fields.len() == 1), "{found:?}");
        let half_done = check(&edit, &record(json!({"name": "B", "avatar": null})));
        assert_eq!(half_done, Precondition::Clear);
    }

    #[test]
    fn every_other_kind_has_its_table() {
        use Precondition::{AlreadyDone, Clear, Gone, InTheWay};
        let id = || RemoteId::new("x");
        let (active, suspended) = (record(json!({"isSuspended": false})), record(json!({"active": false})));
        let create = Edit::CreateUser { fields: Vec::new(), password: PasswordChoice::None };
        let assign =
            Edit::AssignRole { role: id(), holder: id(), holder_kind: HolderKind::User, group: None };
        let unassign =
            Edit::UnassignRole { role: id(), holder: id(), holder_kind: HolderKind::User, group: None };
        let join = Edit::AddMember { group: id(), group_kind: GroupKind::Group, member: id() };
        let token = Edit::CreateToken { owner: id(), name: "t".to_owned(), expires_at: None };
        let rename = Edit::RenameToken { owner: id(), name: "t".to_owned(), new_name: "s".to_owned() };
        let delete_role = Edit::DeleteRole { role: id(), scope: RoleScope::Account };
        let invitee = "ada@example.org".to_owned();
        let invite =
            Edit::InviteUser { group: id(), invitee, roles: Vec::new(), expires_at: None, message: None };
        let resend = Edit::ResendInvitation { invitation: id(), expires_at: None, message: None };
        let revoke = Edit::RevokeInvitation { invitation: id() };
        let invitation = |status: &str| record(json!({"status": status}));
        let over = |status: &str| Precondition::Over { status: status.to_owned() };
        for (edit, current, expected) in [
            (create.clone(), Current::Absent, Clear),
            (create, active.clone(), InTheWay),
            (token.clone(), Current::Absent, Clear),
            (token, Current::Present, InTheWay),
            (Edit::SetUserActive { user: id(), active: true }, active.clone(), AlreadyDone),
            (Edit::SetUserActive { user: id(), active: false }, active.clone(), Clear),
            (Edit::SetUserActive { user: id(), active: false }, suspended, AlreadyDone),
            (Edit::SetUserActive { user: id(), active: false }, Current::Absent, Gone),
            (Edit::ResetPassword { user: id() }, Current::Absent, Gone),
            (rename, Current::Absent, Gone),
            (assign.clone(), Current::Present, AlreadyDone),
            (assign, Current::Absent, Clear),
            (unassign.clone(), Current::Present, Clear),
            (unassign, Current::Absent, AlreadyDone),
            (join, Current::Absent, Clear),
            (Edit::DeleteUser { user: id() }, active, Clear),
            (Edit::DeleteUser { user: id() }, Current::Absent, AlreadyDone),
            (delete_role, Current::Absent, AlreadyDone),
            (invite.clone(), Current::Absent, Clear),
            (invite.clone(), Current::Present, InTheWay),
            (invite, invitation("Pending"), InTheWay),
            (resend.clone(), Current::Absent, Gone),
            (resend.clone(), invitation("Pending"), Clear),
            (resend, invitation("Expired"), over("Expired")),
            (revoke.clone(), invitation("Pending"), Clear),
            (revoke.clone(), invitation("Revoked"), AlreadyDone),
            (revoke.clone(), invitation("Expired"), AlreadyDone),
            (revoke.clone(), Current::Absent, AlreadyDone),
            (revoke, invitation("Accepted"), over("Accepted")),
            (Edit::DeleteInvitation { invitation: id() }, invitation("Accepted"), Clear),
            (Edit::DeleteInvitation { invitation: id() }, Current::Absent, AlreadyDone),
        ] {
            assert_eq!(check(&edit, &current), expected, "{edit:?} {current:?}");
        }
    }
}
