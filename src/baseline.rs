//! Baselines: what is known of an archive today, so that only what is new is reported.
//!
//! A baseline is a YAML file that lists, for each draft, the findings that are accepted, by rule and [fingerprint](crate::Fingerprint):
//! they are known again in a paragraph that has moved, in lines that are wrapped anew, beside words that have changed. The file is
//! sorted, so that a change of it is read as a difference. A red line is never accepted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::atomic::Expected;
use crate::config::resolve;
use crate::finding::{Finding, Suppression};
use crate::lint::RuleSet;
use crate::rule::RuleId;
use crate::yaml::{self, Document, Sort, YamlError, YamlNode};

/// The version of the format that this program reads and writes.
const SCHEMA: u64 = 1;

/// The most characters of what was found that a baseline shows to those who read it.
const MAX_SHOWN: usize = 80;

/// Findings that are accepted.
#[derive(Debug, Default, Clone)]
pub struct Baseline {
    /// The folder that the paths of the file are relative to.
    root: PathBuf,
    drafts: BTreeMap<String, Vec<Acceptance>>,
    /// The drafts that were checked in this run: they are there, if perhaps not on the disk.
    checked: HashSet<String>,
    /// The file as it was read, if there was one.
    read: Option<Vec<u8>>,
}

/// One accepted finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Acceptance {
    rule: String,
    /// For those who read the file: it says nothing to the program.
    found: String,
    fingerprint: String,
}

/// The keys by which the file of a baseline is told from others.
const SORT: Sort = Sort {
    what: "a baseline, which has the keys `schema` and `drafts`; `--write-baseline` writes one",
    keys: &[&["drafts"]],
    may_be_empty: true,
};

/// The file as it is written.
#[derive(Serialize)]
struct File<'b> {
    schema: u64,
    drafts: &'b BTreeMap<String, Vec<Acceptance>>,
}

impl Baseline {
    /// An empty baseline for a file at `path`.
    pub fn new(path: &Path) -> Baseline {
        let root = resolve(path).parent().map(Path::to_owned).unwrap_or_default();
        Baseline { root, ..Baseline::default() }
    }

    /// Reads the baseline in the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or with everything that is wrong with its content.
    pub fn read(path: &Path) -> Result<Baseline, YamlError> {
        let bytes = yaml::read_bytes(path)?;
        let text = yaml::decode_file(path, bytes.clone(), &SORT)?;
        let document = Document::parse(&path.display().to_string(), &text)?;
        let mut baseline = Baseline { read: Some(bytes), ..Baseline::new(path) };
        if let Some(fields) = (!document.is_empty()).then(|| document.root().fields()).flatten() {
            if let Some(schema) = fields.require("schema", "write `schema: 1` at the top")
                && schema.version().is_some_and(|version| version != SCHEMA)
            {
                let help = "write it anew with `--write-baseline`".to_owned();
                schema.problem("unknown-schema", "this version of comity reads baselines of schema 1", Some(help));
            }
            let drafts = fields.get("drafts").map(|node| node.entries()).unwrap_or_default();
            fields.finish();
            for (name, node) in drafts {
                let entries = node.items().unwrap_or_default().iter().filter_map(read_entry).collect();
                baseline.drafts.insert(name.value.to_owned(), entries);
            }
        }
        document.finish(Some(baseline)).map_err(YamlError::from)
    }

    /// The file as it was read: that, or nothing, the baseline may take the place of.
    pub fn before(&self) -> Expected<'_> {
        self.read.as_deref().map_or(Expected::Nothing, Expected::Read)
    }

    /// The name of the draft at `path` in the baseline: relative to its own folder where the draft lies below it, with slashes.
    fn name_of(&self, path: &Path) -> String {
        let resolved = resolve(path);
        let name = resolved.strip_prefix(&self.root).unwrap_or(&resolved);
        let parts: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        if name.is_absolute() { name.to_string_lossy().into_owned() } else { parts.join("/") }
    }

    /// Marks the findings of the draft at `path` that are accepted, but for those that something else silences. Returns how many
    /// entries have not occurred, of the rules that were checked.
    pub fn mark(&self, path: &Path, rules: &RuleSet, findings: &mut [Finding]) -> usize {
        let mut accepted = self.accepted_in(path);
        for finding in findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
            if accepted.accepts(finding) {
                finding.suppressed = Some(Suppression::Baseline);
            }
        }
        accepted.gone(&rules.rules().iter().map(|rule| rule.id().as_str()).collect())
    }

    /// The entries of the draft at `path`.
    fn accepted_in(&self, path: &Path) -> Accepted {
        let entries = self.drafts.get(&self.name_of(path)).map_or(&[][..], Vec::as_slice);
        let key = |entry: &Acceptance| (entry.rule.clone(), entry.fingerprint.to_ascii_lowercase());
        Accepted { known: entries.iter().map(|entry| (key(entry), false)).collect() }
    }

    /// Puts these findings of the draft at `path` in the place of what was accepted there, but for red lines.
    pub fn accept<'f>(&mut self, path: &Path, findings: impl Iterator<Item = &'f Finding>) {
        let mut entries: Vec<Acceptance> = findings.filter(|finding| !finding.rule.is_redline()).map(entry).collect();
        entries.sort();
        entries.dedup();
        let name = self.name_of(path);
        self.checked.insert(name.clone());
        if entries.is_empty() {
            self.drafts.remove(&name);
        } else {
            self.drafts.insert(name, entries);
        }
    }

    /// Forgets drafts that are no longer there.
    pub fn prune(&mut self) {
        let (root, checked) = (&self.root, &self.checked);
        self.drafts.retain(|name, _| checked.contains(name) || root.join(name).is_file());
    }

    /// The number of findings that are accepted.
    pub fn len(&self) -> usize {
        self.drafts.values().map(Vec::len).sum()
    }

    /// True if nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "# Findings that are accepted: `comity check --baseline` reports what is new.")?;
        writeln!(out, "# `comity check --write-baseline` writes this file; red lines are never in it.")?;
        let file = File { schema: SCHEMA, drafts: &self.drafts };
        let text = yaml::to_text(&file)?;
        out.write_all(text.as_bytes())
    }
}

fn entry(finding: &Finding) -> Acceptance {
    let found: String = finding.found.chars().take(MAX_SHOWN).collect();
    Acceptance { rule: finding.rule.id().to_string(), found, fingerprint: finding.fingerprint.to_string() }
}

fn read_entry(node: &YamlNode<'_>) -> Option<Acceptance> {
    let fields = node.fields()?;
    let rule = fields.require("rule", "name the rule: `rule: pack/rule`").and_then(|node| node.text());
    let found = fields.text("found");
    let fingerprint = fields.require("fingerprint", "give its 16 hexadecimal digits").and_then(|node| node.text());
    fields.finish();
    let (rule, fingerprint) = (rule?, fingerprint?);
    if let Err(error) = rule.value.parse::<RuleId>() {
        rule.problem("bad-name", error.to_string(), None);
    }
    if fingerprint.value.len() != 16 || !fingerprint.value.bytes().all(|b| b.is_ascii_hexdigit()) {
        let help = "write the file anew with `--write-baseline`".to_owned();
        fingerprint.problem("bad-fingerprint", format!("`{}` is no fingerprint", fingerprint.value), Some(help));
    }
    let found = found.map_or_else(String::new, |text| text.value.to_owned());
    Some(Acceptance { rule: rule.value.to_owned(), found, fingerprint: fingerprint.value.to_owned() })
}

/// The entries of one draft, each with whether it has occurred.
#[derive(Debug)]
struct Accepted {
    known: HashMap<(String, String), bool>,
}

impl Accepted {
    /// True if a finding is accepted; its entry has then occurred.
    fn accepts(&mut self, finding: &Finding) -> bool {
        if finding.rule.is_redline() {
            return false;
        }
        let key = (finding.rule.id().to_string(), finding.fingerprint.to_string());
        self.known.get_mut(&key).map(|seen| *seen = true).is_some()
    }

    /// The number of entries that have not occurred, of rules that were checked.
    fn gone(&self, checked: &HashSet<&str>) -> usize {
        self.known.iter().filter(|((rule, _), seen)| !**seen && checked.contains(rule.as_str())).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Format, Pack, RuleSet};

    const PACK: &str = "schema: 1
pack: t
rules:
  - {id: share, phrases: [burden sharing]}
  - {id: line, severity: error, redline: true, phrases: [China containment]}
";

    #[test]
    fn what_is_accepted_is_known_again_and_a_red_line_never_is() {
        let rules = RuleSet::new(Pack::parse("t.yml", PACK).unwrap().rules().to_vec()).unwrap();
        let check = |text: &str| rules.check(&Draft::new(Format::Markdown, text));
        let before = check("They praise burden sharing in Seoul. On China containment they differ.");
        let mut baseline = Baseline::new(Path::new("/x/baseline.yml"));
        baseline.accept(Path::new("/x/a/d.md"), before.iter());
        assert_eq!(baseline.len(), 1);
        let mut written = Vec::new();
        baseline.write(&mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(
            written.contains("  a/d.md:\n  - rule: t/share\n    found: burden sharing\n    fingerprint: "),
            "{written}"
        );

        let after =
            "# New\n\nA new burden sharing of costs.\n\nThey praise burden-\nsharing in Seoul. Now, China containment.";
        let mut accepted = baseline.accepted_in(Path::new("/x/a/d.md"));
        let new: Vec<_> = check(after).into_iter().filter(|finding| !accepted.accepts(finding)).collect();
        let new: Vec<_> = new.iter().map(|finding| (finding.start.line, finding.found.as_str())).collect();
        assert_eq!(new, [(3, "burden sharing"), (6, "China containment")]);
        assert_eq!(accepted.gone(&HashSet::from(["t/share"])), 0);
        assert_eq!(baseline.accepted_in(Path::new("/x/a/d.md")).gone(&HashSet::from(["t/share"])), 1);
        assert_eq!(baseline.accepted_in(Path::new("/x/a/d.md")).gone(&HashSet::new()), 0);
        assert!(baseline.accepted_in(Path::new("/x/d.md")).known.is_empty());
    }
}
