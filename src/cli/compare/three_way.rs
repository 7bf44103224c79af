//! `comity compare --base`: two delegations' edits of one base.

use std::io::Write;

use super::checked::{findings, severity};
use super::several::several;
use super::sources::VersionError;
use crate::Draft;
use crate::cli::args::{CompareArgs, CompareFormat, CompareGate, fails};
use crate::cli::configurations::{Configurations, say_unchecked};
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::compare::{ThreeWay, compare_three};
use crate::escape::shown_json;
use crate::session::Setup;

pub(super) fn run(args: &CompareArgs, base: &String, streams: &mut Streams) -> Status {
    // Of revisions one may be left out: the draft as it is now.
    let as_it_is = args.versions.len() == 1 && !args.draft.is_empty();
    let names: Vec<&String> = std::iter::once(base).chain(&args.versions).collect();
    let drafts = match names.len() + usize::from(as_it_is) {
        3 => several(args, &names, as_it_is),
        _ => Err(VersionError::BaseOfTwo),
    };
    let drafts = match drafts {
        Ok(drafts) => drafts,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    let mut configurations = Configurations::new(&args.setup, Some(&args.selection));
    let Some(setup) = configurations.setup_for(&drafts.path, streams) else {
        return Status::Failed;
    };
    let reading = setup.reading(args.documents.reading());
    let mut read: Vec<Draft> = Vec::new();
    for source in &drafts.sources {
        match source.read(&reading) {
            Ok(draft) => read.push(draft),
            Err(error) => streams.error(&error),
        }
    }
    let [base, left, right] = read.as_slice() else {
        return Status::Failed;
    };
    read.iter().for_each(|draft| say_unchecked(&setup, draft, streams));
    let with_findings = |draft| (draft, findings(args, &setup, &drafts.path, draft));
    let comparison = compare_three(with_findings(base), with_findings(left), with_findings(right));
    let written = match args.format {
        CompareFormat::Human => comparison.write(&mut streams.out, Streams::settings().width),
        _ => writeln!(streams.out, "{}", shown_json(&format!("{:#}", comparison.to_json()))),
    };
    streams.wrote(written);
    status(args, &setup, &comparison)
}

fn status(args: &CompareArgs, setup: &Setup, comparison: &ThreeWay) -> Status {
    let from = severity(args).or(setup.fail_on);
    let is_asked = |gate| args.fail_on.contains(&gate);
    let is_changed = || comparison.sides.iter().any(|side| !side.sentences.is_empty());
    let is_grave = comparison.sides.iter().any(|side| fails(&side.came, from))
        || (is_asked(CompareGate::Collision) && !comparison.collisions.is_empty())
        || (is_asked(CompareGate::Weaker) && comparison.is_weaker())
        || ((args.fail_on_change || is_asked(CompareGate::Change)) && is_changed());
    if is_grave { Status::Found } else { Status::Clean }
}
