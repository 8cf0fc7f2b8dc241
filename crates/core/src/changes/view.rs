//! From edits to the plan that a person reads: the same for a preview and for the queue.

use std::collections::BTreeMap;

use super::everybody;
use super::facts::Facts;
use super::guard::{Guards, guards, guards_of_some};
use super::invite;
use super::left;
use super::limits::Limits;
use super::own;
use super::parts::{self, Named};
use super::permissions;
use super::placeholder::Placeholder;
use super::plan::{self, Placed};
use super::queue;
use super::roster_guard;
use crate::api::{EditProblemsView, OrderReasonView, PlanLineView, PlanSubjectView, PlanView, RecordView};
use crate::clock;
use crate::model::{
    Account, AccountId, BlockReason, Capabilities, Change, ChangeId, ChangeState, Edit, FieldProblem,
    FieldReason, PERMISSIONS, ProviderKind, RemoteId, RoleScope, SecretState, Timestamp,
};
use crate::store::{StoreError, permissions as known};
use crate::{remote, roster};
use rusqlite::Connection;

/// A plan with what is asked before it is sent.
#[derive(Clone, Debug)]
pub struct Plan {
    /// For the person.
    pub view: PlanView,
    /// What is asked.
    pub guards: Guards,
    /// The changes, in the order in which they run.
    pub order: Vec<ChangeId>,
}

/// How much of a plan is put into words: the window is never handed a hundred thousand lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Lines to pass over.
    offset: usize,
    /// Lines at the most; those that need a person come beside them.
    most: usize,
    /// Guards are computed of all lines; else of those that are shown, and those of the whole that need no look at each.
    guards_all: bool,
}

impl Extent {
    /// All of it.
    pub const WHOLE: Self = Self { offset: 0, most: usize::MAX, guards_all: true };
    /// No line of it, but everything that must be known about all of them.
    pub const GUARDS: Self = Self { offset: 0, most: 0, guards_all: true };

    /// The first lines, with everything that must be known about all of them; without a number, all of it.
    pub fn first(most: Option<u32>) -> Self {
        Self { most: most.map_or(usize::MAX, |most| most as usize), ..Self::WHOLE }
    }

    /// Lines from a place on, with what must be known about these.
    pub const fn page(offset: u32, most: u32) -> Self {
        Self { offset: offset as usize, most: most as usize, guards_all: false }
    }

    /// The places of the lines that it has, in the order in which they run.
    fn shown(self, order: &[usize], needs_person: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let page = order.iter().skip(self.offset).take(self.most);
        let mut beyond = order.iter().skip(self.offset.saturating_add(self.most)).copied();
        let mut shown: Vec<usize> = page.copied().collect();
        if self.offset == 0 && self.most > 0 {
            shown.extend(beyond.by_ref().filter(|place| needs_person(*place)).take(self.most));
        }
        shown
    }
}

/// Whether the value that is shown once is still in this program's memory.
pub type IsWaiting<'a> = &'a dyn Fn(ChangeId) -> bool;

/// The plan of edits that are not queued.
///
/// # Errors
/// Those of the database.
pub fn preview(
    conn: &Connection,
    account: &Account,
    capabilities: Option<&Capabilities>,
    edits: &[Edit],
    (now, extent): (Timestamp, Extent),
) -> Result<Plan, StoreError> {
    let problems = problems_of(conn, account, capabilities, edits, now)?;
    let lines: Vec<Line<'_>> = edits.iter().map(|edit| Line { edit, change: None }).collect();
    let creates = |place| vec![Placeholder::Place(place)];
    assemble(conn, account, &lines, &creates, &problems, (&|_| false, extent))
}

/// The plan of queued changes.
///
/// # Errors
/// Those of the database.
pub fn of_changes(
    conn: &Connection,
    account: &Account,
    changes: &[Change],
    is_waiting: IsWaiting<'_>,
    extent: Extent,
) -> Result<Plan, StoreError> {
    let lines: Vec<Line<'_>> =
        changes.iter().map(|change| Line { edit: &change.edit, change: Some(change) }).collect();
    let creates =
        |place: usize| changes.get(place).map(|change| Placeholder::Change(change.id)).into_iter().collect();
    assemble(conn, account, &lines, &creates, &[], (is_waiting, extent))
}

/// What cannot be sent as it is, by edit.
///
/// # Errors
/// Those of the database.
pub fn problems_of(
    conn: &Connection,
    account: &Account,
    capabilities: Option<&Capabilities>,
    edits: &[Edit],
    now: Timestamp,
) -> Result<Vec<EditProblemsView>, StoreError> {
    let unsupported =
        || vec![FieldProblem { path: "kind".to_owned(), reason: FieldReason::NotSupported, limit: None }];
    let limits = Limits::load(conn, account.id)?;
    let mut found = Vec::new();
    for (place, edit) in edits.iter().enumerate() {
        let mut problems = match capabilities {
            Some(capabilities) => remote::check_edit(account.provider, capabilities, edit, now),
            None => unsupported(),
        };
        // Edited back: nothing is left of it, which is no mistake.
        problems.retain(|problem| problem.reason != FieldReason::NothingToDo);
        problems.extend(limits.check(edit, now));
        problems.extend(check_permissions(conn, account.id, edit)?);
        if account.provider == ProviderKind::Uptrends {
            problems.extend(everybody::check(conn, account.id, edit)?);
            problems.extend(own::check(conn, account, edit)?);
        }
        if account.provider == ProviderKind::Roster {
            problems.extend(roster::check(conn, account.id, edit)?);
        }
        if queue::dangling(edits, place) {
            problems.extend(unsupported());
        }
        if !problems.is_empty() {
            found.push(queue::answer(place, problems));
        }
    }
    Ok(found)
}

/// A role is given only what there is, as far as that was read; one of the account nothing of the organisation template.
fn check_permissions(
    conn: &Connection,
    account: AccountId,
    edit: &Edit,
) -> Result<Option<FieldProblem>, StoreError> {
    let (Edit::CreateRole { scope, .. } | Edit::UpdateRole { scope, .. }) = edit else { return Ok(None) };
    let wanted = permissions::wanted(edit);
    if wanted.is_empty() || !known::is_known(conn, account)? {
        return Ok(None);
    }
    let problem = |reason| FieldProblem { path: PERMISSIONS.to_owned(), reason, limit: None };
    for id in wanted {
        match known::find(conn, account, &id)? {
            None => return Ok(Some(problem(FieldReason::Unknown))),
            Some(own) if own.resource_id.is_none() && *scope == RoleScope::Account => {
                return Ok(Some(problem(FieldReason::NotSupported)));
            }
            Some(_) => {}
        }
    }
    Ok(None)
}

struct Line<'a> {
    edit: &'a Edit,
    change: Option<&'a Change>,
}

fn assemble(
    conn: &Connection,
    account: &Account,
    lines: &[Line<'_>],
    creates: &dyn Fn(usize) -> Vec<Placeholder>,
    problems: &[EditProblemsView],
    (is_waiting, extent): (IsWaiting<'_>, Extent),
) -> Result<Plan, StoreError> {
    let edits: Vec<&Edit> = lines.iter().map(|line| line.edit).collect();
    let problems: BTreeMap<usize, &EditProblemsView> =
        problems.iter().map(|found| (found.index as usize, found)).collect();
    let placed = plan::order(&edits, creates);
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|place| placed.get(*place).map(|placed| placed.order));
    let needs_person = |place: usize| {
        let blocked = lines.get(place).and_then(|line| line.change).is_some_and(|it| it.block.is_some());
        blocked || problems.contains_key(&place)
    };
    let shown = extent.shown(&order, &needs_person);
    let known: Vec<&Edit> = if extent.guards_all {
        edits.clone()
    } else {
        shown.iter().filter_map(|place| edits.get(*place).copied()).collect()
    };
    let mut facts = Facts::load(conn, account.id, &account.authentication, &known, false)?;
    for (place, line) in lines.iter().enumerate() {
        // What is still to be created is called by its future name, what is gone by its last one.
        if let Some(name) = parts::new_name(line.edit)
            && parts::subject(line.edit).id.is_none()
        {
            facts.names.extend(creates(place).into_iter().map(|created| (created.id(), name.to_owned())));
        }
        let block = line.change.and_then(|change| change.block.as_ref());
        facts.add_permissions(conn, account.id, permissions::in_conflict(block))?;
        for (id, name) in line.change.into_iter().flat_map(|change| &change.base.names) {
            facts.names.entry(id.clone()).or_insert_with(|| name.clone());
        }
    }
    let many = Limits::load(conn, account.id)?.many_subjects;
    let mut guards = if extent.guards_all {
        guards(&edits, &facts, &account.name, many)
    } else {
        guards_of_some(&edits, &shown, &facts, &account.name, many)
    };
    let (totals, left) = if extent.guards_all {
        (plan::totals(&edits, &facts), left::behind(conn, account.id, &edits, &facts)?)
    } else {
        (Vec::new(), Vec::new())
    };
    let only = (!extent.guards_all).then_some(shown.as_slice());
    invite::add_guards(conn, account.id, &edits, only, &mut guards.lines, clock::now())?;
    guards.plan.extend(invite::limit(conn, account.id, &edits)?);
    roster_guard::add(conn, &facts, &edits, crate::clock::now(), &mut guards)?;
    let orders: Vec<u32> = placed.iter().map(|placed| number(placed.order)).collect();
    let mut views: Vec<(RecordView, PlanLineView)> = Vec::new();
    for place in &shown {
        let Some(line) = lines.get(*place) else { continue };
        let placed = placed.get(*place).cloned().unwrap_or_default();
        let view = PlanLineView {
            index: u32::try_from(*place).unwrap_or(u32::MAX),
            problems: problems.get(place).map(|found| found.problems.clone()).unwrap_or_default(),
            guards: guards.lines.get(*place).cloned().unwrap_or_default(),
            ..line_view(account.provider, line, &facts, &placed, &orders, is_waiting)
        };
        views.push((record(&facts, &parts::subject(line.edit), line.edit), view));
    }
    let change_at = |place: &usize| lines.get(*place).and_then(|line| line.change).map(|it| it.id);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let view = PlanView {
        account_id: account.id,
        account_name: account.name.clone(),
        sample: account.sample,
        lines: count(lines.len()),
        beyond: count(lines.len() - views.len()),
        subjects: grouped(views),
        guards: guards.with_those_beyond(&shown),
        totals,
        left,
    };
    Ok(Plan { view, guards, order: order.iter().filter_map(change_at).collect() })
}

fn line_view(
    provider: ProviderKind,
    line: &Line<'_>,
    facts: &Facts,
    placed: &Placed,
    orders: &[u32],
    is_waiting: IsWaiting<'_>,
) -> PlanLineView {
    let Line { edit, change } = line;
    let blocked = change
        .and_then(|change| change.block.clone())
        .map(|block| permissions::conflict_with_names(block, &facts.names));
    let after = placed
        .after
        .iter()
        .filter_map(|(first, reason)| Some(OrderReasonView { order: *orders.get(*first)?, reason: *reason }));
    PlanLineView {
        change_id: change.map(|change| change.id.0),
        index: 0,
        kind: edit.kind(),
        edit: (*edit).clone(),
        state: change.map_or(ChangeState::Pending, |change| change.state),
        targets: parts::targets(edit).iter().map(|named| record(facts, named, edit)).collect(),
        item: parts::item(edit).map(str::to_owned),
        fields: permissions::with_names(parts::shown_fields(Some(provider), edit), &facts.names),
        losses: plan::losses(edit, facts),
        still: None,
        guards: Vec::new(),
        problems: match &blocked {
            Some(BlockReason::Invalid { problems }) => problems.clone(),
            _ => Vec::new(),
        },
        order: number(placed.order),
        after: after.collect(),
        blocked,
        secret: change.and_then(|change| secret_of(change, is_waiting)),
        created_at: change.map(|change| change.created_at.as_millis()),
        needs: change.and_then(|change| change.schedule?.needs).map(|needs| needs.0),
        due_at: change.and_then(|change| change.schedule).map(|schedule| schedule.due_at.as_millis()),
        run_id: change.and_then(|change| change.run).map(|run| run.0),
    }
}

/// Where the value that `change` made, and that is shown once, is now.
pub(super) fn secret_of(change: &Change, is_waiting: IsWaiting<'_>) -> Option<SecretState> {
    match change.secret_taken {
        None => None,
        Some(true) => Some(SecretState::Taken),
        Some(false) if is_waiting(change.id) => Some(SecretState::Waiting),
        Some(false) => Some(SecretState::Lost),
    }
}

/// A record as a plan names it.
pub(super) fn record(facts: &Facts, named: &Named, edit: &Edit) -> RecordView {
    let remote_id = named.id.as_ref().filter(|id| Placeholder::parse(id.as_str()).is_none());
    RecordView {
        kind: named.kind,
        remote_id: remote_id.map(|id| id.as_str().to_owned()),
        name: facts.name(named, edit),
    }
}

/// By subject, in the order of their first line. What is still to be created is one subject with what is done to it.
fn grouped(lines: Vec<(RecordView, PlanLineView)>) -> Vec<PlanSubjectView> {
    let mut places: BTreeMap<(crate::api::PlanSubject, RemoteId), usize> = BTreeMap::new();
    let mut subjects: Vec<PlanSubjectView> = Vec::new();
    for (subject, line) in lines {
        let id = parts::subject(&line.edit).id.unwrap_or_else(|| match line.change_id {
            Some(change) => Placeholder::Change(ChangeId(change)).id(),
            None => Placeholder::Place(line.index as usize).id(),
        });
        let place = *places.entry((subject.kind, id)).or_insert_with(|| {
            subjects.push(PlanSubjectView { subject, lines: Vec::new() });
            subjects.len() - 1
        });
        if let Some(subject) = subjects.get_mut(place) {
            subject.lines.push(line);
        }
    }
    subjects
}

/// As a person counts.
fn number(order: usize) -> u32 {
    u32::try_from(order + 1).unwrap_or(u32::MAX)
}
