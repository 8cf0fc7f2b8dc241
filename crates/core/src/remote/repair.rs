//! Half characters: JSON written by services that cut names in the middle of a surrogate pair, which no strict reader
//! takes. The half becomes the replacement character, so that the record is not lost.

/// `json` with every escaped surrogate that has no partner replaced by `\ufffd`.
pub fn replace_lone_surrogates(json: &str) -> String {
    let mut repaired = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let (taken, replacement) = match unit(escape) {
            Some(high @ 0xD800..=0xDBFF) => match escape.get(6..).and_then(unit) {
                Some(0xDC00..=0xDFFF) => (12, None),
                _ => (6, Some(high)),
            },
            Some(low @ 0xDC00..=0xDFFF) => (6, Some(low)),
            Some(_) => (6, None),
            // The escaped character is ASCII in valid JSON; what is not valid is left to the reader.
            None => (escape.char_indices().nth(2).map_or(escape.len(), |(index, _)| index), None),
        };
        let (escaped, after) = escape.split_at_checked(taken).unwrap_or((escape, ""));
        repaired.push_str(if replacement.is_some() { "\\ufffd" } else { escaped });
        rest = after;
    }
    repaired.push_str(rest);
    repaired
}

/// The code unit that `escape` begins with, if it begins with `\uXXXX`.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_halves_are_replaced() {
        for (json, expected) in [
            (r#""plain é""#, r#""plain é""#),
            (r#""\ud83d\ude00 \u00e9 \\ud83d \" \n""#, r#""\ud83d\ude00 \u00e9 \\ud83d \" \n""#),
            (r#""a\ud83d""#, r#""a\ufffd""#),
            (r#""\ud83dx\ude00""#, r#""\ufffdx\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r"\", r"\"),
            (r"\ué", r"\ué"),
        ] {
            assert_eq!(replace_lone_surrogates(json), expected);
        }
    }
}
