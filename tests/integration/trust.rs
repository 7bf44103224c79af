//! What `docs/trust.md` promises: that every test it names is there, and what the system is asked for by a run, as strace tells it.

use std::collections::BTreeSet;

use crate::common::root;

/// The tests that the page names, as `file::name`.
fn named(page: &str) -> BTreeSet<(String, String)> {
    let code = page.split('`').skip(1).step_by(2);
    let tests = code.filter(|code| code.starts_with("tests/") || code.starts_with("src/"));
    tests.filter_map(|test| test.split_once("::")).map(|(file, name)| (file.to_owned(), name.to_owned())).collect()
}

#[test]
fn every_test_that_the_page_names_is_there() {
    let page = std::fs::read_to_string(root().join("docs/trust.md")).expect("it is there");
    let tests = named(&page);
    assert!(tests.len() >= 20, "{tests:?}");
    for (file, name) in tests {
        let source = std::fs::read_to_string(root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let name = name.rsplit("::").next().expect("a name has an end");
        let (before, _) = source.split_once(&format!("fn {name}(")).unwrap_or_else(|| panic!("{file} has no {name}"));
        let attributes: Vec<&str> = before
            .lines()
            .rev()
            .map(str::trim)
            .skip_while(|line| line.is_empty())
            .take_while(|line| line.starts_with("#["))
            .collect();
        assert!(attributes.contains(&"#[test]"), "{file}: {name} is no test");
        assert!(!attributes.iter().any(|attribute| attribute.starts_with("#[ignore")), "{file}: {name} is not run");
    }
}

#[test]
fn every_promise_is_held_by_a_test() {
    let page = std::fs::read_to_string(root().join("docs/trust.md")).expect("it is there");
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise")).collect();
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        assert!(!named(row).is_empty(), "{row}");
    }
}

/// The versions of what reads what others wrote, as they were looked at: another one asks for another look at `docs/dependencies.md`.
#[test]
fn every_dependency_that_reads_what_others_wrote_was_looked_at() {
    let read = |file: &str| std::fs::read_to_string(root().join(file)).expect("it is there");
    let (page, lock) = (read("docs/dependencies.md"), read("Cargo.lock"));
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let looked_at: Vec<(&str, &str)> = rows
        .filter_map(|row| {
            let mut cells = row.split(" | ");
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    assert!(looked_at.len() >= 20, "{looked_at:?}");
    for (name, version) in looked_at {
        let locked = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        assert!(lock.contains(&locked), "Cargo.lock has another {name} than {version}: look at it again");
    }
}

#[cfg(target_os = "linux")]
mod traced {
    use std::io::{Read, Write};
    use std::process::{Command, Output, Stdio};

    use serde_json::json;

    use crate::common::word::{docx, paragraph, run};
    use crate::common::{Folder, folder, installed};

    const DRAFT: &str = "The two sides discussed China containment. The ROK undertook to to act.\n";

    /// Drafts for several threads, a document, and an HTML page that names what a browser would load.
    fn drafts() -> Folder {
        let document = docx(&paragraph(&[&run("China containment is a goal.")]));
        let page = "<p>China containment</p><img src=\"http://127.0.0.1/a.png\"><script src=\"http://127.0.0.1/a.js\"></script>";
        folder([
            ("a.md", DRAFT.as_bytes()),
            ("b.md", DRAFT.replace("China", "the China").as_bytes()),
            ("c.html", page.as_bytes()),
            ("d.docx", &document),
            ("comity.yml", b"packs: [framing, drafting, register]\n"),
        ])
    }

    /// The drafts, in a repository of git.
    fn repository() -> Folder {
        let dir = drafts();
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "a"]] {
            let git = Command::new("git").args(who).args(arguments).current_dir(&dir).status();
            assert!(git.expect("git is installed").success(), "{arguments:?}");
        }
        dir
    }

    /// What comity does with these arguments, as strace with its options has it happen, and the calls to the system that it tells.
    fn traced(dir: &Folder, options: &[&str], arguments: &[&str], stdin: &[Vec<u8>]) -> (Output, String) {
        let trace = tempfile::NamedTempFile::new().expect("there is room for temporary files");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-o"]).arg(trace.path()).args(options).arg(env!("CARGO_BIN_EXE_comity"));
        strace.args(arguments).current_dir(dir).env_remove("RUST_BACKTRACE").env_remove("RAYON_NUM_THREADS");
        strace.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = strace.spawn().expect("strace is installed");
        let mut pipe = child.stdin.take().expect("it is piped");
        // An editor leaves once it has its answer.
        let mut said = Vec::new();
        if let [question, leave] = stdin {
            let _ = pipe.write_all(question);
            let mut answers = child.stdout.take().expect("it is piped");
            let mut byte = [0];
            while !said.ends_with(b"\"id\":2") && answers.read(&mut byte).is_ok_and(|read| read == 1) {
                said.push(byte[0]);
            }
            let _ = pipe.write_all(leave);
            drop(pipe);
            answers.read_to_end(&mut said).expect("it can be read to its end");
        } else {
            drop(pipe);
        }
        let mut output = child.wait_with_output().expect("it was started");
        output.stdout.splice(..0, said);
        (output, std::fs::read_to_string(trace.path()).expect("strace writes it"))
    }

    /// An editor's whole life: it opens a draft and asks about it, and leaves.
    fn editor(dir: &Folder) -> Vec<Vec<u8>> {
        let uri = format!("file://{}", dir.path("a.md").display());
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": DRAFT});
        let position = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 30}});
        let questions = [
            json!({"id": 1, "method": "initialize", "params": {"capabilities": {}, "rootUri": null}}),
            json!({"method": "initialized", "params": {}}),
            json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}),
            json!({"id": 2, "method": "textDocument/hover", "params": position}),
        ];
        let leave = [json!({"id": 3, "method": "shutdown"}), json!({"method": "exit"})];
        let message = |message: &serde_json::Value| {
            let mut message = message.clone();
            message["jsonrpc"] = "2.0".into();
            let body = message.to_string();
            format!("Content-Length: {}\r\n\r\n{body}", body.len())
        };
        [&questions[..], &leave].map(|messages| messages.iter().map(message).collect::<String>().into_bytes()).into()
    }

    /// Every command, with the code it ends with and something it says.
    const RUNS: &[(&[&str], i32, &str)] = &[
        (&["check", "--format", "json", "."], 1, "china-containment"),
        (&["check", "--format", "html", "--output", "report.html", "."], 1, ""),
        (&["check", "--diff", "--unsafe-fixes", "."], 1, "+++ a.md"),
        (&["check", "d.docx", "--annotate", "e.docx"], 1, "china-containment"),
        (&["check", "--write-baseline", "baseline.yml", "a.md"], 0, ""),
        (&["compare", "a.md", "b.md"], 0, "1 sentence changed"),
        (&["compare", "--format", "html", "--output", "compare.html", "--redline", "f.docx", "a.md", "d.docx"], 0, ""),
        (&["compare", "HEAD", "--", "a.md"], 0, "nothing differs"),
        (&["test", "-q"], 0, ""),
        (&["rules"], 0, "framing/china-containment"),
        (&["explain", "framing/china-containment"], 0, "http"),
        (&["lsp"], 0, "makes China the target"),
        (&["schema", "pack"], 0, "json-schema.org"),
        (&["completions", "bash"], 0, "comity"),
        (&["man"], 0, ".TH"),
        (&["rules", "new", "junior partner", "--pack", "house.yml"], 0, "junior-partner"),
        (&["init", "--force"], 0, ""),
        (&["check", "--fix", "--unsafe-fixes", "a.md", "b.md"], 0, ""),
    ];

    #[test]
    fn no_run_opens_a_connection_or_starts_a_program() {
        if !installed("strace") || !installed("git") {
            return;
        }
        let dir = repository();
        let mut started = 0;
        for (arguments, code, said) in RUNS {
            let stdin = if arguments[0] == "lsp" { editor(&dir) } else { Vec::new() };
            let (output, trace) = traced(&dir, &["-e", "trace=%network,%process"], arguments, &stdin);
            assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {output:?}");
            assert!(String::from_utf8_lossy(&output.stdout).contains(said), "{arguments:?}: {output:?}");
            // Itself, its threads, and their ends: of a thread that ends with the process strace may not know any more what it asked for.
            let calls = trace.lines().filter_map(|line| line.split_once(' ').map(|(_, call)| call.trim_start()));
            let known = ["exit(", "exit_group(", "<... ", "arch_prctl(", "+++ ", "--- ", "???("];
            let calls: Vec<&str> = calls.filter(|call| !known.iter().any(|known| call.starts_with(known))).collect();
            let (threads, others): (Vec<&str>, Vec<&str>) =
                calls.into_iter().partition(|call| call.contains("CLONE_THREAD"));
            assert!(others.len() == 1 && others[0].starts_with("execve("), "{arguments:?}: {others:?}");
            started += threads.len();
        }
        assert!(started > 0, "what threads do is traced too");
    }

    /// What is asked to write a file.
    const WRITING: &[&str] = &["--fix", "--output", "--annotate", "--write-baseline", "init", "new"];

    #[test]
    fn a_check_writes_no_file() {
        if !installed("strace") || !installed("git") {
            return;
        }
        let dir = repository();
        for (arguments, ..) in RUNS.iter().filter(|(arguments, ..)| !arguments.iter().any(|it| WRITING.contains(it))) {
            let stdin = if arguments[0] == "lsp" { editor(&dir) } else { Vec::new() };
            let (_, trace) = traced(&dir, &["-e", "trace=%file,ftruncate,fallocate,fchmod,fchown"], arguments, &stdin);
            let reads =
                ["execve(", "access(", "readlink", "stat", "getcwd(", "newfstatat(", "statx(", "statfs(", "lstat("];
            for line in trace.lines() {
                let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
                let is_read = reads.iter().any(|read| call.starts_with(read)) || call.contains("O_RDONLY");
                // A thread that ends with its process has no call left.
                let is_end = call.starts_with(['+', '-', '<']) || call.starts_with("???(");
                assert!(is_read || is_end, "{arguments:?}: {line}");
            }
            assert!(trace.contains("O_RDONLY"), "{arguments:?}");
        }
    }

    #[test]
    fn a_system_without_threads_checks_all_the_same() {
        if !installed("strace") {
            return;
        }
        let dir = drafts();
        let refused = ["-e", "trace=clone,clone3", "-e", "inject=clone,clone3:error=EAGAIN"];
        let arguments = ["check", "--format", "json", "."];
        let (with, _) = traced(&dir, &["-e", "trace=clone,clone3"], &arguments, &[]);
        let (without, trace) = traced(&dir, &refused, &arguments, &[]);
        assert!(trace.contains("EAGAIN"), "{trace}");
        assert_eq!((without.status.code(), without.stdout, without.stderr), (Some(1), with.stdout, with.stderr));
        let (server, _) = traced(&dir, &refused, &["lsp"], &editor(&dir));
        let said = "error: the language server stopped: Resource temporarily unavailable (os error 11)\n";
        assert_eq!((server.status.code(), String::from_utf8_lossy(&server.stderr).as_ref()), (Some(1), said));
    }

    #[test]
    fn a_bug_is_one_line_and_exit_code_2_and_leaves_no_report() {
        if !installed("strace") {
            return;
        }
        let dir = drafts();
        dir.write("report.json", b"old");
        // The standard library panics where the system has no random numbers.
        let injected = ["-e", "trace=getrandom", "-e", "inject=getrandom:error=EIO"];
        let arguments = ["check", "--format", "json", "--output", "report.json", "a.md"];
        for arguments in [&arguments[..], &["check", "--format", "json", "."], &["compare", "a.md", "b.md"]] {
            let (output, _) = traced(&dir, &injected, arguments, &[]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{said}");
            assert!(said.starts_with("error: internal error at ") && said.lines().count() == 1, "{said}");
            assert!(said.ends_with("please report this line; what has been written is incomplete\n"), "{said}");
        }
        assert_eq!(dir.read("report.json"), "old");
    }
}
