//! One pair of drafts, compared.

use std::path::Path;

use super::sources::{DraftSource, VersionError, Versions};
use crate::cli::args::{CompareArgs, CompareFormat, CompareShape};
use crate::cli::configurations::say_unchecked;
use crate::cli::streams::Streams;
use crate::compare::{AlignedRow, ChangeKind, ComparedTexts, Comparison, Effect, Remark, SentenceChange, SideBySide};
use crate::lint::ChangeReport;
use crate::session::Setup;
use crate::{Draft, Finding, Format, Reading, Revisions, one_a_place};

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is the draft that it was, changed or not.
    Kept,
    /// It has another path.
    Renamed,
    /// It came in.
    Added,
    /// It is gone.
    Dropped,
}

/// Two drafts, compared.
pub(super) struct Compared {
    pub(super) fate: Fate,
    /// The draft that findings are in: the new one, or the old one where it is gone.
    pub(super) draft: Draft,
    pub(super) comparison: Comparison,
    /// Both drafts as they stand beside each other, where the run asks for it.
    pub(super) sides: Option<ComparedSides>,
}

/// Two drafts beside each other; one of them is empty where there is but one.
pub(super) struct ComparedSides {
    pub(super) old: Draft,
    pub(super) new: Draft,
    pub(super) rows: Vec<AlignedRow>,
}

impl ComparedSides {
    pub(super) fn view(&self) -> SideBySide<'_> {
        SideBySide::new(&self.old, &self.new, &self.rows)
    }
}

impl Fate {
    /// The name that reports use.
    pub(super) fn name(self) -> &'static str {
        match self {
            Fate::Kept => "kept",
            Fate::Renamed => "renamed",
            Fate::Added => "added",
            Fate::Dropped => "dropped",
        }
    }
}

impl Compared {
    /// True if nothing is to be told of it.
    pub(super) fn is_same(&self) -> bool {
        self.fate == Fate::Kept && self.comparison.is_empty()
    }

    /// What a report of findings has: those that came in, and those of rules about changes.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let Comparison { came, told, .. } = &self.comparison;
        let mut findings: Vec<Finding> = came.iter().chain(told).cloned().collect();
        findings.sort_by(Finding::order);
        findings
    }

    /// True if something says less than it did, or the contrary, or is gone.
    pub(super) fn is_weaker(&self) -> bool {
        let Comparison { sentences, .. } = &self.comparison;
        let turns = |change: &SentenceChange| change.remarks.iter().any(Remark::turns);
        let is_gone = self.comparison.count(ChangeKind::Deleted) > 0 || self.fate == Fate::Dropped;
        is_gone || self.comparison.count_effect(Effect::Weaker) > 0 || sentences.iter().any(turns)
    }

    /// True if something of the text changed.
    pub(super) fn is_changed(&self) -> bool {
        self.fate != Fate::Kept || !self.comparison.sentences.is_empty()
    }
}

/// The rules and the choices that drafts are compared with.
pub(super) struct Comparer<'a> {
    pub(super) args: &'a CompareArgs,
    pub(super) setup: &'a Setup,
    pub(super) path: &'a Path,
}

impl Comparer<'_> {
    pub(super) fn reading(&self) -> Reading {
        // Words that are struck out are told apart, whatever rules look for.
        self.args.documents.reading()
    }

    /// Compares two drafts.
    pub(super) fn pair(
        &self,
        versions: &Versions,
        fate: Fate,
        streams: &mut Streams,
    ) -> Result<Compared, Vec<VersionError>> {
        let reading = self.reading();
        let (old, new) = if reading.revisions == Revisions::Both {
            let text = |revisions| versions.old.read_named(&Reading { revisions, ..reading });
            (text(Revisions::Original), text(Revisions::Accepted))
        } else {
            (versions.old.read(&reading), versions.new.read(&reading))
        };
        let (old, new) = match (old, new) {
            (Ok(old), Ok(new)) => (old, new),
            (old, new) => return Err([old.err(), new.err()].into_iter().flatten().collect()),
        };
        for draft in [&old, &new] {
            say_unchecked(self.setup, draft, streams);
        }
        let texts = ComparedTexts::new(&old, &new);
        let sides = self.sides(&texts, &old, &new);
        let (before, after) = (self.findings(&old, &[]), self.findings(&new, &texts.reports()));
        let comparison = texts.with_findings(before, after);
        Ok(Compared { fate, draft: new, comparison, sides })
    }

    /// The two drafts beside each other, for a page or a redline.
    fn sides(&self, texts: &ComparedTexts<'_>, old: &Draft, new: &Draft) -> Option<ComparedSides> {
        let is_page = matches!(self.args.format, CompareShape::Comparison(CompareFormat::Html));
        (is_page || self.args.redline.is_some()).then(|| ComparedSides {
            old: old.clone(),
            new: new.clone(),
            rows: texts.aligned(),
        })
    }

    /// Compares a draft that came in with nothing.
    pub(super) fn added(&self, source: &DraftSource, streams: &mut Streams) -> Result<Compared, Vec<VersionError>> {
        let new = source.read(&self.reading()).map_err(|error| vec![error])?;
        say_unchecked(self.setup, &new, streams);
        let nothing = Draft::new(Format::Text, "").named("no draft");
        let texts = ComparedTexts::new(&nothing, &new);
        let sides = self.sides(&texts, &nothing, &new);
        let found = self.findings(&new, &[texts.report_added()]);
        let comparison = texts.with_findings(Vec::new(), found);
        Ok(Compared { fate: Fate::Added, draft: new, comparison, sides })
    }

    /// Compares a draft that is gone with nothing. In a report it is called by where it was.
    pub(super) fn dropped(&self, source: &DraftSource, streams: &mut Streams) -> Result<Compared, Vec<VersionError>> {
        let old = source.read(&self.reading()).map_err(|error| vec![error])?;
        let old = old.named(&self.path.display().to_string());
        say_unchecked(self.setup, &old, streams);
        let nothing = Draft::new(Format::Text, "").named("no draft");
        let texts = ComparedTexts::new(&old, &nothing);
        let sides = self.sides(&texts, &old, &nothing);
        let mut went = self.findings(&old, &[texts.report_dropped()]);
        let told = went.extract_if(.., |finding| finding.rule.is_about_changes()).collect();
        let comparison = texts.with_findings(went, told);
        Ok(Compared { fate: Fate::Dropped, draft: old, comparison, sides })
    }

    /// What is found in a draft and not silenced.
    pub(super) fn findings(&self, draft: &Draft, changes: &[ChangeReport]) -> Vec<Finding> {
        let mut findings = if changes.is_empty() {
            self.setup.examine(self.path, draft)
        } else {
            self.setup.examine_changed(self.path, draft, changes)
        };
        findings.retain(|finding| finding.suppressed.is_none());
        self.args.least.filter(&mut findings);
        one_a_place(findings)
    }
}
