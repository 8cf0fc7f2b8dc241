//! The people of the sample account: French, Dutch and English names in equal parts. The same people in every run; their
//! times are counted back from the moment the account is made.

use serde_json::json;

use super::{DAY, LOWER};
use crate::SandboxError;
use crate::latin::plain;
use crate::logto::store::User;
use crate::rng::Rng;
use crate::samples::Names;

/// How many people there are.
pub const PEOPLE: usize = 150;
/// Those who came by one import, in the same millisecond.
const IMPORTED: std::ops::Range<usize> = 60..72;
const DOMAINS: [&str; 3] = ["amarante.example", "dekade.example", "harrow-finch.example"];
const LOCALES: [(&str, &str); 3] =
    [("fr-FR", "Europe/Paris"), ("nl-NL", "Europe/Amsterdam"), ("en-GB", "Europe/London")];

/// Somebody and the place of their language: 0 French, 1 Dutch, 2 English.
pub struct Person {
    pub user: User,
    pub language: usize,
}

/// Everybody, oldest first.
pub fn everybody(seed: u64, now: i64) -> Result<Vec<Person>, SandboxError> {
    let names = crate::samples::names()?;
    let mut rng = Rng::for_text(seed, "people");
    let mut taken = std::collections::BTreeSet::new();
    let mut people = Vec::with_capacity(PEOPLE);
    for number in 0..PEOPLE {
        let language = number % 3;
        let Some(own) = names.get(language) else { continue };
        let (stem, display, profile) = name(&mut rng, own, language, &mut taken);
        let created = now - age(&mut rng, number);
        let mut user = person(&mut rng, (stem, display, profile), language, created, now);
        user.phone = phone(&mut rng, language, number);
        people.push(Person { user, language });
    }
    people.sort_by_key(|person| person.user.created);
    Ok(people)
}

/// How long ago somebody joined, in milliseconds: a few this week, some this month, most in the last years.
fn age(rng: &mut Rng, number: usize) -> i64 {
    let days = match number {
        0..6 => rng.below(7),
        6..18 => 7 + rng.below(22),
        number if IMPORTED.contains(&number) => return 400 * DAY,
        _ => 31 + rng.below(850),
    };
    // Never in the future, and not at midnight all of them.
    i64::try_from(days).unwrap_or(0) * DAY + 3_600_000 + i64::try_from(rng.below(20 * 3_600_000)).unwrap_or(0)
}

fn name(
    rng: &mut Rng,
    names: &Names,
    language: usize,
    taken: &mut std::collections::BTreeSet<String>,
) -> (String, String, String) {
    let given = if rng.chance(0.5) { rng.pick(&names.feminine) } else { rng.pick(&names.masculine) };
    let given = given.map_or("", String::as_str);
    let family = rng.pick(&names.family).map_or("", String::as_str);
    let first = given.split(' ').next().unwrap_or_default();
    let usual = format!("{}.{}", plain(first), plain(family));
    let stem = (1..)
        .map(|number| if number == 1 { usual.clone() } else { format!("{usual}{number}") })
        .find(|stem| !taken.contains(stem))
        .unwrap_or_default();
    taken.insert(stem.clone());
    let (locale, zone) = LOCALES.get(language).copied().unwrap_or_default();
    let profile = json!({ "givenName": given, "familyName": family, "locale": locale, "zoneinfo": zone });
    (stem, format!("{given} {family}"), profile.to_string())
}

fn person(
    rng: &mut Rng,
    (stem, display, profile): (String, String, String),
    language: usize,
    created: i64,
    now: i64,
) -> User {
    let id = rng.text(12, LOWER);
    let last_sign_in = last_seen(rng, created, now);
    let domain = DOMAINS.get(language).copied().unwrap_or_default();
    let social = rng.chance(0.16);
    let target = rng.pick(&["google", "github"]).copied().unwrap_or_default();
    let own = format!("{}-{}", target.get(..2).unwrap_or_default(), rng.text(8, b"0123456789"));
    let address = format!("{stem}@{domain}");
    let identities =
        json!({ target: { "userId": own, "details": { "id": own, "name": display, "email": address } } });
    let plan = rng.pick(&["starter", "team", "enterprise"]).copied().unwrap_or_default();
    User {
        username: rng.chance(0.4).then(|| stem.replace(['.', '-'], "_")),
        email: Some(address),
        name: Some(display),
        custom_data: if rng.chance(0.6) {
            json!({ "plan": plan, "seat": rng.below(40) }).to_string()
        } else {
            "{}".to_owned()
        },
        identities: if social { identities.to_string() } else { "{}".to_owned() },
        profile,
        last_sign_in,
        updated: last_sign_in.unwrap_or(created),
        application_id: last_sign_in.map(|_| "portal0customers00001".to_owned()),
        suspended: rng.chance(0.07),
        password: (!social || rng.chance(0.3)).then(|| "x".to_owned()),
        ..User::new(id, created)
    }
}

/// A number that the numbering plans leave to fiction, another for everybody.
fn phone(rng: &mut Rng, language: usize, number: usize) -> Option<String> {
    match language {
        0 if rng.chance(0.4) => Some(format!("33639980{number:03}")),
        2 if rng.chance(0.4) => Some(format!("447700900{number:03}")),
        _ => None,
    }
}

/// Some never signed in, most did lately, others long ago.
fn last_seen(rng: &mut Rng, created: i64, now: i64) -> Option<i64> {
    let days = match rng.below(100) {
        0..14 => return None,
        14..70 => rng.below(30),
        70..85 => 30 + rng.below(60),
        _ => 90 + rng.below(400),
    };
    let ago = i64::try_from(days).unwrap_or(0) * DAY + i64::try_from(rng.below(80_000_000)).unwrap_or(0);
    Some((now - ago).clamp(created, now))
}
