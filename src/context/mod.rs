//! Facts about a text: its kind, its date, its parties, and who speaks where.
//!
//! Nothing here reports anything. A fact is told with what it was taken from, so that a report can say so; what follows from it for a
//! finding is decided by those who ask. All of it is read from the blocks and the front matter of a draft, whatever its format.

mod date;
mod declared;
mod front_matter;
mod kind;
mod opening;
mod parties;
mod text;
mod treaty;
mod voice;

pub use date::Date;
pub use declared::Declared;
pub(crate) use declared::{known, read_actors};
pub use text::Taken;
pub(crate) use text::TextContext;
pub(crate) use treaty::FormulaMatch;
pub(crate) use voice::Voice;

/// The kind of a text. Rules name these in `documents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// A joint statement, communiqué or declaration: words that commit nobody in law.
    Statement,
    /// A memorandum of understanding or another arrangement below a treaty.
    Memorandum,
    /// A treaty, convention, agreement or protocol.
    Treaty,
    /// A resolution or decision of an organ.
    Resolution,
    /// Words as they were spoken: a press conference, an interview.
    Transcript,
    /// A fact sheet.
    FactSheet,
    /// A letter or a note from one side to another.
    Letter,
}

impl DocumentKind {
    /// Every kind with the name that packs and configurations give it.
    pub const NAMES: &'static [(&'static str, DocumentKind)] = &[
        ("statement", DocumentKind::Statement),
        ("memorandum", DocumentKind::Memorandum),
        ("treaty", DocumentKind::Treaty),
        ("resolution", DocumentKind::Resolution),
        ("transcript", DocumentKind::Transcript),
        ("fact-sheet", DocumentKind::FactSheet),
        ("letter", DocumentKind::Letter),
    ];

    /// The name that packs and configurations give it.
    pub fn name(self) -> &'static str {
        DocumentKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// True for the drafters' own prose, in which what is safe may be changed unasked.
    pub(crate) fn is_prose(self) -> bool {
        matches!(self, DocumentKind::Statement | DocumentKind::Memorandum | DocumentKind::FactSheet)
    }
}

/// The name.
impl std::fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Something that was taken from a draft, and what it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inferred<T> {
    /// The fact.
    pub value: T,
    /// The reason: the rest of a sentence that begins with the fact, such as `title has "Treaty"`.
    pub because: String,
}

impl<T> Inferred<T> {
    fn new(value: T, because: impl Into<String>) -> Inferred<T> {
        Inferred { value, because: because.into() }
    }
}

/// The first words of a text, for a reason.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} \u{2026}", &text[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draft::{Draft, Format};

    /// Pieces of texts with the words that are looked for here, and letters that are longer in another case.
    const PIECES: &[&str] = &[
        "The ",
        "L\u{2019}Assembl\u{e9}e g\u{e9}n\u{e9}rale, ",
        "General Assembly, Recalling ",
        "Joint Statement ",
        "between ",
        "of ",
        "with ",
        "Japan",
        "-",
        "Kenya",
        " and ",
        "the Republic of Korea (ROK) ",
        "Kenyan ",
        "President ",
        "met ",
        "today",
        ", ",
        ". ",
        ": ",
        "\u{201c}",
        "\u{201d}",
        "\u{2019}",
        "\u{2018}",
        "'",
        "\"",
        "Article 5 ",
        "reads: ",
        "states that ",
        "resolution 2625 ",
        "the Council ",
        "demanded ",
        "we ",
        "Today, we ",
        "At the invitation of ",
        "Done at ",
        "on 5 May 2020",
        "1 de julio de 1993",
        "2025\u{b144} 8\u{c6d4} 25\u{c77c}",
        "May 2021",
        "In witness whereof ",
        "Dear Mr. ",
        "QUESTION: ",
        "<!--",
        "-->",
        "\n\n",
        "\n",
        "# ",
        "> ",
        "- ",
        "---\ntitle: x\n---\n",
        "\u{130}\u{212a}\u{1e9e}",
        "A/RES/1 ",
        "G7 ",
        "\u{fffc}",
        "\u{65e5}\u{672c}",
        "day of ",
    ];

    proptest! {
        #[test]
        fn whatever_a_text_holds_it_is_told(picked in proptest::collection::vec(0..PIECES.len(), 0..24)) {
            let source: String = picked.iter().map(|piece| PIECES[*piece]).collect();
            for format in [Format::Markdown, Format::Text] {
                let draft = Draft::new(format, source.clone());
                let titles = opening::titles(&draft);
                let kind = kind::document_kind(&draft, &titles).value;
                for kind in [kind, DocumentKind::Statement] {
                    let parties = parties::parties(&draft, kind, &titles).value;
                    for (index, block) in draft.blocks().iter().enumerate() {
                        for (span, _) in voice::voices(&draft, index, &crate::names::find(block), &parties) {
                            prop_assert!(block.text().get(span.range()).is_some());
                        }
                    }
                }
                date::dated(&draft, &titles);
                for mark in treaty::treaty_marks(&draft) {
                    prop_assert!(draft.blocks()[mark.block].text().get(mark.span.range()).is_some());
                }
            }
        }
    }
}
