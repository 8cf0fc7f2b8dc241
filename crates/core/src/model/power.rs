//! Which roles rule others: told from the words that people use, because no service says so. Pure.

use super::fold;

/// Whether somebody who holds a role of this name, with these rights, has power over others.
pub fn rules_others<'a>(role: &str, rights: impl IntoIterator<Item = &'a str>) -> bool {
    gives_power(role) || rights.into_iter().any(is_power)
}

/// Whether a role of this name is that of the one who owns: who gives or takes it gives or takes everything.
pub fn is_ownership(role: &str) -> bool {
    let name = fold(role);
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.into_iter().any(|word| matches!(word, "owner" | "eigenaar" | "proprietaire"))
}

/// Whether a role of this name rules others, in the languages of those who name roles.
fn gives_power(name: &str) -> bool {
    const WORDS: [&str; 8] =
        ["admin", "owner", "beheer", "eigenaar", "proprietaire", "gestionnaire", "superuser", "root"];
    let name = fold(name);
    WORDS.iter().any(|word| name.contains(word))
}

/// Whether a right of this name rules everything.
fn is_power(name: &str) -> bool {
    let name = fold(name);
    name == "all" || ["manage", "admin", "write:all"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{is_ownership, rules_others};

    #[test]
    fn power_is_told_from_the_name_or_from_a_right() {
        for name in ["Administrateur", "Propriétaire", "Eigenaar", "Organisation admin", "Owner"] {
            assert!(rules_others(name, []), "{name}");
        }
        assert!(rules_others("Team lead", ["read:map", "manage:members"]));
        assert!(["Propriétaire", "Account owner", "EIGENAAR"].into_iter().all(is_ownership));
        assert!(!is_ownership("Co-ownership reader") && !is_ownership("Administrator"));
        assert!(!rules_others("Membre", ["read:map", "invite:member"]));
    }
}
