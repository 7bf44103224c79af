//! Dates as English texts write them.
//!
//! Read are "25 August 2025", "the 25th of August 2025", "August 25, 2025", with months in full or abbreviated, and "2025-08-25". A
//! year may be missing. What the calendar has is asked for by those who want to know.

use jiff::civil;

use crate::span::{Plain, Span};

/// The months, in order.
pub(crate) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// The days of the week, from Sunday.
pub(crate) const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The names of a list that are shortened to three letters are also shortened to these.
const LONGER_SHORT_FORMS: [&str; 4] = ["Tues", "Thur", "Thurs", "Sept"];

/// A date in a text. The numbers are as they stand there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrittenDate {
    pub(crate) span: Span<Plain>,
    pub(crate) year: Option<u32>,
    /// The number of the month, from 1.
    pub(crate) month: u32,
    pub(crate) day: u32,
    /// True if the month stands before the day.
    pub(crate) month_first: bool,
}

/// The value of a date, however it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DateValue {
    pub(crate) year: Option<u32>,
    /// The number of the month, from 1.
    pub(crate) month: u32,
    pub(crate) day: Option<u32>,
}

impl WrittenDate {
    /// Its value.
    pub(crate) fn value(&self) -> DateValue {
        DateValue { year: self.year, month: self.month, day: Some(self.day) }
    }

    /// The number of days of its month in the proleptic Gregorian calendar; in a leap year, if it has no year.
    pub(crate) fn days_in_month(&self) -> u32 {
        const LEAP_YEAR: u32 = 2000;
        civil_date(self.year.unwrap_or(LEAP_YEAR), self.month, 1).map_or(0, |first| first.days_in_month() as u32)
    }

    /// The place of its day among [`WEEKDAYS`], if it has a year and the calendar has it.
    pub(crate) fn weekday(&self) -> Option<usize> {
        let date = civil_date(self.year?, self.month, self.day)?;
        Some(date.weekday().to_sunday_zero_offset() as usize)
    }
}

/// The date of the calendar, if it has one.
fn civil_date(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// True if `word`, written with a capital, is `name` or short for it.
pub(crate) fn is_name(word: &str, name: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.is_ascii()
        && (word.eq_ignore_ascii_case(name)
            || (word.len() == 3 && word.eq_ignore_ascii_case(&name[..3]))
            || (LONGER_SHORT_FORMS.iter().any(|short| word.eq_ignore_ascii_case(short))
                && name.get(..word.len()).is_some_and(|start| word.eq_ignore_ascii_case(start))))
}

/// The letters that a text ends with.
pub(crate) fn last_word(text: &str) -> Span<Plain> {
    let start = text.char_indices().rev().find(|&(_, c)| !c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(start, text.len())
}

/// The dates of a text, in order.
pub(crate) fn dates(text: &str) -> Vec<WrittenDate> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + next;
        let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = end;
        let joined = text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/'));
        let date = match end - start {
            1 | 2 if !joined => day_first(text, start, end).or_else(|| month_first(text, start, end)),
            4 if !joined => iso(text, start),
            _ => None,
        };
        if let Some(date) = date {
            at = at.max(date.span.end());
            found.push(date);
        }
    }
    found
}

/// The months of a text that have a year and no day, in order: "May 2021", "Sept., 2021".
pub(crate) fn months(text: &str) -> impl Iterator<Item = (DateValue, Span<Plain>)> {
    let mut before = "";
    let mut at = 0;
    text.split(' ').filter_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let name = std::mem::replace(&mut before, word);
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = start + word.len() - bare.len();
        let year = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        let year = Some(year).filter(|year| year.len() == 4)?.parse().ok();
        let year = year.filter(|year| (1800..2200).contains(year))?;
        let month = month(name.trim_end_matches([',', '.']))?;
        Some((DateValue { year: Some(year), month, day: None }, Span::new(start - 1 - name.len(), first + 4)))
    })
}

/// "25 August 2025", "25th of August 2025".
fn day_first(text: &str, start: usize, end: usize) -> Option<WrittenDate> {
    let rest = text[skip_ordinal(text, end)..].strip_prefix(' ')?;
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let month = month(&rest[..len])?;
    let month_end = text.len() - rest.len() + len;
    let (year, end_of_date) = year_at(text, month_end).unzip();
    let span = Span::new(start, end_of_date.unwrap_or(month_end));
    Some(WrittenDate { span, year, month, day: text[start..end].parse().ok()?, month_first: false })
}

/// "August 25, 2025".
fn month_first(text: &str, start: usize, end: usize) -> Option<WrittenDate> {
    let before = text[..start].strip_suffix(' ')?;
    let word = last_word(before.strip_suffix('.').unwrap_or(before));
    let month = month(&text[word.range()])?;
    let day_end = skip_ordinal(text, end);
    let (year, end_of_date) = year_at(text, day_end).unzip();
    let span = Span::new(word.start(), end_of_date.unwrap_or(day_end));
    Some(WrittenDate { span, year, month, day: text[start..end].parse().ok()?, month_first: true })
}

/// "2025-08-25".
fn iso(text: &str, start: usize) -> Option<WrittenDate> {
    let date = text.get(start..start + 10)?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let number = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let ends = !text[start + 10..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    let span = Span::new(start, start + 10);
    (ends && (1..=12).contains(&month) && is_year(year)).then_some(WrittenDate {
        span,
        year: Some(year),
        month,
        day,
        month_first: true,
    })
}

fn month(word: &str) -> Option<u32> {
    MONTHS.iter().position(|month| is_name(word, month)).map(|index| index as u32 + 1)
}

/// The year behind the day or the month that ends at `at`, and where it ends.
fn year_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text[at..].trim_start_matches(['.', ',']).strip_prefix(' ')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !rest[digits..].starts_with(|c: char| c.is_alphabetic());
    let year = rest[..digits].parse().ok().filter(|&year| digits == 4 && ends && is_year(year))?;
    Some((year, text.len() - rest.len() + digits))
}

fn is_year(year: u32) -> bool {
    (1000..3000).contains(&year)
}

/// Returns the end of the "th" of an ordinal that begins at `at`; `at` where there is none.
fn skip_ordinal(text: &str, at: usize) -> usize {
    let suffix = text.get(at..at + 2).filter(|suffix| matches!(*suffix, "st" | "nd" | "rd" | "th"));
    at + suffix.map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u32, month: u32, day: u32) -> WrittenDate {
        WrittenDate { span: Span::new(0, 0), year: Some(year), month, day, month_first: false }
    }

    #[test]
    fn the_day_of_the_week_follows_the_calendar() {
        let cases = [
            ((2025, 8, 25), Some("Monday")),
            ((2024, 2, 29), Some("Thursday")),
            ((2000, 1, 1), Some("Saturday")),
            ((1900, 3, 1), Some("Thursday")),
            ((1953, 10, 1), Some("Thursday")),
            ((2100, 12, 31), Some("Friday")),
            ((2025, 2, 29), None),
            ((2025, 4, 0), None),
        ];
        for ((year, month, day), expected) in cases {
            let found = date(year, month, day).weekday().map(|day| WEEKDAYS[day]);
            assert_eq!(found, expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn february_has_a_leap_day_where_the_year_does_not_say_otherwise() {
        let cases = [(Some(2024), 29), (Some(2025), 28), (Some(1900), 28), (Some(2000), 29), (None, 29)];
        for (year, expected) in cases {
            assert_eq!(WrittenDate { year, ..date(2000, 2, 1) }.days_in_month(), expected, "{year:?}");
        }
        assert_eq!(date(2025, 6, 31).days_in_month(), 30);
    }

    #[test]
    fn a_month_with_its_year_is_read_where_no_day_stands_beside_them() {
        let found: Vec<_> = months("in May 2021, Sept., 2022 and may 2023; June 12").collect();
        let month = |year, month| DateValue { year: Some(year), month, day: None };
        assert_eq!(found, [(month(2021, 5), Span::new(3, 11)), (month(2022, 9), Span::new(13, 24))]);
    }

    #[test]
    fn dates_are_read_in_every_order() {
        let cases = [
            ("on 25 August 2025 in", vec![(Some(2025), 8, 25)]),
            ("the 25th of August, 2025", vec![(Some(2025), 8, 25)]),
            ("August 25, 2025 and Sept. 3", vec![(Some(2025), 8, 25), (None, 9, 3)]),
            ("2025-08-25", vec![(Some(2025), 8, 25)]),
            ("resolution 2025 of 12 states", vec![]),
            // What is part of something longer is no date, no month and no year.
            ("2026-06-011, 2026-06-01-02, 2026-6-011, R2026-06-01", vec![]),
            ("2026-13-01, 2026-00-01, 0999-06-01", vec![]),
            ("the G20 May 2026 talks, 3.5 June 2026", vec![]),
            ("5 June 02026, 5 June 2026th, 5 June 0999, 5 June 3500", vec![(None, 6, 5); 4]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = dates(text).iter().map(|date| (date.year, date.month, date.day)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
