//! `comity check --diff`: what `--fix` would change, for people or as a patch.

use std::io;
use std::path::Path;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};
use termcolor::{Color, ColorSpec, WriteColor};

use crate::escape::{git_path, shown_lines};
use crate::{Draft, Shown};

/// The time that two drafts are compared for the shortest difference; a longer one is as true.
const PATIENCE: Duration = Duration::from_secs(2);

/// The line behind a last one that has no end in the draft.
const NO_NEWLINE: &str = "\n\\ No newline at end of file\n";

/// Writes what has changed as a unified diff that people read: neither a terminal nor the log of a CI runner obeys it. `true` if
/// something in it is escaped for that, so that it is no patch.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(out: &mut dyn WriteColor, before: &Draft, after: &Draft) -> io::Result<bool> {
    let mut is_escaped = false;
    let mut show = |line: &str| {
        let (content, end) = match line.strip_suffix('\n') {
            // This carriage return belongs to the line end.
            Some(content) if content.ends_with('\r') => (&content[..content.len() - 1], "\r\n"),
            Some(content) => (content, "\n"),
            None if line.ends_with('\r') => (line, "\n"),
            None => (line, NO_NEWLINE),
        };
        let shown = shown_lines(content);
        is_escaped |= shown != content;
        shown + end
    };
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before.source(), after.source());
    let name = Shown(before.name()).to_string();
    // A tab keeps what stands behind a space in the name.
    let tab = if name.contains(' ') { "\t" } else { "" };
    write_hunks(out, &diff, &format!("--- {name}{tab}\n+++ {name}{tab}\n"), &mut show)?;
    Ok(is_escaped)
}

/// Writes what has changed in the file of this name as a patch of exactly these bytes, for `git apply` or `patch -p1`.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_patch(out: &mut dyn WriteColor, name: &str, before: &Draft, after: &Draft) -> io::Result<()> {
    // To a patch nothing but a line feed ends a line.
    let [old, new] = [before, after].map(|draft| draft.source().split_inclusive('\n').collect::<Vec<_>>());
    let diff = TextDiff::configure().timeout(PATIENCE).diff_slices(&old, &new);
    let header = format!("--- {}\n+++ {}\n", git_path("a", name), git_path("b", name));
    let mut whole = |line: &str| if line.ends_with('\n') { line.to_owned() } else { line.to_owned() + NO_NEWLINE };
    write_hunks(out, &diff, &header, &mut whole)
}

/// The name of the file of a draft in a patch that is applied in the current directory: the way from there to the file itself, as neither
/// `git apply` nor `patch` follows a link, or goes up.
///
/// # Errors
/// Why there can be no such patch, with a remedy.
pub(super) fn patch_name(path: Option<&Path>, draft: &Draft) -> Result<String, &'static str> {
    if draft.encoded() != draft.source().as_bytes() {
        return Err("a patch cannot change a draft in UTF-16; --fix does");
    }
    let path =
        path.ok_or("a patch names the file that it changes; say with --stdin-filename which one this draft is")?;
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let here = here.map_err(|_| "a patch is applied in the current directory, and there is none")?;
    let file = path.canonicalize().map_err(|_| "a patch changes a file, and there is none of this name")?;
    let name = file.strip_prefix(&here).map_err(|_| {
        "its file is not below the current directory, and a patch reaches no other; run comity in a folder above it"
    })?;
    name.to_str().map(str::to_owned).ok_or("its name is not in UTF-8, and a patch cannot write it; --fix does")
}

fn write_hunks(
    out: &mut dyn WriteColor,
    diff: &TextDiff<'_, '_, str>,
    header: &str,
    line: &mut dyn FnMut(&str) -> String,
) -> io::Result<()> {
    write!(out, "{header}")?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        colored(out, Some(Color::Cyan), |out| writeln!(out, "{}", hunk.header()))?;
        for change in hunk.iter_changes() {
            let (sign, color) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Color::Red)),
                ChangeTag::Insert => ('+', Some(Color::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let text = line(change.value());
            colored(out, color, |out| write!(out, "{sign}{text}"))?;
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
