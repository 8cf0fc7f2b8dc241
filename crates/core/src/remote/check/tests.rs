use super::*;
use crate::model::HolderKind;
use crate::remote::logto::capabilities as logto_capabilities;
use serde_json::json;

fn logto() -> Capabilities {
    logto_capabilities(true)
}

const NOW: Timestamp = Timestamp::from_millis(1_000);

fn field(path: &str, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before: Value::Null, after }
}

fn update(path: &str, after: Value) -> Edit {
    Edit::UpdateUser { user: RemoteId::new("u"), fields: vec![field(path, after)] }
}

fn found(edit: &Edit) -> Vec<(String, FieldReason)> {
    let problems = check_edit(ProviderKind::Logto, &logto(), edit, NOW);
    problems.into_iter().map(|problem| (problem.path, problem.reason)).collect()
}

#[test]
fn every_value_of_a_user_has_its_rules() {
    let long = "é".repeat(129);
    for (path, after, reason) in [
        ("primaryEmail", json!("ada@example.com"), None),
        ("primaryEmail", json!("a@b.c.d"), None),
        ("primaryEmail", json!("nope"), Some(FieldReason::InvalidEmail)),
        ("primaryEmail", json!("a@b"), Some(FieldReason::InvalidEmail)),
        ("primaryEmail", json!("a@.b"), Some(FieldReason::InvalidEmail)),
        ("primaryEmail", json!("a b@c.d"), Some(FieldReason::InvalidEmail)),
        ("primaryEmail", json!(null), None),
        ("primaryPhone", json!("33612341839"), None),
        ("primaryPhone", json!("+33612341839"), Some(FieldReason::InvalidPhone)),
        ("username", json!("_ada1"), None),
        ("username", json!("1ada"), Some(FieldReason::InvalidUserName)),
        ("username", json!("adé"), Some(FieldReason::InvalidUserName)),
        ("name", json!("Zoë"), None),
        ("name", json!(long), Some(FieldReason::TooLong)),
        ("name", json!("é".repeat(128)), None),
        ("name", json!(7), Some(FieldReason::NotText)),
        ("avatar", json!("https://x.example/a.png"), None),
        ("avatar", json!("a.png"), Some(FieldReason::InvalidUrl)),
        ("profile.givenName", json!("Ada"), None),
        ("customData", json!({"plan": "pro"}), None),
        ("customData", json!([1]), Some(FieldReason::NotAnObject)),
        ("customData.plan", json!([1]), None),
        ("customData.", json!(1), Some(FieldReason::NotEditable)),
        ("isSuspended", json!(true), Some(FieldReason::NotEditable)),
        ("id", json!("x"), Some(FieldReason::NotEditable)),
    ] {
        let expected: Vec<_> = reason.map(|reason| (path.to_owned(), reason)).into_iter().collect();
        assert_eq!(found(&update(path, after.clone())), expected, "{path} {after}");
    }
    let problem = check_edit(ProviderKind::Logto, &logto(), &update("name", json!(long)), NOW).remove(0);
    assert_eq!(problem.limit, Some(128));
}

#[test]
fn the_other_parts_of_an_edit_have_theirs() {
    let token = |name: &str, expires_at| Edit::CreateToken {
        owner: RemoteId::new("u"),
        name: name.to_owned(),
        expires_at,
    };
    let rename = |new: &str| Edit::RenameToken {
        owner: RemoteId::new("u"),
        name: "ci".to_owned(),
        new_name: new.to_owned(),
    };
    let role = |scope, fields| Edit::CreateRole {
        scope,
        holder_kind: HolderKind::User,
        fields,
        permissions: vec![],
    };
    let twice = Edit::UpdateUser {
        user: RemoteId::new("u"),
        fields: vec![field("name", json!("a")), field("name", json!("b"))],
    };
    let path = |path: &str, reason| vec![(path.to_owned(), reason)];
    for (edit, expected) in [
        (token("ci", None), vec![]),
        (token("ci", Some(Timestamp::from_millis(1_001))), vec![]),
        (token("ci", Some(NOW)), path("expiresAt", FieldReason::InThePast)),
        (token(" ", None), path("name", FieldReason::Required)),
        (token(&"x".repeat(257), None), path("name", FieldReason::TooLong)),
        (rename("ci/cd"), vec![]),
        (rename("ci"), path("newName", FieldReason::NothingToDo)),
        (rename(""), path("newName", FieldReason::Required)),
        (twice, path("name", FieldReason::Repeated)),
        (
            Edit::UpdateUser { user: RemoteId::new("u"), fields: vec![] },
            path("fields", FieldReason::NothingToDo),
        ),
        (
            role(RoleScope::Account, vec![field("name", json!("r"))]),
            path("description", FieldReason::Required),
        ),
        (role(RoleScope::Organization, vec![field("name", json!("r"))]), vec![]),
        (
            role(RoleScope::Organization, vec![field("name", json!("r")), field("isDefault", json!(true))]),
            path("isDefault", FieldReason::NotEditable),
        ),
        (
            Edit::CreateGroup { group_kind: GroupKind::Group, fields: vec![field("name", json!("g"))] },
            path("groupKind", FieldReason::NotSupported),
        ),
        (
            Edit::CreateGroup { group_kind: GroupKind::Organization, fields: vec![] },
            path("name", FieldReason::Required),
        ),
        (Edit::CreateUser { fields: vec![], password: PasswordChoice::Generated }, vec![]),
    ] {
        assert_eq!(found(&edit), expected, "{edit:?}");
    }
    let mut unable = logto();
    unable.edits.retain(|kind| *kind != crate::model::EditKind::DeleteUser);
    let problems =
        check_edit(ProviderKind::Logto, &unable, &Edit::DeleteUser { user: RemoteId::new("u") }, NOW);
    assert_eq!(problems[0].reason, FieldReason::NotSupported);
}
