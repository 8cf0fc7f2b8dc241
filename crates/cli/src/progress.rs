//! Progress bars on the standard error stream, one an account; on anything but a terminal there are none.

use std::collections::BTreeMap;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use rollcall_core::api::{AccountView, ApplyProgressView, DetailsProgressView, ProgressView};
use rollcall_core::model::{AccountId, Phase};

use crate::sheet::one_line;

/// The bars of some accounts.
pub struct Bars {
    all: MultiProgress,
    bars: BTreeMap<AccountId, ProgressBar>,
}

impl Bars {
    pub fn new() -> Self {
        Self { all: MultiProgress::new(), bars: BTreeMap::new() }
    }

    pub fn begin(&mut self, account: &AccountView) {
        let bar = self.all.add(ProgressBar::new_spinner());
        if let Ok(style) = ProgressStyle::with_template("{prefix}  {msg}  {human_pos} {bar:20}") {
            bar.set_style(style);
        }
        bar.set_prefix(one_line(&account.name));
        self.bars.insert(account.id, bar);
    }

    pub fn show(&self, account: AccountId, progress: &ProgressView) {
        let Some(bar) = self.bars.get(&account) else { return };
        bar.set_message(phase(progress.phase));
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
    }

    pub fn show_details(&self, account: AccountId, progress: DetailsProgressView) {
        let Some(bar) = self.bars.get(&account) else { return };
        bar.set_message("reading user by user");
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    }

    pub fn show_changes(&self, account: AccountId, progress: ApplyProgressView) {
        let Some(bar) = self.bars.get(&account) else { return };
        bar.set_message("sending changes");
        bar.set_length(progress.total.into());
        bar.set_position(progress.done.into());
    }

    pub fn end(&mut self, account: AccountId) {
        if let Some(bar) = self.bars.remove(&account) {
            bar.finish_and_clear();
        }
    }
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "connecting",
        Phase::ReadingUsers => "reading users",
        Phase::ReadingGroups => "reading groups",
        Phase::ReadingRoles => "reading roles",
        Phase::ReadingMemberships => "reading memberships",
        Phase::ReadingOthers => "reading the rest",
        Phase::ReadingRights => "reading who may do what",
        Phase::Proving => "proving it complete",
        Phase::Planning => "comparing",
        Phase::Applying => "taking it over",
    }
}
