//! The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit and the real prek in repositories of statements.
//!
//! The hook is built from a clone of what is here, as it is at a user's, of the crates that were built for the tests. That takes a
//! minute, so what it made is kept below `target/tmp/hooks` for as long as the sources stay the same.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::common::{Folder, binaries, comity, folder, installed, path_behind, root};

const BAD: &str = "# Joint statement\n\nThey underscored the importance of China\ncontainment in the region.\n";
const CLEAN: &str = "# Joint statement\n\nThey underscored the importance of peace in the region.\n";

/// A program that runs hooks.
#[derive(Clone, Copy)]
struct Runner {
    program: &'static str,
    /// The variable that says where it keeps what it has built.
    home: &'static str,
}

const RUNNERS: [Runner; 2] =
    [Runner { program: "pre-commit", home: "PRE_COMMIT_HOME" }, Runner { program: "prek", home: "PREK_HOME" }];

/// The runners that are installed.
fn runners() -> impl Iterator<Item = Runner> {
    RUNNERS.into_iter().filter(|runner| installed("git") && installed(runner.program))
}

/// What is kept between runs.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("hooks").join(name)
}

/// The clone that hooks are installed from, and its revision.
struct Source {
    clone: PathBuf,
    revision: String,
}

/// The clone of what is here: what is committed, what is not, and no more than a hook needs. Its revision is a function of that.
fn source() -> &'static Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let clone = kept("source");
        drop(fs::remove_dir_all(&clone));
        let files = run(git(root(), &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]));
        let needed = |file: &&str| !["tests/", "docs/", "editors/", "fixtures/"].iter().any(|it| file.starts_with(it));
        for file in files.output.split_terminator('\0').filter(needed) {
            // A file that git knows may have been deleted.
            if let Ok(content) = fs::read(root().join(file)) {
                let to = clone.join(file);
                fs::create_dir_all(to.parent().expect("a file lies in a folder")).expect("folders can be made");
                fs::write(to, content).expect("files can be written");
            }
        }
        run(git(&clone, &["init", "--quiet"])).passes();
        run(git(&clone, &["add", "--all", "--force"])).passes();
        run(git(&clone, &["commit", "--quiet", "--message", "Work in progress"])).passes();
        let revision = run(git(&clone, &["rev-parse", "HEAD"])).output.trim().to_owned();
        if fs::read_to_string(kept("revision")).ok().as_ref() != Some(&revision) {
            for runner in RUNNERS {
                drop(fs::remove_dir_all(kept(runner.program)));
            }
            fs::write(kept("revision"), &revision).expect("files can be written");
        }
        Source { clone, revision }
    })
}

/// A toolchain whose cargo installs what is built as tests are, of the crates that were built for them: of those that a release is built
/// of, each would take minutes. Both runners find it as they find any: one asks rustup, the other takes the first on the PATH.
fn toolchain() -> &'static Path {
    static TOOLCHAIN: OnceLock<PathBuf> = OnceLock::new();
    TOOLCHAIN.get_or_init(|| {
        let cargo = Path::new(env!("CARGO"));
        let real = cargo.parent().expect("cargo lies in a folder");
        let toolchain = kept("rustup/toolchains/tests");
        drop(fs::remove_dir_all(&toolchain));
        let bin = toolchain.join("bin");
        fs::create_dir_all(&bin).expect("folders can be made");
        // What rustup would hand on to cargo is that of this toolchain.
        let outer = ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"].map(|name| match std::env::var(name) {
            Ok(value) => format!("export {name}='{value}'\n"),
            Err(_) => format!("unset {name}\n"),
        });
        let script = format!(
            "#!/bin/sh\n{}if [ \"$1\" = install ]; then\n  shift\n  case \" $* \" in *' --locked '*) ;; *) set -- --locked \"$@\" ;; esac\n  set -- install --debug \"$@\"\nfi\nexec '{}' \"$@\"\n",
            outer.concat(),
            cargo.display()
        );
        fs::write(bin.join("cargo"), script).expect("files can be written");
        run(command("chmod", &["+x", &bin.join("cargo").display().to_string()])).passes();
        for (from, to) in [(real.join("rustc"), bin.join("rustc")), (real.with_file_name("lib"), toolchain.join("lib"))] {
            run(command("ln", &["-s", &from.display().to_string(), &to.display().to_string()])).passes();
        }
        toolchain
    })
}

fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args);
    command
}

/// Where cargo builds the hook: with the crates that the tests were built of, so that comity alone is built anew.
fn target() -> &'static Path {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    TARGET.get_or_init(|| {
        let target = kept("target");
        let own = target.join("debug");
        if !own.is_dir() {
            for folder in [".fingerprint", "build", "deps"] {
                copy_crates(&binaries().join(folder), &own.join(folder));
            }
        }
        target
    })
}

/// Copies what cargo made of other crates than comity, with its times, by which cargo tells what is new. Libraries, which are large and
/// which no compiler writes into, are linked.
fn copy_crates(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("cargo made it") {
        let entry = entry.expect("the folder can be read");
        let (name, kind) = (entry.file_name(), entry.file_type().expect("it has a kind"));
        let name = name.to_string_lossy();
        if ["comity", "libcomity", "integration"].iter().any(|own| name.starts_with(own)) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&*name));
        if kind.is_dir() {
            copy_crates(&from, &to);
        } else if !(name.ends_with(".rlib") && fs::hard_link(&from, &to).is_ok()) {
            fs::copy(&from, &to).expect("files can be copied");
            let times = fs::metadata(&from).and_then(|it| it.modified()).expect("files have times");
            fs::File::open(&to).and_then(|copy| copy.set_modified(times)).expect("times can be set");
        }
    }
}

/// `git` with a fixed author and time, and no configuration of whoever runs the tests.
fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder);
    // The test itself may be run by a hook, or by cargo.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("GIT_") || name.starts_with("CARGO_") && name != "CARGO_HOME" {
            command.env_remove(&*name);
        }
    }
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("NO_COLOR", "1")]);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A. Drafter").env(format!("GIT_{who}_EMAIL"), "drafter@example.org");
        command.env(format!("GIT_{who}_DATE"), "2025-01-01T00:00:00Z");
    }
    command
}

/// How a command ended, and everything that it wrote.
#[derive(Debug)]
struct Ended {
    well: bool,
    output: String,
}

fn run(mut command: Command) -> Ended {
    let output = command.output().expect("the command is installed");
    let text = [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned());
    Ended { well: output.status.success(), output: text.concat() }
}

impl Ended {
    #[track_caller]
    fn passes(&self) {
        assert!(self.well, "{}", self.output);
    }

    #[track_caller]
    fn fails_with(&self, expected: &str) {
        assert!(!self.well && self.output.contains(expected), "{}\ndoes not fail with\n{expected}", self.output);
    }
}

/// A repository of statements that a runner guards.
struct Statements {
    folder: Folder,
    runner: Runner,
    path: OsString,
}

impl Statements {
    /// A repository with these files, none of them committed, and this hook, which is installed.
    fn new(runner: Runner, hook: &str, files: &[(&'static str, &str)]) -> Statements {
        let source = source();
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: {hook}\n",
            source.clone.display(),
            source.revision
        );
        let folder = folder([(".pre-commit-config.yaml", config.as_str())].into_iter().chain(files.iter().copied()));
        let path = path_behind([binaries(), &toolchain().join("bin")]);
        let statements = Statements { folder, runner, path };
        statements.git(&["init", "--quiet"]).passes();
        statements.hooks(&["install", "--install-hooks"]).passes();
        statements
    }

    fn command(&self, mut command: Command) -> Ended {
        command
            .env("PATH", &self.path)
            .env(self.runner.home, kept(self.runner.program))
            .env("RUSTUP_HOME", kept("rustup"))
            .env("RUSTUP_TOOLCHAIN", "tests")
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_INCREMENTAL", "0");
        run(command)
    }

    fn git(&self, args: &[&str]) -> Ended {
        self.command(git(self.folder.as_ref(), args))
    }

    /// Runs the runner itself.
    fn hooks(&self, args: &[&str]) -> Ended {
        let environment = git(self.folder.as_ref(), &[]);
        let mut command = Command::new(self.runner.program);
        command.args(args).current_dir(self.folder.as_ref());
        for (name, value) in environment.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.command(command)
    }

    /// Commits everything.
    fn commit(&self) -> Ended {
        self.git(&["add", "--all"]).passes();
        self.git(&["commit", "--message", "A draft"])
    }

    fn commits(&self) -> usize {
        let log = self.git(&["log", "--format=%h"]);
        if log.well { log.output.lines().count() } else { 0 }
    }
}

#[test]
fn a_bad_draft_blocks_the_commit_and_its_diagnostic_can_be_read() {
    for runner in runners() {
        let statements = Statements::new(runner, "comity", &[("drafts/summit.md", BAD), ("clean.md", CLEAN)]);
        let commit = statements.commit();
        commit.fails_with("comity");
        let report = comity().args(["check", "--quiet", "drafts/summit.md"]).in_dir(&statements.folder).run().stdout;
        assert!(report.contains("┌─ drafts/summit.md:3:36\n"), "{report}");
        // prek indents what a hook has written.
        let indented: String = report.trim_end().lines().map(|line| format!("  {line}\n")).collect();
        let report = if commit.output.contains(&indented) { indented } else { report };
        commit.fails_with(report.trim_end());
        assert_eq!(statements.commits(), 0);
    }
}

#[test]
fn clean_drafts_and_files_that_are_no_drafts_are_committed() {
    for runner in runners() {
        let files = [
            ("drafts/summit.md", CLEAN),
            ("notes.TXT", CLEAN),
            ("LICENSE", BAD),
            ("page.tex", BAD),
            ("old/archived.md", BAD),
            ("comity.yml", "ignore: [old/]\n"),
        ];
        let statements = Statements::new(runner, "comity", &files);
        statements.commit().passes();
        assert_eq!(statements.commits(), 1);
        statements.folder.write("NOTES.MD", BAD.as_bytes());
        statements.commit().fails_with("NOTES.MD:3:36");
    }
}

#[test]
fn names_with_spaces_and_hangul_and_files_that_are_moved_or_deleted_do_no_harm() {
    for runner in runners() {
        let files =
            [("공동 성명/초안 최종.md", CLEAN), ("a 'b' $c.txt", CLEAN), ("x/-q.md", CLEAN), ("gone.md", CLEAN)];
        let statements = Statements::new(runner, "comity", &files);
        statements.commit().passes();
        statements.git(&["mv", "공동 성명/초안 최종.md", "공동 성명/최종본 2.md"]).passes();
        statements.git(&["rm", "--quiet", "gone.md"]).passes();
        statements.commit().passes();
        assert_eq!(statements.commits(), 2);
        for name in ["공동 성명/최종본 2.md", "a 'b' $c.txt", "x/-q.md"] {
            statements.folder.write(name, BAD.as_bytes());
            statements.commit().fails_with(&format!("┌─ {name}:3:36"));
            statements.folder.write(name, CLEAN.as_bytes());
        }
    }
}

/// Also that of the hooks which run the comity that is installed.
#[test]
fn many_drafts_are_one_run_of_comity() {
    for runner in runners() {
        let mut statements = Statements::new(runner, "comity-system", &[]);
        for number in 0..400 {
            statements.folder.write(&format!("drafts/statement of the year {number}.md"), CLEAN.as_bytes());
        }
        let runs = statements.folder.path(".git/runs");
        let wrapper = statements.folder.path(".git/bin/comity");
        let script =
            format!("#!/bin/sh\necho $# >>'{}'\nexec '{}' \"$@\"\n", runs.display(), env!("CARGO_BIN_EXE_comity"));
        statements.folder.write(".git/bin/comity", script.as_bytes());
        run({
            let mut chmod = Command::new("chmod");
            chmod.arg("+x").arg(&wrapper);
            chmod
        })
        .passes();
        statements.path = path_behind([wrapper.parent().expect("it lies in a folder")]);
        statements.commit().passes();
        // `check --force-exclude --quiet --`, and the drafts.
        assert_eq!(fs::read_to_string(&runs).expect("comity was run"), "404\n", "{}", runner.program);
    }
}

/// `--fix` comes later than the hook that uses it.
#[test]
fn what_is_safe_to_fix_is_fixed_and_the_commit_waits_for_a_second_look() {
    if !comity().args(["check", "--help"]).run().stdout.contains("--fix") {
        return;
    }
    for runner in runners() {
        let draft = "They agreed to hold the the meeting.\n";
        let config = "packs: [drafting]\n";
        let statements = Statements::new(runner, "comity-fix", &[("draft.md", draft), ("comity.yml", config)]);
        statements.commit().fails_with("comity --fix");
        assert_eq!(statements.folder.read("draft.md"), "They agreed to hold the meeting.\n");
        statements.commit().passes();
    }
}
