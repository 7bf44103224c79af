//! The state of a file at a moment, by which it is told whether another program has changed it since.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek};
use std::path::Path;
use std::time::SystemTime;

use super::access::Access;

/// A file as it was looked at.
#[derive(Debug)]
pub(super) struct Snapshot {
    identity: Identity,
    /// The time of the content alone: a file is not changed when it is called by another name, though the system notes that time.
    modified: Option<SystemTime>,
    access: Access,
    content: Vec<u8>,
    /// While it is open and locked nobody clears it away, by whatever name it goes. Elsewhere what is open cannot be replaced.
    #[cfg(unix)]
    _held: File,
}

/// A file, whatever it is called and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    number: u64,
    names: u64,
}

impl Identity {
    #[cfg(unix)]
    fn from_metadata(metadata: &Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity { device: metadata.dev(), number: metadata.ino(), names: metadata.nlink() }
    }

    /// Files that have no numbers which can be asked for are told apart by what they hold.
    #[cfg(not(unix))]
    fn from_metadata(_: &Metadata) -> Identity {
        Identity { device: 0, number: 0, names: 1 }
    }
}

/// True if a file is the one at `path`.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let there = fs::symlink_metadata(path).map(|there| Identity::from_metadata(&there));
    file.metadata().is_ok_and(|file| there.is_ok_and(|there| there == Identity::from_metadata(&file)))
}

/// The error that another program has been faster.
pub(super) fn changed() -> io::Error {
    io::Error::other("another program has changed it in the meantime, and it was left as it is; run comity again")
}

/// Reads the access of the file at `target`, if there is one and it can be replaced.
pub(super) fn access_of(target: &Path) -> io::Result<Option<Access>> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let names = names(&metadata);
    if names > 1 {
        let why = format!(
            "the file has {names} names (hard links), of which only this one would be changed; give it a file of its own first: copy it, and move the copy to its name"
        );
        return Err(io::Error::other(why));
    }
    Access::read_at(target, &metadata).map(Some)
}

/// Counts the names of a file, as far as the system tells.
pub(super) fn names(metadata: &Metadata) -> u64 {
    Identity::from_metadata(metadata).names
}

impl Snapshot {
    /// Looks at the file at `path`.
    ///
    /// # Errors
    /// If it cannot be read, or is no longer there when it has been.
    pub(super) fn take(path: &Path) -> io::Result<Snapshot> {
        let file = File::open(path)?;
        if cfg!(unix) {
            let _ = file.try_lock_shared();
        }
        let (content, metadata) = read(&file)?;
        let access = Access::read_at(path, &metadata)?;
        if is_at(&file, path) { Ok(Snapshot::new(file, content, &metadata, access)) } else { Err(changed()) }
    }

    /// Looks at a file that is being written, whatever name it has.
    pub(super) fn take_open(file: &File) -> io::Result<Snapshot> {
        let mut file = file.try_clone()?;
        file.rewind()?;
        let (content, metadata) = read(&file)?;
        let access = Access::read(&file)?;
        Ok(Snapshot::new(file, content, &metadata, access))
    }

    #[cfg_attr(not(unix), allow(unused_variables, reason = "it is closed"))]
    fn new(file: File, content: Vec<u8>, metadata: &Metadata, access: Access) -> Snapshot {
        Snapshot {
            identity: Identity::from_metadata(metadata),
            modified: metadata.modified().ok(),
            access,
            content,
            #[cfg(unix)]
            _held: file,
        }
    }

    /// True if this is the same file, and nobody has written to it or said of it who may read it.
    pub(super) fn is_as(&self, other: &Snapshot) -> bool {
        (self.identity, self.modified) == (other.identity, other.modified)
            && self.access == other.access
            && self.content == other.content
    }

    pub(super) fn access(&self) -> &Access {
        &self.access
    }

    pub(super) fn content(&self) -> &[u8] {
        &self.content
    }
}

/// Reads a file from where it is read next, and then its metadata: who has written to it since is seen in one of both.
fn read(mut file: &File) -> io::Result<(Vec<u8>, Metadata)> {
    let mut content = Vec::new();
    file.read_to_end(&mut content)?;
    Ok((content, file.metadata()?))
}
