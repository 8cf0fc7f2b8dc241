//! What every account has from its first day: the groups Everyone and Administrators, the group of all monitors, the account
//! administrator, and an API user of it for each credential that the sandbox was started with.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::api::operator_form::with_hash;
use super::refusal::Refusal;
use super::store::{Built, Edge, New, ThingKind, built, give, grant_right, insert_thing, link, thing_named};
use crate::Credential;
use crate::rng::Rng;

/// Makes what is missing. The passwords themselves stay in memory.
pub fn prepare(
    conn: &Connection,
    tenant: i64,
    credentials: &[Credential],
    rng: &mut Rng,
    now: i64,
) -> Result<(), Refusal> {
    if built(conn, tenant, Built::Everyone)? == 0 {
        first_day(conn, tenant, rng)?;
    }
    let owner = built(conn, tenant, Built::Owner)?;
    for credential in credentials {
        let Credential::Basic { user, .. } = credential else { continue };
        if thing_named(conn, tenant, ThingKind::ApiUser, user)?.is_none() {
            let json = json!({ "description": "Rollcall", "type": "Generic", "created": now, "requests": 0 });
            let new = New {
                tenant,
                kind: ThingKind::ApiUser,
                id: &rng.uuid(),
                name: user,
                parent: owner,
                json: &json.to_string(),
                hidden: "{}",
            };
            insert_thing(conn, &new)?;
        }
    }
    Ok(())
}

fn first_day(conn: &Connection, tenant: i64, rng: &mut Rng) -> Result<(), Refusal> {
    let mut add = |kind: ThingKind, name: &str, mark: Built, value: Value| -> Result<i64, Refusal> {
        let id = rng.uuid();
        let mut map = value.as_object().cloned().unwrap_or_default();
        map.insert(kind.id_field().to_owned(), json!(id));
        let map = if kind == ThingKind::Operator { with_hash(map) } else { map };
        let json = Value::Object(map).to_string();
        let parent = mark.mark();
        Ok(insert_thing(conn, &New { tenant, kind, id: &id, name, parent, json: &json, hidden: "{}" })?)
    };
    let group = |name: &str, everyone: bool| json!({ "Description": name, "IsEveryone": everyone, "IsAdministratorsGroup": !everyone });
    let kind = ThingKind::OperatorGroup;
    let everyone = add(kind, "Everyone", Built::Everyone, group("Everyone", true))?;
    let administrators = add(kind, "Administrators", Built::Administrators, group("Administrators", false))?;
    let all = json!({ "Description": "All monitors", "IsAll": true, "IsQuotaUnlimited": true });
    let all = add(ThingKind::MonitorGroup, "All monitors", Built::AllMonitors, all)?;
    let owner = json!({
        "FullName": "Account administrator", "Email": "owner@account.example", "MobilePhone": "", "BackupEmail": "",
        "OutgoingPhoneNumberId": 1, "IsAccountAdministrator": true, "IsOnDuty": true, "SmsProvider": "UseAccountSetting",
        "DefaultDashboard": "UseAccountSpecifiedDashboard", "OperatorRole": "Unspecified",
    });
    let owner = add(ThingKind::Operator, "owner@account.example", Built::Owner, owner)?;
    link(conn, Edge::Member, administrators, owner)?;
    for right in ["Administrator", "AllowInfra"] {
        grant_right(conn, administrators, right)?;
    }
    for right in ["AccountAccess", "FinancialOperator", "TechnicalContact"] {
        grant_right(conn, owner, right)?;
    }
    give(conn, &rng.uuid(), (all, "ViewMonitorDataInGroup", everyone), false)?;
    for kind in [
        "ViewMonitorDataInGroup",
        "ViewMonitorsInGroup",
        "EditMonitorsInGroup",
        "CreateAndDeleteMonitorsInGroup",
    ] {
        give(conn, &rng.uuid(), (all, kind, administrators), true)?;
    }
    Ok(())
}
