//! The language server: drafts, packs and configurations checked while they are written.
//!
//! One thread reads messages and one writes them; `server` answers them on the thread that called [`serve`], and a fourth
//! thread checks, one document at a time. A change that arrives during a check waits until the check is over, and only the
//! newest text is checked then. Nothing else is waited for.

mod actions;
mod check;
mod client;
mod completion;
mod diagnostics;
mod document;
mod hover;
mod kind;
mod published;
mod server;
mod settings;
mod setups;
mod stream;
mod text;
mod uri;

use std::io::{self, BufReader, Read, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

pub use settings::{Exit, ServerSettings};

use server::Server;
use stream::{Incoming, Outgoing};

/// Serves an editor until it leaves.
///
/// # Errors
/// If what arrives is no stream of messages, or cannot be read, or if the system lets there be no threads.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    settings: ServerSettings,
) -> io::Result<Exit> {
    // Few messages are held ready: an editor that is faster than its answers waits, as it would for any pipe.
    let (arrive, incoming) = bounded(64);
    let (outgoing, leave) = unbounded();
    let reader = thread::Builder::new().spawn(move || read_all(input, &arrive))?;
    let writer = thread::Builder::new().spawn(move || write_all(output, &leave))?;
    let end = run(&incoming, reader, Server::new(outgoing, settings));
    // The sender is gone with the server: what is left to write is written, then the thread ends.
    let written = writer.join().unwrap_or_else(|_| Err(ended("writes")));
    match (end, written) {
        // An editor that has gone reads no answers.
        (Ok(_), Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        (end, _) => end,
    }
}

/// The error of a panic in a thread that the server cannot be without.
fn ended(does: &str) -> io::Error {
    io::Error::other(format!("the thread that {does} has ended"))
}

fn run(incoming: &Receiver<io::Result<Incoming>>, reader: JoinHandle<()>, mut server: Server) -> io::Result<Exit> {
    let outcomes = server.outcomes();
    loop {
        select! {
            recv(incoming) -> message => match message {
                Ok(Ok(Incoming::Message(message))) => {
                    if let Some(end) = server.message(message) {
                        return Ok(end);
                    }
                }
                Ok(Ok(Incoming::Malformed(reason))) => server.malformed(reason),
                Ok(Err(error)) => return Err(error),
                // It has read to the end.
                Err(_) => return reader.join().map(|()| server.left()).map_err(|_| ended("reads")),
            },
            recv(outcomes) -> outcome => match outcome {
                Ok(outcome) => server.checked(outcome),
                Err(_) => return Err(ended("checks")),
            },
        }
        server.check_next();
    }
}

fn read_all(input: impl Read, arrive: &Sender<io::Result<Incoming>>) {
    let mut input = BufReader::new(input);
    while let Some(message) = stream::read(&mut input).transpose() {
        let is_last = message.is_err();
        if arrive.send(message).is_err() || is_last {
            return;
        }
    }
}

fn write_all(mut output: impl Write, leave: &Receiver<Outgoing>) -> io::Result<()> {
    leave.iter().try_for_each(|message| stream::write(&mut output, &message))
}
