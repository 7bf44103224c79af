//! The text inside HTML that stands in a Markdown draft: tags, comments and scripts left out, entities resolved.

use crate::span::Span;

/// What [`Scanner`] comes across.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Text that stands in the source as it is, from this byte on.
    Text(&'t str, usize),
    /// The characters of an entity, and the source bytes of the entity.
    Entity(String, Span),
    /// A tag.
    Tag(Tag, Span),
    /// A comment.
    Comment(Span),
}

/// A tag, as far as it matters to a reader of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The name in lower case.
    pub(crate) name: String,
    /// Whether it is an end tag.
    pub(crate) end: bool,
}

impl Tag {
    /// The tag that `text` (`<b>`, `</b>`, `<br/>`) is; `None` for a comment, a declaration or a processing instruction.
    pub(crate) fn parse(text: &str) -> Option<Tag> {
        let inner = text.strip_prefix('<')?;
        let (end, inner) = match inner.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, inner),
        };
        let name: String = inner
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Tag { name, end })
    }

    /// Whether the tag parts the text before it from the text behind it.
    pub(crate) fn is_block(&self) -> bool {
        matches!(
            self.name.as_str(),
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "li"
                | "main"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "tr"
                | "ul"
        )
    }
}

/// Elements whose content is never text.
pub(crate) const HIDDEN: &[&str] = &["script", "style", "template", "code", "samp", "kbd"];

/// Reads HTML that comes in chunks, such as the lines of an HTML block.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    state: State,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// In a tag that began in an earlier chunk; the quotation mark that is open, if any.
    Tag(Option<char>),
    /// In a comment that began at this byte of the source.
    Comment(usize),
    /// In a processing instruction.
    Instruction,
    /// In the content of this hidden element.
    Hidden(String),
}

impl Scanner {
    /// Reads one chunk that begins at byte `from` of the source, and hands over its pieces in order.
    pub(crate) fn read<'t>(&mut self, chunk: &'t str, from: usize, sink: &mut impl FnMut(Piece<'t>)) {
        let mut at = 0;
        while at < chunk.len() {
            let rest = &chunk[at..];
            at += match &self.state {
                State::Text => self.text(rest, from + at, sink),
                State::Tag(quote) => {
                    let (len, state) = skip_tag(rest, *quote);
                    self.state = state;
                    len
                }
                State::Comment(start) => {
                    let start = *start;
                    let len = self.skip_past(rest, "-->");
                    if self.state == State::Text {
                        sink(Piece::Comment(Span::new(start, from + at + len)));
                    }
                    len
                }
                State::Instruction => self.skip_past(rest, "?>"),
                State::Hidden(name) => match find_end_tag(rest, name) {
                    Some(end) => {
                        self.state = State::Text;
                        end
                    }
                    None => rest.len(),
                },
            };
        }
    }

    /// Where a comment began that is not closed yet.
    pub(crate) fn open_comment(&self) -> Option<usize> {
        match self.state {
            State::Comment(start) => Some(start),
            _ => None,
        }
    }

    fn skip_past(&mut self, rest: &str, end: &str) -> usize {
        let Some(at) = rest.find(end) else {
            return rest.len();
        };
        self.state = State::Text;
        at + end.len()
    }

    fn text<'t>(&mut self, rest: &'t str, from: usize, sink: &mut impl FnMut(Piece<'t>)) -> usize {
        match rest.find(['<', '&']) {
            None => {
                sink(Piece::Text(rest, from));
                return rest.len();
            }
            Some(0) => {}
            Some(len) => {
                sink(Piece::Text(&rest[..len], from));
                return len;
            }
        }
        if let Some(inner) = rest.strip_prefix('&') {
            let name = inner.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            let len = if inner[name..].starts_with(';') { name + 2 } else { 1 };
            let decoded = htmlize::unescape(&rest[..len]);
            if decoded == rest[..len] {
                sink(Piece::Text(&rest[..1], from));
                return 1;
            }
            sink(Piece::Entity(decoded.into_owned(), Span::new(from, from + len)));
            return len;
        }
        // These are comments without anything in them.
        if let Some(empty) = ["<!-->", "<!--->"].into_iter().find(|empty| rest.starts_with(empty)) {
            return empty.len();
        }
        if rest.starts_with("<!--") {
            self.state = State::Comment(from);
            return 4;
        }
        let tag = Tag::parse(rest);
        if tag.is_none() && !rest.starts_with("<!") && !rest.starts_with("<?") {
            sink(Piece::Text(&rest[..1], from));
            return 1;
        }
        if rest.starts_with("<?") {
            self.state = State::Instruction;
            return 2;
        }
        let (len, state) = skip_tag(&rest[1..], None);
        self.state = state;
        if let Some(tag) = tag {
            if !tag.end && HIDDEN.contains(&tag.name.as_str()) {
                self.state = State::Hidden(tag.name.clone());
            }
            sink(Piece::Tag(tag, Span::new(from, from + 1 + len)));
        }
        1 + len
    }
}

/// The length of what is left of a tag, and the state behind it. A quotation mark opens a value only behind `=`.
fn skip_tag(rest: &str, mut quote: Option<char>) -> (usize, State) {
    let mut behind_equals = false;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return (at + 1, State::Text),
            (None, '"' | '\'') if behind_equals => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        behind_equals = c == '=' || (behind_equals && c.is_whitespace());
    }
    (rest.len(), State::Tag(quote))
}

/// Where the end tag of the element `name` begins.
fn find_end_tag(rest: &str, name: &str) -> Option<usize> {
    rest.match_indices("</")
        .find(|(at, _)| {
            let inner = rest.as_bytes().get(at + 2..at + 2 + name.len());
            inner.is_some_and(|inner| inner.eq_ignore_ascii_case(name.as_bytes()))
        })
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_text() {
        let chunks = [
            "<p class=\"a>b\">China &amp; x<!-- no\n",
            "no --> y &nosuch; 1 < 2</p><script>if (a</b) no</SCRIPT> z<a\n",
            " href='no'>w</a>\n",
            "&<b>&amp;</b>& ;<i t=O'Brien>v</i><?php it's ?>u<!DOCTYPE x><!-->t<!--->\n",
        ];
        let mut scanner = Scanner::default();
        let mut text = String::new();
        let mut at = 0;
        for chunk in chunks {
            scanner.read(chunk, at, &mut |piece| match piece {
                Piece::Text(t, from) => {
                    assert_eq!(&chunks.concat()[from..from + t.len()], t);
                    text.push_str(t);
                }
                Piece::Entity(t, _) => text.push_str(&t),
                Piece::Comment(span) => text.push_str(&format!("[{}]", &chunks.concat()[span.range()])),
                Piece::Tag(tag, _) => text.push_str(&format!("[{}{}]", if tag.end { "/" } else { "" }, tag.name)),
            });
            at += chunk.len();
        }
        assert_eq!(
            text,
            "[p]China & x[<!-- no\nno -->] y &nosuch; 1 < 2[/p][script][/script] z[a]w[/a]\n&[b]&[/b]& ;[i]v[/i]ut\n"
        );
    }
}
