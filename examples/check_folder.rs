//! Checks every draft below a folder with the `comity.yml` that is nearest to each: `cargo run --example check_folder -- drafts`

#![expect(clippy::print_stdout, reason = "to print is what it is for")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use comity::Format;
use comity::session::Session;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut drafts = Vec::new();
    gather(&folder, &mut drafts)?;
    drafts.sort();
    // A configuration that holds for many drafts is read once.
    let mut session = Session::default();
    let mut found = 0;
    for draft in &drafts {
        for finding in session.check(draft)? {
            println!("{finding}");
            found += 1;
        }
    }
    println!("{found} found in {} drafts", drafts.len());
    Ok(())
}

/// The files below a folder whose names are those of drafts.
fn gather(folder: &Path, drafts: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, drafts)?;
        } else if Format::from_path(&path).is_some() {
            drafts.push(path);
        }
    }
    Ok(())
}
