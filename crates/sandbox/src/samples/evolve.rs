//! A few plausible changes in a made-up organisation: somebody joins, leaves, moves to another department, gets a new
//! telephone number. They go the way a client's requests go, so times and versions are right.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::organisation::Organisation;
use super::people::{account_stem, digits, gendered};
use super::records::ENTERPRISE;
use crate::ScimError;
use crate::filter::Filter;
use crate::rng::Rng;
use crate::scim::{create, modify, remove};
use crate::state::TenantState;
use crate::store::{Db, Kind, Listing, OrderBy};

type Record = Map<String, Value>;

/// Applies the changes of round `round`, counted from 1.
pub fn evolve(
    db: &mut Db,
    tenant: &TenantState,
    organisation: &Organisation,
    round: u32,
) -> Result<(), ScimError> {
    let mut rng = Rng::for_text(organisation.seed + 100 + u64::from(round), &organisation.slug);
    let people = matching(db, tenant, Kind::User, None)?.len();
    // However often it is started, the organisation keeps about its size.
    if rng.chance(0.7) && people < organisation.people * 6 / 5 {
        join(db, tenant, organisation, &mut rng)?;
    }
    if rng.chance(0.5) {
        leave(db, tenant, &mut rng)?;
    }
    if rng.chance(0.3) {
        forget(db, tenant, &mut rng)?;
    }
    if round == 1 || rng.chance(0.6) {
        move_department(db, tenant, organisation, &mut rng)?;
    }
    new_phone(db, tenant, organisation, &mut rng)
}

/// Somebody joins beside a colleague: same department, office and manager, and the colleague's groups.
fn join(
    db: &mut Db,
    tenant: &TenantState,
    organisation: &Organisation,
    rng: &mut Rng,
) -> Result<(), ScimError> {
    let Some((_, colleague)) = somebody(db, tenant, rng, "active eq true and addresses pr")? else {
        return Ok(());
    };
    let feminine = rng.chance(0.5);
    let names = if feminine { &organisation.feminine } else { &organisation.masculine };
    let given = rng.pick(names).cloned().unwrap_or_default();
    let family = rng.pick(&organisation.family).cloned().unwrap_or_default();
    // A number keeps the name free of clashes with somebody who is there already.
    let address = format!("{}{}@{}", account_stem(&given, &family), 10 + rng.below(90), organisation.domain);
    let department = text(&colleague, &[ENTERPRISE, "department"]);
    let titles = organisation.departments.iter().find(|own| own.name == department).map(|own| &own.titles);
    let title = titles.and_then(|titles| rng.pick(titles)).map_or("", |title| gendered(title, feminine));
    let number = digits(rng, &organisation.employee_number);
    let record = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": address,
        "displayName": format!("{given} {family}"),
        "name": { "givenName": given, "familyName": family, "formatted": format!("{given} {family}") },
        "externalId": format!("hr:{number}"),
        "active": true,
        "title": title,
        "userType": gendered(&organisation.words.employee, feminine),
        "locale": organisation.locale,
        "preferredLanguage": organisation.locale,
        "timezone": organisation.timezone,
        "emails": [{ "value": address, "type": "work", "primary": true }],
        "addresses": colleague.get("addresses"),
        ENTERPRISE: {
            "employeeNumber": number, "department": department, "organization": organisation.name,
            "manager": colleague.get(ENTERPRISE).and_then(|own| own.get("manager")),
        },
    });
    let (id, _) = match create(db, tenant, Kind::User, record.as_object().cloned().unwrap_or_default()) {
        Err(error) if error.status == 409 => return Ok(()),
        made => made?,
    };
    let everybody = organisation.groups.first().map_or("", |group| group.name.as_str());
    for name in [everybody, department] {
        let member = json!({ "value": id, "$ref": format!("Users/{id}"), "display": format!("{given} {family}"), "type": "User" });
        let operation = json!({ "op": "add", "path": "members", "value": [member] });
        change_group(db, tenant, name, &operation)?;
    }
    Ok(())
}

/// Somebody leaves: suspended at once, out of every group.
fn leave(db: &mut Db, tenant: &TenantState, rng: &mut Rng) -> Result<(), ScimError> {
    let Some((id, _)) = somebody(db, tenant, rng, "active eq true and emails pr")? else { return Ok(()) };
    patch(db, tenant, Kind::User, &id, &json!({ "op": "replace", "path": "active", "value": false }))?;
    let membership = format!("members[value eq \"{id}\"]");
    let groups = matching(db, tenant, Kind::Group, Some(&format!("members.value eq \"{id}\"")))?;
    for seq in groups.iter() {
        let (group, _) = read(db, *seq)?;
        patch(db, tenant, Kind::Group, &group, &json!({ "op": "remove", "path": membership }))?;
    }
    Ok(())
}

/// The record of somebody suspended is deleted.
fn forget(db: &mut Db, tenant: &TenantState, rng: &mut Rng) -> Result<(), ScimError> {
    let Some((id, _)) = somebody(db, tenant, rng, "active eq false")? else { return Ok(()) };
    remove(db, tenant, Kind::User, &id, None, &tenant.quirks())
}

fn move_department(
    db: &mut Db,
    tenant: &TenantState,
    organisation: &Organisation,
    rng: &mut Rng,
) -> Result<(), ScimError> {
    let filter = format!("active eq true and {ENTERPRISE}:department pr");
    let Some((id, record)) = somebody(db, tenant, rng, &filter)? else { return Ok(()) };
    let Some(department) = rng.pick(&organisation.departments) else { return Ok(()) };
    let title = rng.pick(&department.titles).map_or("", |title| gendered(title, rng.chance(0.5)));
    let path = format!("{ENTERPRISE}:department");
    patch(db, tenant, Kind::User, &id, &json!({ "op": "replace", "path": path, "value": department.name }))?;
    patch(db, tenant, Kind::User, &id, &json!({ "op": "replace", "path": "title", "value": title }))?;
    let display = text(&record, &["name", "formatted"]);
    let old = text(&record, &[ENTERPRISE, "department"]);
    let membership = format!("members[value eq \"{id}\"]");
    change_group(db, tenant, old, &json!({ "op": "remove", "path": membership }))?;
    let member = json!({ "value": id, "$ref": format!("Users/{id}"), "display": display, "type": "User" });
    change_group(db, tenant, &department.name, &json!({ "op": "add", "path": "members", "value": [member] }))
}

fn new_phone(
    db: &mut Db,
    tenant: &TenantState,
    organisation: &Organisation,
    rng: &mut Rng,
) -> Result<(), ScimError> {
    let Some((id, _)) = somebody(db, tenant, rng, "active eq true and emails pr")? else { return Ok(()) };
    let phone = json!([{ "value": digits(rng, &organisation.phone), "type": "work", "primary": true }]);
    patch(db, tenant, Kind::User, &id, &json!({ "op": "replace", "path": "phoneNumbers", "value": phone }))
}

fn patch(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    id: &str,
    operation: &Value,
) -> Result<(), ScimError> {
    let body = Map::from_iter([("Operations".to_owned(), json!([operation]))]);
    modify(db, tenant, kind, id, &body, None).map(drop)
}

/// Changes the group of this name; nothing when there is none, or when it does not hold who should leave it.
fn change_group(db: &mut Db, tenant: &TenantState, name: &str, operation: &Value) -> Result<(), ScimError> {
    let found = matching(db, tenant, Kind::Group, Some(&format!("displayName eq {}", json!(name))))?;
    let Some(seq) = found.first() else { return Ok(()) };
    let (id, _) = read(db, *seq)?;
    match patch(db, tenant, Kind::Group, &id, operation) {
        Err(error) if error.scim_type == "noTarget" => Ok(()),
        other => other,
    }
}

fn somebody(
    db: &mut Db,
    tenant: &TenantState,
    rng: &mut Rng,
    filter: &str,
) -> Result<Option<(String, Record)>, ScimError> {
    let rows = matching(db, tenant, Kind::User, Some(filter))?;
    rng.pick(&rows).map(|seq| read(db, *seq)).transpose()
}

/// The places of the records that match.
fn matching(
    db: &mut Db,
    tenant: &TenantState,
    kind: Kind,
    filter: Option<&str>,
) -> Result<Arc<Vec<i64>>, ScimError> {
    let filter = filter.map(Filter::parse).transpose()?;
    Listing { tenant: tenant.id, kind: Some(kind), filter, order: OrderBy::Natural }.all(db)
}

fn read(db: &Db, seq: i64) -> Result<(String, Record), ScimError> {
    let mut select = db.conn.prepare_cached("SELECT id, json FROM resources WHERE seq = ?1")?;
    let (id, json): (String, String) =
        select.query_row([seq], |row| Ok((row.get("id")?, row.get("json")?)))?;
    Ok((id, serde_json::from_str(&json)?))
}

fn text<'a>(record: &'a Record, path: &[&str]) -> &'a str {
    let (first, rest) = path.split_first().map_or(("", path), |(first, rest)| (*first, rest));
    let found =
        rest.iter().try_fold(record.get(first).unwrap_or(&Value::Null), |value, name| value.get(name));
    found.and_then(Value::as_str).unwrap_or_default()
}
