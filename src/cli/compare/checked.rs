//! What of the findings of drafts counts in a comparison.

use std::path::Path;

use crate::cli::args::{CompareArgs, CompareGate};
use crate::config::FailOn;
use crate::session::Setup;
use crate::{Draft, Finding, one_a_place};

/// The findings of a draft that are compared.
pub(super) fn findings(args: &CompareArgs, setup: &Setup, path: &Path, draft: &Draft) -> Vec<Finding> {
    let mut findings = setup.examine(path, draft);
    findings.retain(|finding| finding.suppressed.is_none());
    args.least.filter(&mut findings);
    one_a_place(findings)
}

/// The severity from which on a finding that came in counts, if the command line says.
pub(super) fn severity(args: &CompareArgs) -> Option<FailOn> {
    args.fail_on.iter().find_map(|gate| match gate {
        CompareGate::Finding(severity) => Some(*severity),
        _ => None,
    })
}
