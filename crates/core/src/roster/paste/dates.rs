//! Dates as the pages of services write them, in English, French and Dutch: `27 mai 2025, 19:57`, `2 déc. 2025 à 15h11`,
//! `Dec 2, 2025, 3:11 PM`, `02/12/2025`, `2025-12-02T15:11:00Z`. Pure.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::model::{Timestamp, fold};

/// How the months begin, folded; the first that fits, so that `juin` and `juillet` are told from each other.
const MONTHS: [(&str, i8); 30] = [
    ("jan", 1),
    ("fev", 2),
    ("feb", 2),
    ("mars", 3),
    ("mar", 3),
    ("mrt", 3),
    ("maart", 3),
    ("avr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("mei", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aou", 8),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("janvier", 1),
    ("fevrier", 2),
    ("juni", 6),
    ("juli", 7),
    ("july", 7),
    ("june", 6),
    ("december", 12),
];

/// Words between day, month, year and time.
const FILLING: [&str; 12] = ["le", "la", "a", "at", "om", "op", "on", "uur", "the", "of", "de", "utc"];

/// Names of days, folded, as they begin.
const DAYS: [&str; 21] = [
    "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "maa",
    "din", "woe", "don", "vri", "zat", "zon",
];

/// Longest text that is a date.
const LONGEST: usize = 64;

/// The moment that `text` names, where days begin in `zone` unless it says otherwise; `None` for what is no date.
pub fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp::from_millis(instant.as_millisecond()));
    }
    let civil = iso(text).or_else(|| words(text))?;
    let zoned = civil.to_zoned(zone.clone()).ok()?;
    Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
}

/// The day `serial` of a spreadsheet, counted from the end of 1899 (ECMA-376 part 1, 18.17.4.1).
pub fn of_serial(serial: f64, zone: &TimeZone) -> Option<Timestamp> {
    const FIRST: f64 = 20_000.0;
    const LAST: f64 = 80_000.0;
    if !(FIRST..LAST).contains(&serial) {
        return None;
    }
    let days = serial.floor();
    #[expect(clippy::cast_possible_truncation, reason = "within the range above")]
    let (days, seconds) = (days as i64, ((serial - days) * 86_400.0).round() as i64);
    let begin = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let civil = begin.checked_add(jiff::SignedDuration::from_hours(days * 24)).ok()?;
    let civil = civil.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()?;
    Some(Timestamp::from_millis(civil.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

fn iso(text: &str) -> Option<DateTime> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let spelled = text.replacen(' ', "T", 1);
    let with_time = spelled.parse::<DateTime>().ok();
    with_time.or_else(|| Some(text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0)))
}

/// What the parts of a date were found to be.
#[derive(Default)]
struct Parts {
    numbers: Vec<i16>,
    month: Option<i8>,
    time: Option<(i8, i8, i8)>,
    afternoon: Option<bool>,
}

fn words(text: &str) -> Option<DateTime> {
    let folded = fold(text);
    let mut parts = Parts::default();
    for word in folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.' | '\u{202f}')) {
        if word.is_empty() || FILLING.contains(&word) {
            continue;
        }
        read(word, &mut parts)?;
    }
    let (day, month, year) = match (parts.month, parts.numbers.as_slice()) {
        (Some(month), [day, year]) if *year > 31 => (*day, month, *year),
        (Some(month), [year, day]) => (*day, month, *year),
        // Day first, as the three languages but American English write it.
        (None, [day, month, year]) if *year > 31 && *month <= 12 => (*day, i8::try_from(*month).ok()?, *year),
        (None, [month, day, year]) if *year > 31 => (*day, i8::try_from(*month).ok()?, *year),
        (None, [year, month, day]) if *year > 31 => (*day, i8::try_from(*month).ok()?, *year),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    let (mut hour, minute, second) = parts.time.unwrap_or((0, 0, 0));
    match parts.afternoon {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        Some(_) | None => {}
    }
    let date = jiff::civil::Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    Some(date.to_datetime(time))
}

/// `None` for a word that stands in no date.
fn read(word: &str, parts: &mut Parts) -> Option<()> {
    if let Some(time) = time(word) {
        return parts.time.replace(time).is_none().then_some(());
    }
    if let "am" | "pm" = word {
        return parts.afternoon.replace(word == "pm").is_none().then_some(());
    }
    let number = word.trim_end_matches("er").trim_end_matches("th").trim_end_matches("st");
    let number = number.trim_end_matches("nd").trim_end_matches("rd").trim_end_matches('e');
    if let Ok(number) = number.parse::<i16>() {
        parts.numbers.push(number);
        return (number >= 0 && parts.numbers.len() <= 3).then_some(());
    }
    let month = MONTHS.iter().find(|(begin, _)| word.starts_with(begin) && word.len() <= 9);
    // `mar.` is a Tuesday in French as well: only where a month follows is it the day.
    match (month, parts.month) {
        (Some((_, month)), None) => {
            parts.month = Some(*month);
            Some(())
        }
        (Some((_, month)), Some(_)) if parts.numbers.len() <= 1 => {
            parts.month = Some(*month);
            Some(())
        }
        _ => DAYS.iter().any(|day| word.starts_with(day)).then_some(()),
    }
}

/// `15:11`, `15:11:30`, `15h11`, `15h`, `3:11pm`.
fn time(word: &str) -> Option<(i8, i8, i8)> {
    let word = word.trim_end_matches('z');
    let separator = if word.contains(':') { ':' } else { 'h' };
    let (hour, rest) = word.split_once(separator)?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
    let digits = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
    if hour.is_empty() || !digits(hour) || !digits(minute) || !digits(second) {
        return None;
    }
    let number = |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i8>() };
    Some((number(hour).ok()?, number(minute).ok()?, number(second).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris(text: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        parse(text, &zone).map(|at| jiff::Timestamp::from_millisecond(at.as_millis()).unwrap().to_string())
    }

    #[test]
    fn dates_are_read_as_pages_write_them_in_three_languages() {
        let may = "2025-05-27T17:57:00Z";
        let december = "2025-12-02T14:11:00Z";
        for (text, expected) in [
            ("27 mai 2025, 19:57", may),
            ("le 27 mai 2025 à 19h57", may),
            ("mar. 27 mai 2025 19:57", may),
            ("27 mei 2025 om 19:57", may),
            ("May 27, 2025, 7:57 PM", may),
            ("27/05/2025 19:57", may),
            ("27-05-2025, 19:57:00", may),
            ("05/27/2025 19:57", may),
            ("2025-05-27T17:57:00Z", may),
            ("2025-05-27 19:57", may),
            ("2 déc. 2025, 15:11", december),
            ("2 de\u{301}c. 2025, 15:11", december),
            ("2 décembre 2025 15:11", december),
            ("2 dec. 2025, 15:11", december),
            ("2\u{a0}déc. 2025\u{202f}, 15:11", december),
            ("2 december 2025 15:11", december),
            ("Dec 2, 2025, 3:11 PM", december),
            ("1er juillet 2025", "2025-06-30T22:00:00Z"),
            ("12 juin 2025", "2025-06-11T22:00:00Z"),
            ("2 mrt 2025", "2025-03-01T23:00:00Z"),
            ("15 août 2025", "2025-08-14T22:00:00Z"),
            ("1 févr. 2025", "2025-01-31T23:00:00Z"),
            ("2025-12-02", "2025-12-01T23:00:00Z"),
            ("Jan 5, 2025, 12:05 AM", "2025-01-04T23:05:00Z"),
        ] {
            assert_eq!(paris(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "hier",
            "En attente",
            "Marie Martin",
            "Marc",
            "31 février 2025",
            "99:99",
            "2 déc.",
            "12",
            "1/2",
            "zoe@acme.fr",
            "2025-13-01",
            "25/12/2025 15:11 16:12",
            "3 mai 2025 mai 2025",
            "32/01/2025",
        ] {
            assert_eq!(paris(text), None, "{text}");
        }
    }

    #[test]
    fn the_days_of_a_spreadsheet_are_counted() {
        let at = of_serial(45_804.831_25, &TimeZone::UTC).unwrap();
        assert_eq!(Some(at), Timestamp::parse("2025-05-27T19:57:00Z"));
        assert_eq!(of_serial(12.0, &TimeZone::UTC), None);
    }
}
