//! A pack, and the keys that rules of every kind have. `src/rule/pack.rs` reads them.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::value::{KebabCase, OneOrMore, Severity, Texts};

/// A pack of rules for comity: what each rule looks for in a draft, why, and what to say instead.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Pack {
    /// The version of this format.
    #[schemars(extend("const" = 1))]
    schema: u64,
    /// The name of the pack, in kebab case. A rule is called by it: `framing/china-containment`.
    pack: KebabCase,
    /// What the pack is called in reports.
    title: Option<String>,
    /// What the pack is for, and whose sensitivity it guards.
    description: Option<String>,
    /// The language of the drafts, such as `en`. What a page marks as another language is left alone.
    language: Option<String>,
    /// Where a phrase may begin and end.
    #[schemars(extend("default" = "word"))]
    boundary: Option<Boundary>,
    /// Documents that rules come from, each under the name that rules have in `source`.
    sources: Option<BTreeMap<String, Source>>,
    /// The rules.
    rules: Vec<Rule>,
}

/// Where a phrase may begin and end.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Boundary {
    /// It begins and ends at the edge of a word.
    Word,
    /// It begins at the edge of a word: for a language that puts particles behind its words, such as Korean.
    Left,
    /// Anywhere: for a language without spaces, such as Japanese.
    None,
}

/// A document that rules come from.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Source {
    /// The title of the document.
    title: String,
    /// Where it can be read.
    url: Option<String>,
}

/// One thing to look for.
#[derive(JsonSchema)]
#[schemars(transform = super::add_kinds)]
struct Rule {
    /// The name of the rule, in kebab case, once in a pack.
    id: KebabCase,
    /// How much it matters.
    #[schemars(extend("default" = "warning"))]
    severity: Option<Severity>,
    /// `true`: an error that no comment in a draft and no baseline can silence.
    #[schemars(extend("default" = false))]
    redline: Option<bool>,
    /// How the rule looks. Each kind has keys of its own.
    #[schemars(extend("default" = "phrase"))]
    kind: Option<String>,
    /// What is wrong. `{match}` is the text found, `{suggestion}` the first suggestion, `{expected}` what should be there,
    /// `{count}` a number.
    message: Option<String>,
    /// The reason.
    why: Option<String>,
    /// Who is likely to object to the wording.
    objection: Option<Texts>,
    /// A name under `sources`, or `house` for a rule of your own, whose reason is `why`.
    source: Option<String>,
    /// Names for groups of rules: `--select`, `--ignore` and comity.yml take them.
    tags: Option<Texts>,
    /// What may be done with the suggestions.
    #[schemars(extend("default" = "unsafe"))]
    fix: Option<Fix>,
    /// The kinds of blocks to look at; all without this key.
    scope: Option<OneOrMore<Block>>,
    /// What to do with block quotations and text between quotation marks.
    #[schemars(extend("default" = "check"))]
    quoted: Option<Quoted>,
    /// Where a phrase of this rule may begin and end, if not where those of the pack may.
    boundary: Option<Boundary>,
    /// Inflections that `~` gets wrong: `{input: [inputs, input, inputting]}`.
    forms: Option<BTreeMap<String, Texts>>,
    /// Drafts that hold the rule to what it is meant to do. `comity test` runs them.
    examples: Option<Examples>,
}

/// What may be done with the suggestions.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Fix {
    /// The first suggestion may be applied unasked.
    Safe,
    /// A person must read the sentence again.
    Unsafe,
    /// The suggestions are advice.
    None,
}

/// A kind of block.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Block {
    /// The first heading of the highest level.
    Title,
    /// Any other heading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    List,
    /// A paragraph of a block quotation.
    Quotation,
    /// A cell of a table.
    Table,
    /// A paragraph of a footnote.
    Footnote,
    /// A caption, or the text that stands for an image.
    Caption,
}

/// What to do with quotations.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Quoted {
    /// Look at them.
    Check,
    /// Leave them alone.
    Skip,
}

/// Drafts that hold a rule to what it is meant to do.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Examples {
    /// Drafts that the rule must flag.
    flag: Option<Texts>,
    /// Drafts that it must leave alone.
    pass: Option<Texts>,
    /// Drafts, with what the first suggestion makes of them.
    fixed: Option<BTreeMap<String, String>>,
}
