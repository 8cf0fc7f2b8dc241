//! Addresses as people type and paste them: with anything between them, alone or with names, as mail programs and tables
//! write them. Pure.

use crate::remote::is_email_address;

/// A piece of the text that is, or is meant as, an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// As it would be invited.
    pub address: String,
    /// It is one.
    pub well_formed: bool,
}

/// Everything in `text` that is, or is meant as, an address, in its order. A name before an address is its owner's, and
/// left out; what stands anywhere else is shown as what it is: nothing is passed over in silence.
pub fn addresses(text: &str) -> Vec<Typed> {
    let text = without_quoted_names(text);
    let pieces = text.split(['\n', '\r', ',', ';', '\t', '|']);
    pieces.flat_map(of_piece).collect()
}

fn of_piece(piece: &str) -> Vec<Typed> {
    let piece = piece.trim();
    if piece.is_empty() {
        return Vec::new();
    }
    // `Zoë Berg <zoe@example.org>`, one after the other.
    if piece.contains('<') && piece.contains('>') {
        let parts = piece.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
        return parts.map(|(address, _)| typed(address)).collect();
    }
    let words: Vec<&str> = piece.split_whitespace().collect();
    let Some(last) = words.iter().rposition(|word| word.contains('@')) else { return vec![typed(piece)] };
    let before = words.iter().take(last + 1).filter(|word| word.contains('@'));
    let mut found: Vec<Typed> = before.map(|word| typed(word)).collect();
    found.extend(words.iter().skip(last + 1).map(|word| typed(word)));
    found
}

fn typed(word: &str) -> Typed {
    let around =
        |c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '<' | '>' | '“' | '”' | '«' | '»');
    let word = word.trim().trim_matches(around).trim();
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_end_matches('.');
    Typed { address: word.to_owned(), well_formed: is_email_address(word) }
}

/// `"Berg, Zoë" <zoe@example.org>`: what stands between quotation marks before an address is a name.
fn without_quoted_names(text: &str) -> String {
    let mut rest = text;
    let mut left = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once('"') {
        left.push_str(before);
        match after.split_once('"') {
            Some((name, behind))
                if !name.contains('\n') && behind.trim_start_matches(' ').starts_with('<') =>
            {
                rest = behind;
            }
            _ => {
                left.push('"');
                rest = after;
            }
        }
    }
    left.push_str(rest);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mark =
            |typed: Typed| if typed.well_formed { typed.address } else { format!("!{}", typed.address) };
        addresses(text).into_iter().map(mark).collect()
    }

    #[test]
    fn anything_may_stand_between_addresses() {
        let expected = ["ada@example.org", "bo@example.org", "cy@example.org"];
        for text in [
            "ada@example.org bo@example.org cy@example.org",
            "ada@example.org,bo@example.org;cy@example.org",
            "ada@example.org\r\nbo@example.org\n\n\tcy@example.org ; ",
            "Ada <ada@example.org>, \"Bo, Mr.\" <bo@example.org>; cy@example.org.",
            "Ada L\tada@example.org\nBo bo@example.org cy@example.org",
            "<ada@example.org> <bo@example.org> <cy@example.org>",
            "mailto:ada@example.org|'bo@example.org'|(cy@example.org)",
        ] {
            let found = found(text);
            let named: Vec<_> = found.iter().filter(|own| !own.starts_with('!')).collect();
            assert_eq!(named, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_shown_and_not_passed_over() {
        for (text, expected) in [
            ("ada.example.org", vec!["!ada.example.org"]),
            ("ada@example", vec!["!ada@example"]),
            ("ada@@example.org, bo@example.org", vec!["!ada@@example.org", "bo@example.org"]),
            ("Ada Lovelace", vec!["!Ada Lovelace"]),
            ("ada@example.org bo", vec!["ada@example.org", "!bo"]),
            ("", vec![]),
            (" ,;\n ", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
