//! API users that the service does not list to us: imported from a person's list, never taken away by a sync that is refused
//! them, and replaced as soon as the service lists them itself.

use rollcall_core::api::*;
use rollcall_core::model::{RunState, Secret};
use rollcall_sandbox::{ApiUserSupport, SeeOperators, UptrendsQuirks};
use serde_json::{Value, json};

use super::uptrends::Fixture;

/// The older contract, which does not know `/ApiUser`.
fn missing() -> UptrendsQuirks {
    UptrendsQuirks { api_users: ApiUserSupport::Missing, ..UptrendsQuirks::default() }
}

/// To a lesser API user the list is refused, and others than its own groups are not shown.
fn refused() -> UptrendsQuirks {
    let see_operators = SeeOperators::OwnGroups;
    UptrendsQuirks { api_users: ApiUserSupport::Forbidden, see_operators, ..UptrendsQuirks::default() }
}

async fn preview(fixture: &Fixture, text: &str) -> Result<ApiUsersImportView, CommandError> {
    let request = PreviewApiUsersRequest { account_id: fixture.account, text: text.to_owned() };
    fixture.test.hub.preview_api_users(request).await
}

async fn take(fixture: &Fixture, text: &str, keep_others: bool) -> ApiUsersTakenView {
    let view = preview(fixture, text).await.unwrap();
    assert_eq!(view.problem, None, "{text}");
    let request = TakeApiUsersRequest { import_id: view.import_id, keep_others };
    fixture.test.hub.take_api_users(request).await.unwrap()
}

async fn tokens(fixture: &Fixture) -> Vec<TokenRow> {
    let request = TokenQueryRequest {
        filter: TokenFilter { account_id: Some(fixture.account), ..TokenFilter::default() },
        sort: TokenColumn::Name,
        descending: false,
        offset: 0,
        limit: 500,
    };
    fixture.test.hub.query_tokens(request).await.unwrap().rows
}

async fn counts(fixture: &Fixture) -> Option<ApiUserCountsView> {
    let request = HubRequest { account_id: Some(fixture.account) };
    fixture.test.hub.get_hub(request).await.unwrap().api_users
}

fn names(rows: &[TokenRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

/// Name and address of an operator who is called like nobody else.
async fn somebody(fixture: &Fixture) -> (String, String) {
    let name = |operator: &Value| operator["FullName"].as_str().unwrap_or_default().to_owned();
    let all = fixture.service.list("/Operator").await;
    let alone = all.iter().find(|one| all.iter().filter(|other| name(other) == name(one)).count() == 1);
    let alone = alone.expect("somebody");
    (name(alone), alone["Email"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_list_is_shown_with_its_date_and_stays_while_the_service_refuses_its_own() {
    for quirks in [missing(), refused()] {
        let fixture = Fixture::new(quirks).await;
        fixture.test.sync_well(fixture.account).await;
        let shown = fixture.test.users(fixture.account, "", 0, 1).await.rows.remove(0);
        let (name, email) = (shown.display_name.clone(), shown.email.clone().unwrap_or_default());
        let text = format!(
            "Operator\tE-mail\tUser name\tType\tCreated\tLast used\tRequests\tDescription\n\
             {name}\t{email}\tk-used\tGeneric\t2020-01-02\t2020-02-03\t0\tNight job\n\
             {name}\t{email}\tk-never\tMobileApp\t2020-01-02\tNot yet used\t0\t\n\
             Nobody Of Here\t\tk-stranger\tGrafana\t2020-01-02\tUnknown\t12\t\n"
        );
        let taken = take(&fixture, &text, false).await;
        assert_eq!((taken.added, taken.removed, taken.total), (3, 0, 3));
        for round in 0..2 {
            let rows = tokens(&fixture).await;
            assert_eq!(names(&rows), ["k-never", "k-stranger", "k-used"], "round {round}");
            assert!(rows.iter().all(|row| row.imported_at.is_some() && !row.made_here));
            let [never, stranger, used] = rows.as_slice() else { panic!("three") };
            assert_eq!(
                (used.owner.remote_id.as_str(), used.owner.state),
                (shown.remote_id.as_str(), OwnerState::Present)
            );
            assert_eq!(
                (stranger.owner.state, stranger.owner.display_name.as_str()),
                (OwnerState::Unknown, "Nobody Of Here")
            );
            assert_eq!((never.idle, used.idle, stranger.idle), (true, true, false));
            let counted = counts(&fixture).await.expect("a card");
            assert_eq!((counted.total, counted.inactive, counted.imported, counted.made_here), (3, 2, 3, 0));
            assert_eq!(counted.imported_at, used.imported_at);
            let run = fixture.test.sync_well(fixture.account).await;
            assert_eq!((run.state, run.counts.api_users_replaced), (RunState::Succeeded, 0));
        }
        let user = UserRequest { account_id: fixture.account, remote_id: shown.remote_id };
        let page = fixture.test.hub.get_user(user).await.unwrap();
        assert_eq!(page.tokens.iter().filter(|token| token.imported_at.is_some()).count(), 2);
        // Nothing was said of it to the service, and nothing can be changed there.
        let edits = fixture.test.account(fixture.account).await.capabilities.unwrap().edits;
        assert!(!edits.iter().any(|edit| format!("{edit:?}").contains("Token")), "{edits:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_list_replaces_the_earlier_or_adds_to_it_and_one_can_be_taken_off() {
    let fixture = Fixture::new(missing()).await;
    fixture.test.sync_well(fixture.account).await;
    take(&fixture, "User name,Operator\nk1,Somebody\nk2,Somebody\n", false).await;
    let first_seen = tokens(&fixture).await.remove(0).first_seen_at;
    let view =
        preview(&fixture, "User name,Operator,Type\nK1,Somebody,Grafana\nk3,Somebody,\n").await.unwrap();
    let ApiUsersCounts { new, changed, gone, .. } = view.counts;
    assert_eq!((new, changed, gone), (1, 1, 1));
    assert_eq!(names(&tokens(&fixture).await), ["k1", "k2"], "a look changes nothing");
    let taken = take(&fixture, "User name,Operator,Type\nK1,Somebody,Grafana\nk3,Somebody,\n", true).await;
    assert_eq!((taken.added, taken.changed, taken.removed, taken.total), (1, 1, 0, 3));
    let taken = take(&fixture, "User name,Operator,Type\nk1,Somebody,Grafana\nk3,Somebody,\n", false).await;
    assert_eq!((taken.removed, taken.total), (1, 2));
    let rows = tokens(&fixture).await;
    assert_eq!((names(&rows), rows[0].first_seen_at), (vec!["k1", "k3"], first_seen));
    // What is no list leaves all as it is.
    for text in ["", "Operator|User name\n", "hello", "User name,Operator\n,\n"] {
        let view = preview(&fixture, text).await.unwrap();
        let request = TakeApiUsersRequest { import_id: view.import_id, keep_others: false };
        let error = fixture.test.hub.take_api_users(request).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidInput, "{text}");
    }
    assert_eq!(names(&tokens(&fixture).await), ["k1", "k3"]);
    let request =
        |name: &str| ImportedApiUserRequest { account_id: fixture.account, user_name: name.to_owned() };
    assert!(fixture.test.hub.remove_imported_api_user(request("K1")).await.unwrap().found);
    assert!(!fixture.test.hub.remove_imported_api_user(request("k1")).await.unwrap().found);
    assert_eq!(names(&tokens(&fixture).await), ["k3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn as_soon_as_the_service_lists_them_its_own_take_the_place_of_the_imported_and_that_is_said() {
    let fixture = Fixture::new(missing()).await;
    fixture.test.sync_well(fixture.account).await;
    take(&fixture, "User name,Operator\nk1,Somebody\nk2,Somebody\n", false).await;
    fixture.service.tenant.set_uptrends_quirks(UptrendsQuirks::default());
    let run = fixture.test.sync_well(fixture.account).await;
    let live = fixture.service.list("/ApiUser").await.len();
    let counted = &run.counts;
    assert_eq!(
        (counted.api_users_replaced, counted.api_users.removed),
        (2, 0),
        "the guard has nothing to ask"
    );
    assert_eq!(counted.api_users.added, live as u64);
    let rows = tokens(&fixture).await;
    assert!(rows.len() == live && rows.iter().all(|row| row.imported_at.is_none()));
    let error = preview(&fixture, "User name,Operator\nk1,Somebody\n").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidInput, "no list stands in the way of the service's own");
    // Refused again, what it listed stays, and a list does not change it.
    fixture.service.tenant.set_uptrends_quirks(refused());
    fixture.test.sync_well(fixture.account).await;
    let view = preview(&fixture, &format!("User name,Operator\n{},x\nk9,x\n", rows[0].name)).await.unwrap();
    assert_eq!((view.counts.listed, view.counts.new, view.counts.gone), (1, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_they_are_is_looked_at_again_and_of_operators_who_are_gone_they_stay() {
    let fixture = Fixture::new(missing()).await;
    fixture.test.sync_well(fixture.account).await;
    take(&fixture, "User name,Operator\nk1,\"Faure, Rene\"\n", false).await;
    assert_eq!(tokens(&fixture).await[0].owner.state, OwnerState::Unknown);
    let operator = json!({"FullName": "René Faure", "Email": "rene@example.com", "Password": "a-login-of-the-tests-00000009"});
    fixture.service.ask("POST", "/Operator", operator).await;
    fixture.test.sync_well(fixture.account).await;
    let row = tokens(&fixture).await.remove(0);
    assert_eq!(
        (row.owner.state, row.owner.display_name.as_str()),
        (OwnerState::Suspended, "René Faure"),
        "who was just made gets no alerts"
    );
    fixture.service.ask("DELETE", &format!("/Operator/{}", row.owner.remote_id), Value::Null).await;
    fixture.test.sync_well(fixture.account).await;
    let row = tokens(&fixture).await.remove(0);
    assert_eq!((row.owner.state, row.name.as_str()), (OwnerState::Gone, "k1"));
    let request = AccountRequest { account_id: fixture.account };
    let findings = fixture.test.hub.list_findings(request).await.unwrap().findings;
    let found =
        findings.into_iter().find(|one| one.kind == FindingKind::ApiUserOfInactive).expect("a finding");
    assert_eq!(found.items[0].detail.as_deref(), Some("k1"));
    assert!(found.items[0].imported_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_signing_in_once_made_stands_in_the_list_until_the_service_lists_it() {
    const LOGIN: &str = "ines.made@example.com";
    const PASSWORD: &str = "a-login-of-the-tests-00000008";
    let mut fixture = Fixture::new(missing()).await;
    let operator = json!({"FullName": "Ines Made", "Email": LOGIN, "Password": PASSWORD});
    fixture.service.ask("POST", "/Operator", operator).await;
    let login = AuthenticationDraft::SignInOnce {
        user_name: LOGIN.to_owned(),
        password: Secret::new(PASSWORD.to_owned()),
    };
    let draft =
        AccountDraft { name: "Once".to_owned(), authentication: login, ..fixture.service.draft("", "") };
    let made = fixture.test.hub.connect_account(ConnectAccountRequest { draft }).await.unwrap();
    fixture.account = made.id;
    fixture.test.sync_well(made.id).await;
    let [row] = tokens(&fixture).await.try_into().unwrap();
    assert_eq!((row.made_here, row.owner.display_name.as_str()), (true, "Ines Made"));
    assert_eq!((row.description.as_deref(), row.created_at), (Some("Rollcall"), row.imported_at));
    let counted = counts(&fixture).await.expect("a card");
    assert_eq!((counted.total, counted.made_here, counted.imported), (1, 1, 0));
    // A list without it does not take it away; one with it tells more of it.
    let (name, _) = somebody(&fixture).await;
    let taken = take(&fixture, &format!("User name,Operator\nk1,{name}\n"), false).await;
    assert_eq!((taken.removed, taken.total), (0, 2));
    take(&fixture, &format!("User name,Type\n{},Generic\n", row.name), false).await;
    let [again] = tokens(&fixture).await.try_into().unwrap();
    assert_eq!((again.made_here, again.access_type.as_deref()), (true, Some("Generic")));
    assert_eq!((again.owner, again.created_at), (row.owner, row.created_at));
    fixture.service.tenant.set_uptrends_quirks(UptrendsQuirks::default());
    let run = fixture.test.sync_well(made.id).await;
    assert_eq!(run.counts.api_users_replaced, 0, "nothing that a person imported");
    assert!(tokens(&fixture).await.iter().all(|row| !row.made_here));
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_the_account_forgets_its_list() {
    let fixture = Fixture::new(missing()).await;
    fixture.test.sync_well(fixture.account).await;
    take(&fixture, "User name,Operator\nk1,Somebody\n", false).await;
    fixture.test.hub.forget_account(AccountRequest { account_id: fixture.account }).await.unwrap();
    let left: i64 =
        fixture.test.database().query_row("SELECT count(*) FROM tokens", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_never_read_or_has_no_api_users_takes_no_list() {
    let fixture = Fixture::new(missing()).await;
    let error = preview(&fixture, "User name\nk1\n").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidInput, "it is not known whose they are");
}
