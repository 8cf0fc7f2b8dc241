//! What the owner allows: how many records at once before it is asked, how long a token may be good for.

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, BlockReason, ChangeState, Edit, FieldReason, RemoteId, Timestamp};

use super::Fixture;

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn choose(fixture: &Fixture, settings: SettingsView) {
    let request = UpdateSettingsRequest { settings };
    fixture.test.hub.update_settings(request).await.expect("kept settings");
}

async fn refused(fixture: &Fixture, settings: SettingsView) -> Option<String> {
    let request = UpdateSettingsRequest { settings };
    let error = fixture.test.hub.update_settings(request).await.expect_err("a refusal");
    assert_eq!(error.code, ErrorCode::InvalidInput);
    error.field
}

fn token(owner: &RemoteId, days: Option<i64>) -> Edit {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    let expires_at = days.map(|days| Timestamp::from_millis(now + days * DAY));
    Edit::CreateToken { owner: owner.clone(), name: "ci".to_owned(), expires_at }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_records_at_once_as_the_owner_says_go_without_asking() {
    let fixture = Fixture::new(12).await;
    let users = fixture.users().await;
    let suspend = |count: usize| -> Vec<Edit> {
        users[..count].iter().map(|user| Edit::SetUserActive { user: user.clone(), active: false }).collect()
    };
    for (many, count, asks) in [(10, 10, false), (10, 11, true), (3, 3, false), (3, 4, true), (12, 12, false)]
    {
        choose(&fixture, SettingsView { many_subjects: many, ..SettingsView::default() }).await;
        let request = PreviewEditsRequest { account_id: fixture.account, edits: suspend(count), most: None };
        let plan = fixture.test.hub.preview_edits(request).await.unwrap();
        let guard = plan.guards.iter().find(|guard| matches!(guard.guard, Guard::ManySubjects { .. }));
        assert_eq!(guard.is_some(), asks, "{count} of {many}: {:?}", plan.guards);
    }
    // The queue as a whole is asked about in the same way, and nothing is sent before that.
    choose(&fixture, SettingsView { many_subjects: 1, ..SettingsView::default() }).await;
    fixture.propose(suspend(2)).await;
    let request =
        ApplyChangesRequest { account_id: fixture.account, changes: None, confirmations: Vec::new() };
    let started = fixture.test.hub.apply_changes(request).await.unwrap();
    assert_eq!((started.run_id, started.unconfirmed.len()), (None, 1), "{started:?}");
    assert_eq!(fixture.service.tenant.write_counts(), []);
    for many in [0, 10_001] {
        let field = refused(&fixture, SettingsView { many_subjects: many, ..SettingsView::default() }).await;
        assert_eq!(field.as_deref(), Some("settings.manySubjects"));
    }
}

fn at_most(account: AccountId, days: u32) -> SettingsView {
    let mut settings = SettingsView::default();
    settings.token_days.insert(account, days);
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_no_longer_than_the_owner_allows_for_this_account() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    choose(&fixture, at_most(fixture.account, 30)).await;
    for (days, allowed) in [(Some(30), true), (Some(40), false), (None, false)] {
        let request =
            PreviewEditsRequest { account_id: fixture.account, edits: vec![token(&owner, days)], most: None };
        let plan = fixture.test.hub.preview_edits(request).await.unwrap();
        let problems = &plan.subjects[0].lines[0].problems;
        let expected = if allowed { vec![] } else { vec![("expiresAt", FieldReason::TooFar, Some(30))] };
        let found: Vec<_> =
            problems.iter().map(|found| (found.path.as_str(), found.reason, found.limit)).collect();
        assert_eq!(found, expected, "{days:?}");
        let proposed = fixture.propose(vec![token(&owner, days)]).await;
        assert_eq!(proposed.problems.is_empty(), allowed, "{proposed:?}");
    }
    let field = refused(&fixture, at_most(fixture.account, 0)).await;
    assert_eq!(field.as_deref(), Some("settings.tokenDays"));
    choose(&fixture, at_most(AccountId(fixture.account.0 + 1), 1)).await;
    let proposed = fixture.propose(vec![token(&owner, None)]).await;
    assert_eq!(proposed.problems, [], "what is allowed elsewhere says nothing about this account");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_not_sent_when_the_owner_allows_less_by_then() {
    let fixture = Fixture::new(5).await;
    let owner = fixture.users().await[0].clone();
    fixture.propose(vec![token(&owner, Some(90))]).await;
    choose(&fixture, at_most(fixture.account, 30)).await;
    let receipt = fixture.apply().await;
    let Some(BlockReason::Invalid { problems }) = &receipt.lines[0].blocked else { panic!("{receipt:?}") };
    assert_eq!((problems[0].reason, problems[0].limit), (FieldReason::TooFar, Some(30)));
    assert_eq!(fixture.service.tenant.write_counts(), []);
    // Edited again, it is right.
    fixture.propose(vec![token(&owner, Some(7))]).await;
    let receipt = fixture.apply().await;
    assert_eq!(receipt.lines[0].state, ChangeState::Applied, "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_account_leaves_no_limit_behind() {
    let fixture = Fixture::new(5).await;
    choose(&fixture, at_most(fixture.account, 30)).await;
    let request = AccountRequest { account_id: fixture.account };
    fixture.test.hub.forget_account(request).await.unwrap();
    let state = fixture.test.hub.get_app_state(EmptyRequest {}).await.unwrap();
    assert!(state.settings.token_days.is_empty());
}
