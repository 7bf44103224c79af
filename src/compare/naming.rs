//! The names of a sentence: what each is of, and which of them are only written in another way.

use std::ops::Range;

use super::figure::{Counts, FigureValue, MeasuredFigure, NameClass};
use crate::names::{self, Name, Referent};
use crate::span::Span;
use crate::text::Block;

/// The outermost names of a block, in order. One that is the short form of another, or has such a form, has the value of both.
pub(super) fn named_parts(block: &Block) -> Vec<MeasuredFigure> {
    let text = block.text();
    let known = names::known(block);
    let mut found: Vec<MeasuredFigure> = Vec::new();
    let all = names::find_among(block, &known);
    for (at, name) in all.iter().enumerate() {
        if found.last().is_some_and(|last| name.span.start() < last.span.end()) {
            continue;
        }
        // "President Mori and Prime Minister Vale" are two: of names that begin together the longest stands first.
        let mut shorter = all[at + 1..].iter().take_while(|part| part.span.start() == name.span.start());
        let is_first = |part: &Name| {
            let behind = text.get(part.span.end()..name.span.end());
            behind.is_some_and(|behind| behind.starts_with(" and "))
        };
        if name.referent == Referent::Run && shorter.any(is_first) {
            continue;
        }
        let parts = match name.referent {
            Referent::Run if people(text, name.span.range()).len() > 1 => people(text, name.span.range()),
            _ => vec![enumerated(text, name.span.range())],
        };
        found.extend(parts.into_iter().map(|part| MeasuredFigure {
            span: Span::new(part.start, part.end),
            counts: Counts::Name(class(name.referent)),
            value: value(name.referent, &text[part]),
        }));
    }
    found
}

/// A name with what it enumerates: "Agreement on Open, Fair, and Quick Trade" is one.
fn enumerated(text: &str, span: Range<usize>) -> Range<usize> {
    let rest = &text[span.end..];
    let is_list = text[span.clone()].split_once(", ").is_some_and(|(before, _)| before.contains(" on "));
    let Some(and) = [", and ", " and "].into_iter().find(|and| is_list && rest.starts_with(and)) else {
        return span;
    };
    let mut end = span.end;
    for word in rest[and.len()..].split(' ').take_while(|word| word.starts_with(char::is_uppercase)) {
        let start = if end == span.end { end + and.len() } else { end + 1 };
        let word_len = word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        end = start + word_len;
        if word_len < word.len() {
            break;
        }
    }
    span.start..end
}

/// The most words of a name before its office: "U.S. National Security Advisor".
const BEFORE_OFFICE: usize = 5;

/// The names of people that one run of capitals is: "President Mori and Prime Minister Vale" is two.
fn people(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    const AND: &str = " and ";
    let is_person = |part: &str| {
        // "Vice-President".
        let is_office = |word: &str| {
            let mut parts = word.split('-').map(str::to_lowercase);
            word.starts_with(char::is_uppercase) && parts.any(|part| !names::tells(&part))
        };
        part.contains(' ') && part.split(' ').take(BEFORE_OFFICE).any(is_office)
    };
    let mut parts = vec![span];
    while let Some(last) = parts.last().cloned()
        && let Some(at) = text[last.clone()].find(AND).map(|at| last.start + at)
        && is_person(&text[last.start..at])
        && is_person(&text[at + AND.len()..last.end])
    {
        parts.pop();
        parts.extend([last.start..at, at + AND.len()..last.end]);
    }
    parts
}

fn class(referent: Referent) -> NameClass {
    match referent {
        Referent::State(_) | Referent::Seat(_) => NameClass::State,
        Referent::Adjective(_) => NameClass::Adjective,
        Referent::Body(_) => NameClass::Body,
        Referent::Instrument => NameClass::Instrument,
        Referent::Place | Referent::Compound | Referent::Run => NameClass::Other,
    }
}

/// The value of a name that is short, such as "U.S.", or that a short one stands for, such as "United States"; "Burma" has none.
fn value(referent: Referent, text: &str) -> Option<FigureValue> {
    let (Referent::State(_) | Referent::Body(_)) = referent else {
        return None;
    };
    let actor = referent.actor()?;
    // What a body is called says nothing of it.
    let is_short = actor.state().is_none() || (!text.contains(char::is_lowercase) && !text.contains(' '));
    let initials = || text.split([' ', '-']).filter_map(|word| word.chars().next());
    let stands_for = |short: String| short.len() > 1 && names::named(&short).and_then(Referent::actor) == Some(actor);
    let has_short =
        || stands_for(initials().collect()) || stands_for(initials().filter(|c| c.is_uppercase()).collect());
    (is_short || has_short()).then(|| FigureValue::Name(actor.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};

    #[test]
    fn a_name_and_its_short_form_have_one_value() {
        let value = |name: &str| {
            let draft = Draft::new(Format::Text, format!("They met with {name} in spring."));
            named_parts(&draft.blocks()[0]).first().and_then(|name| name.value)
        };
        let same = [
            ("the United States", "the U.S."),
            ("the United States of America", "the USA"),
            ("the Republic of Korea", "the ROK"),
            ("the European Union", "the EU"),
            ("the United Kingdom", "the UK"),
            ("the United Nations", "the UN"),
        ];
        for (one, other) in same {
            assert!(value(one).is_some(), "{one}");
            assert_eq!(value(one), value(other), "{one} {other}");
        }
        assert_ne!(value("the Republic of Korea"), value("the DPRK"));
        assert_eq!(value("Myanmar"), None);
        assert_ne!(value("South Korea"), value("the ROK"));
    }
}
