//! Text of messages in SARIF 2.1.0.

/// A message that is this text: a placeholder or a link in it, which a viewer would follow, is text (sections 3.11.5 and 3.11.6).
pub(crate) fn sarif_text(text: &str) -> String {
    let mut plain = text.to_owned();
    if plain.contains("](") {
        plain = plain.replace('[', "\\[").replace(']', "\\]");
    }
    let has_placeholder = plain.as_bytes().windows(2).any(|pair| pair[0] == b'{' && pair[1].is_ascii_digit());
    if has_placeholder {
        plain = plain.replace('{', "{{").replace('}', "}}");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_viewer_would_follow_is_text() {
        let cases = [("a [b] {c}", "a [b] {c}"), ("a [b](1)", "a \\[b\\](1)"), ("a {0} {c}", "a {{0}} {{c}}")];
        for (text, expected) in cases {
            assert_eq!(sarif_text(text), expected);
        }
    }
}
