//! What comity leaves behind when the system fails it: each call that writing a file needs fails in turn, or the process is killed at
//! it. The file is the old or the new one, the exit code tells which, and nothing is left beside it when comity has written there again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use crate::common::word::{docx, paragraph};
use crate::common::{Folder, comity, folder, installed};

const PACK: &str = "schema: 1
pack: house
rules:
  - {id: decide, fix: safe, swap: {\"agree~ to\": \"decide~ on\"}, message: decided is what it is}
";

const DRAFT: &str = "The ROK agreed to it.\n";

/// The time that is in the comments of an annotated copy.
const CLOCK: (&str, &str) = ("SOURCE_DATE_EPOCH", "1700000000");

/// A command that writes a file.
struct Case {
    args: &'static [&'static str],
    target: &'static str,
    /// What is there before; without it there is nothing.
    old: Option<&'static str>,
    code: i32,
}

const CHECK: [&str; 7] = ["check", "--rules", "house.yml", "--select", "house", "-q", "d.md"];

const CASES: [Case; 7] = [
    Case { args: &["--fix"], target: "d.md", old: Some(DRAFT), code: 0 },
    Case { args: &["--output", "report.txt"], target: "report.txt", old: Some("the report of yesterday\n"), code: 0 },
    Case { args: &["--write-baseline", "b.yml"], target: "b.yml", old: Some("schema: 1\ndrafts: {}\n"), code: 0 },
    Case {
        args: &["check", "--rules", "house.yml", "--select", "house", "-q", "--annotate", "copy.docx", "d.docx"],
        target: "copy.docx",
        old: None,
        code: 0,
    },
    Case { args: &["init"], target: "comity.yml", old: None, code: 0 },
    Case { args: &["init", "--force"], target: "comity.yml", old: Some("fail-on: note\n"), code: 0 },
    Case {
        args: &["rules", "new", "junior partner", "--pack", "house.yml"],
        target: "house.yml",
        old: Some(PACK),
        code: 0,
    },
];

impl Case {
    fn args(&self) -> Vec<&'static str> {
        let is_option = self.args[0].starts_with("--");
        CHECK[..if is_option { CHECK.len() } else { 0 }].iter().chain(self.args).copied().collect()
    }

    fn folder(&self) -> Folder {
        let document = docx(&paragraph(&["The ROK agreed to it."]));
        let files = folder([("d.md", DRAFT.as_bytes()), ("house.yml", PACK.as_bytes()), ("d.docx", &document)]);
        self.reset(&files);
        files
    }

    /// Puts the old file back.
    fn reset(&self, files: &Folder) {
        match self.old {
            Some(old) => files.write(self.target, old.as_bytes()),
            None => {
                // It may not be there.
                let _ = std::fs::remove_file(files.path(self.target));
            }
        }
    }

    fn now(&self, files: &Folder) -> Option<Vec<u8>> {
        std::fs::read(files.path(self.target)).ok()
    }

    /// What the file is when nothing fails.
    fn outcome(&self) -> Option<Vec<u8>> {
        let files = self.folder();
        let output = comity().args(self.args()).env(CLOCK.0, CLOCK.1).in_dir(&files).run();
        assert_eq!(output.code, self.code, "{:?}: {output:?}", self.args);
        let new = self.now(&files);
        assert!(new.is_some() && new.as_deref() != self.old.map(str::as_bytes), "{:?} writes something", self.args);
        new
    }

    /// What must hold of a folder whatever happened, and of the exit code, if the process ended by itself.
    fn holds(&self, files: &Folder, code: Option<i32>, new: Option<&[u8]>, what: &str) {
        let now = self.now(files);
        let (is_old, is_new) = (now.as_deref() == self.old.map(str::as_bytes), now.as_deref() == new);
        assert!(is_old || is_new, "{what}: the file is neither the old nor the new one: {now:?}");
        match code {
            Some(code) if code == self.code => assert!(is_new, "{what}: exit code {code}, and the file is the old one"),
            Some(code) => assert!(
                code == 2 && is_old,
                "{what}: exit code {code}, and the file is the {} one",
                if is_old { "old" } else { "new" }
            ),
            None => {}
        }
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn on_a_full_disk_every_file_stays_as_it_was() {
    if cfg!(not(unix)) {
        return;
    }
    for case in CASES {
        let (files, new) = (case.folder(), case.outcome());
        let before = names(files.as_ref());
        // No file may hold a byte more; the signal that goes with it is not wanted.
        let output = Command::new("bash")
            .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_comity")])
            .args(case.args())
            .current_dir(&files)
            .output()
            .expect("bash runs");
        assert_eq!(output.status.code(), Some(2), "{:?}: {output:?}", case.args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(case.target), "{:?}: {said}", case.args);
        case.holds(&files, Some(2), new.as_deref(), &format!("{:?} on a full disk", case.args));
        assert_eq!(names(files.as_ref()), before, "{:?}", case.args);
    }
}

/// The calls by which a file is read, written and put in its place, under the names of all architectures.
const CALLS: &str = "?open,openat,read,write,fsync,flock,?link,linkat,?rename,?renameat,renameat2,?unlink,unlinkat,?chmod,fchmod,fchown,flistxattr,llistxattr,fsetxattr,?mkdir,mkdirat";

/// Those of them that change nothing.
const READING: [&str; 5] = ["openat", "read", "flock", "flistxattr", "llistxattr"];

/// What `strace` is to do with calls: `NAME:error=EIO:when=N`.
type Faults = Vec<String>;

/// A run with these faults, whose calls go into a log.
fn strace(case: &Case, files: &Folder, faults: &[String], log: &Path) -> Command {
    let mut command = Command::new("strace");
    command.arg("-o").arg(log).arg(format!("--trace={CALLS}"));
    command.args(faults.iter().map(|fault| format!("--inject={fault}")));
    command.arg(env!("CARGO_BIN_EXE_comity")).args(case.args()).current_dir(files);
    command.env_clear().env(CLOCK.0, CLOCK.1).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A call of a run: its name, which one of that name it is, and the rest of the line.
type Call = (String, usize, String);

/// The calls of a run with these faults from the first that has to do with the new file.
fn calls(case: &Case, faults: &[String]) -> Vec<Call> {
    let (files, log) = (case.folder(), folder::<&str>([]));
    let status = strace(case, &files, faults, &log.path("log")).status().expect("strace runs");
    assert_eq!(status.code(), Some(case.code), "{:?} with {faults:?}", case.args);
    let log = log.read("log");
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut begun = false;
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((name, rest)) = line.split_once('(') else { continue };
        let count = counts.entry(name).or_default();
        *count += 1;
        begun |= rest.contains("O_TMPFILE") || rest.contains(".comity-");
        // What comity says is another matter.
        let is_said = name == "write" && (rest.starts_with("1,") || rest.starts_with("2,"));
        if begun && !is_said {
            calls.push((name.to_owned(), *count, rest.to_owned()));
        }
    }
    // What it holds is on the disk before it has the name.
    let at = |names: &[&str]| calls.iter().position(|(name, ..)| names.contains(&name.as_str()));
    let (synced, named) = (at(&["fsync"]), at(&["link", "linkat", "rename", "renameat", "renameat2"]));
    assert!(synced.is_some() && synced < named, "{:?}: {calls:?}", case.args);
    calls
}

/// The ways to put a file in its place: where the system has files without names and exchanges names, and where it lacks one or both.
fn ways(case: &Case) -> Vec<Faults> {
    let calls = calls(case, &[]);
    let unnamed = calls.iter().find(|(.., rest)| rest.contains("O_TMPFILE"));
    let unnamed: Faults = unnamed.map(|(name, n, _)| format!("{name}:error=EOPNOTSUPP:when={n}")).into_iter().collect();
    let exchange = vec!["renameat2:error=EINVAL".to_owned()];
    let both = [&unnamed[..], &exchange[..]].concat();
    vec![Vec::new(), unnamed, exchange, both]
}

/// What may fail where the system is like this, one at a time.
fn faults(case: &Case, way: &Faults) -> Vec<Faults> {
    let mut faults = Vec::new();
    for (call, n, _) in calls(case, way) {
        if way.iter().any(|fault| fault.starts_with(&format!("{call}:"))) {
            continue;
        }
        // What reads is the same in every command; where a rule cannot be read the report is one that says so.
        if READING.contains(&&*call) && case.target != "d.md" {
            continue;
        }
        for fault in ["error=EIO", "signal=KILL"] {
            faults.push([&way[..], &[format!("{call}:{fault}:when={n}")]].concat());
        }
    }
    faults
}

/// Runs the command with these faults, and once more where something is left behind.
fn fail(case: &Case, faults: &[String], new: Option<&[u8]>) {
    let files = case.folder();
    let before = names(files.as_ref());
    let output = strace(case, &files, faults, Path::new("/dev/null")).output().expect("strace runs");
    let what = format!("{:?} with {faults:?}: {}", case.args, String::from_utf8_lossy(&output.stderr));
    case.holds(&files, output.status.code(), new, &what);
    let is_clean = || names(files.as_ref()).iter().all(|name| before.contains(name) || name == case.target);
    if is_clean() {
        return;
    }
    let fault = faults.last().map_or("", String::as_str);
    assert!(fault.contains("KILL") || fault.starts_with("unlink"), "{what}: a file is left behind");
    case.reset(&files);
    let next = comity().args(case.args()).env(CLOCK.0, CLOCK.1).in_dir(&files).run();
    assert_eq!(next.code, case.code, "{what}: the next run");
    assert!(is_clean(), "{what}: the next run leaves it too");
    assert_eq!(case.now(&files).as_deref(), new, "{what}: the next run");
}

#[cfg(target_os = "linux")]
#[test]
fn where_it_cannot_be_kept_who_may_read_a_draft_nothing_is_written() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    const LIST: &str = "system.posix_acl_access";
    // The owner may write, the group of number 2 may read, nobody else anything.
    let list = b"\x02\0\0\0\x01\0\x06\0\xff\xff\xff\xff\x04\0\0\0\xff\xff\xff\xff\x08\0\x04\0\x02\0\0\0\x10\0\x04\0\xff\xff\xff\xff\x20\0\0\0\xff\xff\xff\xff";
    if !installed("strace") {
        return;
    }
    let case = &CASES[0];
    let refused = |attribute: &str, fault: &str, set_up: &dyn Fn(&Path) -> std::io::Result<()>| {
        let files = case.folder();
        let draft = files.path("d.md");
        if let Err(why) = set_up(&draft) {
            // Past what the test harness captures.
            let _ = writeln!(std::io::stderr(), "skipped: {attribute} with {fault}: {why}");
            return;
        }
        let metadata = || std::fs::metadata(&draft).map(|of| (of.ino(), of.mode(), of.uid(), of.gid())).unwrap();
        let before = metadata();
        let output = strace(case, &files, &[fault.to_owned()], Path::new("/dev/null")).output().expect("strace runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        let expected = format!("error: d.md: not fixed: its attribute {attribute} cannot be kept (");
        assert!(said.starts_with(&expected) && said.contains(&format!("setfattr -x {attribute}")), "{said}");
        assert_eq!((case.now(&files).as_deref(), metadata()), (case.old.map(str::as_bytes), before));
        assert_eq!(names(files.as_ref()).len(), 3, "nothing is left behind");
    };
    refused(LIST, "fsetxattr:error=EPERM", &|draft| xattr::set(draft, LIST, list));
    refused("user.status", "fsetxattr:error=ENOSPC", &|draft| xattr::set(draft, "user.status", b"agreed"));
    refused(LIST, "fchown:error=EPERM", &|draft| {
        chown(draft, None, Some(3))?;
        xattr::set(draft, LIST, list)
    });
    // A new file is for nobody else until it is known for whom the old one was.
    for way in ways(case) {
        let made =
            calls(case, &way).into_iter().filter(|(.., rest)| rest.contains("O_TMPFILE") || rest.contains("O_EXCL"));
        for (.., rest) in made {
            assert!(rest.contains(", 0600)"), "{way:?}: {rest}");
        }
    }
    // Where it cannot be of the same group, its group may do no more than everybody.
    let files = case.folder();
    let draft = files.path("d.md");
    std::fs::set_permissions(&draft, PermissionsExt::from_mode(0o640)).unwrap();
    if let Err(why) = chown(&draft, None, Some(3)) {
        let _ = writeln!(std::io::stderr(), "skipped: a file of another group: {why}");
        return;
    }
    let faults = ["fchown:error=EPERM".to_owned()];
    let status = strace(case, &files, &faults, Path::new("/dev/null")).status().expect("strace runs");
    let mode = std::fs::metadata(&draft).unwrap().mode() & 0o777;
    assert_eq!((status.code(), mode, case.now(&files) == case.outcome()), (Some(0), 0o600, true));
}

#[test]
fn whatever_call_fails_or_is_the_last_the_file_is_the_old_or_the_new_one() {
    if cfg!(not(target_os = "linux")) || !installed("strace") {
        return;
    }
    let news = CASES.each_ref().map(Case::outcome);
    let mut tries = Vec::new();
    for (case, new) in CASES.iter().zip(&news) {
        let ways = if case.target == "d.md" { ways(case) } else { vec![Vec::new()] };
        tries.extend(ways.iter().flat_map(|way| faults(case, way)).map(|faults| (case, faults, new.as_deref())));
    }
    assert!(tries.len() > 150, "{} tries are not all", tries.len());
    let tries = Mutex::new(tries.into_iter());
    let work = || {
        let next = || tries.lock().expect("no try has failed").next();
        while let Some((case, faults, new)) = next() {
            fail(case, &faults, new);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
}
