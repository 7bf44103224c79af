//! Messages: what a rule says of a finding, with placeholders for what was found.

use crate::text::marks::mark;
use crate::yaml::did_you_mean;

/// The most characters of a draft that a message quotes.
const MAX_QUOTED: usize = 80;

/// The names that may stand between braces.
pub(crate) const PLACEHOLDERS: &[&str] = &["match", "suggestion", "count", "expected", "other"];

/// The values of the placeholders in one finding.
#[derive(Debug, Default)]
pub(crate) struct Values<'v> {
    /// `{match}`
    pub(crate) found: &'v str,
    /// `{suggestion}`
    pub(crate) suggestion: Option<&'v str>,
    /// `{count}`
    pub(crate) count: Option<usize>,
    /// `{expected}`
    pub(crate) expected: Option<&'v str>,
    /// `{other}`
    pub(crate) other: Option<&'v str>,
}

/// A message with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    template: String,
}

/// A placeholder that does not exist.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownPlaceholder {
    /// The bytes of the template.
    pub(crate) at: std::ops::Range<usize>,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// If something stands between braces that is no placeholder.
    pub(crate) fn parse(template: &str) -> Result<Message, UnknownPlaceholder> {
        for (at, name) in placeholders(template) {
            if !PLACEHOLDERS.contains(&name) {
                return Err(UnknownPlaceholder {
                    at: at..at + name.len() + 2,
                    message: format!("`{{{name}}}` is no placeholder"),
                    help: did_you_mean(name, PLACEHOLDERS.iter().copied()).unwrap_or_else(|| {
                        "a message may hold {match}, {suggestion}, {count}, {expected} and {other}".to_owned()
                    }),
                });
            }
        }
        Ok(Message { template: template.to_owned() })
    }

    /// A message whose placeholders are known to be right.
    pub(crate) fn known(template: &str) -> Message {
        Message { template: template.to_owned() }
    }

    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    /// The message of one finding.
    pub(crate) fn fill(&self, values: &Values<'_>) -> String {
        let mut message = String::with_capacity(self.template.len() + values.found.len());
        let mut done = 0;
        for (at, name) in placeholders(&self.template) {
            message.push_str(&self.template[done..at]);
            match name {
                "match" => message.push_str(&shorten(&without_half_quotations(values.found))),
                "count" => message.push_str(&values.count.map_or_else(|| "several".to_owned(), |n| n.to_string())),
                "expected" => message.push_str(values.expected.or(values.suggestion).unwrap_or("other wording")),
                "other" => message.push_str(values.other.unwrap_or("the other side to fewer")),
                _ => message.push_str(values.suggestion.unwrap_or("other wording")),
            }
            done = at + name.len() + 2;
        }
        message.push_str(&self.template[done..]);
        message
    }
}

/// A text without the quotation marks that open in it and close behind it.
fn without_half_quotations(text: &str) -> String {
    let opens = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let is_half = |(at, c): (usize, char)| {
        let opening = mark(c).filter(|mark| mark.is_quotation() && mark.opens() && opens(at));
        opening.is_some_and(|mark| !text[at + c.len_utf8()..].contains(|c| mark.is_closed_by(c)))
    };
    text.char_indices().filter(|place| !is_half(*place)).map(|(_, c)| c).collect()
}

/// Finds each `{name}`: its start, and the name.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = (usize, &str)> {
    template.match_indices('{').filter_map(|(at, _)| {
        let rest = &template[at + 1..];
        let name = &rest[..rest.find('}')?];
        name.bytes().all(|b| b.is_ascii_lowercase()).then_some((at, name))
    })
}

/// The first characters of a text, as many as a message quotes.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((at, _)) => format!("{}\u{2026}", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_quotation_mark_is_not_shown() {
        let cases = [
            ("A \u{2018}junior partner", "A junior partner"),
            ("an \"old\" ally", "an \"old\" ally"),
            ("the allies\u{2019} burden", "the allies\u{2019} burden"),
            ("China's \u{201c}threat", "China's threat"),
            ("a [junior partner", "a [junior partner"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_half_quotations(text), expected);
        }
    }

    #[test]
    fn placeholders_are_filled_and_strange_ones_refused() {
        let message = Message::parse("\"{match}\" reads {suggestion} {x y}").unwrap();
        let values = Values { found: "a", suggestion: Some("b"), ..Values::default() };
        assert_eq!(message.fill(&values), "\"a\" reads b {x y}");
        let error = Message::parse("say {sugestion}").unwrap_err();
        assert_eq!((error.at, error.help.as_str()), (4..15, "did you mean `suggestion`?"));
        assert_eq!(
            Message::parse("{match}").unwrap().fill(&Values { found: &"x".repeat(99), ..values }).chars().count(),
            81
        );
    }
}
