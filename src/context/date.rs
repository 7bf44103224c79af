//! The day that a text is of: of the meeting, the signature or the adoption that made it.
//!
//! A text names many days. Only those count that stand where one dates a text: in the front matter, a line of place and date, the
//! words by which it was adopted, signed or met over.

use super::opening::{Title, beginning, opening};
use super::{Inferred, excerpt, front_matter, kind};
use crate::draft::Draft;
use crate::text::date::{MONTHS, WrittenDate as Written, dates, months};
use crate::text::{Block, BlockKind};

/// A day of the Gregorian calendar, or as much of one as a text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Date {
    /// The year.
    pub year: u32,
    /// The month, from 1.
    pub month: Option<u32>,
    /// The day, from 1; `None` where the month is.
    pub day: Option<u32>,
}

impl Date {
    /// A whole day.
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Date {
        Date { year, month: Some(month), day: Some(day) }
    }

    /// The day in the form of ISO 8601, or as much of it as there is: `2002-05-20`, `2002-05`, `2002`.
    pub(crate) fn parse(text: &str) -> Option<Date> {
        let mut parts = text.trim().split('-');
        let mut number = |len: usize| {
            let part = parts.next()?;
            (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2), number(2));
        let is_left = parts.next().is_some();
        let fits = month.is_none_or(|month| (1..=12).contains(&month)) && day.is_none_or(|day| (1..=31).contains(&day));
        (fits && !is_left && text.trim().len() == [4, 7, 10][usize::from(month.is_some()) + usize::from(day.is_some())])
            .then_some(Date { year, month, day })
    }

    /// True if it is before `other` whatever it leaves open.
    pub(crate) fn is_before(self, other: Date) -> bool {
        let last = (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31));
        last < (other.year, other.month.unwrap_or(1), other.day.unwrap_or(1))
    }
}

/// In the form of ISO 8601.
impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        [self.month, self.day].into_iter().flatten().try_for_each(|part| write!(f, "-{part:02}"))
    }
}

/// The most words of a line of place and date.
const DATELINE: usize = 14;

/// The number of blocks at the end of a draft that may be its signature.
const SIGNATURE: usize = 10;

/// The day that a draft is of, if it tells.
pub(super) fn dated(draft: &Draft, titles: &[Title]) -> Option<Inferred<Date>> {
    if let Some(named) = front_matter::text(draft, "date")
        && let Some(date) = in_front_matter(&named)
    {
        return Some(Inferred::new(date, format!("front matter has \"date: {named}\"")));
    }
    adopted(draft)
        .or_else(|| dateline(draft))
        .or_else(|| signed(draft))
        .or_else(|| met(draft))
        .or_else(|| titles.iter().filter(|title| kind::is_title(title)).find_map(in_title))
}

fn in_front_matter(text: &str) -> Option<Date> {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    Date::parse(day).or_else(|| whole(text)).or_else(|| month_and_year(text).map(|(date, _)| date))
}

/// The first whole date of a text, in English or, with the months of other languages, the day first.
fn whole(text: &str) -> Option<Date> {
    first_whole(text).map(|(date, _)| date)
}

/// The first whole date of a text, and where it begins.
fn first_whole(text: &str) -> Option<(Date, usize)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let english = dates(text).into_iter().find_map(|date| Some((from_written(&date)?, date.span.start())));
    // "this 22nd day of July 2015".
    let english = english.or_else(|| {
        let text = text.replacen(" day of ", " of ", 1);
        dates(&text).into_iter().find_map(|date| Some((from_written(&date)?, date.span.start())))
    });
    english.or_else(|| in_other_language(text)).or_else(|| in_east_asia(text))
}

fn from_written(date: &Written) -> Option<Date> {
    let is_there = (1..=date.days_in_month()).contains(&date.day);
    is_there.then_some(Date::new(date.year?, date.month, date.day))
}

/// The months in French, Spanish, Portuguese, Italian, German and Dutch, by the letters that they begin with.
const OTHER_MONTHS: [&[&str]; 12] = [
    &["janv", "ener", "jane", "genn", "janu"],
    &["f\u{e9}vr", "febr", "feve", "febb"],
    &["mars", "marz", "mar\u{e7}", "m\u{e4}rz", "maar"],
    &["avri", "abri", "apri"],
    &["mai", "mayo", "maio", "magg", "mei"],
    &["juin", "juni", "junh", "giug"],
    &["juil", "juli", "julh", "lugl"],
    &["ao\u{fb}t", "agos", "augu"],
    &["sept", "sete", "sett", "septi"],
    &["octo", "octu", "outu", "otto", "okto"],
    &["nove"],
    &["d\u{e9}ce", "dici", "deze"],
];

/// "16 mars 2009", "1 de julio de 1993", "9. September 2025", and where it begins.
fn in_other_language(text: &str) -> Option<(Date, usize)> {
    let words: Vec<&str> = text.split(' ').filter(|word| !matches!(*word, "de" | "del")).collect();
    words.windows(3).find_map(|three| {
        let day =
            three[0].trim_end_matches(['.', '\u{ba}', 'r', 'e']).parse().ok().filter(|day| (1..=31).contains(day))?;
        let month = three[1].to_lowercase();
        let month =
            OTHER_MONTHS.iter().position(|starts| starts.iter().any(|start| month.starts_with(start)))? as u32 + 1;
        let year = three[2]
            .trim_end_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()
            .filter(|year| (1000..3000).contains(year))?;
        Some((Date::new(year, month, day), text.find(three[0])?))
    })
}

/// "2025년 8월 25일", "2025年8月25日", and where it begins.
fn in_east_asia(text: &str) -> Option<(Date, usize)> {
    let at = text.find(['\u{b144}', '\u{5e74}'])?;
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let start = at - digits(&text[..at]);
    let year = text[start..at].parse().ok()?;
    let mut numbers = text[at..].split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (month, day) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| (Date::new(year, month, day), start))
}

/// The first "May 2021", and where it begins.
fn month_and_year(text: &str) -> Option<(Date, usize)> {
    let (month, span) = months(text).next()?;
    Some((Date { year: month.year?, month: Some(month.month), day: None }, span.start()))
}

fn year(word: &str) -> Option<u32> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    (word.len() == 4).then(|| word.parse().ok().filter(|year| (1800..2200).contains(year)))?
}

/// The day on which an organ adopted the text, or on which it was signed, as its head says.
fn adopted(draft: &Draft) -> Option<Inferred<Date>> {
    const FORMULAS: &[&str] =
        &["adopted by", "adopted on", "Adopted", "ADOPTED", "Signed on", "SIGNED ON", "Done at", "DONE AT"];
    opening(draft).take(12).find_map(|(_, text, block)| {
        let at = FORMULAS.iter().filter_map(|word| text.find(word)).min()?;
        // A resolution that it cites was adopted as well.
        let before = text[..at].trim_end();
        let is_own = !text[at..].starts_with('a') || ["esolution", "ecision"].iter().any(|noun| before.ends_with(noun));
        let from = block.text().len() - text.len() + at;
        let sentence = &block.text()[from..block.sentence_end(from).max(from)];
        let date = whole(sentence).filter(|_| is_own)?;
        Some(Inferred::new(date, format!("opening: \"{}\"", excerpt(sentence))))
    })
}

/// A line of place and date at the start, or a line that begins so.
fn dateline(draft: &Draft) -> Option<Inferred<Date>> {
    let lines = || {
        opening(draft)
            .take(8)
            .filter(|(_, _, block)| !matches!(block.kind(), BlockKind::Footnote | BlockKind::Quotation))
    };
    let told = |date, text: &str| Inferred::new(date, format!("dateline: \"{}\"", excerpt(text)));
    lines()
        .find_map(|(_, text, _)| Some(told(at_head(text, first_whole(text))?, text)))
        .or_else(|| lines().find_map(|(_, text, _)| Some(told(at_head(text, month_and_year(text))?, text))))
}

/// The date, if no word of a sentence stands before it.
fn at_head(text: &str, date: Option<(Date, usize)>) -> Option<Date> {
    let (date, at) = date?;
    let before = text.get(..at)?;
    let is_head = before.split(' ').count() <= DATELINE
        && !before
            .split(' ')
            .any(|word| word.starts_with(char::is_lowercase) && !matches!(word, "le" | "of" | "the" | "and" | "de"));
    // "On 5 May 2025 the ministers met" is a sentence.
    let is_sentence = ["On ", "In ", "Since ", "After ", "Following ", "By ", "At ", "From ", "Recalling "]
        .iter()
        .any(|start| before.starts_with(start));
    (is_head && !is_sentence).then_some(date)
}

/// The line at the end by which a text is signed.
fn signed(draft: &Draft) -> Option<Inferred<Date>> {
    const FORMULAS: &[&str] = &["done ", "signed ", "fait \u{e0}", "hecho en", "gedaan te", "geschehen zu", "adopted "];
    draft.blocks().iter().rev().take(SIGNATURE).find_map(|block| {
        let text = block.text();
        let sentences = || block.sentence_ends().iter().map(|end| text[*end..].trim_start());
        let begins = |text: &str| {
            let start: String = text.chars().take(16).collect::<String>().to_lowercase();
            FORMULAS.iter().any(|formula| start.starts_with(formula)) || start.starts_with("in witness")
        };
        let formula = std::iter::once(text).chain(sentences()).find(|sentence| begins(sentence));
        let is_line = text.split(' ').count() <= DATELINE && !text.contains(" on ");
        let signed = formula.or(is_line.then_some(text))?;
        let date = whole(signed).or_else(|| formula.and_then(month_and_year).map(|(date, _)| date))?;
        Some(Inferred::new(date, format!("signature: \"{}\"", excerpt(signed))))
    })
}

/// Verbs of what parties do on the day that their text is of.
const DEEDS: &[&str] = &[
    "assembled", "chaired", "co-chaired", "convened", "gathered", "held", "hosted", "led", "meeting", "met", "paid",
    "spoke", "talks", "visited", "visit", "welcomed",
];

/// The first sentences, where they say on which day the parties met.
fn met(draft: &Draft) -> Option<Inferred<Date>> {
    let running = opening(draft).filter(|(_, text, block)| {
        matches!(block.kind(), BlockKind::Paragraph | BlockKind::List) && text.split(' ').count() > DATELINE
    });
    running.take(2).flat_map(|(_, text, block)| sentences(text, block).take(2).collect::<Vec<_>>()).find_map(
        |sentence| {
            let sentence = beginning(sentence);
            let deed = sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| DEEDS.contains(&word));
            let date = dates(sentence).into_iter().rev().find(|date| is_day_of(&sentence[..date.span.start()]))?;
            let date = from_written(&date).filter(|_| deed)?;
            Some(Inferred::new(date, format!("opening: \"{}\"", excerpt(sentence.trim()))))
        },
    )
}

/// The sentences of `text`, which is the block or its end.
fn sentences<'t>(text: &'t str, block: &'t Block) -> impl Iterator<Item = &'t str> {
    let from = block.text().len() - text.len();
    let ends = block.sentence_ends().iter().map(move |end| end.saturating_sub(from)).chain([text.len()]);
    ends.scan(0, move |start, end| {
        let sentence = text.get(*start..end);
        *start = end;
        sentence
    })
}

/// True if a day behind this text is one on which something was done: "on 5", "from 4-5", and not "of 5", and not one that is recalled.
fn is_day_of(before: &str) -> bool {
    let looks_back = ["recall", "Recall", "Whereas", "WHEREAS", "since ", "announced on", "issued on", "dated"];
    // What is before it of a stretch of days.
    let day = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '\u{2013}' | '\u{2011}'));
    let day = ["st", "nd", "rd", "th", "and", "to"].iter().fold(day, |day, end| day.strip_suffix(end).unwrap_or(day));
    let day = day.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let month = MONTHS.iter().fold(day, |day, month| day.strip_suffix(month).unwrap_or(day));
    // "from 29 October to"
    let month = month.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_on =
        ["on", "On", "from", "From", "today,", "Today,"].iter().any(|word| month.ends_with(word)) || before.is_empty();
    is_on && !looks_back.iter().any(|word| before.contains(word))
}

/// The date that a title ends with or has in brackets, or its year.
fn in_title(title: &Title) -> Option<Inferred<Date>> {
    let text = title.text.as_str();
    let because = || format!("title: \"{}\"", excerpt(text));
    let looks_back = ["nniversary", "since", "ommemorat"].iter().any(|word| text.contains(word));
    if looks_back {
        return None;
    }
    if let Some(date) = whole(text).or_else(|| month_and_year(text).map(|(date, _)| date)) {
        return Some(Inferred::new(date, because()));
    }
    if !title.is_sure {
        return None;
    }
    // "the 2030 Agenda" and "Vision 2045" are no years of a text; "Avalon Summit 2024" is one, and "2024 Joint Statement".
    let words: Vec<&str> = text.split(' ').collect();
    let (at, year) = words.iter().enumerate().find_map(|(at, word)| Some((at, year(word)?)))?;
    let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
    let behind = words.get(at + 1).map(|word| word.to_lowercase());
    let is_last = behind.is_none()
        && before.as_deref().is_some_and(|word| !matches!(word, "to" | "vision" | "agenda" | "of" | "by"));
    let is_named = behind
        .as_deref()
        .is_some_and(|word| matches!(word, "joint" | "leaders" | "leaders\u{2019}" | "summit" | "statement"));
    (is_last || is_named).then(|| Inferred::new(Date { year, month: None, day: None }, because()))
}

#[cfg(test)]
mod tests {
    use super::super::opening::titles;
    use super::*;
    use crate::draft::Format;

    fn dated_as(source: &str) -> Option<String> {
        let draft = Draft::new(Format::Markdown, source);
        dated(&draft, &titles(&draft)).map(|told| told.value.to_string())
    }

    #[test]
    fn a_text_is_dated_where_one_dates_a_text() {
        let cases = [
            ("---\ndate: '2021-05-04'\n---\n# Joint Statement\n\nOn 3 May 2021 the ministers met.", Some("2021-05-04")),
            ("---\ndate: 2021-05-04 10:00:00\n---\nText", Some("2021-05-04")),
            ("---\ndate: May 2021\n---\nText", Some("2021-05")),
            ("# Joint Statement\n\nAvalon, 5 March 2020\n\nThe two leaders met.", Some("2020-03-05")),
            ("# Joint Statement\n\nMarch 5, 2020\n\nThe two leaders met.", Some("2020-03-05")),
            ("# Joint Statement\n\nMarch 2020\n\nThe two leaders met.", Some("2020-03")),
            (
                "Avalon, 5 March 2020 Excellency, I have the honour to refer to your note of 3 February 2020.",
                Some("2020-03-05"),
            ),
            ("Lutetia, le 16 mars 2009 Monsieur le Ministre, j\u{2019}ai l\u{2019}honneur", Some("2009-03-16")),
            ("Villa, 1 de julio de 1993 Su Excelencia: Tengo el honor", Some("1993-07-01")),
            ("2025년 8월 25일\n\n양 정상은 만났다.", Some("2025-08-25")),
            (
                "The minister of Avalon paid a working visit to Ruritania from 29 October to 1 November 2009 and spoke of trade.",
                Some("2009-11-01"),
            ),
            (
                "The ministers of both sides met in the old town of Avalon from 4-5 September, 2014 and spoke of trade.",
                Some("2014-09-05"),
            ),
            (
                "Recalling that they met in the old town of Avalon on 5 September 2014, the ministers of both sides agree.",
                None,
            ),
            (
                "Resolution adopted by the General Assembly on 12 December 2012\n\nThe General Assembly,",
                Some("2012-12-12"),
            ),
            (
                "# Treaty\n\nThe Parties agree.\n\nDone at Avalon, this 9th of May 2001, in two originals.",
                Some("2001-05-09"),
            ),
            ("# Treaty\n\nThe Parties agree.\n\nAvalon, 9 May 2001", Some("2001-05-09")),
            (
                "# Treaty\n\nThe Parties agree.\n\nDONE at Avalon this 22nd day of July 2015, in duplicate.",
                Some("2015-07-22"),
            ),
            ("# Treaty\n\nSigned on 13 March 1992\n\nThe Parties agree.", Some("1992-03-13")),
            (
                "Whereas the two Governments declared their will in the Declaration of 5 January 1943, which they held dear, they agree.",
                None,
            ),
            (
                "We welcome the plan that was signed in July 2015; and we thank all who held to it in all these years.",
                None,
            ),
            ("# Joint Statement of the Avalon Summit 2024\n\nWe met.", Some("2024")),
            ("# Avalon Initiative 2024 Joint Statement\n\nWe met.", Some("2024")),
            ("# Joint Statement on the 2030 Agenda\n\nWe met.", None),
            ("# Statement on the Anniversary of 25 June 1950\n\nWe met.", None),
            (
                "# Joint Statement\n\nWe recall the declaration of 12 May 2025 and welcome it with all our friends today.",
                None,
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(dated_as(source).as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn days_are_compared_by_what_is_sure() {
        let day = |text: &str| Date::parse(text).unwrap();
        for (one, other, expected) in [
            ("2002-05-19", "2002-05-20", true),
            ("2002-05-20", "2002-05-20", false),
            ("2002-05", "2002-05-20", false),
            ("2002-04", "2002-05-20", true),
            ("2001", "2002-05-20", true),
            ("2002", "2002-05-20", false),
        ] {
            assert_eq!(day(one).is_before(day(other)), expected, "{one} {other}");
        }
        for wrong in ["", "20020520", "2002-5-20", "2002-13-01", "2002-05-20-1", "May"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }
}
