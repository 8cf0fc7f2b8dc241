//! Operator groups, their members and what they may do; the permissions of operators.

use rollcall_sandbox::UptrendsQuirks;
use serde_json::{Value, json};

use super::client::{bench, told};

#[tokio::test]
async fn groups_are_made_renamed_and_deleted_but_never_the_one_of_everybody() {
    let bench = bench(UptrendsQuirks::default()).await;
    let group = bench.group("Night watch").await;
    let path = format!("/OperatorGroup/{group}");
    let body = json!({ "OperatorGroupGuid": group, "Description": "Day watch", "IsEveryone": false, "IsAdministratorsGroup": false });
    assert_eq!(bench.put(&path, body).await, (204, Value::Null));
    let expected = json!({
        "OperatorGroupGuid": group, "Description": "Day watch", "IsEveryone": false, "IsAdministratorsGroup": false,
    });
    assert_eq!(bench.read(&path).await, expected);
    assert_eq!(bench.post("/OperatorGroup", json!({ "Description": "" })).await.0, 400);
    assert_eq!(bench.delete(&path).await, (204, Value::Null));
    assert_eq!(bench.delete(&path).await.0, 404);
    for flag in ["IsEveryone", "IsAdministratorsGroup"] {
        let path = format!("/OperatorGroup/{}", bench.built_in(flag).await);
        assert_eq!(bench.delete(&path).await.0, 400, "{flag}");
    }
    let everyone = format!("/OperatorGroup/{}", bench.built_in("IsEveryone").await);
    assert_eq!(bench.put(&everyone, json!({ "Description": "All" })).await.0, 400);
}

#[tokio::test]
async fn members_are_an_array_and_nobody_leaves_everyone() {
    let bench = bench(UptrendsQuirks::default()).await;
    let (ada, group) = (bench.operator("ada@example.com").await, bench.group("Night watch").await);
    let members = format!("/OperatorGroup/{group}/Member");
    assert_eq!(bench.rows(&members).await, Vec::<Value>::new());
    assert_eq!(bench.post(&format!("{members}/{ada}"), Value::Null).await, (201, Value::Null));
    assert_eq!(bench.rows(&members).await, [json!({ "OperatorGuid": ada })]);
    assert_eq!(bench.rows(&format!("{members}s")).await.len(), 1, "the older address still answers");
    let everyone = bench.built_in("IsEveryone").await;
    let own = bench.rows(&format!("/Operator/{ada}/OperatorGroup")).await;
    assert_eq!(own, [json!({ "OperatorGroupGuid": everyone }), json!({ "OperatorGroupGuid": group })]);
    assert_eq!(bench.rows(&format!("/OperatorGroup/{everyone}/Member")).await.len(), 2);
    assert_eq!(bench.delete(&format!("/OperatorGroup/{everyone}/Member/{ada}")).await.0, 400);
    assert_eq!(bench.delete(&format!("{members}/{ada}")).await, (204, Value::Null));
    assert_eq!(bench.delete(&format!("{members}/{ada}")).await.0, 404);
    let administrators = bench.built_in("IsAdministratorsGroup").await;
    let last = format!("/OperatorGroup/{administrators}/Member/{}", bench.owner().await);
    assert!(told(&bench.delete(&last).await.1).contains("last administrator"));
    assert_eq!(
        bench.rows(&format!("/OperatorGroup/{administrators}/Member")).await.len(),
        1,
        "nothing of it was done"
    );
}

#[tokio::test]
async fn permissions_are_plain_texts_and_administrators_are_made_by_their_group_only() {
    let bench = bench(UptrendsQuirks::default()).await;
    let path = format!("/Operator/{}/Authorization", bench.operator("ada@example.com").await);
    assert_eq!(bench.post(&format!("{path}/CreatePrivateLocations"), Value::Null).await, (201, Value::Null));
    assert_eq!(bench.rows(&path).await, ["AccountAccess", "CreatePrivateLocations"]);
    assert_eq!(bench.post(&format!("{path}/AccountAdministrator"), Value::Null).await.0, 400);
    assert_eq!(bench.post(&format!("{path}/BasicOperator"), Value::Null).await.0, 400, "the name groups use");
    assert_eq!(bench.delete(&format!("{path}/CreatePrivateLocations")).await, (204, Value::Null));
    assert_eq!(bench.delete(&format!("{path}/CreatePrivateLocations")).await.0, 404);
    let group = format!("/OperatorGroup/{}/Authorization", bench.group("Watch").await);
    assert_eq!(bench.post(&format!("{group}/BasicOperator"), Value::Null).await.0, 201);
    assert_eq!(bench.post(&format!("{group}/Administrator"), Value::Null).await.0, 400);
    assert_eq!(bench.post(&format!("{group}/AccountAccess"), Value::Null).await.0, 400);
    assert_eq!(bench.rows(&group).await, ["BasicOperator"]);
    let administrators =
        format!("/OperatorGroup/{}/Authorization", bench.built_in("IsAdministratorsGroup").await);
    assert_eq!(bench.rows(&administrators).await, ["Administrator", "AllowInfra"]);
    assert_eq!(bench.delete(&format!("{administrators}/AllowInfra")).await.0, 400);
}

#[tokio::test]
async fn the_last_financial_operator_and_technical_contact_stay() {
    let bench = bench(UptrendsQuirks::default()).await;
    let owner = format!("/Operator/{}/Authorization", bench.owner().await);
    for right in ["FinancialOperator", "TechnicalContact"] {
        let (status, body) = bench.delete(&format!("{owner}/{right}")).await;
        assert_eq!((status, told(&body).contains(right)), (400, true));
    }
    let group = bench.group("Finance").await;
    bench.post(&format!("/OperatorGroup/{group}/Authorization/FinancialOperator"), Value::Null).await;
    assert_eq!(
        bench.delete(&format!("{owner}/FinancialOperator")).await.0,
        400,
        "an empty group holds nothing"
    );
    let ada = bench.operator("ada@example.com").await;
    bench.post(&format!("/OperatorGroup/{group}/Member/{ada}"), Value::Null).await;
    assert_eq!(bench.delete(&format!("{owner}/FinancialOperator")).await.0, 204);
    assert_eq!(bench.delete(&format!("/OperatorGroup/{group}/Member/{ada}")).await.0, 400);
    assert_eq!(bench.delete(&format!("/Operator/{ada}")).await.0, 400);
    assert_eq!(bench.delete(&format!("/OperatorGroup/{group}")).await.0, 400);
    assert_eq!(bench.rows(&format!("/OperatorGroup/{group}/Member")).await.len(), 1);
}
