//! Synchronising accounts side by side, and saying how each ended.

use std::collections::BTreeMap;

use rollcall_core::api::{AccountRequest, AccountView, CommandError, HubEvent, RunRequest, RunView};
use rollcall_core::model::{AccountId, ProviderKind, RunState};

use crate::cli::{Global, SyncArguments};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::progress::Bars;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// How the sync of one account ended.
enum Ended {
    /// A run, and in full why it failed.
    Run(Box<RunView>, Option<CommandError>),
    /// There was no run.
    NotBegun(CommandError),
}

/// Runs and what is read behind them.
struct Work {
    data: Data,
    bars: Bars,
    in_depth: bool,
    running: BTreeMap<AccountId, i64>,
    /// The lists are read; what is behind them is being read.
    deep: BTreeMap<AccountId, i64>,
    ended: BTreeMap<AccountId, Ended>,
    interrupted: bool,
}

/// Synchronises what was asked for.
pub async fn run(global: &Global, arguments: SyncArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = wanted(data.accounts().await?, &arguments)?;
    let mut work = Work {
        data,
        bars: Bars::new(),
        in_depth: arguments.in_depth,
        running: BTreeMap::new(),
        deep: BTreeMap::new(),
        ended: BTreeMap::new(),
        interrupted: false,
    };
    for account in &accounts {
        work.begin(account).await;
    }
    work.wait().await?;
    report(global, &accounts, &work)
}

fn wanted(accounts: Vec<AccountView>, arguments: &SyncArguments) -> Result<Vec<AccountView>, Failure> {
    if !arguments.accounts.is_empty() {
        return select::chosen(accounts, &arguments.accounts);
    }
    let mut usual: Vec<_> = accounts
        .into_iter()
        .filter(|account| account.signed_in && !account.sample && has_service(account))
        .collect();
    match (arguments.all, usual.len()) {
        (_, 0) => Err(Failure::new(Exit::NoSuchAccount, "no account is signed in")
            .advise("Connect one: `rollcallctl connect --help`, or in the window.")),
        (true, _) | (false, 1) => Ok(std::mem::take(&mut usual)),
        (false, _) => Err(Failure::usage("which account?").advise("Name accounts, or say --all.")),
    }
}

/// An organisation kept by hand has none to read.
fn has_service(account: &AccountView) -> bool {
    account.provider != ProviderKind::Roster
}

impl Work {
    async fn begin(&mut self, account: &AccountView) {
        match self.data.hub.start_sync(AccountRequest { account_id: account.id }).await {
            Ok(started) => {
                self.bars.begin(account);
                self.running.insert(account.id, started.run_id);
            }
            Err(error) => {
                self.ended.insert(account.id, Ended::NotBegun(error));
            }
        }
    }

    /// Until everything has ended, or Ctrl+C.
    async fn wait(&mut self) -> Result<(), Failure> {
        while !self.running.is_empty() || !self.deep.is_empty() {
            tokio::select! {
                biased;
                _ = tokio::signal::ctrl_c(), if !self.interrupted => self.stop().await?,
                event = self.data.events.recv() => match event {
                    Some(event) => self.take(event).await?,
                    None => return Err(Failure::failed("BUG: the core has gone")),
                },
            }
        }
        Ok(())
    }

    async fn stop(&mut self) -> Result<(), Failure> {
        self.interrupted = true;
        let ids: Vec<AccountId> = self.running.keys().chain(self.deep.keys()).copied().collect();
        for account_id in ids {
            self.data.hub.cancel_sync(AccountRequest { account_id }).await?;
        }
        Ok(())
    }

    async fn take(&mut self, event: HubEvent) -> Result<(), Failure> {
        match event {
            HubEvent::SyncState { account_id, sync } => {
                if let Some(progress) = &sync.progress {
                    self.bars.show(account_id, progress);
                }
                let run = self.running.get(&account_id).copied();
                if sync.state != Some(RunState::Running)
                    && let Some(run) = run.filter(|run| sync.run_id == Some(*run))
                {
                    self.running.remove(&account_id);
                    self.run_ended(account_id, run, sync.error).await?;
                }
            }
            HubEvent::DetailsProgress { account_id, details: Some(progress) } => {
                self.bars.show_details(account_id, progress);
            }
            HubEvent::DetailsProgress { account_id, details: None } => {
                if self.deep.remove(&account_id).is_some() {
                    self.bars.end(account_id);
                }
            }
            HubEvent::MirrorChanged { .. }
            | HubEvent::ExportProgress { .. }
            | HubEvent::ChangesChanged { .. }
            | HubEvent::ChangesProgress { .. }
            | HubEvent::AccountsChanged => {}
        }
        Ok(())
    }

    async fn run_ended(
        &mut self,
        id: AccountId,
        run_id: i64,
        error: Option<CommandError>,
    ) -> Result<(), Failure> {
        let run = self.data.hub.get_run(RunRequest { run_id }).await?.run;
        self.ended.insert(id, Ended::Run(Box::new(run), error));
        // Said before the next event is read: that reading has ended comes after this.
        let accounts = self.data.accounts().await?;
        let reads_on = accounts.iter().any(|account| account.id == id && account.details.is_some());
        if self.in_depth && reads_on && !self.interrupted {
            self.deep.insert(id, run_id);
        } else {
            self.bars.end(id);
        }
        Ok(())
    }
}

/// Prints a row an account; returns the code of the first that did not go well.
fn report(global: &Global, accounts: &[AccountView], work: &Work) -> Result<Exit, Failure> {
    let mut sink = output::printed(global, sheets::SYNC)?;
    let mut exits = Vec::new();
    let mut failures = Vec::new();
    for account in accounts {
        let Some(ended) = work.ended.get(&account.id) else { continue };
        let (cells, exit) = match ended {
            Ended::Run(run, error) => (row(&account.name, run, error.as_ref()), exit_of(run, error.as_ref())),
            Ended::NotBegun(error) => (not_begun(&account.name, error), Exit::from(error.code)),
        };
        sink.row(cells)?;
        exits.push(exit);
        failures.extend(failure_of(&account.name, ended));
    }
    sink.finish()?;
    failures.iter().for_each(Failure::tell);
    if work.interrupted {
        return Ok(Exit::Interrupted);
    }
    Ok(exits.into_iter().find(|exit| *exit != Exit::Done).unwrap_or(Exit::Done))
}

fn exit_of(run: &RunView, error: Option<&CommandError>) -> Exit {
    match run.state {
        RunState::Succeeded => Exit::Done,
        RunState::AwaitingReview => Exit::AwaitsReview,
        RunState::Cancelled => Exit::Interrupted,
        RunState::Running | RunState::Failed | RunState::Interrupted | RunState::Discarded => {
            error.map_or(Exit::Failed, |error| error.code.into())
        }
    }
}

fn failure_of(account: &str, ended: &Ended) -> Option<Failure> {
    match ended {
        Ended::NotBegun(error) | Ended::Run(_, Some(error)) => Some(error.clone().into()),
        Ended::Run(run, None) if run.state == RunState::AwaitingReview => {
            let (removed, id) = (run.counts.users_removed, run.id);
            let message = format!("{account}: {removed} users would be removed; nothing was changed yet");
            Some(
                Failure::new(Exit::AwaitsReview, message)
                    .advise(format!("Look at them and decide: `rollcallctl review {id}`, or in the window.")),
            )
        }
        Ended::Run(..) => None,
    }
}

/// A run as cells.
pub fn row(account: &str, run: &RunView, error: Option<&CommandError>) -> Vec<Cell> {
    let complete = run.state == RunState::Succeeded && run.proofs.iter().all(|proof| proof.complete);
    let counts = run.counts;
    vec![
        account.into(),
        Cell::Number(run.id),
        run.state.as_str().into(),
        Cell::Flag(complete),
        Cell::count(counts.users),
        Cell::count(counts.users_added),
        Cell::count(counts.users_changed),
        Cell::count(counts.users_removed),
        Cell::count(counts.groups),
        Cell::Time(run.started_at),
        Cell::time(run.finished_at),
        Cell::count(run.issues),
        error.map_or(Cell::Empty, |error| sheets::word(&error.code)),
    ]
}

fn not_begun(account: &str, error: &CommandError) -> Vec<Cell> {
    let cell = |key| match key {
        "account" => account.into(),
        "state" => "notBegun".into(),
        "error" => sheets::word(&error.code),
        _ => Cell::Empty,
    };
    sheets::SYNC.iter().map(|column| cell(column.key)).collect()
}
