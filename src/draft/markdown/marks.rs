//! Marks around words: those of CriticMarkup, highlights, what is raised, and the space of Pandoc that does not break.

use std::ops::Range;

use super::syntax::SyntaxKind;

/// A mark, by bytes of the text that begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: SyntaxKind,
    pub(super) len: usize,
    /// The mark behind the words, where they are text.
    pub(super) closer: Option<Range<usize>>,
}

/// The mark that a text begins with, behind other text.
pub(super) fn mark(before: &str, text: &str) -> Option<Mark> {
    match text.as_bytes() {
        [b'{', b'+' | b'-' | b'=' | b'~' | b'>', ..] => critic(text),
        [b'=', b'=', ..] => around(before, text, "=="),
        [b'+', b'+', ..] => around(before, text, "++"),
        [b'^' | b'~', ..] => raised(before, text),
        [b'\\', rest @ ..] => {
            let is_space = rest.first().is_none_or(u8::is_ascii_whitespace);
            is_space.then_some(Mark { kind: SyntaxKind::Mark, len: 1, closer: None })
        }
        _ => None,
    }
}

/// A mark of CriticMarkup (criticmarkup.com): of its two versions of a text the one is read that stands when all is accepted.
fn critic(text: &str) -> Option<Mark> {
    let sign = text.get(..3)?;
    let (closer, kind) = match sign {
        "{++" => ("++}", SyntaxKind::Mark),
        "{==" => ("==}", SyntaxKind::Mark),
        "{--" => ("--}", SyntaxKind::Deletion),
        "{>>" => ("<<}", SyntaxKind::Comment),
        "{~~" => ("~~}", SyntaxKind::Deletion),
        _ => return None,
    };
    let end = sign.len() + text[sign.len()..].find(closer)?;
    let whole = end + closer.len();
    if sign == "{~~" {
        let arrow = text[..end].find("~>")?;
        return Some(Mark { kind, len: arrow + "~>".len(), closer: Some(end..whole) });
    }
    Some(match kind {
        SyntaxKind::Mark => Mark { kind, len: sign.len(), closer: Some(end..whole) },
        _ => Mark { kind, len: whole, closer: None },
    })
}

/// A mark that stands around words: no space inside of the two, and no letter outside.
fn around(before: &str, text: &str, sign: &str) -> Option<Mark> {
    let is_word = |c: char| c.is_alphanumeric();
    let own = sign.chars().next()?;
    let inner = &text[sign.len()..];
    if before.ends_with(is_word) || before.ends_with(own) || inner.starts_with(|c: char| c.is_whitespace() || c == own)
    {
        return None;
    }
    let end = inner.match_indices(sign).map(|(at, _)| at).find(|&at| {
        let behind = &inner[at + sign.len()..];
        !inner[..at].ends_with(|c: char| c.is_whitespace() || c == own)
            && !behind.starts_with(|c: char| is_word(c) || c == own)
    })?;
    let closer = sign.len() + end..sign.len() + end + sign.len();
    Some(Mark { kind: SyntaxKind::Mark, len: sign.len(), closer: Some(closer) })
}

/// The most bytes that are raised.
const MAX_RAISED: usize = 40;

/// `^st^`, `~2~` and the like. What is raised and no word is the mark of a note, as `^1^`, and part of the mark.
fn raised(before: &str, text: &str) -> Option<Mark> {
    let (sign, inner) = text.split_at(1);
    let end = inner.find(sign).filter(|&end| 0 < end && end <= MAX_RAISED)?;
    let raised = &inner[..end];
    if raised.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']')) || before.ends_with(['[', '^', '~']) {
        return None;
    }
    let whole = 1 + end + 1;
    if sign == "~" || (raised.chars().any(char::is_alphabetic) && raised.chars().count() > 1) {
        return Some(Mark { kind: SyntaxKind::Mark, len: 1, closer: Some(1 + end..whole) });
    }
    Some(Mark { kind: SyntaxKind::Mark, len: whole, closer: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_signs_in_sentences() {
        // The kind, the mark and what closes it.
        type Case<'c> = (&'c str, &'c str, Option<(SyntaxKind, &'c str, &'c str)>);
        use SyntaxKind::{Comment, Deletion, Mark};
        let cases: &[Case<'_>] = &[
            ("", "{++China++} on", Some((Mark, "{++", "++}"))),
            ("", "{==China==}{>>why?<<}", Some((Mark, "{==", "==}"))),
            ("", "{--China--} on", Some((Deletion, "{--China--}", ""))),
            ("", "{~~China~>Asia~~} on", Some((Deletion, "{~~China~>", "~~}"))),
            ("", "{~~China~~} on", None),
            ("", "{>>why?<<} on", Some((Comment, "{>>why?<<}", ""))),
            ("", "{++China", None),
            ("of ", "==China== on", Some((Mark, "==", "=="))),
            ("of ", "==China, and Asia==.", Some((Mark, "==", "=="))),
            ("a ", "== b == c", None),
            ("a", "==b==", None),
            ("", "====", None),
            ("", "++China++ on", Some((Mark, "++", "++"))),
            ("C", "++ and C++", None),
            ("10", "^th^ of", Some((Mark, "^", "^"))),
            ("China", "^1^ of", Some((Mark, "^1^", ""))),
            ("[", "^1] and [^2]", None),
            ("x", "^2 and y^2", None),
            ("H", "~2~O", Some((Mark, "~", "~"))),
            ("", "~100 km or ~200 km", None),
            ("", "~~China~~", None),
            ("China", "\\ containment", Some((Mark, "\\", ""))),
            ("China", "\\", Some((Mark, "\\", ""))),
            ("China", "\\* on", None),
        ];
        for (before, text, expected) in cases {
            let found = mark(before, text);
            let found = found
                .as_ref()
                .map(|mark| (mark.kind, &text[..mark.len], mark.closer.clone().map_or("", |closer| &text[closer])));
            assert_eq!(found, *expected, "{before}|{text}");
        }
    }
}
