//! Where a file is written before it takes the place of another.
//!
//! On Linux it has no name until it is whole: a process that is killed leaves nothing behind. Where the system has no such files it
//! has a name of comity's own from the beginning, and whoever writes to the folder next clears away what was left: what no
//! process holds a lock on. The system lets go of a lock when a process ends, however that comes about, so that neither the
//! numbers of processes nor the names of hosts have to tell who is alive.

#[cfg(unix)]
use std::fs;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;
#[cfg(unix)]
use std::path::PathBuf;

use tempfile::{Builder, TempPath};

use super::{Step, fault};

/// What the name of a file begins with that is not yet whole, and what it ends with; between them are [`RANDOM`] letters and digits.
const NAME: (&str, &str) = (".comity-", ".tmp");
const RANDOM: usize = 16;

/// A file that is not yet where it belongs. Dropped, it is gone.
#[derive(Debug)]
pub(super) struct Temporary {
    file: File,
    /// Where it is, if it has a name.
    path: Option<TempPath>,
}

impl Temporary {
    /// An empty file, with the permissions that a new file has in this folder.
    pub(super) fn new_in(folder: &Path) -> io::Result<Temporary> {
        clear_once(folder);
        fault::at(Step::Create)?;
        match without_name(folder) {
            Ok(file) => Ok(Temporary { file, path: None }),
            // The reason is that of the other way, if that fails too; the name of the file says nothing to anybody.
            Err(_) => Temporary::named_in(folder).map_err(|error| {
                let why = error.kind();
                io::Error::new(why, format!("nothing can be written into its folder: {why}"))
            }),
        }
    }

    fn named_in(folder: &Path) -> io::Result<Temporary> {
        let mut tries = 0..4;
        loop {
            let (file, path) = name().tempfile_in(folder)?.into_parts();
            lock(&file);
            // Somebody who cleared up may have found it before it was locked.
            if is_at(&file, &path) || tries.next().is_none() {
                return Ok(Temporary { file, path: Some(path) });
            }
        }
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Puts the file at `target`, in the folder that it was made in.
    pub(super) fn persist(self, target: &Path) -> io::Result<()> {
        let Temporary { file, path } = self;
        let (_held, path) = match path {
            Some(path) => (file, path),
            // A name can be given to it, but not one that is taken: that of the target is for the next step.
            None => match link(&file, super::folder_of(target)) {
                Ok(path) => (file, path),
                Err(_) => copy(file, super::folder_of(target))?,
            },
        };
        fault::at(Step::Rename)?;
        path.persist(target).map_err(|failed| failed.error)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// How a file is called that is not yet whole.
fn name() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(NAME.0).suffix(NAME.1).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// A file that has no name, and can be given one.
#[cfg(target_os = "linux")]
fn without_name(folder: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    fault::at(Step::Unnamed)?;
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = File::from(open(folder, flags, Mode::from_raw_mode(0o666))?);
    // What it is linked by; not every system has it.
    fs::symlink_metadata(by_number(&file))?;
    lock(&file);
    Ok(file)
}

#[cfg(not(target_os = "linux"))]
fn without_name(_: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// An open file by its number, for whom it has no other name.
#[cfg(target_os = "linux")]
fn by_number(file: &File) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file)))
}

/// Gives a name to a file that has none.
#[cfg(target_os = "linux")]
fn link(file: &File, folder: &Path) -> io::Result<TempPath> {
    use rustix::fs::{AtFlags, CWD, linkat};
    fault::at(Step::Link)?;
    let from = by_number(file);
    let named = name().make_in(folder, |path| Ok(linkat(CWD, &from, CWD, path, AtFlags::SYMLINK_FOLLOW)?))?;
    Ok(named.into_temp_path())
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<TempPath> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A file with a name that holds the same as one that cannot be given any.
fn copy(mut file: File, folder: &Path) -> io::Result<(File, TempPath)> {
    let Temporary { file: mut to, path } = Temporary::named_in(folder)?;
    file.rewind()?;
    io::copy(&mut file, &mut to)?;
    super::keep_access(&to, &file.metadata()?)?;
    to.sync_all()?;
    let path = path.ok_or(io::ErrorKind::NotFound)?;
    Ok((to, path))
}

/// Says that the file is being written. Where a file system has no locks nobody clears up.
fn lock(file: &File) {
    if cfg!(unix) {
        let _ = file.try_lock();
    }
}

/// Whether a file is the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let there = fs::symlink_metadata(path).map(number);
    file.metadata().map(number).is_ok_and(|file| there.is_ok_and(|there| there == file))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Clears up in a folder, the first time that this process writes to it.
#[cfg(unix)]
fn clear_once(folder: &Path) {
    use std::collections::BTreeSet;
    use std::sync::{Mutex, PoisonError};
    static CLEARED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if CLEARED.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        clear(folder);
    }
}

#[cfg(not(unix))]
fn clear_once(_: &Path) {}

/// Takes away what processes that were killed have left in a folder. What cannot be taken away stays: it is in nobody's way.
#[cfg(unix)]
fn clear(folder: &Path) {
    let is_ours = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(NAME.0)?.strip_suffix(NAME.1));
        random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
            && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_ours) {
        let path = entry.path();
        // A lock may ask for a file that can be written.
        let Ok(file) = File::options().read(true).write(true).open(&path) else {
            continue;
        };
        if file.try_lock().is_ok() && is_at(&file, &path) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_a_killed_process_has_left_is_cleared_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (left, held) = (".comity-aB3dE5gH7jK9mN1p.tmp", ".comity-0000000000000000.tmp");
        let foreign = [
            ".comity-notes.tmp",
            ".comity-.tmp",
            ".comity-aB3dE5gH7jK9mN1.tmp",
            ".comity-aB3dE5gH7jK9mN1pp.tmp",
            ".comity-aB3dE5gH7jK9-N1p.tmp",
            "comity-aB3dE5gH7jK9mN1p.tmp",
            ".comity-aB3dE5gH7jK9mN1p.md",
        ];
        for name in foreign.iter().chain([&left, &held]) {
            fs::write(at(name), "x").unwrap();
        }
        let (folder_of_ours, link) = (".comity-1111111111111111.tmp", ".comity-2222222222222222.tmp");
        fs::create_dir(at(folder_of_ours)).unwrap();
        symlink(at("comity-aB3dE5gH7jK9mN1p.tmp"), at(link)).unwrap();
        // Another process that is not done with it.
        let running = File::open(at(held)).unwrap();
        running.lock().unwrap();

        super::super::replace(&at("draft.md"), b"new").unwrap();
        let there = |name: &str| fs::symlink_metadata(at(name)).is_ok();
        assert!(!there(left));
        for name in foreign.iter().chain([&held, &folder_of_ours, &link, &"draft.md"]) {
            assert!(there(name), "{name}");
        }
        drop(running);
        clear(folder.path());
        assert!(!there(held));
    }

    #[test]
    fn a_file_that_is_being_written_is_not_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("draft.md");
        for way in [&[][..], &[Step::Unnamed], &[Step::Link]] {
            fault::AT.set(way);
            let mut temporary = Temporary::new_in(folder.path()).unwrap();
            temporary.write_all(b"new").unwrap();
            let names = || fs::read_dir(folder.path()).unwrap().count();
            let before = names();
            clear(folder.path());
            assert_eq!(names(), before, "{way:?}");
            temporary.persist(&target).unwrap();
            fault::AT.set(&[]);
            assert_eq!((fs::read_to_string(&target).unwrap().as_str(), names()), ("new", 1), "{way:?}");
            fs::remove_file(&target).unwrap();
        }
    }
}
