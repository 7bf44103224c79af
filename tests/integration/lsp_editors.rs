//! `comity lsp` in the clients that Neovim and Emacs have, without a screen, over a draft with Korean text.

use std::process::Command;

use crate::common::{Folder, folder, installed, missing, root};
use serde_json::{Value, json};

const PACK: &str = "schema: 1\npack: house\nrules:\n  \
                    - {id: containment, severity: error, phrases: [China containment]}\n  \
                    - {id: close, phrases: [close coordination], suggest: [coordination], fix: safe}\n";

const DRAFT: &str =
    "# 한미 정상 공동성명 🇰🇷\n\n양 정상은 🤝\u{a0}close\u{a0}coordination 과 🤝 **China** containment\n";

/// The draft `초안 1.md`, with two findings, and its pack.
fn workspace() -> Folder {
    folder([("comity.yml", "packs: []\nrules: [house.yml]\n"), ("house.yml", PACK), ("초안 1.md", DRAFT)])
}

#[test]
fn neovim_places_diagnostics_and_applies_a_quick_fix_in_a_korean_draft() {
    if !installed("nvim") {
        return;
    }
    let folder = workspace();
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

#[test]
fn eglot_places_diagnostics_and_applies_a_quick_fix_in_a_korean_draft() {
    if !installed("emacs") || !eglot_is_installed() {
        return;
    }
    let folder = workspace();
    let output = Command::new("emacs")
        .args(["--batch", "-Q", "-l"])
        .arg(root().join("tests/clients/eglot.el"))
        .current_dir(folder.path(""))
        .env("COMITY", env!("CARGO_BIN_EXE_comity"))
        .env("RESULT", folder.path("result.json"))
        .envs([("DRAFT", "초안 1.md"), ("PHRASE", "close"), ("LC_ALL", "C.UTF-8"), ("HOME", "/nonexistent")])
        .output()
        .expect("Emacs was there a moment ago");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_str(&folder.read("result.json")).expect("the script writes JSON");
    let containment = |column: usize| json!([3, column, "eglot-error", "China** containment", "house/containment"]);
    let expected = json!({
        "before": [[3, 9, "eglot-warning", "close\u{a0}coordination", "house/close"], containment(34)],
        "fixed": "양 정상은 🤝\u{a0}coordination 과 🤝 **China** containment",
        "after": [containment(28)],
    });
    assert_eq!(said, expected);
    assert_eq!(folder.read("초안 1.md"), DRAFT.replace("close\u{a0}coordination", "coordination"));
}

/// Whether Emacs has eglot, which it does from 29 on; Debian's Emacs 28 has it as `elpa-eglot`.
fn eglot_is_installed() -> bool {
    let is_there = Command::new("emacs")
        .args(["--batch", "-Q", "--eval", "(require 'package)"])
        .args(["--eval", "(add-to-list 'package-directory-list \"/usr/share/emacs/site-lisp/elpa\")"])
        .args(["--eval", "(package-initialize)", "--eval", "(kill-emacs (if (locate-library \"eglot\") 0 1))"])
        .status()
        .is_ok_and(|status| status.success());
    is_there || missing("eglot is not installed; Debian has it as elpa-eglot")
}
