//! The formulas by which a text reads as a treaty, whatever it calls itself.
//!
//! Only what a treaty says of itself is one: a statement may welcome a ratification and name the parties to a convention. Some are weak:
//! a memorandum that binds nobody is signed in duplicate and may be terminated as well. Weak ones alone make no treaty of a text.

use std::sync::LazyLock;

use memchr::memmem;

use SentenceFilter::{Anywhere, First, OfItself, Signing};

use crate::draft::Draft;
use crate::span::{Plain, Span};
use crate::text::Block;

/// A formula of a treaty in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormulaMatch {
    /// The index of the block.
    pub(crate) block: usize,
    /// The words.
    pub(crate) span: Span<Plain>,
    /// The name of the formula in messages.
    pub(crate) label: &'static str,
}

/// Of which sentences a formula is a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SentenceFilter {
    /// Any.
    Anywhere,
    /// Those that speak of the text itself.
    OfItself,
    /// Those by which a text is signed.
    Signing,
    /// Those that begin with it.
    First,
}

/// A formula, in folded text.
struct FormulaPattern {
    /// Its name in messages.
    label: &'static str,
    /// A part of it that is rare.
    rare: &'static str,
    /// Each wording, which holds that part.
    wordings: &'static [&'static str],
    /// In which sentences it counts.
    place: SentenceFilter,
    /// True if nothing but a treaty has it.
    is_strong: bool,
}

const fn strong(
    label: &'static str,
    rare: &'static str,
    wordings: &'static [&'static str],
    place: SentenceFilter,
) -> FormulaPattern {
    FormulaPattern { label, rare, wordings, place, is_strong: true }
}

const fn weak(
    label: &'static str,
    rare: &'static str,
    wordings: &'static [&'static str],
    place: SentenceFilter,
) -> FormulaPattern {
    FormulaPattern { label, rare, wordings, place, is_strong: false }
}

/// The formulas in English.
const ENGLISH: &[FormulaPattern] = &[
    strong("in witness whereof", "witness wh", &["in witness whereof", "in witness where of"], Anywhere),
    strong(
        "full powers",
        "full powers",
        &["their full powers", "full powers found in", "full powers, found in", "having been granted full powers"],
        Anywhere,
    ),
    weak("full powers", "duly author", &["duly authorized", "duly authorised"], Signing),
    weak(
        "Contracting Parties",
        "contracting ",
        &["contracting part", "the contracting state", "the contracting government", "each contracting government"],
        Anywhere,
    ),
    weak(
        "agreed as follows",
        "as follows",
        &["have agreed as follows", "agree as follows", "agreed as follows"],
        Anywhere,
    ),
    weak("done in duplicate", "done at", &["done at"], First),
    weak("done in duplicate", "copies", &["in two copies", "in three copies"], Signing),
    weak("done in duplicate", "plicate", &["in duplicate", "in triplicate", "in quadruplicate"], Signing),
    weak("done in duplicate", "authentic", &["equally authentic", "equally authoritative"], Signing),
    weak("done in duplicate", "original", &["in two originals", "in a single original", "in two original"], Signing),
    strong(
        "depositary",
        "depositary",
        &["depositary shall", "the depositary of th", "be the depositary", "as depositary", "as the depositary"],
        OfItself,
    ),
    strong(
        "depositary",
        "deposited",
        &["shall be deposited", "deposited with the secretary", "deposited with the government"],
        OfItself,
    ),
    strong("ratification", "ratif", &["subject to ratification", "shall be ratified"], OfItself),
    weak("ratification", "ratif", &["instruments of ratification", "instrument of ratification"], OfItself),
    weak("accession", "open for", &["open for signature", "open for accession", "open to accession"], OfItself),
    strong("entry into force", "into force", &["shall enter into force", "shall come into force"], OfItself),
    weak("entry into force", "into force", &["enters into force", "entry into force of th"], OfItself),
    weak("termination", "terminate", &["terminate this", "may be terminated", "shall terminate"], OfItself),
    weak("termination", "denounce", &["denounce this", "denounce the present", "may be denounced"], OfItself),
];

/// The formulas in other languages.
const OTHERS: &[FormulaPattern] = &[
    strong("in witness whereof", "foi de quoi", &["en foi de quoi"], Anywhere),
    strong("in witness whereof", "fe de lo cual", &["en fe de lo cual", "en fe de lo que"], Anywhere),
    strong("in witness whereof", "blijke waarvan", &["ten blijke waarvan"], Anywhere),
    strong("in witness whereof", "urkund dessen", &["zu urkund dessen"], Anywhere),
    weak("Contracting Parties", "contractantes", &["parties contractantes"], Anywhere),
    weak("Contracting Parties", "contratantes", &["partes contratantes"], Anywhere),
    weak("Contracting Parties", "sluitende", &["verdragsluitende", "overeenkomstsluitende"], Anywhere),
    weak("Contracting Parties", "vertrag", &["vertragspartei", "vertragsparteien"], Anywhere),
    weak("agreed as follows", "sont convenu", &["sont convenus", "sont convenues"], Anywhere),
    weak("agreed as follows", "convenido", &["han convenido", "convenido lo siguiente"], Anywhere),
    weak("agreed as follows", "convienen", &["convienen en"], Anywhere),
    weak("agreed as follows", "volgende overeengekomen", &["volgende overeengekomen"], Anywhere),
    weak("agreed as follows", "wie folgt", &["wie folgt vereinbart", "wie folgt \u{fc}bereingekommen"], Anywhere),
    weak("done in duplicate", "galement foi", &["\u{e9}galement foi"], Anywhere),
    weak("done in duplicate", "igualmente", &["igualmente aut\u{e9}ntico", "igualmente v\u{e1}lido"], Anywhere),
    weak("entry into force", "entrera en vigueur", &["entrera en vigueur"], Anywhere),
    weak("entry into force", "en vigor", &["entrar\u{e1} en vigor", "entrara en vigor"], Anywhere),
];

/// Formulas that are looked for together, by their rare parts.
struct FormulaFinders {
    formulas: &'static [FormulaPattern],
    rare: Vec<memmem::Finder<'static>>,
}

impl FormulaFinders {
    fn new(formulas: &'static [FormulaPattern]) -> FormulaFinders {
        // To build an automaton of them takes more than to read ten texts with them.
        let rare = formulas.iter().map(|formula| memmem::Finder::new(formula.rare)).collect();
        FormulaFinders { formulas, rare }
    }
}

static IN_ENGLISH: LazyLock<FormulaFinders> = LazyLock::new(|| FormulaFinders::new(ENGLISH));
static IN_OTHERS: LazyLock<FormulaFinders> = LazyLock::new(|| FormulaFinders::new(OTHERS));

/// Words by which parties oblige themselves, in folded text: a text that is titled as a treaty has some if it is one.
const OF_PARTIES: &[&str] = &[
    "the parties shall",
    "the parties agree",
    "the parties hereby",
    "the parties undertake",
    "the parties have agreed",
    "each party",
    "either party",
    "neither party",
    "both parties shall",
    "one party shall",
    "the other party",
    "les parties",
    "las partes",
    "as partes",
    "die parteien",
    "de partijen",
    "le parti",
];

/// Names of a text for itself in its formulas.
const SELF: &[&str] = &[
    "this agreement", "this treaty", "this convention", "this protocol", "this memorandum", "this arrangement",
    "this statement", "this declaration", "this accord", "this undertaking", "this mou", "this document",
    "the present", "this amendment", "this charter", "this constitution", "this instrument", "hereof", "hereto",
];

/// The number of headings of articles that read as a treaty.
const ARTICLES: usize = 3;

/// The most marks of one formula that are taken from a block.
const MOST: usize = 16;

/// The formulas that are read in a draft, in order, and whether one of them is strong.
struct FormulaMatches {
    marks: Vec<FormulaMatch>,
    is_strong: bool,
}

impl FormulaMatches {
    fn has(&self, label: &str) -> bool {
        self.marks.iter().any(|mark| mark.label == label)
    }
}

/// The formulas of a draft that read as those of a treaty, in order; none where all of them are such as other texts have too.
pub(crate) fn treaty_marks(draft: &Draft) -> Vec<FormulaMatch> {
    let read = read(draft);
    if read.is_strong { read.marks } else { Vec::new() }
}

/// The formulas of a draft of which no title says what it is: articles on which sides have agreed are those of a treaty then.
pub(super) fn marks_without_title(draft: &Draft) -> Vec<FormulaMatch> {
    let read = read(draft);
    if read.is_strong || (read.has("articles") && read.has("agreed as follows")) { read.marks } else { Vec::new() }
}

/// True if a text that is titled as a treaty has anything that a treaty has.
pub(super) fn has_mark(draft: &Draft) -> bool {
    let has = |block: &Block| {
        let folded = block.readings().next().map(|folded| folded.text()).unwrap_or_default();
        has_article(block.text())
            || OF_PARTIES.iter().any(|words| memmem::find(folded.as_bytes(), words.as_bytes()).is_some())
    };
    draft.blocks().iter().any(has) || !read(draft).marks.is_empty()
}

/// True if an article begins in a text, also where lines were run together.
fn has_article(text: &str) -> bool {
    article(text).is_some()
        || memmem::find_iter(text.as_bytes(), "rticle ").any(|at| {
            let start = at.saturating_sub(1);
            let before = text.get(..start).map(str::trim_end);
            before.is_some_and(|before| before.ends_with(['.', ':', ';'])) && article(&text[start..]).is_some()
        })
}

fn read(draft: &Draft) -> FormulaMatches {
    let mut read = FormulaMatches { marks: Vec::new(), is_strong: false };
    let mut articles = Vec::new();
    for (index, block) in draft.blocks().iter().enumerate() {
        let foreign = block.languages().next().is_some_and(|language| language.as_str() != "en");
        add(&mut read, block, index, if foreign { &IN_OTHERS } else { &IN_ENGLISH });
        if let Some(span) = article(block.text()) {
            articles.push(FormulaMatch { block: index, span, label: "articles" });
        }
    }
    if articles.len() >= ARTICLES {
        read.marks.push(articles[0]);
        read.is_strong |= read.has("Contracting Parties");
    }
    read.marks.sort_by_key(|mark| (mark.block, mark.span.start()));
    read
}

fn add(read: &mut FormulaMatches, block: &Block, index: usize, formulas: &FormulaFinders) {
    let Some(folded) = block.readings().next() else {
        return;
    };
    let text = folded.text();
    for (formula, rare) in formulas.formulas.iter().zip(&formulas.rare) {
        let wording = |at| formula.wordings.iter().find_map(|wording| around(text, at, formula.rare, wording));
        let places = rare.find_iter(text.as_bytes()).filter_map(wording);
        let places = places.map(|(start, end)| folded.below(Span::new(start, end)));
        let own = places.filter(|place| !block.is_quoted(*place) && is_own(formula, block, *place));
        for span in own.take(MOST) {
            read.is_strong |= formula.is_strong;
            read.marks.push(FormulaMatch { block: index, span, label: formula.label });
        }
    }
}

/// Finds `wording` in the text so that its `rare` part stands at byte `at`.
fn around(text: &str, at: usize, rare: &str, wording: &str) -> Option<(usize, usize)> {
    let start = at.checked_sub(wording.find(rare)?)?;
    let end = start + wording.len();
    let opens = start == 0 || !text.as_bytes()[start - 1].is_ascii_alphanumeric();
    (opens && text.get(start..end) == Some(wording)).then_some((start, end))
}

/// The number of bytes of a sentence before and behind a formula that tell of what it is.
const NEAR: usize = 600;

/// Words for a text that is signed, and for those who sign it.
const SIGNED: &[&str] = &["undersigned", "both texts", "all texts", "each text", "texts being", "languages", "whereof"];

/// Beginnings of a sentence by which a text is signed.
const SIGNING: &[&str] = &["done", "signed", "executed", "concluded", "made in", "made at", "drawn up", "in witness"];

/// True if a formula is one of this text and not of one that it speaks of.
fn is_own(formula: &FormulaPattern, block: &Block, place: Span<Plain>) -> bool {
    let text = block.text();
    if formula.label == "Contracting Parties" {
        // "Contracting Parties to the Convention": those of another text.
        let rest = text[place.end()..].trim_start_matches(char::is_alphabetic);
        let is_of_another = [" to ", " of ", " under "].iter().any(|word| rest.starts_with(word))
            && !rest.split(' ').nth(2).is_some_and(|word| matches!(word, "this" | "present"));
        return !is_of_another && !text[..place.start()].ends_with("all ");
    }
    if formula.place == Anywhere {
        return true;
    }
    let (start, end) = (block.sentence_start(place.start()), block.sentence_end(place.start()));
    let before = &text[boundary(text, start.max(place.start().saturating_sub(NEAR)))..place.start()];
    if formula.place == First {
        // "Done at Lima", and not "Done at the ports".
        let opens = before.trim().is_empty() && !text[place.start()..].starts_with(char::is_lowercase);
        return opens && text[place.end()..].trim_start().starts_with(char::is_uppercase);
    }
    let near = text
        [boundary(text, start.max(place.start().saturating_sub(NEAR)))..boundary(text, end.min(place.end() + NEAR))]
        .to_lowercase();
    let near = near.trim_start();
    match formula.place {
        Signing => {
            SIGNING.iter().any(|begin| near.starts_with(begin)) || SIGNED.iter().any(|words| near.contains(words))
        }
        _ => SELF.iter().any(|own| near.contains(own)),
    }
}

/// The nearest place before byte `at` that lies between characters.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
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
            ("The envoys, duly authorized by their leaders, met.", &[]),
            ("They exchanged their full powers, found in good and due form.", &["full powers"]),
            ("The **Contracting\nParties** shall consult.", &["Contracting Parties"]),
            ("The Contracting Parties to this Treaty shall consult.", &["Contracting Parties"]),
            ("The Contracting Parties to the Treaty met, and all Contracting States came.", &[]),
            ("They ask all Contracting Parties to act.", &[]),
            ("We call on all Contracting Parties to the Convention to act.", &[]),
            ("Have agreed as follows:", &["agreed as follows"]),
            ("Done in duplicate, both texts being equally authentic.", &["done in duplicate", "done in duplicate"]),
            ("This Agreement shall enter into force on signature.", &["entry into force"]),
            ("We welcome that the Treaty enters into force today.", &[]),
            ("Much has been done at the border.", &[]),
            ("Work had been done at Lima.", &[]),
            ("Done at Lima on 3 May 2024.", &["done in duplicate"]),
            ("The Treaty was done in duplicate and is in two originals.", &[]),
            ("They agreed on the following: both sides shall meet.", &[]),
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
                read(&Draft::new(Format::Markdown, *source)).marks.iter().map(|mark| mark.label).collect();
            assert_eq!(marks, *expected, "{source}");
        }
    }

    #[test]
    fn weak_marks_alone_make_no_treaty_of_a_text() {
        let cases = [
            (
                "This Memorandum may be terminated by either Participant.\n\nSigned in duplicate in Lima on 3 May 2024.",
                false,
            ),
            ("They have agreed as follows:\n\nDone at Lima, in duplicate, both texts being equally authentic.", false),
            ("They have agreed as follows:\n\nArticle 1\n\nA\n\nArticle 2\n\nB\n\nArticle 3\n\nC", false),
            ("The Contracting Parties have agreed as follows:\n\nThey will meet.", false),
            ("The Contracting Parties met.\n\nArticle 1\n\nA\n\nArticle 2\n\nB\n\nArticle 3\n\nC", true),
            ("This Memorandum shall enter into force on signature.\n\nDone at Lima.", true),
            ("In witness whereof the undersigned have signed.", true),
        ];
        for (source, expected) in cases {
            assert_eq!(!treaty_marks(&Draft::new(Format::Markdown, source)).is_empty(), expected, "{source}");
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
