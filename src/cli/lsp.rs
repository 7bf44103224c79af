//! `comity lsp`

use std::io;

use super::args::LspArgs;
use super::panic;
use super::status::Status;
use super::streams::Streams;
use crate::config;
use crate::lsp::{Exit, ServerSettings, serve};
use crate::session::Choice;

pub(super) fn run(args: &LspArgs, streams: &mut Streams) -> Status {
    // The way to speak that `--stdio` names is the only one.
    let LspArgs { stdio: _, setup } = args;
    let choice = match setup.choice() {
        // The folder of the workspace is where the relative paths of the editor start, not those of the command line.
        Choice::File(file) => Choice::File(config::resolve(&file)),
        other => other,
    };
    let settings =
        ServerSettings { options: setup.options(None), choice, root: std::env::current_dir().unwrap_or_default() };
    panic::go_on();
    match serve(io::stdin(), io::stdout(), settings) {
        Ok(Exit::Orderly) => Status::Clean,
        Ok(Exit::Abrupt) => Status::Found,
        Err(error) => {
            streams.error(&format!("the language server stopped: {error}"));
            Status::Found
        }
    }
}
