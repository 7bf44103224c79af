//! `promised`: reports what the draft announces and does not hold.
//!
//! ```yaml
//! - id: promised-section
//!   kind: promised
//!   find: sections      # the default: an item of the draft's own list of contents without a heading
//! - id: broken-reference
//!   kind: promised
//!   find: references    # "section 4" in a draft with three sections
//! ```
//!
//! A list is one of contents if at least half of its items, and at least two, are headings of the draft, whatever number stands
//! before them. A short line that is no sentence counts as a heading. A reference is reported if the draft has a part of that
//! name, but not this one, and nothing says that another text is meant ("Article 5 of the Treaty").

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memmem;

use super::marker::{self, Alphabet, LABELS, Marker, MarkerPosition};
use super::{Context, Kind, KindEntry, Report};
use crate::context::DocumentKind;
use crate::declare::{choices, keys};
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::span::Span;
use crate::text::BlockKind;
use crate::text::fold::fold_str;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "promised",
    about: "reports sections and references that a draft promises and lacks",
    message: |_| "\"{match}\" is not in the text",
    fills: &["expected"],
    keys: KEYS,
    read,
};

keys! {
    /// What to report.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "sections")))]
    find: Option<DanglingPart>,
}

choices! {
    /// The parts that are reported if they are missing.
    enum DanglingPart {
        /// Items of a list that have no heading, where others have one.
        Sections = "sections",
        /// "Annex C" or "section 4" where the draft has annexes or sections, but not this one.
        References = "references",
    }
}

/// The most bytes of a heading or of an item of a list of contents.
const MAX_HEADING: usize = 120;

/// The most headings that one item is compared with: where more share even its rarest word, one of them is taken to cover it.
const MAX_CANDIDATES: usize = 200;

/// The most parts beyond the last one that a reference may point past before it is one to another text.
const REACH: u32 = 5;

#[derive(Debug)]
struct PromisedKind {
    find: DanglingPart,
}

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    let find = match fields.get("find") {
        Some(node) => node.text()?.choose("thing to find", DanglingPart::NAMES)?,
        None => DanglingPart::Sections,
    };
    Some(Box::new(PromisedKind { find }))
}

impl Kind for PromisedKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        match self.find {
            DanglingPart::Sections => sections(context),
            DanglingPart::References => references(context),
        }
    }

    fn looks_for(&self) -> Vec<String> {
        let what = match self.find {
            DanglingPart::Sections => "items of a list of contents that are no heading",
            DanglingPart::References => "references to a section, an annex or a paragraph that the draft does not have",
        };
        vec![what.to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The items of lists of contents that have no heading.
fn sections(context: &Context<'_>) -> Vec<Report> {
    let lists = lists(context);
    if lists.is_empty() {
        return Vec::new();
    }
    let headings = headings(context);
    let covering = Covering::new(headings.keys().map(String::as_str));
    let mut reports = Vec::new();
    for list in lists {
        let items: Vec<(usize, String)> = list.map(|index| (index, title(context, index))).collect();
        let kept: Vec<usize> = items.iter().filter_map(|(_, item)| headings.get(item.as_str()).copied()).collect();
        let Some(&first) = kept.first().filter(|_| kept.len() >= 2 && 2 * kept.len() >= items.len()) else {
            continue;
        };
        for (index, item) in items {
            let span = context.whole(index).span;
            let missing = !item.is_empty() && !covering.has(&item);
            if missing && context.in_scope(index, span) {
                let report = Report::at(context.whole(index)).label(context.whole(first), "this one is there");
                reports.push(report.expect(&context.block(index).text()[span.range()]));
            }
        }
    }
    reports
}

/// Headings by their words. Whether all words of an item are words of a heading, or those of a heading words of the item, is asked of
/// those alone that share the rarest word: "Trade" is covered by "Trade and investment".
struct Covering<'h> {
    headings: Vec<HashSet<&'h str>>,
    /// For each word the headings that have it.
    having: HashMap<&'h str, Vec<usize>>,
    /// For each word the headings of which it is the rarest word.
    rarest: HashMap<&'h str, Vec<usize>>,
}

impl<'h> Covering<'h> {
    fn new(headings: impl Iterator<Item = &'h str>) -> Covering<'h> {
        let mut sets: Vec<HashSet<&str>> = headings.map(|heading| heading.split(' ').collect()).collect();
        // In another order, or with a word twice, it is the same to an item.
        let mut seen = HashSet::new();
        sets.retain(|words| {
            let mut words: Vec<&str> = words.iter().copied().collect();
            words.sort_unstable();
            seen.insert(words)
        });
        let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, words) in sets.iter().enumerate() {
            words.iter().for_each(|word| having.entry(word).or_default().push(at));
        }
        let mut rarest: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, words) in sets.iter().enumerate() {
            if let Some(word) = words.iter().min_by_key(|word| (having[*word].len(), **word)) {
                rarest.entry(word).or_default().push(at);
            }
        }
        Covering { headings: sets, having, rarest }
    }

    /// True if a heading covers an item, or is covered by it.
    fn has(&self, item: &str) -> bool {
        let words: HashSet<&str> = item.split(' ').collect();
        let holds = |at: &usize| words.is_subset(&self.headings[*at]);
        let is_held = |at: &usize| self.headings[*at].is_subset(&words);
        let with_all = words.iter().map(|word| self.having.get(word)).min_by_key(|with| with.map_or(0, Vec::len));
        let longer = with_all.flatten().map_or(&[][..], Vec::as_slice);
        let shorter = || words.iter().filter_map(|word| self.rarest.get(word)).flatten();
        longer.len() > MAX_CANDIDATES
            || longer.iter().any(holds)
            || shorter().take(MAX_CANDIDATES).any(is_held)
            || shorter().nth(MAX_CANDIDATES).is_some()
    }
}

/// The lists of the draft that are long enough, as stretches of block indices.
fn lists(context: &Context<'_>) -> Vec<Range<usize>> {
    let mut lists: Vec<Range<usize>> = Vec::new();
    for index in 0..context.draft.blocks().len() {
        if context.block(index).kind() != BlockKind::List {
            continue;
        }
        match lists.last_mut() {
            Some(list) if list.end == index => list.end = index + 1,
            _ => lists.push(index..index + 1),
        }
    }
    lists.retain(|list| list.len() > 2 && list.clone().all(|item| context.block(item).text().len() <= MAX_HEADING));
    lists
}

/// The headings of the draft, folded and without their numbers, each with its block.
fn headings(context: &Context<'_>) -> HashMap<String, usize> {
    let mut headings = HashMap::new();
    for (index, block) in context.draft.blocks().iter().enumerate() {
        let text = block.text();
        let is_heading = match block.kind() {
            BlockKind::Title | BlockKind::Heading => true,
            BlockKind::Paragraph => text.len() <= MAX_HEADING && !text.ends_with(['.', ':', ';', ',', '!', '?']),
            _ => false,
        };
        if is_heading {
            headings.entry(title(context, index)).or_insert(index);
        }
    }
    headings.remove("");
    headings
}

/// The text of a heading, or of an item of contents, folded: without the number before it and the page behind it.
fn title(context: &Context<'_>, index: usize) -> String {
    let text = context.block(index).text();
    if text.len() > 4 * MAX_HEADING {
        return String::new();
    }
    let start = marker::of_block(context, index).map_or(0, |marker| marker.end);
    let text = text[start..].trim_matches(|c: char| !c.is_alphanumeric());
    let unnumbered = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let leader = unnumbered.trim_end_matches(['.', '\u{2026}', ' ', '_']);
    // "Trade ...... 7", but not "Agenda 2030".
    let text = if unnumbered.len() - leader.len() > 2 { leader } else { text };
    fold_str(text)
}

/// The parts of one label whose numbers are of one alphabet.
#[derive(Debug)]
struct Numbered {
    count: usize,
    values: HashSet<u32>,
    /// The highest of the values, and where the last part that has it is.
    last: (u32, Site),
}

/// The parts that the draft has, by their label and the alphabet of their numbers.
type PartIndex = HashMap<String, HashMap<Alphabet, Numbered>>;

fn references(context: &Context<'_>) -> Vec<Report> {
    let refers = |index: usize| mentions(context.block(index).text()).next().is_some();
    // Most drafts refer to nothing.
    let referring: Vec<usize> = context.blocks.iter().copied().filter(|&index| refers(index)).collect();
    if referring.is_empty() {
        return Vec::new();
    }
    let parts = parts(context);
    let articles = match (takes_over_another(context), context.text().document().value) {
        (true, _) => Articles::OfSeveralTexts,
        (false, DocumentKind::Treaty) => Articles::Own,
        (false, _) => Articles::OwnIfNear,
    };
    let mut reports = Vec::new();
    for index in referring {
        let block = context.block(index);
        if matches!(block.kind(), BlockKind::Title | BlockKind::Heading) {
            continue;
        }
        for mention in mentions(block.text()) {
            let site = Site { block: index, span: Span::new(mention.start, mention.end) };
            let broken = missing(&parts, &mention, articles).filter(|_| context.in_scope(index, site.span));
            reports.extend(broken.map(|near| {
                Report::at(site)
                    .label(near, "the last that the text has")
                    .expect(&block.text()[mention.start..mention.end])
            }));
        }
    }
    reports
}

/// True if a draft changes another text, or takes over parts of one: its articles may be those of the other.
fn takes_over_another(context: &Context<'_>) -> bool {
    const SIGNS: &[&str] =
        &["incorporated", "shall be replaced", "shall be inserted", "is amended", "shall be amended as"];
    let signs: Vec<_> = SIGNS.iter().map(memmem::Finder::new).collect();
    let blocks = context.draft.blocks().iter();
    blocks.map(|block| block.text().as_bytes()).any(|text| signs.iter().any(|sign| sign.find(text).is_some()))
}

/// The text that is meant by an article without the name of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Articles {
    /// The draft, which is a treaty.
    Own,
    /// The draft, unless it is far from having so many.
    OwnIfNear,
    /// The draft, or one that it changes or takes over parts of.
    OfSeveralTexts,
}

/// The last part of the same name, if the part that is mentioned is not there.
fn missing(parts: &PartIndex, mention: &Mention<'_>, articles: Articles) -> Option<Site> {
    let articles = if mention.label == "article" { articles } else { Articles::OwnIfNear };
    if articles == Articles::OfSeveralTexts {
        return None;
    }
    let known = parts.get(&mention.label)?;
    let readings = marker::read(mention.number)?;
    let numbered = |reading: &marker::NumberReading| known.get(&reading.alphabet);
    let is_there = |reading: &marker::NumberReading| {
        !reading.above.is_empty() || numbered(reading).is_some_and(|parts| parts.values.contains(&reading.value))
    };
    // "V" is a letter and a Roman number: what more of the parts are.
    let reading = readings.iter().max_by_key(|reading| numbered(reading).map_or(0, |parts| parts.count))?;
    let (highest, site) = numbered(reading)?.last;
    let is_own = mention.here || articles == Articles::Own;
    let near = is_own || reading.value <= highest + REACH;
    (!readings.iter().any(is_there) && near).then_some(site)
}

/// The numbered parts of the draft. Numbers without a label are those of sections before headings, and those of paragraphs else.
fn parts(context: &Context<'_>) -> PartIndex {
    let mut parts = PartIndex::new();
    let mut add = |label: &str, marker: &Marker| {
        let entry = parts.entry(label.to_owned()).or_default();
        for reading in marker.readings.iter().filter(|reading| reading.above.is_empty()) {
            let first = || Numbered { count: 0, values: HashSet::new(), last: (reading.value, marker.site) };
            let parts = entry.entry(reading.alphabet).or_insert_with(first);
            parts.count += 1;
            parts.values.insert(reading.value);
            if reading.value >= parts.last.0 {
                parts.last = (reading.value, marker.site);
            }
        }
    };
    let mut highest = 0;
    for marker in (0..context.draft.blocks().len()).flat_map(|index| marker::beginnings(context, index)) {
        match (marker.label(), marker.place) {
            (Some(label), _) => add(&label, &marker),
            (None, MarkerPosition::Heading(_)) => add("section", &marker),
            // Only paragraphs that are numbered through the whole draft can be referred to.
            (None, _) => {
                let value = marker.readings.iter().find(|reading| reading.alphabet == Alphabet::Arabic);
                if value.is_some_and(|reading| reading.above.is_empty() && reading.value == highest + 1) {
                    highest += 1;
                    add("paragraph", &marker);
                }
            }
        }
    }
    // One part, or a list of two or three items, is no numbering that anyone refers to.
    parts.retain(|label, known| {
        let count: usize = known.values().map(|parts| parts.count).sum();
        count >= if label == "paragraph" { 4 } else { 2 }
    });
    parts
}

/// A reference in running text.
struct Mention<'t> {
    start: usize,
    end: usize,
    /// In lower case.
    label: String,
    number: &'t str,
    /// True if the text says that it means itself: "below", "of this statement".
    here: bool,
}

/// The references of a text that do not say that they are to another one.
fn mentions(text: &str) -> impl Iterator<Item = Mention<'_>> {
    LABELS.iter().flat_map(move |label| {
        // All but the first letter, which may be a capital.
        let rest = &label[1..];
        memmem::find_iter(text.as_bytes(), rest).flat_map(move |at| mentions_at(text, label, at).into_iter().flatten())
    })
}

/// The references at the second letter of a label: "Article 5", "Articles 5, 6 and 7".
fn mentions_at<'t>(text: &'t str, label: &str, at: usize) -> Option<Vec<Mention<'t>>> {
    let start = at.checked_sub(1).filter(|&start| text.is_char_boundary(start))?;
    let is_word = text[start..].starts_with(|c: char| c.is_ascii_alphabetic())
        && text[start..=start].eq_ignore_ascii_case(&label[..1]);
    let behind = &text[at + label.len() - 1..];
    let (numbers, is_plural) = match behind.strip_prefix("s ") {
        Some(numbers) => (numbers, true),
        None => (behind.strip_prefix(' ')?, false),
    };
    let begins = text.len() - numbers.len();
    let is_capital = text[start..].starts_with(char::is_uppercase);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut next = begins;
    while let Some(len) = number_len(&text[next..], is_capital) {
        found.push(next..next + len);
        next += len;
        let joined = [", ", " and ", " or ", " to "].iter().find(|join| is_plural && text[next..].starts_with(**join));
        match joined {
            Some(join) => next += join.len(),
            None => break,
        }
    }
    let end = found.last()?.end;
    let after = &text[end..];
    // "paragraph 30.8.3": a part of a text that is numbered in another manner.
    let is_dotted = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_dotted || !is_word || is_foreign(&text[..start], after) || (is_plural && found.len() < 2) {
        return None;
    }
    let after = after.trim_start();
    let here = ["below", "above", "of this", "of the present", "hereof"].iter().any(|sign| after.starts_with(sign));
    let mention = |number: Range<usize>| {
        // In the plural it is the number that is wrong.
        let start = if is_plural { number.start } else { start };
        Mention { start, end: number.end, label: label.to_owned(), number: &text[number], here }
    };
    Some(found.into_iter().map(mention).collect())
}

/// The length of the number that a text begins with. "the part I played", "section a": words, not numbers.
fn number_len(text: &str, is_capital: bool) -> Option<usize> {
    let len = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let number = &text[..len];
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        || (number.starts_with(|c: char| c.is_ascii_uppercase()) && (number != "I" || is_capital));
    is_number.then_some(len)
}

/// Words that may stand before a reference with a capital, and name no other text.
const OPENING: &[&str] = &["And", "Despite", "In", "Notwithstanding", "Per", "See", "To", "Under"];

/// True if the text around a reference says that it is one to another text.
fn is_foreign(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    // "the Treaty's Article 5", "UNCLOS Article 5", "Tariff Act Section 232".
    let possessed = word.ends_with(['\u{2019}', '\'']) || word.ends_with("'s") || word.ends_with("\u{2019}s");
    let opens = before.is_empty() || before.ends_with(['.', ';', ':', '(', '\u{201c}', '"']);
    let named = !opens && word.starts_with(char::is_uppercase) && !OPENING.contains(&word);
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '.'));
    let after = after.trim_start();
    let of_another =
        after.starts_with("of ") && !["of this ", "of the present "].iter().any(|own| after.starts_with(own));
    let continues = after.starts_with(['-', '/', '\u{2013}']) || after.starts_with(|c: char| c.is_uppercase());
    // "Document 42, paragraph 7", "resolution 47/5, section C": a part of what was named just before.
    let listed = before.strip_suffix(',').map(|rest| rest.rsplit(' ').next().unwrap_or_default());
    let of_numbered = listed.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()) || word.ends_with(')'));
    // "sub-section C"
    let is_below = word.to_lowercase().ends_with("sub-") || word.to_lowercase().ends_with("sub");
    if of_numbered || is_below {
        return true;
    }
    possessed || named || of_another || continues || after.starts_with("tariff") || after.starts_with("duties")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_reference_says_that_it_is_to_another_text() {
        let foreign = [
            ("in the treaty's", ""),
            ("in the treaty\u{2019}s", ""),
            ("in the states\u{2019}", ""),
            ("under UNCLOS", ""),
            ("under", " of the Treaty"),
            ("resolution 47/5,", ""),
            ("paragraph 3(a),", ""),
            ("sub-", ""),
            ("under", " tariffs"),
        ];
        let own = [
            ("", " applies"),
            ("They met in Seoul.", " applies"),
            ("(see", ")"),
            ("Under", " they meet"),
            ("under", " of this statement"),
            ("as agreed,", " applies"),
        ];
        for (cases, expected) in [(&foreign[..], true), (&own, false)] {
            for (before, after) in cases {
                assert_eq!(is_foreign(before, after), expected, "{before}|{after}");
            }
        }
    }

    #[test]
    fn a_reference_is_a_label_and_a_number() {
        type ExpectedMention = (&'static str, &'static str, bool);
        let cases: &[(&str, &[ExpectedMention])] = &[
            ("as in section 4 above", &[("section", "4", true)]),
            ("Annex B applies", &[("annex", "B", false)]),
            ("see Part I and part 2", &[("part", "I", false), ("part", "2", false)]),
            ("the part I played, the part a state plays, chart 3, sections 4", &[]),
            ("Articles 5, 6 and 7 apply", &[("article", "5", false), ("article", "6", false), ("article", "7", false)]),
            ("Articles II to IV of the Treaty", &[]),
            ("Notwithstanding Article 5", &[("article", "5", false)]),
            ("paragraph 30.8.3", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> =
                mentions(text).map(|mention| (mention.label.clone(), mention.number, mention.here)).collect();
            let found: Vec<_> = found.iter().map(|(label, number, here)| (label.as_str(), *number, *here)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
