//! `--statistics`: how often each rule fires, and in how many drafts, in place of the findings themselves.
//!
//! Only counts are kept, so that an archive of any size fits.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use super::{Reporter, counted};
use crate::draft::Draft;
use crate::escape::{Shown, shown_json};
use crate::finding::Finding;
use crate::lint::Unused;
use crate::rule::{RuleId, Severity};

/// The version of the JSON shape. It rises when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// The shape in which counts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    /// An aligned table.
    Human,
    /// One JSON document.
    Json,
    /// A Markdown table.
    Markdown,
}

impl Statistics {
    /// Every shape with its name; the first is the default.
    pub const NAMES: &'static [(&'static str, Statistics)] =
        &[("human", Statistics::Human), ("json", Statistics::Json), ("markdown", Statistics::Markdown)];

    /// Begins to count.
    pub fn begin(self) -> Box<dyn Reporter> {
        Box::new(Counter { shape: self, rules: HashMap::new(), totals: Totals::default(), unused: None })
    }
}

struct Counter {
    shape: Statistics,
    /// A configuration may give a rule another severity in some drafts: then it has a line for each.
    rules: HashMap<(Severity, RuleId), Count>,
    totals: Totals,
    /// The rules that matched nothing, if they were asked for.
    unused: Option<Unused>,
}

#[derive(Default)]
struct Count {
    hits: usize,
    drafts: usize,
    /// The number of the draft that was counted last.
    last: usize,
}

/// One line of the table.
#[derive(Debug, Serialize)]
struct RuleRow<'c> {
    rule: &'c str,
    severity: &'static str,
    hits: usize,
    drafts: usize,
}

#[derive(Default)]
struct Totals {
    drafts: usize,
    words: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    drafts_with_errors: usize,
}

impl Reporter for Counter {
    fn draft(&mut self, _: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        self.totals.add(draft, findings);
        for finding in findings {
            let count = self.rules.entry((finding.severity(), finding.rule.id().clone())).or_default();
            count.hits += 1;
            count.drafts += usize::from(count.last != self.totals.drafts);
            count.last = self.totals.drafts;
        }
        Ok(())
    }

    fn unused(&mut self, unused: Unused) {
        self.unused = Some(unused);
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        let unused = self.unused.as_ref();
        let text = match self.shape {
            Statistics::Human => human(&self.rows(), &self.totals) + &unused.map(unused_human).unwrap_or_default(),
            Statistics::Json => json(&self.rows(), &self.totals, unused)?,
            Statistics::Markdown => {
                markdown(&self.rows(), &self.totals) + &unused.map(unused_markdown).unwrap_or_default()
            }
        };
        out.write_all(text.as_bytes())
    }
}

impl Counter {
    /// The gravest first, then the most frequent, then by name.
    fn rows(&self) -> Vec<RuleRow<'_>> {
        let mut rows: Vec<(Severity, RuleRow<'_>)> = Vec::with_capacity(self.rules.len());
        for ((severity, id), &Count { hits, drafts, .. }) in &self.rules {
            rows.push((*severity, RuleRow { rule: id.as_str(), severity: severity.name(), hits, drafts }));
        }
        rows.sort_by_key(|(severity, row)| (Reverse((*severity, row.hits)), row.rule));
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

impl Totals {
    fn add(&mut self, draft: &Draft, findings: &[Finding]) {
        let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
        let errors = count(Severity::Error);
        self.drafts += 1;
        self.words += draft.words();
        self.errors += errors;
        self.warnings += count(Severity::Warning);
        self.notes += count(Severity::Note);
        self.drafts_with_errors += usize::from(errors > 0);
    }

    fn warnings_per_1000_words(&self) -> f64 {
        ratio(1000 * self.warnings, self.words)
    }

    fn error_percent(&self) -> f64 {
        ratio(100 * self.drafts_with_errors, self.drafts)
    }

    /// Says what was checked, what was found, and how much that is.
    fn sentence(&self) -> String {
        format!(
            "{} of {}: {}, {}, {}; {:.2} warnings per 1000 words; errors in {} ({:.1} %)",
            counted(self.drafts, "draft"),
            counted(self.words, "word"),
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
            counted(self.notes, "note"),
            self.warnings_per_1000_words(),
            counted(self.drafts_with_errors, "draft"),
            self.error_percent(),
        )
    }
}

/// `part` for each one of `whole`; 0 where there is nothing.
#[allow(clippy::cast_precision_loss, reason = "counts of words and findings are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn human(rows: &[RuleRow<'_>], totals: &Totals) -> String {
    let mut text = String::new();
    if !rows.is_empty() {
        let wide = rows.iter().map(|row| row.rule.len()).max().unwrap_or(0).max("rule".len());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:wide$}  {:8}  {:>6}  {:>6}", "rule", "severity", "hits", "drafts");
        for RuleRow { rule, severity, hits, drafts } in rows {
            let _ = writeln!(text, "{rule:wide$}  {severity:8}  {hits:>6}  {drafts:>6}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", totals.sentence());
    text
}

/// The names of rules, severities and numbers have nothing to escape.
fn markdown(rows: &[RuleRow<'_>], totals: &Totals) -> String {
    let mut text = format!("{}.\n", totals.sentence());
    if !rows.is_empty() {
        text += "\n| rule | severity | hits | drafts |\n|---|---|---:|---:|\n";
        for RuleRow { rule, severity, hits, drafts } in rows {
            let _ = writeln!(text, "| {rule} | {severity} | {hits} | {drafts} |");
        }
    }
    text
}

/// The lists of what matched nothing, each under a line that counts it.
fn unused_human(unused: &Unused) -> String {
    let mut text = format!("\nrules that reported nothing: {}\n", unused.rules.len());
    for rule in &unused.rules {
        let _ = writeln!(text, "  {rule}");
    }
    let _ = writeln!(text, "\nphrases that were not found, of the other rules: {}", unused.phrases.len());
    for (rule, phrase) in &unused.phrases {
        let _ = writeln!(text, "  {rule}: {}", Shown(phrase));
    }
    text
}

fn unused_markdown(unused: &Unused) -> String {
    let mut text = format!("\n{} rules reported nothing:\n\n", unused.rules.len());
    for rule in &unused.rules {
        let _ = writeln!(text, "- {rule}");
    }
    let _ = writeln!(text, "\n{} phrases of the other rules were not found:\n", unused.phrases.len());
    for (rule, phrase) in &unused.phrases {
        // Two backticks hold a phrase that has one in it.
        let _ = writeln!(text, "- {rule}: `` {} ``", Shown(phrase));
    }
    text
}

fn json(rows: &[RuleRow<'_>], totals: &Totals, unused: Option<&Unused>) -> io::Result<String> {
    let hundredths = |number: f64| (number * 100.0).round() / 100.0;
    let mut document = serde_json::json!({
        "version": VERSION,
        "rules": rows,
        "totals": {
            "drafts": totals.drafts,
            "words": totals.words,
            "errors": totals.errors,
            "warnings": totals.warnings,
            "notes": totals.notes,
            "warnings_per_1000_words": hundredths(totals.warnings_per_1000_words()),
            "drafts_with_errors": totals.drafts_with_errors,
            "drafts_with_errors_percent": hundredths(totals.error_percent()),
        },
    });
    if let Some(unused) = unused {
        let phrase = |(rule, phrase): &(String, String)| serde_json::json!({"rule": rule, "phrase": phrase});
        let phrases: Vec<_> = unused.phrases.iter().map(phrase).collect();
        document["unused"] = serde_json::json!({"rules": unused.rules, "phrases": phrases});
    }
    Ok(shown_json(&serde_json::to_string_pretty(&document)?) + "\n")
}
