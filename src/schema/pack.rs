//! A pack, and the keys that rules of every kind have. `src/rule/pack.rs` reads them.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::value::{DocumentKindSchema, KebabCase, SeveritySchema};
use crate::declare::{OneOrMore, Phrases, TextList};
use crate::rule::holds::Unconcerned;
use crate::rule::part::PartOfSpeech;
use crate::rule::phrase::Boundary;
use crate::rule::scope::Quoted;
use crate::rule::{Concern, Fix};
use crate::text::BlockKind;

/// A pack of rules for comity: what each rule looks for in a draft, why, and what to say instead.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PackSchema {
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
    sources: Option<BTreeMap<String, SourceSchema>>,
    /// `true`: a check runs the pack only where it is asked for by name.
    #[schemars(extend("default" = false))]
    optional: Option<bool>,
    /// Lists of other packs: the name of one that ships, or the path of a file.
    #[schemars(rename = "use")]
    uses: Option<TextList>,
    /// Wordings that phrases share: `{china}` in a phrase stands for one of the list `china`.
    lists: Option<BTreeMap<KebabCase, Phrases>>,
    /// What holds for the rules that do not say otherwise.
    defaults: Option<DefaultsSchema>,
    /// The rules.
    rules: Vec<RuleSchema>,
}

/// What holds for the rules of a pack that do not say otherwise.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DefaultsSchema {
    /// How much they matter.
    severity: Option<SeveritySchema>,
    /// A name under `sources`, or `house`.
    source: Option<String>,
    /// Names for groups of rules.
    tags: Option<TextList>,
    /// What may be done with the suggestions.
    fix: Option<Fix>,
    #[serde(flatten)]
    holds: HoldsSchema,
}

/// In which texts a rule holds, and whom it concerns.
#[derive(JsonSchema)]
struct HoldsSchema {
    /// What the rule is about, which tells where its findings count.
    #[schemars(extend("default" = "substance"))]
    concern: Option<Concern>,
    /// The kinds of text in which the rule holds; all without this key.
    documents: Option<OneOrMore<DocumentKindSchema>>,
    /// The day from which on a name holds, such as `2002-05-20`: in a text of an earlier day the rule has nothing to say.
    since: Option<String>,
    /// `true`: a name is reported at each place, not once a draft.
    each: Option<bool>,
    /// Who is likely to object: states, by ISO 3166 code or usual name, bodies, and a few roles.
    objection: Option<TextList>,
    /// Whose sensitivity the rule guards besides.
    guard: Option<TextList>,
    /// The parties between which a text must be for the rule to hold.
    between: Option<TextList>,
    /// What becomes of findings where nobody whom the rule concerns signs or is guarded.
    #[schemars(extend("default" = "note"))]
    unconcerned: Option<Unconcerned>,
}

/// A document that rules come from.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SourceSchema {
    /// The title of the document.
    title: String,
    /// Where it can be read.
    url: Option<String>,
    /// The day on which it was last looked up, such as `2026-11-30`.
    checked: Option<String>,
    /// What was found then.
    found: Option<String>,
}

/// One thing to look for.
#[derive(JsonSchema)]
#[schemars(transform = super::add_kinds)]
struct RuleSchema {
    /// The name of the rule, in kebab case, once in a pack.
    id: KebabCase,
    /// How much it matters.
    #[schemars(extend("default" = "warning"))]
    severity: Option<SeveritySchema>,
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
    #[serde(flatten)]
    holds: HoldsSchema,
    /// A name under `sources`, or `house` for a rule of your own, whose reason is `why`.
    source: Option<String>,
    /// Names for groups of rules: `--select`, `--ignore` and comity.yml take them.
    tags: Option<TextList>,
    /// What may be done with the suggestions.
    #[schemars(extend("default" = "unsafe"))]
    fix: Option<Fix>,
    /// What the suggestions are in their sentence, where their words do not tell it.
    #[schemars(rename = "as")]
    part: Option<PartOfSpeech>,
    /// The kinds of blocks to look at; all without this key.
    scope: Option<OneOrMore<BlockKind>>,
    /// Phrases; what lies wholly inside one of these is left alone.
    except: Option<Phrases>,
    /// What to do with block quotations and text between quotation marks.
    #[schemars(extend("default" = "check"))]
    quoted: Option<Quoted>,
    /// Where a phrase of this rule may begin and end, if not where those of the pack may.
    boundary: Option<Boundary>,
    /// Inflections that `~` gets wrong: `{input: [inputs, input, inputting]}`.
    forms: Option<BTreeMap<String, TextList>>,
    /// Drafts that hold the rule to what it is meant to do. `comity test` runs them.
    examples: Option<ExamplesSchema>,
}

/// Drafts that hold a rule to what it is meant to do.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ExamplesSchema {
    /// Drafts that the rule must flag.
    flag: Option<TextList>,
    /// Drafts that it must leave alone.
    pass: Option<TextList>,
    /// Drafts, with what the first suggestion makes of them.
    fixed: Option<BTreeMap<String, String>>,
}
