//! Values that are shown once.

use std::fmt;

use serde::{Serialize, Serializer};
use ts_rs::TS;

use super::RecordView;
use crate::model::{EditKind, Secret};

/// A value that is shown once. Crosses to the window when it is taken, and nowhere else: its `Debug` is a mask.
#[derive(TS)]
#[ts(type = "string")]
pub struct ShownSecret(Secret);

impl ShownSecret {
    /// Of a value that nobody else has any more.
    pub const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The value, for a terminal.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}

impl fmt::Debug for ShownSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for ShownSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Goes to the window that asked for it, for the person to see once.
        serializer.serialize_str(self.0.expose())
    }
}

/// A value that is shown once.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretView {
    /// The value.
    pub secret: ShownSecret,
    /// What made it: a token, a password.
    pub kind: EditKind,
    /// Whose it is.
    pub subject: RecordView,
    /// The token's name.
    pub item: Option<String>,
}
