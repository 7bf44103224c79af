//! `figure`: reports numbers that were not cleared, and two numbers for one thing.
//!
//! ```yaml
//! - id: defence-share
//!   kind: figure
//!   units: [gdp, percent]          # money, percent, gdp (a share of it), ratio (ninefold, tripling, three times)
//!   near: ["defen(c|s)e spending"] # only in a sentence that holds one of these; without it, everywhere
//!   allow: ["2.6 percent of GDP"]  # figures that were cleared, written in any way
//! ```
//!
//! Numbers are read in digits and in words. A figure is the same however it is written: "$10 billion" is "10bn dollars".
//! With `near`, a second figure of the same unit for the same phrase that differs from the first is labelled with the first,
//! and reported even if both are cleared.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;

use super::{Context, Entry, Hit, Kind, Report, Shared, Site, in_blocks, phrases};
use crate::rule::expression;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::PhraseSet;
use crate::schema::{OneOrMore, Phrases, Texts, choices, keys};
use crate::span::{Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry = Entry {
    name: "figure",
    about: "reports numbers that were not cleared, and two numbers for one thing",
    message: |_| "\"{match}\" has not been cleared",
    keys: KEYS,
    read,
};

keys! {
    /// What to count.
    units: OneOrMore<Unit>,
    /// Only in a sentence that holds one of these phrases; a second figure for the same phrase that differs is labelled with the
    /// first.
    near: Option<Phrases>,
    /// Figures that were cleared: "$10 billion" also clears "10bn dollars".
    allow: Option<Texts>,
}

choices! {
    /// What a number counts.
    enum Unit {
        /// Sums in any currency.
        Money = "money",
        /// Per cent.
        Percent = "percent",
        /// A share of gross domestic product.
        Gdp = "gdp",
        /// Ninefold, three times, tripling.
        Ratio = "ratio",
    }
}

#[derive(Debug)]
struct Figure {
    units: Vec<Unit>,
    near: Option<PhraseSet>,
    allow: Vec<Amount>,
    inflector: Arc<Inflector>,
}

/// A number with its unit; the currency, if it is money.
#[derive(Debug, Clone, PartialEq)]
struct Amount {
    unit: Unit,
    value: f64,
    currency: Option<&'static str>,
}

impl Amount {
    fn is(&self, other: &Amount) -> bool {
        let close = (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(other.value.abs());
        self.unit == other.unit && self.currency == other.currency && close
    }
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.require("units", "say what to count: `units: [money, percent, gdp, ratio]`")?;
    let units = fields.texts("units").iter().filter_map(|text| text.choose("unit", Unit::NAMES)).collect();
    let near = fields.get("near").is_some().then(|| phrases(fields, "near", None, shared));
    let mut allow = Vec::new();
    for text in fields.texts("allow") {
        match amounts(text.value).as_slice() {
            [(amount, _)] => allow.push(amount.clone()),
            _ => {
                let help = "write it as a draft would: `3.8 percent of GDP`, `$10 billion`, `ninefold`".to_owned();
                text.problem("bad-figure", format!("`{}` is not one figure", text.value), Some(help));
            }
        }
    }
    Some(Box::new(Figure { units, near, allow, inflector: Arc::clone(&shared.inflector) }))
}

const NUMBER: &str = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+|[,\x{b7}][0-9]{1,2})?)";
const NUMBER_WORDS: &str = "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a|half a)(?: point(?: (?:zero|one|two|three|four|five|six|seven|eight|nine))+| and (?:a|one) (?:half|quarter))?";
const SCALE: &str = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn)";

/// Every way to write a figure. The groups say which it is.
static FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let any = format!("(?:{NUMBER}|{NUMBER_WORDS})");
    let pattern = format!(
        r"(?i)(?P<symbol>US\$|A\$|C\$|[$\u{{20ac}}\u{{a3}}\u{{a5}}\u{{20a9}}]|USD|EUR|GBP|JPY|KRW|CNY)\s?(?P<sum>{NUMBER})(?:[\s-]?(?P<sumscale>{SCALE})(?-u:\b))?|(?-u:\b)(?P<amount>{any})(?:[\s-]?(?P<amountscale>{SCALE}))?\s(?:U\.S\.\s|US\s|American\s|Korean\s)?(?P<currency>dollars?|euros?|pounds?|yen|yuan|won|USD|EUR|GBP|JPY|KRW|CNY)(?-u:\b)|(?-u:\b)(?P<percent>{any})[\s-]?(?:%|per\s?cent(?-u:\b)|percent(?-u:\b)|percentage\spoints?)(?P<gdp>\sof\s(?:[a-z'\u{{2019}}.]+\s){{0,4}}?(?:GDP|GNP|gross\s(?:domestic|national)\sproduct|national\sincome))?|(?-u:\b)(?P<fold>{any})[\s-]?fold(?-u:\b)|(?-u:\b)(?P<times>{any})\stimes(?-u:\b)|(?-u:\b)(?P<verb>doubl|tripl|quadrupl|quintupl|halv)(?:es|ed|ing|e\s(?:its|the|their|our|this|that))(?-u:\b)"
    );
    expression::build(&pattern).ok()
});

/// The figures of a text, with their places.
fn amounts(text: &str) -> Vec<(Amount, Span<Plain>)> {
    let Some(regex) = FIGURE.as_ref() else {
        return Vec::new();
    };
    let read = |captures: Captures| {
        let whole = captures.get_match()?;
        Some((amount(&captures, text)?, Span::new(whole.start(), whole.end())))
    };
    regex.captures_iter(text).filter_map(read).collect()
}

fn amount(captures: &Captures, text: &str) -> Option<Amount> {
    let group = |name: &str| captures.get_group_by_name(name).map(|found| &text[found.range()]);
    let of = |unit, value| Some(Amount { unit, value, currency: None });
    if let Some(sum) = group("sum") {
        let value = number(sum)? * scale(group("sumscale"));
        return Some(Amount { unit: Unit::Money, value, currency: currency(group("symbol")?) });
    }
    if let Some(sum) = group("amount") {
        let value = number(sum)? * scale(group("amountscale"));
        return Some(Amount { unit: Unit::Money, value, currency: currency(group("currency")?) });
    }
    if let Some(percent) = group("percent") {
        return of(if group("gdp").is_some() { Unit::Gdp } else { Unit::Percent }, number(percent)?);
    }
    if let Some(times) = group("fold").or(group("times")) {
        return of(Unit::Ratio, number(times)?);
    }
    let verb = group("verb")?.to_lowercase();
    let verbs = [("doubl", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("quintupl", 5.0), ("halv", 0.5)];
    of(Unit::Ratio, verbs.iter().find(|(stem, _)| *stem == verb)?.1)
}

fn number(text: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let text = text.to_lowercase();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        // A comma before one or two digits at the end is a decimal comma.
        let decimal = text.rsplit_once([',', '\u{b7}']).filter(|(_, digits)| digits.len() < 3 && !text.contains('.'));
        return match decimal {
            Some((whole, digits)) => format!("{}.{digits}", whole.replace(',', "")).parse().ok(),
            None => text.replace(',', "").parse().ok(),
        };
    }
    for (ending, more) in
        [(" and a half", 0.5), (" and one half", 0.5), (" and a quarter", 0.25), (" and one quarter", 0.25)]
    {
        if let Some(whole) = text.strip_suffix(ending) {
            return Some(number(whole)? + more);
        }
    }
    if let Some((whole, digits)) = text.split_once(" point ") {
        let digit = |word: &str| WORDS.iter().position(|known| *known == word).filter(|digit| *digit < 10);
        let digits: Option<String> = digits.split(' ').map(|word| digit(word).map(|d| d.to_string())).collect();
        let fraction: f64 = format!("0.{}", digits?).parse().ok()?;
        return Some(number(whole)? + fraction);
    }
    match text.as_str() {
        "a" => return Some(1.0),
        "half a" => return Some(0.5),
        _ => {}
    }
    let word = |word: &str| {
        let one = WORDS.iter().position(|known| *known == word);
        let ten = TENS.iter().position(|known| *known == word).map(|tens| (tens + 2) * 10);
        one.or(ten)
    };
    let parts: Option<Vec<usize>> = text.split(['-', ' ']).map(word).collect();
    parts.map(|parts| parts.iter().sum::<usize>() as f64)
}

fn scale(word: Option<&str>) -> f64 {
    match word.map(str::to_lowercase).as_deref() {
        Some("hundred") => 1e2,
        Some("thousand") => 1e3,
        Some("million" | "mn") => 1e6,
        Some("billion" | "bn") => 1e9,
        Some("trillion" | "tn") => 1e12,
        _ => 1.0,
    }
}

fn currency(text: &str) -> Option<&'static str> {
    let name = text.to_lowercase();
    Some(match name.trim_end_matches('s') {
        "a$" => "AUD",
        "c$" => "CAD",
        "\u{20ac}" | "eur" | "euro" => "EUR",
        "\u{a3}" | "gbp" | "pound" => "GBP",
        "\u{a5}" | "jpy" | "yen" => "JPY",
        "\u{20a9}" | "krw" | "won" => "KRW",
        "cny" | "yuan" => "CNY",
        _ => "USD",
    })
}

impl Kind for Figure {
    fn sets(&self) -> Vec<&PhraseSet> {
        self.near.iter().collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        self.near.is_none()
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let near = context.occurrences(0);
        let mut reports = Vec::new();
        // For each phrase and unit the first figure.
        let mut first: HashMap<(usize, Unit), (Amount, Site)> = HashMap::new();
        for &index in context.blocks {
            let block = context.block(index);
            if !may_hold_a_figure(block.text())
                || (self.near.is_some() && in_blocks(&near, &(index..index + 1)).is_empty())
            {
                continue;
            }
            for (amount, span) in amounts(block.text()) {
                let phrase = self.near.as_ref().map(|_| phrase_near(context, index, span, &near));
                if !self.units.contains(&amount.unit) || phrase == Some(None) || !context.in_scope(index, span) {
                    continue;
                }
                let site = Site { block: index, span };
                let known = phrase.flatten().and_then(|phrase| {
                    let of_it = (phrase, amount.unit);
                    let known = first.get(&of_it).cloned();
                    if known.is_none() {
                        first.insert(of_it, (amount.clone(), site));
                    }
                    known
                });
                let differs = known.filter(|(before, _)| !before.is(&amount));
                let cleared = self.allow.iter().any(|allowed| allowed.is(&amount));
                if cleared && differs.is_none() {
                    continue;
                }
                let mut report = Report::at(site);
                if let Some((_, before)) = differs {
                    report = report.label(before, "another figure for the same");
                    if cleared {
                        report.notes.push("this figure is cleared, but the text has two for one thing".to_owned());
                    }
                }
                reports.push(report);
            }
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let names = Unit::NAMES
            .iter()
            .filter(|(_, unit)| self.units.contains(unit))
            .map(|(name, _)| format!("figures: {name}"));
        let near = self
            .near
            .iter()
            .flat_map(|near| near.wordings(&self.inflector))
            .map(|wording| format!("... near: {wording}"));
        names.chain(near).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A digit, or one of the words that figures in words have.
static SIGN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    expression::build(
        "(?i)[0-9]|fold|times|percent|per.cent|oubl|ripl|uadrupl|uintupl|halv|dollar|pound|yen|yuan|won|usd|eur|gbp|jpy|krw|cny",
    )
    .ok()
});

/// Whether a text may hold a figure; most text does not.
fn may_hold_a_figure(text: &str) -> bool {
    SIGN.as_ref().is_none_or(|sign| sign.is_match(text))
}

/// The phrase of the sentence of `span` that is nearest to it.
fn phrase_near(context: &Context<'_>, block: usize, span: Span<Plain>, near: &[Hit]) -> Option<usize> {
    let here = in_blocks(near, &(block..block + 1));
    // They do not overlap: where the nearest before it, or behind it, is in another sentence, so are those farther off.
    let next = here.partition_point(|hit| hit.span.start() <= span.start());
    let nearest = next.checked_sub(1).into_iter().chain([next]).filter_map(|at| here.get(at));
    let distance = |hit: &Hit| hit.span.start().abs_diff(span.start());
    let whole = |hit: &Hit| Span::new(hit.span.start().min(span.start()), hit.span.end().max(span.end()));
    let same_sentence = nearest.filter(|hit| !context.block(block).crosses_sentence(whole(hit)));
    same_sentence.min_by_key(|hit| distance(hit)).map(|hit| hit.phrase)
}
