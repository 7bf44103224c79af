//! The command line: its arguments, and one file a subcommand.

mod annotate;
mod args;
mod baseline;
mod check;
mod compare;
mod completions;
mod configurations;
mod diff;
mod discover;
mod explain;
mod fix;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod new_rule;
mod output;
mod panic;
mod reference;
#[cfg(feature = "git")]
mod revision;
mod rules;
mod schema;
mod sources;
mod status;
mod streams;
mod test;
mod values;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::Shown;
use args::{Cli, Command};
use status::Status;
use streams::{Color, Streams};

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    panic::install();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => return instead(&said).into(),
    };
    let mut streams = Streams::new(cli.color);
    let status = match &cli.command {
        Command::Check(args) => check::run(args, &mut streams),
        Command::Compare(args) => compare::run(args, &mut streams),
        Command::Rules(args) => rules::run(args, &mut streams),
        Command::Explain(args) => explain::run(args, &mut streams),
        Command::Test(args) => test::run(args, &mut streams),
        Command::Init(args) => init::run(args, &mut streams),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(args, &mut streams),
        Command::Schema(args) => schema::run(args, &mut streams),
        Command::Completions(args) => completions::run(args, &mut streams),
        Command::Man(args) => man::run(args, &mut streams),
    };
    streams.finish(status).into()
}

/// Prints what takes the place of a run: help or the version, which were asked for, or what is wrong with the arguments.
fn instead(said: &clap::Error) -> Status {
    let mut streams = Streams::new(Color::Auto);
    if said.use_stderr() {
        let plain = said.to_string();
        let lines: Vec<String> = plain.lines().map(|line| Shown(line).to_string()).collect();
        // What is wrong may hold what was typed: only where nothing of that is escaped it is printed in colour.
        if lines.iter().map(String::as_str).eq(plain.lines()) {
            let _ = said.print();
        } else {
            lines.iter().for_each(|line| streams.say(line));
        }
        return Status::Failed;
    }
    let printed = said.print().and_then(|()| std::io::stdout().flush());
    streams.wrote(printed);
    streams.finish(Status::Clean)
}
