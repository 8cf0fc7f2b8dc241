//! API users that a service does not list: a person's list of them.

use rollcall_core::api::{
    ApiUserOwnerState, ApiUserRowReason, ApiUserRowState, ApiUserRowView, ApiUserRowsRequest, ApiUsersCounts,
    ApiUsersImportView, ImportedApiUserRequest, TakeApiUsersRequest,
};
use rollcall_core::query::MAX_ROWS;

use super::{roster, write};
use crate::cli::{ApiUsersAction, ApiUsersImportArguments, Global};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::sheet::Cell;
use crate::sheets;

/// Wrong rows that are told one by one.
const TOLD: usize = 20;

/// Does what was asked.
pub async fn run(global: &Global, action: ApiUsersAction) -> Result<Exit, Failure> {
    match action {
        ApiUsersAction::Import(arguments) => import(global, arguments).await,
        ApiUsersAction::Remove { user_name, account } => {
            let data = Data::open(global).await?;
            let account_id = roster::chosen(&data, &account).await?.id;
            let request = ImportedApiUserRequest { account_id, user_name: user_name.clone() };
            if data.hub.remove_imported_api_user(request).await?.found {
                output::notice("It is off the list here. At the service nothing became of it.");
                return Ok(Exit::Done);
            }
            Err(Failure::usage(format!("no imported API user is called {user_name}")))
        }
    }
}

async fn import(global: &Global, arguments: ApiUsersImportArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let account = roster::chosen(&data, &arguments.account).await?;
    let file = arguments.file;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = tokio::task::spawn_blocking(move || roster::read(&file))
        .await
        .map_err(|error| Failure::failed(format!("reading the file stopped: {error}")))??;
    let view = data.hub.import_api_users_bytes(account.id, &name, bytes).await?;
    if let Some(problem) = &view.problem {
        return Err(write::import_problem(&name, &account.name, problem));
    }
    tell(&view.counts, arguments.keep_others);
    if arguments.preview {
        print_rows(global, &data, &view).await?;
        return Ok(Exit::Done);
    }
    let wrong = view.counts.malformed;
    if wrong > 0 && !arguments.skip_wrong {
        for row in rows(&data, &view, Some(ApiUserRowState::Malformed)).await?.iter().take(TOLD) {
            output::notice(&format!("line {}: {}", row.line.unwrap_or_default(), reasons(row)));
        }
        return Err(Failure::usage(format!("{wrong} rows cannot be used; nothing was kept"))
            .advise("Correct them, or leave them out with --skip-wrong."));
    }
    if !write::question(&format!("Keep it as the API users of {}?", account.name), arguments.yes)? {
        return Err(Failure::new(Exit::NotConfirmed, "nothing was kept: it was not confirmed")
            .advise("Look with --preview, and agree with --yes."));
    }
    let request = TakeApiUsersRequest { import_id: view.import_id, keep_others: arguments.keep_others };
    let taken = data.hub.take_api_users(request).await?;
    output::notice(&format!(
        "{}: {} new, {} changed, {} gone; {} in the list now.",
        account.name, taken.added, taken.changed, taken.removed, taken.total
    ));
    Ok(Exit::Done)
}

fn tell(counts: &ApiUsersCounts, keep_others: bool) {
    let gone = match (counts.gone, keep_others) {
        (0, _) => String::new(),
        (gone, false) => format!(", {gone} gone"),
        (gone, true) => format!(" ({gone} in no row stay)"),
    };
    output::notice(&format!(
        "{} API users: {} new, {} changed, {} as they are, {} twice, {} wrong{gone}.",
        counts.rows, counts.new, counts.changed, counts.same, counts.duplicate, counts.malformed
    ));
    if counts.listed > 0 {
        output::notice(&format!("{} are left out: the service itself listed them before.", counts.listed));
    }
    if counts.without_owner > 0 {
        output::notice(&format!(
            "Of {} it is not known whose they are: they keep the words of the list.",
            counts.without_owner
        ));
    }
}

async fn rows(
    data: &Data,
    view: &ApiUsersImportView,
    state: Option<ApiUserRowState>,
) -> Result<Vec<ApiUserRowView>, Failure> {
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let import_id = view.import_id;
        let request = ApiUserRowsRequest { import_id, state, without_owner: false, offset, limit: MAX_ROWS };
        let page = data.hub.query_api_user_rows(request).await?;
        if page.rows.is_empty() {
            return Ok(all);
        }
        all.extend(page.rows);
    }
}

async fn print_rows(global: &Global, data: &Data, view: &ApiUsersImportView) -> Result<(), Failure> {
    let mut sink = output::printed(global, sheets::API_USER_ROWS)?;
    for row in rows(data, view, None).await? {
        let why = reasons(&row);
        sink.row(vec![
            row.line.map_or(Cell::Empty, |line| Cell::Number(i64::from(line))),
            format!("{:?}", row.state).to_lowercase().as_str().into(),
            row.user_name.into(),
            row.owner.into(),
            format!("{:?}", row.owner_state).to_lowercase().as_str().into(),
            row.access_type.into(),
            Cell::time(row.created_at),
            Cell::time(row.last_used_at),
            row.requests.and_then(|count| i64::try_from(count).ok()).map_or(Cell::Empty, Cell::Number),
            row.description.into(),
            why.as_str().into(),
        ])?;
    }
    sink.finish()?;
    Ok(())
}

/// What is wrong with a row, and what is to be known of it.
fn reasons(row: &ApiUserRowView) -> String {
    let text = |reason: &ApiUserRowReason| match reason {
        ApiUserRowReason::NoUserName => "there is no user name".to_owned(),
        ApiUserRowReason::InvalidDate { text, .. } => format!("\"{text}\" is no date"),
        ApiUserRowReason::InvalidNumber { text } => format!("\"{text}\" is no number of requests"),
        ApiUserRowReason::Formula => "a spreadsheet took a value for a formula".to_owned(),
        ApiUserRowReason::TooLong => "a value is too long".to_owned(),
    };
    let mut parts: Vec<String> = row.reasons.iter().map(text).collect();
    if let Some(line) = row.same_as_line {
        parts.push(format!("the user name stands in line {line}"));
    }
    let owner = match row.owner_state {
        ApiUserOwnerState::Ambiguous => Some("several operators are called so"),
        ApiUserOwnerState::Unknown if row.line.is_some() => Some("no operator is called so"),
        ApiUserOwnerState::Missing if row.line.is_some() => Some("it does not say whose it is"),
        ApiUserOwnerState::Known | ApiUserOwnerState::Unknown | ApiUserOwnerState::Missing => None,
    };
    parts.extend(owner.map(str::to_owned));
    parts.join("; ")
}
