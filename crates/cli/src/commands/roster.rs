//! Organisations kept by hand: made, shown, pasted. Ticking is a write of its own (`write/tick`).

use std::io::Read;
use std::path::Path;

use rollcall_core::api::{
    AccountRequest, AccountView, CreateRosterRequest, Language, RosterImportCounts, RosterImportRowsRequest,
    RosterImportView, RosterOwnerDraft, RosterRowReason, RosterRowState, RosterRowView, RosterView,
    TakeRosterImportRequest,
};
use rollcall_core::model::{BillingPeriod, RosterPreset, RosterTerms, RunState};
use rollcall_core::query::MAX_ROWS;

use super::write;
use crate::cli::{Global, Names, NewRoster, Preset, RosterAction, RosterImportArguments};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Bytes that a file has at most.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Does what was asked.
pub async fn run(global: &Global, action: RosterAction) -> Result<Exit, Failure> {
    match action {
        RosterAction::Create(new) => create(global, *new).await,
        RosterAction::Show { account } => {
            let data = Data::open(global).await?;
            let account = chosen(&data, &account).await?;
            show(global, &data, &account).await
        }
        RosterAction::Import(arguments) => import(global, arguments).await,
        RosterAction::Tick(arguments) => write::tick(global, arguments).await,
    }
}

/// The one account of this name.
pub async fn chosen(data: &Data, name: &str) -> Result<AccountView, Failure> {
    let accounts = select::chosen(data.accounts().await?, &[name.to_owned()])?;
    accounts.into_iter().next().ok_or_else(|| Failure::usage("which account?"))
}

async fn create(global: &Global, new: NewRoster) -> Result<Exit, Failure> {
    let data = Data::open_or_begin(global).await?;
    let owner = new.owner_name.zip(new.owner_email);
    let request = CreateRosterRequest {
        name: new.name,
        preset: match new.preset {
            Preset::Isocarto => RosterPreset::Isocarto,
            Preset::Empty => RosterPreset::Empty,
        },
        organization: new.organization,
        language: match new.language {
            Names::En => Language::En,
            Names::Fr => Language::Fr,
            Names::Nl => Language::Nl,
        },
        terms: RosterTerms {
            page: new.page,
            plan: new.plan,
            plan_price: new.plan_price,
            billing_period: if new.yearly { BillingPeriod::Year } else { BillingPeriod::Month },
            member_price: new.member_price,
            price_as_of: new.price_as_of,
            currency: new.currency,
            member_limit: new.member_limit,
        },
        owner: owner.map(|(name, email)| RosterOwnerDraft { name, email }),
        owner_is_me: new.me,
    };
    let account = data.hub.create_roster(request).await?;
    let mut sink = output::printed(global, sheets::ACCOUNTS)?;
    sink.row(sheets::account(account))?;
    sink.finish()?;
    output::remark("Kept. Read its members: rollcallctl roster import --help");
    Ok(Exit::Done)
}

async fn show(global: &Global, data: &Data, account: &AccountView) -> Result<Exit, Failure> {
    let view = data.hub.get_roster(AccountRequest { account_id: account.id }).await?;
    let mut sink = output::printed(global, sheets::HUB)?;
    for (name, cell) in figures(&view) {
        sink.row(vec![account.name.as_str().into(), name.into(), cell])?;
    }
    sink.finish()?;
    for action in view.actions.iter().filter(|action| action.refused.is_some()) {
        output::remark(&format!("Your role does not allow: {:?}.", action.action));
    }
    Ok(Exit::Done)
}

fn figures(view: &RosterView) -> Vec<(String, Cell)> {
    let text = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
    let number = |number: u32| Cell::Number(i64::from(number));
    let mut figures = vec![
        ("organization".to_owned(), view.organization.display_name.as_str().into()),
        ("page".to_owned(), text(view.terms.page.as_deref())),
        ("plan".to_owned(), text(view.terms.plan.as_deref())),
        ("me".to_owned(), text(view.me.as_ref().map(|me| me.display_name.as_str()))),
        ("myRole".to_owned(), text(view.my_role.as_ref().map(|role| role.display_name.as_str()))),
        ("members".to_owned(), number(view.counts.members)),
        ("administrators".to_owned(), number(view.counts.administrators)),
        ("addedLately".to_owned(), number(view.counts.added_lately)),
        ("invitations.pending".to_owned(), number(view.counts.pending)),
        ("invitations.expired".to_owned(), number(view.counts.expired)),
        ("tokens".to_owned(), number(view.counts.tokens)),
    ];
    for role in &view.roles {
        figures.push((format!("role.{}", role.name), number(role.members)));
    }
    if let Some(cost) = &view.cost {
        let amount = |cents: Option<i64>| match cents {
            Some(cents) => format!("{} {}", write::money(cents), cost.currency).as_str().into(),
            None => Cell::Empty,
        };
        for (name, amounts) in
            [("now", &cost.now), ("afterChanges", &cost.after), ("withInvited", &cost.with_invited)]
        {
            figures.push((format!("cost.{name}.perMonth"), amount(amounts.per_month)));
            figures.push((format!("cost.{name}.perYear"), amount(amounts.per_year)));
        }
        figures.push(("cost.asOf".to_owned(), text(cost.as_of.as_deref())));
    }
    figures.push(("toDo".to_owned(), number(view.waiting)));
    if let Some(oldest) = view.checklist.first() {
        figures.push(("toDo.oldestDays".to_owned(), number(oldest.days)));
    }
    figures
}

async fn import(global: &Global, arguments: RosterImportArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let account = chosen(&data, &arguments.account).await?;
    let mut view: Option<RosterImportView> = None;
    for file in arguments.files.clone() {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = tokio::task::spawn_blocking(move || read(&file))
            .await
            .map_err(|error| Failure::failed(format!("reading the file stopped: {error}")))??;
        let id = view.as_ref().map(|view| view.import_id);
        let read = data.hub.import_roster_bytes(account.id, id, name.clone(), bytes).await?;
        if let Some(problem) = read.sources.iter().filter_map(|source| source.problem.as_ref()).next_back() {
            return Err(write::import_problem(&name, &account.name, problem));
        }
        view = Some(read);
    }
    let Some(view) = view else { return Err(Failure::usage("which file?")) };
    tell("members", &view.members, arguments.all);
    tell("invitations", &view.invitations, arguments.all_invitations);
    warn_of_two_owners(&view, &arguments);
    if arguments.preview {
        print_rows(global, &data, &view, None).await?;
        return Ok(Exit::Done);
    }
    let wrong = view.members.malformed + view.invitations.malformed;
    if wrong > 0 && !arguments.skip_wrong {
        for row in rows(&data, &view, Some(RosterRowState::Malformed)).await?.iter().take(20) {
            let line = row.line.unwrap_or_default();
            output::notice(&format!("line {line}: {}", reasons(row)));
        }
        return Err(Failure::usage(format!("{wrong} rows cannot be used; nothing was taken"))
            .advise("Correct them, or leave them out with --skip-wrong."));
    }
    if !write::question(&format!("Take it into {}?", account.name), arguments.yes)? {
        return Err(Failure::new(Exit::NotConfirmed, "nothing was taken: it was not confirmed")
            .advise("Look with --preview, and agree with --yes."));
    }
    let request = TakeRosterImportRequest {
        import_id: view.import_id,
        all_members: arguments.all,
        all_invitations: arguments.all_invitations,
        former_owner_role: arguments.former_owner,
    };
    let run_id = data.hub.take_roster_import(request).await?.run_id;
    data.hub.run_ended(account.id).await;
    let run = data.hub.get_run(rollcall_core::api::RunRequest { run_id }).await?.run;
    match (run.state, run.error) {
        (RunState::Succeeded, _) => {
            output::notice(&format!(
                "{}: {} joined, {} changed, {} gone.",
                account.name, run.counts.users_added, run.counts.users_changed, run.counts.users_removed
            ));
            Ok(Exit::Done)
        }
        (RunState::AwaitingReview, _) => Err(Failure::new(
            Exit::AwaitsReview,
            format!("{}: it would remove many members; nothing was taken yet", account.name),
        )
        .advise(format!("Look at it: rollcallctl review {run_id}"))),
        (_, Some(error)) => Err(Failure::failed(error.message)),
        (_, None) => Err(Failure::failed("it was not taken")),
    }
}

/// There is one owner: who was it before is something else now, which the rows do not say.
fn warn_of_two_owners(view: &RosterImportView, arguments: &RosterImportArguments) {
    let Some(passing) = &view.passing else { return };
    if arguments.former_owner.is_none() && !(arguments.all && passing.in_no_row) {
        output::notice(&format!(
            "{} becomes the owner, and {} stays one too: no row says what they are since. Say it with --former-owner.",
            passing.owner, passing.former.display_name
        ));
    }
}

fn tell(what: &str, counts: &RosterImportCounts, all: bool) {
    if counts.rows == 0 && !all {
        return;
    }
    let stated = counts.stated.map(|stated| format!(", of {stated} in all")).unwrap_or_default();
    let gone = match (counts.gone, all) {
        (0, _) => String::new(),
        (gone, true) => format!(", {gone} gone"),
        (gone, false) => format!(" ({gone} in no row stay)"),
    };
    output::notice(&format!(
        "{} {what}{stated}: {} new, {} changed, {} as they are, {} twice, {} wrong{gone}.",
        counts.rows, counts.joined, counts.changed, counts.same, counts.duplicate, counts.malformed
    ));
}

async fn rows(
    data: &Data,
    view: &RosterImportView,
    state: Option<RosterRowState>,
) -> Result<Vec<RosterRowView>, Failure> {
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let request =
            RosterImportRowsRequest { import_id: view.import_id, list: None, state, offset, limit: MAX_ROWS };
        let page = data.hub.query_roster_rows(request).await?;
        if page.rows.is_empty() {
            return Ok(all);
        }
        all.extend(page.rows);
    }
}

async fn print_rows(
    global: &Global,
    data: &Data,
    view: &RosterImportView,
    state: Option<RosterRowState>,
) -> Result<(), Failure> {
    let mut sink = output::printed(global, sheets::ROSTER_ROWS)?;
    for row in rows(data, view, state).await? {
        let date = row.date.map_or(Cell::Empty, Cell::Time);
        let optional = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
        sink.row(vec![
            row.line.map_or(Cell::Empty, |line| Cell::Number(i64::from(line))),
            format!("{:?}", row.list).to_lowercase().as_str().into(),
            format!("{:?}", row.state).to_lowercase().as_str().into(),
            row.email.as_str().into(),
            optional(row.name.as_deref()),
            optional(row.role.as_deref()),
            date,
            reasons(&row).as_str().into(),
        ])?;
    }
    sink.finish()?;
    Ok(())
}

/// What is wrong with a row.
fn reasons(row: &RosterRowView) -> String {
    let text = |reason: &RosterRowReason| match reason {
        RosterRowReason::NoEmail => "there is no e-mail address".to_owned(),
        RosterRowReason::InvalidEmail => "this is no e-mail address".to_owned(),
        RosterRowReason::UnknownRole { name } => format!("there is no role \"{name}\""),
        RosterRowReason::InvalidDate { text } => format!("\"{text}\" is no date"),
        RosterRowReason::Formula => "a spreadsheet took a value for a formula".to_owned(),
        RosterRowReason::TooLong => "a value is too long".to_owned(),
        RosterRowReason::SecondOwner => "another row has an owner already".to_owned(),
    };
    row.reasons.iter().map(text).collect::<Vec<_>>().join("; ")
}

/// What is in a file, or on the standard input.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::usage(format!("{} cannot be read: {error}", file.display())))?;
    Ok(bytes)
}
