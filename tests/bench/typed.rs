//! What people type: names, addresses, numbers, departments and pieces of them, letter by letter.

use rollcall_core::api::UserRow;

/// A sequence of numbers that looks random and is the same in every run.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let z = z ^ (z >> 31);
        usize::try_from(z % sides.max(1) as u64).unwrap_or_default()
    }
}

/// Every text that the search field holds while somebody types to find one of `rows`.
pub fn keystrokes(rows: &[UserRow], searches: usize) -> Vec<String> {
    let mut dice = Dice::new(11);
    (0..searches)
        .flat_map(|_| {
            let row = rows.get(dice.roll(rows.len())).expect("some rows");
            let text = sought(row, &mut dice);
            let ends: Vec<usize> = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
            ends.into_iter().filter_map(move |end| text.get(..end).map(str::to_owned))
        })
        .collect()
}

fn sought(row: &UserRow, dice: &mut Dice) -> String {
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    match dice.roll(10) {
        0..=2 => of(&row.family_name),
        3 => of(&row.given_name),
        4 => row.display_name.clone(),
        5 => of(&row.email),
        6 => of(&row.employee_number),
        7 => of(&row.department),
        8 => format!("{} {}", of(&row.title), of(&row.family_name)),
        _ => piece(&row.display_name, dice),
    }
}

/// Three to six letters from the middle.
fn piece(text: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let length = 3 + dice.roll(4);
    let start = dice.roll(letters.len().saturating_sub(length));
    letters.into_iter().skip(start).take(length).collect()
}
