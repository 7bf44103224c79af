//! `comity completions`

use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};
use super::status::Status;
use super::streams::Streams;

pub(super) fn run(args: &CompletionsArgs, streams: &mut Streams) -> Status {
    // The generator cannot say that it could not write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "comity", &mut script);
    let written = streams.out.write_all(&script);
    streams.wrote(written);
    Status::Clean
}
