//! The words by which two texts of the same paragraphs differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::draft::layout::BREAK;
use crate::fix::Edit;
use crate::span::Span;
use crate::text::fold::OBJECT;

/// A change of a text: its edits, in order, which are made together or not at all.
pub(super) type Change = Vec<Edit>;

/// Some words of a line that are changed.
struct ChangedWords {
    edit: Edit,
    /// The text between them and those before them on the line.
    gap: String,
    /// The index of the findings that they are of: those that share words count as one.
    finding: Option<usize>,
}

/// The changes that make `after` of `before`, of whole words each, in order. Both have the same number of lines. What was changed for one
/// finding, at these places of the text before, is one change, and what was changed for another is another one.
pub(super) fn between(before: &str, after: &str, findings: &[Span]) -> Vec<Change> {
    let mut places = findings.to_vec();
    places.sort_by_key(|span| (span.start(), span.end()));
    let mut merged: Vec<Span> = Vec::new();
    for place in places {
        match merged.last_mut().filter(|last| place.start() < last.end()) {
            Some(last) => *last = Span::new(last.start(), last.end().max(place.end())),
            None => merged.push(place),
        }
    }
    let finding = |edit: &Edit| {
        let next = merged.partition_point(|place| place.end() <= edit.span.start());
        merged.get(next).filter(|place| place.start() < edit.span.end()).map(|_| next)
    };
    let mut changes = Vec::new();
    let mut at = 0;
    for (old, new) in before.split_inclusive('\n').zip(after.split_inclusive('\n')) {
        if old != new {
            let mut words = changed_words(old.trim_end_matches('\n'), new.trim_end_matches('\n'), at);
            words.iter_mut().for_each(|words| words.finding = finding(&words.edit));
            join(words, &mut changes);
        }
        at += old.len();
    }
    changes
}

/// The most comparisons of words that two lines are worth, 1,000 words and spaces each: a longer stretch that differs is one change.
const MAX_CELLS: usize = 1_000_000;

/// The edits that make one line of another, of whole words each, in order.
pub(super) fn line_edits(before: &str, after: &str) -> Vec<Edit> {
    let words = |text: &'_ str| text.split_word_bounds().map(str::len).collect::<Vec<_>>();
    let (old, new) = (words(before), words(after));
    let (mut head, mut tail) = (0, 0);
    let (mut at, mut end) = (0, 0);
    for (a, b) in old.iter().zip(&new) {
        if before.get(at..at + a) != after.get(at..at + b) {
            break;
        }
        (head, at) = (head + 1, at + a);
    }
    for (a, b) in old[head..].iter().rev().zip(new[head..].iter().rev()) {
        let word = |text: &'_ str, len: usize| text[..text.len() - end].len() - len..text.len() - end;
        if before[word(before, *a)] != after[word(after, *b)] {
            break;
        }
        (tail, end) = (tail + 1, end + a);
    }
    let cells = (old.len() - head - tail).saturating_mul(new.len() - head - tail);
    if before.is_empty() || after.is_empty() || cells > MAX_CELLS {
        let span = Span::new(at, before.len() - end);
        let edit = Edit { span, text: after[at..after.len() - end].to_owned() };
        return if before == after { Vec::new() } else { vec![edit] };
    }
    between(before, after, &[]).concat()
}

/// The words of a line, which begins at this byte, that differ from those of another.
fn changed_words(old: &str, new: &str, at: usize) -> Vec<ChangedWords> {
    let old: Vec<&str> = old.split_word_bounds().collect();
    let new: Vec<&str> = new.split_word_bounds().collect();
    let mut words: Vec<ChangedWords> = Vec::new();
    let mut from = at;
    let mut gap = String::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (gone, come) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        if matches!(op, DiffOp::Equal { .. }) {
            gap = gone.clone();
        } else {
            match words.last_mut().filter(|last| last.edit.span.end() == from) {
                Some(ChangedWords { edit, .. }) => {
                    edit.text += &come;
                    edit.span = Span::new(edit.span.start(), from + gone.len());
                }
                None => words.push(ChangedWords {
                    edit: Edit { span: Span::new(from, from + gone.len()), text: come },
                    gap: std::mem::take(&mut gap),
                    finding: None,
                }),
            }
        }
        from += gone.len();
    }
    words
}

/// Makes changes of the words of a line. What lies between two that were changed for one reason and is no word is changed with them: a
/// phrase is replaced as a whole.
fn join(mut words: Vec<ChangedWords>, changes: &mut Vec<Change>) {
    let is_near = |gap: &str| !gap.chars().any(char::is_alphanumeric);
    // The article before a phrase goes with it.
    for at in (1..words.len()).rev() {
        let next = words[at].finding.filter(|_| is_near(&words[at].gap));
        let before = &mut words[at - 1].finding;
        *before = before.or(next);
    }
    let mut last: Option<Option<usize>> = None;
    for ChangedWords { edit, gap, finding } in words {
        let is_one = |last: Option<usize>| is_near(&gap) && (last.is_none() || finding.is_none() || last == finding);
        match (changes.last_mut(), last.filter(|last| is_one(*last))) {
            (Some(change), Some(before)) => {
                match change.last_mut().filter(|_| gap.chars().all(is_joint)) {
                    Some(last) => {
                        last.text += &gap;
                        last.text += &edit.text;
                        last.span = Span::new(last.span.start(), edit.span.end());
                    }
                    None => change.push(edit),
                }
                last = Some(before.or(finding));
            }
            _ => {
                changes.push(vec![edit]);
                last = Some(finding);
            }
        }
    }
}

/// True for a character between two changes that is changed with them. What is an element in the document stays.
fn is_joint(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '\t' | BREAK | OBJECT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};
    use crate::rule::Fix;
    use crate::{Pack, RuleSet, fix};

    #[test]
    fn a_phrase_is_replaced_as_a_whole_and_nothing_else_is() {
        type Case<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str)]);
        let cases: &[Case<'_>] = &[
            (
                "They agree to burden sharing now.\n",
                "They decide on joint tasks now.\n",
                &[("agree to burden sharing", "decide on joint tasks")],
            ),
            ("a shall b\nc shall d\n", "a will b\nc will d\n", &[("shall", "will"), ("shall", "will")]),
            ("one two three\n", "one three\n", &[("two ", "")]),
            ("an era\n", "a time\n", &[("an era", "a time")]),
            ("bad\tworse\n", "good\tbetter\n", &[("bad", "good"), ("worse", "better")]),
            ("same\n", "same\n", &[]),
        ];
        for (before, after, expected) in cases {
            let edits = between(before, after, &[]).concat();
            let found: Vec<(&str, &str)> =
                edits.iter().map(|edit| (&before[edit.span.range()], edit.text.as_str())).collect();
            assert_eq!(&found, expected, "{before:?}");
            assert_eq!(fix::apply(before, &edits), *after);
        }
    }

    #[test]
    fn a_line_is_made_of_any_other() {
        let many = |text: fn(usize) -> String| (0..3000).map(text).collect::<String>();
        let (one, other) = (many(|at| format!("a{at} ")), many(|at| format!("b{at} ")));
        let cases = [
            ("", "They met.", 1),
            ("They met.", "", 1),
            ("", "", 0),
            ("They shall pay all costs.", "They may pay some costs.", 2),
            ("They met. They met.", "They met.", 1),
            (&format!("So: {one}end."), &format!("So: {other}end."), 1),
        ];
        for (before, after, count) in cases {
            let edits = line_edits(before, after);
            assert_eq!((fix::apply(before, &edits).as_str(), edits.len()), (after, count), "{before:.40}");
        }
    }

    #[test]
    fn each_finding_has_a_change_of_its_own() {
        const PACK: &str = "schema: 1\npack: t\nrules:\n  - {id: a, phrases: [red], suggest: [blue], fix: safe}\n  - {id: b, phrases: \
                            [house], suggest: [flat], fix: safe}\n  - {id: c, phrases: [big ally], suggest: [equal ally], fix: safe}\n";
        let rules = RuleSet::new(Pack::parse("t.yml", PACK).unwrap().rules().to_vec()).unwrap();
        /// The words of an edit before it and behind it.
        type Words<'t> = (&'t str, &'t str);
        let cases: &[(&str, &[&[Words<'_>]])] = &[
            ("A red house.", &[&[("red", "blue")], &[("house", "flat")]]),
            ("A red, a big ally.", &[&[("red", "blue")], &[("a big", "an equal")]]),
            ("So red a big ally.", &[&[("red", "blue")], &[("a big", "an equal")]]),
            // What is an element of the document stays, and its two sides are changed together.
            ("He is a\tbig ally.", &[&[("a", "an"), ("big", "equal")]]),
        ];
        for (before, expected) in cases {
            let draft = Draft::new(Format::Word, *before);
            let findings = rules.check(&draft);
            let after = fix::fix(draft.clone(), |draft| rules.check(draft), Fix::Safe).draft;
            let places: Vec<Span> = findings.iter().map(|finding| finding.span).collect();
            let changes = between(before, after.source(), &places);
            let found: Vec<Vec<(&str, &str)>> = changes
                .iter()
                .map(|change| change.iter().map(|edit| (&before[edit.span.range()], edit.text.as_str())).collect())
                .collect();
            assert_eq!(found, *expected, "{before}");
            assert_eq!(fix::apply(before, &changes.concat()), after.source());
        }
    }
}
