//! The kind of a text: a statement, a treaty, a letter.
//!
//! A title says it by its head noun: "Joint Statement on the Agreement" is a statement. Where there is no title, or one of an organ,
//! the formulas of its kind do: a salutation, an enacting clause, speakers before their words.
//!
//! A treaty and a resolution are passed over by most rules, and statements speak of both. So a title alone does not make one: the text
//! must have a mark of its own, and in doubt it is a statement.

use memchr::memmem;

use super::opening::{Title, beginning, opening};
use super::{DocumentKind, Inferred, excerpt, treaty};
use crate::draft::Draft;
use crate::text::Block;

/// Nouns that a title says its kind by, in lower case, with spaces for hyphens.
const NOUNS: &[(&str, DocumentKind)] = &[
    // English.
    ("statement", DocumentKind::Statement),
    ("statements", DocumentKind::Statement),
    ("communique", DocumentKind::Statement),
    ("communiqu\u{e9}", DocumentKind::Statement),
    ("declaration", DocumentKind::Statement),
    ("proclamation", DocumentKind::Statement),
    ("readout", DocumentKind::Statement),
    ("fact sheet", DocumentKind::FactSheet),
    ("factsheet", DocumentKind::FactSheet),
    ("memorandum", DocumentKind::Memorandum),
    ("mou", DocumentKind::Memorandum),
    ("arrangement", DocumentKind::Memorandum),
    ("undertaking", DocumentKind::Memorandum),
    ("letter of intent", DocumentKind::Memorandum),
    ("treaty", DocumentKind::Treaty),
    ("convention", DocumentKind::Treaty),
    ("agreement", DocumentKind::Treaty),
    ("agreements", DocumentKind::Treaty),
    ("protocol", DocumentKind::Treaty),
    ("covenant", DocumentKind::Treaty),
    ("accord", DocumentKind::Treaty),
    ("accords", DocumentKind::Treaty),
    ("pact", DocumentKind::Treaty),
    ("compact", DocumentKind::Treaty),
    ("charter", DocumentKind::Treaty),
    ("statute", DocumentKind::Treaty),
    ("constitutive act", DocumentKind::Treaty),
    ("articles of agreement", DocumentKind::Treaty),
    ("resolution", DocumentKind::Resolution),
    ("decision", DocumentKind::Resolution),
    ("council conclusions", DocumentKind::Resolution),
    ("transcript", DocumentKind::Transcript),
    ("press conference", DocumentKind::Transcript),
    ("press availability", DocumentKind::Transcript),
    ("doorstop", DocumentKind::Transcript),
    ("interview", DocumentKind::Transcript),
    ("remarks", DocumentKind::Transcript),
    ("speech", DocumentKind::Transcript),
    ("address", DocumentKind::Transcript),
    ("keynote", DocumentKind::Transcript),
    ("letter", DocumentKind::Letter),
    ("letters", DocumentKind::Letter),
    ("exchange of letters", DocumentKind::Letter),
    ("exchange of notes", DocumentKind::Letter),
    ("note verbale", DocumentKind::Letter),
    ("diplomatic note", DocumentKind::Letter),
    ("aide memoire", DocumentKind::Letter),
    ("aide m\u{e9}moire", DocumentKind::Letter),
    // French.
    ("d\u{e9}claration", DocumentKind::Statement),
    ("m\u{e9}morandum", DocumentKind::Memorandum),
    ("protocole d'entente", DocumentKind::Memorandum),
    ("trait\u{e9}", DocumentKind::Treaty),
    ("protocole", DocumentKind::Treaty),
    ("r\u{e9}solution", DocumentKind::Resolution),
    ("\u{e9}change de lettres", DocumentKind::Letter),
    ("\u{e9}change de notes", DocumentKind::Letter),
    ("lettre", DocumentKind::Letter),
    // Spanish and Portuguese.
    ("declaraci\u{f3}n", DocumentKind::Statement),
    ("declaracion", DocumentKind::Statement),
    ("declara\u{e7}\u{e3}o", DocumentKind::Statement),
    ("comunicado", DocumentKind::Statement),
    ("memorando", DocumentKind::Memorandum),
    ("memor\u{e1}ndum", DocumentKind::Memorandum),
    ("tratado", DocumentKind::Treaty),
    ("convenio", DocumentKind::Treaty),
    ("convenci\u{f3}n", DocumentKind::Treaty),
    ("conv\u{e9}nio", DocumentKind::Treaty),
    ("acuerdo", DocumentKind::Treaty),
    ("acordo", DocumentKind::Treaty),
    ("protocolo", DocumentKind::Treaty),
    ("resoluci\u{f3}n", DocumentKind::Resolution),
    ("resolu\u{e7}\u{e3}o", DocumentKind::Resolution),
    ("canje de notas", DocumentKind::Letter),
    ("carta", DocumentKind::Letter),
    // Dutch, German and Italian.
    ("verklaring", DocumentKind::Statement),
    ("erkl\u{e4}rung", DocumentKind::Statement),
    ("kommuniqu\u{e9}", DocumentKind::Statement),
    ("dichiarazione", DocumentKind::Statement),
    ("verdrag", DocumentKind::Treaty),
    ("overeenkomst", DocumentKind::Treaty),
    ("vertrag", DocumentKind::Treaty),
    ("abkommen", DocumentKind::Treaty),
    ("\u{fc}bereinkommen", DocumentKind::Treaty),
    ("protokoll", DocumentKind::Treaty),
    ("trattato", DocumentKind::Treaty),
    ("accordo", DocumentKind::Treaty),
    ("protocollo", DocumentKind::Treaty),
    ("resolutie", DocumentKind::Resolution),
    ("briefwisseling", DocumentKind::Letter),
    ("notawisseling", DocumentKind::Letter),
    ("briefwechsel", DocumentKind::Letter),
    ("notenwechsel", DocumentKind::Letter),
];

/// Words that make a title that of a statement wherever they stand in it, but for a letter about one.
const STATEMENTS: &[&str] = &[
    "joint statement",
    "joint press statement",
    "joint vision",
    "joint declaration",
    "joint communique",
    "joint communiqu\u{e9}",
    "leaders statement",
    "leaders declaration",
    "press statement",
    "d\u{e9}claration conjointe",
    "d\u{e9}claration commune",
    "communiqu\u{e9} conjoint",
    "declaraci\u{f3}n conjunta",
    "comunicado conjunto",
    "gemeinsame erkl\u{e4}rung",
];

/// Words behind which a title only says what it is about, or when and where.
const PREPOSITIONS: &[&str] = &[
    "about", "after", "against", "at", "between", "by", "concerning", "during", "following", "for", "from", "in", "on",
    "regarding", "to", "toward", "towards", "under", "with", "without", "\u{e0}", "sur", "entre", "sobre", "para",
    "pour", "over", "inzake", "\u{fc}ber", "zwischen", "tussen", "met", "mit", "avec", "con", "is", "are", "was",
    "were", "has", "have", "will", "today",
];

/// Words before "of" in the name or the office of a party.
const OF_A_PARTY: &[&str] = &[
    "association", "chancellor", "commission", "commonwealth", "council", "emirates", "federation", "government",
    "governments", "head", "heads", "king", "kingdom", "leader", "leaders", "member", "members", "minister",
    "ministers", "ministry", "organization", "people", "president", "presidents", "principality", "record", "republic",
    "secretary", "state", "states", "sultanate", "union",
];

/// The kind of a draft, and the words that tell it.
pub(super) fn document_kind(draft: &Draft, titles: &[Title]) -> Inferred<DocumentKind> {
    let titled = titles.iter().filter_map(titled).find(|(kind, _)| bears_out(draft, *kind));
    // A joint statement may quote an organ and a letter, and an organ makes none.
    if let Some((DocumentKind::Statement, because)) = titled.as_ref().filter(|(_, because)| because.contains("joint")) {
        return Inferred::new(DocumentKind::Statement, because.clone());
    }
    resolution(draft)
        .or_else(|| transcript(draft))
        .or(titled)
        .or_else(|| letter(draft))
        .or_else(|| treaty(draft))
        .map_or_else(
            || Inferred::new(DocumentKind::Statement, "no mark of another kind"),
            |(kind, because)| Inferred::new(kind, because),
        )
}

/// A kind, and the reason for it.
type KindWithReason = (DocumentKind, String);

/// The kind that a title says, with its reason.
fn titled(title: &Title) -> Option<KindWithReason> {
    let (kind, noun) = head_noun(title)?;
    Some((kind, format!("title has \"{noun}\"")))
}

/// True if a text is of the kind that its title says. What a treaty or a resolution is about has titles that name it.
fn bears_out(draft: &Draft, kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Treaty => treaty::has_mark(draft),
        DocumentKind::Resolution => draft.blocks().iter().any(|block| is_operative(block.text())),
        _ => true,
    }
}

/// Words at the start of a paragraph that is a sentence and no title.
const SENTENCES: &[&str] = &["a", "an", "our", "that", "the", "these", "this"];

/// Words behind the noun of a title that other text runs on from.
const FOLLOWING: &[&str] = &[
    "among", "between", "concerning", "constituting", "entre", "establishing", "for", "inzake", "of", "on",
    "regarding", "relating", "sobre", "sur", "tussen", "\u{fc}ber", "zwischen",
];

/// Other words behind the noun of a title that is the whole of it, before what it is about, with whom it is and of when.
const FOLLOWING_IN_A_TITLE: &[&str] = &[
    "adopted", "against", "amending", "by", "concluded", "creating", "de", "del", "du", "governing", "in", "no",
    "para", "pour", "providing", "relatif", "relative", "respecting", "supplementary", "to", "under", "van", "with",
];

/// Words in a title before the name of an agreement that it only speaks of.
const SPEAKING_OF: &[&str] = &[
    "a", "advancing", "an", "anniversary", "beyond", "celebrating", "commemorating", "conflict", "dispute",
    "finalizing", "implementation", "leaders", "negotiating", "our", "outcomes", "progress", "reaching", "readout",
    "review", "reviewing", "strengthening", "upholding", "welcoming",
];

/// Words that make of a title news of an agreement, wherever they stand behind its name.
const NEWS: &[&str] = &[
    "announced", "commitments", "finalised", "finalized", "hailed", "outcome", "outcomes", "reached", "readout",
    "unveiled", "vision", "welcomed",
];

/// The words of a title.
struct TitleWords<'t> {
    typed: Vec<&'t str>,
    /// In lower case, without possessives.
    lower: Vec<String>,
    /// The text behind each, up to the next.
    gaps: Vec<&'t str>,
}

impl<'t> TitleWords<'t> {
    fn new(title: &'t str) -> TitleWords<'t> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
        let (mut typed, mut gaps) = (Vec::new(), Vec::new());
        let mut rest = title.trim_start_matches(|c| !is_part(c));
        while !rest.is_empty() {
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let next = rest[end..].find(is_part).map_or(rest.len(), |next| end + next);
            typed.push(&rest[..end]);
            gaps.push(&rest[end..next]);
            rest = &rest[next..];
        }
        let lower = typed.iter().map(|word| lower(word)).collect();
        TitleWords { typed, lower, gaps }
    }

    fn has_at(&self, at: usize, phrase: &str) -> bool {
        let mut behind = self.lower[at..].iter();
        let begins = behind.clone().next().is_some_and(|word| phrase.starts_with(word.as_str()));
        begins && phrase.split(' ').all(|part| behind.next().is_some_and(|word| word == part))
    }

    /// The longest noun that stands at a word.
    fn noun_at(&self, at: usize) -> Option<&'static (&'static str, DocumentKind)> {
        NOUNS.iter().filter(|(noun, _)| self.has_at(at, noun)).max_by_key(|(noun, _)| noun.len())
    }

    /// Words that make the title that of a statement, wherever they stand.
    fn statement(&self) -> Option<&'static str> {
        STATEMENTS.iter().copied().find(|phrase| (0..self.lower.len()).any(|at| self.has_at(at, phrase)))
    }

    /// The first noun that no preposition stands before: its first word, the noun, and its kind. In a line that is no title by its
    /// format only words with capitals may stand before it.
    fn first_noun(&self, is_sure: bool) -> Option<(usize, &'static str, DocumentKind)> {
        let mut of = None;
        for (at, word) in self.lower.iter().enumerate() {
            let word = word.as_str();
            if let Some((noun, kind)) = self.noun_at(at) {
                // "Anniversary of the Treaty" is none, "Kingdom of Avalon Trade Agreement" is one.
                let is_of = of.is_some_and(|of| at - of <= 2 || self.lower[of + 1] == "the");
                return (!is_of).then_some((at, *noun, *kind));
            }
            let is_named =
                !self.typed[at].starts_with(char::is_lowercase) || matches!(word, "and" | "of" | "et" | "y" | "de");
            let is_sentence = !is_sure && (!is_named || (at == 0 && SENTENCES.contains(&word)));
            if is_sentence || PREPOSITIONS.contains(&word) {
                return None;
            }
            let of_a_party = at.checked_sub(1).is_some_and(|before| OF_A_PARTY.contains(&self.lower[before].as_str()));
            if word == "of" && !of_a_party {
                of = Some(at);
            }
        }
        None
    }

    /// True if a noun is one of spoken words: "address" is a verb as well.
    fn is_spoken(&self, at: usize, noun: &str) -> bool {
        const SPEAKERS: &[&str] = &["address", "as", "at", "by", "delivered", "from", "of", "speech", "to"];
        if !matches!(noun, "speech" | "address" | "keynote") {
            return true;
        }
        let next = self.lower.get(at + 1);
        next.is_none_or(|next| SPEAKERS.contains(&next.as_str())) || self.gaps[at].trim().starts_with(is_colon)
    }

    /// The noun that the title is headed by where its first, with this index, is of an agreement or of what an organ adopts: the last
    /// before what it is about. None if another word is the head, as in "Trade Agreement Consultations", or if it is only spoken of.
    fn head(&self, at: usize, noun: &'static str, kind: DocumentKind) -> Option<(usize, &'static str, DocumentKind)> {
        let (mut at, mut noun, mut kind) = (at, noun, kind);
        let is_bare =
            |at: usize| self.lower[at] == "the" && at > 0 && !matches!(self.lower[at - 1].as_str(), "of" | "and");
        let spoken_of = (0..at).any(|at| is_bare(at) || SPEAKING_OF.contains(&self.lower[at].as_str()));
        loop {
            let last = at + noun.split(' ').count() - 1;
            let gap = self.gaps[last].trim();
            let Some(next) = self.lower.get(last + 1).map(String::as_str) else {
                break;
            };
            let joined = usize::from(next == "and" || next == "et");
            let other = (last + 1 + joined..(last + 4).min(self.lower.len()))
                .take_while(|&at| !is_preposition(&self.lower[at]) && self.gaps[at - 1].trim().is_empty())
                .find_map(|at| self.noun_at(at).map(|(noun, kind)| (at, *noun, *kind)));
            if let Some(other) = other {
                (at, noun, kind) = other;
                continue;
            }
            let follows = FOLLOWING.contains(&next)
                || FOLLOWING_IN_A_TITLE.contains(&next)
                || next.starts_with(|c: char| c.is_ascii_digit())
                // Capitals that ran into the text: "TRADE AGREEMENT THE GOVERNMENTS OF".
                || (next == "the" && self.typed.iter().all(|word| !word.contains(char::is_lowercase)))
                || gap.starts_with(['(', ',', '[', '"', '\u{201c}', '\u{201d}']);
            if !follows || gap.contains(is_colon) {
                return None;
            }
            break;
        }
        let last = at + noun.split(' ').count() - 1;
        let is_news = self.lower[last + 1..].iter().any(|word| NEWS.contains(&word.as_str()));
        let is_spoken_of = spoken_of || is_news || self.gaps[last..].iter().any(|gap| gap.contains(is_colon));
        let is_about = !matches!(kind, DocumentKind::Treaty | DocumentKind::Resolution);
        (is_about || !is_spoken_of).then_some((at, noun, kind))
    }
}

fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word) || FOLLOWING.contains(&word)
}

/// True for a mark that parts a title from the one below it that says more.
fn is_colon(c: char) -> bool {
    matches!(c, ':' | '\u{2013}' | '\u{2014}' | '|')
}

/// The noun that a title says its kind by, in lower case, and the kind.
fn head_noun(title: &Title) -> Option<(DocumentKind, &'static str)> {
    let words = TitleWords::new(&title.text);
    let first = words.first_noun(title.is_sure);
    let noun = first.and_then(|(at, noun, kind)| match kind {
        DocumentKind::Treaty | DocumentKind::Resolution if !title.runs_on => words.head(at, noun, kind),
        // "Press Conference Statement".
        DocumentKind::Transcript => {
            let behind = at + noun.split(' ').count();
            let other = (behind < words.lower.len()).then(|| words.noun_at(behind)).flatten();
            let is_alone = || words.is_spoken(at, noun).then_some((at, noun, kind));
            other.map(|(noun, kind)| (behind, *noun, *kind)).or_else(is_alone)
        }
        _ => Some((at, noun, kind)),
    });
    if title.runs_on {
        let (at, noun, kind) = noun?;
        let behind = words.lower.get(at + noun.split(' ').count())?;
        let is_name = !words.typed[at].starts_with(char::is_lowercase);
        return (is_name && FOLLOWING.contains(&behind.as_str())).then_some((kind, noun));
    }
    // A letter may be about a statement.
    let is_letter = noun.is_some_and(|(at, _, kind)| kind == DocumentKind::Letter && at <= 2);
    let statement = words.statement().filter(|_| !is_letter && (title.is_sure || first.is_some()));
    statement.map(|statement| (DocumentKind::Statement, statement)).or(noun.map(|(_, noun, kind)| (kind, noun)))
}

/// True if what may be a title says what the text is, or at least is a line of its own.
pub(super) fn is_title(title: &Title) -> bool {
    !title.runs_on || head_noun(title).is_some()
}

/// Finds the noun that says what a text with this title is; that of a statement rather than of an agreement that it is about.
pub(super) fn noun(title: &str) -> Option<std::ops::Range<usize>> {
    // Every letter stays as long as it is, so that what is found stands at the same bytes of the title.
    let same = |c: char| c.to_lowercase().next().filter(|lower| lower.len_utf8() == c.len_utf8()).unwrap_or(c);
    let text: String = title.chars().map(same).collect();
    let find = |phrase: &str| {
        let ends = |end: usize| !text[end..].starts_with(char::is_alphabetic);
        let found = memmem::find_iter(text.as_bytes(), phrase)
            .find(|at| !text[..*at].ends_with(char::is_alphabetic) && ends(at + phrase.len()));
        found.map(|at| at..at + phrase.len())
    };
    let joint = STATEMENTS.iter().filter_map(|phrase| find(phrase)).min_by_key(|found| found.start);
    joint.or_else(|| {
        NOUNS.iter().filter_map(|(noun, _)| find(noun)).min_by_key(|found| (found.start, std::cmp::Reverse(found.end)))
    })
}

/// A word as the tables have it: in lower case, without a possessive.
fn lower(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if !lower.is_ascii() {
        lower = lower.replace('\u{2019}', "'");
    }
    let bare = lower.strip_suffix("'s").unwrap_or(&lower).trim_matches('\'');
    if bare.len() == lower.len() { lower } else { bare.to_owned() }
}

/// Last words of the names of organs, before the comma of an enacting clause.
const ORGANS: &[&str] = &[
    "Assembly", "Board", "Commission", "Committee", "Conference", "Congress", "Council", "Parliament", "Parties",
    "g\u{e9}n\u{e9}rale", "G\u{e9}n\u{e9}rale", "General", "s\u{e9}curit\u{e9}", "Seguridad",
];

/// Verbs with which an organ leads up to its decisions, as a resolution writes them.
const PREAMBULAR: &[&str] = &[
    "Acknowledging", "Acting", "Affirming", "Alarmed", "Appreciating", "Aware", "Bearing", "Believing", "Commending",
    "Concerned", "Condemning", "Confirming", "Conscious", "Considering", "Convened", "Convinced", "Deeply",
    "Deploring", "Desiring", "Determined", "Emphasizing", "Expressing", "Gravely", "Guided", "Having", "Mindful",
    "Noting", "Observing", "Reaffirming", "Recalling", "Recognizing", "Recognising", "Reiterating", "Stressing",
    "Taking", "Underlining", "Welcoming", "Adopts", "Decides", "Rappelant", "Consid\u{e9}rant", "Ayant",
    "R\u{e9}affirmant", "Recordando", "Considerando", "Habiendo", "Reafirmando",
];

/// Verbs by which a text is adopted in the name of an organ.
const ADOPTED: &[&str] = &[
    "Resolution adopted by",
    "Resolutions adopted by",
    "Decision adopted by",
    "General Assembly proclaims",
    "Assembl\u{e9}e g\u{e9}n\u{e9}rale proclame",
    "Assembl\u{e9}e G\u{e9}n\u{e9}rale proclame",
    "Asamblea General proclama",
    "Proclame la pr\u{e9}sente",
    "Proclama la presente",
];

/// Verbs by which an organ adopts a text at the end of its preamble, in lower case.
const ADOPTING: &[&str] = &[
    "has adopted this decision",
    "has adopted this regulation",
    "has adopted this directive",
    "has adopted this recommendation",
    "has adopted this resolution",
    "has decided as follows",
];

/// Verbs of the paragraphs of a resolution, as the first word of one or behind its number.
const OPERATIVE: &[&str] = &[
    "acknowledges", "adopts", "affirms", "approves", "authorizes", "calls", "commends", "condemns", "considers",
    "decides", "declares", "demands", "encourages", "endorses", "expresses", "instructs", "invites", "notes",
    "proclaims", "reaffirms", "recalls", "recognizes", "recommends", "reiterates", "requests", "resolves", "stresses",
    "takes", "underlines", "urges", "welcomes", "exhorta", "insta", "pide", "prie", "d\u{e9}cide", "demande",
];

/// True if a paragraph is of a resolution, by the verb that it begins with.
fn is_operative(text: &str) -> bool {
    let words = text.split([' ', ',', ':']).filter(|word| !word.is_empty()).take(3);
    let mut words = words.skip_while(|word| !word.contains(char::is_alphabetic) || word.len() < 3);
    words.next().is_some_and(|word| {
        let is_capital = word.starts_with(char::is_uppercase);
        is_capital && OPERATIVE.iter().any(|other| other.eq_ignore_ascii_case(word))
    }) || enacting(beginning(text)).is_some()
}

/// Marks of a resolution in the opening: who adopted it, its symbol, the enacting clause.
fn resolution(draft: &Draft) -> Option<KindWithReason> {
    opening(draft).find_map(|(_, text, _)| {
        let text = beginning(text);
        let adopted = ADOPTED.iter().copied().find(|adopted| text.contains(adopted));
        let symbol = || text.split(' ').find(|word| is_symbol(word) && is_head(text, word));
        let adopting = || {
            let lower = text.to_ascii_lowercase();
            ADOPTING.iter().copied().find(|adopting| lower.contains(adopting))
        };
        let mark = adopted.or_else(symbol).or_else(adopting).or_else(|| enacting(text))?;
        Some((DocumentKind::Resolution, format!("opening has \"{}\"", excerpt(mark))))
    })
}

/// True for the symbol of a resolution, or of what a president states for an organ: "A/RES/1", "AG/RES.", "S/PRST/2020/1".
fn is_symbol(word: &str) -> bool {
    ["RES/", "/RES.", "/PRST/"].iter().any(|part| word.contains(part))
}

/// True if the symbol of a document stands at the head of a text and not in a sentence.
fn is_head(text: &str, symbol: &str) -> bool {
    text.find(symbol).is_some_and(|at| !is_running(&text[..at]))
}

/// True if a text has words without capitals, as a sentence does.
fn is_running(text: &str) -> bool {
    text.split(' ').any(|word| word.starts_with(char::is_lowercase))
}

/// The most bytes of the name of an organ.
const LONGEST_ORGAN: usize = 90;

/// The enacting clause in a text: "The General Assembly," before what it recalls, or at its end.
fn enacting(text: &str) -> Option<&str> {
    let articles = ["The ", "THE ", "L\u{2019}", "L'", "La ", "LA ", "Le ", "LE "];
    articles.iter().flat_map(|article| text.match_indices(article)).find_map(|(start, _)| {
        let opens = start == 0 || text[..start].ends_with([' ', '"', '\u{201c}']);
        let comma = text.as_bytes()[start..].iter().take(LONGEST_ORGAN + 1).position(|byte| *byte == b',');
        let (name, behind) = comma.filter(|_| opens).map(|comma| text[start..].split_at(comma))?;
        let next = behind[1..].trim_start().split([' ', ',']).next().unwrap_or_default();
        let goes_on = next.is_empty()
            || (next.starts_with(char::is_uppercase) && PREAMBULAR.iter().any(|word| word.eq_ignore_ascii_case(next)))
            || behind[1..].trim_start().starts_with("having regard");
        (goes_on && is_organ(name) && !name.contains(['.', ';', ':'])).then_some(name)
    })
}

/// True for the name of an organ, which may have what it is of behind it: "The Council of the European Union".
fn is_organ(name: &str) -> bool {
    let words: Vec<&str> = name.split([' ', '\'', '\u{2019}']).collect();
    (1..words.len()).any(|at| {
        let organ = words[at];
        let is_last = words.get(at + 1).is_none_or(|next| next.starts_with('(') || matches!(*next, "of" | "OF" | "on"));
        // The parties to a text are no organ, their conference is.
        let is_conference = || words[..at].iter().any(|word| word.eq_ignore_ascii_case("of"));
        organ.starts_with(char::is_uppercase)
            && is_last
            && ORGANS.iter().any(|word| word.eq_ignore_ascii_case(organ))
            && (!organ.eq_ignore_ascii_case("parties") || is_conference())
    })
}

/// Before whose words transcripts put a colon.
const SPEAKERS: &[&str] = &[
    "CHAIR", "CHAIRMAN", "CHANCELLOR", "INTERVIEWER", "INTERPRETER", "JOURNALIST", "MINISTER", "MODERATOR", "MR",
    "MRS", "MS", "PM", "PREMIER", "PRESIDENT", "PRESENTER", "PRIME", "Q", "QUESTION", "REPORTER", "SECRETARY",
    "SPEAKER", "TAOISEACH", "JOURNALISTE", "PERIODISTA", "PREGUNTA", "HOST", "ANSWER", "A",
];

/// The number of turns that make a transcript.
const TURNS: usize = 3;

/// Speakers before their words.
fn transcript(draft: &Draft) -> Option<KindWithReason> {
    let mut turns = 0;
    let mut first = None;
    for block in draft.blocks() {
        let Some(speaker) = speaker(block.text()) else {
            continue;
        };
        turns += 1;
        first = first.or(Some(speaker));
        if turns == TURNS {
            let first = first.unwrap_or(speaker);
            return Some((DocumentKind::Transcript, format!("speakers stand before their words, as \"{first}:\"")));
        }
    }
    let marked = opening(draft).any(|(_, text, _)| text.contains("E&OE"));
    marked.then(|| (DocumentKind::Transcript, "opening has \"E&OE\"".to_owned()))
}

/// Who is said to speak at the start of a text.
fn speaker(text: &str) -> Option<&str> {
    // Most paragraphs begin with one capital.
    let mut letters = text.bytes();
    let first = letters.next()?;
    if !first.is_ascii_uppercase() || letters.next().is_some_and(|second| second.is_ascii_lowercase()) {
        return None;
    }
    let (name, _) = text.split_once(':').filter(|(name, _)| name.len() <= 50)?;
    let is_shouted = !name.contains(char::is_lowercase);
    let is_known = name.split([' ', '.']).any(|word| SPEAKERS.contains(&word));
    (is_shouted && is_known).then_some(name)
}

/// Words of letters and notes alone, in lower case.
const OF_LETTERS: &[&str] = &[
    "i have the honour to",
    "i have the honor to",
    "has the honour to",
    "has the honor to",
    "presents its compliments to",
    "present their compliments to",
    "yours sincerely",
    "yours faithfully",
    "assurances of my highest consideration",
    "j'ai l'honneur de",
    "a l'honneur de",
    "pr\u{e9}sente ses compliments",
    "tengo el honor de",
    "tiene el honor de",
    "saluda atentamente",
    "ik heb de eer",
    "ich beehre mich",
];

/// Salutations of letters, in lower case; a name may follow, and a comma or a colon does.
const SALUTATIONS: &[&str] = &[
    "dear ",
    "my dear ",
    "excellency",
    "your excellency",
    "mr. ambassador",
    "monsieur l'ambassadeur",
    "monsieur le ministre",
    "su excelencia",
    "sir,",
    "madam,",
];

/// Formulas of letters in the opening, and one at the end.
fn letter(draft: &Draft) -> Option<KindWithReason> {
    let last = draft.blocks().len().saturating_sub(6);
    let ends = draft.blocks().iter().skip(last).map(Block::text);
    for text in opening(draft).take(12).map(|(_, text, _)| text).chain(ends) {
        let lower = text.to_lowercase().replace('\u{2019}', "'");
        if let Some(formula) = OF_LETTERS.iter().find(|formula| lower.contains(**formula)) {
            return Some((DocumentKind::Letter, format!("it has \"{formula}\"")));
        }
        if let Some(salutation) = salutation(&lower) {
            return Some((DocumentKind::Letter, format!("it begins \"{}\"", excerpt(salutation))));
        }
    }
    None
}

/// The salutation that a text, in lower case, is or holds behind its letterhead.
fn salutation(text: &str) -> Option<&str> {
    SALUTATIONS.iter().find_map(|salutation| {
        let at = text.find(salutation)?;
        let opens = at == 0 || (*salutation == "my dear " && text[..at].ends_with(' '));
        let end = text[at..].find([',', ':']).filter(|end| *end <= 50)?;
        let words = &text[at..at + end];
        (opens && words.split(' ').count() <= 6).then_some(words)
    })
}

/// At least two different marks of a treaty.
fn treaty(draft: &Draft) -> Option<KindWithReason> {
    let marks = treaty::marks_without_title(draft);
    let first = marks.first()?;
    let other = marks.iter().find(|mark| mark.label != first.label)?;
    Some((DocumentKind::Treaty, format!("it has \"{}\" and \"{}\"", first.label, other.label)))
}

#[cfg(test)]
mod tests {
    use super::super::opening::titles;
    use super::*;
    use crate::draft::Format;

    fn told(format: Format, source: &str) -> Inferred<DocumentKind> {
        let draft = Draft::new(format, source);
        document_kind(&draft, &titles(&draft))
    }

    fn kind_of(format: Format, source: &str) -> DocumentKind {
        told(format, source).value
    }

    #[test]
    fn a_title_says_it_by_its_head_noun() {
        use DocumentKind::{FactSheet, Letter, Memorandum, Resolution, Statement, Transcript, Treaty};
        let cases = [
            ("Joint Statement of Avalon and Lutetia", Statement),
            ("Joint Statement on the Avalon-Lutetia Agreement on Trade", Statement),
            ("Avalon-Lutetia Framework Agreement: Joint Statement", Statement),
            ("Avalon Leaders\u{2019} Declaration", Statement),
            ("Republic of Avalon-Lutetia Leaders\u{2019} Joint Statement", Statement),
            ("Joint Communiqu\u{e9} on the Anniversary of the Treaty", Statement),
            ("The Avalon Declaration", Statement),
            ("D\u{e9}claration conjointe", Statement),
            ("Declaraci\u{f3}n conjunta", Statement),
            ("Treaty between Avalon and Lutetia on Extradition", Treaty),
            ("Draft Treaty", Treaty),
            ("Avalon Protocol", Treaty),
            ("Economic Partnership Agreement between Avalon and Lutetia", Treaty),
            ("Kingdom of Avalon-Republic of Lutetia Free Trade Agreement", Treaty),
            ("Accord entre l\u{2019}Avalon et la Lut\u{e8}ce", Treaty),
            ("Acuerdo sobre pesca", Treaty),
            ("Verdrag tussen Avalon en Lutetia", Treaty),
            ("Memorandum of Understanding on Fisheries", Memorandum),
            ("Arrangement between the Ministries of Defence", Memorandum),
            ("Resolution 12 (2020)", Resolution),
            ("Transcript of the joint press conference", Transcript),
            ("Joint press conference with the Prime Minister", Transcript),
            ("Joint Press Conference Statement", Statement),
            ("Fact Sheet: The Avalon Compact", FactSheet),
            ("FACT SHEET: Agreement on Trade", FactSheet),
            ("Letter from the Foreign Minister on the Joint Statement", Letter),
            ("Exchange of Letters constituting an Agreement", Letter),
            ("Note verbale", Letter),
            ("Anniversary of the Treaty of Avalon", Statement),
            ("Leaders\u{2019} Meeting on the Agreement for Peace", Statement),
        ];
        for (title, expected) in cases {
            let text = match expected {
                Treaty => "Each Party shall meet the other.",
                Resolution => "Decides to meet again.",
                _ => "The two sides met.",
            };
            assert_eq!(kind_of(Format::Markdown, &format!("# {title}\n\n{text}")), expected, "{title}");
            assert_eq!(kind_of(Format::Text, &format!("{title}\n\n{text}\n")), expected, "{title}");
            assert_eq!(kind_of(Format::Html, &format!("<h1>{title}</h1><p>{text}")), expected, "{title}");
        }
    }

    #[test]
    fn a_title_that_speaks_of_an_agreement_is_one_of_a_statement() {
        let titles = [
            "Special Measures Agreement Consultations between the ROK and the U.S.",
            "U.S.-ROK Free Trade Agreement Joint Committee: Outcomes",
            "ROK-US Nuclear Cooperation Agreement High-Level Bilateral Commission: Joint Outcomes",
            "U.S.-Japan Security Treaty: Leaders\u{2019} Vision",
            "Paris Agreement: Our Common Commitments, by Korea and the United States",
            "The Seoul Accord and Beyond: the ROK and the U.S.",
            "Framework Agreement for a Deal: White House Readout of the ROK-U.S. Summit",
            "ROK-U.S. Leaders\u{2019} Convention: Joint Outcomes",
            "Implementing the Free Trade Agreement between the ROK and the United States",
            "Agreement on Tariffs Reached by the ROK and the United States",
            "Beyond the Treaty between the ROK and the United States",
            "A New Compact for Peace",
            "Our Charter for the Region",
            "Trade Agreement Talks",
            "Dispute Resolution between the ROK and the United States",
            "Resolution 4711 Implementation Talks",
            "Leaders Address Hunger",
            "Security Treaty \u{2013} The Next Fifty Years",
        ];
        // Even where the text has a mark of its own.
        let text = "Article 1 is old. Each Party knows it.\n\nThey welcomed that. Both sides shall meet.";
        for title in titles {
            for source in [
                format!("# {title}\n\n{text}"),
                format!("# {title}\n\nThe two sides met. Both sides shall utilize it."),
            ] {
                assert_eq!(kind_of(Format::Markdown, &source), DocumentKind::Statement, "{title}");
                assert_eq!(kind_of(Format::Text, source.trim_start_matches("# ")), DocumentKind::Statement, "{title}");
            }
        }
        // And a title that could be one of a treaty makes none of a text that has nothing of it.
        for title in ["Treaty between Avalon and Lutetia", "Charter of Avalon", "Resolution 12", "Trade Agreement"] {
            assert_eq!(
                kind_of(Format::Markdown, &format!("# {title}\n\nThe two sides met.")),
                DocumentKind::Statement,
                "{title}"
            );
        }
    }

    #[test]
    fn treaties_and_the_texts_of_organs_have_many_names() {
        use DocumentKind::{FactSheet, Memorandum, Resolution, Statement, Transcript, Treaty};
        let cases = [
            ("# Compact of Free Association between Avalon and Lutetia\n\nArticle 1\n\nBoth shall meet.", Treaty),
            ("# Statute of the River Agency\n\nArticle 1\n\nThe Agency shall meet.", Treaty),
            ("# Constitutive Act of the River Union\n\nArticle 1\n\nThe Union shall meet.", Treaty),
            ("# Charter of the River Union\n\nArticle 1\n\nThe Union shall meet.", Treaty),
            ("# International Covenant on Rivers\n\nArticle 1\n\nEach State shall meet.", Treaty),
            ("# Convention and Protocol between Avalon and Lutetia\n\nThe Parties shall meet.", Treaty),
            ("# Agreement on the Establishment of a Joint Commission\n\nThe Parties shall meet.", Treaty),
            ("AVALON PROTOCOL THE GOVERNMENTS OF AVALON AND LUTETIA agree to this: Article 1- Part 2 is new.", Treaty),
            ("# Protocol of Avalon\n\nBoth agree to these changes: Article 1- In Part 2, strike out \"old\".", Treaty),
            ("# Trade Agreement Fact Sheet\n\nThe Parties shall meet.", FactSheet),
            ("# Treaty Implementation Arrangement\n\nThe Parties shall meet.", Memorandum),
            (
                "# AG/RES. 1 (X-O/23): CLEAN RIVERS\n\nTHE GENERAL ASSEMBLY,\n\nRECALLING its words,\n\nRESOLVES:\n\n1. To meet.",
                Resolution,
            ),
            ("# Clean Rivers\n\nTHE GENERAL ASSEMBLY,\n\nRECALLING its words,\n\nRESOLVES:\n\n1. To meet.", Resolution),
            (
                "# DECISION No 1/2020 OF THE TRADE COMMITTEE\n\nTHE TRADE COMMITTEE,\n\nHaving regard to the Agreement,\n\nHAS ADOPTED THIS DECISION:\n\nArticle 1\n\nRivers shall flow.",
                Resolution,
            ),
            (
                "# Communiqu\u{e9}\n\n**The Peace and Security Council,**\n\n*Recalling* its words,\n\n2. Decides that all shall meet.",
                Resolution,
            ),
            (
                "# Council Conclusions on Rivers\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\n1. RECALLING its words;\n\n2. STRESSES that all shall meet.",
                Resolution,
            ),
            ("# Council Conclusions on Rivers\n\n1. Welcomes the plan.", Resolution),
            (
                "S/PRST/2020/1\n\n# Statement by the President of the Security Council\n\nThe Council shall meet.",
                Resolution,
            ),
            ("# Speech by the Foreign Minister\n\nI shall be brief.", Transcript),
            ("# Address by the President to Parliament\n\nI shall be brief.", Transcript),
            ("# Keynote Speech\n\nI shall be brief.", Transcript),
            ("# Remarks by the President\n\nI shall be brief.", Transcript),
            ("The Parties, Recalling their words, met and spoke.", Statement),
            ("The Joint Council, recalling its words, met and spoke.", Statement),
        ];
        for (source, expected) in cases {
            assert_eq!(kind_of(Format::Markdown, source), expected, "{source}");
        }
    }

    #[test]
    fn without_a_title_the_formulas_say_it() {
        use DocumentKind::{Letter, Resolution, Statement, Transcript, Treaty};
        let cases = [
            ("The two leaders met and welcomed the Agreement on Trade, which will enter into force soon.", Statement),
            (
                "We recall resolution A/RES/1/2 of the General Assembly, and that the Security Council, acting on it, decided so.",
                Statement,
            ),
            ("Avalon, 3 May 2001\n\nExcellency,\n\nI refer to your note.", Letter),
            ("Dear Prime Minister,\n\nThank you for your visit.", Letter),
            ("The Ministry presents its compliments to the Embassy of Lutetia.", Letter),
            ("I have the honour to refer to our talks.", Letter),
            ("Tengo el honor de dirigirme a usted.", Letter),
            ("The Governing Council,\n\nRecalling its earlier words,\n\nDecides to meet again.", Resolution),
            ("4/7. Clean rivers The Conference of the Parties, Noting the report, Decides to meet.", Resolution),
            ("United Nations A/RES/1/2\n\nDistr.: General", Resolution),
            ("PRIME MINISTER ARTHUR:\n\nWelcome.\n\nQUESTION:\n\nWhy?\n\nPRIME MINISTER ARTHUR:\n\nWell.", Transcript),
            ("QUESTION: Why?\n\nPRESIDENT: Well.\n\nQUESTION: And then?", Transcript),
            (
                "The Government of Avalon and the Government of Lutetia have agreed as follows:\n\nArticle 1\n\nA.\n\nArticle 2\n\nB.\n\nArticle 3\n\nC.",
                Treaty,
            ),
            ("The Contracting Parties shall consult.\n\nIn witness whereof the undersigned have signed.", Treaty),
            ("WHEREAS: one\n\nNOTING: two\n\nDECIDED: three", Statement),
            (
                "TREATY ON CLEAN RIVERS\nSIGNED AT AVALON\nThe Government of Avalon and the Government of Lutetia have agreed as follows:",
                Treaty,
            ),
            (
                "Fisheries Agreement between Avalon and Lutetia The two Governments, wishing to fish, have agreed as follows:",
                Treaty,
            ),
            ("The Agreement on fisheries will help both sides, and the two leaders welcomed it warmly.", Statement),
            ("Recalling the Agreement on Fisheries of last year, the two leaders met and spoke.", Statement),
            ("This Agreement between our two peoples is old, said both leaders when they met.", Statement),
            ("UNIVERSAL CALL\n\nThe General Assembly proclaims this call.", Resolution),
        ];
        for (source, expected) in cases {
            assert_eq!(kind_of(Format::Markdown, source), expected, "{source}");
            assert_eq!(kind_of(Format::Text, source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_no_text_of_the_draft_says_nothing() {
        let text = "The two leaders met.";
        for before in ["<!-- source: Treaty between A and B -->\n", "---\nsource: treaty-1-resolution.md\n---\n"] {
            assert_eq!(kind_of(Format::Markdown, &format!("{before}{text}")), DocumentKind::Statement, "{before}");
        }
        let plain = format!("<!-- source: Treaty between A and B -->\n{text}");
        assert_eq!(kind_of(Format::Text, &plain), DocumentKind::Statement);
        assert_eq!(told(Format::Markdown, text).because, "no mark of another kind");
        let treaty = told(Format::Markdown, "# Treaty of Avalon\n\nArticle 1\n\nText.");
        assert_eq!(treaty.because, "title has \"treaty\"");
    }
}
