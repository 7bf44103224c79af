//! Files that are replaced whole: a reader sees the old one or the new one, and a failure leaves the old one as it was.

mod temporary;

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use temporary::Temporary;

/// How many symbolic links are followed, as on Linux.
const MAX_LINKS: usize = 40;

/// What is to take the place of a file. Dropped before [`Replacement::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Replacement {
    file: BufWriter<Temporary>,
    target: PathBuf,
}

impl Replacement {
    /// Begins to replace the file at `path`, which need not exist yet; its folder must. A symbolic link is followed: what it
    /// points to is replaced. The permissions of a file that exists are kept, and its owner and group where the system lets us.
    ///
    /// # Errors
    /// If the folder does not exist or cannot be written to, or if something else than a file that may be written is there.
    pub fn begin(path: &Path) -> io::Result<Replacement> {
        let target = follow_links(path)?;
        let folder = folder_of(&target);
        if !folder.is_dir() {
            let missing = format!("there is no folder {}", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, missing));
        }
        let existing = match fs::metadata(&target) {
            Ok(existing) => Some(existing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        if existing.as_ref().is_some_and(|existing| existing.permissions().readonly()) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        let file = Temporary::new_in(folder)?;
        if let Some(existing) = existing {
            fault::at(Step::Permissions)?;
            keep_access(file.file(), &existing)?;
        }
        Ok(Replacement { file: BufWriter::new(file), target })
    }

    /// Puts what was written in the place of the file.
    ///
    /// # Errors
    /// If it cannot be written to the disk, or not be put there. The old file is then as it was.
    pub fn commit(self) -> io::Result<()> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        fault::at(Step::Sync)?;
        file.file().sync_all()?;
        file.persist(&self.target)?;
        // The new name is on the disk when the folder is. Not every system lets a folder be opened, and the file is whole.
        if let Ok(folder) = File::open(folder_of(&self.target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        fault::at(Step::Write)?;
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
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Replacement::begin(path)?;
    file.write_all(bytes)?;
    file.commit()
}

/// What is done to replace a file, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Create,
    /// Where this fails the file is given a name at once.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "there are no others"))]
    Unnamed,
    Permissions,
    Write,
    Sync,
    /// Where this fails the file is copied into one that has a name.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "it has one"))]
    Link,
    Rename,
}

/// Faults that tests bring about.
#[cfg(test)]
mod fault {
    use std::cell::Cell;
    use std::io;

    use super::Step;

    thread_local! {
        pub(super) static AT: Cell<&'static [Step]> = const { Cell::new(&[]) };
    }

    pub(super) fn at(step: Step) -> io::Result<()> {
        if AT.get().contains(&step) { Err(io::Error::other(format!("{step:?} fails"))) } else { Ok(()) }
    }
}

#[cfg(not(test))]
mod fault {
    use super::Step;

    #[inline]
    #[allow(clippy::unnecessary_wraps, reason = "in a test it may fail")]
    pub(super) fn at(_: Step) -> std::io::Result<()> {
        Ok(())
    }
}

/// Gives a file the permissions of another, and its owner and group where that may be done. Where the group cannot be kept, it may
/// do no more than everybody may: the file is that of another group now.
#[cfg(unix)]
fn keep_access(file: &File, existing: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let (owner, group) = (existing.uid(), existing.gid());
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (owner, group) && fchown(file, Some(owner), Some(group)).is_err() {
        // A user may give a file to a group of theirs.
        let _ = fchown(file, None, Some(group));
    }
    let mut mode = existing.permissions().mode();
    if file.metadata()?.gid() != group {
        mode = mode & !0o2070 | (mode & 0o007) << 3;
    }
    file.set_permissions(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_access(file: &File, existing: &Metadata) -> io::Result<()> {
    file.set_permissions(existing.permissions())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads, though there may be nothing yet.
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
mod tests {
    use super::*;

    fn replace(path: &Path, text: &str) -> io::Result<()> {
        super::replace(path, text.as_bytes())
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_or_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        replace(&path, "one").unwrap();
        replace(&path, "two").unwrap();
        let mut given_up = Replacement::begin(&path).unwrap();
        given_up.write_all(b"three").unwrap();
        given_up.flush().unwrap();
        drop(given_up);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn a_fault_in_any_step_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.md");
        fs::write(&path, "old").unwrap();
        // By each way: without a name until the end, with one from the beginning, and copied because none can be given.
        let faults: [&[Step]; 15] = [
            &[Step::Create],
            &[Step::Permissions],
            &[Step::Write],
            &[Step::Sync],
            &[Step::Rename],
            &[Step::Create, Step::Unnamed],
            &[Step::Permissions, Step::Unnamed],
            &[Step::Write, Step::Unnamed],
            &[Step::Sync, Step::Unnamed],
            &[Step::Rename, Step::Unnamed],
            &[Step::Create, Step::Link],
            &[Step::Permissions, Step::Link],
            &[Step::Write, Step::Link],
            &[Step::Sync, Step::Link],
            &[Step::Rename, Step::Link],
        ];
        for steps in faults {
            fault::AT.set(steps);
            let failed = replace(&path, "new").unwrap_err();
            fault::AT.set(&[]);
            assert_eq!(failed.to_string(), format!("{:?} fails", steps[0]));
            assert_eq!(
                (fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()),
                ("old", 1),
                "{steps:?}"
            );
        }
        let ways: [&[Step]; 3] = [&[], &[Step::Unnamed], &[Step::Link]];
        for (way, text) in ways.into_iter().zip(["one", "two", "three"]) {
            fault::AT.set(way);
            replace(&path, text).unwrap();
            fault::AT.set(&[]);
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(names(folder.path()), ["draft.md"]);
        }
    }

    #[test]
    fn what_cannot_be_replaced_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("read-only");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(Replacement::begin(&path).unwrap_err().to_string(), "the file is read-only");
        assert_eq!(Replacement::begin(folder.path()).unwrap_err().to_string(), "not a file");
        let missing = Replacement::begin(&folder.path().join("a/b")).unwrap_err().to_string();
        assert!(missing.starts_with("there is no folder "), "{missing}");
        assert_eq!(names(folder.path()), ["read-only"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        fs::write(at("real/draft.md"), "old").unwrap();
        fs::set_permissions(at("real/draft.md"), Permissions::from_mode(0o640)).unwrap();
        symlink("real/draft.md", at("link.md")).unwrap();
        symlink("real/new.md", at("to-nothing.md")).unwrap();
        symlink("loop.md", at("loop.md")).unwrap();
        let ways: [&[Step]; 3] = [&[], &[Step::Unnamed], &[Step::Link]];
        for way in ways {
            fault::AT.set(way);
            replace(&at("link.md"), "new").unwrap();
            fault::AT.set(&[]);
            assert_eq!(fs::metadata(at("real/draft.md")).unwrap().permissions().mode() & 0o7777, 0o640, "{way:?}");
        }
        replace(&at("to-nothing.md"), "made").unwrap();
        assert!(Replacement::begin(&at("loop.md")).is_err());
        assert_eq!(fs::read_to_string(at("real/draft.md")).unwrap(), "new");
        assert_eq!(fs::read_to_string(at("real/new.md")).unwrap(), "made");
        assert!(fs::symlink_metadata(at("link.md")).unwrap().is_symlink());
    }
}
