//! `sarif`: SARIF 2.1.0, which GitHub code scanning and the viewers of editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use serde_json::{Value, json};
use termcolor::WriteColor;

use super::{Failure, FailurePlace, Items, NotRead, ReportFormat, ReportSettings, Reporter, json_line};
use crate::draft::{Draft, Paragraph};
use crate::escape::{markdown, sarif_text, uri, web_url};
use crate::finding::{Finding, Revision, Suppression};
use crate::rule::message::PLACEHOLDERS;
use crate::rule::{Fix, Rule, RuleId, Severity};
use crate::span::{Position, Span};

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "sarif",
    about: "SARIF 2.1.0, for GitHub code scanning and viewers",
    suppressed: true,
    begin: |_: &ReportSettings| Box::new(Sarif::default()),
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Default)]
struct Sarif {
    results: Items,
    /// The rules that found something, in the order in which they first did. They come behind the results, so that no result
    /// has to be kept.
    rules: Vec<Arc<Rule>>,
    indices: HashMap<RuleId, usize>,
    /// The notifications of drafts that could not be checked.
    unchecked: Vec<Value>,
    /// The notifications of the causes.
    causes: Vec<Value>,
    /// The notifications of what was not read.
    not_read: Vec<Value>,
}

impl Reporter for Sarif {
    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        let head = json!({"$schema": SCHEMA, "version": "2.1.0"}).to_string();
        let head = head.trim_end_matches('}');
        write!(out, "{head},\"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let index = *self.indices.entry(finding.rule.id().clone()).or_insert_with(|| {
                self.rules.push(Arc::clone(&finding.rule));
                self.rules.len() - 1
            });
            self.results.write(out, &result(draft, finding, index))?;
        }
        Ok(())
    }

    fn failed(&mut self, _: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        let mut notification = json!({"level": "error", "message": message(failure.message())});
        if let Some(FailurePlace { path, start, end }) = failure.place() {
            let place = json!({"artifactLocation": {"uri": uri(path)}, "region": lines_and_columns(*start, *end)});
            notification["locations"] = json!([{"physicalLocation": place}]);
        }
        match failure {
            Failure::Unchecked(_) => self.unchecked.push(notification),
            Failure::Cause { .. } => self.causes.push(notification),
        }
        Ok(())
    }

    fn not_read(&mut self, _: &mut dyn WriteColor, not_read: &NotRead) -> io::Result<()> {
        let place = |region: Value| {
            let mut place = json!({"artifactLocation": {"uri": uri(&not_read.path)}});
            if !region.is_null() {
                place["region"] = region;
            }
            json!({"physicalLocation": place})
        };
        let lines = not_read.lines.iter().map(|(first, last)| json!({"startLine": first, "endLine": last}));
        let mut locations: Vec<Value> = lines.map(place).collect();
        if locations.is_empty() {
            locations.push(place(Value::Null));
        }
        let message = message(&format!("{}: {}", not_read.path, not_read.message));
        self.not_read.push(json!({"level": "note", "message": message, "locations": locations}));
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        let notifications: Vec<&Value> = self.unchecked.iter().chain(&self.not_read).collect();
        let invocation = json!({
            "executionSuccessful": self.unchecked.is_empty(),
            "toolExecutionNotifications": notifications,
            "toolConfigurationNotifications": self.causes,
        });
        let tool = json!({"driver": {
            "name": "comity",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        }});
        let (invocation, tool) = (json_line(&invocation)?, json_line(&tool)?);
        writeln!(out, "\n],\"invocations\":[{invocation}],\"tool\":{tool}}}]}}")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(draft: &Draft, finding: &Finding, index: usize) -> Value {
    let draft = draft.version_of(finding);
    let location = |span, start, end, paragraph| {
        let region = region(draft, span, start, end);
        let mut location =
            json!({"physicalLocation": {"artifactLocation": {"uri": uri(draft.name())}, "region": region}});
        if let Some(paragraph) = paragraph {
            in_document(&mut location, paragraph, start, end);
        }
        location
    };
    let related = finding.related.iter().enumerate().map(|(id, related)| {
        let mut place = location(related.span, related.start, related.end, related.paragraph.as_deref());
        place["id"] = id.into();
        place["message"] = message(&related.message);
        place
    });
    let facts = finding.notes.iter().map(String::as_str).chain(finding.revision.map(Revision::note));
    let text = std::iter::once(finding.message.as_str()).chain(facts).collect::<Vec<_>>().join("\n");
    let suppressions = finding.suppressed.iter().map(|suppression| match suppression {
        Suppression::Comment { reason, at, paragraph } => {
            let region = json!({"startLine": at.line, "startColumn": at.column});
            let mut place =
                json!({"physicalLocation": {"artifactLocation": {"uri": uri(draft.name())}, "region": region}});
            if let Some(paragraph) = paragraph {
                in_document(&mut place, paragraph, *at, *at);
            }
            json!({"kind": "inSource", "justification": &**reason, "location": place})
        }
        Suppression::Baseline => json!({"kind": "external"}),
    });
    json!({
        "ruleId": finding.rule.id().as_str(),
        "ruleIndex": index,
        "level": level(finding.severity()),
        "message": message(&text),
        "locations": [location(finding.span, finding.start, finding.end, finding.paragraph.as_deref())],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": fixes(draft, finding),
        "partialFingerprints": {"comity/v1": finding.fingerprint.to_string()},
        // None at all says that suppressions are not told; an empty list says that there is none.
        "suppressions": suppressions.collect::<Vec<_>>(),
    })
}

/// Says where something stands in a document of an office suite, whose file has no lines: the region is one of its text.
fn in_document(location: &mut Value, paragraph: &Paragraph, start: Position, end: Position) {
    let name = format!("{}#{}", paragraph.part, paragraph.number);
    location["logicalLocations"] = json!([{"fullyQualifiedName": name, "kind": "element"}]);
    location["properties"] = json!({
        "part": &*paragraph.part,
        "paragraph": paragraph.number,
        "charStart": start.column - 1,
        "charEnd": end.column - 1,
        "heading": paragraph.heading.as_deref(),
        "label": paragraph.label.as_deref(),
    });
}

/// A byte-order mark is not counted, so a draft has the same offsets in each encoding.
fn region(draft: &Draft, span: Span, start: Position, end: Position) -> Value {
    let first = draft.chars_before(span.start());
    let mut region = lines_and_columns(start, end);
    region["charOffset"] = first.into();
    region["charLength"] = (draft.chars_before(span.end()) - first).into();
    region["snippet"] = json!({"text": draft.slice(span)});
    region
}

fn lines_and_columns(start: Position, end: Position) -> Value {
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// The suggestions that may be put into the draft, each a fix of its own.
fn fixes(draft: &Draft, finding: &Finding) -> Vec<Value> {
    if !draft.is_text() {
        return Vec::new();
    }
    let deleted = region(draft, finding.span, finding.start, finding.end);
    let fix = |text: &str, fix: Fix| {
        json!({
            "description": message(&format!("Write: {text}")),
            "artifactChanges": [{
                "artifactLocation": {"uri": uri(draft.name())},
                "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": text}}],
            }],
            "properties": {"applicability": fix.name()},
        })
    };
    let usable = finding.suggestions.iter().filter(|suggestion| suggestion.fix != Fix::None);
    usable.map(|suggestion| fix(&suggestion.text, suggestion.fix)).collect()
}

fn descriptor(rule: &Rule) -> Value {
    // What stands for the text of a draft is left open.
    let about = PLACEHOLDERS
        .iter()
        .fold(rule.message().to_owned(), |text, name| text.replace(&format!("{{{name}}}"), "\u{2026}"));
    let mut descriptor = json!({
        "id": rule.id().as_str(),
        "shortDescription": {"text": about},
        "fullDescription": {"text": rule.why().unwrap_or(&about)},
        "help": help(rule),
        "defaultConfiguration": {"level": level(rule.severity())},
        "properties": {"tags": rule.tags(), "problem.severity": problem_severity(rule.severity()), "redline": rule.is_redline()},
    });
    if let Some(url) = rule.source().and_then(|source| source.url.as_deref()).and_then(web_url) {
        descriptor["helpUri"] = url.into();
    }
    descriptor
}

/// The severity of a query in the words of GitHub.
fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

/// The reason, what to say instead, who may object, and the source.
fn help(rule: &Rule) -> Value {
    let facts = [
        ("Why", rule.why().unwrap_or_default().to_owned()),
        ("Say instead", rule.suggestions().join("; or: ")),
        ("Likely objection", rule.objection().join(", ")),
        ("Source", rule.source().map_or_else(String::new, |source| source.title.clone())),
    ];
    let facts = facts.iter().filter(|(_, fact)| !fact.is_empty());
    let (mut text, mut markdown) = (Vec::new(), Vec::new());
    for (name, fact) in facts {
        text.push(format!("{name}: {fact}"));
        markdown.push(format!("**{name}:** {}", markdown::text(fact)));
    }
    let explain = format!("comity explain {}", rule.id());
    text.push(explain.clone());
    markdown.push(format!("`{explain}`"));
    json!({"text": text.join("\n\n"), "markdown": markdown.join("\n\n")})
}

fn message(text: &str) -> Value {
    json!({"text": sarif_text(text)})
}
