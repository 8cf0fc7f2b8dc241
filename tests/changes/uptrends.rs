//! Changing an Uptrends account: the service's own rules decide, and the mirror has what it made of it.

use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{
    AccountId, BlockReason, ChangeState, Edit, FieldEdit, FieldReason, GroupKind, PasswordChoice, RemoteId,
};
use rollcall_sandbox::{UptrendsLoad, UptrendsQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::uptrends::UptrendsService;
use serde_json::{Value, json};

use super::{confirm, new};

pub struct Fixture {
    pub service: UptrendsService,
    pub test: TestHub,
    pub account: AccountId,
    folder: tempfile::TempDir,
}

impl Fixture {
    pub async fn new() -> Self {
        Self::with(UptrendsQuirks::default()).await
    }

    pub async fn with(quirks: UptrendsQuirks) -> Self {
        let service = UptrendsService::start(UptrendsLoad::usual(12, 3, 5), quirks).await;
        let folder = tempfile::tempdir().unwrap();
        let test = TestHub::open(folder.path()).await;
        let account = service.connect(&test).await;
        test.sync_well(account).await;
        Self { service, test, account, folder }
    }

    pub async fn apply(&self, edits: Vec<Edit>) -> ReceiptView {
        let request =
            |edits, confirmations| ApplyNowRequest { account_id: self.account, edits, confirmations };
        let hub = &self.test.hub;
        let mut started = hub.apply_now(request(edits.clone(), Vec::new())).await.expect("an apply");
        assert_eq!(started.problems, []);
        if started.run_id.is_none() {
            started = hub.apply_now(request(edits, confirm(&started.unconfirmed))).await.expect("an apply");
        }
        self.ended(started.run_id.expect("a run")).await
    }

    /// Applies changes that wait.
    pub async fn apply_waiting(&self, changes: Vec<i64>) -> ReceiptView {
        let request = ApplyChangesRequest {
            account_id: self.account,
            changes: Some(changes),
            confirmations: Vec::new(),
        };
        let started = self.test.hub.apply_changes(request).await.expect("an apply");
        self.ended(started.run_id.expect("a run")).await
    }

    async fn ended(&self, run_id: i64) -> ReceiptView {
        for _ in 0..3000 {
            let receipt =
                self.test.hub.get_receipt(ReceiptRequest { run_id, most: None }).await.expect("a receipt");
            if receipt.run.finished_at.is_some() {
                return receipt;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the apply did not end");
    }

    /// Applies, and everything is done.
    pub async fn done(&self, edits: Vec<Edit>) -> ReceiptView {
        let receipt = self.apply(edits).await;
        assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:#?}");
        receipt
    }

    /// Applies what undoes `receipt`.
    pub async fn undo(&self, receipt: &ReceiptView) {
        let undo = self.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.expect("an undo");
        assert_eq!(undo.remains, []);
        self.done(undo.edits).await;
    }

    /// What stands in the way of `edits`, and what is asked before they are sent.
    pub async fn asked(&self, edits: Vec<Edit>) -> (Vec<FieldReason>, Vec<Guard>) {
        let request = PreviewEditsRequest { account_id: self.account, edits, most: None };
        let plan = self.test.hub.preview_edits(request).await.expect("a plan");
        let lines: Vec<_> = plan.subjects.iter().flat_map(|subject| &subject.lines).collect();
        let problems = lines.iter().flat_map(|line| &line.problems).map(|problem| problem.reason).collect();
        let guards = plan.guards.iter().chain(lines.iter().flat_map(|line| &line.guards));
        (problems, guards.map(|view| view.guard.clone()).collect())
    }

    /// A sync finds nothing that the mirror did not have.
    pub async fn mirror_had_it_all(&self) {
        let run = self.test.sync_well(self.account).await;
        assert_eq!(self.test.history(self.account, run.id).await, [], "the mirror had it all");
    }

    /// Writes that the service carried out: method and path template.
    pub fn writes(&self) -> Vec<(String, String)> {
        let writes = self.service.tenant.write_counts();
        writes.into_iter().map(|write| (write.method, write.template.to_owned())).collect()
    }

    /// Ids of operators who are in no group of administrators, in the order of the service.
    pub async fn others(&self) -> Vec<RemoteId> {
        let groups = self.service.list("/OperatorGroup").await;
        let administrators = groups.iter().find(|group| group["IsAdministratorsGroup"] == true).unwrap();
        let members = self.service.list(&format!("/OperatorGroup/{}/Member", guid(administrators))).await;
        let operators = self.service.list("/Operator").await;
        let others = operators
            .iter()
            .filter(|own| members.iter().all(|member| member["OperatorGuid"] != own["OperatorGuid"]));
        others.map(guid).map(RemoteId::new).collect()
    }

    pub async fn operator(&self, id: &str) -> Value {
        self.service.ask("GET", &format!("/Operator/{id}"), Value::Null).await
    }

    pub async fn rights(&self, id: &str) -> UserRightsView {
        let request = UserRequest { account_id: self.account, remote_id: id.to_owned() };
        self.test.hub.get_user_rights(request).await.unwrap()
    }
}

/// The id of a record, as the mirror has it.
pub fn guid(record: &Value) -> String {
    let names = ["OperatorGuid", "OperatorGroupGuid", "MonitorGuid", "MonitorGroupGuid"];
    let id = names.iter().find_map(|name| record[*name].as_str()).expect("an id");
    id.to_ascii_lowercase()
}

pub fn field(path: &str, before: Value, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before, after }
}

fn ada(password: PasswordChoice) -> Edit {
    let fields = vec![
        field("FullName", Value::Null, json!("Ada Lovelace")),
        field("Email", Value::Null, json!("ada@example.com")),
    ];
    Edit::CreateUser { fields, password }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_is_created_put_into_a_group_changed_switched_off_and_deleted() {
    let fixture = Fixture::new().await;
    let group = Edit::CreateGroup {
        group_kind: GroupKind::Group,
        fields: vec![field("Description", Value::Null, json!("Night watch"))],
    };
    let join = Edit::AddMember { group: new(1), group_kind: GroupKind::Group, member: new(0) };
    let receipt = fixture.apply(vec![ada(PasswordChoice::Generated), group, join]).await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:#?}");
    let id = receipt.lines[0].subject.remote_id.clone().unwrap();
    assert_eq!(fixture.operator(&id).await["FullName"], "Ada Lovelace");
    let view =
        || fixture.test.hub.get_user(UserRequest { account_id: fixture.account, remote_id: id.clone() });
    assert!(view().await.unwrap().groups.iter().any(|group| group.display_name == "Night watch"));
    let rights: Vec<_> =
        fixture.rights(&id).await.account.into_iter().map(|right| right.permission).collect();
    assert!(
        rights.contains(&"AccountAccess".to_owned()),
        "what the service gave by itself is there: {rights:?}"
    );

    let rename = Edit::UpdateUser {
        user: RemoteId::new(id.clone()),
        fields: vec![
            field("FullName", json!("Ada Lovelace"), json!("Ada King")),
            field("MobilePhone", Value::Null, json!("+32470123456")),
        ],
    };
    let off = Edit::SetUserActive { user: RemoteId::new(id.clone()), active: false };
    let receipt = fixture.apply(vec![rename, off]).await;
    assert!(receipt.lines.iter().all(|line| line.state == ChangeState::Applied), "{receipt:#?}");
    let operator = fixture.operator(&id).await;
    assert_eq!((&operator["FullName"], &operator["IsOnDuty"]), (&json!("Ada King"), &json!(false)));
    assert_eq!(operator["Email"], "ada@example.com", "nothing else was sent");

    fixture.apply(vec![Edit::DeleteUser { user: RemoteId::new(id.clone()) }]).await;
    assert!(view().await.is_err());
    assert!(fixture.rights(&id).await.account.is_empty(), "nothing of it is left in the mirror");
    let run = fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.history(fixture.account, run.id).await, [], "the mirror had it all");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_user_is_made_shown_once_and_revoked() {
    let fixture = Fixture::new().await;
    let owner =
        fixture.service.list("/Operator").await.remove(1)["OperatorGuid"].as_str().unwrap().to_owned();
    let make = Edit::CreateToken {
        owner: RemoteId::new(&*owner),
        name: "Nightly script".to_owned(),
        expires_at: None,
    };
    let receipt = fixture.apply(vec![make]).await;
    let line = &receipt.lines[0];
    assert_eq!(line.state, ChangeState::Applied, "{receipt:#?}");
    let request = ChangeRequest { change_id: line.change_id };
    let secret = fixture.test.hub.take_secret(request).await.unwrap();
    let listed = fixture.service.list(&format!("/ApiUser/Operator/{owner}")).await;
    let made = listed.iter().find(|found| found["Description"] == "Nightly script").expect("at the service");
    let user_name = made["UserName"].as_str().unwrap().to_owned();
    // It works, and its password stands nowhere on the disk.
    let draft = fixture.service.draft(&user_name, secret.secret.secret().expose());
    fixture.test.hub.test_connection(TestConnectionRequest { draft }).await.unwrap();
    for entry in std::fs::read_dir(fixture.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let needle = secret.secret.secret().expose().as_bytes();
            assert!(!bytes.windows(needle.len()).any(|part| part == needle), "{}", path.display());
        }
    }
    let revoke = Edit::DeleteToken { owner: RemoteId::new(&*owner), name: user_name.clone() };
    let receipt = fixture.apply(vec![revoke]).await;
    assert_eq!(receipt.lines[0].state, ChangeState::Applied, "{receipt:#?}");
    let listed = fixture.service.list(&format!("/ApiUser/Operator/{owner}")).await;
    assert!(listed.iter().all(|found| found["UserName"] != json!(user_name)));
    let run = fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.history(fixture.account, run.id).await, [], "the mirror had it all");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_services_own_words_say_why_it_refuses() {
    let fixture = Fixture::new().await;
    let operator = fixture.service.list("/Operator").await.pop().unwrap();
    let id = operator["OperatorGuid"].as_str().unwrap().to_owned();
    fixture.service.tenant.set_owned(&id, Some("2 dashboards")).await.unwrap();
    let receipt = fixture.apply(vec![Edit::DeleteUser { user: RemoteId::new(&*id) }]).await;
    let Some(BlockReason::Refused { words, .. }) = &receipt.lines[0].blocked else {
        panic!("{:?}", receipt.lines[0])
    };
    assert!(words.contains("dashboard"), "{words}");
    assert_eq!(fixture.operator(&id).await["OperatorGuid"], operator["OperatorGuid"], "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_taken_out_of_the_group_of_everybody_and_the_service_is_not_asked() {
    let fixture = Fixture::new().await;
    let groups = fixture.service.list("/OperatorGroup").await;
    let everyone = groups.iter().find(|group| group["IsEveryone"] == true).expect("Everyone");
    let group = RemoteId::new(everyone["OperatorGroupGuid"].as_str().unwrap().to_ascii_lowercase());
    let operator = fixture.service.list("/Operator").await.pop().unwrap();
    let member = RemoteId::new(operator["OperatorGuid"].as_str().unwrap().to_ascii_lowercase());
    let group_kind = GroupKind::Group;
    for edit in [
        Edit::RemoveMember { group: group.clone(), group_kind, member },
        Edit::DeleteGroup { group: group.clone(), group_kind },
    ] {
        let request = EditsRequest { account_id: fixture.account, edits: vec![edit] };
        let proposed = fixture.test.hub.propose_changes(request).await.unwrap();
        assert_eq!((proposed.changes.len(), proposed.problems.len()), (0, 1), "{proposed:?}");
    }
    assert_eq!(fixture.service.tenant.write_counts(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let fixture = Fixture::new().await;
    let operator = fixture.service.list("/Operator").await.pop().unwrap();
    let id = operator["OperatorGuid"].as_str().unwrap().to_owned();
    let mine = Edit::UpdateUser {
        user: RemoteId::new(&*id),
        fields: vec![field("FullName", operator["FullName"].clone(), json!("Mine"))],
    };
    fixture.service.ask("PATCH", &format!("/Operator/{id}"), json!({ "FullName": "Theirs" })).await;
    let receipt = fixture.apply(vec![mine]).await;
    assert!(matches!(receipt.lines[0].blocked, Some(BlockReason::Conflict { .. })), "{:?}", receipt.lines[0]);
    assert_eq!(fixture.operator(&id).await["FullName"], "Theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_remembered_because_the_service_tells_nothing_of_it() {
    const DAYS: i64 = 21 * 24 * 60 * 60 * 1000;
    let fixture = Fixture::new().await;
    for (password, invites) in [(PasswordChoice::None, true), (PasswordChoice::Generated, false)] {
        let receipt = fixture.done(vec![ada(password)]).await;
        let remote_id = receipt.lines[0].subject.remote_id.clone().unwrap();
        let request = UserRequest { account_id: fixture.account, remote_id: remote_id.clone() };
        let invited = fixture.test.hub.get_user(request).await.unwrap().invited;
        assert_eq!(invited.map(|own| own.expires_at - own.sent_at), invites.then_some(DAYS));
        fixture.done(vec![Edit::DeleteUser { user: RemoteId::new(remote_id) }]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_whom_rollcall_invited_are_listed_by_what_is_known_of_their_invitation() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let fixture = Fixture::new().await;
    let of = async |text: &str| {
        let page = fixture.test.users(fixture.account, text, 0, 500).await;
        (page.total, page.rows.into_iter().next())
    };
    let hub = async || {
        let request = HubRequest { account_id: Some(fixture.account) };
        fixture.test.hub.get_hub(request).await.unwrap().invited
    };
    let all = of("").await.0;
    assert_eq!((of("invitation:unknown").await.0, hub().await), (all, None));
    let receipt = fixture.done(vec![ada(PasswordChoice::None)]).await;
    let user = RemoteId::new(receipt.lines[0].subject.remote_id.clone().unwrap());
    let (waiting, row) = of("invitation:waiting").await;
    let row = row.unwrap();
    assert_eq!((waiting, row.display_name.as_str()), (1, "Ada Lovelace"));
    assert!(row.invited_until.is_some_and(|until| until > row.created_at.unwrap_or_default()));
    assert_eq!((of("invitation:expired").await.0, of("-invitation:unknown").await.0), (0, 1));
    assert_eq!(of("has:invitation").await.0, 1);
    assert_eq!(hub().await, Some(InvitedCountsView { waiting: 1, expired: 0 }));
    let facets = FacetsRequest { account_id: Some(fixture.account), text: String::new() };
    let facets = fixture.test.hub.get_facets(facets).await.unwrap().facets;
    let facet = facets.iter().find(|facet| facet.field == "invitation").expect("a facet");
    let counts: Vec<_> = facet.values.iter().map(|value| (value.label.as_str(), value.count)).collect();
    assert_eq!(counts, [("waiting", 1), ("unknown", all)]);

    // Three weeks and a day later.
    let earlier = "UPDATE change_calls SET sent_at = sent_at - ?1, ended_at = ended_at - ?1";
    assert!(fixture.test.database().execute(earlier, [22 * DAY]).unwrap() > 0);
    fixture.done(vec![Edit::SetUserActive { user: user.clone(), active: false }]).await;
    assert_eq!((of("invitation:waiting").await.0, of("invitation:expired").await.0), (0, 1));
    assert_eq!(hub().await, Some(InvitedCountsView { waiting: 0, expired: 1 }));
    let sort = UserSort { column: UserColumn::InvitedUntil, descending: false };
    let request = UserQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        sort,
        offset: 0,
        limit: 1,
    };
    let first = fixture.test.hub.query_users(request).await.unwrap().rows.remove(0);
    assert_eq!(first.remote_id, user.as_str(), "what has no value comes last");
}
