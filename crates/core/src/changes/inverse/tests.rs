use serde_json::json;

use super::*;
use crate::model::{
    AccountId, ChangeBase, ChangeId, ChangeState, GroupKind, PasswordChoice, RoleScope, Timestamp,
};

fn id(text: &str) -> RemoteId {
    RemoteId::new(text)
}

/// An applied change that created `new`, where it creates something.
fn applied(edit: Edit) -> Change {
    Change {
        id: ChangeId(1),
        account: AccountId(1),
        position: 1,
        edit,
        base: ChangeBase::default(),
        state: ChangeState::Applied,
        block: None,
        schedule: None,
        secret_taken: None,
        created: Some(id("new")),
        created_at: Timestamp::from_millis(0),
        run: None,
    }
}

fn fields(before: &str, after: &str) -> Vec<FieldEdit> {
    vec![FieldEdit { path: "name".to_owned(), before: json!(before), after: json!(after) }]
}

const KIND: GroupKind = GroupKind::Organization;
const SCOPE: RoleScope = RoleScope::Organization;
const USER: HolderKind = HolderKind::User;

#[test]
fn what_was_created_is_deleted_and_what_was_changed_is_changed_back() {
    let (create, password) = (fields("", "A"), PasswordChoice::Generated);
    for (edit, expected) in [
        (Edit::CreateUser { fields: create.clone(), password }, Edit::DeleteUser { user: id("new") }),
        (
            Edit::CreateRole { scope: SCOPE, holder_kind: USER, fields: create.clone(), permissions: vec![] },
            Edit::DeleteRole { role: id("new"), scope: SCOPE },
        ),
        (
            Edit::CreateGroup { group_kind: KIND, fields: create },
            Edit::DeleteGroup { group: id("new"), group_kind: KIND },
        ),
        (
            Edit::CreateToken { owner: id("u"), name: "ci".to_owned(), expires_at: None },
            Edit::DeleteToken { owner: id("u"), name: "ci".to_owned() },
        ),
        (
            Edit::UpdateUser { user: id("u"), fields: fields("A", "B") },
            Edit::UpdateUser { user: id("u"), fields: fields("B", "A") },
        ),
        (
            Edit::UpdateRole { role: id("r"), scope: SCOPE, fields: fields("A", "B") },
            Edit::UpdateRole { role: id("r"), scope: SCOPE, fields: fields("B", "A") },
        ),
        (
            Edit::UpdateGroup { group: id("g"), group_kind: KIND, fields: fields("A", "B") },
            Edit::UpdateGroup { group: id("g"), group_kind: KIND, fields: fields("B", "A") },
        ),
        (
            Edit::RenameToken { owner: id("u"), name: "a".to_owned(), new_name: "b".to_owned() },
            Edit::RenameToken { owner: id("u"), name: "b".to_owned(), new_name: "a".to_owned() },
        ),
    ] {
        assert_eq!(inverse(&applied(edit.clone())), Ok(vec![expected]), "{edit:?}");
    }
}

#[test]
fn what_has_an_opposite_is_undone_by_it_and_the_other_way_round() {
    let active = |active| Edit::SetUserActive { user: id("u"), active };
    let role = |group: Option<&str>| (id("r"), id("h"), group.map(RemoteId::new));
    let assign = |group| {
        let (role, holder, group) = role(group);
        Edit::AssignRole { role, holder, holder_kind: HolderKind::Application, group }
    };
    let unassign = |group| {
        let (role, holder, group) = role(group);
        Edit::UnassignRole { role, holder, holder_kind: HolderKind::Application, group }
    };
    let join = || Edit::AddMember { group: id("g"), group_kind: KIND, member: id("u") };
    let leave = || Edit::RemoveMember { group: id("g"), group_kind: KIND, member: id("u") };
    for (one, other) in [
        (active(true), active(false)),
        (assign(None), unassign(None)),
        (assign(Some("g")), unassign(Some("g"))),
        (join(), leave()),
    ] {
        assert_eq!(inverse(&applied(one.clone())), Ok(vec![other.clone()]), "{one:?}");
        assert_eq!(inverse(&applied(other.clone())), Ok(vec![one]), "{other:?}");
    }
}

#[test]
fn who_joins_again_gets_the_roles_back_that_went_with_the_membership() {
    let leave = Edit::RemoveMember { group: id("g"), group_kind: KIND, member: id("u") };
    let mut change = applied(leave);
    change.base.roles = vec![id("r"), id("s")];
    let again = |role: &str| Edit::AssignRole {
        role: id(role),
        holder: id("u"),
        holder_kind: USER,
        group: Some(id("g")),
    };
    let join = Edit::AddMember { group: id("g"), group_kind: KIND, member: id("u") };
    assert_eq!(inverse(&change), Ok(vec![join, again("r"), again("s")]));
}

#[test]
fn what_does_not_come_back_says_why() {
    let user = || id("u");
    let text = || "x".to_owned();
    for (edit, why) in [
        (Edit::DeleteUser { user: user() }, Remains::Deleted),
        (Edit::DeleteRole { role: id("r"), scope: SCOPE }, Remains::Deleted),
        (Edit::DeleteGroup { group: id("g"), group_kind: KIND }, Remains::Deleted),
        (Edit::ResetPassword { user: user() }, Remains::Secret),
        (Edit::DeleteToken { owner: user(), name: text() }, Remains::Secret),
        (Edit::UnlinkIdentity { user: user(), target: text() }, Remains::Person),
        (Edit::EndSession { user: user(), session: text() }, Remains::Person),
        (Edit::RevokeGrant { user: user(), grant: text() }, Remains::Person),
        (Edit::RemoveFactor { user: user(), factor: text() }, Remains::Person),
        (Edit::ExpirePassword { user: user() }, Remains::NoInverse),
        (Edit::RevokeInvitation { invitation: id("i") }, Remains::NoInverse),
        (Edit::DeleteInvitation { invitation: id("i") }, Remains::Deleted),
    ] {
        assert_eq!(inverse(&applied(edit.clone())), Err(why), "{edit:?}");
    }
    // Nobody knows under which id it was created.
    let create = Edit::CreateUser { fields: Vec::new(), password: PasswordChoice::None };
    let unknown = Change { created: None, ..applied(create) };
    assert_eq!(inverse(&unknown), Err(Remains::NoInverse));
}
