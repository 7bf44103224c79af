//! Texts that several formats share: JSON by the item, and the wordings to write instead.

use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::escape::shown_json;
use crate::finding::Finding;

/// JSON in one line, harmless to a terminal.
pub(super) fn json_line(value: &impl Serialize) -> io::Result<String> {
    Ok(shown_json(&serde_json::to_string(value)?))
}

/// The items of a JSON array, written one by one, a line each.
#[derive(Debug, Default)]
pub(super) struct Items {
    begun: bool,
}

impl Items {
    pub(super) fn write(&mut self, out: &mut dyn WriteColor, item: &impl Serialize) -> io::Result<()> {
        let separator = if self.begun { "," } else { "" };
        self.begun = true;
        write!(out, "{separator}\n{}", json_line(item)?)
    }
}

/// The advice of a finding: `say: this; or: that`, or to take out what was found.
pub(crate) fn say(finding: &Finding) -> String {
    let wordings: Vec<&str> =
        finding.suggestions.iter().map(|s| s.text.as_str()).filter(|text| !text.is_empty()).collect();
    if wordings.is_empty() { "remove it".to_owned() } else { format!("say: {}", wordings.join("; or: ")) }
}

/// The message with what to write instead, for formats that have no place for it.
pub(super) fn advice(finding: &Finding) -> String {
    if finding.suggestions.is_empty() {
        return finding.message.clone();
    }
    format!("{} ({})", finding.message, say(finding))
}
