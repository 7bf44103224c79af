//! The history of the fixes of a draft: those that were made, and those that are not to be made.

use std::collections::HashSet;

use super::moves::Moves;
use super::{Chosen, reach};
use crate::finding::Finding;
use crate::span::Span;

/// The key by which a fix is known wherever it is made: its rule, and what it replaces.
pub(super) type FixKey = (String, String);

pub(super) fn name(finding: &Finding) -> FixKey {
    (finding.rule.id().to_string(), finding.found.clone())
}

/// Fixes that are not made.
#[derive(Debug)]
pub(super) struct Refused {
    /// Those that come to no end, wherever they are.
    endless: HashSet<FixKey>,
    /// Those that would do harm where they are, each by its rule and the bytes of what was found.
    harmful: HashSet<(String, usize, usize)>,
}

impl Refused {
    /// These fixes, wherever they are.
    pub(super) fn everywhere(endless: HashSet<FixKey>) -> Refused {
        Refused { endless, harmful: HashSet::new() }
    }

    /// True if a finding is to be fixed: nothing silences it, and its fix does no harm.
    pub(super) fn allows(&self, finding: &Finding) -> bool {
        finding.suppressed.is_none() && !self.holds(finding)
    }

    /// True if the fix of a finding was refused.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        self.endless.contains(&name(finding)) || self.harmful.contains(&place(finding))
    }

    /// Adds the fix of a finding, which would do harm.
    pub(super) fn add(&mut self, finding: &Finding) {
        self.harmful.insert(place(finding));
    }

    /// Follows what was refused through the fixes of a round.
    pub(super) fn follow(&mut self, moves: &Moves) {
        let moved = |(rule, start, end)| {
            let (start, end) = moves.follow(Span::new(start, end));
            (rule, start, end)
        };
        self.harmful = std::mem::take(&mut self.harmful).into_iter().map(moved).collect();
    }
}

fn place(finding: &Finding) -> (String, usize, usize) {
    (finding.rule.id().to_string(), finding.span.start(), finding.span.end())
}

/// The texts that were put into a draft, in order and without overlap: where each is, and the fixes that it has come of.
#[derive(Debug, Default)]
pub(super) struct History {
    puts: Vec<(usize, usize, Vec<FixKey>)>,
}

impl History {
    /// Adds the fixes of one round.
    pub(super) fn add(&mut self, chosen: &[Chosen<'_>], moves: &Moves) {
        let before = std::mem::take(&mut self.puts).into_iter().map(|(start, end, names)| {
            let (start, end) = moves.follow(Span::new(start, end));
            (start, end, names)
        });
        let new = chosen.iter().map(|(finding, own)| {
            let (start, end) = moves.follow(reach(own));
            (start, end, vec![name(finding)])
        });
        let mut all: Vec<_> = before.chain(new).collect();
        all.sort_by_key(|(start, end, _)| (*start, *end));
        for (start, end, names) in all {
            match self.puts.last_mut() {
                Some(last) if start < last.1 => {
                    last.1 = last.1.max(end);
                    last.2.extend(names);
                }
                _ => self.puts.push((start, end, names)),
            }
        }
    }

    /// The fixes whose rules find something in what has come of them.
    pub(super) fn recurring(&self, left: &[Finding]) -> HashSet<FixKey> {
        let fixes = |finding: &Finding| {
            let behind = self.puts.partition_point(|(start, ..)| *start <= finding.span.start());
            let put = self.puts[..behind].last().filter(|(_, end, _)| finding.span.end() <= *end);
            let rule = finding.rule.id().as_str();
            put.into_iter().flat_map(|(.., names)| names).filter(|(by, _)| by == rule).cloned().collect::<Vec<_>>()
        };
        left.iter().filter(|finding| finding.suppressed.is_none()).flat_map(fixes).collect()
    }
}
