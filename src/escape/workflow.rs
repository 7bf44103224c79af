//! Text in workflow commands of GitHub Actions: percent signs, line ends and, in properties, what ends one, as
//! <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts> has them.

use super::terminal::Shown;

/// Text behind a command. What is left of control characters is shown: the log is read in terminals too.
pub(crate) fn workflow_data(text: &str) -> String {
    Shown(&encoded(text)).to_string()
}

/// The value of a property.
pub(crate) fn workflow_property(text: &str) -> String {
    Shown(&encoded(text).replace(':', "%3A").replace(',', "%2C")).to_string()
}

fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_command() {
        let text = "100%,\r\n::error::\u{1b}x";
        assert_eq!(workflow_data(text), "100%25,%0D%0A::error::\u{241b}x");
        assert_eq!(workflow_property(text), "100%25%2C%0D%0A%3A%3Aerror%3A%3A\u{241b}x");
    }
}
