//! `comity compare --series`: what recurs in texts of several years.

use super::sources::VersionError;
use super::texts::Texts;
use super::written::json_document;
use crate::cli::args::{CompareArgs, CompareFormat, CompareGate};
use crate::cli::output::Output;
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::compare::{Series, Step, follow};

/// The texts of a series.
pub(super) fn texts(args: &CompareArgs) -> Result<Texts, VersionError> {
    let names: Vec<&String> = args.versions.iter().collect();
    // Of revisions the draft as it is now may be left out.
    let as_it_is = names.len() == 1 && !args.draft.is_empty();
    if names.len() + usize::from(as_it_is) < 2 {
        return Err(VersionError::SeriesOfTwo);
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
    let series = follow(&read.drafts);
    output.write(streams, |out| match format {
        CompareFormat::Human => series.write(out, Streams::settings().width),
        CompareFormat::Json => json_document(out, &series.to_json()),
        CompareFormat::Html => write!(out, "{}", series.to_html()),
    });
    status(args, &series)
}

/// A series fails by what became of a sentence in the last text.
fn status(args: &CompareArgs, series: &Series) -> Status {
    let mut last = series.threads.iter().filter_map(|thread| thread.cells.last()).map(|cell| cell.step);
    let is_weaker = last.clone().any(Step::is_weaker);
    let stays = |step: Step| matches!(step, Step::Same | Step::Absent | Step::Before);
    let is_grave =
        (args.asks(CompareGate::Weaker) && is_weaker) || (args.asks(CompareGate::Change) && !last.all(stays));
    if is_grave { Status::Found } else { Status::Clean }
}
