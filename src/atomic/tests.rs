use super::*;

const READ: Expected<'static> = Expected::Read(b"old");

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs `act` while these steps fail; returns its result with the steps that were begun.
pub(super) fn with_faults<T>(steps: &'static [ReplaceStep], act: impl FnOnce() -> T) -> (T, Vec<ReplaceStep>) {
    fault::TRACE.take();
    fault::AT.set(steps);
    let result = act();
    fault::AT.set(&[]);
    (result, fault::TRACE.take())
}

/// The ways to put a file in its place: without a name until the end, with one from the beginning, copied because none can be given;
/// and each where names cannot be exchanged.
const WAYS: [&[ReplaceStep]; 7] = [
    &[],
    &[ReplaceStep::Unnamed],
    &[ReplaceStep::Link],
    &[ReplaceStep::Exchange],
    &[ReplaceStep::Unnamed, ReplaceStep::Exchange],
    &[ReplaceStep::Link, ReplaceStep::Exchange],
    &[ReplaceStep::Lock],
];

#[test]
fn a_file_is_made_or_replaced_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    replace(&path, Expected::Anything, b"one").unwrap();
    replace(&path, Expected::Anything, b"two").unwrap();
    let mut abandoned = Replacement::begin(&path, Expected::Anything).unwrap();
    abandoned.write_all(b"three").unwrap();
    abandoned.flush().unwrap();
    drop(abandoned);
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    assert_eq!(names(folder.path()), ["report.json"]);
}

#[test]
fn a_fault_in_any_step_leaves_the_old_file_and_nothing_else() {
    use ReplaceStep::{Access, Create, Exchange, Link, Look, Recheck, Rename, Sync, Unnamed, Write};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    fs::write(&path, "old").unwrap();
    // The step that fails comes first, then those by which the way to it leads.
    let faults: [&[ReplaceStep]; 21] = [
        &[Look],
        &[Create],
        &[Access],
        &[Write],
        &[Sync],
        &[Recheck],
        &[Rename, Exchange],
        &[Create, Unnamed],
        &[Access, Unnamed],
        &[Write, Unnamed],
        &[Sync, Unnamed],
        &[Recheck, Unnamed],
        &[Rename, Unnamed, Exchange],
        &[Create, Link],
        &[Access, Link],
        &[Write, Link],
        &[Sync, Link],
        &[Recheck, Link],
        &[Rename, Link, Exchange],
        &[Recheck, Exchange],
        &[Recheck, Link, Exchange],
    ];
    for steps in faults {
        let (failed, _) = with_faults(steps, || replace(&path, READ, b"new").unwrap_err());
        assert_eq!(failed.to_string(), format!("{:?} fails", steps[0]));
        let left = (fs::read_to_string(&path).unwrap(), names(folder.path()).len());
        assert_eq!(left, ("old".to_owned(), 1), "{steps:?}");
    }
    // What cannot be compared is not replaced either.
    let (failed, trace) = with_faults(&[ReplaceStep::Compare], || replace(&path, READ, b"new").unwrap_err());
    if trace.contains(&ReplaceStep::Restore) {
        assert_eq!(failed.to_string(), changed().to_string());
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()), ("old", 1));
    }
    for way in WAYS {
        fs::write(&path, "old").unwrap();
        with_faults(way, || replace(&path, READ, b"new").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new", "{way:?}");
        with_faults(way, || replace(&path, Expected::Anything, b"newer").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "newer", "{way:?}");
        fs::remove_file(&path).unwrap();
        with_faults(way, || replace(&path, Expected::Nothing, b"newest").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "newest", "{way:?}");
        assert_eq!(names(folder.path()), ["draft.md"], "{way:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_removed_goes_with_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    fs::write(&path, "old").unwrap();
    let (_, trace) = with_faults(&[ReplaceStep::Remove], || replace(&path, READ, b"new").unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(names(folder.path()).len(), if trace.contains(&ReplaceStep::Remove) { 2 } else { 1 });
    assert!(temporary::clear(folder.path()).is_none());
    assert_eq!(names(folder.path()), ["draft.md"]);
}

#[test]
fn what_cannot_be_replaced_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read-only");
    fs::write(&path, "old").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let refused = |path: &Path, before| Replacement::begin(path, before).unwrap_err().to_string();
    assert_eq!(refused(&path, READ), "the file is read-only");
    assert_eq!(refused(folder.path(), Expected::Anything), "not a file");
    let missing = refused(&folder.path().join("a/b"), Expected::Anything);
    assert!(missing.starts_with("there is no folder "), "{missing}");
    let other = folder.path().join("other");
    fs::write(&other, "new").unwrap();
    assert_eq!(refused(&other, READ), changed().to_string());
    let exists = Replacement::begin(&other, Expected::Nothing).unwrap_err();
    assert_eq!(exists.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(names(folder.path()), ["other", "read-only"]);
}

#[cfg(unix)]
#[test]
fn a_file_with_several_names_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("draft.md"), "old").unwrap();
    fs::hard_link(at("draft.md"), at("same.md")).unwrap();
    for before in [READ, Expected::Anything] {
        let refused = Replacement::begin(&at("draft.md"), before).unwrap_err().to_string();
        assert!(refused.starts_with("the file has 2 names (hard links)"), "{refused}");
    }
    fs::remove_file(at("same.md")).unwrap();
    // One that is given at the last moment.
    let (from, to) = (at("draft.md"), at("same.md"));
    for step in [ReplaceStep::Link, ReplaceStep::Recheck, ReplaceStep::Exchange] {
        let (from, to) = (from.clone(), to.clone());
        meanwhile(step, move || fs::hard_link(&from, &to).unwrap());
        let result = replace(&at("draft.md"), READ, b"new");
        fault::MEANWHILE.take();
        if cfg!(target_os = "linux") {
            assert_eq!(result.unwrap_err().to_string(), changed().to_string(), "{step:?}");
            assert_eq!(fs::read_to_string(at("draft.md")).unwrap(), "old");
            assert_eq!(names(folder.path()), ["draft.md", "same.md"]);
            fs::remove_file(at("same.md")).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::write(at("real/draft.md"), "old").unwrap();
    fs::set_permissions(at("real/draft.md"), Permissions::from_mode(0o640)).unwrap();
    symlink("real/draft.md", at("link.md")).unwrap();
    symlink("real/new.md", at("to-nothing.md")).unwrap();
    symlink("loop.md", at("loop.md")).unwrap();
    for way in WAYS {
        with_faults(way, || replace(&at("link.md"), Expected::Anything, b"new").unwrap());
        assert_eq!(fs::metadata(at("real/draft.md")).unwrap().permissions().mode() & 0o7777, 0o640, "{way:?}");
    }
    replace(&at("to-nothing.md"), Expected::Nothing, b"made").unwrap();
    assert!(Replacement::begin(&at("loop.md"), Expected::Anything).is_err());
    assert_eq!(fs::read_to_string(at("real/draft.md")).unwrap(), "new");
    assert_eq!(fs::read_to_string(at("real/new.md")).unwrap(), "made");
    assert!(fs::symlink_metadata(at("link.md")).unwrap().is_symlink());
}

/// Runs this once, before a step.
pub(super) fn meanwhile(step: ReplaceStep, act: impl FnOnce() + 'static) {
    let mut act = Some(act);
    fault::MEANWHILE.set(Some(Box::new(move |begun| {
        if begun == step
            && let Some(act) = act.take()
        {
            act();
        }
    })));
}

/// A way in which another program saves a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Saving {
    InPlace,
    Renamed,
}

impl Saving {
    pub(super) fn save(self, path: &Path, content: &str) {
        let backup = path.with_extension("md~");
        match self {
            Saving::InPlace => fs::write(path, content).unwrap(),
            Saving::Renamed => fs::write(&backup, content).and_then(|()| fs::rename(&backup, path)).unwrap(),
        }
    }
}

#[test]
fn what_another_program_saves_at_any_step_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    for way in WAYS {
        fs::write(&path, "old").unwrap();
        let ((), steps) = with_faults(way, || replace(&path, READ, b"new").unwrap());
        for (saving, step) in
            [Saving::InPlace, Saving::Renamed].iter().flat_map(|how| steps.iter().map(move |at| (*how, *at)))
        {
            fs::write(&path, "old").unwrap();
            let target = path.clone();
            meanwhile(step, move || saving.save(&target, "saved"));
            let (result, _) = with_faults(way, || replace(&path, READ, b"new"));
            fault::MEANWHILE.take();
            let now = fs::read_to_string(&path).unwrap();
            assert_eq!(names(folder.path()), ["draft.md"], "{way:?} {saving:?} {step:?}");
            if step == ReplaceStep::Rename || step == ReplaceStep::Exchange && !steps.contains(&ReplaceStep::Compare) {
                // Where names cannot be exchanged, a moment is left.
                assert_eq!(now, "new", "{way:?} {saving:?} {step:?}");
                continue;
            }
            assert_eq!(now, "saved", "{way:?} {saving:?} {step:?}");
            let is_later = [ReplaceStep::Compare, ReplaceStep::Remove].contains(&step);
            assert_eq!(
                result.map_err(|error| error.to_string()),
                if is_later { Ok(()) } else { Err(changed().to_string()) }
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_saved_while_a_save_is_put_back_is_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    for (first, second) in [
        (Saving::InPlace, Saving::InPlace),
        (Saving::InPlace, Saving::Renamed),
        (Saving::Renamed, Saving::InPlace),
        (Saving::Renamed, Saving::Renamed),
    ] {
        fs::write(&path, "old").unwrap();
        let (target, count) = (path.clone(), std::rc::Rc::new(std::cell::Cell::new(0)));
        let counted = std::rc::Rc::clone(&count);
        fault::MEANWHILE.set(Some(Box::new(move |step| match (step, counted.get()) {
            (ReplaceStep::Exchange, 0) => {
                first.save(&target, "first");
                counted.set(1);
            }
            (ReplaceStep::Restore, 1..3) => {
                counted.set(counted.get() + 1);
                second.save(&target, &format!("save {}", counted.get()));
            }
            _ => {}
        })));
        let refused = replace(&path, READ, b"new").unwrap_err();
        fault::MEANWHILE.take();
        assert_eq!(refused.to_string(), changed().to_string());
        assert_eq!(count.get(), 3);
        assert_eq!(fs::read_to_string(&path).unwrap(), "save 3", "{first:?} {second:?}");
        assert_eq!(names(folder.path()), ["draft.md"]);
    }
}

#[cfg(unix)]
#[test]
fn who_may_read_it_is_asked_again_at_the_end() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    for step in [ReplaceStep::Access, ReplaceStep::Sync, ReplaceStep::Recheck, ReplaceStep::Exchange] {
        for before in [READ, Expected::Anything] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
            let target = path.clone();
            meanwhile(step, move || fs::set_permissions(&target, Permissions::from_mode(0o600)).unwrap());
            let result = replace(&path, before, b"new");
            fault::MEANWHILE.take();
            match before {
                Expected::Read(_) if cfg!(target_os = "linux") => {
                    assert_eq!(result.unwrap_err().to_string(), changed().to_string(), "{step:?}");
                    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode()), ("old", 0o600));
                }
                Expected::Read(_) => assert!(result.is_err() || step == ReplaceStep::Exchange, "{step:?}"),
                // What is replaced whatever it is has no such step.
                _ if step == ReplaceStep::Exchange => result.unwrap(),
                _ => assert_eq!((result.is_ok(), mode()), (true, 0o600), "{step:?}"),
            }
        }
    }
}

/// An access control list as the system keeps it: the rights of the owner, of a group by its number, of the owning group, the mask.
#[cfg(target_os = "linux")]
fn list(group: u16, mask: u16) -> Vec<u8> {
    let entries = [(1u16, 6u16, u32::MAX), (4, 0, u32::MAX), (8, group, 1), (16, mask, u32::MAX), (32, 0, u32::MAX)];
    let entry = |(tag, rights, id): (u16, u16, u32)| {
        [tag.to_le_bytes().to_vec(), rights.to_le_bytes().to_vec(), id.to_le_bytes().to_vec()].concat()
    };
    [2u32.to_le_bytes().to_vec(), entries.map(entry).concat()].concat()
}

#[cfg(target_os = "linux")]
#[test]
fn attributes_and_lists_of_who_may_read_are_kept() {
    use std::os::unix::fs::MetadataExt;
    const LIST: &str = "system.posix_acl_access";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    fs::write(&path, "old").unwrap();
    if let Err(why) = xattr::set(&path, LIST, &list(4, 4)).and_then(|()| xattr::set(&path, "user.status", b"agreed")) {
        let _ =
            writeln!(io::stderr(), "skipped: the file system of {} has no attributes: {why}", folder.path().display());
        return;
    }
    // What new files have in this folder: a group may read them.
    xattr::set(folder.path(), "system.posix_acl_default", &list(6, 6)).unwrap();
    for way in WAYS {
        for before in [READ, Expected::Anything] {
            fs::write(&path, "old").unwrap();
            with_faults(way, || replace(&path, before, b"new").unwrap());
            assert_eq!(xattr::get(&path, LIST).unwrap(), Some(list(4, 4)), "{way:?}");
            assert_eq!(xattr::get(&path, "user.status").unwrap().as_deref(), Some(&b"agreed"[..]), "{way:?}");
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640, "the mask");
        }
    }
    // A file without a list gets none from its folder.
    xattr::remove(&path, LIST).unwrap();
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    for way in WAYS {
        fs::write(&path, "old").unwrap();
        with_faults(way, || replace(&path, READ, b"new").unwrap());
        assert_eq!(xattr::get(&path, LIST).unwrap(), None, "{way:?}");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600, "{way:?}");
    }
}
