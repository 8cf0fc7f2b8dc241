//! A file of users: what becomes of each row, then changes of the ready ones.

use std::io::Read;
use std::path::Path;

use rollcall_core::api::{
    AccountView, ImportEncoding, ImportIssueView, ImportProblem, ImportReason, ImportRequest, ImportRowState,
    ImportRowView, ImportRowsRequest, ImportTarget, ImportView, UpdateImportRequest,
};
use rollcall_core::changes::import::{LARGEST, target};
use rollcall_core::hub::ImportChoices;
use rollcall_core::model::{ChangeState, PasswordChoice};
use rollcall_core::query::MAX_ROWS;

use super::{confirm, plan, words};
use crate::cli::{Global, ImportArguments, Letters};
use crate::commands::pour::Pour;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Wrong rows that are told on the standard error stream.
const TOLD: u32 = 20;

/// Reads the file, and proposes what it was asked to.
pub async fn run(global: &Global, arguments: ImportArguments) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, std::slice::from_ref(&arguments.account))?;
    let account = accounts.into_iter().next().ok_or_else(|| Failure::usage("into which account?"))?;
    let file = arguments.file.clone();
    let bytes = tokio::task::spawn_blocking(move || read(&file))
        .await
        .map_err(|error| Failure::failed(format!("reading the file stopped: {error}")))??;
    let view = open(&data, &account, &arguments, bytes).await?;
    if let Some(problem) = &view.problem {
        return Err(problem_of(&view, problem));
    }
    tell(&view);
    if arguments.preview {
        return print_rows(global, &data, &view).await;
    }
    let wrong = view.counts.malformed + view.counts.not_possible;
    tell_wrong(&data, &view).await?;
    if wrong > 0 && !arguments.skip_wrong {
        return Err(Failure::usage(format!(
            "{}: {} cannot be used; nothing was kept",
            view.file_name,
            words::count(wrong, "row")
        ))
        .advise("Correct them, or leave them out with --skip-wrong."));
    }
    if view.counts.ready == 0 {
        output::notice("No row is a new user: nothing was kept.");
        return Ok(Exit::Done);
    }
    keep(global, &mut data, &account, &view, &arguments).await
}

async fn keep(
    global: &Global,
    data: &mut Data,
    account: &AccountView,
    view: &ImportView,
    arguments: &ImportArguments,
) -> Result<Exit, Failure> {
    let what = format!("Keep {} for {}?", words::count(view.changes, "change"), account.name);
    if !confirm::question(&what, arguments.write.agree.yes)? {
        return Err(Failure::new(Exit::NotConfirmed, "nothing was kept: it was not confirmed")
            .advise("Look with --preview, and agree with --yes."));
    }
    let before = pending(data, account).await?;
    let proposed = data.hub.propose_import(ImportRequest { import_id: view.import_id }).await?;
    let users = words::count(proposed.users, "new user");
    output::notice(&format!(
        "{}: {users} as {} that wait.",
        account.name,
        words::count(proposed.changes, "change")
    ));
    if !arguments.write.apply {
        output::remark(
            "Nothing was sent yet: `rollcallctl plan` shows what waits, `rollcallctl apply` sends it.",
        );
        return Ok(Exit::Done);
    }
    let mut changes = pending(data, account).await?;
    changes.retain(|change| before.binary_search(change).is_err());
    let apply = crate::cli::ApplyArguments {
        changes,
        accounts: vec![account.name.clone()],
        agree: arguments.write.agree.clone(),
    };
    super::apply::send(global, data, &apply).await
}

/// Numbers of the changes that wait, in their order.
async fn pending(data: &Data, account: &AccountView) -> Result<Vec<i64>, Failure> {
    let plans = plan::waiting(data, std::slice::from_ref(account)).await?;
    let pending = plan::lines(&plans).filter(|line| line.state == ChangeState::Pending);
    let mut changes: Vec<i64> = pending.filter_map(|line| line.change_id).collect();
    changes.sort_unstable();
    Ok(changes)
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::usage(format!("{} cannot be read: {error}", file.display())))?;
    Ok(bytes)
}

async fn open(
    data: &Data,
    account: &AccountView,
    arguments: &ImportArguments,
    bytes: Vec<u8>,
) -> Result<ImportView, Failure> {
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let choices = ImportChoices {
        encoding: arguments.encoding.map(encoding),
        separator: None,
        password: if arguments.generate_passwords { PasswordChoice::Generated } else { PasswordChoice::None },
    };
    let view = data.hub.import_bytes(account.id, name.unwrap_or_default(), bytes, choices).await?;
    if arguments.columns.is_empty() || view.columns.is_empty() {
        return Ok(view);
    }
    let mut columns: Vec<ImportTarget> = view.columns.iter().map(|column| column.target.clone()).collect();
    for said in &arguments.columns {
        let (heading, field) =
            said.rsplit_once('=').ok_or_else(|| Failure::usage(format!("\"{said}\" is no HEADING=FIELD")))?;
        let place = view.columns.iter().position(|column| column.heading.trim() == heading.trim());
        let place = place.ok_or_else(|| {
            let headings: Vec<&str> = view.columns.iter().map(|column| column.heading.as_str()).collect();
            Failure::usage(format!("{} has no column \"{heading}\"", view.file_name))
                .advise(format!("There are: {}.", headings.join(", ")))
        })?;
        let field = field.trim();
        let known = account.capabilities.as_ref().map_or(ImportTarget::Nothing, |own| target(own, field));
        if known == ImportTarget::Nothing && !field.is_empty() {
            return Err(Failure::usage(format!("{}: there is no value \"{field}\" of users", account.name)));
        }
        let wanted = if field.is_empty() { ImportTarget::Nothing } else { known };
        // Said for one column, it is no other one's.
        for column in columns.iter_mut().filter(|column| **column == wanted) {
            *column = ImportTarget::Nothing;
        }
        if let Some(column) = columns.get_mut(place) {
            *column = wanted;
        }
    }
    let request = UpdateImportRequest {
        import_id: view.import_id,
        encoding: None,
        separator: None,
        columns: Some(columns),
        password: None,
    };
    Ok(data.hub.update_import(request).await?)
}

const fn encoding(letters: Letters) -> ImportEncoding {
    match letters {
        Letters::Utf8 => ImportEncoding::Utf8,
        Letters::Utf16Le => ImportEncoding::Utf16Le,
        Letters::Utf16Be => ImportEncoding::Utf16Be,
        Letters::Windows1252 => ImportEncoding::Windows1252,
    }
}

fn problem_of(view: &ImportView, problem: &ImportProblem) -> Failure {
    if let ImportProblem::NoColumns = problem {
        let headings: Vec<&str> = view.columns.iter().map(|column| column.heading.as_str()).collect();
        return Failure::usage(format!(
            "{}: no heading is a value of users: {}",
            view.file_name,
            headings.join(", ")
        ))
        .advise("Say what a column is: --column 'Mail=email'.");
    }
    self::problem(&view.file_name, &view.account_name, problem)
}

/// What is wrong with a file as a whole.
pub fn problem(file: &str, account: &str, problem: &ImportProblem) -> Failure {
    match problem {
        ImportProblem::CannotCreate => {
            Failure::usage(format!("{account}: users cannot be created there, or it is not synchronised yet"))
        }
        ImportProblem::TooLarge { limit } => {
            Failure::usage(format!("{file} has more than {limit} megabytes"))
                .advise("Cut it into several files.")
        }
        ImportProblem::NotOpened { words } => Failure::usage(format!("{file} cannot be read: {words}")),
        ImportProblem::Spreadsheet => {
            Failure::usage(format!("{file} is a spreadsheet")).advise("Save it as CSV (UTF-8) first.")
        }
        ImportProblem::NotText { line } => Failure::usage(format!("{file}, line {line}: this is no text"))
            .advise("Save it as CSV (UTF-8) first."),
        ImportProblem::NotUtf8 { line, sample } => Failure::usage(format!(
            "{file}, line {line}: this is no UTF-8"
        ))
        .advise(format!(
            "As Windows-1252 the line would be: {sample} -- when that is right, say --encoding windows-1252."
        )),
        ImportProblem::NotUtf16 { line } => {
            Failure::usage(format!("{file}, line {line}: this is no UTF-16, although the file says so"))
        }
        ImportProblem::Empty => Failure::usage(format!("{file} is empty")),
        ImportProblem::NoRows => Failure::usage(format!("{file} has no rows below its headings")),
        ImportProblem::NoColumns => Failure::usage(format!("{file}: no column has e-mail addresses")),
        ImportProblem::OpenQuote { line } => {
            Failure::usage(format!("{file}, line {line}: a quotation mark is opened and never closed"))
        }
    }
}

fn tell(view: &ImportView) {
    let counts = view.counts;
    output::notice(&format!(
        "{} for {}: {}",
        view.file_name,
        view.account_name,
        words::count(counts.rows, "row")
    ));
    for column in &view.columns {
        let target = match &column.target {
            ImportTarget::Field { path } => path.as_str(),
            ImportTarget::Roles => "roles",
            ImportTarget::Active => "active or suspended",
            ImportTarget::Nothing => "left out",
        };
        output::notice(&format!("  column {}: {target}", column.heading));
    }
    let said = [
        (counts.ready, "ready"),
        (counts.malformed, "malformed"),
        (counts.not_possible, "not possible"),
        (counts.duplicate, "the same as an earlier row"),
        (counts.already_there, "there already"),
        (counts.waiting, "waiting already"),
    ];
    let said: Vec<String> = said
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    output::notice(&format!("  {}", said.join(", ")));
}

async fn tell_wrong(data: &Data, view: &ImportView) -> Result<(), Failure> {
    for state in [ImportRowState::Malformed, ImportRowState::NotPossible] {
        let request =
            ImportRowsRequest { import_id: view.import_id, state: Some(state), offset: 0, limit: TOLD };
        let page = data.hub.query_import_rows(request).await?;
        for row in &page.rows {
            for issue in &row.issues {
                output::notice(&format!(
                    "  line {}, {}: {}",
                    row.line,
                    column_of(view, issue),
                    issue_text(issue)
                ));
            }
        }
        let rest = page.total.saturating_sub(TOLD);
        if rest > 0 {
            output::notice(&format!("  and {rest} more; --preview lists all"));
        }
    }
    Ok(())
}

/// Prints what becomes of each row. Wrong rows are in the exit code, as without --preview.
async fn print_rows(global: &Global, data: &Data, view: &ImportView) -> Result<Exit, Failure> {
    let pour = Pour::new(output::printed(global, sheets::IMPORT)?, None);
    for offset in (0..view.counts.rows).step_by(MAX_ROWS as usize) {
        let request = ImportRowsRequest { import_id: view.import_id, state: None, offset, limit: MAX_ROWS };
        for row in data.hub.query_import_rows(request).await?.rows {
            if !pour.row(cells(view, row)) {
                break;
            }
        }
    }
    pour.finish()?;
    let wrong = view.counts.malformed + view.counts.not_possible;
    Ok(if wrong > 0 { Exit::Usage } else { Exit::Done })
}

fn cells(view: &ImportView, row: ImportRowView) -> Vec<Cell> {
    let problems: Vec<String> = row.issues.iter().map(issue_text).collect();
    let columns: Vec<String> = row.issues.iter().map(|issue| column_of(view, issue)).collect();
    let (user_id, user) = row.user.map_or((None, None), |user| (user.remote_id, Some(user.name)));
    vec![
        Cell::Number(row.line.into()),
        sheets::word(&row.state),
        row.name.into(),
        problems.join("; ").into(),
        columns.join("; ").into(),
        row.same_as_line.map_or(Cell::Empty, |line| Cell::Number(line.into())),
        user_id.into(),
        user.into(),
        row.change_id.map_or(Cell::Empty, Cell::Number),
    ]
}

fn column_of(view: &ImportView, issue: &ImportIssueView) -> String {
    let column = issue
        .column
        .and_then(|column| view.columns.get(column as usize))
        .map(|column| column.heading.clone());
    column.or_else(|| issue.path.clone()).unwrap_or_else(|| "behind the last heading".to_owned())
}

fn issue_text(issue: &ImportIssueView) -> String {
    match &issue.reason {
        ImportReason::Field { reason, limit } => words::reason_text(*reason, *limit),
        ImportReason::Formula => {
            "a spreadsheet takes this for a formula; an apostrophe in front says that it is text".to_owned()
        }
        ImportReason::SeveralLines => {
            "this has several lines; perhaps a quotation mark was never closed".to_owned()
        }
        ImportReason::TooManyCells => "the row has more cells than there are headings".to_owned(),
        ImportReason::UnknownRole { name } => format!("there is no role \"{name}\" that users hold"),
        ImportReason::AmbiguousRole { name } => format!("several roles are called \"{name}\": say the id"),
    }
}
