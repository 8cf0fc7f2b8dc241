//! Facets: what a result is made of, and the filter that a click writes.

use rollcall_core::api::{FacetValueView, FacetsRequest};
use rollcall_core::model::User;
use rollcall_core::query::{Filter, UserIndexCache, get_facets};

use crate::fixture::{Mirror, moment, user};

fn staff() -> Mirror {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    for (at, (department, active)) in
        [("Sales", true), ("sales", false), ("R\"D", true), ("Sales", true), ("", false)]
            .into_iter()
            .enumerate()
    {
        let department = Some(department.to_owned()).filter(|text| !text.is_empty());
        let user =
            User { department, active: Some(active), ..user(&format!("u{at}"), &format!("Person {at}")) };
        mirror.add(account, &user);
    }
    mirror.role(account, "r1", "Owner");
    mirror.assign(account, "r1", "", "u0");
    mirror.assign(account, "r1", "o", "u0");
    mirror.assign(account, "r1", "", "u1");
    mirror
}

fn values(mirror: &Mirror, cache: &UserIndexCache, text: &str, field: &str) -> Vec<FacetValueView> {
    let request = FacetsRequest { account_id: None, text: text.to_owned() };
    let filter = Filter::parse(text, &moment()).unwrap();
    let view = get_facets(cache, &mirror.conn, &request, &filter, &moment()).unwrap();
    view.facets.into_iter().find(|facet| facet.field == field).map(|facet| facet.values).unwrap_or_default()
}

fn counts(values: &[FacetValueView]) -> Vec<(&str, u32, bool)> {
    values.iter().map(|value| (value.label.as_str(), value.count, value.chosen)).collect()
}

#[test]
fn a_facet_counts_the_result_and_its_own_field_aside() {
    let (mirror, cache) = (staff(), UserIndexCache::new());
    let departments = values(&mirror, &cache, "", "department");
    assert_eq!(
        counts(&departments).iter().map(|value| (value.1, value.2)).collect::<Vec<_>>(),
        [(3, false), (1, false)]
    );
    let narrowed = values(&mirror, &cache, "status:active department:=sales", "department");
    assert_eq!(
        counts(&narrowed).iter().map(|value| (value.1, value.2)).collect::<Vec<_>>(),
        [(2, true), (1, false)]
    );
    assert_eq!(
        counts(&values(&mirror, &cache, "department:=sales", "status")),
        [("active", 2, false), ("suspended", 1, false)]
    );
    assert_eq!(counts(&values(&mirror, &cache, "", "role")), [("Owner", 2, false), ("none", 3, false)]);
}

#[test]
fn a_click_writes_a_filter_that_finds_what_was_counted_and_a_second_click_takes_it_back() {
    let (mirror, cache) = (staff(), UserIndexCache::new());
    for base in ["", "person", "person OR nobody", "status:active  person", "(person)"] {
        for field in ["status", "department", "role"] {
            for value in values(&mirror, &cache, base, field).into_iter().filter(|value| !value.chosen) {
                let after = values(&mirror, &cache, &value.text, field);
                let own = after.iter().find(|other| other.label.eq_ignore_ascii_case(&value.label));
                let own = own.unwrap_or_else(|| panic!("{} is not listed for {}", value.label, value.text));
                assert!(own.chosen, "{}", value.text);
                assert_eq!(own.count, value.count, "{}", value.text);
                Filter::parse(&own.text, &moment()).unwrap();
                let added = field != "status" || !base.contains("status");
                if added && !base.contains("OR") {
                    assert_eq!(
                        own.text.split_whitespace().collect::<Vec<_>>(),
                        base.split_whitespace().collect::<Vec<_>>()
                    );
                }
            }
        }
    }
    let rare = values(&mirror, &cache, "department:=\"Nowhere\"", "department");
    assert!(
        rare.iter().any(|value| value.chosen
            && value.label == "Nowhere"
            && value.count == 0
            && value.text.is_empty())
    );
    let two = values(&mirror, &cache, "department:=\"Sales\" person", "department");
    let added = two.iter().find(|value| !value.chosen).unwrap();
    assert_eq!(added.text, "department:=\"Sales\",=\"R\\\"D\" person");
    let both = values(&mirror, &cache, &added.text, "department");
    assert_eq!(
        both.iter().find(|value| value.chosen && value.label != "R\"D").unwrap().text,
        "department:=\"R\\\"D\" person"
    );
}
