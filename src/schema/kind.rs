//! The keys that each kind of rule has of its own. The files of `src/rule/kind/` read them.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::value::{OneOrMore, Place, Texts};
use crate::rule::kind::{MOST_COUNTED, MOST_WORDS};

/// Makes the schema of some keys.
type Keys = fn(&mut SchemaGenerator) -> Schema;

/// Each kind with its keys. A test holds the names to those of `src/rule/kind/`.
pub(super) const KEYS: &[(&str, Keys)] = &[
    ("phrase", Phrase::json_schema),
    ("pattern", Pattern::json_schema),
    ("near", Near::json_schema),
    ("require", Require::json_schema),
    ("term", Term::json_schema),
    ("consistent", Consistent::json_schema),
    ("limit", Limit::json_schema),
    ("formula", Formula::json_schema),
    ("figure", Figure::json_schema),
    ("order", Order::json_schema),
    ("balance", Balance::json_schema),
    ("repeated", Repeated::json_schema),
    ("lookalike", Lookalike::json_schema),
    ("weekday", Weekday::json_schema),
    ("numbering", Numbering::json_schema),
    ("promised", Promised::json_schema),
    ("spelling", Spelling::json_schema),
    ("ordinal", Ordinal::json_schema),
    ("reads-as", ReadsAs::json_schema),
    ("suppression", Suppression::json_schema),
];

#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{"required": ["phrases"]}, {"required": ["swap"]}]))]
struct Phrase {
    /// The phrases to find: `contain~ China` in any inflection, `(China|PRC) containment`, `contain~ *3 China` with up to three
    /// words between, `=ROK` in this case.
    phrases: Option<Texts>,
    /// Suggestions for all of the phrases: one, or a list, the best first.
    suggest: Option<Texts>,
    /// Phrases that have suggestions of their own: `{"undertake~": ["carry~ out", "intend~"]}`.
    swap: Option<BTreeMap<String, Texts>>,
    /// Phrases; what lies wholly inside one of these is not reported.
    except: Option<Texts>,
}

#[derive(JsonSchema)]
struct Pattern {
    /// A regular expression of the Rust crate regex, between single quotes. It sees a block's plain text, where a line break is
    /// one space; `(?i)` where case does not matter.
    regex: String,
    /// Suggestions; `$1` is the first group of the expression.
    suggest: Option<Texts>,
}

#[derive(JsonSchema)]
struct Near {
    /// The phrases to report.
    phrases: Texts,
    /// The phrases that may not be near.
    with: Texts,
    /// How near: `{words: 8}`, `sentence` or `paragraph`.
    within: Distance,
    /// Suggestions for the phrases.
    suggest: Option<Texts>,
    /// Phrases; what lies wholly inside one of these is not reported.
    except: Option<Texts>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Distance {
    Words(Words),
    Stretch(Stretch),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Words {
    /// The most words between.
    #[schemars(range(max = MOST_WORDS))]
    words: u64,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Stretch {
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

#[derive(JsonSchema)]
struct Require {
    /// One of these phrases must be there.
    phrases: Texts,
    /// Only if one of these phrases occurs; the first occurrence is reported.
    when: Option<Texts>,
    /// Where one of the phrases must be.
    #[schemars(extend("default" = "draft"))]
    within: Option<Place>,
}

#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{"required": ["short"]}, {"required": ["not"]}]))]
struct Term {
    /// The long form, or the only one.
    #[schemars(rename = "use")]
    long: Texts,
    /// The short form, which the long form must introduce: "Republic of Korea (ROK)".
    short: Option<Texts>,
    /// Variants that are wrong.
    not: Option<Texts>,
}

#[derive(JsonSchema)]
struct Consistent {
    /// The ways to say one thing, each a list of phrases: `[["East Sea"], ["Sea of Japan"]]`.
    #[schemars(length(min = 2))]
    either: Vec<Texts>,
}

#[derive(JsonSchema)]
struct Limit {
    /// The phrases to count.
    phrases: Texts,
    /// How many are not too many.
    #[schemars(range(max = MOST_COUNTED))]
    max: u64,
    /// In what they are counted.
    #[schemars(extend("default" = "draft"))]
    per: Option<Measure>,
    /// Suggestions for the phrases.
    suggest: Option<Texts>,
    /// Phrases; what lies wholly inside one of these is not counted.
    except: Option<Texts>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Measure {
    /// In the whole draft.
    Draft,
    /// In each section.
    Section,
    /// So many for every thousand words that is begun.
    #[schemars(rename = "1000-words")]
    ThousandWords,
}

#[derive(JsonSchema)]
struct Formula {
    /// The agreed language, of 3 to 60 words, or a list of the wordings that are all right.
    text: Texts,
    /// How much of it must be there, from 0 to 1; with 0.75, one word of four may be changed, missing or added.
    #[schemars(range(min = 0, max = 1), extend("default" = crate::rule::literal::SIMILARITY))]
    similarity: Option<f64>,
    /// `true`: a word that differs from the formula's by inflection alone is the same word.
    #[schemars(extend("default" = false))]
    inflected: Option<bool>,
    /// Phrases; what shares a word with one of these is not reported.
    except: Option<Texts>,
}

#[derive(JsonSchema)]
struct Figure {
    /// What to count.
    units: OneOrMore<Unit>,
    /// Only in a sentence that holds one of these phrases; a second figure for the same phrase that differs is labelled with the
    /// first.
    near: Option<Texts>,
    /// Figures that were cleared: "$10 billion" also clears "10bn dollars".
    allow: Option<Texts>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Unit {
    /// Sums in any currency.
    Money,
    /// Per cent.
    Percent,
    /// A share of gross domestic product.
    Gdp,
    /// Ninefold, three times, tripling.
    Ratio,
}

#[derive(JsonSchema)]
#[schemars(extend("dependencies" = {"first": ["names"]}))]
struct Order {
    /// The parties, each a list of its names: `[[ROK, Republic of Korea], [U.S., United States]]`. Without this key, the states
    /// that the text is between.
    #[schemars(length(min = 2))]
    names: Option<Vec<Texts>>,
    /// A name of the party that comes first; without it, the order that is used most is right.
    first: Option<String>,
}

#[derive(JsonSchema)]
struct Balance {
    /// What each party is called in the list, and its names: `{rok: [ROK], us: [U.S., United States]}`. Without this key, the
    /// states that the text is between.
    #[schemars(extend("minProperties" = 2))]
    parties: Option<BTreeMap<String, Texts>>,
    /// The verbs of a commitment: `[will, "commit~ to"]`.
    verbs: Texts,
    /// One side may have up to so many times as many commitments as another.
    #[schemars(extend("exclusiveMinimum" = 0, "default" = 2))]
    ratio: Option<f64>,
}

#[derive(JsonSchema)]
struct Repeated {
    /// Only these words; any without this key.
    words: Option<Texts>,
    /// Phrases in which a word may be doubled.
    except: Option<Texts>,
}

#[derive(JsonSchema)]
struct Lookalike {}

#[derive(JsonSchema)]
struct Weekday {
    /// What to report.
    #[schemars(extend("default" = "mismatch"))]
    find: Option<Date>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Date {
    /// A date with the wrong day of the week.
    Mismatch,
    /// A date that does not exist, such as 31 June.
    Impossible,
}

#[derive(JsonSchema)]
struct Numbering {}

#[derive(JsonSchema)]
struct Suppression {
    /// What is wrong with a comment that is to silence rules.
    fault: Fault,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Fault {
    /// It silences nothing.
    Unused,
    /// It has a command or a name that means nothing.
    Unknown,
    /// It gives no reason.
    Reason,
    /// It is to silence a red line.
    Redline,
    /// It is never ended.
    Open,
}

#[derive(JsonSchema)]
struct Promised {
    /// What to report.
    #[schemars(extend("default" = "sections"))]
    find: Option<Promise>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Promise {
    /// Items of a list that have no heading, where others have one.
    Sections,
    /// "Annex C" or "section 4" where the draft has annexes or sections, but not this one.
    References,
}

#[derive(JsonSchema)]
struct Spelling {
    /// More titles that stand before names, beside President, Minister, Mr. and the like.
    titles: Option<Texts>,
}

#[derive(JsonSchema)]
struct Ordinal {}

#[derive(JsonSchema)]
struct ReadsAs {
    /// What the text must not read as.
    document: ReadAs,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum ReadAs {
    /// A treaty: "IN WITNESS WHEREOF", full powers, Contracting Parties, a depositary.
    Treaty,
}
