use super::*;
use crate::model::SEARCH_COLUMNS;
use crate::query::users::row_build::RowTextBuilder;
use crate::query::users::row_text::TextColumn;

const TITLE: usize = 5;

/// Rows of a name of their own and a title that many share.
fn text(rows: &[(String, String)]) -> RowText {
    let mut builder = RowTextBuilder::default();
    for (name, title) in rows {
        let stored: String = (0..SEARCH_COLUMNS)
            .map(|at| match at {
                0 => format!("{name}\u{1f}"),
                TITLE => format!("{title}\u{1f}"),
                _ => "\u{1f}".to_owned(),
            })
            .collect();
        builder.push(stored.as_bytes()).unwrap();
    }
    builder.build()
}

/// So many rows that lists are made; letters by how often they come: `e` in all, `ab` in every second, `xy` in every
/// fortieth, `q` in one.
fn many() -> Vec<(String, String)> {
    let row = |row: usize| {
        let mut name = format!("e{row:05}");
        if row.is_multiple_of(2) {
            name.push_str(" abc");
        }
        if row.is_multiple_of(40) {
            name.push_str(" xy");
        }
        if row == 7_777 {
            name.push('q');
        }
        let title = if row.is_multiple_of(3) { "guide" } else { "" };
        (name, title.to_owned())
    };
    (0..20_000).map(row).collect()
}

/// The rows in which a cell has the word.
fn holding(rows: &[(String, String)], word: &str) -> Vec<usize> {
    let has = |(_, (name, title)): &(usize, &(String, String))| name.contains(word) || title.contains(word);
    rows.iter().enumerate().filter(has).map(|(row, _)| row).collect()
}

#[test]
fn what_is_listed_are_exactly_the_rows_that_have_it() {
    let rows = many();
    let text = text(&rows);
    let grams = Grams::build(&text);
    for word in ["e", "a", "b", "ab", "bc", "abc", "0", "00", "1", "g", "gu", "uid", "ide"] {
        let listed = grams.rows(word.as_bytes()).unwrap_or_else(|| panic!("{word} is frequent"));
        assert_eq!(listed.iter().collect::<Vec<_>>(), holding(&rows, word), "{word}");
    }
    // The cells as they are read back, to be sure that the text is what was put in.
    let mut cell = Vec::new();
    text.read(7_777, TextColumn::DisplayName, &mut cell);
    assert_eq!(cell, b"e07777q");
}

#[test]
fn what_is_rare_or_longer_than_three_letters_is_listed_nowhere() {
    let grams = Grams::build(&text(&many()));
    for word in ["q", "x", "xy", "zz", "z", "abcd", "", "é"] {
        assert!(grams.rows(word.as_bytes()).is_none(), "{word}");
    }
}

#[test]
fn the_candidates_of_a_longer_word_have_all_rows_with_it_and_few_others() {
    let rows = many();
    let grams = Grams::build(&text(&rows));
    for word in ["abc xy", "guide", "e00", "xyab", "00 abc", "abc"] {
        let found =
            grams.candidates(word.as_bytes()).unwrap_or_else(|| panic!("something of {word} is frequent"));
        let mut candidates = Bits::none(rows.len());
        candidates.words_mut().copy_from_slice(&found);
        for row in holding(&rows, word) {
            assert!(candidates.contains(row), "{word} is in row {row}");
        }
    }
    let of_title = grams.candidates(b"guide").unwrap();
    let count: usize = of_title.iter().map(|word| word.count_ones() as usize).sum();
    assert_eq!(count, holding(&rows, "guide").len(), "all threes of it are listed");
    assert!(grams.candidates(b"zzqz").is_none(), "nothing of it is listed: every row is a candidate");
}

#[test]
fn a_short_list_is_scanned_instead() {
    let rows = &many()[..MIN_ROWS - 1];
    let grams = Grams::build(&text(rows));
    assert!(grams.rows(b"e").is_none() && grams.candidates(b"guide").is_none());
}

#[test]
fn letters_that_are_no_symbols_have_no_threes() {
    assert_eq!(place_of_three("é1".as_bytes()), None);
    assert_eq!(threes(b"a b").count(), 0);
    assert_eq!(threes(b"a.b@c").count(), 3);
    let all: std::collections::BTreeSet<usize> = SYMBOLS.windows(3).filter_map(place_of_three).collect();
    assert_eq!(all.len(), SYMBOLS.len() - 2, "each has a place of its own");
    assert!(all.iter().all(|place| (PAIRS..PLACES).contains(place)));
}
