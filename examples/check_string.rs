//! Checks a text with the packs that ship: `cargo run --example check_string -- "They support China containment."`

#![expect(clippy::print_stdout, reason = "to print is what it is for")]

use comity::{Draft, Format, RuleSet, RuleSetError};

fn main() -> Result<(), RuleSetError> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "They support **China containment**.".to_owned());
    let rules = RuleSet::builtin()?;
    for finding in rules.check(&Draft::new(Format::Markdown, text)) {
        println!("{finding}");
        for suggestion in &finding.suggestions {
            println!("    say: {}", comity::Shown(&suggestion.text));
        }
    }
    Ok(())
}
