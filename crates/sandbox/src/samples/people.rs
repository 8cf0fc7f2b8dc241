//! Who works at a made-up organisation. The same organisation always has the same people.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::organisation::Organisation;
use crate::latin::plain;
use crate::rng::Rng;

/// Where history ends: 2026-06-30. Later changes come from [`super::evolve`].
pub const LAST_DAY: Date = jiff::civil::date(2026, 6, 30);

/// What somebody is to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Lead,
    Employee,
    Contractor,
    FormerContractor,
    Robot,
}

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub standing: Standing,
    pub feminine: bool,
    pub given: String,
    pub family: String,
    pub user_name: String,
    pub email: Option<String>,
    /// Index of the department.
    pub department: usize,
    /// Index of the office.
    pub office: usize,
    pub title: String,
    pub number: String,
    pub active: bool,
    /// In no group.
    pub alone: bool,
    /// Milliseconds.
    pub created: i64,
    /// Milliseconds.
    pub modified: i64,
    pub version: i64,
}

impl Person {
    /// Given and family name, or the name of a robot.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// Everybody, oldest record first.
pub fn everybody(organisation: &Organisation) -> Vec<Person> {
    let mut rng = Rng::for_text(organisation.seed, &organisation.slug);
    let mut people = Vec::new();
    for (place, _) in organisation.departments.iter().enumerate() {
        people.push(person(organisation, &mut rng, Standing::Lead, Some(place)));
    }
    for _ in people.len()..organisation.people {
        people.push(person(organisation, &mut rng, Standing::Employee, None));
    }
    for place in 0..organisation.contractors {
        let former = place * 2 >= organisation.contractors;
        let standing = if former { Standing::FormerContractor } else { Standing::Contractor };
        people.push(person(organisation, &mut rng, standing, None));
    }
    for (place, long) in organisation.long_names.iter().enumerate() {
        // After the heads of department, so that nobody's title changes.
        if let Some(person) = people.get_mut(organisation.departments.len() + place) {
            (person.given, person.family) = long.clone();
        }
    }
    rng.shuffle(&mut people);
    people.extend(organisation.robots.iter().map(|robot| robot_of(organisation, &mut rng, robot)));
    name_accounts(organisation, &mut rng, &mut people);
    date(organisation, &mut rng, &mut people);
    people
}

fn person(
    organisation: &Organisation,
    rng: &mut Rng,
    standing: Standing,
    department: Option<usize>,
) -> Person {
    let feminine = rng.chance(0.5);
    let names = if feminine { &organisation.feminine } else { &organisation.masculine };
    let department = department.unwrap_or_else(|| deal_department(organisation, rng));
    let title = organisation.departments.get(department).and_then(|department| {
        if standing == Standing::Lead { Some(&department.lead) } else { rng.pick(&department.titles) }
    });
    let employee = matches!(standing, Standing::Lead | Standing::Employee);
    Person {
        id: rng.uuid(),
        standing,
        feminine,
        given: rng.pick(names).cloned().unwrap_or_default(),
        family: rng.pick(&organisation.family).cloned().unwrap_or_default(),
        user_name: String::new(),
        email: None,
        department,
        office: rng.below(organisation.offices.len()),
        title: gendered(title.map_or("", String::as_str), feminine).to_owned(),
        number: digits(rng, &organisation.employee_number),
        active: standing != Standing::FormerContractor
            && !(standing == Standing::Employee && rng.chance(organisation.suspended)),
        alone: employee && rng.chance(organisation.alone),
        created: 0,
        modified: 0,
        version: 1,
    }
}

fn robot_of(organisation: &Organisation, rng: &mut Rng, robot: &(String, String)) -> Person {
    let mut person = person(organisation, rng, Standing::Robot, None);
    person.user_name.clone_from(&robot.0);
    person.given.clone_from(&robot.1);
    person.family.clear();
    person.title.clear();
    person.alone = true;
    person
}

/// A department with the weight of its share.
pub fn deal_department(organisation: &Organisation, rng: &mut Rng) -> usize {
    let total = organisation.departments.iter().map(|department| department.share).sum();
    let mut left = rng.below(total);
    for (place, department) in organisation.departments.iter().enumerate() {
        if left < department.share {
            return place;
        }
        left -= department.share;
    }
    0
}

/// User names and addresses; of two people with one name the second gets a number, as everywhere.
fn name_accounts(organisation: &Organisation, rng: &mut Rng, people: &mut [Person]) {
    let mut taken = std::collections::BTreeSet::new();
    for person in people {
        if person.standing == Standing::Robot {
            continue;
        }
        while !taken.insert(person.number.clone()) {
            person.number = digits(rng, &organisation.employee_number);
        }
        let stem = account_stem(&person.given, &person.family);
        let mut name = stem.clone();
        let mut next = 2;
        while !taken.insert(name.clone()) {
            name = format!("{stem}{next}");
            next += 1;
        }
        let address = format!("{name}@{}", organisation.domain);
        if person.standing == Standing::Employee && rng.chance(organisation.without_email) {
            person.user_name.clone_from(&person.number);
        } else {
            person.email = Some(address.clone());
            person.user_name = address;
        }
    }
}

/// First word of the given name and the whole family name, as addresses have it.
pub fn account_stem(given: &str, family: &str) -> String {
    let given = given.split(' ').next().unwrap_or_default();
    let mut stem = format!("{}.{}", plain(given), plain(family));
    stem.truncate(48);
    stem
}

fn date(organisation: &Organisation, rng: &mut Rng, people: &mut [Person]) {
    let first = jiff::civil::date(organisation.since, 3, 2);
    let mut joined: Vec<i64> = people.iter().map(|_| moment(rng, first, LAST_DAY)).collect();
    joined.sort_unstable();
    for (person, created) in people.iter_mut().zip(joined) {
        person.created = created;
        let versions = i64::try_from(rng.below(7)).unwrap_or(0);
        let joined_on =
            jiff::Timestamp::from_millisecond(created).map(|at| at.to_zoned(TimeZone::UTC).date());
        let changed = moment(rng, joined_on.unwrap_or(first), LAST_DAY);
        (person.modified, person.version) =
            if changed > created && versions > 0 { (changed, 1 + versions) } else { (created, 1) };
    }
}

/// Some moment in office hours between two days.
pub fn moment(rng: &mut Rng, first: Date, last: Date) -> i64 {
    let days = first.until(last).map_or(0, |span| span.get_days());
    let days = i32::try_from(rng.below(usize::try_from(days).unwrap_or(0))).unwrap_or(0);
    let mut day = first.saturating_add(jiff::Span::new().days(days));
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_add(jiff::Span::new().days(2));
    }
    let start = day.at(7, 30, 0, 0).to_zoned(TimeZone::UTC).map_or(0, |at| at.timestamp().as_millisecond());
    start + i64::try_from(rng.below(10 * 3_600_000)).unwrap_or(0)
}

/// `pattern` with a digit for each `#`.
pub fn digits(rng: &mut Rng, pattern: &str) -> String {
    pattern
        .chars()
        .map(|c| if c == '#' { char::from(b'0' + u8::try_from(rng.below(10)).unwrap_or(0)) } else { c })
        .collect()
}

/// The masculine or feminine form of `word`.
pub fn gendered(word: &str, feminine: bool) -> &str {
    word.split_once('|').map_or(word, |(masculine, other)| if feminine { other } else { masculine })
}
