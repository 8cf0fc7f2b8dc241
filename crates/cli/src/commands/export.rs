//! A whole list into a file.

use std::path::Path;

use rollcall_sheets::{CsvSink, JsonSink, NewFile, Sink, WriteError, XlsxSink};

use super::lists::{self, List};
use super::past::PastFilter;
use super::pour::Pour;
use super::users::UserFilter;
use crate::cli::{DiffArguments, ExportArguments, ExportList, Format, Global};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Column;
use crate::when::When;

/// How far back the log is exported when not said: 30 days.
const USUAL: When = When::Ago(30 * 24 * 60 * 60 * 1000);

/// Exports a list.
pub async fn run(global: &Global, arguments: ExportArguments) -> Result<Exit, Failure> {
    let format = format(&arguments)?;
    let list = list(&arguments)?;
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &arguments.which.accounts)?;
    let file = arguments.output.as_deref().map(|path| begin(path, arguments.force)).transpose()?;
    let sink = sink(format, list.columns(), file.as_ref(), arguments.bom)?;
    let pour = Pour::new(sink, arguments.which.limit);
    lists::fill(&data, &accounts, &list, &pour).await?;
    pour.finish()?;
    if let (Some(file), Some(path)) = (file, arguments.output.as_deref()) {
        file.keep().map_err(|error| problem(path, error))?;
    }
    Ok(Exit::Done)
}

fn begin(path: &Path, replace: bool) -> Result<NewFile, Failure> {
    NewFile::begin(path, replace).map_err(|error| problem(path, error))
}

fn problem(path: &Path, error: WriteError) -> Failure {
    let path = path.display();
    match error {
        WriteError::Exists => Failure::usage(format!("{path} is there already"))
            .advise("Choose another name, or replace it with --force."),
        WriteError::Io(error) => Failure::failed(format!("{path} could not be written: {error}")),
        WriteError::Format(message) => Failure::failed(message),
    }
}

fn sink(
    format: Format,
    columns: &'static [Column],
    file: Option<&NewFile>,
    bom: bool,
) -> Result<Box<dyn Sink>, Failure> {
    let stream = match file {
        Some(file) => file.stream()?,
        None => output::stdout(),
    };
    Ok(match (format, file) {
        (Format::Csv, _) => Box::new(CsvSink::new(Column::keys(columns), stream, bom)?),
        (Format::Json, _) => Box::new(JsonSink::new(Column::keys(columns), stream)?),
        (Format::Xlsx, Some(file)) => {
            Box::new(XlsxSink::new(Column::titles(columns), stream, &file.folder())?)
        }
        (Format::Xlsx, None) => {
            return Err(Failure::usage("a spreadsheet needs a file: --output users.xlsx"));
        }
    })
}

fn format(arguments: &ExportArguments) -> Result<Format, Failure> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let Some(path) = &arguments.output else { return Ok(Format::Csv) };
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "csv" => Ok(Format::Csv),
        "json" => Ok(Format::Json),
        "xlsx" => Ok(Format::Xlsx),
        _ => Err(Failure::usage("the file's ending does not say in which format")
            .advise("Say it: --format csv, json or xlsx.")),
    }
}

fn list(arguments: &ExportArguments) -> Result<List, Failure> {
    let DiffArguments { since, until, each } = arguments.diff;
    if since.is_some() && !matches!(arguments.list, ExportList::Log | ExportList::Diff) {
        return Err(Failure::usage("--since is for `log` and `diff`"));
    }
    if (until.is_some() || each) && arguments.list != ExportList::Diff {
        return Err(Failure::usage("--until and --each are for `diff`"));
    }
    if arguments.as_of.is_some() && arguments.list != ExportList::Users {
        return Err(Failure::usage("--as-of is for `users`"));
    }
    if arguments.filter.is_some() && arguments.list != ExportList::Users {
        return Err(Failure::usage("--filter is for `users`"));
    }
    Ok(match arguments.list {
        ExportList::Users => match (arguments.as_of, &arguments.filter) {
            (Some(moment), words) => {
                List::PastUsers(Box::new(PastFilter::of_words(moment, words.clone().unwrap_or_default())?))
            }
            (None, None) => List::AllUsers,
            (None, Some(words)) => {
                let some_accounts = !arguments.which.accounts.is_empty();
                List::Users(Box::new(UserFilter::of_words(words.clone(), some_accounts)))
            }
        },
        ExportList::Groups => List::Groups,
        ExportList::Members => List::Members,
        ExportList::Roles => List::Roles,
        ExportList::Holders => List::Holders,
        ExportList::Applications => List::Applications { managing: false },
        ExportList::Tokens => List::Tokens,
        ExportList::Log => lists::log(since.unwrap_or(USUAL), false)?,
        ExportList::Diff => List::diff(arguments.diff)?,
    })
}
