//! `rdjson`: the diagnostic format of reviewdog, which puts findings and suggestions into reviews of every forge.
//!
//! <https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>: columns count bytes of UTF-8, an end is exclusive.

use std::io;

use serde_json::{Value, json};
use termcolor::WriteColor;

use super::{Items, ReportFormat, ReportSettings, Reporter, advice};
use crate::draft::Draft;
use crate::escape::{slashes, web_url};
use crate::finding::Finding;
use crate::rule::{Fix, Severity};

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "rdjson",
    about: "the diagnostic format of reviewdog",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Rdjson::default()),
};

#[derive(Default)]
struct Rdjson {
    findings: Items,
}

impl Reporter for Rdjson {
    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "{{\"source\":{{\"name\":\"comity\"}},\"diagnostics\":[")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        findings.iter().try_for_each(|finding| self.findings.write(out, &diagnostic(draft, finding)))
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}

fn diagnostic(draft: &Draft, finding: &Finding) -> Value {
    let draft = draft.version_of(finding);
    let range = json!({
        "start": {"line": finding.start.line, "column": draft.byte_column(finding.span.start())},
        "end": {"line": finding.end.line, "column": draft.byte_column(finding.span.end())},
    });
    // reviewdog offers each of them as a change, so what is only advice stays in the message.
    // In a document of an office suite nothing can be changed by line and column.
    let usable = finding.suggestions.iter().filter(|suggestion| suggestion.fix != Fix::None && draft.is_text());
    let suggestions: Vec<Value> = usable.map(|suggestion| json!({"range": range, "text": suggestion.text})).collect();
    let mut code = json!({"value": finding.rule.id().as_str()});
    if let Some(url) = finding.rule.source().and_then(|source| source.url.as_deref()).and_then(web_url) {
        code["url"] = url.into();
    }
    json!({
        "message": advice(finding),
        "location": {"path": slashes(&finding.draft), "range": range},
        "severity": severity(finding.severity()),
        "code": code,
        "suggestions": suggestions,
    })
}
