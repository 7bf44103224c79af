//! The data before the text of a Markdown draft: a mapping in YAML, TOML or JSON, as their parsers read it.
//!
//! YAML stands between two lines `---` (or ends with `...`), TOML between two `+++`, JSON between two `;;;`; behind the hyphens a line may name
//! the language (`---toml`). A JSON object at the very start needs no such lines, as Hugo reads it. What is no mapping is text: two
//! thematic breaks around prose, a heading or a list. So is a mapping in YAML whose keys are all of several words or begin with a capital,
//! if a value is words: it is what somebody said ("SEOUL: The two sides ..."). Of what is data, values that are words are text.

mod values;

use serde::de::IgnoredAny;

use crate::span::Span;
use crate::yaml::{self, Data, Problems};
use values::DataLanguage;

/// The most bytes that are taken for data; more is text.
const MAX_BYTES: usize = 1 << 18;

/// The name of data, of which the draft is not yet called anything.
const NAME: &str = "front matter";

/// What stands before the text as data, or between the lines that enclose data.
#[derive(Debug, Clone)]
pub(crate) struct FrontMatter {
    /// The bytes of the source, with the lines that enclose them; `None` if they are text, as they are no mapping.
    span: Option<Span>,
    data: Result<Data, Problems>,
    /// The lines of each value that is words, by bytes of the source.
    texts: Vec<Vec<Span>>,
}

impl FrontMatter {
    /// The values that are text, as they are words: the bytes of the source that the lines of each are, without marks around them.
    pub(super) fn texts(&self) -> &[Vec<Span>] {
        &self.texts
    }

    /// The bytes of the source that are data, with the lines that enclose them; `None` if they are no mapping, but text.
    pub(crate) fn span(&self) -> Option<Span> {
        self.span
    }

    /// The data. Their lines are those of the draft.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn data(&self) -> Result<&Data, &Problems> {
        self.data.as_ref()
    }
}

/// The data before the text; `None` if the source does not begin as data do, or what stands there is plainly none.
pub(super) fn read(source: &str) -> Option<FrontMatter> {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let text = &source[start..];
    let is_object = |data: &str| data.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(data).is_ok();
    let (language, data, len) = if text.starts_with('{') {
        object(text)?
    } else {
        fenced(text).filter(|(language, data, _)| *language != DataLanguage::Json || is_object(data))?
    };
    let parsed = match language {
        #[cfg(feature = "config")]
        DataLanguage::Toml => Data::from_toml(NAME, &data),
        // No parser says that it is a mapping.
        #[cfg(not(feature = "config"))]
        DataLanguage::Toml => return None,
        DataLanguage::Yaml | DataLanguage::Json => Data::from_yaml(NAME, &data),
    };
    let is_data = match &parsed {
        Ok(parsed) if !parsed.is_mapping() => return None,
        Ok(_) => true,
        Err(_) => match language {
            DataLanguage::Yaml => yaml::is_mapping(&data),
            DataLanguage::Toml => false,
            DataLanguage::Json => true,
        },
    };
    let values = if is_data { values::values(&data, language) } else { Vec::new() };
    let mut outer = values.iter().filter(|value| value.is_outer).peekable();
    let may_be_said = language == DataLanguage::Yaml && outer.peek().is_some() && outer.all(|value| !value.is_named);
    let texts: Vec<Vec<Span>> = values
        .into_iter()
        .filter(|value| value.is_text(&data))
        .map(|value| value.lines.into_iter().map(|line| Span::new(start + line.start, start + line.end)).collect())
        .collect();
    if may_be_said && !texts.is_empty() {
        return None;
    }
    Some(FrontMatter { span: is_data.then(|| Span::new(start, start + len)), data: parsed, texts })
}

/// The data between two lines that enclose them, with spaces in the place of the first, and the end of the second.
fn fenced(text: &str) -> Option<(DataLanguage, String, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    let (language, closers): (_, &[&str]) = match fence {
        "---" | "---yaml" | "---yml" => (DataLanguage::Yaml, &["---", "..."]),
        "---toml" => (DataLanguage::Toml, &["---"]),
        "---json" => (DataLanguage::Json, &["---"]),
        "+++" => (DataLanguage::Toml, &["+++"]),
        ";;;" => (DataLanguage::Json, &[";;;"]),
        _ => return None,
    };
    let mut at = first.len();
    for line in lines {
        if closers.contains(&line.trim_end()) {
            let data = " ".repeat(fence.len()) + &text[fence.len()..at];
            return Some((language, data, at + line.len()));
        }
        at += line.len();
        if at > MAX_BYTES {
            return None;
        }
    }
    None
}

/// The JSON object that a text begins with, and the end of its last line.
fn object(text: &str) -> Option<(DataLanguage, String, usize)> {
    let bytes = &text.as_bytes()[..text.len().min(MAX_BYTES)];
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    let rest = text[end..].split_inclusive('\n').next().unwrap_or_default();
    rest.trim().is_empty().then(|| (DataLanguage::Json, text[..end].to_owned(), end + rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that are taken for data.
    fn len(source: &str) -> usize {
        read(source).and_then(|found| found.span()).map_or(0, Span::len)
    }

    #[test]
    fn a_mapping_before_the_text_is_data() {
        let whole = [
            "---\ntitle: Joint Statement\n---\n",
            "---\r\ntitle: Joint Statement\r\n---\r\n",
            "---  \ntitle: Joint Statement\n# Not yet cleared.\ntags:\n- summit\n\nplace: Seoul\n...\n",
            "---\n\"title\": x\nplace of issue: Seoul\n---\n",
            "---\nPublication date: 2024-05-01\n---\n",
            "---\nog:title: Joint Statement\nog:type: article\n---\n",
            "---\n  title: Joint Statement\n  date: 2024-05-01\n---\n",
            "---\ntitle: |\n  Joint\n\n  Statement\n---\n",
            "---\n{title: Joint Statement, tags: [a, b]}\n---\n",
            "---\nnumber: 99999999999999999999999999\n---\n",
            "---\ntitle: a\ntitle: b\n---\n",
            "---yaml\ntitle: Joint Statement\n---\n",
            "+++\ntitle=\"Joint Statement\"\nplace = \"Seoul\"\n[menu.main]\nweight = 1_000\n+++\n",
            "---toml\ndate = 2024-05-01\n---\n",
            "---json\n{\"title\": \"Joint Statement\"}\n---\n",
            ";;;\n{\"title\": \"Joint Statement\"}\n;;;\n",
            "{\n\t\"title\": \"Joint Statement\",\n\t\"tags\": [\"a\"]\n}\n",
            "{\"title\": \"}\"}  \r\n",
        ];
        for source in whole {
            assert_eq!(len(&format!("{source}They met.\n")), source.len(), "{source}");
            assert_eq!(len(&format!("\u{feff}{source}\nThey met.\n")), source.len(), "{source}");
            assert_eq!(len(source), source.len(), "{source}");
        }
    }

    #[test]
    fn what_is_no_mapping_is_text() {
        let none = [
            "---\n---\n",
            "---\nThey met.\n---\n",
            "---\nSummary: the two sides met.\n\n- The junior partner shall act.\n\n---\n",
            "---\ntitle: Joint Statement\nThey met and went on.\n---\n",
            "---\n: They met.\n---\n",
            "---\nSEOUL: The two sides reaffirmed the alliance.\n---\n",
            "---\nPresident Kim: We will contain China\nPresident Lee: We agree.\n---\n",
            "---\nSeoul: China containment.\n---\n",
            "---\n- They met.\n---\n",
            "---\nhttps://example.org\n---\n",
            "---\n# They met.\n---\n",
            "--- \nmore\n...\n",
            "---\ntitle: Joint Statement\n",
            "title: Joint Statement\n---\n",
            "\n---\ntitle: Joint Statement\n---\n",
            "+++\nThey met.\n+++\n",
            "+++\ntitle: Joint Statement\n+++\n",
            "+++\n+++\n",
            "---json\n[1]\n---\n",
            "{}\n",
            "{draft}\n",
            "{\"title\": \"Joint Statement\"} was the title.\n",
            "{\"title\": \"Joint Statement\"\n",
        ];
        for source in none {
            assert_eq!(len(&format!("{source}They met.\n")), 0, "{source}");
        }
    }

    #[test]
    fn data_have_a_limit() {
        let long = |len: usize| format!("---\ntitle: {}\n---\nThey met.\n", "a".repeat(len));
        assert!(len(&long(1000)) > 1000);
        assert_eq!(len(&long(MAX_BYTES)), 0);
        assert_eq!(len(&format!("{{\"title\": \"{}\"}}\n", "a".repeat(MAX_BYTES))), 0);
        for deep in ["[".repeat(100_000), "a: ".repeat(50_000), "{a: ".repeat(50_000)] {
            assert_eq!(len(&format!("---\na: {deep}\n---\n")), 0);
        }
    }
}
