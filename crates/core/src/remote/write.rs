//! [`DirectoryWrite`] is all that applying changes can do to a service: look, carry out one edit, read back. A sync has no way
//! to reach it.

use async_trait::async_trait;
use serde_json::Value;

use super::RemoteError;
use super::http::{Fate, Undelivered};
use crate::model::{Edit, FieldConflict, Record, RemoteId, Secret, Stream, Token, UserDetails};

/// Where a look at a whole group names the members whom an edit of all of them would reach, each with how much of it they
/// have already.
pub const REACHED: &str = "reached";

/// Where a look at a right that is not given names those that its holder has at the same place.
pub const HAD: &str = "had";

/// What an edit is about, as the service has it now.
#[derive(Clone, Debug, PartialEq)]
pub enum Current {
    /// There is no such record, edge or belonging.
    Absent,
    /// The record, cleaned of secrets as in the mirror; of a role the ids of its permissions.
    Record {
        /// As the service sends it.
        raw: Value,
        /// ETag, where the service has one.
        version: Option<String>,
    },
    /// The edge or belonging (a role of a holder, a member, a token, a session) is there.
    Present,
}

/// An edit that the service carried out.
#[derive(Debug, Default)]
pub struct CarriedOut {
    /// The id that the service gave to what was created.
    pub created: Option<RemoteId>,
    /// A value that is shown once: a token's, a generated password.
    pub secret: Option<Secret>,
    /// The id of what was changed, where the edit names it by something else.
    pub touched: Option<RemoteId>,
}

/// Why an edit was not carried out, or may have been.
#[derive(Debug)]
pub enum WriteError {
    /// The service refused: nothing has changed.
    Refused(RemoteError),
    /// The request certainly did not arrive: nothing has changed.
    NotSent(RemoteError),
    /// Somebody else changed the record since it was read (412): nothing has changed.
    ChangedMeanwhile,
    /// The request may have arrived: only the next read can tell.
    OutcomeUnknown(RemoteError),
}

impl From<Undelivered> for WriteError {
    fn from(undelivered: Undelivered) -> Self {
        let Undelivered { error, fate } = undelivered;
        match fate {
            Fate::NotSent => Self::NotSent(error),
            Fate::Refused { status: 412 } => Self::ChangedMeanwhile,
            Fate::Refused { .. } => Self::Refused(error),
            Fate::Unknown => Self::OutcomeUnknown(error),
        }
    }
}

impl WriteError {
    /// The same after an earlier request of the same edit was carried out: then something has changed in any case.
    pub(super) fn after_part_was_done(self, template: &'static str) -> Self {
        match self {
            Self::Refused(error) | Self::NotSent(error) | Self::OutcomeUnknown(error) => {
                Self::OutcomeUnknown(error)
            }
            Self::ChangedMeanwhile => Self::OutcomeUnknown(RemoteError::Rejected {
                template: template.to_owned(),
                status: 412,
                detail: None,
            }),
        }
    }
}

/// What the service now has of everything that an edit touched.
#[derive(Debug, Default)]
pub struct ReadBack {
    /// Records that are there, as a sync would bring them.
    pub records: Vec<Record>,
    /// Records that are not: by the list they were in and their id or edge key.
    pub gone: Vec<(Stream, RemoteId)>,
    /// What is known in depth of a user whose tokens, factors, sessions, grants or identities the edit touched.
    pub details: Option<(RemoteId, UserDetails)>,
    /// All tokens of a user, where nothing else of them was asked for.
    pub tokens: Option<(RemoteId, Vec<Token>)>,
}

/// Everything that applying changes may ask a service.
#[async_trait]
pub trait DirectoryWrite: Send + Sync {
    /// Reads what `edit` is about as it is now. For an edit that creates something: [`Current::Absent`], unless the
    /// service has something of that name which would be in its way.
    async fn current(&self, edit: &Edit) -> Result<Current, RemoteError>;

    /// Carries `edit` out, `current` being what [`Self::current`] said just before. An edit that is not idempotent is
    /// sent once; others may be sent again until there is an answer.
    async fn carry_out(&self, edit: &Edit, current: &Current) -> Result<CarriedOut, WriteError>;

    /// Reads everything that `edit` touched.
    async fn read_back(&self, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError>;

    /// Values of the record that `edit` was not about and that are not what they were right before it was sent, for
    /// services that may not leave alone what a request leaves out.
    fn also_changed(&self, _edit: &Edit, _before: &Current, _back: &ReadBack) -> Vec<FieldConflict> {
        Vec::new()
    }
}
