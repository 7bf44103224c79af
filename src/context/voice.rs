//! Who speaks: the stretches of a block that are not the drafters' own words.

use crate::draft::date::dates;
use crate::draft::{Block, BlockKind, Draft};
use crate::names::{Actor, Body, Name, What};
use crate::span::{Plain, Span};

/// Whose words a stretch of text is, if not the drafters'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// It stands between quotation marks or in a block quotation.
    Quoted,
    /// It says what a treaty, a resolution or the like says.
    Cited,
    /// It says what somebody says who is no party.
    Reported,
    /// It is a sentence of the drafters that cites an instrument by article, number or date.
    Citing,
}

/// The stretches of the block with this `index` that are not the drafters' own words, in order; they may overlap. `names` are the
/// names in the block, `parties` those whose text it is.
pub(crate) fn voices(draft: &Draft, index: usize, names: &[Name], parties: &[Actor]) -> Vec<(Span<Plain>, Voice)> {
    let block = &draft.blocks()[index];
    let whole = Span::new(0, block.text().len());
    if block.is_quotation() {
        return vec![(whole, Voice::Quoted)];
    }
    let mut voices: Vec<_> = block.quotations().iter().map(|quotation| (*quotation, Voice::Quoted)).collect();
    if follows_citation(draft.blocks(), index) {
        voices.push((whole, Voice::Cited));
    }
    for sentence in sentences(block) {
        let sentence = Sentence::new(block, sentence, names);
        voices.extend(sentence.cited().map(|span| (span, Voice::Cited)));
        voices.extend(sentence.reported(parties).map(|span| (span, Voice::Reported)));
        if sentence.cites() {
            voices.push((sentence.span, Voice::Citing));
        }
    }
    voices.sort_by_key(|(span, voice)| (span.start(), span.end(), *voice));
    voices
}

/// The sentences of a block, without white space around them.
fn sentences(block: &Block) -> impl Iterator<Item = Span<Plain>> {
    let text = block.text();
    let ends = block.sentence_ends().iter().copied().chain([text.len()]);
    ends.scan(0, move |start, end| {
        let sentence = text.get(*start..end).unwrap_or_default();
        let from = *start + sentence.len() - sentence.trim_start().len();
        *start = end;
        Some(Span::new(from, end.max(from)))
    })
    .filter(|sentence| !sentence.is_empty())
}

/// The most items of a list that may be what is cited.
const LONGEST_LIST: usize = 50;

/// The most characters of a date.
const LONGEST_DATE: usize = 40;

/// Whether a block is what the one before it cites: "Article 5 reads:", and each item of a list below that.
fn follows_citation(blocks: &[Block], index: usize) -> bool {
    let is_list = |block: &&Block| blocks[index].kind() == BlockKind::List && block.kind() == BlockKind::List;
    let mut before = blocks[..index].iter().rev().take(LONGEST_LIST).skip_while(is_list);
    let cites = |block: &Block| {
        let last = sentences(block).last();
        last.is_some_and(|last| Sentence::new(block, last, &[]).cited().next().is_some())
    };
    before.next().is_some_and(|block| block.text().ends_with(':') && cites(block))
}

/// Nouns for what is cited, in lower case.
const INSTRUMENTS: &[&str] = &[
    "accord",
    "accords",
    "act",
    "agreement",
    "annex",
    "article",
    "articles",
    "chapter",
    "charter",
    "clause",
    "communique",
    "communiqu\u{e9}",
    "constitution",
    "convention",
    "conventions",
    "covenant",
    "covenants",
    "declaration",
    "decision",
    "directive",
    "paragraph",
    "paragraphs",
    "preamble",
    "principle",
    "protocol",
    "protocols",
    "regulation",
    "resolution",
    "resolutions",
    "rule",
    "section",
    "statute",
    "treaty",
    "treaties",
    "unscr",
    "unscrs",
];

/// What such a text does when it is cited.
const PROVIDES: &[&str] = &[
    "affirms",
    "confirms",
    "declares",
    "establishes",
    "mandates",
    "obliges",
    "prescribes",
    "proclaims",
    "provide",
    "provided",
    "provides",
    "read",
    "reads",
    "recognises",
    "recognizes",
    "requires",
    "said",
    "says",
    "specifies",
    "state",
    "stated",
    "states",
    "stipulate",
    "stipulated",
    "stipulates",
    "reaffirms",
    "demands",
    "calls",
];

/// Before the noun, these say that it is this text.
const OWN: &[&str] = &["this", "these", "our", "present", "their", "its"];

/// Organs that decide and demand, by the last word of their names.
const ORGANS: &[&str] = &[
    "agency",
    "assembly",
    "board",
    "commission",
    "committee",
    "congress",
    "council",
    "court",
    "secretariat",
    "tribunal",
];

/// Offices of organs, by the last word of what they are called.
const OFFICES: &[&str] = &[
    "commissioner",
    "director-general",
    "envoy",
    "rapporteur",
    "secretary-general",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// Offices and organs of states.
const OF_STATES: &[&str] = &[
    "authorities",
    "chancellor",
    "government",
    "leader",
    "leadership",
    "minister",
    "ministry",
    "parliament",
    "president",
    "regime",
    "spokesperson",
    "army",
    "military",
];

/// What one says, asks for and finds, as reports of it put it.
const REPORTS: &[&str] = &[
    "affirmed",
    "affirms",
    "announced",
    "announces",
    "asked",
    "asserted",
    "asserts",
    "called",
    "calls",
    "claimed",
    "claims",
    "concluded",
    "concludes",
    "condemned",
    "condemns",
    "confirmed",
    "declared",
    "declares",
    "decided",
    "decides",
    "demanded",
    "demands",
    "denied",
    "deplored",
    "determined",
    "emphasised",
    "emphasized",
    "emphasizes",
    "encouraged",
    "encourages",
    "expressed",
    "found",
    "held",
    "insisted",
    "insists",
    "invited",
    "invites",
    "noted",
    "notes",
    "observed",
    "ordered",
    "reaffirmed",
    "reaffirms",
    "recalled",
    "recalls",
    "recognised",
    "recognized",
    "recognizes",
    "recommended",
    "recommends",
    "reiterated",
    "reiterates",
    "reported",
    "reports",
    "requested",
    "requests",
    "ruled",
    "said",
    "says",
    "stated",
    "states",
    "stressed",
    "stresses",
    "threatened",
    "underlined",
    "underlines",
    "underscored",
    "urged",
    "urges",
    "warned",
    "warns",
    "welcomed",
    "welcomes",
];

/// What may stand between who speaks and what they do.
const BETWEEN: &[&str] =
    &["again", "also", "further", "had", "has", "have", "itself", "recently", "then", "therefore", "today"];

/// Before the name of an organ, these say that it is not who speaks, or not alone.
const NOT_SUBJECT: &[&str] = &[
    "and", "about", "against", "at", "between", "by", "for", "from", "in", "of", "on", "or", "through", "to", "under",
    "with", "within",
];

/// A word of a sentence.
#[derive(Debug)]
struct Word {
    span: Span<Plain>,
    /// In lower case, without a possessive.
    lower: String,
    is_capital: bool,
}

/// A sentence, word by word.
struct Sentence<'b> {
    text: &'b str,
    span: Span<Plain>,
    words: Vec<Word>,
    names: &'b [Name],
}

impl<'b> Sentence<'b> {
    fn new(block: &'b Block, span: Span<Plain>, names: &'b [Name]) -> Sentence<'b> {
        let text = block.text();
        let mut words = Vec::new();
        let mut at = span.start();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '/' | '\u{2011}');
        for part in text[span.range()].split(|c| !is_part(c)) {
            if !part.is_empty() {
                let lower =
                    part.to_lowercase().replace(['\'', '\u{2019}', '\u{2011}'], "-").trim_end_matches("-s").to_owned();
                let is_capital = part.starts_with(|c: char| !c.is_lowercase());
                words.push(Word { span: Span::new(at, at + part.len()), lower, is_capital });
            }
            at += part.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        Sentence { text, span, words, names }
    }

    /// From what is cited to the end of the sentence.
    fn cited(&self) -> impl Iterator<Item = Span<Plain>> {
        let verb = (1..self.words.len()).find(|&verb| {
            PROVIDES.contains(&self.words[verb].lower.as_str())
                && self.introduces(verb)
                && self.instrument_before(verb).is_some()
        });
        verb.and_then(|verb| self.instrument_before(verb))
            .map(|noun| Span::new(self.words[noun].span.start(), self.span.end()))
            .into_iter()
    }

    /// Whether what a verb says follows: "that", a colon, a quotation.
    fn introduces(&self, verb: usize) -> bool {
        let behind = self.text[self.words[verb].span.end()..self.span.end()].trim_start_matches([' ', ',']);
        let words = ["that ", "as follows", "in part", ":", "\"", "\u{201c}", "\u{2018}", "\u{ab}", "'"];
        words.iter().any(|word| behind.starts_with(word))
    }

    /// The noun, or the name, of the instrument that is the subject of the verb with this index: "paragraph 3 of the Convention".
    fn instrument_before(&self, verb: usize) -> Option<usize> {
        let mut noun = None;
        for at in (verb.saturating_sub(14)..verb).rev() {
            let word = &self.words[at];
            let lower = word.lower.as_str();
            let is_named = self.is_instrument(word.span);
            if is_named || (INSTRUMENTS.contains(&lower) && self.goes_on_to(at, verb)) {
                noun = Some(at);
                continue;
            }
            if OWN.contains(&lower) {
                return noun.filter(|noun| *noun != at + 1);
            }
            let joins = matches!(lower, "of" | "the" | "and" | "on" | "for" | "to" | "clearly" | "also" | "which");
            if !(word.is_capital || is_number(lower) || joins) {
                break;
            }
        }
        noun
    }

    /// Whether the word with these bytes is of the name of an instrument.
    fn is_instrument(&self, word: Span<Plain>) -> bool {
        let until = self.names.partition_point(|name| name.span.start() <= word.start());
        // A name holds few others.
        let near = self.names[..until].iter().rev().take(8);
        near.into_iter().any(|name| name.what == What::Instrument && name.span.contains(word))
    }

    /// The names that lie in these bytes.
    fn names_in(&self, span: Span<Plain>) -> impl Iterator<Item = &Name> {
        let from = self.names.partition_point(|name| name.span.start() < span.start());
        let until = self.names.partition_point(|name| name.span.start() < span.end());
        self.names[from..until].iter().filter(move |name| span.contains(name.span))
    }

    /// Whether the noun with this index is what the verb is said of, though a number and what it is of stand between: in "Article IV
    /// Each Party recognizes" it is not.
    fn goes_on_to(&self, noun: usize, verb: usize) -> bool {
        let is_number = |word: &str| is_number(word) || (word.len() == 1 && word != "a");
        let next = self.words[noun + 1..verb].iter().map(|word| word.lower.as_str()).find(|word| !is_number(word));
        next.is_none_or(|word| {
            matches!(word, "of" | "on" | "for" | "to" | "and" | "clearly" | "also" | "which" | "itself" | "in")
        })
    }

    /// From who speaks to where the drafters do again.
    fn reported(&self, parties: &[Actor]) -> impl Iterator<Item = Span<Plain>> {
        let mut found = Vec::new();
        for verb in 1..self.words.len() {
            // "States" in capitals is a noun.
            if self.words[verb].is_capital || !REPORTS.contains(&self.words[verb].lower.as_str()) {
                continue;
            }
            let Some(subject) = self.subject(verb).filter(|subject| self.is_third(*subject, parties)) else {
                continue;
            };
            let start = self.words[subject.0].span.start();
            let end = self.own_words(self.words[verb].span.end());
            if found.last().is_none_or(|last: &Span<Plain>| last.end() <= start) {
                found.push(Span::new(start, end.max(start)));
            }
        }
        found.into_iter()
    }

    /// The words that are the subject of the verb with this index: the first, and the last.
    fn subject(&self, verb: usize) -> Option<(usize, usize)> {
        let mut last = verb.checked_sub(1)?;
        let is_between =
            |word: &Word| BETWEEN.contains(&word.lower.as_str()) || (word.lower.ends_with("ly") && !word.is_capital);
        while is_between(&self.words[last]) {
            last = last.checked_sub(1)?;
        }
        // What stands between commas, or in brackets: "the Council, in its resolution 2334 (2016), demanded".
        let gap = &self.text[self.words[last].span.end()..self.words[(last + 1).min(verb)].span.start()];
        if gap.starts_with(',') {
            let open = (0..last).rev().take(12).find(|&at| self.text[self.words[at].span.end()..].starts_with(','))?;
            last = open;
        } else if !gap.trim().is_empty() && !gap.starts_with(')') {
            return None;
        }
        let head = &self.words[last];
        let is_head =
            head.is_capital || [ORGANS, OFFICES, OF_STATES].iter().any(|list| list.contains(&head.lower.as_str()));
        if !is_head || matches!(head.lower.as_str(), "and" | "or") {
            return None;
        }
        let mut first = last;
        while let Some(before) = first.checked_sub(1) {
            let joined = self.text[self.words[before].span.end()..self.words[first].span.start()]
                .chars()
                .all(|c| matches!(c, ' ' | '(' | ')' | '.'));
            let word = &self.words[before];
            let is_part =
                word.is_capital || matches!(word.lower.as_str(), "the" | "of" | "on" | "for" | "a" | "an" | "united");
            if !(joined && is_part) {
                break;
            }
            first = before;
        }
        while matches!(self.words[first].lower.as_str(), "of" | "on" | "for") && first < last {
            first += 1;
        }
        Some((first, last))
    }

    /// Whether the words are an organ, an office or a state that is no party, and the whole subject.
    fn is_third(&self, (first, last): (usize, usize), parties: &[Actor]) -> bool {
        let before = first.checked_sub(1).map(|before| self.words[before].lower.as_str());
        let parted = first > 0
            && self.text[self.words[first - 1].span.end()..self.words[first].span.start()].contains([',', ';', ':']);
        if before.is_some_and(|before| NOT_SUBJECT.contains(&before)) && !parted {
            return false;
        }
        let words = &self.words[first..=last];
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.lower.as_str()));
        if has(&["joint", "our", "leaders", "ministers", "sides", "parties"]) {
            return false;
        }
        let subject = Span::<Plain>::new(words[0].span.start(), words[words.len() - 1].span.end());
        let actors: Vec<Actor> = self.names_in(subject).filter_map(|name| actor(name.what)).collect();
        if actors.iter().any(|actor| is_party(*actor, parties)) {
            return false;
        }
        let head = words.iter().position(|word| word.lower == "of").map_or(words.len(), |of| of).checked_sub(1);
        let head = head.map_or("", |head| words[head].lower.as_str());
        let is_definite = words[0].lower == "the" || actors.iter().any(|actor| matches!(actor, Actor::Body(_)));
        let is_state = actors.iter().any(|actor| matches!(actor, Actor::State(_)));
        // "The WTO Agreement" is no body, and an organ that no body is named for may be one of a party.
        let ends = |name: &Name| name.span.end() == subject.end() && matches!(name.what, What::Body(_));
        let is_body = self.names_in(subject).any(ends);
        let is_organ = ORGANS.contains(&head) || OFFICES.contains(&head);
        let has_body = |actors: &[Actor]| actors.iter().any(|actor| matches!(actor, Actor::Body(_)));
        if is_body || (is_organ && is_definite && (has_body(&actors) || !has_body(parties))) {
            return true;
        }
        let is_of_state = is_organ || OF_STATES.contains(&head);
        let is_alone = words.len() <= 1 || !words.iter().any(|word| word.lower == "of") || is_of_state;
        is_state && !parties.is_empty() && is_alone
    }

    /// Where the drafters speak again behind byte `from`, at the latest at the end of the sentence.
    fn own_words(&self, from: usize) -> usize {
        let rest = &self.text[from..self.span.end()];
        let markers = [", and we ", "; we ", ", but we ", " and we ", "; the two ", ", and the two ", "; both sides"];
        markers.iter().filter_map(|marker| rest.find(marker)).min().map_or(self.span.end(), |at| from + at)
    }

    /// Whether an instrument is cited by article, number or date.
    fn cites(&self) -> bool {
        let is = |at: usize, test: fn(&str) -> bool| self.words.get(at).is_some_and(|word| test(&word.lower));
        (0..self.words.len()).any(|at| {
            let word = &self.words[at];
            match word.lower.as_str() {
                "article" | "articles" | "art" | "arts" | "chapter" | "regulation" | "directive" => {
                    is(at + 1, is_number)
                }
                "resolution" | "resolutions" | "unscr" | "unscrs" | "decision" | "decisions" => {
                    is(at + 1, is_figure) || (is(at + 1, |word| word == "no" || word == "nos") && is(at + 2, is_figure))
                }
                "paragraph" | "paragraphs" | "section" => {
                    is(at + 1, is_figure) && is(at + 2, |word| word == "of") && !is(at + 3, |word| OWN.contains(&word))
                }
                lower if lower.starts_with("a/res/") || lower.starts_with("s/res/") || lower.contains("/res/") => true,
                lower if is_instrument(lower) => {
                    let by_year = at > 0
                        && (is_year(&self.words[at - 1].lower) || (at > 1 && word.is_capital && self.year_before(at)));
                    let dated = is(at + 1, |word| matches!(word, "of" | "dated")) && self.is_date(at + 2);
                    by_year || dated
                }
                _ => false,
            }
        })
    }

    /// Whether the name in capitals that ends with the word with this index begins with a year: "the 1982 Law of the Sea Convention".
    fn year_before(&self, at: usize) -> bool {
        let name = (0..at).rev().take(7).take_while(|&before| {
            self.words[before].is_capital || matches!(self.words[before].lower.as_str(), "of" | "on" | "the" | "and")
        });
        name.into_iter().any(|before| is_year(&self.words[before].lower))
    }

    /// Whether a date stands at the word with this index: "10 December 1982", "September 24, 1992".
    fn is_date(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        let rest = &self.text[word.span.start()..self.span.end()];
        let end = rest.char_indices().nth(LONGEST_DATE).map_or(rest.len(), |(at, _)| at);
        dates(&rest[..end]).first().is_some_and(|date| date.span.start() == 0) || is_year(&word.lower)
    }
}

fn actor(what: What) -> Option<Actor> {
    match what {
        What::State(state) | What::Adjective(state) | What::Seat(state) => Some(Actor::State(state)),
        What::Body(body) => Some(Actor::Body(body)),
        _ => None,
    }
}

/// Whether somebody is a party, an organ of one, or a group of parties.
fn is_party(actor: Actor, parties: &[Actor]) -> bool {
    let is_of = |party: &Actor| match (party, actor) {
        // The Commission and the Council are the Union.
        (Actor::Body(one), Actor::Body(other)) => is_of_union(*one) && is_of_union(other),
        _ => false,
    };
    let members = actor.states();
    let is_group = members.len() > 1 && members.iter().all(|state| parties.contains(&Actor::State(*state)));
    parties.contains(&actor) || is_group || parties.iter().any(is_of)
}

fn is_of_union(body: Body) -> bool {
    body.name().starts_with("European ")
}

fn is_instrument(lower: &str) -> bool {
    INSTRUMENTS.contains(&lower) && !matches!(lower, "act" | "principle" | "rule" | "clause")
}

fn is_number(lower: &str) -> bool {
    let is_roman = !lower.is_empty() && lower.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l'));
    is_roman || is_figure(lower)
}

fn is_figure(lower: &str) -> bool {
    lower.starts_with(|c: char| c.is_ascii_digit()) || lower.starts_with("es-")
}

fn is_year(lower: &str) -> bool {
    lower.len() == 4 && lower.parse().is_ok_and(|year: u32| (1800..2200).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;
    use crate::names;

    /// What is not the drafters' own in a text, whose it is, and the words.
    fn heard(source: &str, parties: &[&str]) -> Vec<(Voice, String)> {
        let draft = Draft::new(Format::Markdown, source);
        let parties: Vec<Actor> = parties.iter().filter_map(|name| Actor::named(name)).collect();
        let mut heard = Vec::new();
        for (index, block) in draft.blocks().iter().enumerate() {
            let found = voices(&draft, index, &names::find(block), &parties);
            heard.extend(found.into_iter().map(|(span, voice)| (voice, block.text()[span.range()].to_owned())));
        }
        heard
    }

    #[test]
    fn what_others_say_is_told_from_what_the_drafters_say() {
        use Voice::{Cited, Citing, Quoted, Reported};
        let cases: &[(&str, &[(Voice, &str)])] = &[
            ("We call it a \u{201c}shared task\u{201d}.", &[(Quoted, "\u{201c}shared task\u{201d}")]),
            ("> We will utilize it.", &[(Quoted, "We will utilize it.")]),
            (
                "The Charter states that all members shall act. We agree.",
                &[(Cited, "Charter states that all members shall act.")],
            ),
            (
                "Paragraph 3 of the Convention stipulates that ships shall pass.",
                &[
                    (Citing, "Paragraph 3 of the Convention stipulates that ships shall pass."),
                    (Cited, "Paragraph 3 of the Convention stipulates that ships shall pass."),
                ],
            ),
            ("This Statement provides that we shall meet.", &[]),
            ("Our Agreement provides for talks.", &[]),
            (
                "The Council demanded that all sides withdraw.",
                &[(Reported, "The Council demanded that all sides withdraw.")],
            ),
            (
                "Last year the UN Secretary-General noted that hunger grows, and we share that view.",
                &[(Reported, "the UN Secretary-General noted that hunger grows")],
            ),
            (
                "The Court has repeatedly held that force is no title.",
                &[(Reported, "The Court has repeatedly held that force is no title.")],
            ),
            ("The two leaders reaffirmed the alliance.", &[]),
            ("President Kim and Prime Minister Mori urged restraint.", &[]),
            ("The work of the Council demanded patience.", &[]),
            ("The Joint Committee noted progress.", &[]),
            ("Japan reaffirmed its pledge.", &[]),
            ("Russia announced that it had left.", &[(Reported, "Russia announced that it had left.")]),
            (
                "In line with resolution 2625 we shall recognize none.",
                &[(Citing, "In line with resolution 2625 we shall recognize none.")],
            ),
            ("We uphold the 1951 Convention.", &[(Citing, "We uphold the 1951 Convention.")]),
            (
                "We uphold the Agreement of 24 September 1992.",
                &[(Citing, "We uphold the Agreement of 24 September 1992.")],
            ),
            ("We uphold the Convention and meet in 2026.", &[]),
            ("See paragraph 3 of this Statement.", &[]),
            (
                "Article 4 Each side recognizes that peace is dear.",
                &[(Citing, "Article 4 Each side recognizes that peace is dear.")],
            ),
            ("They spoke of the Council and expressed hope.", &[]),
            ("The UN Member States to act, and to call on others.", &[]),
            ("Russia\u{2019}s war, including the blockade, has claimed lives.", &[]),
            ("The WTO Agreement recognizes this.", &[]),
            (
                "The Council, in its earlier words, demanded that all leave.",
                &[(Reported, "The Council, in its earlier words, demanded that all leave.")],
            ),
        ];
        for (source, expected) in cases {
            let mut found = heard(source, &["KR", "JP"]);
            let mut expected: Vec<(Voice, String)> =
                expected.iter().map(|(voice, text)| (*voice, (*text).to_owned())).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn a_body_that_is_a_party_speaks_for_itself() {
        assert_eq!(heard("The Commission welcomed the step.", &["US", "EU"]), []);
        assert_eq!(heard("The European Commission welcomed the step.", &["US", "EU"]), []);
        assert_eq!(heard("The Security Council welcomed the step.", &["US", "EU"]).len(), 1);
    }

    #[test]
    fn what_stands_below_a_citation_is_cited() {
        let heard = heard("Article 5 reads:\n\nThe Parties will utilize all means.\n\nWe agree.", &[]);
        assert!(heard.contains(&(Voice::Cited, "The Parties will utilize all means.".to_owned())), "{heard:?}");
        assert!(!heard.iter().any(|(_, text)| text == "We agree."));
    }
}
