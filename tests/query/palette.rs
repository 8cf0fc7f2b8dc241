//! The command palette: best first, all accounts.

use rollcall_core::api::PaletteRequest;
use rollcall_core::model::User;
use rollcall_core::query::{UserIndexCache, search_palette};

use crate::fixture::{Mirror, user};

#[test]
fn whoever_begins_with_the_letters_comes_first_then_words_then_the_rest_over_all_accounts() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    for name in ["Susanna Roe", "Jo Anna", "Anna Zed", "Ånna"] {
        mirror.add(alpha, &user(name, name));
    }
    let bob = User { email: Some("anna.bob@example.com".into()), ..user("bob", "Bob") };
    mirror.add(beta, &bob);
    mirror.group(beta, "g", "Annapolis", None);
    mirror.organization(beta, "o", "Team Anna");
    mirror.member(beta, "g", "bob", None);
    mirror.role(alpha, "r", "Anna's role");
    mirror.application(beta, "a", "Export for Anna", true);
    let cache = UserIndexCache::new();
    let search = |text: &str, limit| {
        let request = PaletteRequest { text: text.to_owned(), limit };
        search_palette(&cache, &mirror.conn, &request).unwrap()
    };
    let view = search("anna", 20);
    let names: Vec<_> = view.users.iter().map(|row| row.display_name.as_str()).collect();
    assert_eq!(names, ["Ånna", "Anna Zed", "Bob", "Jo Anna", "Susanna Roe"]);
    let groups: Vec<_> = view.groups.iter().map(|item| (item.display_name.as_str(), item.users)).collect();
    assert_eq!(groups, [("Annapolis", 1), ("Team Anna", 0)]);
    assert_eq!(view.roles[0].display_name, "Anna's role");
    assert_eq!(
        (view.applications[0].account_id, view.applications[0].display_name.as_str()),
        (beta, "Export for Anna")
    );
    assert_eq!(search("anna", 2).users.len(), 2);
    assert!(search("  ", 5).users.is_empty());
    assert!(search("nobody at all", 5).groups.is_empty());
}
