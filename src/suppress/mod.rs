//! Comments in a draft, or in the margin of a document, that silence rules: what each reaches, what it silences, and what is wrong
//! with it.
//!
//! A name in a comment silences a finding if the finding's rule answers to it and the finding begins where the comment reaches:
//! in a block, behind an `off` and before its `on`, or anywhere. One in the margin reaches the paragraphs that it stands in. Of comments that reach the same place by the same name the first
//! silences. Everything here takes time in the number of comments and findings together, whatever a draft holds.

mod directive;
mod names;
mod report;

use std::collections::HashMap;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::comment::Comment;
use crate::finding::{Finding, Suppression};
use crate::rule::Rule;
use crate::rule::kind::Fault;
use crate::rule::message::shorten;
use crate::span::Span;
use directive::{Directive, DirectiveKind, DirectiveName};
pub(crate) use names::RuleNames;
use names::answers;
use report::{FaultReport, finding};

/// For how many unknown names of a draft another is proposed: to look for one takes long.
const MAX_PROPOSALS: usize = 50;

/// The function that adjusts a rule to the draft at hand; it returns `None` if the rule is left out.
pub(crate) type AdjustRule<'a> = &'a dyn Fn(&Arc<Rule>) -> Option<Arc<Rule>>;

/// Marks the findings that comments silence, each given with the index of its block, and adds what is wrong with comments.
pub(crate) fn apply(
    draft: &Draft,
    rules: &[Arc<Rule>],
    names: &RuleNames,
    adjust: AdjustRule<'_>,
    found: &mut Vec<(usize, Finding)>,
) {
    let resolver = NameResolver { rules, names, adjust, known: HashMap::new(), proposals: 0 };
    let directives = draft.comments().iter().map(|comment| Directive::read(draft, comment)).collect();
    let mut evaluation =
        Evaluation { draft, directives, resolver, uses: Vec::new(), reach: HashMap::new(), reports: vec![] };
    evaluation.read();
    for (block, finding) in found.iter_mut() {
        evaluation.silence(*block, finding);
    }
    evaluation.judge_uses();
    let reports = evaluation.findings();
    // They are about no block, and nothing asks for it any more.
    found.extend(reports.into_iter().map(|finding| (0, finding)));
}

/// The meaning of a name for the draft at hand.
#[derive(Debug, Clone)]
struct ResolvedName {
    known: bool,
    /// True if a rule that is checked with answers to it, other than about changes: what those say depends on the other draft.
    in_set: bool,
    /// The red line that has this very name.
    redline: Option<Arc<Rule>>,
}

/// The resolver of names for the draft at hand.
struct NameResolver<'d> {
    rules: &'d [Arc<Rule>],
    names: &'d RuleNames,
    adjust: AdjustRule<'d>,
    known: HashMap<&'d str, ResolvedName>,
    proposals: usize,
}

impl<'d> NameResolver<'d> {
    fn meaning(&mut self, name: &'d str) -> &ResolvedName {
        let NameResolver { rules, names, adjust, .. } = *self;
        self.known.entry(name).or_insert_with(|| {
            let mut answering = names.rules(name).iter().filter_map(|&rule| adjust(&rules[rule]));
            let in_set = answering.clone().any(|rule| !rule.is_about_changes());
            let redline = answering.next().filter(|rule| rule.id().as_str() == name && rule.is_redline());
            ResolvedName { known: names.know(name), in_set, redline }
        })
    }

    /// The name that was probably meant.
    fn meant(&mut self, name: &str) -> Option<String> {
        self.proposals += 1;
        if self.proposals > MAX_PROPOSALS {
            return None;
        }
        self.names.meant(name).map(str::to_owned)
    }
}

/// A name of a comment that may silence something.
struct NameUse {
    directive: usize,
    /// Its place among the names of the comment.
    name: usize,
    used: bool,
    /// The red lines that it was to silence, with a place of each.
    redlines: Vec<(Arc<Rule>, Option<Span>)>,
}

/// The scope in which a name silences, by the use that does.
#[derive(Default)]
struct SilencedScope {
    file: Option<usize>,
    blocks: HashMap<usize, usize>,
    /// Stretches of the source, in order.
    regions: Vec<(Span, usize)>,
}

/// A name that is off.
struct Off {
    directive: usize,
    from: usize,
    /// The use; `None` where it silences nothing.
    used: Option<usize>,
}

/// The blocks that a comment is about, of all blocks by their beginnings: the one around it, or the next; of one in the margin those of
/// its paragraphs, or the next where they are empty.
fn reached(comment: &Comment, starts: &[(usize, usize)]) -> impl Iterator<Item = usize> {
    let from = comment.holds_from();
    let next = starts.partition_point(|(start, _)| *start < from);
    let end =
        comment.paragraphs().map_or(next, |paragraphs| starts.partition_point(|(start, _)| *start < paragraphs.end()));
    let blocks = match comment.block {
        Some(_) => &[][..],
        None => &starts[next..end.max(next + 1).min(starts.len()).max(next)],
    };
    comment.block.into_iter().chain(blocks.iter().map(|(_, block)| *block))
}

struct Evaluation<'d> {
    draft: &'d Draft,
    directives: Vec<Directive<'d>>,
    resolver: NameResolver<'d>,
    uses: Vec<NameUse>,
    reach: HashMap<&'d str, SilencedScope>,
    reports: Vec<FaultReport>,
}

impl<'d> Evaluation<'d> {
    /// Reads the comments in order: what each reaches.
    fn read(&mut self) {
        let starts = self.block_starts();
        let mut open: HashMap<&'d str, Off> = HashMap::new();
        for index in 0..self.directives.len() {
            if !self.directives[index].comment.closed {
                self.report_whole(
                    index,
                    Fault::Unknown,
                    "the comment is not closed by `-->`: nothing is read up to the next empty line",
                );
                continue;
            }
            let Some(command) = self.directives[index].command else {
                self.unknown_command(index);
                continue;
            };
            let Directive { comment, names, .. } = &self.directives[index];
            let (comment, names) = (*comment, names.clone());
            if command == DirectiveKind::On {
                self.turn_on(index, &names, &mut open);
                continue;
            }
            self.missing(index);
            for (place, name) in names.into_iter().enumerate() {
                let used = self.add_use(index, place, name);
                let reach = self.reach.entry(name.text).or_default();
                match (command, used) {
                    (DirectiveKind::Off, _) => {
                        let off = Off { directive: index, from: comment.holds_from(), used };
                        open.entry(name.text).or_insert(off);
                    }
                    (DirectiveKind::IgnoreFile, Some(used)) => _ = reach.file.get_or_insert(used),
                    (DirectiveKind::Ignore, Some(used)) => {
                        for block in reached(comment, &starts) {
                            reach.blocks.entry(block).or_insert(used);
                        }
                    }
                    _ => {}
                }
            }
        }
        self.leave_open(open);
    }

    /// Lists the beginning of each block, in order, with its index.
    fn block_starts(&self) -> Vec<(usize, usize)> {
        let start = |(index, block): (usize, &crate::text::Block)| {
            (block.source(Span::new(0, block.text().len())).start(), index)
        };
        let mut starts: Vec<_> = self.draft.blocks().iter().enumerate().map(start).collect();
        starts.sort_unstable();
        starts
    }

    /// The use that a name of a comment is; `None` if it can silence nothing, which is reported.
    fn add_use(&mut self, directive: usize, place: usize, name: DirectiveName<'d>) -> Option<usize> {
        if !self.resolver.meaning(name.text).known {
            self.unknown_name(self.directives[directive].comment, name);
            return None;
        }
        self.directives[directive].reason.as_ref()?;
        self.uses.push(NameUse { directive, name: place, used: false, redlines: Vec::new() });
        Some(self.uses.len() - 1)
    }

    fn turn_on(&mut self, index: usize, names: &[DirectiveName<'d>], open: &mut HashMap<&'d str, Off>) {
        let at = self.directives[index].comment.holds_to();
        if names.is_empty() {
            if open.is_empty() {
                self.report_whole(index, Fault::Unused, "ends nothing");
            }
            std::mem::take(open).into_iter().for_each(|(name, off)| self.close(name, &off, at));
            return;
        }
        let mut idle = Vec::new();
        for (place, name) in names.iter().enumerate() {
            match open.remove(name.text) {
                Some(off) => self.close(name.text, &off, at),
                None if !self.resolver.meaning(name.text).known => {
                    self.unknown_name(self.directives[index].comment, *name)
                }
                None => idle.push(place),
            }
        }
        self.report_unused(index, &idle, "ends nothing");
    }

    fn close(&mut self, name: &'d str, off: &Off, at: usize) {
        if let Some(used) = off.used {
            self.reach.entry(name).or_default().regions.push((Span::new(off.from, at), used));
        }
    }

    fn leave_open(&mut self, open: HashMap<&'d str, Off>) {
        let mut left: Vec<usize> = Vec::new();
        for (name, off) in open {
            self.close(name, &off, self.draft.source().len());
            left.extend(off.used.map(|_| off.directive));
        }
        left.sort_unstable();
        left.dedup();
        for directive in left {
            self.report_whole(directive, Fault::Open, "holds to the end of the draft: no `on` ends it");
        }
    }

    /// Silences a finding, unless it is of a red line.
    fn silence(&mut self, block: usize, finding: &mut Finding) {
        // A comment is itself what such a rule looks for.
        if !finding.rule.checker().residues().is_empty() {
            return;
        }
        let at = finding.span.start();
        let mut reaching: Vec<(u8, usize)> = Vec::new();
        for reach in answers(&finding.rule).filter_map(|name| self.reach.get(name)) {
            let next = reach.regions.partition_point(|(region, _)| region.start() <= at);
            let region = reach.regions[..next].last().filter(|(region, _)| at < region.end());
            reaching.extend(reach.blocks.get(&block).map(|&used| (0, used)));
            reaching.extend(region.map(|&(_, used)| (1, used)));
            reaching.extend(reach.file.map(|used| (2, used)));
        }
        if finding.rule.is_redline() {
            for (_, used) in reaching {
                let tried = &mut self.uses[used].redlines;
                if !tried.iter().any(|(rule, _)| rule.id() == finding.rule.id()) {
                    tried.push((Arc::clone(&finding.rule), Some(finding.span)));
                }
            }
            return;
        }
        reaching.iter().for_each(|&(_, used)| self.uses[used].used = true);
        // The nearest comment tells why: one for the block before one for a region, that before one for the draft.
        let Some(&(_, nearest)) = reaching.iter().min_by_key(|(level, _)| *level) else {
            return;
        };
        let directive = &self.directives[self.uses[nearest].directive];
        finding.suppressed = directive.reason.as_ref().map(|reason| Suppression::Comment {
            reason: Arc::clone(reason),
            at: directive.at,
            paragraph: self.draft.paragraph(directive.comment.span.start()).cloned(),
        });
    }

    /// Reports what silences nothing, and what was to silence a red line.
    fn judge_uses(&mut self) {
        let uses = std::mem::take(&mut self.uses);
        for of_one in uses.chunk_by(|a, b| a.directive == b.directive) {
            let mut idle = Vec::new();
            for one in of_one {
                let name = self.directives[one.directive].names[one.name];
                let meaning = self.resolver.meaning(name.text);
                let own = meaning.redline.clone().filter(|_| one.redlines.is_empty()).map(|rule| (rule, None));
                if one.redlines.is_empty() && own.is_none() && !one.used && meaning.in_set {
                    idle.push(one.name);
                }
                for (rule, at) in one.redlines.iter().cloned().chain(own) {
                    self.redline(name, &rule, at);
                }
            }
            self.report_unused(of_one[0].directive, &idle, "silences nothing");
        }
    }

    /// Reports some names of a comment, or all of it if it has no others.
    fn report_unused(&mut self, index: usize, idle: &[usize], what: &str) {
        let directive = &self.directives[index];
        if !idle.is_empty() && idle.len() == directive.names.len() {
            self.report_whole(index, Fault::Unused, what);
            return;
        }
        for &place in idle {
            let span = directive.name_removal(place);
            let found = format!("{} {}", directive.word, shorten(directive.names[place].text));
            let suggestion = directive.comment.paragraphs().is_none().then(String::new);
            let expected = what.to_owned();
            self.reports.push(FaultReport { fault: Fault::Unused, span, found, expected, suggestion, related: None });
        }
    }

    /// Reports all of a comment. One that is unused can go.
    fn report_whole(&mut self, index: usize, fault: Fault, what: &str) {
        let directive = &self.directives[index];
        let unused = fault == Fault::Unused;
        let span = if unused { directive.removal(self.draft) } else { directive.comment.span };
        // There is nothing of a comment in the margin in the text.
        let suggestion = (unused && directive.comment.paragraphs().is_none()).then(String::new);
        let found = directive.quoted();
        self.reports.push(FaultReport { fault, span, found, expected: what.to_owned(), suggestion, related: None });
    }

    /// Reports that a comment lacks a reason, or names.
    fn missing(&mut self, index: usize) {
        if self.directives[index].names.is_empty() {
            self.report_whole(index, Fault::Unknown, "it names no rule, pack or tag");
        }
        if self.directives[index].reason.is_none() {
            self.report_whole(
                index,
                Fault::Reason,
                "without a reason it silences nothing; write `-- reason` behind the names",
            );
        }
    }

    fn unknown_command(&mut self, index: usize) {
        let Directive { word, word_span, comment, .. } = self.directives[index];
        if word.is_empty() {
            self.report_whole(index, Fault::Unknown, "write `ignore`, `off`, `on` or `ignore-file` behind it");
            return;
        }
        let commands = DirectiveKind::NAMES.iter().map(|(name, _)| *name);
        let near = if word.len() > 20 { None } else { crate::yaml::nearest(word, commands) };
        let help = "write `ignore`, `off`, `on` or `ignore-file`";
        self.unknown(comment, (word, word_span), "this is no command", near, help);
    }

    fn unknown_name(&mut self, comment: &Comment, name: DirectiveName<'d>) {
        let near = self.resolver.meant(name.text);
        let has_space = name.text.contains(char::is_whitespace);
        let help = if has_space { "names are parted by commas" } else { "`comity rules` lists them" };
        self.unknown(comment, (name.text, name.span), "there is no such rule, pack or tag", near.as_deref(), help);
    }

    fn unknown(&mut self, comment: &Comment, (word, span): (&str, Span), what: &str, near: Option<&str>, help: &str) {
        let help = near.map_or_else(|| help.to_owned(), |near| format!("did you mean `{near}`?"));
        let report = FaultReport {
            fault: Fault::Unknown,
            span,
            found: shorten(word),
            expected: format!("{what}; {help}"),
            suggestion: near.filter(|_| comment.paragraphs().is_none()).map(str::to_owned),
            related: None,
        };
        self.reports.push(report);
    }

    fn redline(&mut self, name: DirectiveName<'d>, rule: &Rule, at: Option<Span>) {
        let found = name.text.to_owned();
        let expected = rule.id().to_string();
        let fault = Fault::Redline;
        self.reports.push(FaultReport { fault, span: name.span, found, expected, suggestion: None, related: at });
    }

    /// Returns the findings of the rules about comments.
    fn findings(self) -> Vec<Finding> {
        let NameResolver { rules, names, adjust, .. } = self.resolver;
        let speaking = |fault| names.about(fault).filter_map(|rule| adjust(&rules[rule])).collect::<Vec<_>>();
        let mut by_fault: HashMap<Fault, Vec<Arc<Rule>>> = HashMap::new();
        let mut findings = Vec::new();
        for report in &self.reports {
            for rule in by_fault.entry(report.fault).or_insert_with(|| speaking(report.fault)) {
                findings.push(finding(self.draft, rule, report));
            }
        }
        findings
    }
}
