//! What a person typed into a search field.

use memchr::memmem;

use crate::model::fold;

/// Folded words, each once, longest first: the longest is usually the rarest, and all must occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::query) struct Words(Vec<String>);

impl Words {
    /// Splits at white space and at control characters, which end columns and are never typed. A word within another
    /// one asks for nothing more and is left out.
    pub fn parse(text: &str) -> Self {
        let folded = fold(text);
        let typed = folded.split(|c: char| c.is_whitespace() || c.is_control());
        Self::of(typed.filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// Of texts that are folded already, which may have spaces in them.
    pub fn of(mut typed: Vec<String>) -> Self {
        typed.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let mut words: Vec<String> = Vec::new();
        for word in typed {
            if !words.iter().any(|longer| longer.contains(word.as_str())) {
                words.push(word);
            }
        }
        Self(words)
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether whatever matches these words matches `wider` too: each of its words is within one of these.
    pub fn narrow(&self, wider: &Self) -> bool {
        wider.iter().all(|word| self.iter().any(|longer| longer.contains(word)))
    }

    /// Whether every word occurs in a folded text.
    pub fn all_in(&self, folded: &[u8]) -> bool {
        self.iter().all(|word| memmem::find(folded, word.as_bytes()).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_folded_split_and_each_asked_for_once() {
        let words = Words::parse("  Zoë\u{a0}MULLER\tzo m\u{fc}ller\u{1f}x ");
        assert_eq!(words.iter().collect::<Vec<_>>(), ["muller", "zoe", "x"]);
        assert!(Words::parse(" \u{1f} ").is_empty());
    }

    #[test]
    fn more_letters_or_more_words_narrow_and_fewer_do_not() {
        let narrow = |new: &str, old: &str| Words::parse(new).narrow(&Words::parse(old));
        assert!(narrow("mari", "mar"));
        assert!(narrow("zoe mari", "mari"));
        assert!(narrow("mari", ""));
        assert!(!narrow("mar", "mari"));
        assert!(!narrow("mart", "mari"));
    }
}
