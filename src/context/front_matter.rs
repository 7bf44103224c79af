//! The data that stand before the text of a Markdown draft, as far as they speak of the text.

use crate::draft::Draft;
use crate::yaml::Document;

/// The text that is the value of `key` in the front matter of a draft. Only the lines of that key are read.
pub(super) fn text(draft: &Draft, key: &'static str) -> Option<String> {
    let (fence, data) = draft.front_matter().split_once('\n')?;
    if fence.starts_with('+') {
        return data.lines().find_map(|line| toml(line, key));
    }
    let is_key = |line: &str| {
        line.trim_start_matches(['"', '\'']).strip_prefix(key).is_some_and(|rest| rest.starts_with([':', '"', '\'']))
    };
    let mut at = 0;
    let mut lines = data.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    let (start, first) = lines.find(|(_, line)| is_key(line))?;
    // A value goes on in lines that are set in.
    let more = lines.take_while(|(_, line)| line.starts_with([' ', '\t']) || line.trim().is_empty());
    let end = more.map(|(start, line)| start + line.len()).last().unwrap_or(start + first.len());
    let yaml = Document::parse("front matter", &data[start..end]).ok()?;
    yaml.root().fields()?.get(key)?.shown()
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
            ("---\n\"title\": >\n  Joint\n  Statement\ntags: [a\n---\nText", Some("Joint Statement\n")),
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
