//! What *we* sign in with.

use std::fmt;

use serde::{Deserialize, Deserializer};
use ts_rs::TS;
use zeroize::Zeroizing;

/// Text that can be neither printed nor serialised: it has no `Display`, no `Serialize`, and its `Debug` is a mask.
/// Wiped from memory when dropped. Not `Clone` by accident: see [`Secret::duplicate`].
#[derive(TS)]
#[ts(type = "string")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Every call says in a comment where the text goes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A second copy, for a second owner.
    pub fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    /// Nothing, or nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// The secret that goes with an account's [`Authentication`](super::Authentication): bearer token, password or
/// client secret.
#[derive(Debug)]
pub struct Credential(Secret);

impl Credential {
    /// Takes the secret over, without the line end that comes along when people paste.
    pub fn new(secret: &Secret) -> Self {
        // Goes into the keychain or an Authorization header.
        Self(Secret::new(secret.expose().trim().to_owned()))
    }

    /// The secret itself.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// A second copy, for a second owner.
    pub fn duplicate(&self) -> Self {
        Self(self.0.duplicate())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print_itself() {
        let credential = Credential::new(&Secret::new(" s3cret\n".to_owned()));
        assert_eq!(format!("{credential:?}"), "Credential(Secret(***))");
        assert_eq!(credential.secret().expose(), "s3cret");
    }
}
