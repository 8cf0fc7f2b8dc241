//! Where in a walk a page begins.

use serde::{Deserialize, Serialize};

use super::super::{PagePosition, RemoteError};

/// Beginnings of ids go on with one of these.
const ALPHABET: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Longest beginning that is asked for: ids of users have 12 characters.
const LONGEST: usize = 12;

/// Where in a walk a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Role or organisation whose list this is; `None` for a list of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Where in that list.
    pub at: At,
    /// The walk goes on in parts with the next list that can be cut.
    #[serde(default)]
    pub in_parts: bool,
}

/// Where in one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum At {
    /// A page, from 1.
    Page(u64),
    /// The records whose id begins with this.
    Part(String),
}

impl Position {
    /// Of a list of its own.
    pub const fn of(at: At) -> Self {
        Self { parent: None, at, in_parts: false }
    }

    /// As the engine keeps it.
    pub fn encode(&self) -> PagePosition {
        PagePosition(serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`RemoteError::Rejected`], which the engine takes for a position that was lost.
    pub fn decode(position: &PagePosition, template: &'static str) -> Result<Self, RemoteError> {
        serde_json::from_str(&position.0).map_err(|_| RemoteError::Rejected {
            template: template.to_owned(),
            status: 400,
            detail: None,
        })
    }
}

/// The first part inside `part`; `None` when it cannot be cut further.
pub fn first_inside(part: &str) -> Option<String> {
    (part.len() < LONGEST).then(|| format!("{part}0"))
}

/// The part after `part` and everything inside it; `None` after the last.
pub fn after(part: &str) -> Option<String> {
    let mut part = part.to_owned();
    loop {
        let last = part.pop()?;
        let at = ALPHABET.iter().position(|letter| char::from(*letter) == last);
        if let Some(next) = at.and_then(|at| ALPHABET.get(at + 1)) {
            part.push(char::from(*next));
            return Some(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_one_another_and_cover_everything() {
        for (part, inside, next) in [
            ("", Some("0"), None),
            ("0", Some("00"), Some("1")),
            ("9", Some("90"), Some("a")),
            ("az", Some("az0"), Some("b")),
            ("zz", Some("zz0"), None),
            ("abcdefghijkl", None, Some("abcdefghijkm")),
        ] {
            assert_eq!(first_inside(part).as_deref(), inside, "{part}");
            assert_eq!(after(part).as_deref(), next, "{part}");
        }
    }

    #[test]
    fn a_position_survives_its_storage() {
        for position in [
            Position::of(At::Page(7)),
            Position { parent: Some("r1".to_owned()), at: At::Part("ab".to_owned()), in_parts: true },
        ] {
            assert_eq!(Position::decode(&position.encode(), "GET /users").unwrap(), position);
        }
        assert!(Position::decode(&PagePosition("page 7".to_owned()), "GET /users").is_err());
    }
}
