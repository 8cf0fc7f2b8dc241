//! What the service says of the account as a whole, and what it does not show to this credential.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api_users;
use super::session::{Session, is_hidden};
use super::wire::{Listed, number, text};
use super::write::fixed_choices;
use crate::model::{AccountFacts, FieldOption, LocalSeconds, ServiceDaylight, ServiceZone};
use crate::remote::RemoteError;

/// Fields of a monitor that are asked for: without this the service sends whole definitions, which may hold secrets.
pub const MONITOR_FIELDS: &str = "MonitorGuid,Name,MonitorType,MonitorMode,IsActive,GenerateAlert";

/// Reads everything that is known of the account as a whole. What is refused is noted and no failure.
///
/// # Errors
/// What happened on the way; refusals aside.
pub async fn read(session: &Session) -> Result<AccountFacts, RemoteError> {
    let mut facts = AccountFacts::default();
    if let Some(account) = shown(session.find(session.url(["Account"]), "GET /Account").await)?.flatten() {
        add_account(&mut facts, &account);
    }
    facts.time_zone = zone(session).await?;
    facts.choices = choices(session).await?;
    read_api_users(session, &mut facts).await?;
    facts.resource_grants_hidden = hides_grants(session).await?;
    Ok(facts)
}

/// The answer; `None` where the service refuses to show it.
///
/// # Errors
/// Those that are no refusal.
pub fn shown<T>(answer: Result<T, RemoteError>) -> Result<Option<T>, RemoteError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if is_hidden(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What can be chosen for the values of an operator: some of it the account knows alone.
async fn choices(session: &Session) -> Result<BTreeMap<String, Vec<FieldOption>>, RemoteError> {
    let mut choices = fixed_choices();
    let zones = listed(session.list(session.url(["Timezone"]), "GET /Timezone").await)?;
    choices.insert("TimeZoneId".to_owned(), options(&zones, "TimezoneId", &["Description"]));
    let url = session.url(["OutgoingPhoneNumber"]);
    let numbers = listed(session.list(url, "GET /OutgoingPhoneNumber").await)?;
    let phones = options(&numbers, "Id", &["PhoneNumber", "Description"]);
    choices.insert("OutgoingPhoneNumberId".to_owned(), phones);
    Ok(choices)
}

/// Nothing where the service refuses to show it, or does not know it.
fn listed(answer: Result<Listed, RemoteError>) -> Result<Vec<Value>, RemoteError> {
    match answer {
        Err(RemoteError::NotFound { .. }) => Ok(Vec::new()),
        answer => Ok(shown(answer)?.map(|listed| listed.records).unwrap_or_default()),
    }
}

fn options(records: &[Value], id: &str, words: &[&str]) -> Vec<FieldOption> {
    let option = |record: &Value| {
        let value = record.get(id).and_then(number)?.into();
        let label: Vec<String> = words.iter().filter_map(|name| text(record, name)).collect();
        Some(FieldOption { value, label: (!label.is_empty()).then(|| label.join(" · ")) })
    };
    records.iter().filter_map(option).collect()
}

fn add_account(facts: &mut AccountFacts, account: &Value) {
    let count = |name: &str| {
        let value = account.get("OperatorQuota")?.get(name).and_then(number)?;
        u32::try_from(value).ok()
    };
    facts.number = text(account, "AccountId");
    facts.expires_on = text(account, "ExpirationDate");
    facts.users_in_use = count("OperatorsInUse");
    // What an unlimited plan says is not known: nothing, nought or a negative number.
    facts.users_limit = count("Operators").filter(|limit| *limit > 0);
}

async fn zone(session: &Session) -> Result<Option<ServiceZone>, RemoteError> {
    let url = session.url(["Account", "Settings"]);
    let Some(Some(settings)) = shown(session.find(url, "GET /Account/Settings").await)? else {
        return Ok(None);
    };
    let Some(id) = settings.get("TimezoneId").and_then(number) else { return Ok(None) };
    let url = session.url(["Timezone", &id.to_string()]);
    Ok(shown(session.find(url, "GET /Timezone/{id}").await)?.flatten().map(|zone| read_zone(&zone)))
}

fn read_zone(zone: &Value) -> ServiceZone {
    let minutes = |name: &str| {
        zone.get(name).and_then(number).and_then(|minutes| i32::try_from(minutes).ok()).unwrap_or_default()
    };
    let moment = |name: &str| text(zone, name).and_then(|text| LocalSeconds::parse(&text));
    let saves = zone.get("HasDaylightSaving").and_then(Value::as_bool) == Some(true);
    let daylight = match (saves, moment("DaylightSavingStart"), moment("DaylightSavingEnd")) {
        (true, Some(start), Some(end)) => {
            Some(ServiceDaylight { offset_minutes: minutes("DaylightSavingOffset"), start, end })
        }
        _ => None,
    };
    let description = text(zone, "Description").unwrap_or_default();
    ServiceZone { description, offset_minutes: minutes("OffsetFromUtc"), daylight }
}

async fn read_api_users(session: &Session, facts: &mut AccountFacts) -> Result<(), RemoteError> {
    let listed = match session.list(session.url(["ApiUser"]), "GET /ApiUser").await {
        Ok(listed) => listed,
        // An older release does not know the list.
        Err(error) if is_hidden(&error) || matches!(error, RemoteError::NotFound { .. }) => {
            facts.api_users_hidden = true;
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    if let Some((token, user)) = api_users::find_own(&listed.records, &session.user_name) {
        (facts.own_token, facts.own_user) = (Some(token), user);
    }
    let objects = listed.records.iter().filter_map(Value::as_object);
    let mut names: Vec<&str> = objects.flat_map(|object| object.keys().map(String::as_str)).collect();
    let of_contract;
    // What is empty is left out of a record, so the service's own contract has the last word.
    if !api_users::unrecognised(&names).is_empty() {
        of_contract = contract_names(session).await;
        names.extend(of_contract.iter().map(String::as_str));
    }
    facts.unrecognised_fields = api_users::unrecognised(&names);
    Ok(())
}

/// Names of the fields of an API user in the service's public contract; none where that cannot be read.
async fn contract_names(session: &Session) -> Vec<String> {
    let url = session.url(["swagger", "v1", "swagger.json"]);
    let Ok(Some(contract)) = session.find(url, "GET /swagger/v1/swagger.json").await else {
        return Vec::new();
    };
    contract_fields(&contract).unwrap_or_default()
}

/// Follows the answer of `GET /ApiUser` to the fields of one record (OpenAPI 3.0, `$ref` within the document).
fn contract_fields(contract: &Value) -> Option<Vec<String>> {
    let content = contract.pointer("/paths/~1ApiUser/get/responses/200/content")?.as_object()?;
    let schema = resolved(contract, content.values().next()?.get("schema")?)?;
    let record = match schema.get("items") {
        Some(items) => resolved(contract, items)?,
        None => schema,
    };
    Some(record.get("properties")?.as_object()?.keys().cloned().collect())
}

fn resolved<'c>(contract: &'c Value, schema: &'c Value) -> Option<&'c Value> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => contract.pointer(reference.strip_prefix('#')?),
        None => Some(schema),
    }
}

/// Whether rights on monitors are refused, tried on the first one.
async fn hides_grants(session: &Session) -> Result<bool, RemoteError> {
    let url = monitors_url(session, "MonitorGuid");
    let Some(monitors) = shown(session.list(url, "GET /Monitor").await)? else {
        return Ok(true);
    };
    let first = monitors.records.iter().find_map(|monitor| text(monitor, "MonitorGuid"));
    let Some(first) = first else { return Ok(false) };
    let url = session.url(["Monitor", &first, "Authorizations"]);
    match session.list(url, "GET /Monitor/{id}/Authorizations").await {
        Err(RemoteError::NotFound { .. }) => Ok(false),
        answer => Ok(shown(answer)?.is_none()),
    }
}

/// All monitors, with these fields.
pub fn monitors_url(session: &Session, fields: &str) -> url::Url {
    let mut url = session.url(["Monitor"]);
    url.query_pairs_mut().append_pair("filter", fields);
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn limits_may_be_missing() {
        for (quota, limit, in_use) in [
            (json!({"Operators": 10, "OperatorsInUse": 4}), Some(10), Some(4)),
            (json!({"OperatorsInUse": 4}), None, Some(4)),
            (json!({"Operators": 0, "OperatorsInUse": 4}), None, Some(4)),
            (json!({"Operators": -1}), None, None),
        ] {
            let mut facts = AccountFacts::default();
            add_account(&mut facts, &json!({"AccountId": "1", "OperatorQuota": quota}));
            assert_eq!((facts.users_limit, facts.users_in_use), (limit, in_use));
        }
    }

    #[test]
    fn a_zone_is_read_with_and_without_daylight_saving() {
        let plain = read_zone(
            &json!({"TimezoneId": 1, "Description": "UTC", "OffsetFromUtc": 0, "HasDaylightSaving": false}),
        );
        assert_eq!((plain.offset_minutes, plain.daylight), (0, None));
        let central = read_zone(&json!({
            "TimezoneId": 56, "Description": "GMT-06:00* Central time", "OffsetFromUtc": -360, "HasDaylightSaving": true,
            "DaylightSavingOffset": 60, "DaylightSavingStart": "2026-03-08T02:00:00", "DaylightSavingEnd": "2026-11-01T02:00:00"
        }));
        assert_eq!(central.offset_minutes, -360);
        assert_eq!(central.daylight.map(|daylight| daylight.offset_minutes), Some(60));
    }

    #[test]
    fn the_contract_names_the_fields_of_an_api_user() {
        let contract = json!({
            "paths": {"/ApiUser": {"get": {"responses": {"200": {"content": {"application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/ApiUser"}}}}}}}}},
            "components": {"schemas": {"ApiUser": {"properties": {"UserName": {}, "LastUsed": {}}}}}
        });
        assert_eq!(contract_fields(&contract).unwrap(), ["LastUsed", "UserName"]);
        assert_eq!(contract_fields(&json!({"paths": {}})), None);
    }
}
