use serde_json::json;

use super::*;
use crate::model::{MemberKind, Membership};

fn user(value: Value) -> (User, Vec<String>) {
    let converted = convert(Stream::Users, value);
    let issues = converted.issues.into_iter().map(|issue| issue.problem).collect();
    match converted.record {
        Some(Record::User(user)) => (*user, issues),
        other => panic!("{other:?}"),
    }
}

fn group(value: Value) -> (Group, Vec<String>) {
    let converted = convert(Stream::Groups, value);
    let issues = converted.issues.into_iter().map(|issue| issue.problem).collect();
    match converted.record {
        Some(Record::Group(group)) => (*group, issues),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_full_user_is_taken_over_field_by_field() {
    let value = json!({
        "id": "2819", "externalId": "ext", "userName": "bjensen",
        "name": {"formatted": "Ms. Barbara J Jensen", "familyName": "Jensen", "givenName": "Barbara"},
        "displayName": "Babs Jensen", "title": "Guide", "userType": "Employee", "locale": "en-US", "active": true,
        "emails": [{"value": "home@example.com"}, {"value": "work@example.com", "primary": true}],
        "phoneNumbers": [{"value": "tel:1"}, {"value": "tel:2"}], "password": "s3cret",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"employeeNumber": "701984", "organization": "Universal", "department": "Tours"},
        "meta": {"created": "2010-01-23T04:56:22Z", "lastModified": "2011-05-13T04:42:34Z", "version": "W/\"a\""},
        "unknown": {"kept": [1, 2]}
    });
    let (user, issues) = user(value);
    assert_eq!(issues, Vec::<String>::new());
    let text = |text: &str| Some(text.to_owned());
    let expected = User {
        remote_id: RemoteId::new("2819"),
        user_name: "bjensen".to_owned(),
        display_name: "Babs Jensen".to_owned(),
        given_name: text("Barbara"),
        family_name: text("Jensen"),
        email: text("work@example.com"),
        phone: text("tel:1"),
        active: Some(true),
        title: text("Guide"),
        department: text("Tours"),
        organization: text("Universal"),
        employee_number: text("701984"),
        user_type: text("Employee"),
        locale: text("en-US"),
        external_id: text("ext"),
        created_at: Some(Timestamp::from_millis(1_264_222_582_000)),
        modified_at: Some(Timestamp::from_millis(1_305_261_754_000)),
        last_sign_in_at: None,
        version: text("W/\"a\""),
        raw: user.raw.clone(),
        hash: user.hash,
    };
    assert_eq!(user, expected);
    assert!(user.raw.contains(r#""unknown":{"kept":[1,2]}"#), "{}", user.raw);
    assert!(!user.raw.contains("s3cret"));
}

#[test]
fn a_name_is_never_empty() {
    for (value, display_name, problems) in [
        (json!({"id": "7", "userName": "u", "displayName": " "}), "u", 0),
        (json!({"id": "7", "userName": "u", "name": {"formatted": "F"}}), "F", 0),
        (json!({"id": "7", "userName": "u", "name": {"givenName": "G", "familyName": "N"}}), "G N", 0),
        (json!({"id": "7", "userName": "u", "name": {"familyName": "N"}}), "N", 0),
        (json!({"id": "7", "emails": [{"value": "e@x"}]}), "e@x", 1),
        (json!({"id": "7"}), "7", 1),
    ] {
        let (user, issues) = user(value.clone());
        assert_eq!((user.display_name.as_str(), issues.len()), (display_name, problems), "{value}");
    }
}

#[test]
fn wrong_types_become_issues_and_odd_spellings_are_understood() {
    let (odd, issues) = user(json!({
        "ID": 42, "USERNAME": "u", "active": "False", "emails": "only@example.com", "title": null,
        "phoneNumbers": {"value": "1"}, "meta": {"created": 1_264_222_582_000_u64, "lastModified": "1264222582"},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"employeeNumber": 7}
    }));
    assert_eq!(issues, Vec::<String>::new());
    assert_eq!((odd.remote_id.as_str(), odd.user_name.as_str(), odd.active), ("42", "u", Some(false)));
    assert_eq!((odd.email.as_deref(), odd.phone.as_deref()), (Some("only@example.com"), Some("1")));
    assert_eq!(odd.employee_number.as_deref(), Some("7"));
    assert_eq!(odd.created_at, odd.modified_at);

    let (wrong, issues) = user(json!({
        "id": "7", "userName": "u", "active": "perhaps", "title": ["Private Person"], "emails": [{}],
        "meta": {"created": "yesterday", "lastModified": true}, "name": "Private Person"
    }));
    assert_eq!((wrong.active, wrong.title, wrong.email, wrong.created_at), (None, None, None, None));
    assert_eq!(issues.len(), 5, "{issues:?}");
    assert!(
        issues.iter().all(|issue| !issue.contains("Private") && !issue.contains("perhaps")),
        "{issues:?}"
    );
}

#[test]
fn only_a_record_without_an_id_is_lost() {
    for value in
        [json!({"userName": "u"}), json!({"id": ""}), json!({"id": null}), json!(["id"]), json!("id")]
    {
        let converted = convert(Stream::Users, value.clone());
        assert!(converted.record.is_none(), "{value}");
        assert_eq!(converted.issues.len(), 1, "{value}");
    }
    let raw = RawValue::from_string(r#"{"id":"7","userName":"half \ud83d"}"#.to_owned()).unwrap();
    let repaired = convert_text(Stream::Users, &raw).record.unwrap();
    assert_eq!(repaired.remote_id().as_str(), "7");
}

#[test]
fn a_groups_members_are_unique_sorted_and_may_be_spelled_in_any_way() {
    let (group, issues) = group(json!({
        "id": "g", "displayName": "Group", "members": [
            {"value": "c", "type": "User", "display": "Cy"}, {"value": "a"}, {"value": "c"}, "b",
            {"$ref": "https://id.example.com/v2/Groups/n"}, {"value": "m", "type": "group"}, {"display": "nobody"}
        ]
    }));
    let member = |id: &str, kind, display: Option<&str>| Membership {
        member: RemoteId::new(id),
        kind,
        display: display.map(str::to_owned),
    };
    let expected = vec![
        member("a", MemberKind::User, None),
        member("b", MemberKind::User, None),
        member("c", MemberKind::User, Some("Cy")),
        member("m", MemberKind::Group, None),
        member("n", MemberKind::Group, None),
    ];
    assert_eq!(group.members, expected);
    assert_eq!(issues, ["1 of 7 members have no id"]);
    assert_eq!(group.raw, r#"{"displayName":"Group","id":"g"}"#);
}

#[test]
fn a_groups_hash_covers_its_members_but_not_their_order() {
    let with = |members: Value| group(json!({"id": "g", "displayName": "G", "members": members})).0.hash;
    let both = with(json!([{"value": "a"}, {"value": "b"}]));
    assert_eq!(both, with(json!([{"value": "b"}, {"value": "a"}])));
    assert_ne!(both, with(json!([{"value": "a"}])));
    assert_ne!(both, with(json!([{"value": "ab"}])));
    assert_eq!(with(json!([])), with(Value::Null));
}

#[test]
fn a_group_without_a_name_is_shown_under_its_id() {
    let (group, issues) = group(json!({"id": "g", "members": true}));
    assert_eq!((group.display_name.as_str(), group.members.len(), issues.len()), ("g", 0, 2));
}

#[test]
fn numbers_are_times_in_seconds_or_milliseconds() {
    for (number, expected) in [
        (0.0, Some(0)),
        (1_264_222_582.0, Some(1_264_222_582_000)),
        (1_264_222_582_000.0, Some(1_264_222_582_000)),
        (1e20, None),
        (f64::NAN, None),
    ] {
        assert_eq!(epoch(number), expected.map(Timestamp::from_millis), "{number}");
    }
}
