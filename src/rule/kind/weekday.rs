//! `weekday`: reports a date that does not agree with the calendar.
//!
//! ```yaml
//! - id: wrong-weekday
//!   kind: weekday
//!   find: mismatch      # the default: "Tuesday, 25 August 2025", which was a Monday
//! - id: impossible-date
//!   kind: weekday
//!   find: impossible    # "31 June 2025"
//! ```
//!
//! Dates are read as "25 August 2025", "the 25th of August 2025", "August 25, 2025", with months in full or abbreviated, and
//! "2025-08-25". The day of the week stands right before ("Monday, ...", "(Mon) ...") or in brackets right behind. The calendar is
//! the proleptic Gregorian one.

use super::{Context, Entry, Kind, Report, Shared, Site};
use crate::span::{Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry =
    Entry { name: "weekday", about: "reports dates whose weekday is wrong, and dates that do not exist", read };

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Find {
    Mismatch,
    Impossible,
}

#[derive(Debug)]
struct Weekday {
    find: Find,
}

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    const CHOICES: &[(&str, Find)] = &[("mismatch", Find::Mismatch), ("impossible", Find::Impossible)];
    let find = match fields.get("find") {
        Some(node) => node.text()?.choose("thing to find", CHOICES)?,
        None => Find::Mismatch,
    };
    Some(Box::new(Weekday { find }))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From Sunday, as the arithmetic counts.
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The names of a list that are shortened to three letters are also shortened to these.
const LONGER_SHORT_FORMS: [&str; 4] = ["Tues", "Thur", "Thurs", "Sept"];

/// A date in a text. The numbers are as they stand there.
#[derive(Debug, Clone, Copy)]
struct Date {
    span: Span<Plain>,
    year: Option<u32>,
    /// From 1.
    month: u32,
    day: u32,
    /// Whether the month stands before the day.
    month_first: bool,
}

impl Date {
    fn days_in_month(&self) -> u32 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year.is_none_or(is_leap) => 29,
            2 => 28,
            _ => 31,
        }
    }

    /// Whether no calendar has it. Without a year "In June 31 states joined" is no date, and "31 June" is one.
    fn is_impossible(&self) -> bool {
        let sure = self.year.is_some() || (!self.month_first && (30..=31).contains(&self.day));
        sure && (self.day == 0 || self.day > self.days_in_month())
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The day of the week, from Sunday: the method that Tomohiko Sakamoto gave in comp.lang.c in 1993.
fn day_of_week(year: u32, month: u32, day: u32) -> usize {
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year.saturating_sub(1) } else { year };
    let shift = SHIFT[(month as usize - 1).min(11)];
    ((year + year / 4 - year / 100 + year / 400 + shift + day) % 7) as usize
}

impl Kind for Weekday {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            if !text.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let found = dates(text).into_iter().filter_map(|date| match self.find {
                Find::Mismatch => mismatch(text, &date, block),
                Find::Impossible => impossible(&date, block),
            });
            reports.extend(found.filter(|report| context.in_scope(block, report.site.span)));
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let what = match self.find {
            Find::Mismatch => "a date with another day of the week than the calendar has",
            Find::Impossible => "a date that the calendar does not have",
        };
        vec![what.to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

fn impossible(date: &Date, block: usize) -> Option<Report> {
    let month = MONTHS[date.month as usize - 1];
    let year = date.year.filter(|_| date.month == 2).map(|year| format!(" {year}")).unwrap_or_default();
    let expected = format!("{month}{year} has {} days", date.days_in_month());
    date.is_impossible().then(|| Report::at(Site { block, span: date.span }).expect(expected))
}

fn mismatch(text: &str, date: &Date, block: usize) -> Option<Report> {
    let year = date.year?;
    if date.day == 0 || date.day > date.days_in_month() {
        return None;
    }
    let named = weekday_before(text, date.span).or_else(|| weekday_behind(text, date.span))?;
    let found = &text[named.range()];
    let right = DAYS[day_of_week(year, date.month, date.day)];
    if is_name(found, right) {
        return None;
    }
    let right = written_like(found, right);
    let span = Span::new(named.start().min(date.span.start()), named.end().max(date.span.end()));
    let suggestion = format!("{}{right}{}", &text[span.start()..named.start()], &text[named.end()..span.end()]);
    Some(Report::at(Site { block, span }).expect(right).suggest(vec![suggestion]))
}

/// The day of the week that stands right before a date.
fn weekday_before(text: &str, date: Span<Plain>) -> Option<Span<Plain>> {
    let before = text[..date.start()].trim_end_matches([' ', ',', '.', ')']);
    let before = before.strip_suffix(" the").map_or(before, |rest| rest.trim_end_matches([' ', ',', '.', ')']));
    let between = &text[before.len()..date.start()];
    weekday_at(text, last_word(before)).filter(|_| between.contains(' '))
}

/// The day of the week that stands in brackets right behind a date.
fn weekday_behind(text: &str, date: Span<Plain>) -> Option<Span<Plain>> {
    let rest = &text[date.end()..];
    let inner = rest.strip_prefix([' ', '.']).unwrap_or(rest).strip_prefix('(')?;
    let len = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len());
    let start = text.len() - inner.len();
    weekday_at(text, Span::new(start, start + len)).filter(|_| inner[len..].trim_start_matches('.').starts_with(')'))
}

fn weekday_at(text: &str, span: Span<Plain>) -> Option<Span<Plain>> {
    DAYS.iter().any(|day| is_name(&text[span.range()], day)).then_some(span)
}

/// The right day in the manner of the wrong one: abbreviated, in capitals.
fn written_like(found: &str, day: &str) -> String {
    let is_short = !DAYS.iter().any(|day| found.eq_ignore_ascii_case(day));
    let day = if is_short { &day[..3] } else { day };
    if found.len() > 1 && !found.contains(char::is_lowercase) { day.to_uppercase() } else { day.to_owned() }
}

/// Whether `word`, written with a capital, is `name` or short for it.
fn is_name(word: &str, name: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.is_ascii()
        && (word.eq_ignore_ascii_case(name)
            || (word.len() == 3 && word.eq_ignore_ascii_case(&name[..3]))
            || (LONGER_SHORT_FORMS.iter().any(|short| word.eq_ignore_ascii_case(short))
                && name.get(..word.len()).is_some_and(|start| word.eq_ignore_ascii_case(start))))
}

/// The letters that a text ends with.
fn last_word(text: &str) -> Span<Plain> {
    let start = text.char_indices().rev().find(|&(_, c)| !c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(start, text.len())
}

/// The dates of a text.
fn dates(text: &str) -> Vec<Date> {
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

/// "25 August 2025", "25th of August 2025".
fn day_first(text: &str, start: usize, end: usize) -> Option<Date> {
    let rest = text[skip_ordinal(text, end)..].strip_prefix(' ')?;
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let month = month(&rest[..len])?;
    let month_end = text.len() - rest.len() + len;
    let (year, end_of_date) = year_at(text, month_end).unzip();
    let span = Span::new(start, end_of_date.unwrap_or(month_end));
    Some(Date { span, year, month, day: text[start..end].parse().ok()?, month_first: false })
}

/// "August 25, 2025".
fn month_first(text: &str, start: usize, end: usize) -> Option<Date> {
    let before = text[..start].strip_suffix(' ')?;
    let word = last_word(before.strip_suffix('.').unwrap_or(before));
    let month = month(&text[word.range()])?;
    let day_end = skip_ordinal(text, end);
    let (year, end_of_date) = year_at(text, day_end).unzip();
    let span = Span::new(word.start(), end_of_date.unwrap_or(day_end));
    Some(Date { span, year, month, day: text[start..end].parse().ok()?, month_first: true })
}

/// "2025-08-25".
fn iso(text: &str, start: usize) -> Option<Date> {
    let date = text.get(start..start + 10)?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let number = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let ends = !text[start + 10..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    let span = Span::new(start, start + 10);
    (ends && (1..=12).contains(&month) && is_year(year)).then_some(Date {
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

/// Where the "th" of an ordinal ends that begins at `at`; `at` where there is none.
fn skip_ordinal(text: &str, at: usize) -> usize {
    let suffix = text.get(at..at + 2).filter(|suffix| matches!(*suffix, "st" | "nd" | "rd" | "th"));
    at + suffix.map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_week_follows_the_calendar() {
        let cases = [
            ((2025, 8, 25), "Monday"),
            ((2024, 2, 29), "Thursday"),
            ((2000, 1, 1), "Saturday"),
            ((1900, 3, 1), "Thursday"),
            ((1953, 10, 1), "Thursday"),
            ((2100, 12, 31), "Friday"),
        ];
        for ((year, month, day), expected) in cases {
            assert_eq!(DAYS[day_of_week(year, month, day)], expected, "{year}-{month}-{day}");
        }
    }
}
