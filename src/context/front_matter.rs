//! The data that stand before the text of a Markdown draft, as far as they speak of the text.

use crate::draft::Draft;

/// The text that is the value of `key` in the front matter of a draft.
pub(super) fn text(draft: &Draft, key: &'static str) -> Option<String> {
    let document = draft.front_matter()?.data().ok()?.document();
    document.root().fields()?.get(key)?.shown()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn a_value_is_read_however_it_is_written() {
        let cases = [
            ("---\ntitle: Joint Statement\n---\nText", Some("Joint Statement")),
            ("---\ndate: 2024\ntitle: 'The parties'' view'\n---\nText", Some("The parties' view")),
            (
                "---\ntitle: \"Leaders\\u2019 Joint\\_Statement\"\n---\nText",
                Some("Leaders\u{2019} Joint\u{a0}Statement"),
            ),
            ("---\ntitle: \"Statement of\\\n  \\ Avalon\"\n---\nText", Some("Statement of Avalon")),
            ("---\ntitle: Statement of\n  Avalon\ndate: x\n---\nText", Some("Statement of Avalon")),
            ("---\ntitle: Statement # not final\n---\nText", Some("Statement")),
            ("+++\ntitle = \"Joint Statement\"\n+++\nText", Some("Joint Statement")),
            ("---\n\"title\": >\n  Joint\n  Statement\ntags: [a]\n---\nText", Some("Joint Statement\n")),
            // It is no YAML, and so it is text.
            ("---\ntitle: Joint Statement\ntags: [a\n---\nText", None),
            ("+++\ndate = 2024-05-01\ntitle = 'Joint Statement'\n+++\nText", Some("Joint Statement")),
            ("{\"title\": \"Joint Statement\"}\n\nText", Some("Joint Statement")),
            ("---\nsubtitle: Joint Statement\n---\nText", None),
            ("---\ntitle:\n---\nText", None),
            ("title: Joint Statement\n\nText", None),
        ];
        for (source, expected) in cases {
            let draft = Draft::new(Format::Markdown, source);
            assert_eq!(text(&draft, "title").as_deref(), expected, "{source}");
        }
        assert_eq!(text(&Draft::new(Format::Text, "---\ntitle: x\n---\n"), "title"), None);
    }
}
