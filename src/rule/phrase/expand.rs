//! From the tree of a phrase to the wordings that it stands for, to count them and to show them. Phrases are found by their
//! [program](super::program), which needs no list.

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

/// Every wording that a phrase stands for, inflected, with its gaps written `*N`. Wordings that read alike are listed once.
pub(super) fn expand(phrase: &Sequence, inflector: &Inflector) -> Vec<String> {
    let mut wordings: Vec<String> = rows(phrase, inflector).iter().filter_map(assemble).collect();
    let mut seen = std::collections::HashSet::new();
    wordings.retain(|wording| seen.insert(fold_str(wording)));
    wordings
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

fn rows(items: &[PhraseItem], inflector: &Inflector) -> Vec<PieceRow> {
    let mut rows: Vec<PieceRow> = vec![Vec::new()];
    for item in items {
        let choices = choices(item, inflector);
        let with_each = |row: &PieceRow| -> Vec<PieceRow> {
            choices.iter().map(|choice| row.iter().chain(choice).cloned().collect()).collect()
        };
        rows = rows.iter().flat_map(with_each).collect();
    }
    rows
}

fn choices(item: &PhraseItem, inflector: &Inflector) -> Vec<PieceRow> {
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
                alternatives.iter().flat_map(|alternative| rows(alternative, inflector)).collect();
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
    (!fold_str(&wording).is_empty()).then_some(wording)
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
            let found = expand(&tree, &inflector);
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
