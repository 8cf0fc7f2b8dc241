//! People and groups of a made-up organisation as SCIM records.

use serde_json::{Map, Value, json};

use super::organisation::{GroupPlan, Members, Organisation};
use super::people::{Person, Standing, digits, gendered};
use crate::rng::Rng;

/// The enterprise extension (RFC 7643 section 4.3).
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// One person; `manager` is absent at the top and for robots.
pub fn user(
    organisation: &Organisation,
    rng: &mut Rng,
    person: &Person,
    manager: Option<&Person>,
) -> Map<String, Value> {
    let mut record = Map::new();
    let mut put = |name: &str, value: Value| {
        record.insert(name.to_owned(), value);
    };
    put("userName", json!(person.user_name));
    put("active", json!(person.active));
    put("userType", json!(user_type(organisation, person)));
    let mut schemas = vec![USER, ENTERPRISE];
    if person.standing == Standing::Robot {
        put("displayName", json!(person.given));
        put("schemas", json!([USER]));
        return record;
    }
    // Some records come from an import that left the name for showing out.
    if !rng.chance(0.03) {
        put("displayName", json!(person.full_name()));
    }
    put(
        "name",
        json!({ "givenName": person.given, "familyName": person.family, "formatted": person.full_name() }),
    );
    put("externalId", json!(format!("hr:{}", person.number)));
    put("title", json!(person.title));
    put("locale", json!(organisation.locale));
    put("preferredLanguage", json!(organisation.locale));
    put("timezone", json!(organisation.timezone));
    if let Some(email) = &person.email {
        put("emails", json!([{ "value": email, "type": "work", "primary": true }]));
    }
    if let Some(phones) = phones(organisation, rng) {
        put("phoneNumbers", phones);
    }
    if let Some(office) = organisation.offices.get(person.office) {
        put(
            "addresses",
            json!([{ "type": "work", "streetAddress": office.street, "postalCode": office.postal_code,
            "locality": office.locality, "country": organisation.country }]),
        );
    }
    put(ENTERPRISE, enterprise(organisation, rng, person, manager));
    if rng.chance(0.6) {
        schemas.push(&organisation.extension.urn);
        put(&organisation.extension.urn, extension(organisation, rng));
    }
    put("schemas", json!(schemas));
    record
}

fn user_type<'a>(organisation: &'a Organisation, person: &Person) -> &'a str {
    let words = &organisation.words;
    let word = match person.standing {
        Standing::Lead | Standing::Employee => &words.employee,
        Standing::Contractor => &words.contractor,
        Standing::FormerContractor => &words.former_contractor,
        Standing::Robot => &words.robot,
    };
    gendered(word, person.feminine)
}

fn phones(organisation: &Organisation, rng: &mut Rng) -> Option<Value> {
    let (work, mobile) = (rng.chance(0.7), rng.chance(0.45));
    let mut phones = Vec::new();
    if work {
        phones.push(json!({ "value": digits(rng, &organisation.phone), "type": "work", "primary": true }));
    }
    if mobile {
        phones.push(json!({ "value": digits(rng, &organisation.mobile), "type": "mobile" }));
    }
    (!phones.is_empty()).then_some(Value::Array(phones))
}

fn enterprise(
    organisation: &Organisation,
    rng: &mut Rng,
    person: &Person,
    manager: Option<&Person>,
) -> Value {
    let department =
        organisation.departments.get(person.department).map(|department| department.name.as_str());
    let contractor = matches!(person.standing, Standing::Contractor | Standing::FormerContractor);
    let firm = rng.pick(&organisation.contractor_firms);
    let mut values = json!({
        "employeeNumber": person.number,
        "department": department,
        "organization": if contractor { firm.unwrap_or(&organisation.name) } else { &organisation.name },
        "costCenter": format!("{}", 4100 + 10 * person.department),
    });
    if let (Some(manager), Some(map)) = (manager, values.as_object_mut()) {
        let shown = json!({ "value": manager.id, "$ref": format!("Users/{}", manager.id),
            "displayName": manager.full_name() });
        map.insert("manager".to_owned(), shown);
    }
    values
}

fn extension(organisation: &Organisation, rng: &mut Rng) -> Value {
    let fill = |rng: &mut Rng, value: &Value| match value {
        Value::String(pattern) => json!(digits(rng, pattern)),
        Value::Bool(_) => json!(rng.chance(0.5)),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.clone(),
    };
    let attributes = organisation.extension.attributes.iter();
    Value::Object(attributes.map(|(name, value)| (name.clone(), fill(rng, value))).collect())
}

/// One group.
pub fn group(
    organisation: &Organisation,
    rng: &mut Rng,
    plan: &GroupPlan,
    people: &[Person],
) -> Map<String, Value> {
    let mut members: Vec<Value> = chosen(organisation, rng, plan, people).into_iter().map(member).collect();
    if let Some(gone) = &plan.dangling {
        let id = rng.uuid();
        members.push(json!({ "value": id, "$ref": format!("Users/{id}"), "display": gone, "type": "User" }));
    }
    let mut record = Map::new();
    record.insert("schemas".to_owned(), json!([GROUP]));
    record.insert("displayName".to_owned(), json!(plan.name));
    record.insert("members".to_owned(), Value::Array(members));
    record
}

fn member(person: &Person) -> Value {
    json!({ "value": person.id, "$ref": format!("Users/{}", person.id), "display": person.full_name(), "type": "User" })
}

fn chosen<'a>(
    organisation: &Organisation,
    rng: &mut Rng,
    plan: &GroupPlan,
    people: &'a [Person],
) -> Vec<&'a Person> {
    let employee =
        |person: &&Person| matches!(person.standing, Standing::Lead | Standing::Employee) && !person.alone;
    let all = people.iter();
    match &plan.members {
        Members::Nobody => Vec::new(),
        Members::Employees => all.filter(employee).filter(|person| person.active).collect(),
        Members::Leads => all.filter(|person| person.standing == Standing::Lead).collect(),
        Members::Contractors => all.filter(|person| person.standing == Standing::Contractor).collect(),
        Members::Department(name) => {
            let place = organisation.departments.iter().position(|department| department.name == *name);
            all.filter(employee).filter(|person| Some(person.department) == place).collect()
        }
        Members::Count(count) => {
            let mut picked: Vec<(usize, &Person)> = all.filter(employee).enumerate().collect();
            rng.shuffle(&mut picked);
            picked.truncate(*count);
            picked.sort_by_key(|(place, _)| *place);
            picked.into_iter().map(|(_, person)| person).collect()
        }
    }
}
