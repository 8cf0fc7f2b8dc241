use super::*;

fn field(path: &str, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before: Value::Null, after }
}

fn user(fields: Vec<FieldEdit>) -> Edit {
    Edit::UpdateUser { user: RemoteId::new("u"), fields }
}

fn written(edit: &Edit, whole: &Value) -> Vec<(String, Value)> {
    // What was not read is not there.
    let whole = if needs(edit) == Needs::Nothing { Value::Null } else { whole.clone() };
    let known = Known { whole, ..Known::default() };
    let call =
        |call: Call| (format!("{} {}", call.method, call.path.join("/")), call.body.unwrap_or_default());
    calls(edit, &known).into_iter().map(call).collect()
}

#[test]
fn an_update_of_a_user_sends_the_least_that_loses_nothing() {
    let whole = json!({
        "name": "Ada", "profile": {"givenName": "Ada", "locale": "fr", "address": {"country": "UK", "region": "L"}},
        "customData": {"plan": "pro", "apiKey": "k", "a.b": 1}
    });
    let row = |body: Value| ("PATCH users/u".to_owned(), body);
    let profile = |body: Value| ("PATCH users/u/profile".to_owned(), json!({ "profile": body }));
    let data = |body: Value| ("PATCH users/u/custom-data".to_owned(), json!({ "customData": body }));
    for (fields, expected) in [
        (vec![field("name", json!(null))], vec![row(json!({"name": null}))]),
        (
            vec![
                field("profile.givenName", json!("A")),
                field("name", json!("A")),
                field("customData.x.y", json!(1)),
            ],
            vec![row(json!({"name": "A"})), profile(json!({"givenName": "A"})), data(json!({"x.y": 1}))],
        ),
        (
            vec![field("profile.locale", json!(null))],
            vec![row(json!({"profile": {"givenName": "Ada", "address": {"country": "UK", "region": "L"}}}))],
        ),
        (
            vec![
                field("profile.address.region", json!(null)),
                field("profile.address.locality", json!("Bath")),
            ],
            vec![profile(json!({"address": {"country": "UK", "locality": "Bath"}}))],
        ),
        (
            vec![field("customData.plan", json!(null))],
            vec![row(json!({"customData": {"apiKey": "k", "a.b": 1}}))],
        ),
        (
            vec![field("customData", json!({"plan": "free"}))],
            vec![row(json!({"customData": {"plan": "free", "apiKey": "k"}}))],
        ),
        (
            vec![field("customData", json!(null)), field("name", json!("B"))],
            vec![row(json!({"customData": {"apiKey": "k"}, "name": "B"}))],
        ),
    ] {
        assert_eq!(written(&user(fields.clone()), &whole), expected, "{fields:?}");
    }
}

#[test]
fn an_organisation_keeps_the_custom_data_that_nobody_touched() {
    let whole = json!({"name": "Shop", "customData": {"plan": "pro", "token": "t"}});
    let edit = Edit::UpdateGroup {
        group: RemoteId::new("o"),
        group_kind: crate::model::GroupKind::Organization,
        fields: vec![field("customData.seats", json!(3)), field("description", json!("d"))],
    };
    let body = json!({"description": "d", "customData": {"plan": "pro", "token": "t", "seats": 3}});
    assert_eq!(written(&edit, &whole), [("PATCH organizations/o".to_owned(), body)]);
}

#[test]
fn permissions_are_added_and_taken_away_singly_or_replaced_where_the_service_can() {
    let ids = |ids: &[&str]| ids.iter().map(|id| RemoteId::new(*id)).collect::<Vec<_>>();
    let edit = |scope| Edit::UpdateRole {
        role: RemoteId::new("r"),
        scope,
        fields: vec![field("permissions", json!(["b", "c"])), field("name", json!("R"))],
    };
    let known = Known { permissions: ids(&["a", "b"]), organization_scopes: ids(&["c"]), ..Known::default() };
    let all = |edit: &Edit| {
        let call = |call: &Call| format!("{} {}", call.template, call.body.clone().unwrap_or_default());
        calls(edit, &known).iter().map(call).collect::<Vec<_>>()
    };
    assert_eq!(
        all(&edit(RoleScope::Account)),
        [
            r#"PATCH /roles/{id} {"name":"R"}"#,
            r#"POST /roles/{id}/scopes {"scopeIds":["c"]}"#,
            "DELETE /roles/{id}/scopes/{scopeId} null"
        ]
    );
    assert_eq!(
        all(&edit(RoleScope::Organization)),
        [
            r#"PATCH /organization-roles/{id} {"name":"R"}"#,
            r#"PUT /organization-roles/{id}/scopes {"organizationScopeIds":["c"]}"#,
            r#"PUT /organization-roles/{id}/resource-scopes {"scopeIds":["b"]}"#
        ]
    );
}
