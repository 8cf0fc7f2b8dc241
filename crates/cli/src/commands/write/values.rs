//! Values of a user as they are typed, and as an edit has them.

use rollcall_core::api::AccountView;
use rollcall_core::changes::import::{Value as Read, value};
use rollcall_core::model::{FieldEdit, FieldPath};
use serde_json::Value;

use crate::cli::Values;
use crate::exit::Failure;

/// What was typed, by the words for it.
fn typed(values: &Values) -> Result<Vec<(String, String)>, Failure> {
    let Values { email, user_name, name, given_name, family_name, phone, others } = values;
    let named = [
        ("email", email),
        ("user name", user_name),
        ("name", name),
        ("first name", given_name),
        ("last name", family_name),
        ("phone", phone),
    ];
    let mut typed: Vec<(String, String)> =
        named.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value.clone()?))).collect();
    for other in others {
        let (field, value) =
            other.split_once('=').ok_or_else(|| Failure::usage(format!("\"{other}\" is no FIELD=VALUE")))?;
        typed.push((field.trim().to_owned(), value.to_owned()));
    }
    Ok(typed)
}

/// The edits of `values`, and those that take `cleared` away; `record` is what the mirror has.
pub fn edits(
    account: &AccountView,
    values: &Values,
    cleared: &[String],
    record: Option<&Value>,
) -> Result<Vec<FieldEdit>, Failure> {
    let mut edits = Vec::new();
    for (field, text) in typed(values)? {
        let Read { path, value } = known(account, &field, &text)?;
        let after = if text.is_empty() { Value::Null } else { value };
        edits.push((path, after));
    }
    for field in cleared {
        edits.push((known(account, field, "")?.path, Value::Null));
    }
    let before = |path: &str| record.map_or(Value::Null, |record| FieldPath::parse(path).get(record).clone());
    Ok(edits.into_iter().map(|(path, after)| FieldEdit { before: before(&path), path, after }).collect())
}

fn known(account: &AccountView, field: &str, text: &str) -> Result<Read, Failure> {
    let capabilities = account.capabilities.as_ref().ok_or_else(|| {
        Failure::usage(format!("{}: what its service can is not known yet", account.name))
            .advise("Synchronise it first: rollcallctl sync")
    })?;
    value(account.provider, capabilities, field, text).ok_or_else(|| {
        let paths: Vec<&str> = capabilities.user_fields.iter().map(|field| field.path.as_str()).collect();
        Failure::usage(format!("{}: there is no value \"{field}\" of users that can be edited", account.name))
            .advise(format!("There are: {}.", paths.join(", ")))
    })
}
