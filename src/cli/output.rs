//! The output of a report: standard output, or the file that `--output` names.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use termcolor::{NoColor, WriteColor};

use super::streams::Streams;
use crate::atomic::{Expected, Replacement};

/// The output of a report.
pub(super) enum Output {
    Standard,
    File(ReportFile),
}

/// The file that a report is written to, in black and white.
pub(super) struct ReportFile {
    path: PathBuf,
    writer: NoColor<Sink>,
    /// True if something could not be written, which has been said.
    failed: bool,
}

enum Sink {
    /// A file: it is there when all of the report is.
    File(Replacement),
    /// A pipe or a device, such as `/dev/null`: it is written to as it is.
    Device(BufWriter<File>),
}

impl Output {
    /// The file at `path`, or standard output without one. Says why a file cannot be written.
    pub(super) fn open(path: Option<&Path>, streams: &mut Streams) -> Option<Output> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Some(Output::Standard);
        };
        match Sink::open(path) {
            Ok(target) => {
                Some(Output::File(ReportFile { path: path.to_owned(), writer: NoColor::new(target), failed: false }))
            }
            Err(error) => {
                streams.error(&format!("{}: {error}", path.display()));
                None
            }
        }
    }

    /// True if it is a terminal, which obeys what is written to it.
    pub(super) fn is_terminal(&self) -> bool {
        match self {
            Output::Standard => io::stdout().is_terminal(),
            Output::File(file) => {
                matches!(file.writer.get_ref(), Sink::Device(device) if device.get_ref().is_terminal())
            }
        }
    }

    /// Writes a part of the report; `false` once something could not be written, so that the caller stops.
    pub(super) fn write(
        &mut self,
        streams: &mut Streams,
        part: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
    ) -> bool {
        match self {
            Output::Standard => {
                let written = part(&mut streams.out);
                streams.wrote(written)
            }
            Output::File(file) => {
                if !file.failed
                    && let Err(error) = part(&mut file.writer)
                {
                    file.fail(&error, streams);
                }
                !file.failed
            }
        }
    }

    /// Leaves a file as it was, whatever has been written.
    pub(super) fn give_up(&mut self) {
        if let Output::File(file) = self {
            file.failed = true;
        }
    }

    /// Puts a file in its place; `false` if it is not there.
    pub(super) fn finish(self, streams: &mut Streams) -> bool {
        match self {
            Output::Standard => true,
            Output::File(ReportFile { failed: true, .. }) => false,
            Output::File(ReportFile { path, writer, .. }) => {
                let finished = writer.into_inner().finish();
                if let Err(error) = &finished {
                    streams.error(&format!("{}: {error}", path.display()));
                }
                finished.is_ok()
            }
        }
    }
}

impl ReportFile {
    fn fail(&mut self, error: &io::Error, streams: &mut Streams) {
        self.failed = true;
        streams.error(&format!("{}: {error}", self.path.display()));
    }
}

impl Sink {
    fn open(path: &Path) -> io::Result<Sink> {
        let is_device = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        if is_device {
            return File::options().write(true).open(path).map(|file| Sink::Device(BufWriter::new(file)));
        }
        Replacement::begin(path, Expected::Anything).map(Sink::File)
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Sink::File(replacement) => replacement.commit(),
            Sink::Device(mut device) => device.flush(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::File(replacement) => replacement.write(bytes),
            Sink::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::File(replacement) => replacement.flush(),
            Sink::Device(device) => device.flush(),
        }
    }
}
