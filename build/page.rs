//! The style and the script of the HTML report, and the policy by which a browser uses these two and loads nothing.

use std::error::Error;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Writes `report.css`, `report.js` and `report.csp` into `out`, and for the pages of comparisons a style
/// and a policy each: `compare.css`, `series.css`.
pub(crate) fn write(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let folder = root.join("src/report/html");
    println!("cargo::rerun-if-changed={}", folder.display());
    let style = hash(&folder, out, "report.css")?;
    let script = hash(&folder, out, "report.js")?;
    let policy =
        format!("default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'");
    fs::write(out.join("report.csp"), policy)?;
    for name in ["compare", "series"] {
        let own = hash(&folder, out, &format!("{name}.css"))?;
        let policy = format!("default-src 'none'; style-src '{style}' '{own}'; base-uri 'none'; form-action 'none'");
        fs::write(out.join(format!("{name}.csp")), policy)?;
    }
    Ok(())
}

/// Copies a file as a browser reads it, with line feeds alone, and returns its hash as a policy gives it.
fn hash(folder: &Path, out: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?.replace("\r\n", "\n");
    // Either would end the element that holds it.
    if text.contains("</") || text.contains("<!--") {
        return Err(format!("{}: `</` and `<!--` cannot stand in a page", path.display()).into());
    }
    fs::write(out.join(name), &text)?;
    Ok(format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes()))))
}
