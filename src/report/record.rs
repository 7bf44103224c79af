//! The shape of a finding in JSON: in `json` and `jsonl`, which `docs/report-json.md` describes and `docs/report.schema.json` is made of, in a
//! comparison and in what the language server gives to editors.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::NotRead;

use crate::context::Taken;
use crate::draft::{Draft, Paragraph};
use crate::finding::{Finding, Related, Revision, Suggestion, Suppression};
use crate::names::Actor;
use crate::rule::{Severity, Source};
use crate::span::{Position, Span};

/// The version of the shape. It rises when a key changes its meaning or goes away; keys may be added without.
pub(super) const VERSION: u32 = 1;

/// The whole report of `--format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "A report of comity check --format json", transform = with_line)]
pub(super) struct JsonReport<'a> {
    /// The version of this shape. It rises when a key changes its meaning or goes away; keys may be added without.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// What was found, by draft and place.
    findings: Vec<FindingRecord<'a>>,
    /// What each draft that was checked is taken for, in the order of the run.
    drafts: Vec<TakenRecord>,
    /// What was not read: files of kinds that are not read, in folders that were searched, and parts of drafts.
    not_read: Vec<NotReadRecord>,
    /// What could not be checked, drafts and folders, and why, a sentence each. What is wrong with a configuration or a pack
    /// stands once before the first draft that is not checked for it, with the file, the line, the column and the remedy.
    failures: Vec<&'a str>,
    /// How much was checked and found.
    summary: Summary,
}

/// One line of `--format jsonl`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonLine<'a> {
    /// As in a report.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    #[serde(flatten)]
    record: FindingRecord<'a>,
}

impl<'a> JsonLine<'a> {
    pub(super) fn new(draft: &'a Draft, finding: &'a Finding) -> JsonLine<'a> {
        JsonLine { version: VERSION, record: FindingRecord::new(draft, finding) }
    }
}

/// A file that was not read, or the parts of a draft that were not read for one reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NotRead")]
pub(super) struct NotReadRecord {
    /// The file or the draft: its path as it was given or found.
    path: String,
    /// `format`: a file of a kind that is not read; `name`: a file that would be a configuration if it had the name of one;
    /// `unchecked`: text that the packs do not look at, for its language or because it is hidden; all others: parts of a draft that
    /// are not taken for its text.
    #[schemars(extend("enum" = [
        "format", "name", "unchecked", "code", "code-span", "front-matter", "comment", "unclosed", "deleted", "hidden", "math",
        "extension"
    ]))]
    reason: &'static str,
    /// The lines of the draft that are not read, from 1: the first and the last of each stretch. Empty for a whole file, and where
    /// lines do not tell.
    lines: Vec<(usize, usize)>,
    /// What was not read, in words.
    message: String,
}

impl NotReadRecord {
    pub(super) fn new(not_read: &NotRead) -> NotReadRecord {
        let NotRead { path, reason, lines, message } = not_read.clone();
        NotReadRecord { path, reason: reason.name(), lines, message }
    }
}

/// What a draft is taken for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Draft")]
pub(super) struct TakenRecord {
    /// The draft: its path as it was given or found, or `<stdin>`.
    path: String,
    /// What it is.
    #[schemars(extend("enum" = ["statement", "memorandum", "treaty", "resolution", "transcript", "fact-sheet", "letter"]))]
    document: &'static str,
    /// Why it is taken for that.
    document_because: String,
    /// Who signs it: codes of ISO 3166-1 for states, of comity for bodies. Empty if it is not known.
    parties: Vec<&'static str>,
    /// How that is told.
    parties_because: String,
    /// Whose sensitivities count besides, by `guard`.
    guard: Vec<&'static str>,
    /// Its day, as far as it is told: a year, or a year, a month and a day; null if it is not.
    date: Option<String>,
}

impl TakenRecord {
    pub(super) fn new(draft: &Draft, taken: &Taken) -> TakenRecord {
        let codes = |actors: &[Actor]| actors.iter().map(|actor| actor.code()).collect();
        TakenRecord {
            path: draft.name().to_string(),
            document: taken.document.value.name(),
            document_because: taken.document.because.clone(),
            parties: codes(&taken.parties.value),
            parties_because: taken.parties.because.clone(),
            guard: codes(&taken.guard),
            date: taken.date.as_ref().map(|date| date.value.to_string()),
        }
    }
}

/// How much was checked and found.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The drafts that were checked.
    pub(super) drafts: usize,
    /// The drafts and folders that could not be checked.
    pub(super) failures: usize,
    /// The findings of severity error.
    pub(super) errors: usize,
    /// The findings of severity warning.
    pub(super) warnings: usize,
    /// The findings of severity note.
    pub(super) notes: usize,
    /// The findings that are suppressed, which count as none of these.
    pub(super) suppressed: usize,
}

impl Summary {
    pub(super) fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for finding in findings {
            if finding.suppressed.is_some() {
                self.suppressed += 1;
                continue;
            }
            match finding.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }
}

/// What silences a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Suppression")]
pub(super) struct Silence<'a> {
    /// `comment`: a comment in the draft; `baseline`: the baseline of the run.
    #[schemars(extend("enum" = ["comment", "baseline"]))]
    by: &'static str,
    /// The reason that the comment gives.
    reason: Option<&'a str>,
    /// The line of the comment, from 1; in a document the line of its text that the comment stands at.
    line: Option<usize>,
    /// The part of the document that holds the paragraph at which the comment stands in the margin; null in other drafts.
    part: Option<&'a str>,
    /// The number of that paragraph, from 1.
    paragraph: Option<usize>,
}

impl<'a> Silence<'a> {
    fn new(suppression: &'a Suppression) -> Silence<'a> {
        match suppression {
            Suppression::Comment { reason, at, paragraph } => Silence {
                by: "comment",
                reason: Some(reason),
                line: Some(at.line),
                part: paragraph.as_ref().map(|paragraph| &*paragraph.part),
                paragraph: paragraph.as_ref().map(|paragraph| paragraph.number),
            },
            Suppression::Baseline => Silence { by: "baseline", reason: None, line: None, part: None, paragraph: None },
        }
    }
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct FindingRecord<'a> {
    /// The draft: its path as it was given or found, or `<stdin>`.
    path: &'a str,
    #[serde(flatten)]
    head: Head<'a>,
    /// What was found: without markup, with a space for each line break.
    #[serde(rename = "match")]
    found: &'a str,
    /// The bytes of the span as they stand in the draft, with markup and line breaks.
    source_text: &'a str,
    /// What to write instead, the best first.
    suggestions: Vec<SuggestionRecord<'a>>,
    /// Other places in the draft that belong to it.
    related: Vec<RelatedRecord<'a>>,
    /// Facts of this finding alone, such as what was counted.
    notes: &'a [String],
    /// Why the wording is not wanted.
    why: Option<&'a str>,
    /// Who is likely to object to the wording.
    objection: &'a [String],
    /// Where the rule comes from; null if it is the house's own.
    source: Option<SourceRecord<'a>>,
    /// The tags of the rule.
    tags: &'a [Cow<'static, str>],
    /// Whether the rule is a red line, which no comment and no baseline can silence.
    redline: bool,
    /// What silences the finding; null if it is to be heard.
    suppressed: Option<Silence<'a>>,
    /// With `--revisions both`: what tracked changes have to do with the finding. One that is taken out has its places in the text
    /// before the changes. Null for one that is in both texts.
    #[schemars(extend("enum" = [
        "brought-in-by-insertion", "brought-in-by-deletion", "taken-out-by-deletion", "taken-out-by-insertion", null
    ]))]
    revision: Option<&'static str>,
    /// By what the finding is known again when the draft has changed: 16 hexadecimal digits. It depends neither on the path nor
    /// on the place.
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    fingerprint: String,
}

/// What every JSON of a finding begins with.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Head<'a> {
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    /// How grave it is.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    severity: &'static str,
    /// The rule: its pack, a slash, its name in the pack.
    rule: &'a str,
    /// What is wrong, in a sentence.
    message: &'a str,
}

/// Where something stands in its draft. In a document of an office suite, which has no lines, they are those of its text: each
/// paragraph of each part is a line.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PlaceRecord<'a> {
    /// The line of the first character, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// Its column, from 1, in Unicode scalar values; a byte-order mark is not counted.
    #[schemars(range(min = 1))]
    column: usize,
    /// The line behind the last character, from 1.
    #[schemars(range(min = 1))]
    end_line: usize,
    /// The column behind the last character, from 1.
    #[schemars(range(min = 1))]
    end_column: usize,
    span: Bytes,
    /// Where it stands in a document of an office suite; null in other drafts.
    document: Option<InDocument<'a>>,
}

/// A place in a document of an office suite.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "InDocument")]
struct InDocument<'a> {
    /// The part of the file, such as `word/document.xml`.
    part: &'a str,
    /// The paragraph of the part, from 1. Paragraphs of tables, text boxes and lists count, and empty ones.
    #[schemars(range(min = 1))]
    paragraph: usize,
    /// The first character in the paragraph, from 0, in Unicode scalar values.
    start: usize,
    /// Behind the last character.
    end: usize,
    /// The heading above it.
    heading: Option<&'a str>,
    /// The number that Word or LibreOffice draws before the paragraph, with those above that it does not show: `12 (b)`.
    label: Option<&'a str>,
}

/// Bytes of the draft, from 0, in UTF-8. A byte-order mark of UTF-8 is counted; of a draft in UTF-16, these are the bytes of the
/// text decoded.
#[derive(Debug, Serialize, JsonSchema)]
struct Bytes {
    /// The first byte.
    start: usize,
    /// Behind the last byte.
    end: usize,
}

/// Wording to put in the place of what was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Suggestion")]
pub(crate) struct SuggestionRecord<'a> {
    /// The wording, with the inflection and the capitals of what was found.
    text: &'a str,
    /// `safe`: may be put there unasked. `unsafe`: a person must read the sentence again. `none`: it is advice.
    #[schemars(extend("enum" = ["safe", "unsafe", "none"]))]
    applicability: &'static str,
}

/// Another place in the draft that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
struct RelatedRecord<'a> {
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    /// What it has to do with the finding.
    message: &'a str,
}

/// A document that a rule comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
struct SourceRecord<'a> {
    /// Its title.
    title: &'a str,
    /// Where it can be read.
    url: Option<&'a str>,
}

impl Finding {
    /// The finding of `draft` as the report `json` has it.
    pub fn to_json(&self, draft: &Draft) -> serde_json::Value {
        serde_json::json!(FindingRecord::new(draft, self))
    }
}

impl<'a> FindingRecord<'a> {
    pub(super) fn new(draft: &'a Draft, finding: &'a Finding) -> FindingRecord<'a> {
        let rule = &finding.rule;
        FindingRecord {
            path: &finding.draft,
            head: Head::new(finding),
            found: &finding.found,
            source_text: draft.version_of(finding).slice(finding.span),
            suggestions: finding.suggestions.iter().map(SuggestionRecord::new).collect(),
            related: finding.related.iter().map(RelatedRecord::new).collect(),
            notes: &finding.notes,
            why: rule.why(),
            objection: rule.objection(),
            source: rule.source().map(SourceRecord::new),
            tags: rule.tags(),
            redline: rule.is_redline(),
            suppressed: finding.suppressed.as_ref().map(Silence::new),
            revision: finding.revision.map(Revision::name),
            fingerprint: finding.fingerprint.to_string(),
        }
    }
}

impl<'a> Head<'a> {
    pub(crate) fn new(finding: &'a Finding) -> Head<'a> {
        Head {
            place: PlaceRecord::new(finding.span, finding.start, finding.end, finding.paragraph.as_deref()),
            severity: finding.severity().name(),
            rule: finding.rule.id().as_str(),
            message: &finding.message,
        }
    }
}

impl<'a> PlaceRecord<'a> {
    pub(crate) fn new(span: Span, start: Position, end: Position, paragraph: Option<&'a Paragraph>) -> PlaceRecord<'a> {
        let document = paragraph.map(|paragraph| InDocument::new(paragraph, start, end));
        PlaceRecord {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            span: Bytes { start: span.start(), end: span.end() },
            document,
        }
    }
}

impl<'a> InDocument<'a> {
    fn new(paragraph: &'a Paragraph, start: Position, end: Position) -> InDocument<'a> {
        InDocument {
            part: &paragraph.part,
            paragraph: paragraph.number,
            start: start.column - 1,
            end: end.column - 1,
            heading: paragraph.heading.as_deref(),
            label: paragraph.label.as_deref(),
        }
    }
}

impl<'a> SuggestionRecord<'a> {
    pub(crate) fn new(suggestion: &'a Suggestion) -> SuggestionRecord<'a> {
        SuggestionRecord { text: &suggestion.text, applicability: suggestion.fix.name() }
    }
}

impl<'a> RelatedRecord<'a> {
    fn new(related: &'a Related) -> RelatedRecord<'a> {
        RelatedRecord {
            place: PlaceRecord::new(related.span, related.start, related.end, related.paragraph.as_deref()),
            message: &related.message,
        }
    }
}

impl<'a> SourceRecord<'a> {
    fn new(source: &'a Source) -> SourceRecord<'a> {
        SourceRecord { title: &source.title, url: source.url.as_deref() }
    }
}

/// The JSON Schema of the report of `--format json`; under `$defs/Line` that of a line of `--format jsonl`.
pub fn json_schema() -> Schema {
    SchemaGenerator::default().into_root_schema_for::<JsonReport<'static>>()
}

/// Adds the line of `jsonl`, which no report holds.
fn with_line(schema: &mut Schema) {
    let mut generator = SchemaGenerator::default();
    let line = JsonLine::json_schema(&mut generator);
    let defs = schema.ensure_object().entry("$defs").or_insert_with(|| serde_json::json!({}));
    if let Some(defs) = defs.as_object_mut() {
        defs.insert("Line".to_owned(), line.into());
    }
}
