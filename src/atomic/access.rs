//! Access rights of a file, and what else is said of it outside its content: all that is carried over to its replacement.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

#[cfg(unix)]
use std::collections::BTreeMap;
#[cfg(unix)]
use std::ffi::{OsStr, OsString};

/// The owner, the group, the permissions and the extended attributes of a file, with its access control list among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Access {
    #[cfg(unix)]
    owner: u32,
    #[cfg(unix)]
    group: u32,
    #[cfg(unix)]
    mode: u32,
    #[cfg(unix)]
    attributes: BTreeMap<OsString, Vec<u8>>,
    #[cfg(not(unix))]
    permissions: std::fs::Permissions,
}

/// Attributes that are made from the content of a file, or that the system takes away when it is written to.
#[cfg(unix)]
const OF_THE_CONTENT: [&str; 3] = ["security.capability", "security.evm", "security.ima"];

/// True for an attribute without which, or with another value of which, more may read the file, or what its users have said of it
/// is lost. Others are for the system to keep.
#[cfg(unix)]
fn must_be_kept(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b"user.")
        || name.starts_with(b"security.SMACK64")
        || name == b"security.selinux"
        // `system.posix_acl_access`, and the lists of NFS and of Windows shares.
        || name.starts_with(b"system.") && name.windows(3).any(|part| part == b"acl")
        // Elsewhere the names have no classes, but for those that macOS gives and takes.
        || cfg!(not(target_os = "linux")) && !name.starts_with(b"com.apple.")
}

#[cfg(unix)]
impl Access {
    /// Reads the access of an open file.
    pub(super) fn read(file: &File) -> io::Result<Access> {
        Ok(Access::new(&file.metadata()?, of_file(file)?))
    }

    /// Reads the access of the file at `path`, which need not be one that we may read. It is no symbolic link, and this is its
    /// metadata.
    pub(super) fn read_at(path: &Path, metadata: &Metadata) -> io::Result<Access> {
        let attributes = attributes(xattr::list(path), |name| xattr::get(path, name))?;
        Ok(Access::new(metadata, attributes))
    }

    fn new(metadata: &Metadata, attributes: BTreeMap<OsString, Vec<u8>>) -> Access {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let mode = metadata.permissions().mode() & 0o7777;
        Access { owner: metadata.uid(), group: metadata.gid(), mode, attributes }
    }

    /// Gives all of it to a file, or no more than a part that nobody reads the file by. The owner and the group are kept where
    /// the system lets us; where the group cannot be, it may do no more than everybody may: the file is that of another group now.
    ///
    /// # Errors
    /// If an access control list, a label or an attribute that users have set cannot be kept.
    pub(super) fn give_to(&self, file: &File) -> io::Result<()> {
        use std::fs::Permissions;
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        use xattr::FileExt;
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (self.owner, self.group)
            && fchown(file, Some(self.owner), Some(self.group)).is_err()
        {
            // A user may give a file to a group of theirs.
            let _ = fchown(file, None, Some(self.group));
        }
        let current = file.metadata()?;
        let (keeps_owner, keeps_group) = (current.uid() == self.owner, current.gid() == self.group);
        // What a new file takes from its folder, such as a list of who may read it, is not what the old one had.
        let there = of_file(file)?;
        for name in there.keys().filter(|name| !self.attributes.contains_key(*name)) {
            kept(name, file.remove_xattr(name))?;
        }
        for (name, value) in self.attributes.iter().filter(|(name, value)| there.get(*name) != Some(*value)) {
            kept(name, file.set_xattr(name, value))?;
        }
        let list = self.attributes.keys().find(|name| name.as_encoded_bytes().starts_with(b"system."));
        if let Some(list) = list.filter(|name| !keeps_group && must_be_kept(name)) {
            kept(list, Err(io::Error::other("the file would be of another group")))?;
        }
        let mut mode = self.mode;
        if !keeps_owner {
            // A program that is run as its owner would be run as another.
            mode &= !0o4000;
        }
        if !keeps_group {
            mode = mode & !0o2070 | (mode & 0o007) << 3;
        }
        file.set_permissions(Permissions::from_mode(mode))
    }
}

#[cfg(not(unix))]
impl Access {
    pub(super) fn read(file: &File) -> io::Result<Access> {
        Ok(Access { permissions: file.metadata()?.permissions() })
    }

    pub(super) fn read_at(_: &Path, metadata: &Metadata) -> io::Result<Access> {
        Ok(Access { permissions: metadata.permissions() })
    }

    pub(super) fn give_to(&self, file: &File) -> io::Result<()> {
        file.set_permissions(self.permissions.clone())
    }
}

#[cfg(unix)]
fn of_file(file: &File) -> io::Result<BTreeMap<OsString, Vec<u8>>> {
    use xattr::FileExt;
    attributes(file.list_xattr(), |name| file.get_xattr(name))
}

/// The attributes of these names. Where a file system knows no attributes there are none.
#[cfg(unix)]
fn attributes(
    names: io::Result<xattr::XAttrs>,
    get: impl Fn(&OsStr) -> io::Result<Option<Vec<u8>>>,
) -> io::Result<BTreeMap<OsString, Vec<u8>>> {
    let names = match names {
        Ok(names) => names,
        Err(error) if is_unsupported(&error) => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let mut attributes = BTreeMap::new();
    for name in names.filter(|name| !OF_THE_CONTENT.iter().any(|other| name == other)) {
        match get(&name) {
            Ok(Some(value)) => {
                attributes.insert(name, value);
            }
            Ok(None) => {}
            Err(error) => kept(&name, Err(error))?,
        }
    }
    Ok(attributes)
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    use rustix::io::Errno;
    [Errno::NOTSUP, Errno::NOSYS].iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
        || error.kind() == io::ErrorKind::Unsupported
}

/// Passes on the result of keeping an attribute; none of those that must be kept is lost without a word.
#[cfg(unix)]
fn kept(name: &OsStr, result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if must_be_kept(name) => {
            let name = name.display();
            let why = format!(
                "its attribute {name} cannot be kept ({error}); take it away with setfattr -x {name}, or have the owner of the file do this"
            );
            Err(io::Error::new(error.kind(), why))
        }
        _ => Ok(()),
    }
}
