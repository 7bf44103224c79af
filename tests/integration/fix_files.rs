//! `comity check --fix`, `--unsafe-fixes` and `--diff` through the binary: what is written, what is said, and what is never lost.

use crate::common::{check, comity, folder};

const DRAFT: &str = "# Statement\n\nThe ROK agreed to burden sharing.  \nThey \"utilize\" it.\n";

const PACK: &str = "schema: 1
pack: house
rules:
  - {id: decide, fix: safe, swap: {\"agree~ to\": \"decide~ on\"}, message: decided is what it is}
  - {id: share, severity: error, phrases: [burden sharing], suggest: [shared responsibility], message: shared}
  - {id: use, fix: none, phrases: [utilize], suggest: [use], message: use}
";

/// What is found in the draft as it is.
const FOUND: &str = "d.md:3:9: warning: decided is what it is [house/decide]
d.md:3:19: error: shared [house/share]
d.md:4:7: warning: use [house/use]
";

/// What is found once safe suggestions are in it.
const LEFT: &str = "d.md:3:20: error: shared [house/share]\nd.md:4:7: warning: use [house/use]\n";

fn run(files: &crate::common::Folder, args: &[&str]) -> crate::common::Output {
    let all = ["check", "--rules", "house.yml", "--select", "house", "--format", "short", "d.md"];
    comity().args(all.into_iter().chain(args.iter().copied())).in_dir(files).run()
}

fn files(draft: &[u8]) -> crate::common::Folder {
    folder([("d.md", draft), ("house.yml", PACK.as_bytes())])
}

#[test]
fn safe_suggestions_are_written_and_the_rest_is_reported() {
    let files = files(DRAFT.as_bytes());
    let fixed = DRAFT.replace("agreed to", "decided on");
    let said = "1 fixed in 1 draft; 1 more with --unsafe-fixes\n1 draft checked: 1 error, 1 warning, 0 notes\n";
    run(&files, &["--fix"]).is(1, LEFT, said);
    assert_eq!(files.read("d.md"), fixed);
    let said = "nothing fixed; 1 more with --unsafe-fixes\n1 draft checked: 1 error, 1 warning, 0 notes\n";
    run(&files, &["--fix"]).is(1, LEFT, said);
    assert_eq!(files.read("d.md"), fixed);
    let said = "1 fixed in 1 draft\n1 draft checked: 0 errors, 1 warning, 0 notes\n";
    run(&files, &["--fix", "--unsafe-fixes"]).is(0, "d.md:4:7: warning: use [house/use]\n", said);
    assert_eq!(files.read("d.md"), fixed.replace("burden sharing", "shared responsibility"));
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let files = files(DRAFT.as_bytes());
    let expected = "--- d.md
+++ d.md
@@ -1,4 +1,4 @@
 # Statement
 
-The ROK agreed to burden sharing.  
+The ROK decided on burden sharing.  
 They \"utilize\" it.
";
    run(&files, &["--diff"]).is(1, expected, "1 would be fixed in 1 draft; 1 more with --unsafe-fixes\n");
    assert_eq!(files.read("d.md"), DRAFT);
    files.write("d.md", b"Peace.\n");
    run(&files, &["--diff"]).is(0, "", "nothing would be fixed\n");
}

#[test]
fn a_draft_from_standard_input_goes_to_standard_output() {
    let files = files(b"");
    let args = ["check", "--rules", "house.yml", "--select", "house", "--format", "short", "--fix", "-q", "-"];
    let output = comity().args(args).in_dir(&files).stdin(DRAFT).run();
    assert_eq!((output.code, output.stdout.as_str()), (1, DRAFT.replace("agreed to", "decided on").as_str()));
    assert_eq!(output.stderr, LEFT.replace("d.md", "<stdin>"));
}

#[test]
fn unsafe_fixes_go_with_fixes() {
    let output = check().args(["--unsafe-fixes", "fixtures/clean.md"]).run();
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("<--fix|--diff>"), "{output:?}");
}

#[test]
fn every_byte_elsewhere_stays_as_it_is() {
    let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    };
    // Letters that are put together, and in parts; what is not seen; two fixes with spaces between them.
    let text = "한국\u{a0}agreed to it.\t \r\n\u{e9}e\u{301} a\u{200b}b  c, agreed to  d, agreed to \u{1112}\u{1161}\r\nLast line, no end";
    let encodings: [fn(&str) -> Vec<u8>; 3] = [
        |text| text.as_bytes().to_vec(),
        |text| format!("\u{feff}{text}").into_bytes(),
        |text| text.replace("\r\n", "\r").into_bytes(),
    ];
    for encode in encodings {
        let files = files(&encode(text));
        run(&files, &["--fix", "-q"]).is(0, "", "");
        assert_eq!(
            std::fs::read(files.path("d.md")).unwrap_or_default(),
            encode(&text.replace("agreed to", "decided on"))
        );
    }
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let files = files(&utf16(text, order));
        run(&files, &["--fix", "-q"]).is(0, "", "");
        let expected = utf16(&text.replace("agreed to", "decided on"), order);
        assert_eq!(std::fs::read(files.path("d.md")).unwrap_or_default(), expected);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_permissions_are_kept_and_read_only_files_are_left() -> std::io::Result<()> {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let files = files(b"");
    files.write("real/d.md", DRAFT.as_bytes());
    std::fs::remove_file(files.path("d.md"))?;
    symlink("real/d.md", files.path("d.md"))?;
    std::fs::set_permissions(files.path("real/d.md"), PermissionsExt::from_mode(0o640))?;
    assert_eq!(run(&files, &["--fix", "-q"]).code, 1);
    assert_eq!(files.read("real/d.md"), DRAFT.replace("agreed to", "decided on"));
    assert!(std::fs::symlink_metadata(files.path("d.md"))?.is_symlink());
    let mode = std::fs::metadata(files.path("real/d.md"))?.permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    files.write("real/d.md", DRAFT.as_bytes());
    std::fs::set_permissions(files.path("real/d.md"), PermissionsExt::from_mode(0o440))?;
    files.write("other.md", DRAFT.as_bytes());
    let said = "error: d.md: not fixed: the file is read-only
1 fixed in 1 draft; 1 more with --unsafe-fixes
2 drafts checked, 1 could not be written: 2 errors, 3 warnings, 0 notes
";
    let found = format!("{FOUND}{}", LEFT.replace("d.md", "other.md"));
    run(&files, &["--fix", "other.md"]).is(2, &found, said);
    assert_eq!(files.read("real/d.md"), DRAFT);
    let args = ["check", "--rules", "house.yml", "--select", "house", "--format", "json", "-q", "--fix", "d.md"];
    let json = comity().args(args).in_dir(&files).run().stdout;
    assert!(json.contains("\"failures\":[\"d.md: not fixed: the file is read-only\"]"), "{json}");
    assert!(json.contains("\"drafts\":1,\"failures\":1,\"errors\":1,\"warnings\":2,"), "{json}");
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_draft_with_several_names_is_left_and_the_remedy_is_told() -> std::io::Result<()> {
    let files = files(DRAFT.as_bytes());
    std::fs::hard_link(files.path("d.md"), files.path("same.md"))?;
    let said = "error: d.md: not fixed: the file has 2 names (hard links), of which only this one would be changed; give it a file of its own first: copy it, and move the copy to its name
nothing fixed
1 draft checked, 1 could not be written: 1 error, 2 warnings, 0 notes
";
    run(&files, &["--fix"]).is(2, FOUND, said);
    assert_eq!(files.read("d.md"), DRAFT);
    // The remedy works.
    std::fs::copy(files.path("d.md"), files.path("copy.md"))?;
    std::fs::rename(files.path("copy.md"), files.path("d.md"))?;
    assert_eq!(run(&files, &["--fix", "-q"]).code, 1);
    assert_eq!(
        (files.read("d.md"), files.read("same.md")),
        (DRAFT.replace("agreed to", "decided on"), DRAFT.to_owned())
    );
    Ok(())
}

#[test]
fn what_does_not_fit_on_the_disk_leaves_the_draft_as_it_was() {
    if cfg!(not(unix)) {
        return;
    }
    let files = files(format!("{DRAFT}\n{}", "Peace. ".repeat(4000)).as_bytes());
    let before = files.read("d.md");
    // A limit of a kilobyte for a file stands in for a disk that is full; the signal that goes with it is not wanted.
    let script =
        "trap '' XFSZ; ulimit -f 1; exec \"$0\" check --rules house.yml --select house --fix -q --format short d.md";
    let output = std::process::Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_comity")])
        .current_dir(&files)
        .output()
        .expect("bash runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("d.md: not fixed: "), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), FOUND);
    assert_eq!(files.read("d.md"), before);
    let names = std::fs::read_dir(files.path("")).expect("the folder is there").count();
    assert_eq!(names, 2, "nothing is left behind");
}

#[cfg(unix)]
#[test]
fn a_process_that_is_killed_at_any_moment_leaves_the_old_or_the_new_draft() {
    let line = "The ROK agreed to it in a sentence of some length, so that writing takes a moment.\n\n";
    let old = line.repeat(3000);
    let new = old.replace("agreed to", "decided on");
    let files = files(old.as_bytes());
    let args = ["check", "--rules", "house.yml", "--select", "house", "--fix", "-q", "d.md"];
    let holds = |what: &str| {
        let now = files.read("d.md");
        assert!(now == old || now == new, "{what}, the draft is neither");
        usize::from(now == new)
    };
    let mut seen = [0, 0];
    for wait in (0..400).step_by(40) {
        files.write("d.md", old.as_bytes());
        let mut child = comity().args(args).in_dir(&files).command();
        let mut child = child.stdout(std::process::Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("it has ended");
        seen[holds(&format!("after {wait} ms"))] += 1;
    }
    assert!(seen[0] > 0, "no process was killed before it was done");
    // In the middle of writing: the system kills who writes more than so many kilobytes into a file.
    for most in [0, 1, 64, 200] {
        files.write("d.md", old.as_bytes());
        let script = format!("ulimit -c 0; ulimit -f {most}; exec \"$0\" \"$@\"");
        let mut command = std::process::Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_comity")]).args(args).current_dir(&files);
        let status = command.status().expect("bash runs");
        assert_eq!(status.code(), None, "it was killed at {most} KB");
        holds(&format!("killed at {most} KB"));
    }
    // What they may have left is cleared away by the next one that writes there.
    files.write("d.md", old.as_bytes());
    assert_eq!(run(&files, &["--fix", "-q"]).code, 0);
    let names = std::fs::read_dir(files.path("")).expect("the folder is there").count();
    assert_eq!(names, 2, "something is left behind");
}
