//! What a large company watches, by number: services of many areas and brands, at many places, most of them in production.
//! Names follow from the number alone, so that the same load has the same names and no two of the first twenty thousand
//! monitors share one.

mod tables;

use std::fmt::Write;

use tables::{AREAS, PLACES};

const BRANDS: [&str; 6] = ["Aldermere", "Bellefontaine", "Corvin", "De Linde", "Eastholm", "Fjordvik"];
const TEAMS: [&str; 5] = ["engineers", "on call", "support", "product owners", "night watch"];
const MODES: [&str; 3] = ["Production", "Staging", "Development"];
/// Groups of monitors of one area and brand; behind them come those of a mode, then those of a place.
const CELLS: usize = AREAS.len() * BRANDS.len();
const OF_PLACES: usize = CELLS + MODES.len();
/// Groups of monitors that there can be.
pub const MONITOR_GROUPS: usize = OF_PLACES + PLACES.len();
const SCRIPTS: [&str; 8] = [
    "Nightly export",
    "Terraform",
    "Wall of dashboards",
    "Release gate",
    "Weekly report",
    "Ticket desk",
    "Inventory",
    "Proof of concept",
];

/// A monitor.
#[derive(Debug, PartialEq, Eq)]
pub struct Watched {
    /// As in `Aldermere: Checkout, Lyon`.
    pub name: String,
    /// As in `Https`.
    pub kind: &'static str,
    /// `Production`, `Staging` or `Development`.
    pub mode: &'static str,
    area: usize,
    brand: usize,
    place: usize,
}

impl Watched {
    /// The monitor of this number.
    pub fn new(number: usize) -> Self {
        let (area, service, round) = (number % 12, number / 12 % 8, number / 96);
        let (place, brand, again) = (round % 40, round / 40 % 6, round / 240);
        // Nine of twelve in production, two in staging; spread over all services.
        let mode = match (round * 7 + number) % 12 {
            0..=8 => 0,
            9 | 10 => 1,
            _ => 2,
        };
        let (what, kind) =
            AREAS.get(area).and_then(|(_, services)| services.get(service)).unwrap_or(&("", "Https"));
        let mut name = format!("{}: {what}, {}", named(&BRANDS, brand), named(&PLACES, place));
        if again > 0 {
            let _ = write!(name, " {}", again + 1);
        }
        let mode = named(&MODES, mode);
        if mode != "Production" {
            let _ = write!(name, " ({})", mode.to_lowercase());
        }
        Self { name, kind, mode, area, brand, place }
    }

    /// The numbers of its groups where there are `count`: always one, those of its mode and its place where there are such.
    pub fn groups(&self, count: usize) -> impl Iterator<Item = usize> {
        let cell = (self.area + self.brand * AREAS.len()) % count.clamp(1, CELLS);
        let mode = MODES.iter().position(|mode| *mode == self.mode).map_or(0, |mode| CELLS + mode);
        [cell, mode, OF_PLACES + self.place].into_iter().enumerate().filter_map(move |(kind, group)| {
            (group < count && (kind == 0 || group >= CELLS)).then_some(group)
        })
    }
}

/// The name of the monitor group of this number.
pub fn monitor_group(number: usize) -> String {
    match number {
        0..CELLS => {
            format!("{}, {}", named(&AREAS.map(|(name, _)| name), number % 12), named(&BRANDS, number / 12))
        }
        CELLS..OF_PLACES => named(&MODES, number - CELLS).to_owned(),
        OF_PLACES..MONITOR_GROUPS => named(&PLACES, number - OF_PLACES).to_owned(),
        _ => format!("More {}", number - MONITOR_GROUPS + 1),
    }
}

/// The name of the operator group of this number, in a load of this seed.
pub fn team(seed: u64, number: usize) -> String {
    let from = usize::try_from(seed % 60).unwrap_or_default();
    let place = from + number;
    let name =
        format!("{} {}", named(&AREAS.map(|(name, _)| name), place % 12), named(&TEAMS, place / 12 % 5));
    if number < 60 { name } else { format!("{name} {}", number / 60 + 1) }
}

/// What the API user of this number is for.
pub fn script(number: usize) -> String {
    let name = named(&SCRIPTS, number % 8);
    if number < 8 { name.to_owned() } else { format!("{name} {}", number / 8 + 1) }
}

/// The area of this number, and a brand beside it.
pub fn subject(number: usize) -> String {
    monitor_group(number % CELLS)
}

fn named(names: &[&'static str], number: usize) -> &'static str {
    names.get(number).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn twenty_thousand_monitors_have_names_of_their_own_and_most_are_in_production() {
        let all: Vec<_> = (0..20_000).map(Watched::new).collect();
        assert_eq!(all.iter().map(|own| &own.name).collect::<BTreeSet<_>>().len(), all.len());
        let mut modes = BTreeMap::new();
        all.iter().for_each(|own| *modes.entry(own.mode).or_insert(0) += 1);
        assert_eq!(
            modes,
            BTreeMap::from([("Development", 1_667), ("Production", 14_999), ("Staging", 3_334)])
        );
        assert!(all.iter().map(|own| own.kind).collect::<BTreeSet<_>>().len() > 10);
    }

    #[test]
    fn a_monitor_is_in_the_groups_that_its_name_says() {
        let own = Watched::new(96 * 45 + 37);
        assert_eq!((own.name.as_str(), own.kind), ("Bellefontaine: Fraud check, Bordeaux", "MultiStepApi"));
        let names: Vec<_> = own.groups(MONITOR_GROUPS).map(monitor_group).collect();
        assert_eq!(names, ["Payments, Bellefontaine", "Production", "Bordeaux"]);
        assert_eq!(own.groups(3).collect::<Vec<_>>(), [(1 + 12) % 3], "always in one");
        assert_eq!(own.groups(0).count(), 0);
    }

    #[test]
    fn groups_and_teams_have_names_of_their_own() {
        let names: BTreeSet<_> = (0..200).map(monitor_group).collect();
        assert_eq!(names.len(), 200);
        let names: BTreeSet<_> = (0..200).map(|number| team(57, number)).collect();
        assert_eq!(names.len(), 200);
    }
}
