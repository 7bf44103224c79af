//! From the tree of a phrase to every wording that it stands for.

use super::parse::{Item, ItemKind, Sequence};
use crate::draft::fold::{fold_keeping_case, fold_str};
use crate::rule::inflect::{Form, Forms, Overrides, inflections};

/// The most wordings that one phrase may stand for.
pub(crate) const MAX_WORDINGS: usize = 4096;

/// One wording of a phrase: literal segments with gaps between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    segments: Vec<Segment>,
    /// The most words between each segment and the next.
    gaps: Vec<u8>,
    /// What the first inflected word is in this wording.
    forms: Option<Forms>,
}

/// A stretch of a wording without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// As it was written, inflected.
    pub(crate) text: String,
    /// As it is looked for.
    pub(crate) folded: String,
    /// Words that must have exactly this case: their bytes in `folded`, and the word.
    pub(crate) exact: Vec<(std::ops::Range<usize>, String)>,
}

impl Wording {
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    pub(crate) fn gaps(&self) -> &[u8] {
        &self.gaps
    }

    /// What the first inflected word of the phrase is in this wording; `None` if the phrase inflects none.
    pub(crate) fn forms(&self) -> Option<Forms> {
        self.forms
    }
}

impl std::fmt::Display for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, segment) in self.segments.iter().enumerate() {
            if let Some(gap) = i.checked_sub(1).and_then(|i| self.gaps.get(i)) {
                write!(f, " *{gap} ")?;
            }
            f.write_str(&segment.text)?;
        }
        Ok(())
    }
}

/// Every wording that a phrase stands for, without repetitions; `None` if there are more than [`MAX_WORDINGS`].
pub(crate) fn expand(phrase: &Sequence, overrides: &Overrides) -> Option<Vec<Wording>> {
    let mut expander = Expander { overrides, most: MAX_WORDINGS };
    let rows = expander.sequence(phrase)?;
    let mut wordings: Vec<Wording> = Vec::with_capacity(rows.len());
    let mut seen = std::collections::HashSet::new();
    for row in rows {
        let Some(wording) = assemble(&row) else {
            continue;
        };
        let key: Vec<_> =
            wording.segments.iter().map(|segment| (segment.folded.clone(), segment.exact.clone())).collect();
        if seen.insert((key, wording.gaps.clone())) {
            wordings.push(wording);
        }
    }
    Some(wordings)
}

/// A piece of one wording.
#[derive(Debug, Clone)]
enum Part {
    Text {
        text: String,
        glued: bool,
        exact: bool,
        forms: Option<Forms>,
    },
    Gap(u8),
    /// An optional group that is left out; what is glued to it is glued to what is before it, if it was.
    Absent {
        glued: bool,
    },
}

type Row = Vec<Part>;

struct Expander<'o> {
    overrides: &'o Overrides,
    most: usize,
}

impl Expander<'_> {
    fn sequence(&mut self, items: &[Item]) -> Option<Vec<Row>> {
        let mut rows: Vec<Row> = vec![Vec::new()];
        for item in items {
            let choices = self.item(item)?;
            if rows.len().checked_mul(choices.len())? > self.most {
                return None;
            }
            rows = rows
                .iter()
                .flat_map(|row| choices.iter().map(move |choice| row.iter().chain(choice).cloned().collect()))
                .collect();
        }
        Some(rows)
    }

    fn item(&mut self, item: &Item) -> Option<Vec<Row>> {
        let glued = item.glued;
        match &item.kind {
            ItemKind::Gap(words) => Some(vec![vec![Part::Gap(*words)]]),
            &ItemKind::Word { ref text, inflected: false, exact } => {
                Some(vec![vec![Part::Text { text: text.clone(), glued, exact, forms: None }]])
            }
            &ItemKind::Word { ref text, inflected: true, exact } => Some(
                inflections(text, self.overrides)
                    .into_iter()
                    .map(|(text, forms)| vec![Part::Text { text, glued, exact, forms: Some(forms) }])
                    .collect(),
            ),
            ItemKind::Group { alternatives, optional } => {
                let mut rows = Vec::new();
                for alternative in alternatives {
                    rows.extend(self.sequence(alternative)?.into_iter().map(|row| glue(row, glued)));
                }
                if *optional {
                    rows.push(vec![Part::Absent { glued }]);
                }
                (rows.len() <= self.most).then_some(rows)
            }
        }
    }
}

/// Glues the first piece of a row to what comes before the row.
fn glue(mut row: Row, to_before: bool) -> Row {
    if let Some(Part::Text { glued, .. } | Part::Absent { glued }) = row.first_mut() {
        *glued = to_before;
    }
    row
}

/// Puts a row together; `None` if nothing is left of it, or a gap stands at its edge because an optional group is left out.
fn assemble(row: &Row) -> Option<Wording> {
    let mut segments = Vec::new();
    let mut gaps = Vec::new();
    let mut forms = None;
    let mut words: Vec<(String, bool, bool)> = Vec::new();
    let mut absent = None;
    for part in row {
        match part {
            Part::Absent { glued } => {
                absent.get_or_insert(*glued);
            }
            Part::Gap(most) => {
                segments.push(segment(&std::mem::take(&mut words))?);
                gaps.push(*most);
                absent = None;
            }
            Part::Text { text, glued, exact, forms: found } => {
                let glued = *glued && absent.unwrap_or(true);
                words.push((text.clone(), glued, *exact));
                forms = forms.or(*found);
                absent = None;
            }
        }
    }
    segments.push(segment(&words)?);
    Some(Wording { segments, gaps, forms })
}

fn segment(words: &[(String, bool, bool)]) -> Option<Segment> {
    let mut text = String::new();
    let mut exact = Vec::new();
    for (word, glued, is_exact) in words {
        if !glued && !text.is_empty() {
            text.push(' ');
        }
        if *is_exact {
            exact.push((text.len()..text.len() + word.len(), word));
        }
        text.push_str(word);
    }
    let folded = fold_str(&text);
    if folded.is_empty() {
        return None;
    }
    let exact = exact
        .into_iter()
        .map(|(range, word)| {
            let start = folded_len(&text[..range.start]);
            let end = folded_len(&text[..range.end]).min(folded.len());
            (start.min(end)..end, fold_keeping_case(word))
        })
        .collect();
    Some(Segment { text, folded, exact })
}

/// How long the beginning of a segment is once folded, with a space that ends it.
fn folded_len(text: &str) -> usize {
    let folded = fold_str(text).len();
    if folded > 0 && text.ends_with([' ', '-']) { folded + 1 } else { folded }
}

impl Forms {
    /// The one form to give a suggestion, in a sentence where `before` is the word before what was found.
    pub(crate) fn choose(self, before: &str) -> Form {
        const PERFECT: &[&str] =
            &["am", "are", "be", "been", "being", "had", "has", "have", "having", "is", "was", "were"];
        let order = if PERFECT.contains(&before) {
            [Form::Participle, Form::Base, Form::Third, Form::Past, Form::Gerund, Form::Plural]
        } else {
            [Form::Base, Form::Third, Form::Past, Form::Participle, Form::Gerund, Form::Plural]
        };
        order.into_iter().find(|&form| self.has(form)).unwrap_or(Form::Base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::phrase::parse;

    fn wordings(phrase: &str) -> Vec<String> {
        let wordings = expand(&parse(phrase).unwrap(), &Overrides::new()).unwrap();
        wordings
            .iter()
            .map(|wording| {
                let segments: Vec<_> = wording.segments().iter().map(|s| s.folded.as_str()).collect();
                segments.join(" * ")
            })
            .collect()
    }

    #[test]
    fn a_phrase_stands_for_its_wordings() {
        let cases: &[(&str, &[&str])] = &[
            ("China containment", &["china containment"]),
            ("(China|the (PRC|P.R.C.)) threat", &["china threat", "the prc threat", "the p.r.c. threat"]),
            ("(the)? Taiwan question", &["the taiwan question", "taiwan question"]),
            ("China('s)? rise", &["china's rise", "china rise"]),
            ("(pre-)?war", &["pre war", "war"]),
            ("a (pre)?war", &["a prewar", "a war"]),
            ("burden-sharing", &["burden sharing"]),
            ("contain~ China", &["contain china", "contains china", "contained china", "containing china"]),
            ("(a|b)~ x", &["a x", "as x", "aed x", "aing x", "b x", "bs x", "bed x", "bing x"]),
            ("contain *3 China", &["contain * china"]),
            ("(the|the) sea", &["the sea"]),
        ];
        for (phrase, expected) in cases {
            let found = wordings(phrase);
            for wording in *expected {
                assert!(found.iter().any(|known| known == wording), "{wording} of {phrase}: {found:?}");
            }
            if !phrase.contains('~') {
                assert_eq!(found.len(), expected.len(), "{phrase}: {found:?}");
            }
        }
    }

    #[test]
    fn a_phrase_that_stands_for_too_many_wordings_is_refused() {
        let phrase = "(a|b|c|d) ".repeat(7);
        assert!(expand(&parse(&phrase).unwrap(), &Overrides::new()).is_none());
    }

    #[test]
    fn exact_words_keep_their_place_and_case() {
        let wordings = expand(&parse("the U.S.-based =ROK side").unwrap(), &Overrides::new()).unwrap();
        let segment = &wordings[0].segments()[0];
        assert_eq!(segment.folded, "the u.s. based rok side");
        let (range, word) = &segment.exact[0];
        assert_eq!((&segment.folded[range.clone()], word.as_str()), ("rok", "ROK"));
    }
}
