//! Completion: what could be typed next.

use rollcall_core::api::CompleteFilterRequest;
use rollcall_core::model::User;
use rollcall_core::query::{Filter, UserIndexCache, complete_filter};

use crate::filter::people;
use crate::fixture::{moment, user};

#[test]
fn every_name_of_a_field_that_is_completed_can_be_typed() {
    let mirror = people();
    let cache = UserIndexCache::new();
    let complete = |text: &str| {
        let cursor = u32::try_from(text.encode_utf16().count()).unwrap();
        let request = CompleteFilterRequest { account_id: None, text: text.to_owned(), cursor };
        complete_filter(&cache, &mirror.conn, &request, &moment()).unwrap()
    };
    for letter in 'a'..='z' {
        for item in complete(&letter.to_string()).items {
            let text = match item.insert.as_str() {
                "custom." => "custom.x:none".to_owned(),
                name => {
                    let values = complete(name).items;
                    let value = values.first().map_or("1", |value| value.insert.as_str());
                    format!("{name}{value}")
                }
            };
            Filter::parse(&text, &moment()).unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
}

#[test]
fn values_are_completed_where_the_cursor_is_with_the_number_of_users() {
    let mirror = people();
    let cache = UserIndexCache::new();
    let complete = |text: &str, cursor: u32| {
        let request = CompleteFilterRequest { account_id: None, text: text.to_owned(), cursor };
        complete_filter(&cache, &mirror.conn, &request, &moment()).unwrap()
    };
    let view = complete("zoë -role:\"Admin", 16);
    assert_eq!((view.start, view.end, view.field.as_deref()), (10, 16, Some("role")));
    let items: Vec<_> = view.items.iter().map(|item| (item.insert.as_str(), item.count)).collect();
    assert_eq!(items, [("=\"Admin\"", Some(1)), ("=\"Administrateur général\"", Some(1))]);
    let view = complete("role:=Admin,gen status:x", 15);
    assert_eq!((view.start, view.end), (12, 15));
    assert_eq!(view.items[0].label, "Administrateur général");
    let view = complete("(stat", 5);
    assert_eq!((view.start, view.items[0].insert.as_str()), (1, "status:"));
    let view = complete("status:", 7);
    let counts: Vec<_> = view.items.iter().map(|item| (item.label.as_str(), item.count)).collect();
    assert_eq!(counts, [("active", Some(3)), ("suspended", Some(1)), ("none", Some(1))]);
    assert!(complete("name:/ad", 8).items.is_empty());
    assert!(complete("nofield:a", 9).items.is_empty());
}

#[test]
fn keys_of_custom_data_are_completed_by_what_occurs_most_frequent_first() {
    let mirror = people();
    let account = rollcall_core::model::AccountId(1);
    let custom = r#"{"customData":{"plan":"x","team":{"lead":"Zoë","2":[1]},"not typed":1,"none":null}}"#;
    mirror.add(account, &User { raw: custom.into(), ..user("u5", "Eve") });
    let cache = UserIndexCache::new();
    let complete = |text: &str| {
        let cursor = u32::try_from(text.encode_utf16().count()).unwrap();
        let request = CompleteFilterRequest { account_id: None, text: text.to_owned(), cursor };
        let view = complete_filter(&cache, &mirror.conn, &request, &moment()).unwrap();
        view.items.into_iter().map(|item| item.insert).collect::<Vec<_>>()
    };
    let all = [
        "custom.plan:",
        "custom.seats:",
        "custom.beta:",
        "custom.tags:",
        "custom.team.2:",
        "custom.team.lead:",
    ];
    assert_eq!(complete("ada -custom."), all);
    assert_eq!(complete("Custom.TEA"), ["custom.team.2:", "custom.team.lead:"]);
    assert_eq!(complete("custom.ea"), ["custom.seats:", "custom.team.2:", "custom.team.lead:"]);
    assert!(complete("custom.plan:").contains(&"=\"Pro\"".to_owned()));
    for key in all {
        Filter::parse(&format!("{key}any"), &moment()).unwrap_or_else(|error| panic!("{key}: {error}"));
    }
}
