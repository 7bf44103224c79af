//! `comity man`

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Cli, ManArgs};
use super::status::Status;
use super::streams::Streams;

pub(super) fn run(args: &ManArgs, streams: &mut Streams) -> Status {
    let pages = match pages() {
        Ok(pages) => pages,
        Err(error) => {
            streams.error(&format!("the manual pages: {error}"));
            return Status::Failed;
        }
    };
    let Some(folder) = &args.folder else {
        let first = pages.first().map_or(&[][..], |(_, page)| page);
        let written = streams.out.write_all(first);
        streams.wrote(written);
        return Status::Clean;
    };
    match write(folder, &pages) {
        Ok(()) => {
            streams.say(&format!("wrote {} manual pages into {}", pages.len(), folder.display()));
            Status::Clean
        }
        Err(error) => {
            streams.error(&format!("{}: {error}", folder.display()));
            Status::Failed
        }
    }
}

fn write(folder: &Path, pages: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    pages.iter().try_for_each(|(name, page)| fs::write(folder.join(name), page))
}

/// The page of the program, and one for each command, each with the name of its file.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands = program.get_subcommands().cloned().collect::<Vec<_>>();
    std::iter::once(program).chain(commands).map(page).collect()
}

fn page(command: Command) -> io::Result<(String, Vec<u8>)> {
    let man = Man::new(command).source(concat!("comity ", env!("CARGO_PKG_VERSION"))).manual("comity");
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok((man.get_filename(), page))
}
