//! The command line while the window is open: two real processes on one data folder.

use std::process::Stdio;
use std::time::Duration;

use rollcall_sandbox::{Fault, FaultRule, Mutation, Quirks};
use rollcall_tests::ctl::{Ctl, ended};
use rollcall_tests::service::{Service, TOKEN};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

/// The window's core in a process of its own.
struct Window {
    child: Child,
    input: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Window {
    async fn open(ctl: &Ctl) -> Self {
        let mut command = ctl.program(env!("CARGO_BIN_EXE_window-probe"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut window = Self { child, input, answers };
        assert_eq!(window.answer().await, "open");
        window
    }

    async fn say(&mut self, command: &str) {
        self.input.write_all(format!("{command}\n").as_bytes()).await.unwrap();
    }

    async fn answer(&mut self) -> String {
        let line = tokio::time::timeout(Duration::from_secs(60), self.answers.next_line()).await;
        line.expect("an answer in time").unwrap().expect("an answer")
    }

    async fn ask(&mut self, command: &str) -> String {
        self.say(command).await;
        self.answer().await
    }

    /// Asks until the answer is another one than `old`.
    async fn until_not(&mut self, command: &str, old: &str) -> String {
        for _ in 0..600 {
            let answer = self.ask(command).await;
            if answer != old {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{command} is still answered with {old}");
    }

    /// Asks until the answer is `wanted`.
    async fn until(&mut self, command: &str, wanted: &str) {
        for _ in 0..600 {
            if self.ask(command).await == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{command} is not answered with {wanted}");
    }
}

async fn connected(users: usize, quirks: Quirks) -> (Service, Ctl) {
    let service = Service::start(users, 2, quirks).await;
    let ctl = Ctl::new();
    ctl.connect("Acme", &service.address(), TOKEN).await.well();
    (service, ctl)
}

fn small_pages() -> Quirks {
    Quirks { max_results: 20, ..Quirks::default() }
}

fn slow() -> FaultRule {
    FaultRule::always(Fault::Latency { milliseconds: 150 })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_command_line_brings_is_there_in_the_open_window_at_once() {
    let (service, ctl) = connected(100, Quirks::default()).await;
    let mut window = Window::open(&ctl).await;
    assert_eq!(window.ask("users").await, "0");
    ctl.run(&["sync"]).await.well();
    assert_eq!(window.ask("users").await, "100", "the next query sees it");
    // And it is told to look again, without asking.
    let told = window.until_not("events", "0").await;
    service.tenant.mutate(Mutation { creates: 7, ..Mutation::default() }).await.unwrap();
    ctl.run(&["sync"]).await.well();
    assert_eq!(window.ask("users").await, "107");
    window.until_not("events", &told).await;
    assert_eq!(window.ask("sync").await, "succeeded");
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 107);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_syncs_at_once_exactly_one_runs_whoever_began() {
    let (service, ctl) = connected(300, small_pages()).await;
    let mut window = Window::open(&ctl).await;
    service.tenant.add_fault(slow());
    window.say("sync").await;
    while service.tenant.requests().len() < 8 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let busy = ctl.run(&["sync"]).await;
    assert_eq!(busy.code, 8, "{}", busy.err);
    assert!(busy.err.contains("Acme: a sync of this account is running already"), "{}", busy.err);
    let listed = ctl.run(&["accounts", "--json"]).await.rows();
    assert_eq!(listed[0]["state"], "running", "reading works beside it, and says so");
    assert_eq!(window.answer().await, "succeeded", "and opening the data beside it did not end it");

    service.tenant.clear_requests();
    let syncing = ctl.start(&["sync"]);
    while service.tenant.requests().len() < 8 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(window.ask("state").await, "running");
    assert_eq!(window.ask("sync").await, "SyncBusy");
    assert_eq!(window.ask("users").await, "300", "reading goes on");
    assert_eq!(ended(syncing).await.code, 0);
    window.until("state", "succeeded").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_of_either_leaves_the_mirror_whole_and_the_other_at_work() {
    let (service, ctl) = connected(200, small_pages()).await;
    ctl.run(&["sync"]).await.well();
    let mut window = Window::open(&ctl).await;
    assert_eq!(window.ask("users").await, "200");
    for round in 0..6 {
        service.tenant.clear_faults();
        service.tenant.mutate(Mutation { creates: 5, seed: round, ..Mutation::default() }).await.unwrap();
        service.tenant.clear_requests();
        service.tenant.add_fault(FaultRule::always(Fault::Latency { milliseconds: 30 }));
        let mut syncing = ctl.start(&["sync"]);
        let requests = 3 + usize::try_from(round).unwrap() * 3;
        while service.tenant.requests().len() < requests {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // SIGKILL.
        syncing.start_kill().unwrap();
        syncing.wait().await.unwrap();
        service.tenant.clear_faults();
        let before = 200 + 5 * round;
        assert_eq!(window.ask("users").await, before.to_string(), "round {round}: as it was");
        assert_eq!(window.ask("state").await, "interrupted", "round {round}");
        assert_eq!(window.ask("sync").await, "succeeded", "round {round}");
        assert_eq!(window.ask("users").await, (before + 5).to_string(), "round {round}");
    }
    service.tenant.clear_requests();
    service.tenant.add_fault(slow());
    window.say("sync").await;
    while service.tenant.requests().len() < 5 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    window.child.start_kill().unwrap();
    window.child.wait().await.unwrap();
    service.tenant.clear_faults();
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), 230);
    assert_eq!(ctl.run(&["accounts", "--json"]).await.rows()[0]["state"], "interrupted");
    ctl.run(&["sync"]).await.well();
    let truth = service.people().await.len();
    assert_eq!(ctl.run(&["users", "--json"]).await.rows().len(), truth);
}
