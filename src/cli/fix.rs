//! `comity check --fix` and `--diff`: drafts written back, or shown as they would be.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Duration;

use codespan_reporting::term::termcolor::{Color, ColorSpec, WriteColor};
use comity::atomic::{self, Before};
use comity::fix::Fixed;
use comity::report::counted;
use comity::{Draft, Fix, Shown};
use similar::{ChangeTag, TextDiff};

use super::args::CheckArgs;

/// What is done with suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are reported.
    Report,
    /// They are put into the drafts.
    Write(Fix),
    /// The drafts are shown with them, and left as they are.
    Diff(Fix),
}

impl Mode {
    pub(super) fn of(args: &CheckArgs) -> Mode {
        let applicability = if args.unsafe_fixes { Fix::Unsafe } else { Fix::Safe };
        match (args.diff, args.fix) {
            (true, _) => Mode::Diff(applicability),
            (false, true) => Mode::Write(applicability),
            (false, false) => Mode::Report,
        }
    }

    /// Which suggestions are applied, if any are.
    pub(super) fn applicability(self) -> Option<Fix> {
        match self {
            Mode::Report => None,
            Mode::Write(applicability) | Mode::Diff(applicability) => Some(applicability),
        }
    }
}

/// Puts a fixed draft in the place of the file that it was read from, all of it or nothing.
///
/// # Errors
/// If the file is no longer what was read, or cannot be replaced; it is then as it was.
pub(super) fn write_back(path: &Path, before: &Draft, after: &Draft) -> io::Result<()> {
    atomic::replace(path, Before::Read(&before.encoded()), &after.encoded())
}

/// How long two drafts are compared for the shortest difference; a longer one is as true.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes what `--fix` would change, as a unified diff.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_diff(out: &mut dyn WriteColor, before: &Draft, after: &Draft) -> io::Result<()> {
    // On a terminal a control character of a draft is shown; in a file it must stay, or the patch would not apply.
    let harmless = io::stdout().is_terminal();
    let show = |line: &str| if harmless { Shown(line).to_string() } else { line.to_owned() };
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before.source(), after.source());
    let name = Shown(before.name());
    colored(out, None, |out| writeln!(out, "--- {name}\n+++ {name}"))?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        colored(out, Some(Color::Cyan), |out| writeln!(out, "{}", hunk.header()))?;
        for change in hunk.iter_changes() {
            let (sign, color) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Color::Red)),
                ChangeTag::Insert => ('+', Some(Color::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let line = change.value();
            let (content, end) = match line.strip_suffix('\n') {
                Some(content) => (content, "\n"),
                None => (line, "\n\\ No newline at end of file\n"),
            };
            colored(out, color, |out| write!(out, "{sign}{}{end}", show(content)))?;
        }
    }
    Ok(())
}

fn colored(
    out: &mut dyn WriteColor,
    color: Option<Color>,
    write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
) -> io::Result<()> {
    if let Some(color) = color {
        out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    }
    write(out)?;
    if color.is_some() { out.reset() } else { Ok(()) }
}

/// What fixing has come to, over all drafts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    applied: usize,
    drafts: usize,
    refused: usize,
    more: usize,
}

impl Tally {
    pub(super) fn add(&mut self, fixed: &Fixed) {
        self.applied += fixed.applied;
        self.drafts += usize::from(fixed.applied > 0);
        self.refused += fixed.refused;
        self.more += fixed.more;
    }

    pub(super) fn summary(&self, mode: Mode) -> Option<String> {
        let done = match mode {
            Mode::Report => return None,
            Mode::Write(_) => "fixed",
            Mode::Diff(_) => "would be fixed",
        };
        let mut also = String::new();
        if self.more > 0 {
            also += &format!("; {} more with --unsafe-fixes", self.more);
        }
        if self.refused > 0 {
            also += &format!(
                "; {} left, which would have brought in a new finding, torn the text or been found again",
                self.refused
            );
        }
        Some(match self.applied {
            0 => format!("nothing {done}{also}"),
            applied => format!("{applied} {done} in {}{also}", counted(self.drafts, "draft")),
        })
    }
}
