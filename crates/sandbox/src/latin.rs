//! Names as they stand in an e-mail address.

use unicode_normalization::UnicodeNormalization;

/// `name` in lower-case ASCII letters, digits and hyphens: `Ó Briain` is `obriain`.
pub fn plain(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.to_lowercase().nfd() {
        match c {
            // Letters that do not come apart into a base and a mark.
            'ł' => text.push('l'),
            'ø' => text.push('o'),
            'ı' => text.push('i'),
            'ß' => text.push_str("ss"),
            'œ' => text.push_str("oe"),
            'æ' => text.push_str("ae"),
            'a'..='z' | '0'..='9' | '-' => text.push(c),
            _ => {}
        }
    }
    text
}
