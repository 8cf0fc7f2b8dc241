//! Organisations kept by hand, through the hub with the real store: what is said, ticked, pasted and counted. No service
//! answers anywhere here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod guards;
mod hostile;
mod imports;
mod past;
mod samples;
mod ticks;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rollcall_core::api::*;
use rollcall_core::model::{
    AccountId, BillingPeriod, Edit, FieldEdit, GroupKind, HolderKind, RemoteId, RosterPreset, RosterTerms,
    RunState, Timestamp,
};
use rollcall_tests::hub::TestHub;
use serde_json::{Value, json};

/// Where the one organisation of a roster is.
pub const ORGANIZATION: &str = "organization";
/// The owner of the fixture.
pub const OWNER: &str = "Olivia Martin";

/// An organisation of the Isocarto preset with an owner on the Enterprise plan, 50 euros a member.
pub struct Fixture {
    /// The hub.
    pub test: TestHub,
    /// The account.
    pub account: AccountId,
    /// Where its data is.
    pub folder: tempfile::TempDir,
    minutes: AtomicU32,
}

/// Enterprise by the month, as in the facts.
pub fn enterprise() -> RosterTerms {
    RosterTerms {
        page: Some("https://isocarto.fr/account#members".to_owned()),
        plan: Some("Enterprise".to_owned()),
        plan_price: Some(36_000),
        billing_period: BillingPeriod::Month,
        member_price: Some(5_000),
        price_as_of: Some("2025-12-01".to_owned()),
        currency: "EUR".to_owned(),
        member_limit: None,
    }
}

/// A new organisation of the Isocarto preset.
pub fn isocarto(name: &str) -> CreateRosterRequest {
    CreateRosterRequest {
        name: name.to_owned(),
        preset: RosterPreset::Isocarto,
        organization: Some("Atelier Nord".to_owned()),
        language: Language::En,
        terms: enterprise(),
        owner: Some(RosterOwnerDraft { name: OWNER.to_owned(), email: "olivia@atelier.fr".to_owned() }),
        owner_is_me: true,
    }
}

impl Fixture {
    pub async fn new() -> Self {
        Self::of(isocarto("Isocarto")).await
    }

    pub async fn of(request: CreateRosterRequest) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = TestHub::open(folder.path()).await;
        let account = test.hub.create_roster(request).await.unwrap().id;
        Self { test, account, folder, minutes: AtomicU32::new(0) }
    }

    pub async fn view(&self) -> RosterView {
        self.test.hub.get_roster(AccountRequest { account_id: self.account }).await.unwrap()
    }

    /// The id of the member with this address.
    pub async fn member(&self, email: &str) -> RemoteId {
        let page = self.test.users(self.account, "", 0, 500).await;
        let found = page.rows.iter().find(|row| row.email.as_deref() == Some(email));
        RemoteId::new(found.unwrap_or_else(|| panic!("nobody has the address {email}")).remote_id.clone())
    }

    /// All invitations, by address.
    pub async fn invitations(&self) -> Vec<InvitationRow> {
        let request = InvitationQueryRequest {
            account_id: Some(self.account),
            text: String::new(),
            state: None,
            sort: InvitationColumn::Invitee,
            descending: false,
            offset: 0,
            limit: 500,
        };
        self.test.hub.query_invitations(request).await.unwrap().rows
    }

    /// Names of the roles that a member holds.
    pub async fn roles(&self, member: &RemoteId) -> Vec<String> {
        let request = RosterMemberRequest { account_id: self.account, remote_id: member.as_str().to_owned() };
        let view = self.test.hub.get_roster_member(request).await.unwrap();
        view.roles.into_iter().map(|role| role.display_name).collect()
    }

    /// A time in the past, each time a minute later than the one before.
    pub fn some_time(&self) -> i64 {
        let minute = self.minutes.fetch_add(1, Ordering::Relaxed);
        at("2025-12-02T14:11:00Z") + i64::from(minute) * 60_000
    }

    /// Lets an edit wait.
    pub async fn propose(&self, edit: Edit) -> ProposedView {
        let request = EditsRequest { account_id: self.account, edits: vec![edit] };
        self.test.hub.propose_changes(request).await.unwrap()
    }

    /// Lets an edit wait that has nothing wrong with it; returns its change.
    pub async fn wait_for(&self, edit: Edit) -> i64 {
        let proposed = self.propose(edit).await;
        assert_eq!(proposed.problems, []);
        proposed.changes[0].expect("a change")
    }

    /// Ticks changes off as done on that day, agreeing to everything, and waits for the end.
    pub async fn tick(&self, changes: Vec<i64>, done_on: i64) -> i64 {
        let mut request = TickChangesRequest {
            account_id: self.account,
            changes: Some(changes),
            done_on,
            former_owner_role: None,
            confirmations: Vec::new(),
        };
        let first = self.test.hub.tick_changes(request.clone()).await.unwrap();
        let started = if first.run_id.is_some() {
            first
        } else {
            request.confirmations = agreed(&first.unconfirmed);
            self.test.hub.tick_changes(request).await.unwrap()
        };
        self.settled(started.run_id.expect("a run")).await
    }

    /// Notes an edit as done on that day, agreeing to everything.
    pub async fn tick_now(&self, edit: Edit, done_on: i64) -> i64 {
        let mut request = TickNowRequest {
            account_id: self.account,
            edits: vec![edit],
            done_on,
            former_owner_role: None,
            confirmations: Vec::new(),
        };
        let first = self.test.hub.tick_now(request.clone()).await.unwrap();
        assert_eq!(first.problems, []);
        let started = if first.run_id.is_some() {
            first
        } else {
            request.confirmations = agreed(&first.unconfirmed);
            self.test.hub.tick_now(request).await.unwrap()
        };
        self.settled(started.run_id.expect("a run")).await
    }

    /// Waits for the end of a run and insists that it went well and blocked nothing.
    pub async fn settled(&self, run: i64) -> i64 {
        for _ in 0..3000 {
            if self.test.run(run).await.run.state != RunState::Running {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // Its end is written before its place is free again.
        self.test.hub.run_ended(self.account).await;
        let view = self.test.run(run).await.run;
        assert_eq!(view.state, RunState::Succeeded, "{:?}", view.error);
        run
    }

    /// What an apply did.
    pub async fn receipt(&self, run_id: i64) -> ReceiptView {
        self.test.hub.get_receipt(ReceiptRequest { run_id, most: None }).await.unwrap()
    }

    /// Invites somebody and has them join, as a member.
    pub async fn joined(&self, name: &str, email: &str) -> RemoteId {
        self.tick_now(invite(email), self.some_time()).await;
        let invitation = self.invitations().await.into_iter().find(|row| row.invitee == email).unwrap();
        self.tick_now(accept(&invitation.remote_id, name), self.some_time()).await;
        self.member(email).await
    }
}

/// Says yes to every guard that asks.
pub fn agreed(guards: &[GuardView]) -> Vec<ConfirmationRequest> {
    let typed = |guard: &GuardView| {
        let Guard::TypedConfirmation { text } = &guard.guard else { return None };
        Some(text.clone())
    };
    guards.iter().map(|guard| ConfirmationRequest { key: guard.key.clone(), typed: typed(guard) }).collect()
}

/// Milliseconds of a moment.
pub fn at(text: &str) -> i64 {
    Timestamp::parse(text).unwrap().as_millis()
}

pub fn field(path: &str, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before: Value::Null, after }
}

pub fn invite(email: &str) -> Edit {
    Edit::InviteUser {
        group: RemoteId::new(ORGANIZATION),
        invitee: email.to_owned(),
        roles: Vec::new(),
        expires_at: None,
        message: None,
    }
}

pub fn accept(invitation: &str, name: &str) -> Edit {
    Edit::AcceptInvitation { invitation: RemoteId::new(invitation), fields: vec![field("name", json!(name))] }
}

pub fn give(role: &str, member: &RemoteId) -> Edit {
    Edit::AssignRole {
        role: RemoteId::new(role),
        holder: member.clone(),
        holder_kind: HolderKind::User,
        group: Some(RemoteId::new(ORGANIZATION)),
    }
}

pub fn remove(member: &RemoteId) -> Edit {
    Edit::RemoveMember {
        group: RemoteId::new(ORGANIZATION),
        group_kind: GroupKind::Organization,
        member: member.clone(),
    }
}
