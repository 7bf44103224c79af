//! The file that is written before it takes the place of another.
//!
//! On Linux it has no name until it is whole: a process that is killed leaves nothing behind. Where the system has no such files it
//! has a name of comity's own from the beginning, and whoever writes to the folder next clears away what was left: what no
//! process holds a lock on. The system lets go of a lock when a process ends, however that comes about, so that neither the
//! numbers of processes nor the names of hosts have to tell who is alive. Where a folder is shared between machines a lock may be
//! unknown to others: there a file must have been left for long as well.
//!
//! While two files exchange their names, the name of comity's own says what it may hold. Anything else is what another program has
//! saved at that moment, and is never cleared away.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, Write};
use std::path::Path;

use tempfile::{Builder, TempPath};

use super::access::Access;
use super::exchange::{Exchanged, exchange};
use super::snapshot::{Snapshot, access_of, changed, is_at};
use super::step::{ReplaceStep, fault};

/// The beginning and the end of the name of a file that is not where it belongs. Between them are [`RANDOM`] letters and digits
/// and, while names are exchanged, the hashes of what the old file holds and the new one.
const NAME: (&str, &str) = (".comity-", ".tmp");
const RANDOM: usize = 16;

/// A file that is not yet where it belongs. Dropped, it is gone.
#[derive(Debug)]
pub(super) struct Temporary {
    file: File,
    /// Its path, if it has a name.
    path: Option<TempPath>,
}

impl Temporary {
    /// An empty file that is read by whom this lets read it, or has the permissions that a new file has in this folder.
    pub(super) fn new_in(folder: &Path, access: Option<&Access>) -> io::Result<Temporary> {
        clear_once(folder)?;
        fault::at(ReplaceStep::Create)?;
        let mode = if access.is_some() { SECRET } else { PUBLIC };
        let new = match without_name(folder, mode) {
            Ok(file) => Temporary { file, path: None },
            // The reason is that of the other way, if that fails too; the name of the file says nothing to anybody.
            Err(_) => Temporary::named_in(folder, mode).map_err(|error| {
                let why = error.kind();
                io::Error::new(why, format!("nothing can be written into its folder: {why}"))
            })?,
        };
        if let Some(access) = access {
            fault::at(ReplaceStep::Access)?;
            access.give_to(&new.file)?;
        }
        Ok(new)
    }

    #[cfg_attr(not(unix), allow(unused_variables, unused_mut, reason = "files have no modes"))]
    fn named_in(folder: &Path, mode: u32) -> io::Result<Temporary> {
        let mut tries = 0..4;
        loop {
            let mut builder = name(NAME.1);
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
            let (file, path) = builder.tempfile_in(folder)?.into_parts();
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

    /// Puts the file at `target`, in the folder that it was made in, whatever is there. `access` is what it was given.
    pub(super) fn persist(self, target: &Path, access: Option<&Access>) -> io::Result<()> {
        let (file, path) = self.named(target, NAME.1)?;
        fault::at(ReplaceStep::Recheck)?;
        let now = access_of(target)?;
        if let Some(now) = now.filter(|now| access != Some(now)) {
            now.give_to(&file)?;
            file.sync_all()?;
        }
        rename(path, target)
    }

    /// Puts the file at `target`, where there is none.
    pub(super) fn persist_new(self, target: &Path) -> io::Result<()> {
        let Temporary { file, path } = self;
        let (_held, path) = match path {
            Some(path) => (file, path),
            None => match link(&file, target) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                Err(_) => copy(file, folder_of(target))?,
            },
        };
        fault::at(ReplaceStep::Rename)?;
        path.persist_noclobber(target).map_err(|failed| failed.error)
    }

    /// Puts the file at `target`, if what is there is still `old`.
    pub(super) fn persist_for(self, target: &Path, old: &Snapshot) -> io::Result<()> {
        let holds = (hash(old.content())?, hash(Snapshot::take_open(&self.file)?.content())?);
        let (file, path) = self.named(target, &format!("-{}-{}{}", holds.0, holds.1, NAME.1))?;
        let new = Snapshot::take_open(&file)?;
        let folder = lock_folder(folder_of(target))?;
        fault::at(ReplaceStep::Recheck)?;
        match Snapshot::take(target) {
            Ok(now) if now.is_as(old) => {}
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => return Err(changed()),
        }
        if folder.is_none() {
            return rename(path, target);
        }
        // From here on it may be the file of somebody else that has the name.
        let path = path.keep().map_err(|failed| failed.error)?;
        match exchange(&path, target, new, old)? {
            Exchanged::Done => Ok(()),
            Exchanged::Unsupported => rename(TempPath::try_from_path(path)?, target),
        }
    }

    /// Gives the file a name of comity's own beside `target`, which ends in this.
    fn named(self, target: &Path, suffix: &str) -> io::Result<(File, TempPath)> {
        let Temporary { file, path } = self;
        let folder = folder_of(target);
        let (file, path) = match path {
            Some(path) => (file, path),
            // A name can be given to it, but not one that is taken: that of the target is for a later step.
            None => match name(suffix).make_in(folder, |path| link(&file, path)) {
                Ok(named) => return Ok((file, named.into_temp_path())),
                Err(_) => copy(file, folder)?,
            },
        };
        if suffix == NAME.1 {
            return Ok((file, path));
        }
        let named = name(suffix).make_in(folder, |to| fs::rename(&path, to))?;
        // There is nothing any more by the name that it had.
        path.keep().map_err(|failed| failed.error)?;
        Ok((file, named.into_temp_path()))
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

/// The permissions of a file that is for us alone, until it is known for whom it is, and of one that is for whom the system lets.
const SECRET: u32 = 0o600;
const PUBLIC: u32 = 0o666;

/// The builder of names for files that are not where they belong.
fn name(suffix: &str) -> Builder<'static, '_> {
    let mut builder = Builder::new();
    builder.prefix(NAME.0).suffix(suffix).rand_bytes(RANDOM);
    builder
}

/// Returns the hash by which a content is recognized, in another version of comity too.
fn hash(content: &[u8]) -> io::Result<String> {
    let mut hasher = gix_hash::hasher(gix_hash::Kind::Sha1);
    hasher.update(content);
    Ok(hasher.try_finalize().map_err(io::Error::other)?.to_string())
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn rename(path: TempPath, target: &Path) -> io::Result<()> {
    fault::at(ReplaceStep::Rename)?;
    path.persist(target).map_err(|failed| failed.error)
}

/// A file that has no name, and can be given one.
#[cfg(target_os = "linux")]
fn without_name(folder: &Path, mode: u32) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    fault::at(ReplaceStep::Unnamed)?;
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = File::from(open(folder, flags, Mode::from_raw_mode(mode))?);
    // What it is linked by; not every system has it.
    fs::symlink_metadata(by_number(&file))?;
    lock(&file);
    Ok(file)
}

#[cfg(not(target_os = "linux"))]
fn without_name(_: &Path, _: u32) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// An open file by its number, for whom it has no other name.
#[cfg(target_os = "linux")]
fn by_number(file: &File) -> std::path::PathBuf {
    format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file)).into()
}

/// Gives a name that is not taken to a file that has none.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    fault::at(ReplaceStep::Link)?;
    Ok(linkat(CWD, by_number(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A file with a name that holds the same as one that cannot be given any.
fn copy(mut file: File, folder: &Path) -> io::Result<(File, TempPath)> {
    let Temporary { file: mut to, path } = Temporary::named_in(folder, SECRET)?;
    file.rewind()?;
    io::copy(&mut file, &mut to)?;
    Access::read(&file)?.give_to(&to)?;
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

/// Waits until no other run exchanges names in a folder, and lets none do so for as long as this is open: one that puts something
/// back must know that it takes the place of nothing which another run has put there. `None` where folders cannot be locked.
///
/// # Errors
/// If another program does not let go of the folder.
fn lock_folder(folder: &Path) -> io::Result<Option<File>> {
    const TRIES: usize = 200;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(10);
    let Ok(file) = fault::at(ReplaceStep::Lock).and_then(|()| File::open(folder)) else {
        return Ok(None);
    };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    let why = format!("another program has locked the folder {}; run comity again when it is done", folder.display());
    Err(io::Error::other(why))
}

/// Clears up in a folder, the first time that this process writes to it.
///
/// # Errors
/// If there is a file that another program has saved and somebody may miss.
#[cfg(unix)]
fn clear_once(folder: &Path) -> io::Result<()> {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::{Mutex, PoisonError};
    static CLEARED: Mutex<BTreeMap<PathBuf, Option<PathBuf>>> = Mutex::new(BTreeMap::new());
    let mut cleared = CLEARED.lock().unwrap_or_else(PoisonError::into_inner);
    let left = cleared.entry(folder.to_owned()).or_insert_with(|| clear(folder));
    left.as_deref().map_or(Ok(()), |left| Err(super::exchange::left(left)))
}

#[cfg(not(unix))]
fn clear_once(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes away what processes that were killed have left in a folder. What cannot be taken away stays: it is in nobody's way. Returns
/// a file that somebody may miss, if there is one.
#[cfg(unix)]
pub(super) fn clear(folder: &Path) -> Option<std::path::PathBuf> {
    let mut missed = None;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(holds) = name.to_str().and_then(held_by) else { continue };
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // A lock may ask for a file that can be written.
        let Ok(file) = File::options().read(true).write(true).open(&path) else { continue };
        if file.try_lock().is_err() || !is_at(&file, &path) {
            continue;
        }
        let is_known = || fs::read(&path).and_then(|content| hash(&content)).is_ok_and(|hash| holds.contains(&&*hash));
        if !holds.is_empty() && !is_known() {
            missed = Some(path);
        } else if !is_shared(&file) || is_old(&file) {
            let _ = fs::remove_file(&path);
        }
    }
    missed
}

/// Returns the hashes of what a file with this name may hold, if the name is one of comity's own; none where that is not said.
#[cfg(unix)]
fn held_by(name: &str) -> Option<Vec<&str>> {
    let mut parts = name.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?.split('-');
    let random = parts.next()?;
    let holds: Vec<_> = parts.collect();
    let is_hash = |part: &&str| part.len() == 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    (random.len() == RANDOM
        && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (holds.is_empty() || holds.len() == 2 && holds.iter().all(is_hash)))
    .then_some(holds)
}

/// True if other machines may be writing to the file system of a file, with locks that this one does not know of. Outside of
/// Linux it may always be so.
#[cfg(unix)]
fn is_shared(file: &File) -> bool {
    #[cfg(target_os = "linux")]
    {
        /// NFS, SMB 1 to 3, 9P, FUSE, Ceph, AFS (two), Lustre, OCFS2, GFS2: `man 2 statfs`, and `linux/magic.h`.
        const SHARED: [u32; 11] = [
            0x6969, 0xff53_4d42, 0xfe53_4d42, 0x517b, 0x0102_1997, 0x6573_5546, 0x00c3_6400, 0x5346_414f, 0x6b41_4653,
            0x0bd0_0bd0, 0x7461_636f,
        ];
        rustix::fs::fstatfs(file).map_or(true, |of| SHARED.contains(&(of.f_type as u32)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = file;
        true
    }
}

/// After how long nobody can still be writing a file.
#[cfg(unix)]
const LONG: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// True if a file has been left for so long that nobody can still be writing it.
#[cfg(unix)]
fn is_old(file: &File) -> bool {
    let age = file.metadata().and_then(|metadata| metadata.modified()).map(|modified| modified.elapsed());
    age.is_ok_and(|age| age.is_ok_and(|age| age > LONG))
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::Expected;
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
            // Long ago, for systems on which a lock says too little.
            let long_ago = std::time::SystemTime::now() - 2 * LONG;
            File::options().write(true).open(at(name)).unwrap().set_modified(long_ago).unwrap();
        }
        let (folder_of_ours, link) = (".comity-1111111111111111.tmp", ".comity-2222222222222222.tmp");
        fs::create_dir(at(folder_of_ours)).unwrap();
        symlink(at("comity-aB3dE5gH7jK9mN1p.tmp"), at(link)).unwrap();
        // Another process that is not done with it.
        let running = File::open(at(held)).unwrap();
        running.lock().unwrap();

        super::super::replace(&at("draft.md"), Expected::Anything, b"new").unwrap();
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
        for way in [&[][..], &[ReplaceStep::Unnamed], &[ReplaceStep::Link]] {
            fault::AT.set(way);
            let mut temporary = Temporary::new_in(folder.path(), None).unwrap();
            temporary.write_all(b"new").unwrap();
            let names = || fs::read_dir(folder.path()).unwrap().count();
            let before = names();
            clear(folder.path());
            assert_eq!(names(), before, "{way:?}");
            temporary.persist(&target, None).unwrap();
            fault::AT.set(&[]);
            assert_eq!((fs::read_to_string(&target).unwrap().as_str(), names()), ("new", 1), "{way:?}");
            fs::remove_file(&target).unwrap();
        }
    }

    #[test]
    fn what_another_program_has_saved_is_never_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let holds = format!("{}-{}", hash(b"old").unwrap(), hash(b"new").unwrap());
        let at = |random: &str| folder.path().join(format!(".comity-{random}-{holds}.tmp"));
        for (random, content) in [("0000000000000000", "old"), ("1111111111111111", "new")] {
            fs::write(at(random), content).unwrap();
        }
        let saved = at("2222222222222222");
        fs::write(&saved, "saved").unwrap();
        for _ in 0..2 {
            let refused = super::super::replace(&folder.path().join("draft.md"), Expected::Anything, b"x").unwrap_err();
            assert!(refused.to_string().starts_with(&format!("{} holds what another program", saved.display())));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(saved).unwrap(), "saved");
    }

    #[test]
    fn where_locks_may_be_unknown_a_file_is_cleared_away_when_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("x")).unwrap();
        assert!(!is_old(&file));
        let hours = |hours: u64| std::time::SystemTime::now() - std::time::Duration::from_secs(hours * 3600);
        for (age, old) in [(23, false), (25, true)] {
            file.set_modified(hours(age)).unwrap();
            assert_eq!(is_old(&file), old, "{age} hours");
        }
    }
}
