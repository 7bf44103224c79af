//! The binary as a user runs it: `comity().arg("check").stdin("...").run()`.
//!
//! What a test says is what was typed, and what it asserts on is what was seen.

pub(crate) mod documents;
pub(crate) mod odt;
pub(crate) mod word;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A run of the binary, to be set up.
pub(crate) struct Comity {
    command: Command,
    stdin: Vec<u8>,
}

/// How a run ended, and what it wrote.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A run in the repository's root, in an environment that asks for nothing.
pub(crate) fn comity() -> Comity {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    // Everything that a colour library or a pager may look at is gone, whatever the machine that runs the tests sets.
    command.env_clear().current_dir(root());
    Comity { command, stdin: Vec::new() }
}

/// `comity check --no-config`: every pack of comity, whatever lies in the folders above.
pub(crate) fn check() -> Comity {
    comity().args(["check", "--no-config"])
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a client, a program that a test drives, is installed. Where it is not, the test says that it is skipped and has nothing to
/// do; with `COMITY_CLIENTS=1`, which `.ci/run` sets once it has installed every one of them, it fails.
#[track_caller]
pub(crate) fn installed(program: &str) -> bool {
    let there = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join(program).is_file() || folder.join(program).with_extension("exe").is_file());
    there || missing(&format!("{program} is not installed; .ci/run shows how"))
}

/// A client from PyPI or npm: a file of `target/clients`, where `.ci/clients` puts them. Where it is missing, as [`installed`].
#[track_caller]
pub(crate) fn client(file: &str) -> Option<PathBuf> {
    let path = root().join("target/clients").join(file);
    (path.exists() || missing(&format!("target/clients/{file} is missing; .ci/clients brings it"))).then_some(path)
}

/// Says that a test is skipped and why; fails where every client is to be there. Never true.
#[track_caller]
pub(crate) fn missing(reason: &str) -> bool {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    let must = std::env::var_os("COMITY_CLIENTS").is_some_and(|must| must == "1");
    assert!(!must, "{test}: {reason}");
    // Past what the test harness captures: a test that held nothing must not look like one that did.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {reason}");
    false
}

/// The `PATH`, with these folders in front.
pub(crate) fn path_behind<const N: usize>(folders: [&Path; N]) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.map(Path::to_owned).into_iter().chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).expect("the PATH has been one before")
}

/// The folder of the binary under test.
pub(crate) fn binaries() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_comity")).parent().expect("a binary lies in a folder")
}

impl Comity {
    pub(crate) fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    pub(crate) fn in_dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The process itself, for a test that gives it other streams.
    pub(crate) fn command(self) -> Command {
        self.command
    }

    pub(crate) fn run(self) -> Output {
        let Comity { mut command, stdin } = self;
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built for this test");
        let mut pipe = child.stdin.take().expect("standard input is piped");
        let writer = std::thread::spawn(move || match pipe.write_all(&stdin) {
            // A run that ends on its arguments reads nothing.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("standard input: {error}"),
            _ => {}
        });
        let output = child.wait_with_output().expect("the process was started");
        writer.join().expect("standard input was written");
        let text = |bytes| String::from_utf8(bytes).expect("comity writes UTF-8");
        Output {
            code: output.status.code().expect("the process ended by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Output {
    /// Asserts on everything at once, so that a failure shows everything.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, stdout: &str, stderr: &str) {
        assert_eq!((self.code, self.stdout.as_str(), self.stderr.as_str()), (code, stdout, stderr));
    }

    /// The findings of a run with `--format short`, each as `path:line:column rule`.
    pub(crate) fn places(&self) -> Vec<String> {
        let place = |line: &str| {
            let mut parts = line.split(": ");
            // In documents something is told behind the rule.
            let named =
                line.split(" [").skip(1).filter(|rest| rest.contains('/')).find_map(|rest| rest.split(']').next());
            let rule = named.unwrap_or_default();
            format!("{} {rule}", parts.next().unwrap_or_default())
        };
        self.stdout.lines().map(place).collect()
    }
}

/// A folder with these files in it, that vanishes with the test.
pub(crate) struct Folder(tempfile::TempDir);

/// A folder with these files. A name may hold folders.
pub(crate) fn folder<B: AsRef<[u8]>>(files: impl IntoIterator<Item = (&'static str, B)>) -> Folder {
    let folder = Folder(tempfile::tempdir().expect("there is room for temporary files"));
    for (name, content) in files {
        folder.write(name, content.as_ref());
    }
    folder
}

impl Folder {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        // The folder itself may be a symbolic link, as on macOS.
        self.0.path().canonicalize().expect("the folder exists").join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        std::fs::write(path, content).expect("files can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file is there")
    }
}

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        self.0.path()
    }
}
