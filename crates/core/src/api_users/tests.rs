use super::*;
use crate::api::{ApiUserOwnerState, ApiUserRowReason, ApiUserRowsRequest};
use crate::model::RemoteId;

const AT: Timestamp = Timestamp::from_millis(1_770_000_000_000);

const PAGE: &str = "API users
Overview of all API users

Operator\tUser name\tType\tCreated\tLast used\tRequests last 30 days\tDescription
Zoë Berg\tapi-zoe\tGeneric\t27 mei 2025 19:57\t2 dec. 2025, 15:11\t1.234\tNightly export
Jan de Vries\tapi-jan\tMobileApp\t2025-01-02\tNot yet used\t0\t-
Gone Person\tapi-old\tGrafana\t2024-01-02\tUnknown\t\tWall
";

fn ground() -> Ground {
    let mut ground = Ground::default();
    for (id, name, email) in [
        ("1", "Zoë Berg", "zoe@x.com"),
        ("2", "Jan de Vries", "jan@x.com"),
        ("3", "Jan de Vries", "jan2@x.com"),
    ] {
        ground.owners.add(RemoteId::new(id), name, None, Some(email));
        ground.names.insert(id.to_owned(), name.to_owned());
    }
    ground
}

fn text(text: &str) -> Handed {
    let source = Arc::new(Source::read(text.as_bytes().to_vec(), None));
    Handed { file_name: None, source, is_book: false, separator: None, columns: None }
}

fn import(pasted: &str, ground: Ground) -> Import {
    Import::new(text(pasted), ground, &TimeZone::UTC, AT)
}

fn states(import: &Import) -> Vec<(u32, ApiUserRowState)> {
    import.entries.iter().map(|entry| (entry.line, entry.state)).collect()
}

fn columns(import: &Import) -> Vec<ApiUserColumn> {
    import.table.as_ref().map(|table| table.columns.clone()).unwrap_or_default()
}

/// The list as it would be kept.
fn kept_by(import: &Import) -> Vec<ImportedApiUser> {
    import.entries.iter().filter(|entry| entry.is_taken()).map(|entry| entry.found.clone()).collect()
}

#[test]
fn a_page_that_was_copied_is_read_below_its_titles() {
    let import = import(PAGE, ground());
    use ApiUserColumn::{Created, Description, LastUsed, Operator, Requests, Type, UserName};
    assert_eq!(columns(&import), [Operator, UserName, Type, Created, LastUsed, Requests, Description]);
    assert_eq!(
        states(&import),
        [(5, ApiUserRowState::New), (6, ApiUserRowState::New), (7, ApiUserRowState::New)]
    );
    let [zoe, jan, old] = kept_by(&import).try_into().unwrap();
    assert_eq!((zoe.owner, zoe.requests), (Some(RemoteId::new("1")), Some(1234)));
    assert_eq!(zoe.last_used_at, Timestamp::parse("2025-12-02T15:11:00Z"));
    assert_eq!((jan.last_used_at, jan.last_use_known, jan.requests), (None, true, Some(0)), "not yet used");
    assert_eq!((jan.owner, jan.description), (None, None), "two are called so: nobody is guessed");
    assert_eq!((old.last_use_known, old.requests), (false, None), "unknown is not never");
    let owners: Vec<_> = import.entries.iter().map(|entry| entry.owner_state).collect();
    use ApiUserOwnerState::{Ambiguous, Known, Unknown};
    assert_eq!(owners, [Known, Ambiguous, Unknown]);
    assert_eq!(import.counts().without_owner, 2);
}

#[test]
fn headings_are_known_in_three_languages_and_any_order() {
    use ApiUserColumn::{Created, Description, Email, LastUsed, Nothing, Operator, Requests, Type, UserName};
    for (headings, expected) in [
        (
            "Nom d'utilisateur;Opérateur;E-mail;Type d'accès;Créé le;Dernière utilisation;Requêtes (30 derniers jours);Description",
            vec![UserName, Operator, Email, Type, Created, LastUsed, Requests, Description],
        ),
        (
            "Gebruikersnaam;Operator;Soort;Aangemaakt op;Laatst gebruikt;Verzoeken laatste 30 dagen;Omschrijving;Kleur",
            vec![UserName, Operator, Type, Created, LastUsed, Requests, Description, Nothing],
        ),
    ] {
        let import = import(&format!("{headings}\nx;Zoë Berg\n"), ground());
        assert_eq!(columns(&import), expected, "{headings}");
    }
}

#[test]
fn a_list_without_headings_is_told_by_what_stands_in_it() {
    let pasted = "zoe@x.com;k1;Generic;2025-01-02;2025-12-02;3;Night job\njan@x.com;k2;MobileApp;2025-02-02;Never;0;Phone\n";
    let import = import(pasted, ground());
    use ApiUserColumn::{Created, Description, LastUsed, Operator, Requests, Type, UserName};
    assert_eq!(columns(&import), [Operator, UserName, Type, Created, LastUsed, Requests, Description]);
    assert_eq!(states(&import), [(1, ApiUserRowState::New), (2, ApiUserRowState::New)]);
}

#[test]
fn what_is_no_list_is_said_and_changes_nothing() {
    for (pasted, problem) in [
        ("", ImportProblem::Empty),
        (" \n\t\n", ImportProblem::Empty),
        ("User name,Operator\n", ImportProblem::NoRows),
        ("Operator|User name|Type\nZoë Berg|k1|Generic\n", ImportProblem::NoColumns),
        ("hello\n", ImportProblem::NoColumns),
        ("hello there\nthis is a letter\n", ImportProblem::NoColumns),
        ("User name,Operator\nk1,\"Zoë\nk2,Jan\n", ImportProblem::OpenQuote { line: 2 }),
    ] {
        let mut ground = ground();
        ground.known = kept_by(&import(PAGE, ground.clone()));
        let import = import(pasted, ground);
        assert_eq!(import.problem, Some(problem), "{pasted}");
        assert!(!import.has_any() && import.counts().gone == 0, "{pasted}: nothing goes");
    }
}

#[test]
fn rows_that_cannot_be_understood_are_told_by_line_and_take_nothing_away() {
    let pasted = "User name,Operator,Created,Requests,Description
k1,zoe@x.com,31/02/2025,1,
k2,zoe@x.com,,many,
,zoe@x.com,,,nothing to sign in with
k3,zoe@x.com,,,=cmd|' /C calc'!A0
k4,zoe@x.com,,,'=fine
K4,zoe@x.com,,,twice
";
    let mut ground = ground();
    ground.known = kept_by(&import("User name,Operator\nk1,zoe@x.com\nk9,zoe@x.com\n", ground.clone()));
    let import = import(pasted, ground);
    let reasons: Vec<_> = import.entries.iter().map(|entry| entry.reasons.clone()).collect();
    assert_eq!(
        reasons[..4],
        [
            vec![ApiUserRowReason::InvalidDate {
                column: ApiUserColumn::Created,
                text: "31/02/2025".to_owned()
            }],
            vec![ApiUserRowReason::InvalidNumber { text: "many".to_owned() }],
            vec![ApiUserRowReason::NoUserName],
            vec![ApiUserRowReason::Formula],
        ]
    );
    use ApiUserRowState::{Duplicate, Malformed, New};
    let expected = [(2, Malformed), (3, Malformed), (4, Malformed), (5, Malformed), (6, New), (7, Duplicate)];
    assert_eq!(states(&import), expected);
    assert_eq!(import.entries[4].found.description.as_deref(), Some("=fine"));
    assert_eq!(import.entries[5].same_as_line, Some(6));
    let gone: Vec<_> = import.gone.iter().map(|one| one.user_name.as_str()).collect();
    assert_eq!(gone, ["k9"], "k1 stands in a row, even in one that cannot be understood");
}

#[test]
fn a_second_list_says_what_is_new_other_and_gone() {
    let mut ground = ground();
    ground.known = kept_by(&import(PAGE, ground.clone()));
    let made = ImportedApiUser { user_name: "made".to_owned(), made_here: true, ..ground.known[0].clone() };
    ground.known.push(made);
    ground.live.insert("live".to_owned());
    let pasted = "User name\tOperator\tType\tCreated\tLast used\tRequests\tDescription
API-ZOE\tBERG, zoe\tGeneric\t2025-05-27 19:57\t2025-12-02 15:11\t1234\tNightly export
api-jan\tJan de Vries\tGrafana\t2025-01-02\tNever\t0\t
new\tjan2@x.com\t\t\t\t\t
Live\tzoe@x.com\t\t\t\t\t
";
    let import = import(pasted, ground);
    use ApiUserRowState::{Changed, Listed, New, Same};
    assert_eq!(states(&import), [(2, Same), (3, Changed), (4, New), (5, Listed)]);
    let gone: Vec<_> = import.gone.iter().map(|one| one.user_name.as_str()).collect();
    assert_eq!(gone, ["api-old"], "what Rollcall made stays");
    let changed =
        ApiUserRowsRequest { import_id: 1, state: Some(Changed), without_owner: false, offset: 0, limit: 9 };
    let rows = import.rows(&changed).rows;
    let different: Vec<_> =
        rows[0].differences.iter().map(|one| (one.column, one.after.as_deref())).collect();
    assert_eq!(different, [(ApiUserColumn::Type, Some("Grafana"))]);
}

#[test]
fn passwords_are_never_shown() {
    let import = import("User name,Operator,Password,API key\nk1,zoe@x.com,hunter2,hunter3\n", ground());
    let view = import.view(1, AccountId(1), "Acme");
    assert!(!format!("{view:?}").contains("hunter"));
    let all = ApiUserRowsRequest { import_id: 1, state: None, without_owner: false, offset: 0, limit: 500 };
    assert!(!format!("{:?}", import.rows(&all)).contains("hunter"));
}

#[test]
fn ten_thousand_rows_are_read_page_by_page() {
    let mut pasted = String::from("Operator;User name;Requests\r\n");
    for number in 0..10_000 {
        pasted.push_str(&format!("Zoë Berg;k{number};{number}\r\n"));
    }
    let import = import(&pasted, ground());
    assert_eq!((import.counts().rows, import.counts().new), (10_000, 10_000));
    let last =
        ApiUserRowsRequest { import_id: 1, state: None, without_owner: false, offset: 9_999, limit: 5_000 };
    let page = import.rows(&last);
    assert_eq!((page.total, page.rows.len()), (10_000, 1));
    assert_eq!((page.rows[0].line, page.rows[0].requests), (Some(10_001), Some(9_999)));
}
