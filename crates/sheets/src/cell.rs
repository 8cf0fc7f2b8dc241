//! A value of a list, whatever it is printed or written as.

use jiff::tz::TimeZone;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// None.
    Empty,
    /// Never empty.
    Text(String),
    /// A count.
    Number(i64),
    /// Hundredths of a unit: money in cents.
    Hundredths(i64),
    /// Milliseconds UTC.
    Time(i64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// A count that is never negative.
    pub fn count(count: u64) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A time, where there is one.
    pub fn time(at: Option<i64>) -> Self {
        at.map_or(Self::Empty, Self::Time)
    }

    /// Yes or no, where it is known.
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Empty, Self::Flag)
    }

    /// For scripts: times in UTC, nothing for no value.
    pub fn machine(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Hundredths(number) => {
                let sign = if *number < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", number.unsigned_abs() / 100, number.unsigned_abs() % 100)
            }
            Self::Time(at) => {
                jiff::Timestamp::from_millisecond(*at).map(|at| at.to_string()).unwrap_or_default()
            }
            Self::Flag(flag) => flag.to_string(),
        }
    }

    /// For people: times as the clock on the wall, one line, nothing that moves the cursor.
    pub fn human(&self) -> String {
        match self {
            Self::Time(at) => jiff::Timestamp::from_millisecond(*at)
                .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
                .unwrap_or_default(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Text(text) => one_line(text),
            Self::Empty | Self::Number(_) | Self::Hundredths(_) => self.machine(),
        }
    }

    /// As JSON, exact.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Text(_) | Self::Time(_) => self.machine().into(),
            #[expect(clippy::cast_precision_loss, reason = "JSON has no other numbers with a point")]
            Self::Hundredths(number) => (*number as f64 / 100.0).into(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }
}

/// Names come from services: line breaks and tabs become spaces, and characters that steer a terminal are left out.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => line.push(' '),
            // Direction overrides make one name look like another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_control() => {}
            letter => line.push(letter),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\tc\nd\u{202e}e\u{7}"), "a[2Jb c de");
        assert_eq!(Cell::from("Zoë\u{9b}31m").human(), "Zoë31m");
    }

    #[test]
    fn values_for_scripts_are_exact() {
        assert_eq!(Cell::Time(1_770_091_506_000).machine(), "2026-02-03T04:05:06Z");
        assert_eq!(Cell::Empty.json(), serde_json::Value::Null);
        assert_eq!([7, 1250, -5].map(|cents| Cell::Hundredths(cents).machine()), ["0.07", "12.50", "-0.05"]);
        assert_eq!(Cell::Hundredths(1250).json(), 12.5);
        assert_eq!(Cell::Flag(false).json(), false);
        assert_eq!(Cell::from("x\ty").json(), "x\ty");
    }
}
