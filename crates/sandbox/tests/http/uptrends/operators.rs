//! Operators: what is shown, what is written, what is refused.

use rollcall_sandbox::UptrendsQuirks;
use serde_json::{Value, json};

use super::client::{bench, guid, told};

fn manual(email: &str) -> Value {
    json!({ "FullName": "Ada Example", "Email": email, "Password": "correct horse", "IsOnDuty": true, "SetupMode": "Manual" })
}

#[tokio::test]
async fn an_operator_is_made_with_its_guid_and_access_and_answers_less_than_was_sent() {
    let bench = bench(UptrendsQuirks::default()).await;
    let mut body = manual("ada@example.com");
    body["CultureName"] = json!("fr-FR");
    body["CultureNameSpecified"] = json!(true);
    let (status, made) = bench.post("/Operator", body).await;
    assert_eq!(status, 201);
    let path = format!("/Operator/{}", guid(&made, "OperatorGuid"));
    assert_eq!(bench.read(&path).await, made);
    assert_eq!(bench.rows(&format!("{path}/Authorization")).await, ["AccountAccess"]);
    assert_eq!((&made["OperatorRole"], &made["MobilePhone"]), (&json!("Unspecified"), &json!("")));
    for hidden in
        ["Password", "SetupMode", "CultureName", "UseNumericSender", "AllowNativeLogin", "TimeZoneId"]
    {
        assert!(made.get(hidden).is_none(), "{hidden} is not given back, nor as null");
    }
    assert_eq!(bench.rows("/Operator").await.len(), 2, "with the account administrator");
    let groups = bench.rows(&format!("{path}/OperatorGroup")).await;
    assert_eq!(groups, [json!({ "OperatorGroupGuid": bench.built_in("IsEveryone").await })]);
}

#[tokio::test]
async fn a_flagged_value_counts_only_with_its_flag_and_the_flag_alone_resets_it() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}", bench.operator("ada@example.com").await);
    assert_eq!(bench.patch(&path, json!({ "TimeZoneId": 56 })).await, (204, Value::Null));
    assert!(bench.read(&path).await.get("TimeZoneId").is_none(), "dropped without a word");
    assert_eq!(bench.patch(&path, json!({ "TimeZoneId": 56, "TimeZoneIdSpecified": true })).await.0, 204);
    assert_eq!(bench.read(&path).await["TimeZoneId"], 56);
    assert_eq!(bench.patch(&path, json!({ "FullName": "Ada" })).await.0, 204);
    let after = bench.read(&path).await;
    assert_eq!((&after["TimeZoneId"], &after["IsOnDuty"]), (&json!(56), &json!(true)), "the rest stays");
    assert_eq!(bench.patch(&path, json!({ "TimeZoneIdSpecified": true })).await.0, 204);
    assert!(bench.read(&path).await.get("TimeZoneId").is_none());
}

#[tokio::test]
async fn every_change_changes_the_hash_and_no_change_keeps_it() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}", bench.operator("ada@example.com").await);
    let first = bench.read(&path).await["Hash"].clone();
    bench.patch(&path, json!({ "FullName": "ada@example.com" })).await;
    assert_eq!(bench.read(&path).await["Hash"], first);
    bench.patch(&path, json!({ "IsOnDuty": false })).await;
    assert_ne!(bench.read(&path).await["Hash"], first);
}

#[tokio::test]
async fn an_operator_put_back_as_it_was_read_loses_what_was_not_given_back() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}", bench.operator("ada@example.com").await);
    bench.patch(&path, json!({ "MobilePhone": "+31100550110" })).await;
    let body = json!({ "FullName": "Ada", "Email": "ada@example.com" });
    assert_eq!(bench.put(&path, body).await, (204, Value::Null));
    let after = bench.read(&path).await;
    assert_eq!((&after["MobilePhone"], &after["IsOnDuty"]), (&json!(""), &json!(false)));
}

#[tokio::test]
async fn validation_is_403_with_everything_that_is_wrong() {
    let bench = bench(UptrendsQuirks::default()).await;
    bench.operator("ada@example.com").await;
    let refused = async |body: Value| -> String {
        let (status, answer) = bench.post("/Operator", body).await;
        assert_eq!(status, 403, "{answer}");
        told(&answer)
    };
    let many =
        json!({ "FullName": " ", "Email": "nobody", "MobilePhone": "0612345678", "Password": "12345" });
    let all = refused(many).await;
    for part in ["FullName", "Email", "MobilePhone", "6 to 32"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(refused(manual("ADA@example.com")).await.contains("already"));
    let mut missing = manual("bo@example.com");
    missing["Password"] = Value::Null;
    assert!(refused(missing).await.contains("Password is required"));
    let mut invited = manual("bo@example.com");
    invited["SetupMode"] = json!("Invitation");
    assert!(refused(invited).await.contains("must be empty when SetupMode is Invitation"));
    let mut long = manual("bo@example.com");
    long["Password"] = json!("x".repeat(33));
    assert!(refused(long).await.contains("6 to 32"));
    let mut single = manual("bo@example.com");
    single["AllowSingleSignon"] = json!(true);
    single["AllowSingleSignonSpecified"] = json!(true);
    assert!(refused(single).await.contains("Single sign-on is not set up"));
    let (status, body) = bench.post("/Operator", json!({ "FullName": 7 })).await;
    assert_eq!(status, 400, "what cannot be read is no validation: {body}");
}

#[tokio::test]
async fn who_signs_in_elsewhere_has_no_password_and_cannot_be_invited() {
    let bench = bench(UptrendsQuirks { single_signon: true, ..UptrendsQuirks::default() }).await;
    let single = |mode: &str, password: Value| {
        json!({
            "FullName": "Ada", "Email": "ada@example.com", "SetupMode": mode, "Password": password,
            "AllowNativeLogin": false, "AllowNativeLoginSpecified": true,
            "AllowSingleSignon": true, "AllowSingleSignonSpecified": true,
        })
    };
    assert_eq!(bench.post("/Operator", single("Manual", json!("correct horse"))).await.0, 403);
    assert_eq!(bench.post("/Operator", single("Invitation", Value::Null)).await.0, 403);
    assert_eq!(bench.post("/Operator", single("Manual", Value::Null)).await.0, 201);
}

#[tokio::test]
async fn the_account_has_room_for_so_many_operators() {
    let bench = bench(UptrendsQuirks::small_plan()).await;
    for name in ["ada", "cy", "di"] {
        bench.operator(&format!("{name}@example.com")).await;
    }
    let (status, body) = bench.post("/Operator", manual("bo@example.com")).await;
    assert_eq!((status, told(&body).contains("no room")), (403, true));
    for unlimited in [None, Some(0), Some(-1)] {
        bench
            .tenant
            .set_uptrends_quirks(UptrendsQuirks { operator_limit: unlimited, ..UptrendsQuirks::default() });
        bench.operator(&format!("x{unlimited:?}@example.com").replace(['(', ')'], "")).await;
    }
}

#[tokio::test]
async fn deleting_is_refused_to_oneself_to_owners_and_for_the_account_administrator() {
    let bench = bench(UptrendsQuirks::default()).await;
    let (status, body) = bench.delete(&format!("/Operator/{}", bench.owner().await)).await;
    assert_eq!((status, told(&body).as_str()), (403, "You cannot delete your own operator."));
    let ada = bench.operator("ada@example.com").await;
    let path = format!("/Operator/{ada}");
    bench.tenant.set_owned(&ada, Some("2 dashboards")).await.unwrap();
    let (status, body) = bench.delete(&path).await;
    assert_eq!((status, told(&body).contains("2 dashboards")), (400, true));
    bench.tenant.set_uptrends_quirks(UptrendsQuirks { owner_status: 403, ..UptrendsQuirks::default() });
    assert_eq!(bench.delete(&path).await.0, 403);
    bench.tenant.set_owned(&ada, None).await.unwrap();
    bench.post("/ApiUser", json!({ "OperatorGuid": ada, "Description": "Script" })).await;
    assert_eq!(bench.delete(&path).await, (204, Value::Null));
    assert_eq!(bench.get(&path).await.0, 404);
    assert_eq!(bench.delete(&path).await.0, 404);
    assert_eq!(bench.rows("/ApiUser").await.len(), 1, "its API users are gone with it");
    let bo = bench.operator("bo@example.com").await;
    let administrators = bench.built_in("IsAdministratorsGroup").await;
    bench.post(&format!("/OperatorGroup/{administrators}/Member/{bo}"), Value::Null).await;
    let other = bench.sign_in_as(&bo).await;
    let (status, body) = other.delete(&format!("/Operator/{}", bench.owner().await)).await;
    assert_eq!((status, told(&body).contains("account administrator")), (400, true));
}
