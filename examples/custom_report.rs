//! Writes a report of one's own, here a table that a spreadsheet reads: `cargo run --example custom_report -- drafts/summit.md`

#![expect(clippy::print_stdout, reason = "to print is what it is for")]

use std::error::Error;

use comity::session::Session;

fn main() -> Result<(), Box<dyn Error>> {
    let mut session = Session::default();
    println!("draft,line,column,severity,rule,found,say,likely objection");
    for path in std::env::args().skip(1) {
        for finding in session.check(path)? {
            let say: Vec<&str> = finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
            let cells = [
                finding.draft.to_string(),
                finding.start.line.to_string(),
                finding.start.column.to_string(),
                finding.severity().to_string(),
                finding.rule.id().to_string(),
                finding.found.clone(),
                say.join("; "),
                finding.rule.objection().join("; "),
            ];
            println!("{}", cells.map(|cell| quoted(&cell)).join(","));
        }
    }
    Ok(())
}

/// A cell as CSV has it (RFC 4180). A spreadsheet takes what begins with one of these signs for a formula, and a draft may hold one.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if is_formula { "'" } else { "" }, cell.replace('"', "\"\""))
}
