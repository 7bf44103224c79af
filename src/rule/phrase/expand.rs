//! From the tree of a phrase to the wordings that it stands for, to count them and to show them. Phrases are found by their
//! [program](super::program), which needs no list.

use std::collections::HashSet;

use super::tree::{ItemKind, PhraseItem, Sequence};
use crate::rule::inflect::Inflector;
use crate::text::fold::fold_str;

/// The most wordings that one phrase may stand for.
pub(crate) const MAX_WORDINGS: usize = 4096;

/// Counts the wordings that a phrase stands for at most: those that read alike are counted each.
pub(super) fn count(phrase: &Sequence, inflector: &Inflector) -> usize {
    let counts = phrase.iter().map(|item| match &item.kind {
        ItemKind::Gap(_) | ItemKind::Word { inflected: false, .. } => 1,
        ItemKind::Word { text, inflected: true, .. } => inflector.inflections(text).len(),
        ItemKind::Group { alternatives, optional } => alternatives
            .iter()
            .map(|alternative| count(alternative, inflector))
            .fold(usize::from(*optional), usize::saturating_add),
    });
    counts.fold(1, usize::saturating_mul)
}

/// The wordings that a phrase stands for, inflected, with its gaps written `*N`: the first ones, at least `most` if there are so many.
/// Wordings that read alike are listed once.
pub(super) fn expand(phrase: &Sequence, inflector: &Inflector, most: usize) -> Vec<String> {
    let mut rows_wanted = most;
    loop {
        let rows = rows(phrase, inflector, rows_wanted);
        let is_all = rows.len() < rows_wanted;
        let mut wordings: Vec<String> = rows.iter().filter_map(assemble).collect();
        let mut seen = HashSet::new();
        wordings.retain(|wording| seen.insert(folded(wording)));
        if is_all || wordings.len() >= most {
            return wordings;
        }
        // Some rows are no wordings, or read alike.
        rows_wanted = rows_wanted.saturating_mul(4);
    }
}

/// A wording folded, but for its gaps. Most are plain words, which fold to small letters.
fn folded(wording: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*');
    if wording.bytes().all(is_plain) {
        return wording.to_ascii_lowercase();
    }
    let is_gap = |word: &str| word.strip_prefix('*').is_some_and(|words| words.parse::<u8>().is_ok());
    let mut parts: Vec<String> = Vec::new();
    for segment in wording.split(' ').collect::<Vec<_>>().chunk_by(|a, b| is_gap(a) == is_gap(b)) {
        let text = segment.join(" ");
        parts.push(if is_gap(segment[0]) { text } else { fold_str(&text) });
    }
    parts.join(" ")
}

/// A piece of one wording.
#[derive(Debug, Clone)]
enum WordingPiece {
    Text {
        text: String,
        glued: bool,
    },
    Gap(u8),
    /// An optional group that is left out; what is glued to it is glued to what is before it, if it was.
    Absent {
        glued: bool,
    },
}

type PieceRow = Vec<WordingPiece>;

/// The first rows, no more than `most`.
fn rows(items: &[PhraseItem], inflector: &Inflector, most: usize) -> Vec<PieceRow> {
    let mut rows: Vec<PieceRow> = vec![Vec::new()];
    for item in items {
        let choices = choices(item, inflector, most);
        let with_each = |row: &PieceRow| -> Vec<PieceRow> {
            choices.iter().map(|choice| row.iter().chain(choice).cloned().collect()).collect()
        };
        rows = rows.iter().flat_map(with_each).take(most).collect();
    }
    rows
}

fn choices(item: &PhraseItem, inflector: &Inflector, most: usize) -> Vec<PieceRow> {
    let glued = item.glued;
    match &item.kind {
        ItemKind::Gap(words) => vec![vec![WordingPiece::Gap(*words)]],
        ItemKind::Word { text, inflected: false, .. } => vec![vec![WordingPiece::Text { text: text.clone(), glued }]],
        ItemKind::Word { text, inflected: true, .. } => {
            let forms = inflector.inflections(text);
            forms.iter().map(|(text, _)| vec![WordingPiece::Text { text: text.clone(), glued }]).collect()
        }
        ItemKind::Group { alternatives, optional } => {
            let mut all: Vec<PieceRow> =
                alternatives.iter().flat_map(|alternative| rows(alternative, inflector, most)).take(most).collect();
            for row in &mut all {
                if let Some(WordingPiece::Text { glued: first, .. } | WordingPiece::Absent { glued: first }) =
                    row.first_mut()
                {
                    *first = glued;
                }
            }
            all.extend(optional.then(|| vec![WordingPiece::Absent { glued }]));
            all
        }
    }
}

/// Puts a row together; `None` if nothing is left of it, or it would begin with a gap. Where an optional group is left out, the gap
/// before it is left out at the end, and is one with the gap behind it elsewhere.
fn assemble(row: &PieceRow) -> Option<String> {
    let mut wording = String::new();
    let mut glue = false;
    // The words of the gap that stands before what comes next.
    let mut gap = 0_u8;
    for part in row {
        match part {
            WordingPiece::Absent { glued } => {
                glue = glue && *glued;
                continue;
            }
            WordingPiece::Gap(_) if wording.is_empty() => return None,
            WordingPiece::Gap(words) => gap = gap.saturating_add(*words),
            WordingPiece::Text { text, glued } => {
                if gap > 0 {
                    wording.push_str(&format!(" *{gap}"));
                }
                let joined = *glued && glue && gap == 0;
                if !wording.is_empty() && !joined {
                    wording.push(' ');
                }
                wording.push_str(text);
                gap = 0;
            }
        }
        glue = true;
    }
    let is_text = wording.bytes().any(|byte| byte.is_ascii_alphanumeric()) || !fold_str(&wording).is_empty();
    is_text.then_some(wording)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::phrase::lists::PhraseLists;
    use crate::rule::phrase::parse::parse;

    #[test]
    fn a_phrase_stands_for_its_wordings() {
        let cases: &[(&str, &[&str])] = &[
            ("China containment", &["China containment"]),
            ("(China|the (PRC|P.R.C.)) threat", &["China threat", "the PRC threat", "the P.R.C. threat"]),
            ("(the)? Taiwan question", &["the Taiwan question", "Taiwan question"]),
            ("China('s)? rise", &["China's rise", "China rise"]),
            ("(pre-)?war", &["pre-war", "war"]),
            ("a (pre)?war", &["a prewar", "a war"]),
            ("contain~ China", &["contain China", "contains China", "contained China", "containing China"]),
            ("(a|b)~ x", &["a x", "as x", "aed x", "aing x", "b x", "bs x", "bed x", "bing x"]),
            ("contain *3 China", &["contain *3 China"]),
            ("(the|The) sea", &["the sea"]),
            ("(a)? *3 b c", &["a *3 b c"]),
            ("a *3 (b)?", &["a *3 b", "a"]),
            (
                "a *2 (b)? *3 (c)? (d)?",
                &["a *2 b *3 c d", "a *2 b *3 c", "a *2 b *3 d", "a *2 b", "a *5 c d", "a *5 c", "a *5 d", "a"],
            ),
        ];
        let inflector = Inflector::default();
        for (phrase, expected) in cases {
            let tree = parse(phrase, &PhraseLists::default()).unwrap();
            let found = expand(&tree, &inflector, usize::MAX);
            let some = expand(&tree, &inflector, 2);
            assert_eq!(some[..], found[..some.len()], "{phrase}");
            assert!(some.len() >= found.len().min(2), "{phrase}: {some:?}");
            for wording in *expected {
                assert!(found.iter().any(|known| known == wording), "{wording} of {phrase}: {found:?}");
            }
            if !phrase.contains('~') {
                assert_eq!(found.len(), expected.len(), "{phrase}: {found:?}");
            }
            assert!(count(&tree, &inflector) >= found.len());
        }
    }

    #[test]
    fn wordings_are_counted_without_being_listed() {
        let phrase = "(a|b|c|d) ".repeat(200);
        assert_eq!(count(&parse(&phrase, &PhraseLists::default()).unwrap(), &Inflector::default()), usize::MAX);
    }
}
