//! Whose text it is: the states and bodies that speak in it.
//!
//! A title names them, or the first sentences do: who is the subject of what the text says, whom they met, between whom the relations
//! are that it is about. A country that is only spoken of is no party.

use std::cell::OnceCell;

use super::opening::{Title, beginning, opening, start};
use super::{DocumentKind, Inferred, excerpt, kind};
use crate::draft::Draft;
use crate::names::{self, Actor, Name, Referent};
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind};

/// The number of paragraphs at the start that may tell the parties.
const PARAGRAPHS: usize = 4;

/// The number of characters that are read of such a paragraph: who signs is named in its first sentences.
const NAMED: usize = 1_200;

/// The fewest words of a paragraph that is more than a line of place and date.
const RUNNING: usize = 8;

/// The most that are named side by side.
const MOST_JOINED: usize = 250;

/// Those whose text a draft of this kind is, in the order in which it names them; none if it does not tell.
pub(super) fn parties(draft: &Draft, kind: DocumentKind, titles: &[Title]) -> Inferred<Vec<Actor>> {
    let nobody = || Inferred::new(Vec::new(), "no parties are named in title or opening");
    if kind == DocumentKind::Resolution {
        return Inferred::new(Vec::new(), "a resolution has none");
    }
    let mut told = nobody();
    for title in titles.iter().filter(|title| kind::is_title(title)) {
        // Names are looked for only where a noun says that they may be those of the parties.
        let text = kind::noun(&title.text).and_then(|_| TaggedText::new(beginning(&title.text)));
        let Some(found) = text.and_then(|text| text.title()) else {
            continue;
        };
        told = Inferred::new(found.actors, format!("title: \"{}\"", excerpt(&title.text)));
        if found.is_whole {
            told.value = with_members(told.value);
            return told;
        }
        break;
    }
    // What is said, and what one side writes to the other, begins with other things.
    let is_common = !matches!(kind, DocumentKind::Letter | DocumentKind::Transcript);
    let opening = if is_common { in_opening(draft) } else { nobody() };
    match told.value[..] {
        [] => opening,
        // The states of a body that the title names are named in the opening.
        [Actor::Body(_)] if opening.value.len() > 1 => opening,
        _ if !told.value.iter().all(|actor| opening.value.contains(actor)) => told,
        _ => {
            let added = opening.value.iter().copied().filter(|actor| !told.value.contains(actor));
            let value: Vec<Actor> = told.value.iter().copied().chain(added).collect();
            let because = if value.len() > told.value.len() {
                format!("{}, {}", told.because, opening.because)
            } else {
                told.because
            };
            Inferred::new(value, because)
        }
    }
}

/// A body alone that has members speaks for them: "G20 Leaders' Declaration".
fn with_members(actors: Vec<Actor>) -> Vec<Actor> {
    match actors[..] {
        [body @ Actor::Body(_)] if !body.states().is_empty() => body.states().into_iter().map(Actor::State).collect(),
        _ => actors,
    }
}

/// Parties that a text names.
#[derive(Debug, Default)]
struct ListedParties {
    actors: Vec<Actor>,
    /// True if it names all.
    is_whole: bool,
}

/// A text with its names of states and bodies.
struct TaggedText {
    block: Block,
    names: OnceCell<Vec<(Span<Plain>, Actor)>>,
}

/// Words that end the list of those who speak in a title, in lower case.
const STOPS: &[&str] = &[
    "about", "after", "at", "concerning", "during", "following", "for", "in", "on", "regarding", "relating", "to",
    "towards", "under",
];

/// Nouns for what two sides have, hold or conclude with one another, in lower case.
const RELATIONS: &[&str] = &[
    "accord", "agreement", "alliance", "bonds", "call", "commission", "committee", "communique", "cooperation",
    "co-operation", "council", "declaration", "dialogue", "economic", "forum", "framework", "friendship",
    "governments", "group", "initiative", "leaders", "meeting", "ministerial", "negotiations", "partnership",
    "partners", "relations", "relationship", "security", "statement", "strategic", "summit", "talks", "task", "ties",
    "trade", "trilateral", "treaty",
];

/// Nouns for what two sides have of which others speak, in lower case.
const DISPUTES: &[&str] = &["border", "ceasefire", "conflict", "crisis", "dispute", "hostilities", "peace", "war"];

/// Offices that an adjective stands before for whom it names, in lower case.
const OFFICES: &[&str] = &[
    "ambassador", "cabinet", "chancellor", "counterparts", "foreign", "governments", "government", "king", "minister",
    "ministers", "national", "president", "presidents", "prime", "secretary", "state", "taoiseach", "vice",
];

/// Words that may stand in a list of those who speak, in lower case.
const LISTED: &[&str] = &[
    "a", "al", "an", "and", "as", "bin", "countries", "da", "de", "del", "dos", "el", "excellency", "for", "from",
    "government", "governments", "heads", "her", "his", "its", "leader", "leaders", "majesty", "member", "members",
    "minister", "ministers", "of", "on", "partners", "president", "presidents", "prime", "representatives", "state",
    "states", "the", "their", "two", "under", "van", "von", "we", "der", "ibn", "bint", "both", "today",
];

/// Verbs of what parties do in the first sentence of their text, in lower case.
const DEEDS: &[&str] = &[
    "adopt", "affirm", "affirmed", "affirming", "agree", "agreed", "announce", "announced", "assembled", "believe",
    "called", "celebrate", "celebrated", "co-hosted", "commend", "committed", "concerned", "concluded", "concur",
    "condemn", "condemned", "condemning", "confirm", "confirmed", "convened", "decided", "declare", "declared",
    "desiring", "discussed", "emphasised", "emphasized", "enjoy", "express", "expressed", "gathered", "held", "hereby",
    "hereinafter", "intend", "issue", "issued", "join", "joined", "launch", "launched", "launching", "mark", "met",
    "need", "note", "noted", "pleased", "reached", "reaffirm", "reaffirmed", "recall", "recalling", "recognise",
    "recognize", "recognizing", "released", "resolve", "resolved", "seek", "share", "shared", "signaled", "signalled",
    "signed", "spoke", "stand", "support", "today", "underline", "underlined", "underscore", "underscored", "united",
    "welcome", "welcomed", "welcoming", "wish", "wishing", "working",
];

/// Verbs of what one side does with another in the first sentence, in lower case.
const MEETS: &[&str] = &[
    "hosted", "hosts", "met", "meets", "paid", "received", "spoke", "talks", "visited", "visit", "welcome", "welcomed",
    "welcomes", "discussions", "consultations", "led", "convened", "meeting",
];

impl TaggedText {
    fn new(text: &str) -> Option<TaggedText> {
        Some(TaggedText { block: Block::of_text(BlockKind::Paragraph, text)?, names: OnceCell::new() })
    }

    /// The states and bodies that are named, in order.
    fn names(&self) -> &[(Span<Plain>, Actor)] {
        self.names.get_or_init(|| {
            let found = names::known(&self.block);
            let before = std::iter::once(None).chain(found.iter().map(Some));
            before.zip(found.iter()).filter_map(|(before, name)| actor_of(before, name, self.block.text())).collect()
        })
    }

    fn text(&self) -> &str {
        self.block.text()
    }

    /// The text between two names.
    fn between(&self, one: Span<Plain>, other: Span<Plain>) -> &str {
        self.text().get(one.end()..other.start()).unwrap_or_default()
    }

    /// The actors of the names that lie in these bytes, each once, without those in brackets.
    fn actors_in(&self, from: usize, to: usize) -> Vec<Actor> {
        let mut actors = Vec::new();
        for (span, actor) in self.names() {
            let inside = from <= span.start() && span.end() <= to;
            let bracketed = self.text()[..span.start()]
                .trim_end_matches(['\u{201c}', '"', '\u{2018}', ' '])
                .trim_end_matches("the")
                .trim_end()
                .ends_with('(');
            if inside && !bracketed && !actors.contains(actor) {
                actors.push(*actor);
            }
        }
        actors
    }

    /// The parties that a title names around its noun.
    fn title(&self) -> Option<ListedParties> {
        let text = self.text();
        let noun = kind::noun(text)?;
        if let Some(found) = self.before(noun.start) {
            return Some(found);
        }
        let rest = text[noun.end..].trim_start_matches([' ', ':', ',', '\u{2013}', '\u{2014}', '-']);
        let start = text.len() - rest.len();
        let first = rest.split(' ').next().unwrap_or_default().to_ascii_lowercase();
        let is_list =
            !text[noun.end..].starts_with(' ') || self.names().first().is_some_and(|(span, _)| span.start() == start);
        match first.as_str() {
            "between" | "by" | "of" | "from" | "among" => self.list(start + first.len()),
            "with" => self.list(start + 4).map(|found| ListedParties { is_whole: false, ..found }),
            _ if is_list && !STOPS.contains(&first.as_str()) => self.list(start),
            _ => None,
        }
        .or_else(|| self.relation(start, &["between", "among", "leaders of"]))
    }

    /// Those who are named side by side before the noun of a title: "A-B Joint Statement", "Quad Leaders' Joint Statement".
    fn before(&self, noun: usize) -> Option<ListedParties> {
        let names: Vec<_> = self.names().iter().filter(|(span, _)| span.end() <= noun).collect();
        let last = names.last()?;
        let actors = self.actors_in(0, noun);
        let joined = names.windows(2).all(|two| is_joined(self.between(two[0].0, two[1].0)));
        let behind = &self.text()[last.0.end()..noun];
        let disputed = words(behind).any(|word| DISPUTES.contains(&word.as_str()));
        let is_body = actors.len() == 1 && matches!(actors[0], Actor::Body(_)) && names[0].0.start() <= 4;
        let with = actors.len() > 1 && self.text()[names[0].0.end()..last.0.start()].contains(" with ");
        (((actors.len() > 1 && joined) || is_body || with) && !disputed)
            .then_some(ListedParties { is_whole: actors.len() > 1 || is_body, actors })
    }

    /// Those whom a title lists from byte `from` on.
    fn list(&self, from: usize) -> Option<ListedParties> {
        let end = self.end_of_list(from);
        let actors = self.actors_in(from, end);
        let several = actors.len() > 1
            || (actors.len() == 1
                && matches!(actors[0], Actor::Body(_))
                && !self.text()[from..end].to_lowercase().contains(" and "));
        (!actors.is_empty()).then_some(ListedParties { actors, is_whole: several })
    }

    /// The end of a list that begins at byte `from`: the first word that says what it is about.
    fn end_of_list(&self, from: usize) -> usize {
        let text = self.text();
        let mut at = from;
        for word in text[from..].split_inclusive(' ') {
            let lower = word.trim().to_lowercase();
            let stops = STOPS.contains(&lower.as_str()) || (lower.ends_with("ing") && lower.len() > 5);
            let is_named = || self.names().iter().any(|(span, _)| span.start() <= at && at < span.end());
            if stops && at > from && !is_named() {
                return at;
            }
            at += word.len();
            if word.trim_end().ends_with([':', ';', '\u{2014}']) {
                return at;
            }
        }
        text.len()
    }

    /// Two or more sides between whom a relation is that the text from byte `from` on is about: "the A-B Partnership", "the ties between
    /// A and B". The words of `before_them` stand before the two.
    fn relation(&self, from: usize, before_them: &[&str]) -> Option<ListedParties> {
        let text = self.text();
        for (at, two) in self.names().windows(2).enumerate().filter(|(_, two)| two[0].0.start() >= from) {
            let gap = self.between(two[0].0, two[1].0);
            if two[0].1 == two[1].1 || !is_joined(gap) {
                continue;
            }
            // All that are joined to the two.
            let joined = self.names()[at + 1..].windows(2).take(MOST_JOINED);
            let last = joined.take_while(|next| is_joined(self.between(next[0].0, next[1].0))).count() + at + 1;
            let (start, end) = (two[0].0.start(), self.names()[last].0.end());
            let before = text[..start].trim_end().trim_end_matches("the").trim_end();
            let between = before_them.iter().any(|word| ends_with(before, word));
            let about: Vec<String> = if between {
                let before = before.rsplit(' ').skip(1).take(6).collect::<Vec<_>>().join(" ");
                words(&before).collect()
            } else {
                words(&text[end..]).take(5).collect()
            };
            let hyphened = gap.trim().chars().all(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '/'));
            let is_relation = about.iter().any(|word| RELATIONS.contains(&word.as_str()))
                && !about.iter().any(|word| DISPUTES.contains(&word.as_str()));
            if is_relation && (between || hyphened) {
                return Some(ListedParties { actors: self.actors_in(start, end), is_whole: false });
            }
        }
        None
    }

    /// The first two sentences, as bytes.
    fn sentences(&self) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.block.sentence_ends().iter().copied().chain([self.text().len()]);
        ends.take(2).scan(0, |start, end| {
            let begun = *start;
            *start = end;
            Some((begun, end))
        })
    }

    /// Those who say "we" in a sentence and name themselves behind it.
    fn speakers(&self, start: usize, end: usize) -> Option<Vec<Actor>> {
        let we =
            words_at(&self.text()[start..end]).take(40).find(|(_, word)| word == "we").map(|(at, _)| start + at)?;
        Some(self.actors_in(we, self.end_of_names(we, end)))
    }

    /// The end of the names that follow one another from byte `start` on with nothing but persons, offices and commas between.
    fn end_of_names(&self, start: usize, end: usize) -> usize {
        let mut last = start;
        for (span, _) in self.names().iter().filter(|(span, _)| span.start() >= start && span.end() <= end) {
            if !self.text().get(last..span.start()).is_some_and(is_list) {
                break;
            }
            last = span.end();
        }
        last
    }

    /// Those who are the subject of a sentence that begins at byte `start` and ends at `end`, and those whom they meet in it.
    fn sentence(&self, start: usize, end: usize) -> Vec<Actor> {
        let text = self.text();
        let begun = start;
        let start = self.subject(begun, end);
        let is_invited = text[begun..start].trim_start().to_lowercase().starts_with("at the invitation of");
        let host = if is_invited { self.actors_in(begun, start).first().copied() } else { None };
        let last = self.end_of_names(start, end);
        let subjects = self.actors_in(start, last);
        let behind: Vec<String> = words(&text[last..end]).take(12).collect();
        let next = behind.iter().find(|word| !LISTED.contains(&word.as_str()) || word.as_str() == "today");
        let is_we = text[start..].starts_with(['W', 'w']) && words(&text[start..end]).next().as_deref() == Some("we");
        let acts = is_we
            || next.is_some_and(|word| DEEDS.contains(&word.as_str()) || word.ends_with("ing"))
            || behind.iter().take(6).any(|word| DEEDS.contains(&word.as_str()));
        if subjects.len() > 1 {
            return if acts { subjects } else { Vec::new() };
        }
        if let (Some(host), [guest]) = (host, &subjects[..])
            && host != *guest
        {
            return vec![host, *guest];
        }
        let verb = words_at(&text[start..end]).find(|(_, word)| MEETS.contains(&word.as_str()));
        let Some((verb, _)) = verb else {
            return if is_we { subjects } else { Vec::new() };
        };
        // Whom they met: the first who is named before the place and the day are.
        let from = start + verb;
        let mut actors = if subjects.is_empty() { self.actors_in(start, from) } else { subjects };
        let met = self.names().iter().find(|(span, _)| span.start() >= from && span.end() <= end);
        if let Some((span, actor)) = met {
            let between: Vec<String> = words(&text[from..span.start()]).collect();
            let elsewhere = between
                .iter()
                .any(|word| matches!(word.as_str(), "in" | "at" | "during" | "on" | "discuss" | "margins"));
            if !elsewhere && !actors.contains(actor) {
                actors.push(*actor);
            }
        }
        actors
    }

    /// The start of the subject of a sentence: behind what says when and where, and at "we" if it says so.
    fn subject(&self, start: usize, end: usize) -> usize {
        let text = &self.text()[start..end];
        if let Some((at, _)) = words_at(text).take(40).find(|(_, word)| word == "we") {
            return start + at;
        }
        const INTRODUCTIONS: &[&str] = &[
            "after", "at", "building", "during", "following", "in", "marking", "on", "over", "today", "yesterday",
            "recognizing", "earlier",
        ];
        let mut at = 0;
        while words(&text[at..]).next().is_some_and(|word| INTRODUCTIONS.contains(&word.as_str())) {
            // A comma in a date ends nothing.
            let comma = text[at..]
                .match_indices(", ")
                .find(|(comma, _)| !text[at + comma + 2..].starts_with(|c: char| c.is_ascii_digit()));
            let is_today = text[at..].to_lowercase().starts_with("today ");
            match comma {
                Some((comma, _)) if !is_today => at += comma + 2,
                _ if is_today => at += 6,
                _ => break,
            }
        }
        start + at
    }
}

/// True if a text ends with a phrase in whatever case.
fn ends_with(text: &str, phrase: &str) -> bool {
    let end = text.len().checked_sub(phrase.len()).and_then(|start| text.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(phrase))
}

/// True if two names with `gap` between them are named side by side.
fn is_joined(gap: &str) -> bool {
    gap.chars().all(|c| !c.is_alphabetic())
        && gap.chars().any(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' | '/' | ',' | '&'))
        || words(gap).all(|word| {
            matches!(word.as_str(), "and" | "the" | "republic" | "of" | "kingdom" | "governments" | "government")
        }) && gap.contains("and")
}

/// True if a text holds only what may stand in a list of those who speak: persons, offices, commas.
fn is_list(text: &str) -> bool {
    let mut words = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}')))
        .filter(|word| !word.is_empty());
    words.all(|word| word.starts_with(|c: char| !c.is_lowercase()) || LISTED.contains(&word))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    words_at(text).map(|(_, word)| word)
}

/// The words of a text in lower case, without possessives, and where each begins.
fn words_at(text: &str) -> impl Iterator<Item = (usize, String)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}');
    let mut at = 0;
    text.split(move |c: char| !is_part(c)).filter_map(move |word| {
        let start = at;
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Some((start, word.to_owned()));
        }
        let lower = word.to_lowercase().replace('\u{2019}', "'");
        let lower = lower.strip_suffix("'s").unwrap_or(&lower).trim_matches(['\'', '-']).to_owned();
        (!lower.is_empty()).then_some((start, lower))
    })
}

/// The actor that a name is of, with the name `before` it. An adjective is one where it stands before an office or is joined to
/// another; a capital never is.
fn actor_of(before: Option<&Name>, name: &Name, text: &str) -> Option<(Span<Plain>, Actor)> {
    match name.referent {
        Referent::State(state) => Some((name.whole(), Actor::State(state))),
        Referent::Body(body) => match before.map(|before| (before.referent, before.span)) {
            // "The Russian Security Council" is no council of all.
            Some((Referent::Adjective(state), span)) if text.get(span.end()..name.span.start()) == Some(" ") => {
                Some((name.span, Actor::State(state)))
            }
            _ => Some((name.whole(), Actor::Body(body))),
        },
        Referent::Adjective(state) => {
            let (before, behind) = (&text[..name.span.start()], &text[name.span.end()..]);
            let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
            let joined = behind.starts_with(is_hyphen) || before.ends_with(is_hyphen);
            let next = words(behind).next();
            let fits = next.is_some_and(|word| word == "and" || OFFICES.contains(&word.as_str()));
            (joined || fits).then_some((name.span, Actor::State(state)))
        }
        _ => None,
    }
}

/// The parties that the first paragraphs name.
fn in_opening(draft: &Draft) -> Inferred<Vec<Actor>> {
    let running = opening(draft).filter(|(_, text, block)| {
        matches!(block.kind(), BlockKind::Paragraph | BlockKind::List) && text.split(' ').count() >= RUNNING
    });
    let running: Vec<TaggedText> =
        running.take(PARAGRAPHS).filter_map(|(_, text, _)| TaggedText::new(start(text, NAMED))).collect();
    let because =
        |text: &TaggedText, from: usize| format!("opening: \"{}\"", excerpt(text.text()[from..].trim_start()));
    let sentences = || running.iter().flat_map(|text| text.sentences().map(move |(start, end)| (text, start, end)));
    // "We, the leaders of" says it whatever stands before.
    let speakers = sentences().find_map(|(text, start, end)| {
        let actors = text.speakers(start, end).filter(|actors| actors.len() > 1)?;
        Some(Inferred::new(actors, because(text, start)))
    });
    if let Some(told) = speakers {
        return told;
    }
    let mut single: Option<Vec<Actor>> = None;
    for (text, start, end) in sentences() {
        let actors = text.sentence(start, end);
        match actors.len() {
            0 => {}
            1 => single = single.or(Some(actors)),
            _ => return Inferred::new(actors, because(text, start)),
        }
    }
    let relation = running.iter().find_map(|text| {
        let found = text.relation(0, &["between", "among"])?;
        let is_of = |actor: &Actor| found.actors.iter().any(|other| actor == other || are_union(*actor, *other));
        let fits = single.as_ref().is_none_or(|single| single.iter().all(is_of));
        fits.then(|| Inferred::new(found.actors, because(text, 0)))
    });
    relation.unwrap_or_else(|| Inferred::new(Vec::new(), "no parties are named in title or opening"))
}

/// True if two bodies are the European Union and an organ of it.
fn are_union(one: Actor, other: Actor) -> bool {
    let is_of_union = |actor: Actor| matches!(actor, Actor::Body(body) if body.name().starts_with("European "));
    is_of_union(one) && is_of_union(other)
}

#[cfg(test)]
mod tests {
    use super::super::opening::titles;
    use super::*;
    use crate::draft::Format;

    fn told(source: &str, kind: DocumentKind) -> Inferred<Vec<Actor>> {
        let draft = Draft::new(Format::Markdown, source);
        parties(&draft, kind, &titles(&draft))
    }

    fn codes(source: &str) -> String {
        let told = told(source, DocumentKind::Statement);
        told.value.iter().map(|actor| actor.code()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_title_names_the_parties() {
        let cases = [
            ("Joint Statement between Japan and Kenya", "JP KE"),
            ("Joint Statement of Japan, Kenya and the Republic of Korea", "JP KE KR"),
            ("Kenya-Japan Joint Statement", "KE JP"),
            ("U.S.-ROK Leaders\u{2019} Joint Statement", "US KR"),
            ("Kenya and Japan Leaders\u{2019} Joint Statement", "KE JP"),
            ("Kenyan-Japanese Joint Declaration", "KE JP"),
            ("Joint Statement by the President of Kenya, and the Prime Minister of Japan, on Peru", "KE JP"),
            ("Joint Statement from Kenya and Japan Reaffirming Support for Peru and Chile", "KE JP"),
            ("Joint Statement: Kenya-Japan Dialogue", "KE JP"),
            ("Joint Statement on the Kenya-Japan Partnership", "KE JP"),
            ("Joint Statement on the Friendship between Kenya and Japan", "KE JP"),
            ("Treaty between Kenya and Japan on Extradition to Peru", "KE JP"),
            ("Agreement between the Government of Kenya and the Government of Japan", "KE JP"),
            ("Joint Statement Following the Summit of the Leaders of Kenya and Japan", "KE JP"),
            ("Joint Statement on Peru", ""),
            ("Joint Statement on the Peru-Chile Border", ""),
            ("Joint Statement on the War between Peru and Chile", ""),
            ("Joint Statement", ""),
        ];
        let no_break =
            "---\ntitle: \"Leaders\\_of\\_Kenya\\_and\\_Japan\\_Joint\\_Statement\"\n---\n\nWe will work for peace.";
        assert_eq!(codes(no_break), "KE JP");
        for (title, expected) in cases {
            assert_eq!(codes(&format!("# {title}\n\nWe will work for peace in the world.")), expected, "{title}");
            assert_eq!(
                codes(&format!("---\ntitle: \"{title}\"\n---\n\nWe will work for peace in the world.")),
                expected,
                "{title}"
            );
        }
    }

    #[test]
    fn the_opening_names_them_where_the_title_does_not() {
        let cases = [
            ("The Republic of Korea (ROK) and Japan met. They urged North Korea to return to talks.", "KR JP"),
            ("President Wafula of Kenya and Prime Minister Mori of Japan met in Lima, Peru.", "KE JP"),
            ("The Governments of Kenya, Japan and Peru announced a plan for clean rivers.", "KE JP PE"),
            ("We, the leaders of Kenya and Japan, met today and spoke of the war in Peru.", "KE JP"),
            (
                "Today, we \u{2014} President Wafula of Kenya and Prime Minister Mori of Japan \u{2014} met for the third time.",
                "KE JP",
            ),
            (
                "Kenyan President Amina Wafula met with Japanese Prime Minister Mori in Lima, Peru, on 3 May 2020.",
                "KE JP",
            ),
            ("On 3 May 2020, Kenya and Japan reaffirmed their partnership against hunger.", "KE JP"),
            (
                "President Wafula welcomed Prime Minister Mori. The two leaders praised the partnership between Kenya and Japan.",
                "KE JP",
            ),
            (
                "At the invitation of the Prime Minister of Japan, Mr. Mori, the President of Kenya, Mrs. Wafula, visited Lima.",
                "JP KE",
            ),
            (
                "The Government of Kenya and the Government of Japan, Desiring to work together, Have agreed as follows:",
                "KE JP",
            ),
            (
                "Last year, Peru joined this text.\n\nWe, the governments of Kenya and Japan, welcome all who come to us.",
                "KE JP",
            ),
            (
                "The head of the Kenyan Security Council met with his guest. The talks were on the Kenya-Japan partnership.",
                "KE JP",
            ),
            ("The situation in Peru and Chile is grave, and both countries suffer from it greatly.", ""),
            ("Peru and Chile have accepted the cessation of hostilities that was offered to them.", ""),
            ("We express our concern about the war between Peru and Chile and its many victims.", ""),
        ];
        for (opening, expected) in cases {
            assert_eq!(codes(&format!("# Joint Statement\n\nLima, 3 May 2020\n\n{opening}")), expected, "{opening}");
        }
    }

    #[test]
    fn a_group_that_speaks_alone_speaks_for_its_members() {
        let told = codes("# G7 Leaders\u{2019} Statement\n\nWe will work for peace in the world.");
        assert_eq!(
            told.split(' ').filter(|code| ["CA", "FR", "DE", "IT", "JP", "GB", "US"].contains(code)).count(),
            7,
            "{told}"
        );
    }

    #[test]
    fn what_is_no_common_text_has_parties_by_its_title_alone() {
        let text = "The Republic of Korea and Japan met.";
        for kind in [DocumentKind::Resolution, DocumentKind::Letter, DocumentKind::Transcript] {
            assert!(told(text, kind).value.is_empty(), "{kind}");
        }
    }

    #[test]
    fn the_opening_adds_the_other_side() {
        let opening = "Prime Minister Wafula of Kenya and Prime Minister Mori of Japan met in Lima on 3 May 2020.";
        assert_eq!(codes(&format!("# Joint Statement with the Prime Minister of Japan\n\n{opening}")), "JP KE");
        let told = told("# Joint Statement with the Prime Minister of Japan\n\nWe met.", DocumentKind::Statement);
        assert_eq!(told.value.len(), 1);
        assert_eq!(told.because, "title: \"Joint Statement with the Prime Minister of Japan\"");
    }
}
