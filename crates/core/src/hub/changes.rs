//! The queue: previews, proposals, decisions, receipts. Nothing here talks to a service.

use super::{Hub, crossing, left};
use crate::Error;
use crate::api::{
    ChangeCounts, ChangeIdsRequest, ChangeQueryRequest, ChangeRequest, ChangesView, CommandError,
    EditsRequest, HubEvent, PlanLineView, PlanView, PreviewEditsRequest, ProposedView, QueueView,
    ReceiptRequest, ReceiptView, RecordView, ReorderChangesRequest, ResolveChangeRequest, RunRequest,
    ScheduleChangeRequest, SecretView, ShownSecret, UndoView,
};
use crate::changes::{self, Extent, Resolved};
use crate::error::InputReason;
use crate::model::{
    Account, AccountId, Capabilities, Change, ChangeId, ChangeState, Edit, RunId, RunKind, Schedule,
    Timestamp,
};
use crate::query;
use crate::store::{accounts, changes as table, runs};

/// Lines of a plan in an answer that nobody asked in particular for.
const SHOWN: u32 = 200;
/// Up to so many changes, a queue is looked over as a whole whenever it is shown.
const LOOKED_AT: usize = 2000;
/// Receipts that are listed.
const RECEIPTS: u32 = 50;

impl Hub {
    /// What edits would do, without keeping anything.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn preview_edits(&self, request: PreviewEditsRequest) -> Result<PlanView, CommandError> {
        let PreviewEditsRequest { account_id, edits, most } = request;
        self.preview(account_id, edits, most).await.map_err(crossing)
    }

    /// Keeps edits as changes, all or none; what waits already about the same values is changed or taken back.
    ///
    /// # Errors
    /// Those of the store. What cannot be sent as it is stands in the view.
    pub async fn propose_changes(&self, request: EditsRequest) -> Result<ProposedView, CommandError> {
        let EditsRequest { account_id, edits } = request;
        self.propose(account_id, edits).await.map_err(crossing)
    }

    /// The queue as plans.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn query_changes(&self, request: ChangeQueryRequest) -> Result<ChangesView, CommandError> {
        self.queues(request).await.map_err(crossing)
    }

    /// Takes changes back that are not on their way.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn withdraw_changes(&self, request: ChangeIdsRequest) -> Result<ChangesView, CommandError> {
        let ChangeIdsRequest { account_id, changes } = request;
        let withdraw = async {
            let which: Option<Vec<ChangeId>> = changes.map(|all| all.into_iter().map(ChangeId).collect());
            let store = self.open()?.store;
            store.write(move |tx| changes::withdraw(tx, account_id, which.as_deref())).await?;
            self.changed(account_id).await
        };
        withdraw.await.map_err(crossing)
    }

    /// Puts the queue into another order; what must run first still does.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn reorder_changes(&self, request: ReorderChangesRequest) -> Result<ChangesView, CommandError> {
        let ReorderChangesRequest { account_id, changes } = request;
        let reorder = async {
            let order: Vec<ChangeId> = changes.into_iter().map(ChangeId).collect();
            self.open()?.store.write(move |tx| table::set_order(tx, account_id, &order)).await?;
            self.changed(account_id).await
        };
        reorder.await.map_err(crossing)
    }

    /// Has a token revoked by itself on a date, or no more.
    ///
    /// # Errors
    /// When it is no waiting revocation of the account, or the date is past; those of the store.
    pub async fn schedule_change(&self, request: ScheduleChangeRequest) -> Result<ChangesView, CommandError> {
        let ScheduleChangeRequest { account_id, change_id, due_at, needs } = request;
        let needs = needs.map(ChangeId);
        let due_at = due_at.map(Timestamp::from_millis);
        let planned = due_at.map(|due_at| Schedule { due_at, needs });
        let schedule = async {
            if due_at.is_some_and(|due_at| due_at <= crate::clock::now()) {
                return Err(Error::InvalidInput {
                    field: "dueAt",
                    reason: InputReason::Other,
                    problem: "this date is past".to_owned(),
                });
            }
            let write = move |tx: &rusqlite::Transaction<'_>| {
                changes::schedule(tx, account_id, ChangeId(change_id), planned)
            };
            if !self.open()?.store.write(write).await? {
                return Err(Error::NotFound { what: "this revocation, as one that waits," });
            }
            self.changed(account_id).await
        };
        schedule.await.map_err(crossing)
    }

    /// Decides about a blocked change.
    ///
    /// # Errors
    /// When there is no such blocked change, or the decision does not fit; those of the store.
    pub async fn resolve_change(&self, request: ResolveChangeRequest) -> Result<ChangesView, CommandError> {
        let ResolveChangeRequest { change_id, choice } = request;
        let resolve = async {
            let store = self.open()?.store;
            let resolved = store.write(move |tx| changes::resolve(tx, ChangeId(change_id), choice)).await?;
            match resolved {
                Resolved::Done(account) => self.changed(account).await,
                Resolved::NotFound => {
                    Err(Error::NotFound { what: "this change, as one that needs a decision," })
                }
                Resolved::Unfit(problem) => Err(Error::InvalidInput {
                    field: "choice",
                    reason: InputReason::Other,
                    problem: problem.to_owned(),
                }),
            }
        };
        resolve.await.map_err(crossing)
    }

    /// Hands a value that is shown once over, once.
    ///
    /// # Errors
    /// When it was taken already, or the program that made it has ended; those of the store.
    pub async fn take_secret(&self, request: ChangeRequest) -> Result<SecretView, CommandError> {
        let id = ChangeId(request.change_id);
        let take = async {
            let store = self.open()?.store;
            let gone = || Error::NotFound { what: "the value of this change" };
            let change = store.read(move |conn| table::find(conn, id)).await?.ok_or_else(gone)?;
            let secret = self.inner.applies.take_secret(id).ok_or_else(gone)?;
            let account = change.account;
            store.write(move |tx| table::set_secret_taken(tx, id)).await?;
            self.send(HubEvent::ChangesChanged { account_id: account });
            let item = changes::item(&change.edit).map(str::to_owned);
            Ok(SecretView {
                secret: ShownSecret::new(secret),
                kind: change.edit.kind(),
                subject: subject_of(&change),
                item,
            })
        };
        take.await.map_err(crossing)
    }

    /// What an apply did, call by call.
    ///
    /// # Errors
    /// When there is no such apply; those of the store.
    pub async fn get_receipt(&self, request: ReceiptRequest) -> Result<ReceiptView, CommandError> {
        self.receipt(RunId(request.run_id), request.most).await.map_err(crossing)
    }

    /// What would undo an apply: edits that can be proposed, and what does not come back.
    ///
    /// # Errors
    /// When there is no such apply; those of the store.
    pub async fn undo_run(&self, request: RunRequest) -> Result<UndoView, CommandError> {
        let run = RunId(request.run_id);
        let undo = async {
            let store = self.open()?.store;
            let (account, ..) = store
                .read(move |conn| runs::find(conn, run))
                .await?
                .ok_or(Error::NotFound { what: "this apply" })?;
            let (edits, remains) = store.read(move |conn| changes::undo(conn, run)).await?;
            let plan = self.preview(account, edits.clone(), Some(SHOWN)).await?;
            Ok(UndoView { plan, edits, remains })
        };
        undo.await.map_err(crossing)
    }

    /// The account with what its service can.
    pub(super) async fn account_with_capabilities(
        &self,
        id: AccountId,
    ) -> Result<(Account, Option<Capabilities>), Error> {
        let account = self.account(id).await?;
        Ok((account, self.account_view(id).await?.capabilities))
    }

    pub(super) async fn propose(&self, id: AccountId, edits: Vec<Edit>) -> Result<ProposedView, Error> {
        let (account, capabilities) = self.account_with_capabilities(id).await?;
        let now = crate::clock::now();
        let store = self.open()?.store;
        let proposed =
            store.write(move |tx| changes::propose(tx, &account, capabilities.as_ref(), &edits, now)).await?;
        if proposed.problems.is_empty() {
            self.inner.told.note(id);
            self.send(HubEvent::ChangesChanged { account_id: id });
        }
        Ok(proposed)
    }

    /// The queue of one account after it became another one; tells the window.
    pub(super) async fn changed(&self, id: AccountId) -> Result<ChangesView, Error> {
        self.inner.told.note(id);
        self.send(HubEvent::ChangesChanged { account_id: id });
        self.queues(ChangeQueryRequest { account_id: Some(id), remote_id: None, most: Some(SHOWN) }).await
    }

    async fn preview(&self, id: AccountId, edits: Vec<Edit>, most: Option<u32>) -> Result<PlanView, Error> {
        let (account, capabilities) = self.account_with_capabilities(id).await?;
        let now = crate::clock::now();
        let store = self.open()?.store;
        let preview = move |conn: &rusqlite::Connection| {
            let extent = Extent::first(most);
            let mut plan =
                changes::preview(conn, &account, capabilities.as_ref(), &edits, (now, extent))?.view;
            left::add_left(conn, account.id, &edits, &mut plan)?;
            left::add_still(conn, account.id, &edits, &mut plan)?;
            Ok(plan)
        };
        Ok(store.read(preview).await?)
    }

    async fn queues(&self, request: ChangeQueryRequest) -> Result<ChangesView, Error> {
        let ChangeQueryRequest { account_id, remote_id, most } = request;
        let hub = self.clone();
        let store = self.open()?.store;
        let read = move |conn: &rusqlite::Connection| {
            let mut queues = Vec::new();
            let mut known = accounts::list(conn)?;
            known.retain(|account| account_id.is_none_or(|id| id == account.id));
            known.sort_by_cached_key(|account| (crate::model::fold(&account.name), account.id));
            for account in known {
                let queue = hub.queue(conn, &account, remote_id.as_deref(), most)?;
                queues.extend(queue.filter(|queue| {
                    account_id.is_some()
                        || queue.plan.lines > 0
                        || queue.counts.secrets_waiting > 0
                        || queue.progress.is_some()
                }));
            }
            let receipts = query::query_receipts(conn, account_id, RECEIPTS)?;
            Ok(ChangesView { queues, receipts })
        };
        Ok(store.read(read).await?)
    }

    fn queue(
        &self,
        conn: &rusqlite::Connection,
        account: &Account,
        remote_id: Option<&str>,
        most: Option<u32>,
    ) -> Result<Option<QueueView>, crate::store::StoreError> {
        let open = table::list_open(conn, account.id)?;
        let count = |state| open.iter().filter(|change| change.state == state).count();
        let now = crate::clock::now();
        let scheduled = open.iter().filter(|change| change.waits_for_date(now)).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let is_waiting = |id| self.inner.applies.has_secret(id);
        let untaken = table::list_untaken(conn, account.id)?;
        let secrets = untaken.iter().filter(|change| is_waiting(change.id)).count();
        let extent = match most {
            _ if remote_id.is_some() => Extent::WHOLE,
            // What must be confirmed about a long queue is computed when it is to be sent: nothing is sent before.
            Some(most) if open.len() > LOOKED_AT => Extent::page(0, most),
            most => Extent::first(most),
        };
        let mut plan = changes::of_changes(conn, account, &open, &is_waiting, extent)?.view;
        left::add_still(conn, account.id, open.iter().map(|change| &change.edit), &mut plan)?;
        if open.len() <= LOOKED_AT {
            left::add_left(conn, account.id, open.iter().map(|change| &change.edit), &mut plan)?;
        }
        if let Some(id) = remote_id {
            keep_lines_about(&mut plan, id);
        }
        Ok(Some(QueueView {
            counts: ChangeCounts {
                pending: number(count(ChangeState::Pending) - scheduled),
                scheduled: number(scheduled),
                blocked: number(count(ChangeState::Blocked)),
                sent: number(count(ChangeState::Sent)),
                secrets_waiting: number(secrets),
            },
            plan,
            progress: self.inner.applies.progress(account.id),
        }))
    }

    async fn receipt(&self, run: RunId, most: Option<u32>) -> Result<ReceiptView, Error> {
        let hub = self.clone();
        let store = self.open()?.store;
        let read = move |conn: &rusqlite::Connection| {
            let Some(found) = query::get_run(conn, run.0)?.filter(|found| found.run.kind == RunKind::Changes)
            else {
                return Ok(None);
            };
            let Some(account) = accounts::find(conn, found.run.account_id)? else { return Ok(None) };
            let (signed_in_as, person) = runs::find_actor(conn, run)?;
            let read = changes::lines(conn, run, most, &|id| hub.inner.applies.has_secret(id))?;
            let can_undo = changes::can_undo(conn, run)?;
            Ok(Some(ReceiptView {
                run: found.run,
                account_name: account.name,
                account_address: account.address.to_string(),
                signed_in_as,
                person,
                applied: read.applied,
                blocked: read.blocked,
                left: read.left,
                lines: read.lines,
                beyond: read.beyond,
                can_undo,
            }))
        };
        store.read(read).await?.ok_or(Error::NotFound { what: "this apply" })
    }
}

fn subject_of(change: &Change) -> RecordView {
    let named = changes::subject(&change.edit);
    let id = named.id.as_ref().or(change.created.as_ref());
    let name = named.id.as_ref().and_then(|id| change.base.names.get(id)).cloned();
    let name = name.or_else(|| changes::new_name(&change.edit).map(str::to_owned));
    RecordView {
        kind: named.kind,
        remote_id: id.map(|id| id.as_str().to_owned()),
        name: name.or_else(|| id.map(|id| id.as_str().to_owned())).unwrap_or_default(),
    }
}

fn keep_lines_about(plan: &mut PlanView, id: &str) {
    for subject in &mut plan.subjects {
        let is_subject = subject.subject.remote_id.as_deref() == Some(id);
        let names =
            |line: &PlanLineView| line.targets.iter().any(|target| target.remote_id.as_deref() == Some(id));
        subject.lines.retain(|line| is_subject || names(line));
    }
    plan.subjects.retain(|subject| !subject.lines.is_empty());
    let lines: usize = plan.subjects.iter().map(|subject| subject.lines.len()).sum();
    plan.lines = u32::try_from(lines).unwrap_or(u32::MAX);
}
