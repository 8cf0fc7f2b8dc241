//! Directories of any size: mixed names, departments, memberships, a share of suspended people. The same seed gives
//! the same people.

use serde_json::{Map, Value, json};

use crate::ScimError;
use crate::clock::format_ms;
use crate::latin::plain;
use crate::rng::Rng;
use crate::store::{Db, Kind, Times, Write, insert_ready, insert_with_id};

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
        let id = rng.uuid();
        let created = EPOCH_MS + 1000 * i64::try_from(rng.below(TWO_YEARS_S)).unwrap_or(0);
        // The seed keeps the names of two loads in one tenant apart.
        let person = user(&names, &mut rng, &format!("{seed}-{number}"), &id, created);
        let at = Write { tenant, kind: Kind::User };
        insert_ready(&tx, at, &id, &person.user_name, Times::new(created), &person.json)?;
        if groups > 0 {
            people.push((id, person.display));
        }
    }
    for number in 0..groups {
        let record = group(&mut rng, number, groups, &people);
        let created = EPOCH_MS + 1000 * i64::try_from(number).unwrap_or(0);
        insert_with_id(&tx, Write { tenant, kind: Kind::Group }, &rng.uuid(), record, Times::new(created))?;
    }
    tx.commit()?;
    db.orders.forget(tenant);
    // Else every page would be looked up in a log as large as the load.
    db.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Somebody who joins while a client looks.
pub fn newcomer(rng: &mut Rng) -> Result<Map<String, Value>, ScimError> {
    let tail = format!("n{:x}", rng.next_u64() >> 16);
    Ok(serde_json::from_str(&user(&Names::new(), rng, &tail, "", 0).json)?)
}

/// Names, each as written and as it stands in an address.
pub struct Names {
    given: Vec<(&'static str, String)>,
    family: Vec<(&'static str, String)>,
}

/// Somebody's name as written, and as it stands in an address.
pub struct PersonName {
    /// As in `Zoë De Vries`.
    pub display: String,
    /// The given name alone.
    pub given: &'static str,
    /// The family name alone.
    pub family: &'static str,
    /// As in `zoe.devries`.
    pub plain: String,
}

impl Names {
    /// Some person's name.
    pub fn person(&self, rng: &mut Rng) -> PersonName {
        let nobody = ("", String::new());
        let (given, given_plain) = rng.pick(&self.given).unwrap_or(&nobody);
        let (family, family_plain) = rng.pick(&self.family).unwrap_or(&nobody);
        PersonName {
            display: format!("{given} {family}"),
            given,
            family,
            plain: format!("{given_plain}.{family_plain}"),
        }
    }

    /// All of them.
    pub fn new() -> Self {
        let read = |text: &'static str| text.lines().map(|name| (name, plain(name))).collect();
        Self { given: read(GIVEN), family: read(FAMILY) }
    }
}

struct Generated {
    user_name: String,
    display: String,
    json: String,
}

/// One person as ready text: at a million people, building and printing trees is most of the time. Nothing in it needs
/// escaping, as a test makes sure.
fn user(names: &Names, rng: &mut Rng, tail: &str, id: &str, created: i64) -> Generated {
    let nobody = ("", String::new());
    let (given, given_plain) = rng.pick(&names.given).unwrap_or(&nobody);
    let (family, family_plain) = rng.pick(&names.family).unwrap_or(&nobody);
    let user_name = format!("{given_plain}.{family_plain}.{tail}@load.example");
    let time = format_ms(created);
    let department = rng.pick(&DEPARTMENTS).copied().unwrap_or_default();
    let title = rng.pick(&TITLES).copied().unwrap_or_default();
    let locale = rng.pick(&LOCALES).copied().unwrap_or_default();
    let active = !rng.chance(0.06);
    let phones = if rng.chance(0.4) {
        format!(r#""phoneNumbers":[{{"type":"work","value":"+44 1632 960{:03}"}}],"#, rng.below(1_000))
    } else {
        String::new()
    };
    let json = format!(
        concat!(
            r#"{{"active":{active},"displayName":"{given} {family}","#,
            r#""emails":[{{"primary":true,"type":"work","value":"{user_name}"}}],"externalId":"ext-{tail}","id":"{id}","#,
            r#""locale":"{locale}","meta":{{"created":"{time}","lastModified":"{time}","location":"Users/{id}","#,
            r#""resourceType":"User","version":"W/\"1\""}},"#,
            r#""name":{{"familyName":"{family}","formatted":"{given} {family}","givenName":"{given}"}},{phones}"#,
            r#""schemas":["urn:ietf:params:scim:schemas:core:2.0:User","{enterprise}"],"title":"{title}","#,
            r#""{enterprise}":{{"department":"{department}","employeeNumber":"{tail}"}},"#,
            r#""userName":"{user_name}","userType":"Employee"}}"#,
        ),
        active = active,
        given = given,
        family = family,
        user_name = user_name,
        tail = tail,
        id = id,
        locale = locale,
        time = time,
        phones = phones,
        enterprise = ENTERPRISE,
        title = title,
        department = department,
    );
    Generated { user_name, display: format!("{given} {family}"), json }
}

/// Members of the largest groups, so that a page of groups stays within what clients accept.
const LARGEST_GROUP: usize = 2_000;

/// Groups from a handful of members to a tenth of everybody; every twentieth is empty.
fn group(rng: &mut Rng, number: usize, groups: usize, people: &[(String, String)]) -> Map<String, Value> {
    let usual = people.len().div_ceil(groups.max(1)) * 2;
    let size = match number % 20 {
        19 => 0,
        0 => people.len().div_ceil(10),
        _ => rng.below(usual + 1).min(people.len()),
    };
    let size = size.min(LARGEST_GROUP);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_people_are_valid_json_whatever_their_names() {
        let (given, family) = (GIVEN.lines(), FAMILY.lines());
        let odd = |name: &str| name.is_empty() || name.contains(['"', '\\']) || name.trim() != name;
        assert_eq!(given.chain(family).filter(|name| odd(name)).count(), 0);
        let mut rng = Rng::new(3);
        for _ in 0..500 {
            let person = newcomer(&mut rng).unwrap();
            let address = person["userName"].as_str().unwrap();
            assert!(address.is_ascii() && !address.contains(' '), "{address}");
            assert_eq!(person["meta"]["version"], "W/\"1\"");
        }
    }
}
