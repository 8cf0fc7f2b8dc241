//! What is different between two moments, and the users as they were at one: page after page, as the window shows them.

use std::collections::BTreeSet;

use rollcall_core::api::{
    AccountView, CompareRequest, PastAccountView, PastMoment, PastUserQueryRequest, PastUserRow, RunRequest,
    UserColumn, UserSort,
};
use rollcall_core::clock;
use rollcall_core::model::AccountId;
use rollcall_core::query::MAX_ROWS;

use super::pour::Pour;
use super::users::column;
use crate::cli::{Status, UsersArguments};
use crate::data::Data;
use crate::exit::Failure;
use crate::output;
use crate::sheet::Cell;
use crate::sheets;
use crate::when::When;

/// Two moments; `None` is the last sync.
#[derive(Clone, Copy)]
pub struct Between {
    since: PastMoment,
    until: Option<PastMoment>,
}

impl Between {
    pub fn new(since: When, until: Option<When>) -> Self {
        Self { since: moment(since), until: until.map(moment) }
    }
}

/// Which of the users as they were.
pub struct PastFilter {
    moment: PastMoment,
    words: String,
    sort: UserSort,
    status: Option<Status>,
    without_group: bool,
}

impl PastFilter {
    pub fn new(arguments: &UsersArguments) -> Result<Self, Failure> {
        let UsersArguments { action: _, filter, which: _, status, without_group, sort, descending, as_of } =
            arguments;
        let as_of = as_of.ok_or_else(|| Failure::usage("as of when? For example --as-of 7d"))?;
        let sort = UserSort { column: column(*sort), descending: *descending };
        Ok(Self {
            status: *status,
            without_group: *without_group,
            sort,
            ..Self::of_words(as_of, filter.join(" "))?
        })
    }

    /// Those who had all `words`, by name.
    pub fn of_words(when: When, words: String) -> Result<Self, Failure> {
        if words.contains([':', '"', '(', '*']) {
            return Err(Failure::usage("of the list as it was only words can be asked for")
                .advise("Leave out fields, quotation marks and patterns: rollcallctl users zoe --as-of 7d"));
        }
        let sort = UserSort { column: UserColumn::DisplayName, descending: false };
        Ok(Self { moment: moment(when), words, sort, status: None, without_group: false })
    }

    fn keeps(&self, row: &PastUserRow) -> bool {
        let status = match self.status {
            None => true,
            Some(Status::Active) => row.row.active == Some(true),
            Some(Status::Suspended) => row.row.active == Some(false),
        };
        status && (!self.without_group || row.row.groups == 0)
    }

    fn page(&self, account_id: AccountId, offset: u32) -> PastUserQueryRequest {
        PastUserQueryRequest {
            account_id: Some(account_id),
            moment: self.moment,
            text: self.words.clone(),
            sort: self.sort,
            offset,
            limit: MAX_ROWS,
        }
    }
}

/// A point in the past as the core takes it.
fn moment(when: When) -> PastMoment {
    match (when, when.at(clock::now())) {
        (_, Some(at)) => PastMoment::At { at },
        (When::Run(run_id), None) => PastMoment::Run { run_id },
        (When::At(_) | When::Ago(_), None) => PastMoment::At { at: 0 },
    }
}

/// A run that is not there is a mistake and no early moment.
async fn check(data: &Data, moment: Option<PastMoment>) -> Result<(), Failure> {
    let Some(PastMoment::Run { run_id }) = moment else { return Ok(()) };
    match data.hub.get_run(RunRequest { run_id }).await {
        Ok(_) => Ok(()),
        Err(_) => Err(Failure::usage(format!("there is no run {run_id}"))),
    }
}

/// Pours the users as they were, account by account.
pub async fn fill_users(
    data: &Data,
    accounts: &[AccountView],
    filter: &PastFilter,
    pour: &Pour,
) -> Result<(), Failure> {
    check(data, Some(filter.moment)).await?;
    for account in accounts {
        let mut revision = None;
        for offset in (0..).step_by(MAX_ROWS as usize) {
            if pour.is_full() {
                return Ok(());
            }
            let page = data.hub.query_past_users(filter.page(account.id, offset)).await?;
            same_state(*revision.get_or_insert(page.revision) == page.revision)?;
            if offset == 0 {
                page.accounts.iter().for_each(|past| say(account, past));
            }
            let kept = page.rows.into_iter().filter(|row| filter.keeps(row));
            for row in kept {
                pour.row(sheets::past_user(&account.name, row));
            }
            if offset.saturating_add(MAX_ROWS) >= page.total {
                break;
            }
        }
    }
    Ok(())
}

/// Pours what is different, account by account.
pub async fn fill_differences(
    data: &Data,
    accounts: &[AccountView],
    between: Between,
    pour: &Pour,
) -> Result<(), Failure> {
    check(data, Some(between.since)).await?;
    check(data, between.until).await?;
    for account in accounts {
        let mut seen = BTreeSet::new();
        for offset in (0..).step_by(MAX_ROWS as usize) {
            if pour.is_full() {
                return Ok(());
            }
            let Between { since, until } = between;
            let request = CompareRequest {
                account_id: Some(account.id),
                since,
                until,
                remote_id: None,
                subject: None,
                action: None,
                text: String::new(),
                offset,
                limit: MAX_ROWS,
            };
            let page = data.hub.compare(request).await?;
            seen.insert((page.total, page.accounts.first().and_then(|past| past.until_synced_at)));
            same_state(seen.len() == 1)?;
            if offset == 0 {
                page.accounts.iter().for_each(|past| say(account, past));
            }
            for row in page.rows {
                pour.row(sheets::difference(&account.name, row));
            }
            if u64::from(offset) + u64::from(MAX_ROWS) >= page.total {
                break;
            }
        }
    }
    Ok(())
}

fn same_state(same: bool) -> Result<(), Failure> {
    if same {
        return Ok(());
    }
    Err(Failure::failed("a sync finished while the list was read: its rows do not belong together")
        .advise("Try again."))
}

/// What an account that was not known yet is taken to have been.
fn say(account: &AccountView, past: &PastAccountView) {
    let name = &account.name;
    match past.known_since {
        None => output::notice(&format!("{name} was never synchronised.")),
        Some(at) if past.before_known => {
            let known = Cell::Time(at).human();
            output::notice(&format!(
                "{name} is known since {known}: what that first sync found stands for then."
            ));
        }
        Some(_) => {}
    }
}
