//! Generated passwords: long enough to be guessed by nobody, of letters that nobody mistakes for one another when they
//! are read out.

use zeroize::Zeroizing;

use super::RemoteError;
use crate::model::Secret;

/// Letters and digits in a password.
const LENGTH: usize = 20;

/// Without `l`, `o`, `I`, `O`, `0` and `1`.
const CLASSES: [&[u8]; 4] = [b"abcdefghijkmnpqrstuvwxyz", b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"23456789", b"-_.+="];

/// A new password with at least one character of every class.
///
/// # Errors
/// [`RemoteError::Settings`] where the system has no randomness.
pub fn generate() -> Result<Secret, RemoteError> {
    let all: Vec<u8> = CLASSES.concat();
    loop {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        while text.len() < LENGTH {
            text.push(char::from(pick(&all)?));
        }
        // Thrown away as a whole, so that every password with all classes is as likely as any other.
        if CLASSES.iter().all(|class| text.bytes().any(|own| class.contains(&own))) {
            return Ok(Secret::new(std::mem::take(&mut *text)));
        }
    }
}

/// One of `letters`, each as likely as the others.
fn pick(letters: &[u8]) -> Result<u8, RemoteError> {
    loop {
        let random = getrandom::u32().map_err(|error| RemoteError::Settings {
            reason: format!("this computer gives no random numbers for a password ({error})"),
        })?;
        // Six bits, and those beyond the last letter are passed over.
        let place = usize::try_from(random & 0x3f).unwrap_or(usize::MAX);
        if let Some(letter) = letters.get(place) {
            return Ok(*letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn passwords_have_every_class_and_are_never_the_same() {
        let mut seen = BTreeSet::new();
        for _ in 0..200 {
            let password = generate().unwrap();
            let text = password.expose().to_owned();
            assert_eq!(text.len(), LENGTH);
            assert!(!text.contains(['l', 'o', 'I', 'O', '0', '1']), "{text}");
            for class in CLASSES {
                assert!(text.bytes().any(|own| class.contains(&own)), "{text}");
            }
            assert!(seen.insert(text));
        }
        let letters: BTreeSet<char> = seen.iter().flat_map(|text| text.chars()).collect();
        assert_eq!(letters.len(), CLASSES.concat().len(), "every letter occurs");
        assert!(CLASSES.concat().len() <= 64, "six bits name every letter");
    }
}
