//! The values of front matter that are words: a summary, a description, a long title. A page shows them, so they are text of the draft; the
//! keys, tags and dates around them are none.

use std::ops::Range;

/// The language of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataLanguage {
    Yaml,
    Toml,
    Json,
}

/// The fewest words of a value that is text whatever it is called.
const LEAST_WORDS: usize = 4;

/// A value, by the bytes of each of its lines without marks around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) lines: Vec<Range<usize>>,
    /// True if the name of a field, such as `title`, stands before it: one word without a capital at its beginning.
    pub(super) is_named: bool,
    /// True if the key is one of the mapping itself.
    pub(super) is_outer: bool,
}

impl Value {
    /// True if it is words, so that it is text.
    pub(super) fn is_text(&self, data: &str) -> bool {
        let is_word = |word: &&str| word.contains(char::is_alphabetic);
        let words = self.lines.iter().flat_map(|line| data[line.clone()].split_whitespace()).filter(is_word).count();
        let last = self.lines.last().map_or("", |line| &data[line.clone()]);
        let is_sentence = last.strip_suffix(['.', '?', '!']).is_some_and(|rest| rest.ends_with(char::is_alphabetic));
        words >= LEAST_WORDS || (!self.is_named && is_sentence && words > 1)
    }
}

/// The values of data, in order.
pub(super) fn values(data: &str, language: DataLanguage) -> Vec<Value> {
    match language {
        DataLanguage::Json => strings(data),
        DataLanguage::Yaml => Lines { sign: ": ", ..Lines::default() }.read(data),
        DataLanguage::Toml => Lines { sign: "=", ..Lines::default() }.read(data),
    }
}

/// The strings of JSON that are no keys.
fn strings(data: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    while let Some(start) = data[at..].find('"').map(|found| at + found + 1) {
        let mut is_escaped = false;
        let end = data[start..].find(|c: char| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        let Some(end) = end.map(|end| start + end) else {
            break;
        };
        if !data[end + 1..].trim_start().starts_with(':') {
            values.push(Value { lines: std::iter::once(start..end).collect(), is_named: true, is_outer: false });
        }
        at = end + 1;
    }
    values
}

/// What the value goes on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The first line that is set in no deeper than this.
    Indent(usize),
    /// The end of a string with these marks.
    Quote(&'static str),
}

/// A reader of YAML or TOML, line by line.
#[derive(Debug, Default)]
struct Lines {
    /// What stands between a key and its value.
    sign: &'static str,
    values: Vec<Value>,
    current: Option<Value>,
    until: Option<Until>,
}

impl Lines {
    fn read(mut self, data: &str) -> Vec<Value> {
        let mut at = 0;
        for line in data.split_inclusive('\n') {
            let content = line.trim();
            let indent = line.len() - line.trim_start().len();
            self.line(content, indent, at + indent);
            at += line.len();
        }
        self.end();
        self.values
    }

    fn line(&mut self, content: &str, indent: usize, at: usize) {
        match self.until {
            Some(Until::Indent(outer)) if content.is_empty() || indent > outer => return self.go_on(content, at),
            Some(Until::Quote(quote)) => {
                let end = content.find(quote);
                self.go_on(&content[..end.unwrap_or(content.len())], at);
                if end.is_some() {
                    self.end();
                }
                return;
            }
            _ => self.until = None,
        }
        let item = content.trim_start_matches("- ").trim_start();
        let at = at + (content.len() - item.len());
        if item.is_empty() || item.starts_with('#') {
            return self.end();
        }
        let is_item = item.len() < content.len();
        match self.key(item) {
            Some((key, len)) => {
                self.end();
                let key = key.trim_matches(['"', '\'', ' ']);
                let is_named = !key.contains(char::is_whitespace) && !key.starts_with(char::is_uppercase);
                self.current = Some(Value { lines: Vec::new(), is_named, is_outer: indent == 0 && !is_item });
                self.value(&item[len..], indent, at + len);
            }
            None if is_item || self.current.is_none() => {
                self.end();
                self.current = Some(Value { lines: Vec::new(), is_named: true, is_outer: false });
                self.value(item, indent, at);
            }
            None => self.go_on(item, at),
        }
    }

    /// The key that a line begins with, and where its value begins.
    fn key<'l>(&self, line: &'l str) -> Option<(&'l str, usize)> {
        if let Some(at) = line.find(self.sign) {
            let value = &line[at + self.sign.len()..];
            return Some((&line[..at], line.len() - value.trim_start().len()));
        }
        line.strip_suffix(self.sign.trim_end()).map(|key| (key, line.len()))
    }

    /// Takes the first line of a value.
    fn value(&mut self, text: &str, indent: usize, at: usize) {
        if text.starts_with(['|', '>']) {
            self.until = Some(Until::Indent(indent));
            return;
        }
        let Some(quote) = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| text.starts_with(quote)) else {
            return self.go_on(text, at);
        };
        let inner = &text[quote.len()..];
        let is_end = |&(end, _): &(usize, &str)| quote != "\"" || !inner[..end].ends_with('\\');
        let end = inner.match_indices(quote).filter(is_end).last().map(|(end, _)| end);
        self.go_on(&inner[..end.unwrap_or(inner.len())], at + quote.len());
        if end.is_none() {
            self.until = Some(Until::Quote(quote));
        }
    }

    fn go_on(&mut self, text: &str, at: usize) {
        if let Some(current) = &mut self.current
            && !text.is_empty()
        {
            current.lines.push(at..at + text.len());
        }
    }

    fn end(&mut self) {
        self.until = None;
        self.values.extend(self.current.take().filter(|value| !value.lines.is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that are text, their lines parted by bars.
    fn texts(data: &str, language: DataLanguage) -> Vec<String> {
        let values = values(data, language);
        let texts = values.iter().filter(|value| value.is_text(data));
        texts.map(|value| value.lines.iter().map(|line| &data[line.clone()]).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn values_of_words_are_text() {
        let yaml = "title: Joint Statement\nsummary: The two sides will meet # a\ntags: [a, b]\n# The sides met and went on\ntext: >\n  The \
                    sides met: they\n\n  went on.\nlist:\n  - we will meet again soon\n  - x\nquoted: \"The sides \\\"met\\\" \
                    and\n  went on\"\nplain: the sides met\n  and went on\nPresident Kim: We agree.\nplace: Seoul.\n";
        assert_eq!(
            texts(yaml, DataLanguage::Yaml),
            [
                "The two sides will meet # a",
                "The sides met: they|went on.",
                "we will meet again soon",
                "The sides \\\"met\\\" and|went on",
                "the sides met|and went on",
                "We agree.",
            ]
        );
        let toml = "title = \"We will meet again soon\"\ntext = \"\"\"\nThe sides met\nand went on.\"\"\"\nn = 1\n";
        assert_eq!(texts(toml, DataLanguage::Toml), ["We will meet again soon", "The sides met|and went on."]);
        let json = "{\"the key of a value\": \"x\", \"a\": [\"We will \\\"meet\\\" again\"], \"b\": 1}";
        assert_eq!(texts(json, DataLanguage::Json), ["We will \\\"meet\\\" again"]);
    }
}
