//! Findings, and the problems of packs and configurations, as an editor shows them.

use std::path::Path;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Range,
};
use serde::Serialize;
use serde_json::json;

use super::check::{CheckContent, CheckResult};
use super::client::Client;
use super::document::OpenDocument;
use super::setups::FoundSetup;
use super::text::EditorText;
use super::uri::uri_of;
use crate::config::ConfigError;
use crate::escape::{Shown, is_web_url};
use crate::finding::{Finding, Suggestion};
use crate::lint::dedup;
use crate::report::{SuggestionRecord, say};
use crate::rule::{Rule, Severity};
use crate::session::SetupError;
use crate::span::Span;
use crate::yaml::{Problem, Problems, YamlError};

/// The `source` of the diagnostics of comity.
pub(super) const SOURCE: &str = "comity";

/// The most places in other files that one diagnostic names.
const MAX_RELATED: usize = 10;

/// The diagnostics that a check comes to.
pub(super) fn diagnostics(document: &OpenDocument, checked: &CheckResult, client: &Client) -> Vec<Diagnostic> {
    let text = &document.text;
    match &checked.content {
        CheckContent::Draft(_, findings) => {
            let trouble = trouble(&checked.found, text, client);
            let shown = dedup(findings.clone());
            trouble.into_iter().chain(shown.iter().map(|finding| of_finding(finding, document, client))).collect()
        }
        CheckContent::Yaml(problems) => problems.iter().map(|problem| of_problem(problem, text)).collect(),
        CheckContent::Nothing => Vec::new(),
        CheckContent::Failed(message, at) => {
            let failed = Diagnostic {
                range: at.map_or_else(|| first_line(text), |at| text.range(Span::new(at, at + 1))),
                severity: Some(DiagnosticSeverity::ERROR),
                code: code("not-checked"),
                source: Some(SOURCE.to_owned()),
                message: Shown(message).to_string(),
                ..Diagnostic::default()
            };
            trouble(&checked.found, text, client).into_iter().chain([failed]).collect()
        }
    }
}

/// A suggestion, for what an editor makes of it.
#[derive(Debug, Serialize)]
struct Offer<'a> {
    #[serde(flatten)]
    wording: SuggestionRecord<'a>,
    /// The applicability in the word of packs, which editors had at first.
    fix: &'static str,
}

impl<'a> Offer<'a> {
    fn new(suggestion: &'a Suggestion) -> Offer<'a> {
        Offer { wording: SuggestionRecord::new(suggestion), fix: suggestion.fix.name() }
    }
}

pub(super) fn of_finding(finding: &Finding, document: &OpenDocument, client: &Client) -> Diagnostic {
    let rule = &finding.rule;
    let suggestions: Vec<Offer<'_>> = finding.suggestions.iter().map(Offer::new).collect();
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location { uri: document.uri.clone(), range: document.text.range(related.span) },
        message: Shown(&related.message).to_string(),
    });
    let tags = tags_of(rule);
    Diagnostic {
        range: document.text.range(finding.span),
        severity: Some(match finding.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: code(rule.id().as_str()),
        code_description: href_of(rule),
        source: Some(SOURCE.to_owned()),
        message: message_of(finding),
        related_information: (client.related && !finding.related.is_empty()).then(|| related.collect()),
        tags: (client.tags && !tags.is_empty()).then_some(tags),
        data: Some(json!({"suggestions": suggestions})),
    }
}

/// The message, with what to say instead and what was counted in lines of their own.
fn message_of(finding: &Finding) -> String {
    let mut lines = vec![Shown(&finding.message).to_string()];
    if !finding.suggestions.is_empty() {
        lines.push(Shown(&say(finding)).to_string());
    }
    lines.extend(finding.notes.iter().flat_map(|note| note.lines()).map(|line| Shown(line).to_string()));
    lines.join("\n")
}

fn code(name: &str) -> Option<NumberOrString> {
    Some(NumberOrString::String(name.to_owned()))
}

fn href_of(rule: &Rule) -> Option<CodeDescription> {
    let url = rule.source()?.url.as_deref().filter(|url| is_web_url(url))?;
    Some(CodeDescription { href: url.parse().ok()? })
}

/// A doubled word may go; the name of a state that has another name now is out of date.
fn tags_of(rule: &Rule) -> Vec<DiagnosticTag> {
    let mut tags = Vec::new();
    if rule.kind() == "repeated" {
        tags.push(DiagnosticTag::UNNECESSARY);
    }
    if rule.tags().iter().any(|tag| tag == "renamed-state") {
        tags.push(DiagnosticTag::DEPRECATED);
    }
    tags
}

fn of_problem(problem: &Problem, text: &EditorText) -> Diagnostic {
    // The reader of YAML leaves a byte-order mark out.
    let mark = if text.as_str().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let help = problem.help.iter().map(|help| format!("\nhelp: {help}"));
    // An example that fails is a rule to look at again; everything else keeps the file from being used.
    let is_example = problem.code == "failed-example";
    Diagnostic {
        range: text.range(Span::new(problem.span.start() + mark, problem.span.end() + mark)),
        severity: Some(if is_example { DiagnosticSeverity::WARNING } else { DiagnosticSeverity::ERROR }),
        code: code(problem.code),
        source: Some(SOURCE.to_owned()),
        message: std::iter::once(problem.message.clone()).chain(help).collect::<String>(),
        ..Diagnostic::default()
    }
}

/// Makes the diagnostic that the configuration of a draft is wrong, so that nobody takes the draft for clean.
fn trouble(found: &FoundSetup, text: &EditorText, client: &Client) -> Option<Diagnostic> {
    let trouble = found.trouble.as_ref()?;
    let rest = match found.setup {
        Some(_) => "the rules of before are used",
        None => "the draft is not checked",
    };
    let reason = trouble.to_string();
    let reason: Vec<String> = reason.lines().take(MAX_RELATED).map(|line| Shown(line).to_string()).collect();
    let related = related_files(trouble, client);
    Some(Diagnostic {
        range: first_line(text),
        severity: Some(DiagnosticSeverity::ERROR),
        code: code("configuration"),
        source: Some(SOURCE.to_owned()),
        message: format!("the configuration cannot be used; {rest}\n{}", reason.join("\n")),
        related_information: (client.related && !related.is_empty()).then_some(related),
        ..Diagnostic::default()
    })
}

/// The places in configurations and packs that are wrong.
fn related_files(trouble: &SetupError, client: &Client) -> Vec<DiagnosticRelatedInformation> {
    let SetupError::Config(error) = trouble else {
        return Vec::new();
    };
    let ConfigError::Files(files) = &**error else {
        return Vec::new();
    };
    let invalid = files.iter().filter_map(|file| match &file.error {
        YamlError::Invalid(problems) => Some(problems),
        _ => None,
    });
    invalid.flat_map(|problems| related_problems(problems, client)).take(MAX_RELATED).collect()
}

fn related_problems(problems: &Problems, client: &Client) -> Vec<DiagnosticRelatedInformation> {
    let Some(uri) = uri_of(Path::new(&*problems.name)) else {
        return Vec::new();
    };
    let text = EditorText::new(problems.text.to_string(), client.encoding);
    let place = |problem: &Problem| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: text.range(problem.span) },
        message: problem.message.clone(),
    };
    problems.list.iter().take(MAX_RELATED).map(place).collect()
}

fn first_line(text: &EditorText) -> Range {
    text.range(Span::new(0, text.line_at(0).1.len()))
}
