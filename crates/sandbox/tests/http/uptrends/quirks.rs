//! Values that nobody has heard of, and what the documents leave open.

use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use serde_json::{Value, json};

use super::client::bench;

#[tokio::test]
async fn values_that_nobody_has_heard_of_stand_among_known_ones() {
    let bench = bench(UptrendsQuirks::default()).await;
    bench.tenant.generate_uptrends(UptrendsLoad::usual(30, 4, 1)).await.unwrap();
    let odd = UptrendsQuirks { unknown_values: true, unknown_access_type: true, ..UptrendsQuirks::default() };
    bench.tenant.set_uptrends_quirks(odd);
    let has = |rows: &[Value], name: &str, value: &str| rows.iter().filter(|own| own[name] == value).count();
    let operators = bench.rows("/Operator").await;
    let strange = has(&operators, "SmsProvider", "SmsProviderAntarctica");
    assert!((5..20).contains(&strange), "{strange}");
    let monitors = bench.rows("/Monitor?filter=MonitorType,MonitorMode").await;
    assert!(
        has(&monitors, "MonitorType", "SatelliteLink") > 0 && has(&monitors, "MonitorMode", "Rehearsal") > 0
    );
    assert_eq!(has(&bench.rows("/ApiUser").await, "ApiAccessType", "Satellite"), 1);
    let rights = bench.rows(&format!("/Operator/{}/Authorization", bench.owner().await)).await;
    assert_eq!(rights.last(), Some(&json!("ManageSatellites")));
    let all = bench.rows("/MonitorGroup").await[0]["MonitorGroupGuid"].as_str().unwrap().to_owned();
    let grants = bench.rows(&format!("/MonitorGroup/{all}/Authorizations")).await;
    assert_eq!(has(&grants, "AuthorizationType", "Admire"), 1);
}

#[tokio::test]
async fn permissions_may_include_those_of_groups() {
    let bench = bench(UptrendsQuirks { inherited_permissions: true, ..UptrendsQuirks::default() }).await;
    let rights = bench.rows(&format!("/Operator/{}/Authorization", bench.owner().await)).await;
    let expected =
        ["AccountAccess", "AccountAdministrator", "AllowInfra", "FinancialOperator", "TechnicalContact"];
    assert_eq!(rights, expected, "in the words of operators");
}

#[tokio::test]
async fn a_patch_may_empty_what_it_leaves_out() {
    let bench = bench(UptrendsQuirks { patch_empties: true, ..UptrendsQuirks::default() }).await;
    let path = format!("/Operator/{}", bench.operator("ada@example.com").await);
    bench.patch(&path, json!({ "MobilePhone": "+31100550110" })).await;
    assert_eq!(bench.read(&path).await["MobilePhone"], "+31100550110");
    bench.patch(&path, json!({ "FullName": "Ada" })).await;
    assert_eq!(bench.read(&path).await["MobilePhone"], "");
}
