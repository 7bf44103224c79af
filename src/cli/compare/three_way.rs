//! `comity compare --base`: two delegations' edits of one base.

use super::compared::Comparer;
use super::sources::VersionError;
use super::texts::Texts;
use super::written::json_document;
use crate::Finding;
use crate::cli::args::{CompareArgs, CompareFormat, CompareGate, fails};
use crate::cli::output::Output;
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::compare::{ComparedTexts, ThreeWay, compare_three};
use crate::session::Setup;

/// The base and its two edits.
pub(super) fn texts(args: &CompareArgs, base: &String) -> Result<Texts, VersionError> {
    // Of revisions one may be left out: the draft as it is now.
    let as_it_is = args.versions.len() == 1 && !args.draft.is_empty();
    let names: Vec<&String> = std::iter::once(base).chain(&args.versions).collect();
    if names.len() + usize::from(as_it_is) != 3 {
        return Err(VersionError::BaseOfTwo);
    }
    Texts::named(args, &names, as_it_is)
}

pub(super) fn run(
    args: &CompareArgs,
    format: CompareFormat,
    texts: Texts,
    output: &mut Output,
    streams: &mut Streams,
) -> Status {
    let Some(read) = texts.read(args, streams) else {
        return Status::Failed;
    };
    let [base, left, right] = read.drafts.as_slice() else {
        return Status::Failed;
    };
    let comparer = Comparer { args, setup: &read.setup, path: &read.path };
    let with_findings = |draft| (draft, comparer.findings(draft, &[]));
    let comparison = compare_three(with_findings(base), with_findings(left), with_findings(right));
    output.write(streams, |out| match format {
        CompareFormat::Human | CompareFormat::Html => comparison.write(out, Streams::settings().width),
        CompareFormat::Json => json_document(out, &comparison.to_json()),
    });
    // What rules say of the changes of either side counts as it does between two drafts.
    let told: Vec<Finding> = [left, right]
        .into_iter()
        .flat_map(|draft| comparer.findings(draft, &ComparedTexts::new(base, draft).reports()))
        .filter(|finding| finding.rule.is_about_changes())
        .collect();
    let status = status(args, &read.setup, &comparison);
    if fails(&told, args.severity().or(read.setup.fail_on)) { Status::Found } else { status }
}

fn status(args: &CompareArgs, setup: &Setup, comparison: &ThreeWay) -> Status {
    let from = args.severity().or(setup.fail_on);
    let is_changed = || comparison.sides.iter().any(|side| !side.sentences.is_empty());
    let is_grave = comparison.sides.iter().any(|side| fails(&side.came, from))
        || (args.asks(CompareGate::Collision) && !comparison.collisions.is_empty())
        || (args.asks(CompareGate::Weaker) && comparison.is_weaker())
        || (args.asks(CompareGate::Change) && is_changed());
    if is_grave { Status::Found } else { Status::Clean }
}
