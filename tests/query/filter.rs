//! The filter language: what it finds, and where it says that something is wrong.

use rollcall_core::api::{FilterErrorCode, UserQueryRequest};
use rollcall_core::model::{Timestamp, User};
use rollcall_core::query::{Filter, UserIndexCache};

use crate::fixture::{Mirror, everybody, moment, query_users, user};

fn at(text: &str) -> i64 {
    Timestamp::parse(text).unwrap().as_millis()
}

/// Ada, Bob, Cem and Dee, who differ in everything.
pub fn people() -> Mirror {
    let mirror = Mirror::new();
    let account = mirror.account("Première");
    let ada = User {
        email: Some("Ada@Example.com".into()),
        department: Some("R&D".into()),
        created_at: Timestamp::parse("2026-01-01T23:59:59Z"),
        raw: r#"{"customData":{"plan":"Pro","seats":5,"tags":["a b","Élan"],"beta":true}}"#.into(),
        ..user("u1", "Ada Lovelace")
    };
    let bob = User {
        email: Some("bob@acme.example".into()),
        active: Some(false),
        phone: Some("+32 2".into()),
        created_at: Timestamp::parse("2026-02-01T00:00:00Z"),
        raw: r#"{"customData":{"plan":"free","seats":12}}"#.into(),
        ..user("u2", "Bob ada")
    };
    let cem = User { active: None, organization: Some("Acme".into()), ..user("u3", "Çem O'Neil") };
    let dee =
        User { created_at: Timestamp::parse("2026-06-30T08:00:00Z"), ..user("u4", "Dee \"the\" 50% a*b") };
    for (user, seen) in [(&ada, "2026-06-30T12:00:00Z"), (&bob, "2026-03-01T00:00:00Z")] {
        mirror.last_sign_in(mirror.add(account, user), at(seen));
    }
    for user in [cem, dee] {
        mirror.add(account, &user);
    }
    mirror.role(account, "r1", "Admin");
    mirror.role(account, "r2", "Administrateur général");
    mirror.assign(account, "r1", "", "u1");
    mirror.assign(account, "r2", "o1", "u2");
    mirror.organization(account, "o1", "Acme Nederland");
    mirror.group(account, "g1", "Staff", None);
    mirror.member(account, "o1", "u2", None);
    mirror.member(account, "g1", "u1", None);
    mirror.token(account, "u1", "deploy", (None, true), (None, true));
    mirror.token(
        account,
        "u1",
        "old",
        (Some(at("2026-06-01T00:00:00Z")), true),
        (Some(at("2026-05-01T00:00:00Z")), true),
    );
    mirror.token(account, "u2", "soon", (Some(at("2026-07-10T00:00:00Z")), true), (None, false));
    mirror.details(account, "u1", Some(2));
    mirror.details(account, "u2", Some(0));
    mirror.details(account, "u3", None);
    mirror
}

#[test]
fn a_filter_finds_whom_it_says() {
    let mirror = people();
    let cache = UserIndexCache::new();
    for (text, expected) in [
        // Words.
        ("ada", "ada bob"),
        ("ADA love", "ada"),
        ("\"ada l\"", "ada"),
        ("ada -love", "bob"),
        ("love OR dee", "ada dee"),
        ("(love OR bob) status:suspended", "bob"),
        ("NOT (ada AND lovelace)", "bob cem dee"),
        ("cem", "cem"),
        ("ÇEM o", "cem"),
        ("'s-gravenhage", ""),
        ("\"\\\"the\\\"\"", "dee"),
        ("50%", "dee"),
        ("12:30", ""),
        // One field, and how it is looked at.
        ("name:ada", "ada bob"),
        ("name:=\"bob ada\"", "bob"),
        ("name:Ada*", "ada"),
        ("name:*ada", "bob"),
        ("name:?ob*", "bob"),
        ("name:\"a*b\"", "dee"),
        ("name:'ada'", "bob"),
        ("name:='Ada Lovelace'", "ada"),
        ("name:'Ada*'", ""),
        ("name:o'neil", "cem"),
        ("name:/^A.*E$/", "ada"),
        ("name:/^a/c", ""),
        ("name:/ÇEM/", "cem"),
        ("any:=ada@example.com", "ada"),
        ("'Ada'", "ada"),
        ("email:ada,bob", "ada bob"),
        ("-email:@example.com", "bob cem dee"),
        ("email:none", "cem dee"),
        ("has:email", "ada bob"),
        ("phone:any", "bob"),
        ("department:r&d", "ada"),
        ("id:=u3", "cem"),
        ("id:u", "ada bob cem dee"),
        ("account:\"premiere\" bob", "bob"),
        ("-account:'Première'", ""),
        ("status:active", "ada cem dee"),
        ("status:none", "cem"),
        // Times.
        ("created:<2026-01-02", "ada"),
        ("created:2026-01-01", "ada"),
        ("created:<=2026-01-01", "ada"),
        ("created:>2026-01-01", "bob dee"),
        ("created:2026-01-01..2026-02-01", "ada bob"),
        ("created:2026-02", "bob"),
        ("created:2026", "ada bob dee"),
        ("created:yesterday", "dee"),
        ("created:today", ""),
        ("created:..2026-01", "ada"),
        ("created:none", "cem"),
        ("last_seen:>90d", "bob"),
        ("last_seen:<2d", "ada"),
        ("last_seen:1d", "ada"),
        ("last_seen:never", "cem dee"),
        ("last_seen:>90d OR last_seen:never", "bob cem dee"),
        // What users have.
        ("role:admin", "ada bob"),
        ("role:=admin", "ada"),
        ("role:=r2", "bob"),
        ("role:general", "bob"),
        ("role:none", "cem dee"),
        ("group:staff", "ada"),
        ("group:acme", ""),
        ("org:\"Acme\"", "bob cem"),
        ("org:none", "ada dee"),
        ("has:org", "bob cem"),
        ("groups:>0", "ada bob"),
        ("groups:0", "cem dee"),
        ("mfa:none", "bob"),
        ("has:mfa", "ada"),
        ("mfa:>=1", "ada"),
        ("mfa:unknown", "cem dee"),
        ("has:token", "ada bob"),
        ("token:deploy", "ada"),
        ("token:none", "cem dee"),
        ("token_expires:never", "ada"),
        ("token_expires:<today", "ada"),
        ("token_expires:+14d", "bob"),
        ("token_used:never", "ada"),
        // The record as sent.
        ("custom.plan:pro", "ada"),
        ("custom.plan:='Pro'", "ada"),
        ("custom.plan:'pro'", ""),
        ("has:custom.plan", "ada bob"),
        ("custom.plan:none", "cem dee"),
        ("custom.seats:>5", "bob"),
        ("custom.seats:..5", "ada"),
        ("custom.tags:=\"a b\"", "ada"),
        ("custom.tags:=elan", "ada"),
        ("custom.beta:true", "ada"),
        ("raw.customData.seats:12", "bob"),
    ] {
        let request = UserQueryRequest { text: text.to_owned(), ..everybody(None) };
        let mut found: Vec<String> = query_users(&cache, &mirror.conn, &request)
            .rows
            .into_iter()
            .map(|row| match row.remote_id.as_str() {
                "u1" => "ada".to_owned(),
                "u2" => "bob".to_owned(),
                "u3" => "cem".to_owned(),
                _ => "dee".to_owned(),
            })
            .collect();
        found.sort();
        assert_eq!(found.join(" "), expected, "{text}");
    }
}

#[test]
fn a_mistake_has_its_place_and_its_kind() {
    use FilterErrorCode as Code;
    let deep = "(".repeat(50);
    let many = "a:b ".replace("a:b", "id:1").repeat(201);
    let long = "é".repeat(2_001);
    for (text, code, place) in [
        ("ada \"lov", Code::UnclosedQuote, "\"lov"),
        ("é (ada", Code::UnclosedParenthesis, "("),
        ("ada )", Code::StrayParenthesis, ")"),
        ("ada OR", Code::MissingTerm, "OR"),
        ("OR ada", Code::MissingTerm, "OR"),
        ("a ()", Code::MissingTerm, "()"),
        ("NOT", Code::MissingTerm, "NOT"),
        ("email:", Code::MissingValue, "email:"),
        ("email:\"\"", Code::MissingValue, "\"\""),
        ("emial:x", Code::UnknownField, "emial"),
        ("https://example.com", Code::UnknownField, "https"),
        ("status:on", Code::UnknownValue, "on"),
        ("has:money", Code::UnknownValue, "money"),
        ("created:soon", Code::BadTime, "soon"),
        ("created:2026-02-30", Code::BadTime, "2026-02-30"),
        ("created:2026-03..2026-01", Code::BackwardRange, "2026-03..2026-01"),
        ("groups:many", Code::BadNumber, "many"),
        ("groups:9..3", Code::BackwardRange, "9..3"),
        ("name:/(/", Code::BadPattern, "/(/"),
        ("name:/a{9999}{9999}/", Code::BadPattern, "/a{9999}{9999}/"),
        ("name:/ab", Code::UnclosedPattern, "/ab"),
        ("name:>a", Code::NotComparable, ">a"),
        (deep.as_str(), Code::TooDeep, "("),
        (many.as_str(), Code::TooMany, "id:1"),
        (long.as_str(), Code::TooLong, "é"),
    ] {
        let error = Filter::parse(text, &moment()).unwrap_err();
        let shown: String = text.chars().take(40).collect();
        assert_eq!(error.code, code, "{shown}");
        assert_eq!(&text[error.span.start..error.span.end], place, "{shown}");
    }
    let error = Filter::parse("zoë \u{1f600} emial:x", &moment()).unwrap_err();
    assert_eq!((error.span.start, error.span.end), (10, 15));
    assert_eq!(error.span.utf16("zoë \u{1f600} emial:x"), (7, 12));
    assert_eq!(error.hint.as_deref(), Some("email"));
}

/// What roles, tokens, factors and records say is in memory after the first question: later ones find it although the store
/// has lost it, until the mirror is said to have changed.
#[test]
fn what_filters_need_is_read_once_for_each_state_of_the_mirror() {
    let mirror = people();
    let cache = UserIndexCache::new();
    let total = |text: &str| {
        let request = UserQueryRequest { text: text.to_owned(), ..everybody(None) };
        query_users(&cache, &mirror.conn, &request).total
    };
    for text in ["role:x", "group:x", "org:x", "token:x", "mfa:7", "custom.plan:x", "id:x"] {
        assert_eq!(total(text), 0, "{text}");
    }
    for table in ["roles", "role_assignments", "memberships", "groups", "tokens", "user_details"] {
        mirror.conn.execute(&format!("DELETE FROM {table}"), []).unwrap();
    }
    mirror.conn.execute("UPDATE users SET raw = '{}'", []).unwrap();
    let asked = ["role:adm", "group:st", "org:acme", "token:dep", "mfa:none", "custom.plan:pr"];
    for (text, expected) in asked.iter().zip([2, 1, 2, 1, 1, 1]) {
        assert_eq!(total(text), expected, "{text}");
        assert_eq!(total(&format!("{text} zzz")), 0, "{text}");
    }
    cache.invalidate(rollcall_core::model::AccountId(1));
    for (text, expected) in asked.iter().zip([0, 0, 1, 0, 0, 0]) {
        assert_eq!(total(text), expected, "{text}");
    }
}

/// More columns and paths than are kept: those that left are read again.
#[test]
fn any_number_of_columns_and_paths_can_be_asked_for() {
    let mirror = people();
    let cache = UserIndexCache::new();
    for _ in 0..2 {
        for (field, expected) in [
            ("name", 2),
            ("email", 1),
            ("username", 2),
            ("first", 0),
            ("last", 0),
            ("phone", 0),
            ("external_id", 0),
        ] {
            let request = UserQueryRequest { text: format!("{field}:ada"), ..everybody(None) };
            assert_eq!(query_users(&cache, &mirror.conn, &request).total, expected, "{field}");
        }
        for path in 0..10 {
            let request =
                UserQueryRequest { text: format!("has:custom.plan -custom.p{path}:x"), ..everybody(None) };
            assert_eq!(query_users(&cache, &mirror.conn, &request).total, 2, "{path}");
        }
    }
}
