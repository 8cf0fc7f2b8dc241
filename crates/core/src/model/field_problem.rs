//! What is wrong with an edit before anybody is asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a value cannot be what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FieldReason {
    /// The service cannot do this, or not with this credential.
    NotSupported,
    /// This value cannot be edited.
    NotEditable,
    /// The same value is edited twice.
    Repeated,
    /// There is nothing to change.
    NothingToDo,
    /// It must not be empty.
    Required,
    /// It has more characters than `limit`.
    TooLong,
    /// It is not text.
    NotText,
    /// It is neither yes nor no.
    NotYesOrNo,
    /// It is not a JSON object.
    NotAnObject,
    /// It is not an e-mail address.
    InvalidEmail,
    /// It is not a phone number as the service writes them.
    InvalidPhone,
    /// It is not a name for signing in as the service writes them.
    InvalidUserName,
    /// It is not a web address.
    InvalidUrl,
    /// It is in the past.
    InThePast,
    /// It is more than `limit` days ahead, which is as far as the owner allows.
    TooFar,
    /// It names what the service is not known to have.
    Unknown,
    /// It ends before it begins.
    EndsBeforeStart,
    /// It is the user that Rollcall signs in as: the service does not let it be deleted.
    OwnUser,
    /// It is what Rollcall signs in with: the connection would end.
    OwnCredential,
    /// It was given to a group, and is taken from that group, or by leaving it.
    ThroughGroup,
    /// It comes with the group of administrators alone.
    UseAdministrators,
    /// Everybody is in this group: it stays what it is, and nobody is put there or leaves.
    Everybody,
    /// The service does not let it be taken away.
    Fixed,
    /// The roles of the organisation do not allow it: one's own, or that of whom it is about.
    NotAllowed,
}

/// One value of an edit that cannot be what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The path of a field, or the name of another part of the edit: `newName`.
    pub path: String,
    /// Why.
    pub reason: FieldReason,
    /// Most characters or days, where that is the reason.
    pub limit: Option<u32>,
}
