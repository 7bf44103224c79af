//! Scalars of YAML (1.2.2, chapter 7.3).

/// A text of one line as YAML: in double quotes, or in single ones where it has others in it.
pub(crate) fn yaml_scalar(text: &str) -> String {
    if text.contains('"') && !text.contains('\'') {
        return format!("'{text}'");
    }
    // In double quotes YAML is as JSON.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_is_the_text() {
        let cases =
            [("a: b # c", "\"a: b # c\""), ("a \"b\"", "'a \"b\"'"), ("a \"b\" 'c' \\", "\"a \\\"b\\\" 'c' \\\\\"")];
        for (text, expected) in cases {
            assert_eq!(yaml_scalar(text), expected);
        }
    }
}
