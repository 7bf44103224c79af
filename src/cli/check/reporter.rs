//! The reporter that the arguments ask for.

use std::io;

use termcolor::WriteColor;

use crate::cli::args::CheckArgs;
use crate::cli::streams::Streams;
use crate::report::{Reporter, Statistics};
use crate::{Draft, Finding};

/// The reporter that writes the report, or counts in its place.
pub(super) fn reporter(args: &CheckArgs) -> Box<dyn Reporter> {
    if args.diff || args.write_baseline.is_some() {
        return Box::new(Nothing);
    }
    let shape = match args.format.name {
        "json" | "jsonl" => Statistics::Json,
        _ => Statistics::Human,
    };
    match args.statistics {
        Some(given) => given.unwrap_or(shape).begin(),
        None => (args.format.begin)(&Streams::settings()),
    }
}

/// The reporter of no report: a difference, or a baseline, takes its place.
pub(super) struct Nothing;

impl Reporter for Nothing {
    fn draft(&mut self, _: &mut dyn WriteColor, _: &Draft, _: &[Finding]) -> io::Result<()> {
        Ok(())
    }
}
