//! A draft as it was in a revision of its git repository, read from git's objects: no other program is run.

use std::fs;
use std::path::{Component, Path, PathBuf};

use gix_hash::ObjectId;
use gix_object::tree::EntryKind;
use gix_object::{FindExt, Kind, TreeRef};
use gix_odb::HeaderExt;

/// The reason why a draft could not be read from a revision.
#[derive(Debug, thiserror::Error)]
pub(super) enum RevisionError {
    #[error("{}: not in a git repository", .0.display())]
    NoRepository(PathBuf),
    #[error("{}: {what}", path.display())]
    Repository { path: PathBuf, what: String },
    #[error("`{name}` is no revision: {why}")]
    Unknown { name: String, why: String },
    #[error(
        "`{name}` is not in this clone, which is shallow: {why}. Fetch the rest with `git fetch --unshallow`, or have it cloned whole (`fetch-depth: 0` for actions/checkout)"
    )]
    Shallow { name: String, why: String },
    #[error("{}: not in revision `{name}`", path.display())]
    Absent { path: PathBuf, name: String },
    #[error(
        "{}: in revision `{name}` larger than {} MiB; raise the limit with --max-size", path.display(), limit >> 20
    )]
    TooLarge { path: PathBuf, name: String, limit: u64 },
}

/// The links from a revision to another that are followed at most: `HEAD~1000`, tags of tags.
const MAX_STEPS: u32 = 10_000;

/// The largest commit, tag or tree that is unpacked, in bytes: a folder of a hundred thousand files has 4 MiB.
const MAX_BYTES: u64 = 16 << 20;

/// The most files and folders that are listed.
const MAX_ENTRIES: usize = 200_000;

/// The most folders inside one another that are looked through.
const MAX_DEPTH: usize = 256;

/// The name of a file as git keeps it.
#[cfg(unix)]
fn file_name(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The name of a file as git keeps it: in UTF-8, where file names are text.
#[cfg(not(unix))]
fn file_name(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A git repository, open for reading.
pub(super) struct Repository {
    objects: gix_odb::Handle,
    references: gix_ref::file::Store,
    hash: gix_hash::Kind,
    work: PathBuf,
    /// True if it has only the last part of the history: its git folder lists under `shallow` where that begins.
    is_shallow: bool,
}

impl Repository {
    /// The repository that `path`, which need not exist, lies in.
    pub(super) fn discover(path: &Path) -> Result<Repository, RevisionError> {
        let absolute = crate::config::resolve(path);
        for folder in absolute.ancestors().skip(1) {
            let dot_git = folder.join(".git");
            if dot_git.exists() {
                return Repository::open(folder, &dot_git);
            }
        }
        Err(RevisionError::NoRepository(path.to_owned()))
    }

    fn open(work: &Path, dot_git: &Path) -> Result<Repository, RevisionError> {
        let error = |what: String| RevisionError::Repository { path: dot_git.to_owned(), what };
        let text = |path: &Path| fs::read_to_string(path).map_err(|e| error(e.to_string()));
        // In a linked worktree and in a submodule `.git` is a file that says where the repository is.
        let git_dir = if dot_git.is_file() {
            let text = text(dot_git)?;
            let target =
                text.trim_end().strip_prefix("gitdir: ").ok_or_else(|| error("not a git repository".into()))?;
            work.join(target)
        } else {
            dot_git.to_owned()
        };
        let common = match text(&git_dir.join("commondir")) {
            Ok(text) => git_dir.join(text.trim_end()),
            Err(_) => git_dir.clone(),
        };
        let config = text(&common.join("config")).unwrap_or_default().to_lowercase();
        if config.lines().any(|line| line.replace(' ', "").starts_with("refstorage=reftable")) {
            return Err(error("its references are kept as a reftable, which is not read".into()));
        }
        if config.lines().any(|line| line.replace(' ', "") == "objectformat=sha256") {
            return Err(error("its objects are named by SHA-256, which is not read".into()));
        }
        let hash = gix_hash::Kind::Sha1;
        let objects = gix_odb::at(common.join("objects"), hash).map_err(|e| error(e.to_string()))?;
        let is_shallow = fs::metadata(common.join("shallow")).is_ok_and(|file| file.len() > 0);
        let references = if common == git_dir {
            gix_ref::file::Store::at(git_dir, hash)
        } else {
            gix_ref::file::Store::for_linked_worktree(git_dir, common, hash)
        };
        Ok(Repository { objects, references, hash, work: work.to_owned(), is_shallow })
    }

    /// True if an object is no larger than so many bytes: git keeps the size before what is packed.
    fn is_within(&self, id: &gix_hash::oid, most: u64) -> Result<bool, String> {
        self.objects.header(id).map(|header| header.size() <= most).map_err(|e| e.to_string())
    }

    /// The bytes of the file at `path` in the revision called `name`.
    ///
    /// # Errors
    /// Also if they are more than `limit`, which is told before they are unpacked.
    pub(super) fn read(&self, name: &str, path: &Path, limit: u64) -> Result<Vec<u8>, RevisionError> {
        let (id, kind) = self.entry(name, path)?;
        if !matches!(kind, EntryKind::Blob | EntryKind::BlobExecutable) {
            return Err(RevisionError::Absent { path: path.to_owned(), name: name.to_owned() });
        }
        if !self.is_within(&id, limit).map_err(|what| self.broken(what))? {
            return Err(RevisionError::TooLarge { path: path.to_owned(), name: name.to_owned(), limit });
        }
        let mut buffer = Vec::new();
        let blob = self.objects.find_blob(&id, &mut buffer).map_err(|e| self.broken(e.to_string()))?;
        Ok(blob.data.to_vec())
    }

    /// The top folder of its files.
    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    /// True if there is a folder at `path` in the revision called `name`, false if a file or the like.
    ///
    /// # Errors
    /// Also if there is nothing.
    pub(super) fn is_folder(&self, name: &str, path: &Path) -> Result<bool, RevisionError> {
        Ok(self.entry(name, path)?.1 == EntryKind::Tree)
    }

    /// The files below the folder at `path` in the revision called `name`, by their paths there, in order.
    ///
    /// # Errors
    /// Also if there is no folder, or if it holds too much.
    pub(super) fn list(&self, name: &str, path: &Path) -> Result<Vec<PathBuf>, RevisionError> {
        let (id, kind) = self.entry(name, path)?;
        if kind != EntryKind::Tree {
            return Err(RevisionError::Absent { path: path.to_owned(), name: name.to_owned() });
        }
        let (mut found, mut entries) = (Vec::new(), 0);
        let mut folders = vec![(id, PathBuf::new(), 0)];
        let mut buffer = Vec::new();
        while let Some((id, below, depth)) = folders.pop() {
            let tree = self.tree(&id, &mut buffer)?;
            entries += tree.entries.len();
            if entries > MAX_ENTRIES || depth > MAX_DEPTH {
                return Err(self.broken(format!("{} holds too many files to be listed", path.display())));
            }
            for entry in &tree.entries {
                // What git would not check out either.
                let is_name = !matches!(&**entry.filename, b"" | b"." | b"..") && !entry.filename.contains(&b'/');
                let below = below.join(file_name(entry.filename));
                match entry.mode.kind() {
                    EntryKind::Blob | EntryKind::BlobExecutable if is_name => found.push(below),
                    EntryKind::Tree if is_name => folders.push((entry.oid.to_owned(), below, depth + 1)),
                    _ => {}
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn broken(&self, what: String) -> RevisionError {
        RevisionError::Repository { path: self.work.clone(), what }
    }

    fn tree<'b>(&self, id: &gix_hash::oid, buffer: &'b mut Vec<u8>) -> Result<TreeRef<'b>, RevisionError> {
        if !self.is_within(id, MAX_BYTES).map_err(|what| self.broken(what))? {
            return Err(self.broken(format!("its folder {id} is larger than {} MiB", MAX_BYTES >> 20)));
        }
        self.objects.find_tree(id, buffer).map_err(|e| self.broken(e.to_string()))
    }

    /// What there is at `path` in the revision called `name`, and its kind.
    fn entry(&self, name: &str, path: &Path) -> Result<(ObjectId, EntryKind), RevisionError> {
        let absent = || RevisionError::Absent { path: path.to_owned(), name: name.to_owned() };
        let commit = self.revision(name)?;
        let mut buffer = Vec::new();
        let commit = self.objects.find_commit(&commit, &mut buffer).map_err(|e| self.broken(e.to_string()))?;
        let (mut id, mut kind) = (commit.tree(), EntryKind::Tree);
        let absolute = crate::config::resolve(path);
        let inside = absolute.strip_prefix(&self.work).map_err(|_| absent())?;
        let names: Vec<&[u8]> = inside
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => Some(name.as_encoded_bytes()),
                _ => None,
            })
            .collect();
        let mut buffer = Vec::new();
        for part in names {
            if kind != EntryKind::Tree {
                return Err(absent());
            }
            let tree = self.tree(&id, &mut buffer)?;
            let entry = tree.entries.iter().find(|entry| **entry.filename == *part).ok_or_else(absent)?;
            (id, kind) = (entry.oid.to_owned(), entry.mode.kind());
        }
        Ok((id, kind))
    }

    /// The commit that `name` means: a branch, a tag, `HEAD`, `@`, the beginning of a hash, each with `~N` and `^N` behind it.
    fn revision(&self, name: &str) -> Result<ObjectId, RevisionError> {
        let unknown = |why: &str| RevisionError::Unknown { name: name.to_owned(), why: why.to_owned() };
        let missing = |why: &str| match self.is_shallow {
            true => RevisionError::Shallow { name: name.to_owned(), why: why.to_owned() },
            false => unknown(why),
        };
        let steps_at = name.find(['~', '^']).unwrap_or(name.len());
        let (base, mut steps) = name.split_at(steps_at);
        let base = if base.is_empty() || base == "@" { "HEAD" } else { base };
        let found = self.named(base).or_else(|| self.by_prefix(base)).filter(|id| self.has(id));
        let mut commit = self
            .commit(found.ok_or_else(|| missing("there is no such branch, tag or commit"))?)
            .ok_or_else(|| unknown("it is no commit"))?;
        let mut taken = 0;
        while let Some(sign) = steps.chars().next() {
            steps = &steps[1..];
            let digits = steps.find(|c: char| !c.is_ascii_digit()).unwrap_or(steps.len());
            let number: u32 = if digits == 0 { 1 } else { steps[..digits].parse().unwrap_or(u32::MAX) };
            steps = &steps[digits..];
            if !matches!(sign, '~' | '^') {
                return Err(unknown("behind the name comes `~N` or `^N`"));
            }
            let (times, parent) = if sign == '~' { (number, 1) } else { (u32::from(number > 0), number) };
            taken += u64::from(times);
            if taken > u64::from(MAX_STEPS) {
                return Err(unknown("that is too far back"));
            }
            for _ in 0..times {
                commit = self.parent(commit, parent).ok_or_else(|| missing("its history does not go back so far"))?;
            }
        }
        Ok(commit)
    }

    fn named(&self, name: &str) -> Option<ObjectId> {
        let mut reference = self.references.try_find(name).ok()??;
        for _ in 0..8 {
            match reference.target {
                gix_ref::Target::Object(id) => return Some(id),
                gix_ref::Target::Symbolic(next) => {
                    reference = self.references.try_find(next.as_ref()).ok()??;
                }
            }
        }
        None
    }

    fn by_prefix(&self, hex: &str) -> Option<ObjectId> {
        if hex.len() < 4 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let prefix = gix_hash::Prefix::from_hex(hex).ok()?;
        if hex.len() == self.hash.len_in_hex() {
            return ObjectId::from_hex(hex.as_bytes()).ok();
        }
        self.objects.lookup_prefix(prefix, None).ok()??.ok()
    }

    /// True if an object is there.
    fn has(&self, id: &gix_hash::oid) -> bool {
        self.objects.header(id).is_ok()
    }

    /// The commit that an object is, or that a tag names.
    fn commit(&self, mut id: ObjectId) -> Option<ObjectId> {
        let mut buffer = Vec::new();
        for _ in 0..8 {
            self.is_within(&id, MAX_BYTES).ok().filter(|is_within| *is_within)?;
            let object = self.objects.find(&id, &mut buffer).ok()?;
            match object.kind {
                Kind::Commit => return Some(id),
                Kind::Tag => id = gix_object::TagRefIter::from_bytes(object.data, self.hash).target_id().ok()?,
                _ => return None,
            }
        }
        None
    }

    fn parent(&self, commit: ObjectId, number: u32) -> Option<ObjectId> {
        let mut buffer = Vec::new();
        self.is_within(&commit, MAX_BYTES).ok().filter(|is_within| *is_within)?;
        let commit = self.objects.find_commit(&commit, &mut buffer).ok()?;
        let parent = commit.parents().nth(usize::try_from(number).ok()?.checked_sub(1)?);
        // Where a shallow clone begins, a commit names a parent that is not there.
        parent.filter(|parent| self.has(parent))
    }
}
