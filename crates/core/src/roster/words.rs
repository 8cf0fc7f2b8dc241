//! What roles and rights are called in the three languages of the window: records have names, and a person finds the names
//! that the service's own page shows.

use crate::api::Language;

/// One name in English, French and Dutch.
#[derive(Clone, Copy, Debug)]
pub struct Words(pub &'static str, pub &'static str, pub &'static str);

impl Words {
    /// The name in `language`.
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::En => self.0,
            Language::Fr => self.1,
            Language::Nl => self.2,
        }
    }

    /// All of them.
    pub const fn all(self) -> [&'static str; 3] {
        [self.0, self.1, self.2]
    }
}
