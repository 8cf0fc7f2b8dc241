//! Which values of a record can be edited, for the forms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A name for signing in.
    UserName,
    /// A web address.
    Url,
    /// Yes or no.
    Flag,
    /// Any JSON object.
    Json,
    /// Some of the account's permissions: their ids, in any order.
    Permissions,
    /// One of a few values, which [`super::AccountFacts::choices`] has.
    Choice,
}

/// One value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldOption {
    /// As the record has it.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// The service's words for it, where it has some.
    pub label: Option<String>,
}

/// Stands for "whatever the account has" where a value is taken back that the service does not show.
pub const ACCOUNT_DEFAULT: &str = "AccountDefault";

/// Values of a user that the service takes and does not give back: nobody knows what they were before.
pub const WRITE_ONLY: [&str; 4] =
    ["CultureName", "UseNumericSender", "AllowNativeLogin", "AllowSingleSignon"];

/// One value of a record that can be edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditableField {
    /// Where it stands in the record as the service sends it; the window knows the labels of the usual ones.
    pub path: String,
    /// What is typed.
    pub kind: FieldKind,
    /// A record cannot be without it.
    pub required: bool,
    /// Most characters; `None` where the service names no limit.
    pub max_length: Option<u32>,
}
