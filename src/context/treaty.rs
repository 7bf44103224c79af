//! The formulas by which a text reads as a treaty, whatever it calls itself.
//!
//! Only what a treaty says of itself is one: a statement may welcome a ratification and name the parties to a convention.

use memchr::memmem;

use crate::draft::{Block, Draft};
use crate::span::{Plain, Span};

/// A formula of a treaty in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The index of the block.
    pub(crate) block: usize,
    /// The words.
    pub(crate) span: Span<Plain>,
    /// What the formula is, as a message names it.
    pub(crate) what: &'static str,
}

/// A formula, in folded text.
struct Formula {
    /// What it is.
    what: &'static str,
    /// A part of it that is rare.
    rare: &'static str,
    /// Each wording, which holds that part.
    wordings: &'static [&'static str],
    /// Whether it counts only in a sentence that speaks of the text itself.
    own: bool,
}

const fn formula(what: &'static str, rare: &'static str, wordings: &'static [&'static str], own: bool) -> Formula {
    Formula { what, rare, wordings, own }
}

/// The formulas in English.
const ENGLISH: &[Formula] = &[
    formula("in witness whereof", "witness wh", &["in witness whereof", "in witness where of"], false),
    formula(
        "full powers",
        "full powers",
        &[
            "their full powers",
            "full powers found in",
            "having been granted full powers",
            "full powers for this purpose",
        ],
        false,
    ),
    formula("full powers", "duly author", &["duly authorized", "duly authorised"], false),
    formula(
        "Contracting Parties",
        "contracting ",
        &["contracting part", "contracting state", "contracting government"],
        false,
    ),
    formula(
        "agreed as follows",
        "as follows",
        &["have agreed as follows", "agree as follows", "agreed as follows"],
        false,
    ),
    formula("agreed as follows", "the following", &["agreed on the following:", "agreed upon the following"], false),
    formula("done in duplicate", "done at", &["done at"], false),
    formula("done in duplicate", "copies", &["in two copies", "in three copies"], false),
    formula("done in duplicate", "plicate", &["in duplicate", "in triplicate", "in quadruplicate"], false),
    formula("done in duplicate", "authentic", &["equally authentic", "equally authoritative"], false),
    formula("done in duplicate", "original", &["in two originals", "in a single original", "in two original"], false),
    formula(
        "depositary",
        "depositary",
        &["depositary shall", "the depositary of th", "be the depositary", "as depositary", "as the depositary"],
        true,
    ),
    formula(
        "depositary",
        "deposited",
        &["shall be deposited", "deposited with the secretary", "deposited with the government"],
        true,
    ),
    formula(
        "ratification",
        "ratif",
        &["subject to ratification", "shall be ratified", "instruments of ratification", "instrument of ratification"],
        true,
    ),
    formula("accession", "open for", &["open for signature", "open for accession", "open to accession"], true),
    formula(
        "entry into force",
        "into force",
        &["shall enter into force", "shall come into force", "enters into force", "entry into force of th"],
        true,
    ),
    formula("termination", "terminate", &["terminate this", "may be terminated", "shall terminate"], true),
    formula("termination", "denounce", &["denounce this", "denounce the present", "may be denounced"], true),
];

/// The formulas in other languages.
const OTHERS: &[Formula] = &[
    formula("in witness whereof", "foi de quoi", &["en foi de quoi"], false),
    formula("in witness whereof", "fe de lo cual", &["en fe de lo cual", "en fe de lo que"], false),
    formula("in witness whereof", "blijke waarvan", &["ten blijke waarvan"], false),
    formula("in witness whereof", "urkund dessen", &["zu urkund dessen"], false),
    formula("Contracting Parties", "contractantes", &["parties contractantes"], false),
    formula("Contracting Parties", "contratantes", &["partes contratantes"], false),
    formula("Contracting Parties", "sluitende", &["verdragsluitende", "overeenkomstsluitende"], false),
    formula("Contracting Parties", "vertrag", &["vertragspartei", "vertragsparteien"], false),
    formula("agreed as follows", "sont convenu", &["sont convenus", "sont convenues"], false),
    formula("agreed as follows", "convenido", &["han convenido", "convenido lo siguiente", "convienen en"], false),
    formula("agreed as follows", "volgende overeengekomen", &["volgende overeengekomen"], false),
    formula("agreed as follows", "wie folgt", &["wie folgt vereinbart", "wie folgt \u{fc}bereingekommen"], false),
    formula("done in duplicate", "galement foi", &["\u{e9}galement foi"], false),
    formula("done in duplicate", "igualmente aut", &["igualmente aut\u{e9}ntico", "igualmente v\u{e1}lido"], false),
    formula("entry into force", "entrera en vigueur", &["entrera en vigueur"], false),
    formula("entry into force", "en vigor", &["entrar\u{e1} en vigor", "entrara en vigor"], false),
];

/// What a text calls itself in its formulas.
const SELF: &[&str] = &[
    "this agreement",
    "this treaty",
    "this convention",
    "this protocol",
    "this memorandum",
    "this arrangement",
    "this statement",
    "this declaration",
    "this accord",
    "this undertaking",
    "this mou",
    "this document",
    "the present",
    "this amendment",
    "this charter",
    "this constitution",
    "this instrument",
    "hereof",
    "hereto",
];

/// How many headings of articles read as a treaty.
const ARTICLES: usize = 3;

/// The formulas of a draft that read as those of a treaty, in order.
pub(crate) fn treaty_marks(draft: &Draft) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut articles = Vec::new();
    for (index, block) in draft.blocks().iter().enumerate() {
        let foreign = block.languages().next().is_some_and(|language| language.as_str() != "en");
        add(&mut marks, block, index, if foreign { OTHERS } else { ENGLISH });
        if let Some(span) = article(block.text()) {
            articles.push(Mark { block: index, span, what: "articles" });
        }
    }
    if articles.len() >= ARTICLES {
        marks.push(articles[0]);
    }
    marks.sort_by_key(|mark| (mark.block, mark.span.start()));
    marks
}

fn add(marks: &mut Vec<Mark>, block: &Block, index: usize, formulas: &'static [Formula]) {
    let Some(folded) = block.readings().next() else {
        return;
    };
    let text = folded.text();
    for formula in formulas {
        for rare in memmem::find_iter(text.as_bytes(), formula.rare) {
            let Some(span) = formula.wordings.iter().find_map(|wording| around(text, rare, formula.rare, wording))
            else {
                continue;
            };
            let place = folded.below(crate::span::Span::new(span.0, span.1));
            if block.is_quoted(place) || !is_own(formula, block, place, &text[span.1..]) {
                continue;
            }
            marks.push(Mark { block: index, span: place, what: formula.what });
        }
    }
}

/// Where `wording` stands in the text so that its `rare` part stands at byte `at`.
fn around(text: &str, at: usize, rare: &str, wording: &str) -> Option<(usize, usize)> {
    let start = at.checked_sub(wording.find(rare)?)?;
    let end = start + wording.len();
    let opens = start == 0 || !text.as_bytes()[start - 1].is_ascii_alphanumeric();
    (opens && text.get(start..end) == Some(wording)).then_some((start, end))
}

/// Whether a formula is one of this text and not of one that it speaks of.
fn is_own(formula: &Formula, block: &Block, place: Span<Plain>, behind: &str) -> bool {
    if formula.what == "Contracting Parties" {
        // "Contracting Parties to the Convention": those of another text.
        let rest = behind.trim_start_matches(char::is_alphabetic);
        return !(rest.starts_with(" to the ") || rest.starts_with(" of the "));
    }
    if !formula.own {
        return true;
    }
    let sentence = &block.text()[block.sentence_start(place.start())..block.sentence_end(place.start())].to_lowercase();
    SELF.iter().any(|own| sentence.contains(own))
}

/// The heading of an article at the start of a text: "Article 5", "ARTICLE IV".
fn article(text: &str) -> Option<Span<Plain>> {
    let rest =
        ["Article", "ARTICLE", "Art.", "Art\u{ed}culo", "Artikel"].iter().find_map(|word| text.strip_prefix(word))?;
    let number = rest.trim_start();
    let end = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    let is_number = end > 0
        && (number[..end].bytes().all(|b| b.is_ascii_digit())
            || number[..end].bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C')));
    // "Article 5 reads" is a sentence.
    let is_heading = number[end..]
        .trim_start_matches(['.', ':', ')', '-', '\u{2013}', ' '])
        .chars()
        .next()
        .is_none_or(|c| !c.is_lowercase());
    (is_number && is_heading).then(|| Span::new(0, text.len() - number.len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn only_what_a_treaty_says_of_itself_is_a_mark() {
        let cases: &[(&str, &[&str])] = &[
            ("IN WITNESS WHEREOF the undersigned have signed.", &["in witness whereof"]),
            ("The undersigned, duly authorized by their Governments, have signed.", &["full powers"]),
            ("The **Contracting\nParties** shall consult.", &["Contracting Parties"]),
            ("We call on all Contracting Parties to the Convention to act.", &[]),
            ("Have agreed as follows:", &["agreed as follows"]),
            ("Done in duplicate, both texts being equally authentic.", &["done in duplicate", "done in duplicate"]),
            ("This Agreement shall enter into force on signature.", &["entry into force"]),
            ("We welcome that the Treaty enters into force today.", &[]),
            ("This Treaty is subject to ratification.", &["ratification"]),
            ("We call on states to deposit their instruments of ratification of the Convention.", &[]),
            ("The depositary of this Protocol is the Government of Avalon.", &["depositary"]),
            ("He said: \u{201c}Done in duplicate\u{201d}.", &[]),
            ("Article 1\n\nA\n\nArticle 2\n\nB\n\nArticle 3\n\nC", &["articles"]),
            ("Article 1 reads well.\n\nArticle 2 reads well.\n\nArticle 3 reads well.", &[]),
            ("The two leaders agreed to deepen their ties.", &[]),
        ];
        for (source, expected) in cases {
            let marks: Vec<_> =
                treaty_marks(&Draft::new(Format::Markdown, *source)).iter().map(|mark| mark.what).collect();
            assert_eq!(marks, *expected, "{source}");
        }
    }

    #[test]
    fn a_mark_is_where_the_words_are() {
        let draft =
            Draft::new(Format::Markdown, "# Statement\n\nSigned in **witness** of it. In witness\nwhereof we sign.");
        let marks = treaty_marks(&draft);
        assert_eq!(marks.len(), 1);
        assert_eq!(&draft.blocks()[marks[0].block].text()[marks[0].span.range()], "In witness whereof");
    }
}
