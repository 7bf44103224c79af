//! The data that stand before the text of a Markdown draft, as far as they speak of the text.

use crate::draft::Draft;
use crate::yaml::Document;

/// The front matter of a draft.
#[derive(Debug)]
pub(super) struct FrontMatter<'d> {
    /// The lines between the fences.
    lines: &'d str,
    /// What they say, if they are YAML.
    yaml: Option<Document>,
}

impl<'d> FrontMatter<'d> {
    /// That of a draft, if it has one that can be read.
    pub(super) fn new(draft: &'d Draft) -> Option<FrontMatter<'d>> {
        let (fence, lines) = draft.front_matter().split_once('\n')?;
        let lines = lines.trim_end().rsplit_once('\n').map_or("", |(lines, _)| lines);
        if fence.starts_with('+') {
            return Some(FrontMatter { lines, yaml: None });
        }
        Some(FrontMatter { lines, yaml: Some(Document::parse("front matter", lines).ok()?) })
    }

    /// The text that is the value of `key`.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let Some(yaml) = &self.yaml else {
            return self.lines.lines().find_map(|line| toml(line, key));
        };
        let root = yaml.root();
        let value = root.value().get(key)?;
        value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
    }
}

/// The text in a line of TOML that gives one to `key`.
fn toml(line: &str, key: &str) -> Option<String> {
    let (name, value) = line.split_once('=')?;
    let value = value.trim().trim_matches(['"', '\'']);
    (name.trim().trim_matches('"') == key && !value.is_empty()).then(|| value.to_owned())
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
            ("---\nsubtitle: Joint Statement\n---\nText", None),
            ("---\ntitle:\n---\nText", None),
            ("title: Joint Statement\n\nText", None),
        ];
        for (source, expected) in cases {
            let draft = Draft::new(Format::Markdown, source);
            let title = FrontMatter::new(&draft).and_then(|front| front.text("title"));
            assert_eq!(title.as_deref(), expected, "{source}");
        }
        assert!(FrontMatter::new(&Draft::new(Format::Text, "---\ntitle: x\n---\n")).is_none());
    }
}
