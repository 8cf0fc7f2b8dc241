use std::sync::Arc;

use super::*;
use crate::model::{AccountId, SEARCH_COLUMNS};
use crate::query::groups::GroupIndex;
use crate::query::users::index::{AccountIndexBuilder, IndexedUser};
use crate::query::users::segments::Segments;

/// Many rows in an order that has nothing to do with their numbers.
fn scattered(rows: u32) -> Order {
    let rows: Vec<u32> = (0..rows).map(|rank| rank * 7_919 % rows).collect();
    let mut ranks = vec![0; rows.len()];
    for (rank, row) in (0..).zip(&rows) {
        ranks[*row as usize] = rank;
    }
    Order { rows, ranks }
}

#[test]
fn a_window_is_that_of_all_matches_sorted_whether_they_are_few_many_or_far_behind() {
    let order = scattered(10_000);
    let everywhere = |every: usize| move |rank: usize| rank.is_multiple_of(every);
    let picks: [&dyn Fn(usize) -> bool; 7] = [
        &everywhere(1),
        &everywhere(9),
        &everywhere(400),
        &|rank| rank > 9_800,
        &|rank| rank > 4_000,
        &|rank| rank == 17,
        &|_| false,
    ];
    for (number, pick) in picks.into_iter().enumerate() {
        let mut matches = Bits::none(10_000);
        let sorted = order.rows().iter().copied().enumerate();
        let sorted: Vec<u32> = sorted.filter(|(rank, _)| pick(*rank)).map(|(_, row)| row).collect();
        sorted.iter().for_each(|row| matches.insert(*row as usize));
        for (offset, limit) in
            [(0, 50), (10, 50), (3_000, 200), (9_990, 50), (0, 0), (99_999, 5), (0, 20_000)]
        {
            let expected: Vec<u32> = sorted.iter().copied().skip(offset).take(limit).collect();
            let found = order.window(&matches, sorted.len(), offset, limit);
            assert_eq!(found, expected, "pick {number}: {offset} {limit}");
        }
    }
}

/// A user with these texts by column, and when they were created.
struct Person {
    columns: [&'static str; 2],
    created_at: Option<i64>,
}

const DISPLAY_NAME: usize = 0;
const TITLE: usize = 5;

fn person(name: &'static str, title: &'static str, created_at: Option<i64>) -> Person {
    Person { columns: [name, title], created_at }
}

/// Two accounts side by side; the second one's name comes first.
fn segments(accounts: &[&[Person]]) -> Segments {
    let index = |(number, people): (usize, &&[Person])| {
        let mut builder = AccountIndexBuilder::default();
        for (row, Person { columns: [name, title], created_at }) in people.iter().enumerate() {
            let text: String = (0..SEARCH_COLUMNS)
                .map(|at| match at {
                    DISPLAY_NAME => format!("{name}\u{1f}"),
                    TITLE => format!("{title}\u{1f}"),
                    _ => "\u{1f}".to_owned(),
                })
                .collect();
            let user = IndexedUser {
                id: i64::try_from(number * 1_000 + row).unwrap(),
                text: text.as_bytes(),
                active: None,
                created_at: *created_at,
                modified_at: None,
                last_sign_in_at: None,
            };
            builder.push(&user).unwrap();
        }
        let account = AccountId(u32::try_from(number).unwrap());
        let index = builder.build(account, vec![0; people.len()], GroupIndex::default());
        let rank = u32::try_from(accounts.len() - number).unwrap();
        (Arc::new(index), format!("account {rank}"), rank)
    };
    Segments::new(accounts.iter().enumerate().map(index).collect())
}

/// Display names in the order by `column`.
fn names(segments: &Segments, column: UserColumn, descending: bool) -> Vec<String> {
    let by_name = UserSort { column: UserColumn::DisplayName, descending: false };
    let by_name = Order::build(segments, by_name, None);
    let order = Order::build(segments, UserSort { column, descending }, Some(&by_name));
    for (rank, row) in (0..).zip(order.rows()) {
        assert_eq!(order.rank(*row), rank, "ranks and rows say the same");
    }
    let mut name = Vec::new();
    let read = |row: &u32| {
        segments.read(*row, TextColumn::DisplayName, &mut name);
        String::from_utf8(name.clone()).unwrap()
    };
    order.rows().iter().map(read).collect()
}

#[test]
fn rows_without_a_value_are_last_in_both_directions_and_ties_are_by_name() {
    let acme = [
        person("carl", "guide", Some(3)),
        person("ada", "", None),
        person("bob", "cook", Some(1)),
        person("dora", "guide", None),
    ];
    let globex = [person("eve", "cook", Some(3)), person("abe", "", Some(-5))];
    let segments = segments(&[&acme, &globex]);
    for (column, descending, expected) in [
        (UserColumn::DisplayName, false, ["abe", "ada", "bob", "carl", "dora", "eve"]),
        (UserColumn::DisplayName, true, ["eve", "dora", "carl", "bob", "ada", "abe"]),
        (UserColumn::Title, false, ["bob", "eve", "carl", "dora", "abe", "ada"]),
        (UserColumn::Title, true, ["carl", "dora", "bob", "eve", "abe", "ada"]),
        // Before the beginning of times is before, too.
        (UserColumn::CreatedAt, false, ["abe", "bob", "carl", "eve", "ada", "dora"]),
        (UserColumn::CreatedAt, true, ["carl", "eve", "bob", "abe", "ada", "dora"]),
        (UserColumn::Account, false, ["abe", "eve", "ada", "bob", "carl", "dora"]),
        // Nobody's status is known.
        (UserColumn::Status, true, ["abe", "ada", "bob", "carl", "dora", "eve"]),
    ] {
        assert_eq!(names(&segments, column, descending), expected, "{column:?} {descending}");
    }
}

#[test]
fn texts_that_begin_alike_are_told_apart_behind_what_is_compared_first() {
    let people = [
        person("abcdefghijklmnop2", "", None),
        person("abcdefghijklmnop", "", None),
        person("abcdefghijklmnop10", "", None),
        person("abcdefghijklmno", "", None),
        person("abcdefghijklmnop1", "", None),
    ];
    let segments = segments(&[&people]);
    let mut expected: Vec<String> = people.iter().map(|person| person.columns[0].to_owned()).collect();
    expected.sort();
    assert_eq!(names(&segments, UserColumn::DisplayName, false), expected);
    expected.reverse();
    assert_eq!(names(&segments, UserColumn::DisplayName, true), expected);
}

#[test]
fn the_same_name_twice_is_ordered_by_who_came_first() {
    let people = [person("ada", "", Some(1)), person("ada", "", Some(2)), person("ada", "", Some(3))];
    let segments = segments(&[&people, &people]);
    let order = Order::build(&segments, UserSort { column: UserColumn::DisplayName, descending: true }, None);
    let ids: Vec<i64> = order.rows().iter().map(|row| segments.id(*row)).collect();
    assert_eq!(ids, [0, 1, 2, 1_000, 1_001, 1_002]);
    assert_eq!(order.rank(9_999), u32::MAX, "no such row");
}
