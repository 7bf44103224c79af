//! Quotation marks and brackets at the edges of what is replaced. Folding drops them, so that words may be found of which a mark
//! stands among them whose other half stands outside.

use crate::span::{Plain, Span, floor_char};
use crate::text::fold::fold_str;
use crate::text::marks::{Make, is_opening, mark};

/// The distance before what is replaced in which a mark may have been opened that is closed in it, in bytes.
const NEAR_BYTES: usize = 512;

/// True if a mark may stand before words.
pub(super) fn opens(c: char) -> bool {
    is_opening(c)
}

/// True if a text holds a bracket that folding drops, by which a delegation reserves its position: it must not disappear.
pub(super) fn hold_square_bracket(text: &str) -> bool {
    text.chars().any(|c| {
        mark(c).is_some_and(|mark| mark.make == Make::Bracket) && fold_str(c.encode_utf8(&mut [0; 4])).is_empty()
    })
}

/// The span with the other halves of marks of which it holds one: those right beside it. `None` if one stands elsewhere.
pub(super) fn with_marks(text: &str, span: Span<Plain>) -> Option<Span<Plain>> {
    let near = floor_char(text, span.start().saturating_sub(NEAR_BYTES));
    let before = Halves::new(text, Span::new(near, span.start()), &[]);
    let halves = Halves::new(text, span, &before.opened);
    let (mut start, mut end) = (span.start(), span.end());
    // From the inside out.
    for opened in halves.opened.iter().rev() {
        let closing = text[end..].chars().next().filter(|&c| closes(*opened, c))?;
        end += closing.len_utf8();
    }
    for closed in halves.closed {
        let opening = text[..start].chars().next_back().filter(|&c| closes(c, closed))?;
        start -= opening.len_utf8();
    }
    Some(Span::new(start, end))
}

fn closes(opening: char, closing: char) -> bool {
    mark(opening).is_some_and(|mark| mark.is_closed_by(closing))
}

/// Marks of a stretch of text whose other half is not in it, in the order of the text.
#[derive(Debug, Default)]
struct Halves {
    opened: Vec<char>,
    closed: Vec<char>,
}

impl Halves {
    /// `pending` are the marks that were opened before and are not closed.
    fn new(text: &str, span: Span<Plain>, pending: &[char]) -> Halves {
        let mut halves = Halves::default();
        for (at, c) in text[span.range()].char_indices() {
            let Some(mark) = mark(c) else {
                continue;
            };
            let before = text[..span.start() + at].chars().next_back();
            let after = text[span.start() + at + c.len_utf8()..].chars().next();
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_single = mark.make == Make::Single;
            if is_single && is_letter(before) && is_letter(after) {
                continue;
            }
            let opened = || halves.opened.iter().rposition(|&open| closes(open, c));
            if let Some(open) = mark.closes().then(opened).flatten() {
                halves.opened.truncate(open);
                continue;
            }
            let begins = before.is_none_or(|c| {
                c.is_whitespace() || is_opening(c) || !(c.is_alphanumeric() || c.is_ascii_punctuation())
            });
            if mark.opens() && begins && after.is_some_and(|c| !c.is_whitespace()) {
                halves.opened.push(c);
                continue;
            }
            // Behind the plural of a possessor it closes nothing unless something is open.
            let is_apostrophe = is_single && before.is_some_and(|c| matches!(c, 's' | 'S'));
            let is_paired = pending.iter().any(|&open| closes(open, c));
            if mark.closes() && (!is_apostrophe || is_paired) {
                halves.closed.push(c);
            }
        }
        halves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_half_of_a_mark_is_taken_along() {
        // What is found stands between `|` and `|`, what it becomes between `<` and `>`; without those, nothing can be done.
        let cases = [
            ("a |\u{201c}weak|\u{201d} one", "a <\u{201c}weak\u{201d}> one"),
            ("a |weak| one", "a <weak> one"),
            ("a \u{2018}|weak\u{2019} partner| one", "a <\u{2018}weak\u{2019} partner> one"),
            ("a '|weak' partner| one", "a <'weak' partner> one"),
            ("a |\u{201e}weak\u{201c} partner| one", "a <\u{201e}weak\u{201c} partner> one"),
            ("a \u{201a}|weak\u{2018} partner| one", "a <\u{201a}weak\u{2018} partner> one"),
            ("a \u{2039}|weak\u{203a} partner| one", "a <\u{2039}weak\u{203a} partner> one"),
            ("a \u{203a}|weak\u{2039} partner| one", "a <\u{203a}weak\u{2039} partner> one"),
            ("a \u{b4}|weak\u{b4} partner| one", "a <\u{b4}weak\u{b4} partner> one"),
            ("a \u{ff02}|weak\u{ff02} partner| one", "a <\u{ff02}weak\u{ff02} partner> one"),
            ("a \u{201d}|weak\u{201d} partner| one", "a <\u{201d}weak\u{201d} partner> one"),
            (
                "the |\u{201c}\u{2018}weak partner|\u{2019}\u{201d} one",
                "the <\u{201c}\u{2018}weak partner\u{2019}\u{201d}> one",
            ),
            // A half that stands elsewhere.
            ("a \u{2018}very |weak\u{2019} partner| one", ""),
            ("the |weak \u{2018}partner| of old\u{2019} one", ""),
            ("the |weak (partner| of old) one", ""),
            // An apostrophe is no half.
            ("the |allies\u{2019} burden| is", "the <allies\u{2019} burden> is"),
            ("our \u{2018}|allies\u{2019} burden| is", "our <\u{2018}allies\u{2019} burden> is"),
            ("our \u{2018}big |allies\u{2019} burden| is", ""),
            ("it |isn't a partner| yet", "it <isn't a partner> yet"),
            // Nothing opens behind a letter, and whatever does may open behind a bracket.
            ("a \"|weak\", partner| one", "a <\"weak\", partner> one"),
            ("a \u{201c}|weak\u{201d}, partner| one", "a <\u{201c}weak\u{201d}, partner> one"),
            ("the |(\"weak partner|\") one", "the <(\"weak partner\")> one"),
            // A half that nothing has opened.
            ("the |weak partners\u{201d} plan| is", ""),
            ("the |weak partner\u{2019} plan| is", ""),
        ];
        for (marked, expected) in cases {
            let (start, end) = (marked.find('|').unwrap(), marked.rfind('|').unwrap() - 1);
            let text = marked.replace('|', "");
            let found = with_marks(&text, Span::new(start, end));
            let shown = found.map_or_else(String::new, |found| {
                format!("{}<{}>{}", &text[..found.start()], &text[found.range()], &text[found.end()..])
            });
            assert_eq!(shown, expected, "{marked}");
        }
    }

    #[test]
    fn a_bracket_of_any_width_is_seen() {
        for (text, expected) in
            [("a [weak] partner", true), ("\u{ff3b}weak", true), ("weak\u{fe48}", true), ("(weak)", false)]
        {
            assert_eq!(hold_square_bracket(text), expected, "{text}");
        }
    }
}
