//! The figures of a sentence: its dates, sums, shares, ordinals and other numbers, as the recognisers of a draft read them.

use crate::span::{Plain, Span};
use crate::text::amount::{self, Unit, amounts};
use crate::text::date::{self, MONTHS, WEEKDAYS, dates, months};
use crate::text::number::{Decimal, numbers};
use crate::text::ordinal::ordinals;

/// The thing that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    Money,
    Percent,
    /// Days: it has a month or a day of the week.
    Calendar,
    Number,
    /// Nothing: it is a name.
    Name(NameClass),
}

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NameClass {
    State,
    /// People or things of a state.
    Adjective,
    Body,
    Instrument,
    /// A place, a person, a programme or the like.
    Other,
}

/// The value of a figure: two of one value say the same, however they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum FigureValue {
    Amount(amount::AmountValue),
    Date(date::DateValue),
    Ordinal(u32),
    Number(Decimal),
    /// A state or a body by its code, called by its letters or by the name that they are short for.
    Name(&'static str),
}

/// A figure, and what it says, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct MeasuredFigure {
    pub(super) span: Span<Plain>,
    pub(super) counts: Counts,
    pub(super) value: Option<FigureValue>,
}

/// The figures of a sentence, in order; none overlaps another.
pub(super) fn figures(sentence: &str) -> Vec<MeasuredFigure> {
    let figure = |span, counts, value| MeasuredFigure { span, counts, value };
    let dates = dates(sentence).into_iter().map(|date| {
        let span = with_article(sentence, date.span);
        figure(span, Counts::Calendar, Some(FigureValue::Date(date.value())))
    });
    let months = months(sentence).map(|(month, span)| {
        // A month before a year in brackets has that in brackets.
        let is_plain =
            sentence[span.range()].bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .,".contains(&byte));
        figure(span, Counts::Calendar, Some(FigureValue::Date(month)).filter(|_| is_plain))
    });
    // A change of "doubling" is one of words, and "three times" may be no ratio.
    let amounts = amounts(sentence).into_iter().filter_map(|(amount, span)| {
        let counts = match amount.unit {
            Unit::Money => Counts::Money,
            Unit::Percent | Unit::Gdp => Counts::Percent,
            Unit::Ratio => return None,
        };
        // What it is a share of is told in words of its own.
        let value = amount.value().map(|value| FigureValue::Amount(value.without_product()));
        Some(figure(Span::new(span.start(), amount.end), counts, value))
    });
    let ordinals = ordinals(sentence)
        .into_iter()
        .map(|(number, span)| figure(span, Counts::Number, Some(FigureValue::Ordinal(number))));
    let numbers = numbers(sentence)
        .into_iter()
        .map(|(number, span)| figure(span, Counts::Number, number.map(FigureValue::Number)));
    let names = calendar_names(sentence).map(|span| figure(span, Counts::Calendar, None));
    let mut all: Vec<MeasuredFigure> =
        dates.chain(months).chain(amounts).chain(ordinals).chain(numbers).chain(names).collect();
    // Of those that begin at one place the first of these kinds.
    all.sort_by_key(|figure| figure.span.start());
    let mut end = 0;
    all.retain(|figure| {
        let is_free = figure.span.start() >= end;
        if is_free {
            end = figure.span.end();
        }
        is_free
    });
    all
}

/// A date with the article that belongs to its form: "the 12th of March".
fn with_article(sentence: &str, date: Span<Plain>) -> Span<Plain> {
    let before = &sentence[..date.start()];
    let article = ["the ", "The "].iter().find_map(|article| before.strip_suffix(article));
    let article = article.filter(|before| !before.ends_with(char::is_alphanumeric));
    match article {
        Some(before) if sentence[date.range()].contains(" of ") => Span::new(before.len(), date.end()),
        _ => date,
    }
}

/// Months and days of the week in full, with their capital: at the beginning of a sentence no "May" and no "March".
fn calendar_names(sentence: &str) -> impl Iterator<Item = Span<Plain>> {
    let first = sentence.find(char::is_alphanumeric);
    let is_one_of = |word: &str, names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    let mut end = 0;
    sentence.split_inclusive(|c: char| !c.is_alphanumeric()).filter_map(move |piece| {
        let start = end;
        end += piece.len();
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_name = word.starts_with(|c: char| c.is_ascii_uppercase())
            && (is_one_of(word, &MONTHS) || is_one_of(word, &WEEKDAYS))
            && !(first == Some(start) && is_one_of(word, &["May", "March"]));
        is_name.then_some(Span::new(start, start + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The one figure of a text that is nothing else.
    fn value(text: &str) -> Option<FigureValue> {
        match figures(text).as_slice() {
            [figure] if figure.span == Span::new(0, text.len()) => figure.value,
            _ => None,
        }
    }

    #[test]
    fn figures_of_one_value_say_the_same_and_others_do_not() {
        // Those of a line say the same, and what no other line says.
        let lines: &[&[&str]] = &[
            &[
                "12 March 2024",
                "March 12, 2024",
                "12th March 2024",
                "the 12th of March 2024",
                "12 Mar. 2024",
                "2024-03-12",
            ],
            &["3 December 2024", "December 3, 2024", "2024-12-03"],
            &["12 March", "March 12", "12th of March", "March 12th"],
            &["13 March 2024"],
            &["12 March 2025"],
            &["September 2026", "Sept. 2026", "Sep 2026", "September, 2026"],
            &[
                "$500 million",
                "500 million dollars",
                "$0.5 billion",
                "US$500m",
                "USD 500,000,000",
                "500mn U.S. dollars",
            ],
            &["$500 billion", "500bn dollars"],
            &["$500"],
            &["A$500 million"],
            &["C$500 million"],
            &["500 million euros", "\u{20ac}500 million", "EUR 0.5bn", "500m euro"],
            &["$10 billion", "10bn dollars", "ten billion dollars", "$10,000 million", "US$ 10 bn", "$10b"],
            &["$2.50", "2.5 dollars", "two and a half dollars"],
            &["28,500", "28500", "28.5 thousand"],
            &["28.5", "twenty-eight and a half"],
            &["50%", "50 percent", "50 per cent", "fifty percent", "50.0 %"],
            &["50 percentage points", "fifty percentage points"],
            &["50", "fifty"],
            &["10th", "tenth", "Tenth"],
            &["21st", "twenty-first"],
            &["10", "ten"],
            &["340282366920938463463374607431768211455"],
        ];
        let all = || lines.iter().enumerate().flat_map(|(line, texts)| texts.iter().map(move |text| (line, *text)));
        for (line, text) in all() {
            assert!(value(text).is_some(), "{text}");
            for (other_line, other) in all() {
                assert_eq!(value(text) == value(other), line == other_line, "{text} and {other}");
            }
        }
    }

    #[test]
    fn what_may_mean_two_things_has_no_value() {
        let texts = [
            "03/04/2027",
            "3,5",
            "5 m",
            "5m",
            "5k",
            "HK$5",
            "NZ$5 million",
            "May",
            "Monday",
            "a",
            "1,23,456",
            "1.10",
            "007",
            "340282366920938463463374607431768211456",
        ];
        for text in texts {
            assert_eq!(value(text), None, "{text}");
        }
        let within = |text: &str| figures(text).iter().filter_map(|figure| figure.value).count();
        for text in ["HK$5", "NZ$5 million", "3,5"] {
            assert_eq!(within(text), 0, "{text}");
        }
    }

    #[test]
    fn a_share_is_told_without_what_it_is_a_share_of() {
        let text = "3 percent of GDP";
        let figure = figures(text)[0];
        assert_eq!((&text[figure.span.range()], figure.value), ("3 percent", value("3%")));
    }

    fn grouped(number: u64) -> String {
        let digits = number.to_string();
        let first = (digits.len() - 1) % 3 + 1;
        let (head, tail) = digits.split_at(first);
        tail.as_bytes().chunks(3).fold(head.to_owned(), |text, group| {
            format!("{text},{}", group.iter().map(|&byte| char::from(byte)).collect::<String>())
        })
    }

    /// Ways to write a sum of dollars.
    fn sums(cents: u64) -> Vec<String> {
        let number = |number: u64, decimals: usize| {
            let unit = 10_u64.pow(decimals as u32);
            let behind = format!("{:0decimals$}", number % unit);
            match behind.trim_end_matches('0') {
                "" => grouped(number / unit),
                behind => format!("{}.{behind}", grouped(number / unit)),
            }
        };
        let mut found = Vec::new();
        for (decimals, scales) in
            [(2, &[""][..]), (5, &[" thousand", "k"]), (8, &[" million", "m", " mn"]), (11, &[" billion", "bn"])]
        {
            let number = number(cents, decimals);
            for scale in scales {
                let plain = number.replace(',', "");
                found.extend([
                    format!("${number}{scale}"),
                    format!("US$ {plain}{scale}"),
                    format!("{number}{scale} dollars"),
                ]);
            }
        }
        found
    }

    fn days() -> impl Strategy<Value = (u32, u32, u32)> {
        (1000_u32..3000, 1_u32..=12, 1_u32..=31)
    }

    /// Ways to write a date.
    fn spellings((year, month, day): (u32, u32, u32)) -> Vec<String> {
        let name = MONTHS[month as usize - 1];
        let nth = crate::text::ordinal::in_digits(day);
        vec![
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{nth} {name} {year}"),
            format!("the {nth} of {name}, {year}"),
            format!("{name} {nth} {year}"),
            format!("{day} {}. {year}", &name[..3]),
            format!("{year}-{month:02}-{day:02}"),
        ]
    }

    proptest! {
        #[test]
        fn every_spelling_of_a_sum_reads_back_as_it(cents in 1_u64..100_000_000_000_000, more in 1_u64..1000) {
            let expected = value(&sums(cents)[0]);
            prop_assert!(expected.is_some());
            for text in sums(cents) {
                prop_assert_eq!(value(&text), expected, "{}", text);
            }
            for text in sums(cents + more) {
                prop_assert_ne!(value(&text), expected, "{}", text);
            }
        }

        #[test]
        fn every_spelling_of_a_date_reads_back_as_it(day in days(), other in days()) {
            let expected = value(&spellings(day)[0]);
            prop_assert!(expected.is_some());
            for text in spellings(day) {
                prop_assert_eq!(value(&text), expected, "{}", text);
            }
            for text in spellings(other) {
                prop_assert_eq!(value(&text) == expected, day == other, "{}", text);
            }
        }

        #[test]
        fn every_spelling_of_a_number_reads_back_as_it(number in 0_u64..1_000_000_000_000, more in 1_u64..1000) {
            let scaled = |number: u64| format!("{}.{:03}", number / 1000, number % 1000);
            let scaled = |number| format!("{} thousand", scaled(number).trim_end_matches('0').trim_end_matches('.'));
            let texts = |number: u64| [number.to_string(), grouped(number), scaled(number)];
            let expected = value(&number.to_string());
            prop_assert!(expected.is_some());
            for text in texts(number) {
                prop_assert_eq!(value(&text), expected, "{}", text);
            }
            for text in texts(number + more) {
                prop_assert_ne!(value(&text), expected, "{}", text);
            }
        }
    }
}
