//! Directories of any size: mixed names, departments, memberships, a share of suspended people. The same seed gives
//! the same people.

use serde_json::{Map, Value, json};

use crate::ScimError;
use crate::latin::plain;
use crate::rng::Rng;
use crate::store::{Db, Kind, Times, Write, insert_with_id};

const GIVEN: &str = include_str!("../data/given.txt");
const FAMILY: &str = include_str!("../data/family.txt");
const DEPARTMENTS: [&str; 12] = [
    "Sales",
    "Support",
    "Engineering",
    "Finance",
    "Legal",
    "Operations",
    "Marketing",
    "Logistics",
    "People",
    "Research",
    "Facilities",
    "Security",
];
const TITLES: [&str; 8] =
    ["Assistant", "Specialist", "Advisor", "Engineer", "Coordinator", "Team lead", "Manager", "Director"];
const LOCALES: [&str; 6] = ["en-GB", "fr-FR", "nl-NL", "de-DE", "nl-BE", "en-IE"];
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// 2024-01-01: generated people joined in the two years after it.
const EPOCH_MS: i64 = 1_704_067_200_000;
const TWO_YEARS_S: usize = 2 * 365 * 24 * 3600;

/// Adds people and groups in one transaction.
pub fn generate(db: &mut Db, tenant: i64, users: usize, groups: usize, seed: u64) -> Result<(), ScimError> {
    let mut rng = Rng::new(seed);
    let names = Names::new();
    let tx = db.conn.transaction()?;
    let mut people: Vec<(String, String)> = Vec::with_capacity(if groups > 0 { users } else { 0 });
    for number in 0..users {
        let record = user(&names, &mut rng, Some(number));
        let display = record.get("displayName").and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = rng.uuid();
        let created = EPOCH_MS + 1000 * i64::try_from(rng.below(TWO_YEARS_S)).unwrap_or(0);
        insert_with_id(&tx, Write { tenant, kind: Kind::User }, &id, record, Times::new(created))?;
        if groups > 0 {
            people.push((id, display));
        }
    }
    for number in 0..groups {
        let record = group(&mut rng, number, groups, &people);
        let created = EPOCH_MS + 1000 * i64::try_from(number).unwrap_or(0);
        insert_with_id(&tx, Write { tenant, kind: Kind::Group }, &rng.uuid(), record, Times::new(created))?;
    }
    tx.commit()?;
    db.orders.forget(tenant);
    Ok(())
}

/// Somebody who joins while a client looks.
pub fn newcomer(rng: &mut Rng) -> Map<String, Value> {
    user(&Names::new(), rng, None)
}

struct Names {
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

impl Names {
    fn new() -> Self {
        Self { given: GIVEN.lines().collect(), family: FAMILY.lines().collect() }
    }
}

fn user(names: &Names, rng: &mut Rng, number: Option<usize>) -> Map<String, Value> {
    let given = rng.pick(&names.given).copied().unwrap_or_default();
    let family = rng.pick(&names.family).copied().unwrap_or_default();
    // A number keeps names apart; newcomers get a random one instead, far from the others.
    let tail = number.map_or_else(|| format!("n{:x}", rng.next_u64() >> 16), |number| number.to_string());
    let user_name = format!("{}.{}.{tail}@load.example", plain(given), plain(family));
    let display = format!("{given} {family}");
    let mut record = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": user_name,
        "externalId": format!("ext-{tail}"),
        "name": { "givenName": given, "familyName": family, "formatted": display },
        "displayName": display,
        "title": rng.pick(&TITLES),
        "userType": "Employee",
        "locale": rng.pick(&LOCALES),
        "active": !rng.chance(0.06),
        "emails": [{ "value": user_name, "type": "work", "primary": true }],
        ENTERPRISE: { "employeeNumber": tail, "department": rng.pick(&DEPARTMENTS) },
    });
    if let (true, Some(map)) = (rng.chance(0.4), record.as_object_mut()) {
        let phone = format!("+44 1632 960{:03}", rng.below(1_000));
        map.insert("phoneNumbers".to_owned(), json!([{ "value": phone, "type": "work" }]));
    }
    record.as_object().cloned().unwrap_or_default()
}

/// Groups from a handful of members to a tenth of everybody; every twentieth is empty.
fn group(rng: &mut Rng, number: usize, groups: usize, people: &[(String, String)]) -> Map<String, Value> {
    let size = match number % 20 {
        19 => 0,
        0 => people.len().div_ceil(10),
        _ => rng.below(people.len().div_ceil(groups.max(1)) * 2 + 1).min(people.len()),
    };
    let start = rng.below(people.len());
    let members: Vec<Value> = people
        .iter()
        .cycle()
        .skip(start)
        .take(size)
        .map(|(id, display)| json!({ "value": id, "$ref": format!("Users/{id}"), "display": display, "type": "User" }))
        .collect();
    let department = rng.pick(&DEPARTMENTS).copied().unwrap_or_default();
    let record = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "displayName": format!("{department} {}", number + 1),
        "members": members,
    });
    record.as_object().cloned().unwrap_or_default()
}
