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

use super::{Context, Kind, KindEntry, Report};
use crate::declare::{choices, keys};
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::span::{Plain, Span};
use crate::text::date::{MONTHS, WEEKDAYS, WrittenDate, dates, is_name, last_word};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "weekday",
    about: "reports dates whose weekday is wrong, and dates that do not exist",
    message: |_| "\"{match}\" does not agree with the calendar: {expected}",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// What to report.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "mismatch")))]
    find: Option<DateFault>,
}

choices! {
    /// The faults of dates that are reported.
    enum DateFault {
        /// A date with the wrong day of the week.
        Mismatch = "mismatch",
        /// A date that does not exist, such as 31 June.
        Impossible = "impossible",
    }
}

#[derive(Debug)]
struct WeekdayKind {
    find: DateFault,
}

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    let find = match fields.get("find") {
        Some(node) => node.text()?.choose("thing to find", DateFault::NAMES)?,
        None => DateFault::Mismatch,
    };
    Some(Box::new(WeekdayKind { find }))
}

impl Kind for WeekdayKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            if !text.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let found = dates(text).into_iter().filter_map(|date| match self.find {
                DateFault::Mismatch => mismatch(text, &date, block),
                DateFault::Impossible => impossible(&date, block),
            });
            reports.extend(found.filter(|report| context.in_scope(block, report.site.span)));
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let what = match self.find {
            DateFault::Mismatch => "a date with another day of the week than the calendar has",
            DateFault::Impossible => "a date that the calendar does not have",
        };
        vec![what.to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// True if no calendar has a date. Without a year "In June 31 states joined" is no date, and "31 June" is one.
fn is_impossible(date: &WrittenDate) -> bool {
    let sure = date.year.is_some() || (!date.month_first && (30..=31).contains(&date.day));
    sure && (date.day == 0 || date.day > date.days_in_month())
}

fn impossible(date: &WrittenDate, block: usize) -> Option<Report> {
    let month = MONTHS[date.month as usize - 1];
    let year = date.year.filter(|_| date.month == 2).map(|year| format!(" {year}")).unwrap_or_default();
    let expected = format!("{month}{year} has {} days", date.days_in_month());
    is_impossible(date).then(|| Report::at(Site { block, span: date.span }).expect(expected))
}

fn mismatch(text: &str, date: &WrittenDate, block: usize) -> Option<Report> {
    let right = WEEKDAYS[date.weekday()?];
    let named = weekday_before(text, date.span).or_else(|| weekday_behind(text, date.span))?;
    let found = &text[named.range()];
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
    WEEKDAYS.iter().any(|day| is_name(&text[span.range()], day)).then_some(span)
}

/// The right day in the manner of the wrong one: abbreviated, in capitals.
fn written_like(found: &str, day: &str) -> String {
    let is_short = !WEEKDAYS.iter().any(|day| found.eq_ignore_ascii_case(day));
    let day = if is_short { &day[..3] } else { day };
    if found.len() > 1 && !found.contains(char::is_lowercase) { day.to_uppercase() } else { day.to_owned() }
}
