//! `formula`: reports agreed language that is nearly, but not exactly, quoted. The words that differ are labelled one by one.
//!
//! ```yaml
//! - id: taiwan-strait
//!   kind: formula
//!   text: peace and stability across the Taiwan Strait    # one wording, or a list of those that are all right
//!   similarity: 0.75                                      # how much of it must be there: 0.75 without this key
//!   inflected: true                                       # "Straits" is as good as "Strait"
//!   except: ["peace and stability in the Taiwan Strait"]  # phrases; what shares a word with one is left alone
//! ```
//!
//! The words of a draft are aligned with those of the formula so that as few as possible are changed, left out or put in
//! (edit distance over words, of the formula with any stretch of a sentence).

use std::cell::OnceCell;
use std::rc::Rc;

use super::declaration::is_wording;
use super::hit::in_blocks;
use super::{Context, Kind, KindEntry, Report};
use crate::declare::{TextList, keys};
use crate::draft::Site;
use crate::rule::literal::{Clause, JOINTS, SIMILARITY, bare, formula_words, is_punctuation, is_telling, may_differ};
use crate::rule::phrase::Shared;
use crate::rule::suggest::capitalize;
use crate::span::{Folded, Plain, Span};
use crate::text::tokens::{BYTES_A_WORD, number};
use crate::text::{Block, map::Derived};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "formula",
    about: "reports agreed language that is nearly, but not exactly, quoted",
    message: |_| "nearly the agreed language: {expected}",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// The agreed language, of 3 to 60 words, or a list of the wordings that are all right.
    text: TextList,
    /// How much of it must be there, from 0 to 1; with 0.75, one word of four may be changed, missing or added.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1), extend("default" = crate::rule::literal::SIMILARITY)))]
    similarity: Option<f64>,
    /// `true`: a word that differs from the formula's by inflection alone is the same word.
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    inflected: Option<bool>,
}

/// The most words that a formula may have: the alignment takes time and space in proportion.
const MAX_WORDS: usize = 60;

#[derive(Debug)]
struct FormulaKind {
    texts: Vec<AgreedText>,
    similarity: f64,
    literals: Vec<Clause>,
}

/// One wording that is all right.
#[derive(Debug)]
struct AgreedText {
    text: String,
    words: Vec<AgreedWord>,
    /// A bit for the number of each spelling of its words: most words of a draft have none.
    bits: u64,
}

/// A word of a formula.
#[derive(Debug)]
struct AgreedWord {
    /// The word as the pack gives it.
    original: String,
    folded: String,
    /// Its inflections, folded, where the rule lets them pass.
    inflections: Vec<String>,
    /// The numbers of all of these.
    numbers: Vec<u32>,
}

impl AgreedWord {
    fn new(original: String, folded: String, inflections: Vec<String>) -> AgreedWord {
        let numbers = std::iter::once(&folded).chain(&inflections).map(|word| number(word)).collect();
        AgreedWord { original, folded, inflections, numbers }
    }

    fn is(&self, words: &BlockWords<'_>, word: usize) -> bool {
        let is_it = |folded: &str| self.folded == folded || self.inflections.iter().any(|other| other == folded);
        self.numbers.contains(&words.number(word)) && is_it(words.folded(word))
    }
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("text", "give the agreed language")?;
    let inflected = match fields.get("inflected") {
        None => Some(false),
        Some(node) => node.bool(),
    };
    let wanted = |(original, folded): (String, String)| {
        let inflections = if inflected == Some(true) { shared.inflector.relatives(&folded) } else { Vec::new() };
        AgreedWord::new(original, folded, inflections)
    };
    let mut texts = Vec::new();
    for text in node.texts() {
        if !is_wording(&text, false) {
            continue;
        }
        let words: Vec<AgreedWord> = formula_words(text.value).into_iter().map(wanted).collect();
        if words.len() < 3 || words.len() > MAX_WORDS {
            let help = "a shorter one is a phrase; a longer one is better quoted in parts".to_owned();
            text.problem("bad-formula", format!("a formula has 3 to {MAX_WORDS} words"), Some(help));
            continue;
        }
        texts.push(AgreedText::new(text.value.to_owned(), words));
    }
    let similarity = match fields.get("similarity") {
        None => Some(SIMILARITY),
        Some(node) => node.fraction(),
    };
    let words = texts.iter().flat_map(|agreed| &agreed.words);
    let spellings = words.flat_map(|word| std::iter::once(&word.folded).chain(&word.inflections));
    let mut literals: Clause = spellings.filter(|word| is_telling(word) && word.is_ascii()).cloned().collect();
    literals.sort();
    literals.dedup();
    inflected?;
    let literals = if literals.is_empty() { Vec::new() } else { vec![literals] };
    Some(Box::new(FormulaKind { texts, similarity: similarity?, literals }))
}

/// A word in the folded text of a block, with its number: two words of one number need not be the same.
#[derive(Debug, Clone, Copy)]
struct FoldedWord {
    start: u32,
    end: u32,
    number: u32,
}

/// The words of a block.
struct BlockWords<'b> {
    text: &'b Derived<Folded, Plain>,
    places: Rc<[FoldedWord]>,
}

impl BlockWords<'_> {
    fn len(&self) -> usize {
        self.places.len()
    }

    fn number(&self, word: usize) -> u32 {
        self.places[word].number
    }

    fn folded(&self, word: usize) -> &str {
        &self.text.text()[self.places[word].start as usize..self.places[word].end as usize]
    }

    /// The bytes of the plain text that a word comes from: few of the words of a draft are asked for it.
    fn span(&self, word: usize) -> Span<Plain> {
        self.typed(&self.places[word])
    }

    fn typed(&self, place: &FoldedWord) -> Span<Plain> {
        self.text.below(Span::new(place.start as usize, place.end as usize))
    }
}

/// The words of the blocks that a formula was looked for in.
struct DraftWords(Vec<OnceCell<Rc<[FoldedWord]>>>);

impl DraftWords {
    fn shared(context: &Context<'_>) -> Rc<DraftWords> {
        context.text().shared(|| DraftWords(context.draft.blocks().iter().map(|_| OnceCell::new()).collect()))
    }

    /// The words of a block.
    fn get<'b>(&self, block: usize, text: &'b Derived<Folded, Plain>) -> BlockWords<'b> {
        let places = self.0[block].get_or_init(|| places(text.text()));
        BlockWords { text, places: Rc::clone(places) }
    }
}

fn places(text: &str) -> Rc<[FoldedWord]> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(text.len() / BYTES_A_WORD);
    let mut at = 0;
    while at < bytes.len() {
        let token = &text[at..at + bytes[at..].iter().take_while(|byte| **byte != b' ').count()];
        let is_alphanumeric = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let is_bare = is_alphanumeric(token.as_bytes().first()) && is_alphanumeric(token.as_bytes().last());
        let word = if is_bare { token } else { bare(token) };
        let before = if is_bare { 0 } else { token.len() - token.trim_start_matches(is_punctuation).len() };
        if !word.is_empty() {
            let start = at + before;
            found.push(FoldedWord { start: start as u32, end: (start + word.len()) as u32, number: number(word) });
        }
        at += token.len() + 1;
    }
    found.into()
}

/// A step of an alignment: one word of the formula, of the draft, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EditStep {
    Same,
    /// The draft has another word there.
    Changed,
    /// The draft lacks the formula's word.
    Missing,
    /// The draft has a word more.
    Added,
}

/// A stretch of words of a block that is like a formula.
struct Alignment {
    /// The words of the block, by index.
    words: std::ops::Range<usize>,
    distance: usize,
    /// From the first to the last word.
    steps: Vec<EditStep>,
}

impl Kind for FormulaKind {
    fn literals(&self) -> &[Clause] {
        &self.literals
    }

    fn literals_are_words(&self) -> bool {
        true
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        let all = DraftWords::shared(context);
        for &index in context.blocks {
            let block = context.block(index);
            let Some(folded) = block.readings().next() else {
                continue;
            };
            let words = all.get(index, folded);
            if !self.texts.iter().any(|agreed| agreed.may_be_in(&words.places, self.similarity)) {
                continue;
            }
            let mut taken = vec![false; words.len()];
            for range in self.texts.iter().flat_map(|agreed| exact(agreed, &words)) {
                taken[range].fill(true);
            }
            for exception in in_blocks(context.exceptions, &(index..index + 1)) {
                let span = |place: &FoldedWord| words.typed(place);
                let from = words.places.partition_point(|place| span(place).end() <= exception.span.start());
                let to = words.places.partition_point(|place| span(place).start() < exception.span.end());
                taken[from..to.max(from)].fill(true);
            }
            let mut near: Vec<(&AgreedText, Alignment)> = Vec::new();
            for agreed in &self.texts {
                near.extend(self.alignments(agreed, &words, block).into_iter().map(|alignment| (agreed, alignment)));
            }
            near.sort_by_key(|(_, alignment)| (alignment.distance, alignment.words.start));
            for (agreed, alignment) in near {
                let site = site(index, &words, &alignment.words);
                if !taken[alignment.words.clone()].contains(&true) && context.in_scope(index, site.span) {
                    taken[alignment.words.clone()].fill(true);
                    reports.push(report(agreed, &alignment, &words, site, block));
                }
            }
        }
        reports.sort_by_key(|report| report.site);
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        self.texts.iter().map(|agreed| format!("nearly: {}", agreed.text)).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        self.texts.iter().map(|agreed| agreed.text.as_str()).collect()
    }
}

fn site(block: usize, words: &BlockWords<'_>, range: &std::ops::Range<usize>) -> Site {
    Site { block, span: Span::new(words.span(range.start).start(), words.span(range.end - 1).end()) }
}

/// Finds the formula quoted word for word.
fn exact(agreed: &AgreedText, words: &BlockWords<'_>) -> Vec<std::ops::Range<usize>> {
    let len = agreed.words.len();
    let is_it = |&start: &usize| (start..).zip(&agreed.words).all(|(word, wanted)| wanted.is(words, word));
    let starts = 0..(words.len() + 1).saturating_sub(len);
    starts.filter(|&start| agreed.may_hold(words.number(start))).filter(is_it).map(|start| start..start + len).collect()
}

impl FormulaKind {
    /// The stretches that are like a formula, but not it, inside one sentence.
    fn alignments(&self, agreed: &AgreedText, words: &BlockWords<'_>, block: &Block) -> Vec<Alignment> {
        let len = agreed.words.len();
        let most = may_differ(len, self.similarity);
        let mut found = Vec::new();
        // The words that could be part of it: a stretch around each telling word of the formula.
        let mut ranges = candidate_ranges(agreed, words, most);
        while let Some(range) = ranges.pop() {
            if range.len() + most < len {
                continue;
            }
            let Some(alignment) =
                align(agreed, words, range.clone(), block.text()).filter(|found| found.distance <= most)
            else {
                continue;
            };
            // There may be another one before it, and behind it.
            ranges.push(range.start..alignment.words.start);
            ranges.push(alignment.words.end..range.end);
            let span = site(0, words, &alignment.words).span;
            if alignment.distance > 0 && !block.crosses_sentence(span) {
                found.push(alignment);
            }
        }
        found
    }
}

/// Stretches of words in which the formula may be: around each of its telling words, merged where they overlap.
fn candidate_ranges(agreed: &AgreedText, words: &BlockWords<'_>, slack: usize) -> Vec<std::ops::Range<usize>> {
    let reach = agreed.words.len() + slack;
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for at in 0..words.len() {
        let is_wanted = agreed.may_hold(words.number(at)) && agreed.words.iter().any(|wanted| wanted.is(words, at));
        if !is_wanted || !is_telling(words.folded(at)) {
            continue;
        }
        let range = at.saturating_sub(reach)..(at + reach + 1).min(words.len());
        match ranges.last_mut() {
            // A stretch that grew too long would hide a second alignment in it.
            Some(last) if range.start < last.start + reach => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    ranges
}

/// The best alignment of the formula with a stretch of `range`.
fn align(agreed: &AgreedText, words: &BlockWords<'_>, range: std::ops::Range<usize>, plain: &str) -> Option<Alignment> {
    let (rows, columns) = (agreed.words.len() + 1, range.len() + 1);
    let is_word = |row: usize, column: usize| agreed.words[row - 1].is(words, range.start + column - 1);
    let span = |column: usize| words.span(range.start + column - 1);
    let mut cost = vec![0usize; rows * columns];
    let at = |row: usize, column: usize| row * columns + column;
    for row in 1..rows {
        cost[at(row, 0)] = row;
        for column in 1..columns {
            let same = is_word(row, column);
            let change = cost[at(row - 1, column - 1)] + usize::from(!same);
            let other = cost[at(row - 1, column)].min(cost[at(row, column - 1)]) + 1;
            cost[at(row, column)] = change.min(other);
        }
    }
    // Of ends that are as good, the later one: the last word was changed, not left out; unless punctuation parts it off.
    let parted = |column: usize| {
        column > 1 && plain[span(column - 1).end()..span(column).start()].contains([',', ';', ':', '.', '(', ')'])
    };
    let quality = |&column: &usize| (cost[at(rows - 1, column)], parted(column), std::cmp::Reverse(column));
    let (mut row, mut column) = (rows - 1, (1..columns).min_by_key(quality)?);
    let (end, distance) = (column, cost[at(row, column)]);
    let mut steps = Vec::new();
    while row > 0 {
        let here = cost[at(row, column)];
        let same = column > 0 && is_word(row, column);
        let step = if column > 0 && here == cost[at(row - 1, column - 1)] + usize::from(!same) {
            if same { EditStep::Same } else { EditStep::Changed }
        } else if here == cost[at(row - 1, column)] + 1 {
            EditStep::Missing
        } else {
            EditStep::Added
        };
        row -= usize::from(step != EditStep::Added);
        column -= usize::from(step != EditStep::Missing);
        steps.push(step);
    }
    steps.reverse();
    (column < end).then(|| Alignment { words: range.start + column..range.start + end, distance, steps })
}

fn report(agreed: &AgreedText, alignment: &Alignment, words: &BlockWords<'_>, whole: Site, block: &Block) -> Report {
    let mut report = Report::at(whole).expect(&agreed.text);
    let mut spellings = Vec::with_capacity(agreed.words.len());
    let mut draft = alignment.words.start;
    for step in &alignment.steps {
        let wanted = agreed.words.get(spellings.len());
        let original = wanted.map_or("", |word| word.original.as_str());
        let here = draft.min(alignment.words.end - 1);
        let label = match step {
            EditStep::Same => None,
            EditStep::Changed => Some(format!("agreed: {original}")),
            EditStep::Missing if draft < alignment.words.end => Some(format!("before this, agreed: {original}")),
            EditStep::Missing => Some(format!("behind this, agreed: {original}")),
            EditStep::Added => Some("not in the agreed language".to_owned()),
        };
        if let Some(label) = label {
            report = report.label(Site { block: whole.block, span: words.span(here) }, label);
        }
        if *step != EditStep::Added {
            let inflected = *step == EditStep::Same && wanted.is_some_and(|wanted| wanted.folded != words.folded(here));
            spellings.push(inflected.then_some(words.folded(here)));
        }
        draft += usize::from(*step != EditStep::Missing);
    }
    report.suggest(vec![capitalized(agreed.spelled(&spellings), whole, block)])
}

/// The bit for a number, of 64.
fn bit_of(number: u32) -> u32 {
    // Of a hash that is a product, the upper bits are mixed best.
    number >> 26
}

impl AgreedText {
    fn new(text: String, words: Vec<AgreedWord>) -> AgreedText {
        let numbers = words.iter().flat_map(|word| &word.numbers);
        let bits = numbers.fold(0, |bits, &number| bits | 1 << bit_of(number));
        AgreedText { text, words, bits }
    }

    /// True if there may be anything like it among these words: so many of its words so near to one another.
    fn may_be_in(&self, places: &[FoldedWord], similarity: f64) -> bool {
        let len = self.words.len();
        let differ = may_differ(len, similarity);
        let (least, most) = ((len - differ).max(1), len + differ);
        let held = |place: &FoldedWord| self.bits >> bit_of(place.number) & 1;
        if places.iter().map(held).sum::<u64>() < least as u64 {
            return false;
        }
        let at: Vec<usize> = (0..places.len()).filter(|&at| held(&places[at]) != 0).collect();
        at.windows(least).any(|near| near[least - 1] - near[0] < most)
    }

    /// True if a word of this number may be one of its words.
    fn may_hold(&self, number: u32) -> bool {
        self.bits >> bit_of(number) & 1 != 0
    }

    /// The formula, with another spelling for those of its words that have one. The capitals of the formula stay.
    fn spelled(&self, spellings: &[Option<&str>]) -> String {
        let mut spellings = spellings.iter();
        let mut text = String::with_capacity(self.text.len());
        for token in self.text.split_inclusive(JOINTS) {
            let word = bare(token);
            match if word.is_empty() { None } else { spellings.next().copied().flatten() } {
                Some(spelling) if word.starts_with(char::is_uppercase) => {
                    text.push_str(&token.replacen(word, &capitalize(spelling), 1));
                }
                Some(spelling) => text.push_str(&token.replacen(word, spelling, 1)),
                None => text.push_str(token),
            }
        }
        text
    }
}

/// A formula, with a capital where it opens a sentence that has one.
fn capitalized(formula: String, site: Site, block: &Block) -> String {
    let capital = block.text()[site.span.start()..].starts_with(char::is_uppercase);
    if capital && block.opens_sentence(site.span.start()) { capitalize(&formula) } else { formula }
}
