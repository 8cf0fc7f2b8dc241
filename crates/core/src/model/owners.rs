//! Whom a text of a person's means among the users of an account: by e-mail address, sign-in name, id or full name, with or
//! without accents, family name first or last. What could be several is nobody: owners are never guessed. Pure.

use std::collections::BTreeMap;

use super::{RemoteId, fold};

/// Whom a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerFound {
    /// This one.
    One(RemoteId),
    /// It fits several.
    Several,
    /// It fits none.
    Nobody,
}

/// The users of an account by what they are called.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    users: Vec<RemoteId>,
    /// Ids, addresses and sign-in names.
    exact: BTreeMap<String, Vec<usize>>,
    /// Words of full names, in order of the alphabet.
    names: BTreeMap<String, Vec<usize>>,
    /// Whose address is known.
    addressed: Vec<bool>,
}

impl Owners {
    /// Adds a user.
    pub fn add(&mut self, id: RemoteId, full_name: &str, user_name: Option<&str>, email: Option<&str>) {
        let place = self.users.len();
        for key in [Some(id.as_str()), user_name, email].into_iter().flatten() {
            let places = self.exact.entry(key.trim().to_lowercase()).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        self.names.entry(words(full_name)).or_default().push(place);
        self.addressed.push(email.is_some());
        self.users.push(id);
    }

    /// Whom a row means that says `name`, `email`, or both. An address says more than a name; one that nobody has is
    /// somebody else's, unless the account does not tell that of the user with this name.
    pub fn find(&self, name: Option<&str>, email: Option<&str>) -> OwnerFound {
        let own = name.and_then(address);
        let Some(email) = email.map(|text| address(text).unwrap_or(text)).or(own) else {
            return name.map_or(OwnerFound::Nobody, |name| self.named(name));
        };
        match self.exact(email) {
            OwnerFound::Nobody => {}
            found @ (OwnerFound::One(_) | OwnerFound::Several) => return found,
        }
        let without_address = |id: &RemoteId| {
            let place = self.users.iter().position(|own| own == id);
            place.and_then(|place| self.addressed.get(place)) == Some(&false)
        };
        match name.filter(|_| own.is_none()).map(|name| self.named(name)) {
            Some(OwnerFound::One(id)) if without_address(&id) => OwnerFound::One(id),
            Some(OwnerFound::One(_) | OwnerFound::Several | OwnerFound::Nobody) | None => OwnerFound::Nobody,
        }
    }

    fn named(&self, name: &str) -> OwnerFound {
        match self.exact(name) {
            OwnerFound::Nobody => self.among(self.names.get(&words(name))),
            found @ (OwnerFound::One(_) | OwnerFound::Several) => found,
        }
    }

    fn exact(&self, text: &str) -> OwnerFound {
        self.among(self.exact.get(&text.trim().to_lowercase()))
    }

    fn among(&self, places: Option<&Vec<usize>>) -> OwnerFound {
        match places.map(Vec::as_slice) {
            Some([place]) => {
                self.users.get(*place).map_or(OwnerFound::Nobody, |id| OwnerFound::One(id.clone()))
            }
            Some([_, _, ..]) => OwnerFound::Several,
            Some([]) | None => OwnerFound::Nobody,
        }
    }
}

/// The words of a name, whatever their order.
fn words(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// The address in `Zoë Berg <zoe@x.com>`.
fn address(text: &str) -> Option<&str> {
    let around = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"');
    text.split(around).map(|word| word.trim_start_matches("mailto:")).find(|word| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners() -> Owners {
        let mut owners = Owners::default();
        let mut add = |id: &str, name: &str, email: Option<&str>| {
            owners.add(RemoteId::new(id), name, None, email);
        };
        add("1", "Zoë Berg", Some("zoe@x.com"));
        add("2", "Jan de Vries", Some("jan@x.com"));
        add("3", "Jan de Vries", Some("jan2@x.com"));
        add("4", "René Faure", None);
        owners
    }

    #[test]
    fn people_are_found_however_lists_write_them() {
        let one = |id: &str| OwnerFound::One(RemoteId::new(id));
        for (name, email, expected) in [
            (Some("Zoë Berg"), None, one("1")),
            (Some("zoe  BERG"), None, one("1")),
            (Some("Berg, Zoë"), None, one("1")),
            (Some("Zoe\u{308} Berg"), None, one("1")),
            (Some("ZOE@x.com"), None, one("1")),
            (Some("Zoë Berg <zoe@x.com>"), None, one("1")),
            (None, Some("mailto:zoe@x.com"), one("1")),
            (Some("Zoë Berg-Smit"), Some("zoe@x.com"), one("1")),
            (Some("4"), None, one("4")),
            (Some("Jan de Vries"), Some("jan2@x.com"), one("3")),
            (Some("Rene Faure"), Some("rene@x.com"), one("4")),
        ] {
            assert_eq!(owners().find(name, email), expected, "{name:?} {email:?}");
        }
    }

    #[test]
    fn nobody_is_guessed() {
        for (name, email, expected) in [
            (Some("Jan de Vries"), None, OwnerFound::Several),
            (Some("Jan"), None, OwnerFound::Nobody),
            (Some("Zoë Bergman"), None, OwnerFound::Nobody),
            (Some("Zoë Berg"), Some("zoe@elsewhere.com"), OwnerFound::Nobody),
            (Some("Zoë Berg <zoe@elsewhere.com>"), None, OwnerFound::Nobody),
            (Some(""), None, OwnerFound::Nobody),
            (None, None, OwnerFound::Nobody),
        ] {
            assert_eq!(owners().find(name, email), expected, "{name:?} {email:?}");
        }
    }
}
