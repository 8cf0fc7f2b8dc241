//! Every fault on every write: whether the error says rightly what may have become of the request, and how often the
//! service carried it out.

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, Mutex, Once};

use futures::StreamExt as _;
use rollcall_core::model::{Edit, EditKind};
use rollcall_core::remote::{CarriedOut, Current, DirectoryWrite, RemoteError, WriteError};
use rollcall_sandbox::{Fault, FaultRule, Framing, Moment, RetryAfter, Tenant, When};

use super::logto_world::{World, cases};
use super::scim_write::{self, ScimWorld};

thread_local! {
    static RECORDING: RefCell<Option<Logs>> = const { RefCell::new(None) };
}

/// What is logged on this thread while the guard lives.
#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

/// Ends the recording.
pub struct Recording;

impl Drop for Recording {
    fn drop(&mut self) {
        RECORDING.set(None);
    }
}

impl Logs {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Writes to where this thread records.
struct Tap;

impl Write for Tap {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        RECORDING.with_borrow(|logs| {
            if let Some(Logs(logs)) = logs {
                logs.lock().unwrap().extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Records everything that this thread logs, of all crates and levels. The subscriber is that of the process: what a
/// thread without one has passed once stays silent for all others.
pub fn recorded_logs() -> (Logs, Recording) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Tap);
        tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    });
    let logs = Logs::default();
    RECORDING.set(Some(logs.clone()));
    (logs, Recording)
}

/// What the client must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Done,
    Refused,
    ChangedMeanwhile,
    Unknown,
    NotSent,
}

fn said(outcome: &Result<CarriedOut, WriteError>) -> Said {
    match outcome {
        Ok(_) => Said::Done,
        Err(WriteError::Refused(_)) => Said::Refused,
        Err(WriteError::ChangedMeanwhile) => Said::ChangedMeanwhile,
        Err(WriteError::OutcomeUnknown(_)) => Said::Unknown,
        Err(WriteError::NotSent(_)) => Said::NotSent,
    }
}

/// How often the service may have carried the request out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carried {
    Never,
    Once,
    /// At least once; by one that is not idempotent exactly once.
    Again,
}

struct Trial {
    name: &'static str,
    fault: Fault,
    when: When,
    /// Of an edit that may be repeated.
    repeated: Said,
    /// Of one that may not.
    once: Said,
    carried: Carried,
    /// Only where the answer has a body is there something to cut.
    needs_body: bool,
}

fn status(status: u16, after_work: bool) -> Fault {
    Fault::Status { status, retry_after: None, after_work }
}

fn asked(status: u16, seconds: u64) -> Fault {
    Fault::Status { status, retry_after: Some(RetryAfter::Seconds(seconds)), after_work: false }
}

/// Faults that never end, and those that hit only the first request.
fn trials() -> Vec<Trial> {
    let trial = |name, fault, when, repeated, once, carried, needs_body| Trial {
        name,
        fault,
        when,
        repeated,
        once,
        carried,
        needs_body,
    };
    let always = |name, fault, said, carried| trial(name, fault, When::Always, said, said, carried, false);
    let cut =
        |name, fault| trial(name, fault, When::Always, Said::Unknown, Said::Unknown, Carried::Again, true);
    let first =
        |name, fault, once, carried| trial(name, fault, When::First(1), Said::Done, once, carried, false);
    vec![
        always(
            "dropped before the work",
            Fault::Drop { moment: Moment::BeforeWork },
            Said::Unknown,
            Carried::Never,
        ),
        always(
            "dropped after the work",
            Fault::Drop { moment: Moment::BeforeHeaders },
            Said::Unknown,
            Carried::Again,
        ),
        cut("dropped after the headers", Fault::Drop { moment: Moment::AfterHeaders }),
        cut("body cut by length", Fault::CutBody { framing: Framing::Length, percent: 50 }),
        cut("body cut by chunks", Fault::CutBody { framing: Framing::Chunked, percent: 50 }),
        cut("JSON cut", Fault::CutJson),
        cut("silence in the middle", Fault::Stall),
        always(
            "latency beyond patience",
            Fault::Latency { milliseconds: 60_000 },
            Said::Unknown,
            Carried::Never,
        ),
        always("500 before the work", status(500, false), Said::Unknown, Carried::Never),
        always("500 after the work", status(500, true), Said::Unknown, Carried::Again),
        always("502 after the work", status(502, true), Said::Unknown, Carried::Again),
        always("503 before the work", status(503, false), Said::Unknown, Carried::Never),
        always("503 that asks to wait", asked(503, 0), Said::Unknown, Carried::Never),
        always(
            "HTML instead of the work",
            Fault::Html { status: 200, after_work: false },
            Said::Unknown,
            Carried::Never,
        ),
        always(
            "HTML after the work",
            Fault::Html { status: 200, after_work: true },
            Said::Unknown,
            Carried::Again,
        ),
        always("HTML 502", Fault::Html { status: 502, after_work: true }, Said::Unknown, Carried::Again),
        always(
            "HTML 403 of a gateway",
            Fault::Html { status: 403, after_work: false },
            Said::Refused,
            Carried::Never,
        ),
        always("400", status(400, false), Said::Refused, Carried::Never),
        always("401 for ever", status(401, false), Said::Refused, Carried::Never),
        always("403", status(403, false), Said::Refused, Carried::Never),
        always("409", status(409, false), Said::Refused, Carried::Never),
        always("412", status(412, false), Said::ChangedMeanwhile, Carried::Never),
        always("429 for ever", status(429, false), Said::Refused, Carried::Never),
        always("429 for an hour", asked(429, 3600), Said::Refused, Carried::Never),
        always(
            "redirect elsewhere",
            Fault::Redirect { status: 307, to: "http://127.0.0.1:9/".to_owned() },
            Said::Refused,
            Carried::Never,
        ),
        always(
            "redirect to another page",
            Fault::Redirect { status: 302, to: "http://127.0.0.1:9/".to_owned() },
            Said::Unknown,
            Carried::Never,
        ),
        first("429 once", asked(429, 0), Said::Done, Carried::Once),
        first("latency once", Fault::Latency { milliseconds: 50 }, Said::Done, Carried::Once),
        first("503 once", status(503, false), Said::Unknown, Carried::Once),
        first(
            "dropped once before the work",
            Fault::Drop { moment: Moment::BeforeWork },
            Said::Unknown,
            Carried::Once,
        ),
        first("500 once after the work", status(500, true), Said::Unknown, Carried::Again),
    ]
}

/// One edit under one fault.
struct Under<'a> {
    name: String,
    tenant: &'a Tenant,
    writer: &'a dyn DirectoryWrite,
    edit: Edit,
    method: &'static str,
    template: &'static str,
    json: bool,
    /// A version goes along, and is another one after the edit.
    versioned: bool,
    /// The id of what was created stands in a header too.
    has_location: bool,
}

impl Under<'_> {
    async fn try_out(&self, trial: &Trial) -> Option<String> {
        let current = self.writer.current(&self.edit).await.unwrap();
        self.tenant.clear_requests();
        let rule =
            FaultRule::always(trial.fault.clone()).method(self.method).path(format!("{}$", self.template));
        self.tenant.add_fault(rule.when(trial.when));
        let outcome = self.writer.carry_out(&self.edit, &current).await;
        self.tenant.clear_faults();
        let own = said(&outcome);
        let sent = self
            .tenant
            .requests()
            .iter()
            .filter(|request| request.method == self.method && request.template == self.template)
            .count();
        let counts = self.tenant.write_counts();
        let count = counts
            .iter()
            .find(|write| write.method == self.method && write.template == self.template)
            .map_or(0, |write| write.count);
        let idempotent = self.edit.kind().is_idempotent();
        let expected = if idempotent { trial.repeated } else { trial.once };
        let cannot_be_cut = trial.needs_body && !self.json;
        let expected = if cannot_be_cut { Said::Done } else { expected };
        // Renaming again what is renamed already is refused, and so are revoking twice and the version before the edit: which
        // says nothing about the first request.
        let refused_again =
            self.versioned || matches!(self.edit.kind(), EditKind::RenameToken | EditKind::RevokeInvitation);
        let again = trial.carried == Carried::Again && trial.when != When::Always;
        let expected = if refused_again && again { Said::Unknown } else { expected };
        let expected = if self.has_location && trial.fault == Fault::CutJson { Said::Done } else { expected };
        let carried = match trial.carried {
            Carried::Never => count == 0,
            Carried::Once if !idempotent && expected == Said::Unknown => count == 0,
            Carried::Once => count == 1,
            Carried::Again if idempotent => count >= 1,
            Carried::Again => count == 1,
        };
        let once = idempotent || expected != Said::Unknown || sent == 1;
        let name = format!("{} under “{}”", self.name, trial.name);
        (own != expected || !carried || !once).then(|| {
            format!(
                "{name}: {own:?}, expected {expected:?}; carried out {count} times, sent {sent}; {outcome:?}"
            )
        })
    }
}

/// Services under trial at once: most of the time is waiting for answers that do not come.
const AT_ONCE: usize = 8;

#[tokio::test]
async fn every_fault_on_every_write_to_logto_ends_in_the_right_error() {
    let all = cases().into_iter().map(async |case| {
        let world = World::start().await;
        let mut wrong = Vec::new();
        for (place, trial) in trials().iter().enumerate() {
            let stage = world.stage(&place.to_string()).await;
            let under = Under {
                name: case.name.to_owned(),
                tenant: &world.service.tenant,
                writer: &*world.writer,
                edit: (case.edit)(&stage),
                method: case.method,
                template: case.template,
                json: case.json,
                versioned: false,
                has_location: false,
            };
            wrong.extend(under.try_out(trial).await);
        }
        wrong
    });
    let wrong = futures::stream::iter(all).buffer_unordered(AT_ONCE).concat().await;
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn every_fault_on_every_write_to_scim_ends_in_the_right_error() {
    let all = scim_write::cases().into_iter().map(async |case| {
        let world = ScimWorld::start().await;
        let mut wrong = Vec::new();
        for (place, trial) in trials().iter().enumerate() {
            let stage = world.stage(&place.to_string()).await;
            let under = Under {
                name: case.name.to_owned(),
                tenant: &world.tenant,
                writer: &*world.writer,
                edit: (case.edit)(&stage),
                method: case.method,
                template: case.template,
                json: case.method != "DELETE",
                versioned: matches!(case.name, "update user" | "suspend" | "update group"),
                has_location: case.method == "POST",
            };
            wrong.extend(under.try_out(trial).await);
        }
        wrong
    });
    let wrong = futures::stream::iter(all).buffer_unordered(AT_ONCE).concat().await;
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_service_that_is_not_there_was_certainly_not_asked() {
    let world = World::start().await;
    let stage = world.stage("a").await;
    // Signs in while it can.
    let edits: Vec<Edit> = cases().iter().map(|case| (case.edit)(&stage)).collect();
    world.writer.current(&edits[0]).await.unwrap();
    let World { service, writer } = world;
    service.sandbox.shutdown().await;
    for edit in edits {
        let error = writer.carry_out(&edit, &Current::Present).await.unwrap_err();
        let unreachable = matches!(&error, WriteError::NotSent(RemoteError::Unreachable { .. }));
        assert!(unreachable, "{edit:?}: {error:?}");
    }
}

#[tokio::test]
async fn an_edit_of_which_a_part_was_done_is_of_unknown_outcome() {
    use super::logto_world::{field, new};
    use serde_json::json;
    let world = World::start().await;
    let stage = world.stage("a").await;
    let edit = Edit::UpdateUser {
        user: stage.user.clone(),
        fields: vec![field("name", json!("Ada"), json!("A")), new("profile.nickname", json!("C"))],
    };
    for (fault, expected) in [(status(400, false), Said::Unknown), (asked(429, 3600), Said::Unknown)] {
        let rule = FaultRule::always(fault).method("PATCH").path("/api/users/{userId}/profile$");
        world.service.tenant.add_fault(rule);
        let outcome = world.writer.carry_out(&edit, &Current::Absent).await;
        assert_eq!(said(&outcome), expected, "{outcome:?}");
        world.service.tenant.clear_faults();
    }
    // What is refused first leaves everything as it was.
    let rule = FaultRule::always(status(400, false)).method("PATCH").path("/api/users/{userId}$");
    world.service.tenant.add_fault(rule);
    world.service.tenant.clear_requests();
    let outcome = world.writer.carry_out(&edit, &Current::Absent).await;
    assert_eq!(said(&outcome), Said::Refused);
    assert_eq!(world.service.tenant.write_counts(), []);
}
