//! The words by which two texts of the same paragraphs differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::draft::layout::BREAK;
use crate::fix::Edit;
use crate::span::Span;
use crate::text::fold::OBJECT;

/// The edits that make `after` of `before`, whole words each, in order. Both have the same number of lines.
pub(super) fn between(before: &str, after: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    for (old, new) in before.split_inclusive('\n').zip(after.split_inclusive('\n')) {
        if old != new {
            line(old.trim_end_matches('\n'), new.trim_end_matches('\n'), at, &mut edits);
        }
        at += old.len();
    }
    edits
}

fn line(old: &str, new: &str, at: usize, edits: &mut Vec<Edit>) {
    let old: Vec<&str> = old.split_word_bounds().collect();
    let new: Vec<&str> = new.split_word_bounds().collect();
    let first = edits.len();
    let mut from = at;
    let mut skipped = String::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (gone, come) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        if matches!(op, DiffOp::Equal { .. }) {
            // What lies between two changes and is no word is changed with them: a phrase is replaced as a whole.
            skipped = gone.clone();
        } else {
            let joins = edits.len() > first && !skipped.is_empty() && skipped.chars().all(is_joint);
            match edits.last_mut().filter(|edit| joins || edit.span.end() == from && edit.span.start() >= at) {
                Some(edit) => {
                    if joins {
                        edit.text += &skipped;
                    }
                    edit.text += &come;
                    edit.span = Span::new(edit.span.start(), from + gone.len());
                }
                None => edits.push(Edit { span: Span::new(from, from + gone.len()), text: come }),
            }
            skipped.clear();
        }
        from += gone.len();
    }
}

/// True for a character between two changes that is changed with them. What is an element in the document stays.
fn is_joint(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '\t' | BREAK | OBJECT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix;

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
            let edits = between(before, after);
            let found: Vec<(&str, &str)> =
                edits.iter().map(|edit| (&before[edit.span.range()], edit.text.as_str())).collect();
            assert_eq!(&found, expected, "{before:?}");
            assert_eq!(fix::apply(before, &edits), *after);
        }
    }
}
