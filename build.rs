//! Compiles the packs of `rules/` into the program: each as it is, for those who ask about a rule, and as JSON without its
//! examples, which is read several times faster at every start.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let out = env::var("OUT_DIR")?;
    let mut files: Vec<_> = fs::read_dir(Path::new(&root).join("rules"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(|file| file.path());
    let mut table = String::from("&[\n");
    for file in files {
        let path = file.path();
        let (Some(name), Some("yml")) =
            (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str()))
        else {
            continue;
        };
        let text = fs::read_to_string(&path)?;
        let mut pack: serde_yaml::Value =
            serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if let Some(rules) = pack.get_mut("rules").and_then(|rules| rules.as_sequence_mut()) {
            for rule in rules.iter_mut().filter_map(|rule| rule.as_mapping_mut()) {
                rule.remove("examples");
            }
        }
        let json = Path::new(&out).join(format!("{name}.json"));
        fs::write(&json, serde_json::to_string(&pack)?)?;
        writeln!(
            table,
            "    Builtin {{ name: {name:?}, file: \"rules/{name}.yml\", text: include_str!({path:?}), json: include_str!({json:?}) }},"
        )?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&out).join("packs.rs"), table)?;
    Ok(())
}
