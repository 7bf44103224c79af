//! `comity lsp` in Neovim's own client, without a screen.

mod common;

use std::io::Write;
use std::process::Command;

use common::{folder, root};

#[test]
fn neovim_places_diagnostics_and_applies_a_quick_fix_in_a_korean_draft() {
    if Command::new("nvim").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "nvim is not installed, and CI is to have it");
        // Not `eprintln!`: the test harness would keep it to itself.
        let _ = writeln!(std::io::stderr(), "skipped: nvim is not installed, so comity lsp was not tried in Neovim");
        return;
    }
    let pack = "schema: 1\npack: house\nrules:\n  \
                - {id: containment, severity: error, phrases: [China containment]}\n  \
                - {id: close, phrases: [close coordination], suggest: [coordination], fix: safe}\n";
    let draft = "# 한미 정상 공동성명 🇰🇷\n\n양 정상은 🤝\u{a0}close\u{a0}coordination 과 🤝 **China** containment\n";
    let folder = folder([("comity.yml", "packs: []\nrules: [house.yml]\n"), ("house.yml", pack), ("초안 1.md", draft)]);
    let output = Command::new("nvim")
        .args(["--headless", "-n", "-u", "NONE", "-i", "NONE", "초안 1.md"])
        .args(["-c".into(), format!("luafile {}", root().join("tests/clients/neovim.lua").display())])
        .current_dir(folder.path(""))
        .env("COMITY", env!("CARGO_BIN_EXE_comity"))
        .env("EXPECTED", "2")
        .env("LANG", "C.UTF-8")
        .env("XDG_STATE_HOME", folder.path("state"))
        .env("XDG_CACHE_HOME", folder.path("cache"))
        .output()
        .expect("nvim was there a moment ago");
    let expected = "2:20-2:39 2 house/close\n2:51-2:70 1 house/containment\napply: Say \"coordination\"\n\
                    양 정상은 🤝\u{a0}coordination 과 🤝 **China** containment\n2:44-2:63 1 house/containment\n";
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{errors}");
    assert!(output.status.success(), "{errors}");
}
