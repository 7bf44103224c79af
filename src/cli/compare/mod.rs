//! `comity compare`

mod checked;
mod series;
mod several;
mod sources;
mod three_way;

use std::io::Write;

use super::args::{CompareArgs, CompareFormat, CompareGate, fails};
use super::configurations::{Configurations, say_unchecked};
use super::status::Status;
use super::streams::Streams;
use crate::compare::{ChangeKind, Comparison, Effect, Remark, SentenceChange, compare};
use crate::escape::shown_json;
use crate::session::Setup;
use crate::{Draft, Reading, Revisions};
use checked::{findings, severity};
use sources::versions;

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    if let Some(misfit) = misfit(args) {
        streams.error(&misfit);
        return Status::Failed;
    }
    if let Some(base) = &args.base {
        return three_way::run(args, base, streams);
    }
    if args.series {
        return series::run(args, streams);
    }
    let versions = match versions(args) {
        Ok(versions) => versions,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    let mut configurations = Configurations::new(&args.setup, Some(&args.selection));
    let Some(setup) = configurations.setup_for(&versions.path, streams) else {
        return Status::Failed;
    };
    let reading = setup.reading(args.documents.reading());
    let (old, new) = if reading.revisions == Revisions::Both {
        let text = |revisions| versions.old.read_named(&Reading { revisions, ..reading });
        (text(Revisions::Original), text(Revisions::Accepted))
    } else {
        (versions.old.read(&reading), versions.new.read(&reading))
    };
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            [old.err(), new.err()].iter().flatten().for_each(|error| streams.error(error));
            return Status::Failed;
        }
    };
    for draft in [&old, &new] {
        say_unchecked(&setup, draft, streams);
    }
    let findings = |draft: &Draft| findings(args, &setup, &versions.path, draft);
    let comparison = compare(&old, &new, findings(&old), findings(&new));
    let written = match args.format {
        CompareFormat::Human => comparison.write(&mut streams.out, Streams::settings().width),
        CompareFormat::Json | CompareFormat::Html => {
            let text = shown_json(&format!("{:#}", comparison.to_json()));
            writeln!(streams.out, "{text}")
        }
    };
    streams.wrote(written);
    status(args, &setup, &comparison)
}

/// What does not go together.
fn misfit(args: &CompareArgs) -> Option<&'static str> {
    if args.format == CompareFormat::Html && !args.series {
        return Some("--format html goes with --series");
    }
    if args.fail_on.contains(&CompareGate::Collision) && args.base.is_none() {
        return Some("--fail-on collision goes with --base: where two drafts are compared nothing collides");
    }
    None
}

fn status(args: &CompareArgs, setup: &Setup, comparison: &Comparison) -> Status {
    let is_weaker = || {
        let turns = |change: &SentenceChange| change.remarks.iter().any(Remark::turns);
        let is_gone = comparison.count(ChangeKind::Deleted) > 0;
        is_gone || comparison.count_effect(Effect::Weaker) > 0 || comparison.sentences.iter().any(turns)
    };
    let severity = severity(args);
    let is_asked = |gate| args.fail_on.contains(&gate);
    let is_grave = fails(&comparison.came, severity.or(setup.fail_on))
        || (is_asked(CompareGate::Weaker) && is_weaker())
        || ((args.fail_on_change || is_asked(CompareGate::Change)) && !comparison.sentences.is_empty());
    if is_grave { Status::Found } else { Status::Clean }
}
