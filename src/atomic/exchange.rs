//! Two files exchange their names in one step, and what came out is looked at: a save of another program between the last look
//! at a file and its replacement is seen afterwards, and put back.

use std::fs;
use std::io;
use std::path::Path;

use super::snapshot::{Snapshot, changed};
use super::step::{ReplaceStep, fault};

/// The most exchanges of names before it is left to a person. Each time but the first two another program has saved in between.
const MOST: usize = 8;

/// The outcome of an exchange of names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// The new file has the name, and the old one is gone.
    Done,
    /// The file system exchanges no names, and nothing was done.
    Unsupported,
}

/// Puts the file at `temporary`, which is `new`, in the place of the one at `target`, if that is `old`. Whichever of the two
/// has the name `temporary` in the end is removed.
///
/// # Errors
/// If it was another. What was saved last is then at `target`, unless the error says where else it is.
pub(super) fn exchange(temporary: &Path, target: &Path, new: Snapshot, old: &Snapshot) -> io::Result<Exchanged> {
    if fault::at(ReplaceStep::Exchange).and_then(|()| swap(temporary, target)).is_err() {
        return Ok(Exchanged::Unsupported);
    }
    let came = fault::at(ReplaceStep::Compare).and_then(|()| Snapshot::take(temporary));
    if came.as_ref().is_ok_and(|came| came.is_as(old)) {
        remove(temporary);
        return Ok(Exchanged::Done);
    }
    // It goes back. What it takes the place of is then ours, or was saved after all of this began and goes back likewise.
    let (mut put, mut back) = (new, came.ok());
    for _ in 0..MOST {
        fault::at(ReplaceStep::Restore).and_then(|()| swap(temporary, target)).map_err(|_| left(temporary))?;
        let came = fault::at(ReplaceStep::CompareRestored).and_then(|()| Snapshot::take(temporary));
        let Ok(came) = came else { break };
        if came.is_as(&put) {
            remove(temporary);
            return Err(changed());
        }
        let Some(before) = back.replace(came) else { break };
        put = before;
    }
    Err(left(temporary))
}

/// Gives each of two files the name of the other.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes a temporary. One that cannot be removed is known by its name as what nobody needs, and goes with the next run.
fn remove(temporary: &Path) {
    let _ = fault::at(ReplaceStep::Remove).and_then(|()| fs::remove_file(temporary));
}

/// The error that there is a file which somebody may miss.
pub(super) fn left(path: &Path) -> io::Error {
    io::Error::other(format!(
        "{} holds what another program saved at the moment when comity replaced a file; compare it with the files beside it, put it where it belongs or delete it, and run comity again",
        path.display()
    ))
}
