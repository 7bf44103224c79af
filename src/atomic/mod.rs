//! Files that are replaced whole: a reader sees the old one or the new one, a failure leaves the old one as it was, and what another
//! program has saved in the meantime is never replaced unseen.

mod access;
mod exchange;
mod snapshot;
mod step;
mod temporary;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use access::Access;
use snapshot::{Snapshot, access_of, changed};
use step::{ReplaceStep, fault};
use temporary::{Temporary, folder_of};

/// The most symbolic links that are followed, as on Linux.
const MAX_LINKS: usize = 40;

/// The state in which a file is replaced; in any other it is left as it is.
#[derive(Debug, Clone, Copy)]
pub enum Expected<'a> {
    /// Nothing: whatever is there makes way.
    Anything,
    /// There is no file, and none makes way.
    Nothing,
    /// The file holds these bytes, as when it was read. It makes way for as long as it does.
    Read(&'a [u8]),
}

/// A file that is to take the place of another. Dropped before [`Replacement::commit`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Replacement {
    file: BufWriter<Temporary>,
    target: PathBuf,
    old: Old,
}

/// The file that is to be replaced, as it was to begin with.
#[derive(Debug)]
enum Old {
    Anything(Option<Access>),
    Nothing,
    Read(Box<Snapshot>),
}

impl Old {
    fn access(&self) -> Option<&Access> {
        match self {
            Old::Anything(access) => access.as_ref(),
            Old::Nothing => None,
            Old::Read(snapshot) => Some(snapshot.access()),
        }
    }
}

impl Replacement {
    /// Begins to replace the file at `path`; its folder must exist. A symbolic link is followed: what it points to is replaced. The
    /// permissions of a file that exists are kept, its access control list and the attributes that users have set, and its owner
    /// and group where the system lets us.
    ///
    /// # Errors
    /// If the folder does not exist or cannot be written to, if something else than a file that may be written is there, or one that
    /// has several names (hard links); if it is not what it was `before`; if more could read the new file than could read the old.
    pub(crate) fn begin(path: &Path, before: Expected<'_>) -> io::Result<Replacement> {
        let target = follow_links(path)?;
        let folder = folder_of(&target);
        if !folder.is_dir() {
            let missing = format!("there is no folder {}", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, missing));
        }
        let access = access_of(&target)?;
        fault::at(ReplaceStep::Look)?;
        let old = match before {
            Expected::Anything => Old::Anything(access),
            Expected::Nothing if access.is_some() => return Err(io::ErrorKind::AlreadyExists.into()),
            Expected::Nothing => Old::Nothing,
            Expected::Read(content) => match Snapshot::take(&target) {
                Ok(snapshot) if snapshot.content() == content => Old::Read(Box::new(snapshot)),
                Ok(_) => return Err(changed()),
                Err(error) => return Err(error),
            },
        };
        let file = Temporary::new_in(folder, old.access())?;
        Ok(Replacement { file: BufWriter::new(file), target, old })
    }

    /// Puts what was written in the place of the file.
    ///
    /// # Errors
    /// If it cannot be written to the disk, or not be put there, or if the file is no longer what it was. It is then as it is.
    pub(crate) fn commit(self) -> io::Result<()> {
        let Replacement { file, target, old } = self;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        fault::at(ReplaceStep::Sync)?;
        file.file().sync_all()?;
        match old {
            Old::Nothing => file.persist_new(&target)?,
            Old::Read(snapshot) => file.persist_for(&target, &snapshot)?,
            Old::Anything(access) => file.persist(&target, access.as_ref())?,
        }
        // The new name is on the disk when the folder is. Not every system lets a folder be opened, and the file is whole.
        if let Ok(folder) = File::open(folder_of(&target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        fault::at(ReplaceStep::Write)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Puts `bytes` in the place of the file at `path`.
///
/// # Errors
/// As [`Replacement::begin`] and [`Replacement::commit`]; the old file is then as it was.
pub(crate) fn replace(path: &Path, before: Expected<'_>, bytes: &[u8]) -> io::Result<()> {
    let mut file = Replacement::begin(path, before)?;
    file.write_all(bytes)?;
    file.commit()
}

/// Returns the path that the symbolic links of a path lead to, though there may be nothing yet.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&target) {
            Ok(link) => target = folder_of(&target).join(link),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
