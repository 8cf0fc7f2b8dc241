//! A file of users as a plan: what becomes of each row, where it is wrong, and that nothing is kept or sent half.

use rollcall_core::api::*;
use rollcall_core::hub::ImportChoices;
use rollcall_core::model::{ChangeState, FieldReason, PasswordChoice};
use rollcall_sandbox::{Kind, LogtoLoad, LogtoQuirks};
use rollcall_tests::hub::People;
use rollcall_tests::logto::LogtoService;
use serde_json::json;

use super::Fixture;

const PLAIN: ImportChoices =
    ImportChoices { encoding: None, separator: None, password: PasswordChoice::None };

impl Fixture {
    async fn import(&self, bytes: &[u8]) -> ImportView {
        let name = "people.csv".to_owned();
        self.test.hub.import_bytes(self.account, name, bytes.to_vec(), PLAIN).await.expect("an import")
    }

    async fn import_rows(&self, view: &ImportView) -> Vec<ImportRowView> {
        let request = ImportRowsRequest { import_id: view.import_id, state: None, offset: 0, limit: 500 };
        self.test.hub.query_import_rows(request).await.expect("rows").rows
    }

    async fn propose_import(&self, view: &ImportView) -> ImportProposedView {
        let request = ImportRequest { import_id: view.import_id };
        self.test.hub.propose_import(request).await.expect("proposed rows")
    }
}

/// A role that users hold everywhere.
async fn role(fixture: &Fixture) -> (String, String) {
    let roles = fixture.service.all("/api/roles").await.into_iter();
    let mut of_users = roles.filter(|(_, role)| role["type"] == "User" && role["isDefault"] != true);
    let (id, role) = of_users.next().expect("a role of users");
    (id, role["name"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_says_what_becomes_of_it_and_what_is_wrong_at_its_column() {
    let fixture = Fixture::new(12).await;
    let there = fixture.users().await[0].clone();
    fixture
        .service
        .ask("PATCH", &format!("/api/users/{there}"), json!({ "primaryEmail": "Known@Example.com" }))
        .await;
    fixture.test.sync_well(fixture.account).await;
    fixture.propose(vec![super::create("waiting_one")]).await;
    let (_, role) = role(&fixture).await;
    let file = format!(
        "Naam;E-mail;Gebruikersnaam;GSM;Rollen;custom.team;onbekend\r\n\
         Ada;ada@example.com;ada;+32 (0)470 12 34 56;{role};'=blue;x\r\n\
         Bo;bo at example;bo;;;;\r\n\
         Ada again;ADA@example.com;ada2;;;;\r\n\
         Known;known@example.com;known;;;;\r\n\
         Wait;;waiting_one;;;;\r\n\
         Eva;eva@example.com;eva;;Emperor;;\r\n\
         =HYPERLINK(1);f@example.com;f;0470;;;\r\n\
         ;;9lives;;;;\r\n\
         More;m@example.com;m;;;;;too much\r\n"
    );
    let view = fixture.import(file.as_bytes()).await;
    assert_eq!(view.problem, None);
    assert_eq!((view.encoding, view.separator), (Some(ImportEncoding::Utf8), ImportSeparator::Semicolon));
    assert_eq!(view.columns[6].note, Some(ImportNote::Unknown));
    assert_eq!(view.columns[5].target, ImportTarget::Field { path: "customData.team".to_owned() });
    let rows = fixture.import_rows(&view).await;
    use ImportRowState::{AlreadyThere, Duplicate, Malformed, NotPossible, Ready, Waiting};
    let states: Vec<_> = rows.iter().map(|row| (row.line, row.state)).collect();
    assert_eq!(
        states,
        [
            (2, Ready),
            (3, Malformed),
            (4, Duplicate),
            (5, AlreadyThere),
            (6, Waiting),
            (7, NotPossible),
            (8, Malformed),
            (9, Malformed),
            (10, Malformed)
        ]
    );
    let counts = ImportCounts {
        rows: 9,
        ready: 1,
        malformed: 4,
        duplicate: 1,
        already_there: 1,
        waiting: 1,
        not_possible: 1,
    };
    assert_eq!((view.counts, view.changes), (counts, 2), "the user and its role");
    assert_eq!(rows[0].cells[3], "32470123456", "as the service writes it");
    assert_eq!(rows[0].cells[5], "=blue", "as it was before it was guarded");
    let wrong = |row: usize| -> Vec<(Option<u32>, ImportReason)> {
        rows[row].issues.iter().map(|issue| (issue.column, issue.reason.clone())).collect()
    };
    let field = |reason| ImportReason::Field { reason, limit: None };
    assert_eq!(wrong(1), [(Some(1), field(FieldReason::InvalidEmail))]);
    assert_eq!(rows[2].same_as_line, Some(2));
    assert_eq!(rows[3].user.as_ref().and_then(|user| user.remote_id.as_deref()), Some(there.as_str()));
    assert!(rows[4].change_id.is_some());
    assert_eq!(wrong(5), [(Some(4), ImportReason::UnknownRole { name: "Emperor".to_owned() })]);
    assert_eq!(wrong(6), [(Some(0), ImportReason::Formula), (Some(3), field(FieldReason::InvalidPhone))]);
    assert_eq!(wrong(7), [(Some(2), field(FieldReason::InvalidUserName))]);
    assert_eq!(wrong(8), [(Some(7), ImportReason::TooManyCells)]);
    let only = ImportRowsRequest { import_id: view.import_id, state: Some(Malformed), offset: 1, limit: 1 };
    let page = fixture.test.hub.query_import_rows(only).await.unwrap();
    assert_eq!((page.total, page.rows[0].line), (4, 8));
    assert_eq!(fixture.queue().await.plan.lines, 1, "a preview keeps nothing");
    let writes = fixture.service.tenant.write_counts();
    assert!(
        writes.iter().all(|write| write.template.contains("PATCH") || write.method == "PATCH"),
        "{writes:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_proposed_is_created_with_its_roles_and_suspended_where_the_file_says_so() {
    let fixture = Fixture::new(5).await;
    let (role_id, role) = role(&fixture).await;
    let file =
        format!("user name,e-mail,roles,status\nada,ada@x.com,{role},Active\nbo,bo@x.com,,Suspended\n");
    let view = fixture.import(file.as_bytes()).await;
    let proposed = fixture.propose_import(&view).await;
    assert_eq!((proposed.users, proposed.changes), (2, 4));
    assert_eq!(fixture.service.tenant.write_counts(), [], "nothing is sent before it is applied");
    let again = fixture.test.hub.propose_import(ImportRequest { import_id: view.import_id }).await;
    assert_eq!(again.unwrap_err().code, ErrorCode::NotFound, "once");
    let view = fixture.import(file.as_bytes()).await;
    assert_eq!((view.counts.ready, view.counts.waiting), (0, 2), "the same file once more is nothing new");
    let receipt = fixture.apply().await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:?}");
    let users = fixture.service.all("/api/users").await;
    let named =
        |name: &str| users.values().find(|user| user["username"] == name).expect("the new user").clone();
    assert_eq!((&named("ada")["isSuspended"], &named("bo")["isSuspended"]), (&json!(false), &json!(true)));
    let holders = fixture.service.all(&format!("/api/roles/{role_id}/users")).await;
    assert!(holders.contains_key(named("ada")["id"].as_str().unwrap()));
    let view = fixture.import(file.as_bytes()).await;
    assert_eq!((view.counts.ready, view.counts.already_there), (0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_export_comes_back_as_the_same_people() {
    let fixture = Fixture::new(40).await;
    let patch = json!({ "name": "=1+1", "primaryPhone": "32470123456" });
    let odd = fixture.users().await[3].clone();
    fixture.service.ask("PATCH", &format!("/api/users/{odd}"), patch).await;
    fixture.test.sync_well(fixture.account).await;
    let file = fixture.folder.path().join("users.csv");
    *fixture.test.desktop.chooses.lock().unwrap() = Some(file.clone());
    *fixture.test.desktop.opens.lock().unwrap() = Some(file);
    let columns = [
        ("displayName", "Nom"),
        ("userName", "Identifiant"),
        ("email", "E-mail"),
        ("active", "État"),
        ("id", "id"),
        ("phone", "Téléphone"),
        ("givenName", "Prénom"),
        ("familyName", "Nom de famille"),
        ("groups", "Groupes"),
        ("createdAt", "Créé"),
    ];
    let words =
        [("true", "Actif"), ("false", "Suspendu")].map(|(key, word)| (key.to_owned(), word.to_owned()));
    let column = |(id, heading): (&str, &str)| ExportColumn {
        id: id.to_owned(),
        heading: heading.to_owned(),
        words: if id == "active" { words.clone().into_iter().collect() } else { Default::default() },
    };
    let list = ListRequest::Users(UserQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        sort: UserSort { column: UserColumn::DisplayName, descending: false },
        offset: 0,
        limit: 1,
    });
    let export = ExportListRequest {
        export: 1,
        list,
        selection: None,
        columns: columns.into_iter().map(column).collect(),
        format: ExportFormat::Csv,
        name: "users".to_owned(),
        title: "Export".to_owned(),
    };
    fixture.test.hub.export_list(export).await.expect("an export");

    let load = LogtoLoad { users: 0, organizations: 0, roles: 1, ties: 1, seed: 9 };
    let other = LogtoService::start(load, LogtoQuirks::default()).await;
    let account = other.connect_as(&fixture.test, "Other").await;
    fixture.test.sync_well(account).await;
    let request = ImportFileRequest { account_id: account, title: "Import".to_owned() };
    let view = fixture.test.hub.import_file(request).await.unwrap().import.expect("the file");
    let rows = fixture.import_rows(&view).await;
    let left: Vec<_> = rows.iter().filter(|row| row.state != ImportRowState::Ready).collect();
    assert_eq!(left, Vec::<&ImportRowView>::new());
    assert_eq!(view.counts.ready, 40);
    fixture.propose_import(&view).await;
    let all = ApplyChangesRequest { account_id: account, changes: None, confirmations: Vec::new() };
    let asked = fixture.test.hub.apply_changes(all.clone()).await.unwrap();
    let confirmed = ApplyChangesRequest { confirmations: super::confirm(&asked.unconfirmed), ..all };
    let run = fixture.test.hub.apply_changes(confirmed).await.unwrap().run_id.expect("a run");
    let people = loop {
        let receipt = fixture.test.hub.get_receipt(ReceiptRequest { run_id: run, most: None }).await.unwrap();
        if receipt.run.finished_at.is_some() {
            assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{:?}", receipt.run);
            break by_name(&other).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(people, by_name(&fixture.service).await);
}

/// Everything that a file has of a user, without the ids.
async fn by_name(service: &LogtoService) -> Vec<String> {
    let mut people = Vec::new();
    for id in service.tenant.ids(Kind::User).await.unwrap() {
        let user = service.tenant.find(Kind::User, &id).await.unwrap().unwrap();
        let profile = &user["profile"];
        let values = [
            &user["username"],
            &user["primaryEmail"],
            &user["primaryPhone"],
            &user["isSuspended"],
            &profile["givenName"],
            &profile["familyName"],
        ];
        people.push(values.map(ToString::to_string).join(" "));
    }
    people.sort();
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_encoding_is_told_by_its_line_and_can_be_said() {
    let fixture = Fixture::new(3).await;
    let mut file = "name,username\nAda,ada\n".to_owned().into_bytes();
    file.extend(b"Zo\xeb,zoe\n");
    let view = fixture.import(&file).await;
    let problem = ImportProblem::NotUtf8 { line: 3, sample: "Zoë,zoe".to_owned() };
    assert_eq!((view.problem, view.encoding, view.counts.rows), (Some(problem), None, 0));
    let again = |encoding| UpdateImportRequest {
        import_id: view.import_id,
        encoding,
        separator: None,
        columns: None,
        password: None,
    };
    let view = fixture.test.hub.update_import(again(Some(ImportEncoding::Windows1252))).await.unwrap();
    assert_eq!((view.problem.clone(), view.counts.ready), (None, 2));
    assert_eq!(fixture.import_rows(&view).await[1].name, "Zoë");
    // What the person says of columns stands above what the headings do.
    let columns = vec![ImportTarget::Nothing, ImportTarget::Field { path: "username".to_owned() }];
    let chosen = UpdateImportRequest { columns: Some(columns), ..again(None) };
    let view = fixture.test.hub.update_import(chosen).await.unwrap();
    assert_eq!(view.columns[0].target, ImportTarget::Nothing);
    assert_eq!(fixture.import_rows(&view).await[1].name, "zoe");

    let utf16: Vec<u8> =
        "\u{feff}name\tusername\r\nZoë\tzoe\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let view = fixture.import(&utf16).await;
    assert_eq!((view.encoding, view.separator), (Some(ImportEncoding::Utf16Le), ImportSeparator::Tab));
    assert_eq!(view.counts.ready, 1);
    for (bytes, problem) in [
        (b"PK\x03\x04zip".as_slice(), ImportProblem::Spreadsheet),
        (b"name\nAda\0", ImportProblem::NotText { line: 2 }),
        (b"", ImportProblem::Empty),
        (b"name,username\n\n", ImportProblem::NoRows),
        (b"colour,size\nred,1\n", ImportProblem::NoColumns),
        (b"name,username\nAda,\"ada\nBo,bo\n", ImportProblem::OpenQuote { line: 2 }),
    ] {
        assert_eq!(fixture.import(bytes).await.problem, Some(problem));
    }
    let discarded = fixture.test.hub.discard_import(ImportRequest { import_id: 99 }).await.unwrap();
    assert!(!discarded.found);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_rows_are_read_and_kept_in_one_go() {
    let fixture = Fixture::new(20).await;
    let mut file = String::from("E-mail,User name,Name\n");
    for number in 0..100_000 {
        file.push_str(&format!("person{number}@example.com,person{number},Person {number}\n"));
    }
    file.push_str("person7@example.com,other,Person 7 again\nnot an address,x,X\n");
    let view = fixture.import(file.as_bytes()).await;
    assert_eq!((view.counts.ready, view.counts.duplicate, view.counts.malformed), (100_000, 1, 1));
    let last = ImportRowsRequest { import_id: view.import_id, state: None, offset: 100_000, limit: 10 };
    let page = fixture.test.hub.query_import_rows(last).await.unwrap();
    assert_eq!((page.total, page.rows[0].line, page.rows[0].same_as_line), (100_002, 100_002, Some(9)));
    let proposed = fixture.propose_import(&view).await;
    assert_eq!((proposed.users, proposed.changes), (100_000, 100_000));
    let database = fixture.test.database();
    let waiting: u32 = database
        .query_row("SELECT count(*) FROM changes WHERE state = 'pending'", [], |row| row.get(0))
        .unwrap();
    let places: u32 =
        database.query_row("SELECT count(DISTINCT position) FROM changes", [], |row| row.get(0)).unwrap();
    assert_eq!((waiting, places), (100_000, 100_000));
    assert_eq!(fixture.service.tenant.write_counts(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_to_be_there_since_the_preview_is_not_created_again() {
    let fixture = Fixture::new(3).await;
    let view = fixture.import(b"username\nada\nbo\n").await;
    assert_eq!(view.counts.ready, 2);
    fixture.service.ask("POST", "/api/users", json!({ "username": "ada" })).await;
    fixture.test.sync_well(fixture.account).await;
    let proposed = fixture.propose_import(&view).await;
    assert_eq!((proposed.users, proposed.counts.already_there), (1, 1));
    let before: People = fixture.service.people().await;
    fixture.apply().await;
    assert_eq!(fixture.service.people().await.len(), before.len() + 1);
}
