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

use super::{Context, Entry, Kind, Report, Shared, Site, in_blocks, phrases};
use crate::draft::{Block, map::Derived};
use crate::rule::literal::{Clause, JOINTS, SIMILARITY, bare, formula_words, is_punctuation, is_telling, may_differ};
use crate::rule::phrase::PhraseSet;
use crate::rule::suggest::capitalize;
use crate::span::{Folded, Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry =
    Entry { name: "formula", about: "reports agreed language that is nearly, but not exactly, quoted", read };

/// The most words that a formula may have: the alignment takes time and space in proportion.
const MAX_WORDS: usize = 60;

#[derive(Debug)]
struct Formula {
    texts: Vec<Agreed>,
    similarity: f64,
    except: PhraseSet,
    literals: Vec<Clause>,
}

/// One wording that is all right.
#[derive(Debug)]
struct Agreed {
    text: String,
    words: Vec<Wanted>,
}

/// A word of a formula.
#[derive(Debug)]
struct Wanted {
    /// As the pack gives it.
    given: String,
    folded: String,
    /// Its inflections, folded, where the rule lets them pass.
    inflections: Vec<String>,
}

impl Wanted {
    fn is(&self, folded: &str) -> bool {
        self.folded == folded || self.inflections.iter().any(|inflection| inflection == folded)
    }
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.know(&["text", "similarity", "inflected", "except"]);
    let node = fields.require("text", "give the agreed language")?;
    let inflected = match fields.get("inflected") {
        None => Some(false),
        Some(node) => node.bool(),
    };
    let wanted = |(given, folded): (String, String)| {
        let inflections = if inflected == Some(true) { shared.inflector.relatives(&folded) } else { Vec::new() };
        Wanted { given, folded, inflections }
    };
    let mut texts = Vec::new();
    for text in node.texts() {
        let words: Vec<Wanted> = formula_words(text.value).into_iter().map(wanted).collect();
        if words.len() < 3 || words.len() > MAX_WORDS {
            let help = "a shorter one is a phrase; a longer one is better quoted in parts".to_owned();
            text.problem("bad-formula", format!("a formula has 3 to {MAX_WORDS} words"), Some(help));
            continue;
        }
        texts.push(Agreed { text: text.value.to_owned(), words });
    }
    let similarity = match fields.get("similarity") {
        None => Some(SIMILARITY),
        Some(node) => node.fraction(),
    };
    let except = phrases(fields, "except", None, shared);
    let words = texts.iter().flat_map(|agreed| &agreed.words);
    let spellings = words.flat_map(|word| std::iter::once(&word.folded).chain(&word.inflections));
    let mut literals: Clause = spellings.filter(|word| is_telling(word) && word.is_ascii()).cloned().collect();
    literals.sort();
    literals.dedup();
    inflected?;
    let literals = if literals.is_empty() { Vec::new() } else { vec![literals] };
    Some(Box::new(Formula { texts, similarity: similarity?, except, literals }))
}

/// A word of a block.
struct Word<'b> {
    text: &'b Derived<Folded, Plain>,
    folded: &'b str,
    /// Where it begins in the folded text.
    at: usize,
}

impl Word<'_> {
    /// What it comes from: few of the words of a draft are asked for it.
    fn span(&self) -> Span<Plain> {
        self.text.below(Span::new(self.at, self.at + self.folded.len()))
    }
}

fn words<'b>(folded: &'b Derived<Folded, Plain>) -> Vec<Word<'b>> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut at = 0;
    for token in text.split(' ') {
        let start = at + (token.len() - token.trim_start_matches(is_punctuation).len());
        let word = bare(token);
        if !word.is_empty() {
            found.push(Word { text: folded, folded: word, at: start });
        }
        at += token.len() + 1;
    }
    found
}

/// How one word of the formula or of the draft is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    /// The draft has another word there.
    Changed,
    /// The draft lacks the formula's word.
    Missing,
    /// The draft has a word more.
    Added,
}

/// A stretch of words of a block that is like a formula.
struct Likeness {
    /// The words of the block, by index.
    words: std::ops::Range<usize>,
    distance: usize,
    /// From the first to the last word.
    steps: Vec<Step>,
}

const EXCEPT: usize = 0;

impl Kind for Formula {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.except]
    }

    fn exceptions(&self) -> &'static [usize] {
        &[EXCEPT]
    }

    fn literals(&self) -> &[Clause] {
        &self.literals
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        for &index in context.blocks {
            let block = context.block(index);
            let Some(folded) = block.readings().next() else {
                continue;
            };
            let words = words(folded);
            let mut taken = vec![false; words.len()];
            for range in self.texts.iter().flat_map(|agreed| exact(agreed, &words)) {
                taken[range].fill(true);
            }
            for exception in in_blocks(context.hits(EXCEPT), &(index..index + 1)) {
                let from = words.partition_point(|word| word.span().end() <= exception.span.start());
                let to = words.partition_point(|word| word.span().start() < exception.span.end());
                taken[from..to.max(from)].fill(true);
            }
            let mut near: Vec<(&Agreed, Likeness)> = Vec::new();
            for agreed in &self.texts {
                near.extend(self.likenesses(agreed, &words, block).into_iter().map(|likeness| (agreed, likeness)));
            }
            near.sort_by_key(|(_, likeness)| (likeness.distance, likeness.words.start));
            for (agreed, likeness) in near {
                let site = site(index, &words, &likeness.words);
                if !taken[likeness.words.clone()].contains(&true) && context.in_scope(index, site.span) {
                    taken[likeness.words.clone()].fill(true);
                    reports.push(report(agreed, &likeness, &words, site, block));
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

fn site(block: usize, words: &[Word<'_>], range: &std::ops::Range<usize>) -> Site {
    Site { block, span: Span::new(words[range.start].span().start(), words[range.end - 1].span().end()) }
}

/// Where the formula is quoted word for word.
fn exact(agreed: &Agreed, words: &[Word<'_>]) -> Vec<std::ops::Range<usize>> {
    let len = agreed.words.len();
    let is_it = |window: &[Word<'_>]| window.iter().zip(&agreed.words).all(|(word, wanted)| wanted.is(word.folded));
    let starts = words.windows(len).enumerate().filter(|(_, window)| is_it(window));
    starts.map(|(start, _)| start..start + len).collect()
}

impl Formula {
    /// The stretches that are like a formula, but not it, inside one sentence.
    fn likenesses(&self, agreed: &Agreed, words: &[Word<'_>], block: &Block) -> Vec<Likeness> {
        let len = agreed.words.len();
        let most = may_differ(len, self.similarity);
        let mut found = Vec::new();
        // The words that could be part of it: a stretch around each telling word of the formula.
        let mut ranges = candidate_ranges(agreed, words, most);
        while let Some(range) = ranges.pop() {
            if range.len() + most < len {
                continue;
            }
            let Some(likeness) =
                align(agreed, words, range.clone(), block.text()).filter(|found| found.distance <= most)
            else {
                continue;
            };
            // There may be another one before it, and behind it.
            ranges.push(range.start..likeness.words.start);
            ranges.push(likeness.words.end..range.end);
            let span = site(0, words, &likeness.words).span;
            if likeness.distance > 0 && !block.crosses_sentence(span) {
                found.push(likeness);
            }
        }
        found
    }
}

/// Stretches of words in which the formula may be: around each of its telling words, merged where they overlap.
fn candidate_ranges(agreed: &Agreed, words: &[Word<'_>], slack: usize) -> Vec<std::ops::Range<usize>> {
    let reach = agreed.words.len() + slack;
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !is_telling(word.folded) || !agreed.words.iter().any(|wanted| wanted.is(word.folded)) {
            continue;
        }
        let range = at.saturating_sub(reach)..(at + reach + 1).min(words.len());
        match ranges.last_mut() {
            // A stretch that grew too long would hide a second likeness in it.
            Some(last) if range.start < last.start + reach => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    ranges
}

/// The best alignment of the formula with a stretch of `range`.
fn align(agreed: &Agreed, words: &[Word<'_>], range: std::ops::Range<usize>, plain: &str) -> Option<Likeness> {
    let text = &words[range.clone()];
    let (rows, columns) = (agreed.words.len() + 1, text.len() + 1);
    let mut cost = vec![0usize; rows * columns];
    let at = |row: usize, column: usize| row * columns + column;
    for row in 1..rows {
        cost[at(row, 0)] = row;
        for column in 1..columns {
            let same = agreed.words[row - 1].is(text[column - 1].folded);
            let change = cost[at(row - 1, column - 1)] + usize::from(!same);
            let other = cost[at(row - 1, column)].min(cost[at(row, column - 1)]) + 1;
            cost[at(row, column)] = change.min(other);
        }
    }
    // Of ends that are as good, the later one: the last word was changed, not left out; unless punctuation parts it off.
    let parted = |column: usize| {
        let before = column.checked_sub(2).map(|before| text[before].span().end());
        before.is_some_and(|before| {
            plain[before..text[column - 1].span().start()].contains([',', ';', ':', '.', '(', ')'])
        })
    };
    let quality = |&column: &usize| (cost[at(rows - 1, column)], parted(column), std::cmp::Reverse(column));
    let (mut row, mut column) = (rows - 1, (1..columns).min_by_key(quality)?);
    let (end, distance) = (column, cost[at(row, column)]);
    let mut steps = Vec::new();
    while row > 0 {
        let here = cost[at(row, column)];
        let same = column > 0 && agreed.words[row - 1].is(text[column - 1].folded);
        let step = if column > 0 && here == cost[at(row - 1, column - 1)] + usize::from(!same) {
            if same { Step::Same } else { Step::Changed }
        } else if here == cost[at(row - 1, column)] + 1 {
            Step::Missing
        } else {
            Step::Added
        };
        row -= usize::from(step != Step::Added);
        column -= usize::from(step != Step::Missing);
        steps.push(step);
    }
    steps.reverse();
    (column < end).then(|| Likeness { words: range.start + column..range.start + end, distance, steps })
}

fn report(agreed: &Agreed, likeness: &Likeness, words: &[Word<'_>], whole: Site, block: &Block) -> Report {
    let mut report = Report::at(whole).expect(&agreed.text);
    let mut spellings = Vec::with_capacity(agreed.words.len());
    let mut draft = likeness.words.start;
    for step in &likeness.steps {
        let wanted = agreed.words.get(spellings.len());
        let given = wanted.map_or("", |word| word.given.as_str());
        let here = draft.min(likeness.words.end - 1);
        let label = match step {
            Step::Same => None,
            Step::Changed => Some(format!("agreed: {given}")),
            Step::Missing if draft < likeness.words.end => Some(format!("before this, agreed: {given}")),
            Step::Missing => Some(format!("behind this, agreed: {given}")),
            Step::Added => Some("not in the agreed language".to_owned()),
        };
        if let Some(label) = label {
            report = report.label(Site { block: whole.block, span: words[here].span() }, label);
        }
        if *step != Step::Added {
            let inflected = *step == Step::Same && wanted.is_some_and(|wanted| wanted.folded != words[here].folded);
            spellings.push(inflected.then_some(words[here].folded));
        }
        draft += usize::from(*step != Step::Missing);
    }
    report.suggest(vec![capitalized(agreed.spelled(&spellings), whole, block)])
}

impl Agreed {
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
