//! `comity compare --series`: what recurs in texts of several years.

use std::io::Write;

use super::several::several;
use super::sources::VersionError;
use crate::Draft;
use crate::cli::args::{CompareArgs, CompareFormat, CompareGate};
use crate::cli::configurations::{Configurations, say_unchecked};
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::compare::{Series, Step, follow};
use crate::escape::shown_json;

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    let names: Vec<&String> = args.versions.iter().collect();
    // Of revisions the draft as it is now may be left out.
    let as_it_is = names.len() == 1 && !args.draft.is_empty();
    let drafts = if names.len() + usize::from(as_it_is) < 2 {
        Err(VersionError::SeriesOfTwo)
    } else {
        several(args, &names, as_it_is)
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
    if read.len() < drafts.sources.len() {
        return Status::Failed;
    }
    read.iter().for_each(|draft| say_unchecked(&setup, draft, streams));
    let series = follow(&read);
    let written = match args.format {
        CompareFormat::Human => series.write(&mut streams.out, Streams::settings().width),
        CompareFormat::Json => writeln!(streams.out, "{}", shown_json(&format!("{:#}", series.to_json()))),
        CompareFormat::Html => write!(streams.out, "{}", series.to_html()),
    };
    streams.wrote(written);
    status(args, &series)
}

/// A series fails by what became of a sentence in the last text.
fn status(args: &CompareArgs, series: &Series) -> Status {
    let is_asked = |gate| args.fail_on.contains(&gate);
    let mut last = series.threads.iter().filter_map(|thread| thread.cells.last()).map(|cell| cell.step);
    let is_weaker = last.clone().any(Step::is_weaker);
    let stays = |step: Step| matches!(step, Step::Same | Step::Absent | Step::Before);
    let is_grave = (is_asked(CompareGate::Weaker) && is_weaker)
        || ((args.fail_on_change || is_asked(CompareGate::Change)) && !last.all(stays));
    if is_grave { Status::Found } else { Status::Clean }
}
