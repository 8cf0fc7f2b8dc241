//! One edit for each of many selected rows: the resolved list, kept, applied, and undone.

use rollcall_core::model::EditKind;

use super::*;

fn users(text: &str) -> ListRequest {
    ListRequest::Users(UserQueryRequest {
        account_id: None,
        text: text.to_owned(),
        sort: UserSort { column: UserColumn::DisplayName, descending: false },
        offset: 0,
        limit: 0,
    })
}

const SUSPEND: BulkAction = BulkAction::SetActive { active: false };

fn all_but(rows: Vec<RowKey>) -> Selection {
    Selection { all: true, rows }
}

impl Fixture {
    async fn look(
        &self,
        list: &ListRequest,
        selection: &Selection,
        action: &BulkAction,
        page: (u32, u32),
    ) -> BulkPlanView {
        let request = PreviewBulkRequest {
            list: list.clone(),
            selection: selection.clone(),
            account_id: None,
            action: action.clone(),
            offset: page.0,
            most: page.1,
        };
        self.test.hub.preview_bulk(request).await.expect("a plan")
    }

    async fn keep(
        &self,
        list: &ListRequest,
        selection: &Selection,
        action: &BulkAction,
        seen: &str,
    ) -> Option<Vec<BulkKeptView>> {
        let request = ProposeBulkRequest {
            list: list.clone(),
            selection: selection.clone(),
            account_id: None,
            action: action.clone(),
            seen: seen.to_owned(),
        };
        self.test.hub.propose_bulk(request).await.expect("an answer").kept
    }
}

fn named(view: &BulkPlanView) -> Vec<String> {
    let subjects = view.accounts.iter().flat_map(|account| &account.plan.subjects);
    subjects.filter_map(|subject| subject.subject.remote_id.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_match_but_one_are_suspended_as_a_resolved_plan_and_let_in_again_by_undo() {
    let fixture = Fixture::new(40).await;
    let everybody = fixture.test.users(fixture.account, "", 0, 500).await.rows;
    let active: Vec<&UserRow> = everybody.iter().filter(|row| row.active == Some(true)).collect();
    let spared = active[3];
    let key = RowKey { account_id: fixture.account, remote_id: spared.remote_id.clone() };
    let (list, selection) = (users(""), all_but(vec![key]));

    let plan = fixture.look(&list, &selection, &SUSPEND, (0, 10)).await;
    let of_account = &plan.accounts[0];
    assert_eq!(of_account.selected as usize, everybody.len() - 1);
    assert_eq!(of_account.plan.lines as usize, active.len() - 1, "who is suspended already is left out");
    let out = u32::try_from(everybody.len() - active.len()).unwrap();
    let left: Vec<_> = of_account.left_out.iter().map(|view| (view.reason, view.count)).collect();
    assert_eq!(left, if out > 0 { vec![(LeftOut::AlreadySo, out)] } else { vec![] });
    assert_eq!(of_account.plan.beyond, of_account.plan.lines - 10);
    let many = Guard::ManySubjects { count: of_account.plan.lines };
    assert!(of_account.plan.guards.iter().any(|view| view.guard == many && view.confirm));

    // The list is there to its last name.
    let mut all = named(&plan);
    while all.len() < of_account.plan.lines as usize {
        let page = fixture.look(&list, &selection, &SUSPEND, (u32::try_from(all.len()).unwrap(), 10)).await;
        assert_eq!(page.seen, plan.seen);
        all.extend(named(&page));
    }
    let mut expected: Vec<String> = active.iter().map(|row| row.remote_id.clone()).collect();
    expected.retain(|id| *id != spared.remote_id);
    all.sort();
    expected.sort();
    assert_eq!(all, expected);

    let kept = fixture.keep(&list, &selection, &SUSPEND, &plan.seen).await.expect("kept");
    assert_eq!((kept.len(), kept[0].changes.len()), (1, expected.len()));
    let receipt = fixture.apply().await;
    assert_eq!((receipt.applied as usize, receipt.blocked, receipt.left), (expected.len(), 0, 0));
    for id in &expected {
        let suspended = fixture.at_service(&RemoteId::new(id.clone()), "isSuspended").await;
        assert_eq!(suspended, json!(true));
    }
    let one = RemoteId::new(spared.remote_id.clone());
    assert_eq!(fixture.at_service(&one, "isSuspended").await, json!(false));

    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    assert_eq!((undo.edits.len(), undo.remains.len()), (expected.len(), 0));
    fixture.propose(undo.edits).await;
    let back = fixture.apply().await;
    assert_eq!(back.applied as usize, expected.len());
    for id in &expected {
        assert_eq!(fixture.at_service(&RemoteId::new(id.clone()), "isSuspended").await, json!(false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_another_one_by_now_keeps_nothing() {
    let fixture = Fixture::new(12).await;
    let (list, selection) = (users(""), all_but(Vec::new()));
    let plan = fixture.look(&list, &selection, &SUSPEND, (0, 500)).await;
    let gone = fixture.users().await.remove(0);
    fixture.service.ask("DELETE", &format!("/api/users/{gone}"), Value::Null).await;
    fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.keep(&list, &selection, &SUSPEND, &plan.seen).await, None);
    assert_eq!(fixture.queue().await.plan.lines, 0);
    let again = fixture.look(&list, &selection, &SUSPEND, (0, 500)).await;
    assert_ne!(again.seen, plan.seen);
    assert!(fixture.keep(&list, &selection, &SUSPEND, &again.seen).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_opposite_of_what_waits_takes_it_back_for_everybody() {
    let fixture = Fixture::new(15).await;
    let (list, selection) = (users(""), all_but(Vec::new()));
    let plan = fixture.look(&list, &selection, &SUSPEND, (0, 0)).await;
    let kept = fixture.keep(&list, &selection, &SUSPEND, &plan.seen).await.unwrap();
    let waiting = kept[0].changes.len();
    let let_in = BulkAction::SetActive { active: true };
    let plan = fixture.look(&list, &selection, &let_in, (0, 0)).await;
    let kept = fixture.keep(&list, &selection, &let_in, &plan.seen).await.unwrap();
    assert_eq!(kept[0].taken_back as usize, waiting);
    let left = fixture.lines().await;
    assert!(
        left.iter().all(|line| matches!(&line.edit, Edit::SetUserActive { active: true, .. })),
        "{left:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_given_and_taken_in_the_list_of_their_holders() {
    let fixture = Fixture::new(20).await;
    let roles = RoleQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        scope: Some(rollcall_core::model::RoleScope::Account),
        unheld_only: false,
        sort: RoleColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 50,
    };
    let roles = fixture.test.hub.query_roles(roles).await.unwrap().rows;
    let role = roles.iter().find(|role| role.holder_kind == rollcall_core::model::HolderKind::User).unwrap();
    let give = BulkAction::AssignRoles { roles: vec![RemoteId::new(role.remote_id.clone())] };
    let (list, selection) = (users(""), all_but(Vec::new()));
    let plan = fixture.look(&list, &selection, &give, (0, 500)).await;
    let already: u32 = plan.accounts[0].left_out.iter().map(|view| view.count).sum();
    assert_eq!(plan.accounts[0].plan.lines + already, 20);
    fixture.keep(&list, &selection, &give, &plan.seen).await.unwrap();
    fixture.apply().await;

    let holders = ListRequest::Holders(RoleRequest {
        account_id: fixture.account,
        remote_id: role.remote_id.clone(),
        offset: 0,
        limit: 0,
    });
    let take = BulkAction::UnassignRoles { roles: vec![RemoteId::new(role.remote_id.clone())] };
    let two: Vec<RowKey> = fixture.users().await[..2]
        .iter()
        .map(|id| RowKey { account_id: fixture.account, remote_id: format!("{id}\u{1f}") })
        .collect();
    let chosen = Selection { all: false, rows: two };
    let plan = fixture.look(&holders, &chosen, &take, (0, 500)).await;
    assert_eq!((plan.gone, plan.accounts[0].plan.lines), (0, 2));
    let mut lines = plan.accounts[0].plan.subjects.iter().flat_map(|subject| &subject.lines);
    assert!(lines.all(|line| line.kind == EditKind::UnassignRole));
    fixture.keep(&holders, &chosen, &take, &plan.seen).await.unwrap();
    assert_eq!(fixture.apply().await.applied, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_revoked_by_name_and_secrets_of_applications_are_left_out() {
    let fixture = Fixture::new(10).await;
    let owner = fixture.users().await.remove(0);
    let create =
        |name: &str| Edit::CreateToken { owner: owner.clone(), name: name.to_owned(), expires_at: None };
    fixture.apply_now(vec![create("one"), create("two")]).await;
    let list = ListRequest::Tokens(TokenQueryRequest {
        filter: TokenFilter::default(),
        sort: TokenColumn::Owner,
        descending: false,
        offset: 0,
        limit: 0,
    });
    let plan = fixture.look(&list, &all_but(Vec::new()), &BulkAction::RevokeTokens, (0, 500)).await;
    let of_account = &plan.accounts[0];
    let left: u32 = of_account.left_out.iter().map(|view| view.count).sum();
    assert_eq!(of_account.plan.lines + left, of_account.selected);
    assert!(of_account.left_out.iter().all(|view| view.reason == LeftOut::OtherToken));
    let key = |name: &str| RowKey {
        account_id: fixture.account,
        remote_id: ["user", owner.as_str(), "personalAccessToken", name].join("\u{1f}"),
    };
    let two = Selection { all: false, rows: vec![key("one"), key("two"), key("never there")] };
    let plan = fixture.look(&list, &two, &BulkAction::RevokeTokens, (0, 500)).await;
    assert_eq!((plan.gone, plan.accounts[0].plan.lines), (1, 2));
    fixture.keep(&list, &two, &BulkAction::RevokeTokens, &plan.seen).await.unwrap();
    assert_eq!(fixture.apply().await.applied, 2);
    let path = format!("/api/users/{owner}/personal-access-tokens");
    let tokens = fixture.service.ask("GET", &path, Value::Null).await;
    let names: Vec<Value> = tokens.as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert!(!names.contains(&json!("one")) && !names.contains(&json!("two")), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_list_that_cannot_have_an_edit_are_refused() {
    let fixture = Fixture::new(3).await;
    let request = PreviewBulkRequest {
        list: users(""),
        selection: all_but(Vec::new()),
        account_id: None,
        action: BulkAction::RevokeTokens,
        offset: 0,
        most: 1,
    };
    let error = fixture.test.hub.preview_bulk(request).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidInput);
}
