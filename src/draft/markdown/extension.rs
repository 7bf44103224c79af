//! Syntax beyond CommonMark that programs replace or take out: attributes, shortcodes, formulas, citations, CriticMarkup and
//! marks around words. Recognised where no sentence has such signs; all else is text.
//!
//! Marks are no text, so that a phrase is found across them, and the words between them are, in every dialect.

use std::ops::Range;

use super::marks;
use super::syntax::{Syntax, SyntaxKind};
use crate::span::floor_char;

/// The text in which syntax is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'s> {
    pub(super) source: &'s str,
    /// The bytes of the paragraph, the heading, the cell or the item.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_heading: bool,
}

/// The longest piece of syntax, in bytes.
const LONGEST: usize = 2048;

impl<'s> Surroundings<'s> {
    /// The first piece of syntax that begins in `text`, some bytes of the source. It may end behind them.
    pub(super) fn find(self, text: Range<usize>) -> Option<Syntax> {
        let bytes = self.source.get(text.clone())?.as_bytes();
        let mut braces = memchr::memchr3_iter(b'{', b'$', b'@', bytes).peekable();
        let mut signs = memchr::memchr3_iter(b'=', b'+', b'^', bytes).peekable();
        let mut others = memchr::memchr2_iter(b'~', b'\\', bytes).peekable();
        loop {
            let next = [braces.peek(), signs.peek(), others.peek()].into_iter().flatten().min().copied()?;
            let is_next = |at: &usize| *at == next;
            let _ = (braces.next_if(is_next), signs.next_if(is_next), others.next_if(is_next));
            let found = self.at(text.start + next);
            if found.is_some() {
                return found;
            }
        }
    }

    /// The piece of syntax that begins at a byte of the source.
    fn at(self, at: usize) -> Option<Syntax> {
        let before = self.before(at);
        if before.ends_with('\\') {
            return None;
        }
        let rest = self.window(at);
        if let Some(mark) = marks::mark(before, rest) {
            let closer = mark.closer.map(|closer| at + closer.start..at + closer.end);
            return Some(Syntax { bytes: at..at + mark.len, kind: mark.kind, closer });
        }
        let (kind, len) = match rest.as_bytes() {
            [b'{', b'{' | b'%', ..] => (SyntaxKind::Shortcode, shortcode(rest)?),
            [b'{', ..] => {
                let len = attributes(rest).filter(|len| self.has_attributes_here(before, rest, *len))?;
                (SyntaxKind::Attributes, len)
            }
            [b'$', ..] if !before.ends_with(|c: char| c.is_alphanumeric() || c == '$') => {
                (SyntaxKind::Math, math(rest)?)
            }
            [b'@', ..] => {
                let len = citation(before, rest)?;
                let sign = usize::from(before.ends_with('-'));
                return Some(Syntax { bytes: at - sign..at + len, kind: SyntaxKind::Citation, closer: None });
            }
            _ => return None,
        };
        Some(Syntax { bytes: at..at + len, kind, closer: None })
    }

    /// True if the bracket at a byte is one of those around words that have attributes: `[words]{.x}`.
    pub(super) fn is_bracket_of_span(self, at: usize) -> bool {
        let (before, rest) = (self.before(at), self.window(at));
        if before.ends_with('\\') {
            return false;
        }
        let has_attributes =
            |close: usize| rest[close + 1..].starts_with('{') && attributes(&rest[close + 1..]).is_some();
        match rest.as_bytes() {
            [b'[', ..] => {
                let mut depth = 0usize;
                let mut brackets = memchr::memchr2_iter(b'[', b']', rest.as_bytes());
                let close = brackets.find(|&at| {
                    depth = if rest[at..].starts_with('[') { depth + 1 } else { depth.saturating_sub(1) };
                    depth == 0
                });
                close.is_some_and(has_attributes)
            }
            [b']', ..] => before.contains('[') && has_attributes(0),
            _ => false,
        }
    }

    /// The source before a byte, back to the beginning of the paragraph or so far as syntax may reach.
    fn before(self, at: usize) -> &'s str {
        let start = at.saturating_sub(LONGEST).max(self.start).min(at);
        &self.source[floor_char(self.source, start)..at]
    }

    /// The source from a byte to the end of the paragraph: to an empty line, to a line that begins another block, or so far as
    /// syntax may reach.
    fn window(self, at: usize) -> &'s str {
        let end = (at + LONGEST).min(self.end.max(at)).min(self.source.len());
        let text = &self.source[at..floor_char(self.source, end)];
        let begins_block = |line: &str| {
            let line = line.trim_start();
            let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
            line.is_empty()
                || line.starts_with(['>', '#', '|'])
                || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
                || (number.len() < line.len() && number.starts_with(['.', ')']))
        };
        let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let end = ends.find(|&at| begins_block(text[at + 1..].split('\n').next().unwrap_or_default()));
        &text[..end.unwrap_or(text.len())]
    }

    /// True if attributes of so many bytes may stand here.
    fn has_attributes_here(self, before: &str, rest: &str, len: usize) -> bool {
        let line = before.rsplit('\n').next().unwrap_or_default();
        let behind = rest[len..].split('\n').next().unwrap_or_default().trim();
        let is_alone = line.trim_matches([' ', '\t', '>']).is_empty() && behind.is_empty();
        is_alone
            || rest.starts_with("{:")
            || before.ends_with([']', ')', '`', '*', '_'])
            || (self.is_heading && behind.trim_matches('#').is_empty())
    }
}

/// The length of the shortcode that a text begins with.
fn shortcode(text: &str) -> Option<usize> {
    // Two braces alone are a field of a form, which somebody may have forgotten to fill in.
    let (open, close) =
        [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")].into_iter().find(|(open, _)| text.starts_with(open))?;
    let inner = text[open.len()..].find(close)?;
    let end = open.len() + inner + close.len();
    let said = &text[open.len()..open.len() + inner];
    // What a program is told is names and quoted values; what drafters put in braces is sentences.
    let is_prose = said.split('"').step_by(2).any(|unquoted| words_in_a_row(unquoted, 2) > 3);
    (!said.trim().is_empty() && !is_prose).then_some(end)
}

/// The length of the attributes that a text begins with.
fn attributes(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('{')?;
    // Behind the colon of kramdown names of attributes that are defined elsewhere may stand as well, but not alone: they are words.
    let (mut rest, has_colon) = inner.strip_prefix(':').map_or((inner, false), |rest| (rest, true));
    if let Some(behind) = LISTS.iter().find_map(|name| rest.strip_prefix(name)).filter(|_| has_colon) {
        return Some(text.len() - behind.len());
    }
    let mut count = 0;
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('}') {
            return (count > 0).then_some(text.len() - behind.len());
        }
        match attribute(rest) {
            Some(behind) => {
                rest = behind;
                count += 1;
            }
            None => rest = reference(rest).filter(|_| has_colon)?,
        }
    }
}

/// What kramdown puts lists in the place of, behind `{:`.
const LISTS: &[&str] = &["toc}", "footnotes}"];

/// The length of the name that a text begins with.
fn name(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))).unwrap_or(text.len())
}

/// What stands behind the name of attributes.
fn reference(text: &str) -> Option<&str> {
    let len = name(text);
    (len > 0).then(|| &text[len..])
}

/// What stands behind an attribute.
fn attribute(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['#', '.']) {
        return reference(rest);
    }
    if let Some(rest) = text.strip_prefix('-').filter(|rest| rest.starts_with(['}', ' '])) {
        return Some(rest);
    }
    let value = text[name(text)..].strip_prefix('=').filter(|_| name(text) > 0)?;
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote).map(|(_, rest)| rest),
        _ => {
            let len = value.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}')).unwrap_or(value.len());
            (len > 0).then(|| &value[len..])
        }
    }
}

/// The length of the formula that a text begins with. As Pandoc has it, there is no space behind the sign that opens it and none before
/// the one that closes it, behind which no digit stands, nor here a letter. What is words is none: they are sums of money.
fn math(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("$$") {
        let inner = &rest[..rest.find("$$")?];
        return is_formula(inner).then_some(inner.len() + 4);
    }
    let rest = &text[1..];
    let end = memchr::memchr_iter(b'$', rest.as_bytes()).find(|&at| !rest[..at].ends_with('\\'))?;
    let (inner, behind) = (&rest[..end], &rest[end + 1..]);
    let is_tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
    let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '$');
    (is_tight && ends && is_formula(inner)).then_some(inner.len() + 2)
}

/// The most words of at least so many letters that stand side by side in a text.
fn words_in_a_row(text: &str, least: usize) -> usize {
    let is_word = |word: &str| {
        let word = word.trim_matches([',', '.', ';', ':', '!', '?', '(', ')', '[', ']', '"', '*']);
        word.chars().count() >= least && word.chars().all(char::is_alphabetic)
    };
    let count = |run: &mut usize, word: &str| {
        *run = if is_word(word) { *run + 1 } else { 0 };
        Some(*run)
    };
    text.split_whitespace().scan(0, count).max().unwrap_or_default()
}

/// True if a text may be a formula: it has signs of TeX, or at most one word in it, of three letters, such as "and" or "sin". Two
/// words side by side are no formula, whatever signs stand around them.
fn is_formula(text: &str) -> bool {
    let letters = text.split(|c: char| !c.is_alphabetic()).map(|word| word.chars().count());
    let is_wordy = letters.clone().any(|count| count > 3) || letters.filter(|count| *count > 1).count() > 1;
    let is_prose = words_in_a_row(text, 3) > 1;
    !text.trim().is_empty()
        && !text.contains('`')
        && !is_prose
        && (!is_wordy || text.contains(['\\', '^', '_', '{', '=']))
}

/// The length of the citation key that a text begins with, which stands in brackets.
fn citation(before: &str, text: &str) -> Option<usize> {
    let is_begun = before.ends_with(['[', ' ', '-', ';', '(']);
    let open = before.rfind('[')?;
    let close = text.find([']', '['])?;
    let is_plain = !before[open..].contains(']') && text[close..].starts_with(']');
    let is_link = text[close + 1..].starts_with(['(', '[', ':']);
    if !is_begun || !is_plain || is_link {
        return None;
    }
    let key = &text[1..];
    if let Some(braced) = key.strip_prefix('{') {
        return braced.find('}').map(|end| end + 3);
    }
    let is_part = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
    };
    let len = key.find(|c| !is_part(c)).unwrap_or(key.len());
    let len = key[..len].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_').len();
    (len > 0 && !key.starts_with(|c: char| !c.is_alphanumeric() && c != '_')).then_some(len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of syntax in a paragraph.
    fn found(source: &str, is_heading: bool) -> Vec<(SyntaxKind, &str)> {
        let around = Surroundings { source, start: 0, end: source.len(), is_heading };
        let mut at = 0;
        std::iter::from_fn(|| {
            let syntax = around.find(at..source.len())?;
            at = syntax.bytes.end;
            Some((syntax.kind, &source[syntax.bytes]))
        })
        .collect()
    }

    #[test]
    fn syntax_is_told_from_text() {
        use SyntaxKind::{Attributes, Citation, Math, Shortcode};
        type Case<'c> = (&'c str, &'c [(SyntaxKind, &'c str)]);
        let cases: &[Case<'_>] = &[
            ("[words]{.x #y}", &[(Attributes, "{.x #y}")]),
            ("**bold**{lang=fr title=\"a b\"} on", &[(Attributes, "{lang=fr title=\"a b\"}")]),
            ("text\n{: .class}", &[(Attributes, "{: .class}")]),
            ("{:toc}", &[(Attributes, "{:toc}")]),
            ("the set {.x} is", &[]),
            ("[words]{draft}", &[]),
            ("{:China containment stays}", &[]),
            ("{:note: .x}", &[(Attributes, "{:note: .x}")]),
            ("{:note}", &[]),
            ("the {draft} text", &[]),
            ("\\{#a}", &[]),
            (
                "{{< figure src=\"a\" >}} and {{% b %}} {% c %} {{ d }} {{{e}}} {{place}}",
                &[(Shortcode, "{{< figure src=\"a\" >}}"), (Shortcode, "{{% b %}}"), (Shortcode, "{% c %}")],
            ),
            ("{{ open\n\n}}", &[]),
            ("{{}}", &[]),
            ("so $x_1 + y$ and $$a\nb$$", &[(Math, "$x_1 + y$"), (Math, "$$a\nb$$")]),
            ("$350 billion ... $10", &[]),
            ("$350 billion, or $10 billion.", &[]),
            ("US$5 and A$6; from $5-$10; $5m (A$6)", &[]),
            ("costs $5\n- or 6$ more", &[]),
            ("between $5 and (up to 6$)", &[]),
            ("$the junior partner$", &[]),
            ("$350 billion (= 5% of GDP) serves the strategy, in US$", &[]),
            ("$3.5 billion\\* for peace and calm; the rest in A$", &[]),
            ("$\\frac{a}{b} = \\text{sum of}$", &[(Math, "$\\frac{a}{b} = \\text{sum of}$")]),
            ("{{< We insist: this sentence stays >}} {% it stays, says the ROK %}", &[]),
            (
                "{% for post in site.posts %} {% figure caption=\"All that was agreed\" %}",
                &[
                    (Shortcode, "{% for post in site.posts %}"),
                    (Shortcode, "{% figure caption=\"All that was agreed\" %}"),
                ],
            ),
            ("$n$ and \\$m$", &[(Math, "$n$")]),
            ("[@key]", &[(Citation, "@key")]),
            ("[see @doe99, p. 3; -@{a b}]", &[(Citation, "@doe99"), (Citation, "-@{a b}")]),
            ("[@key](https://a.b) [a@b.org] @key [a] @b", &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(found(source, false), *expected, "{source}");
        }
        assert_eq!(found("# Burden {#burden-sharing}", true), [(Attributes, "{#burden-sharing}")]);
        assert_eq!(found("# Burden {#burden-sharing} ##", true), [(Attributes, "{#burden-sharing}")]);
        assert_eq!(found("# Burden {draft}", true), []);
        assert_eq!(found("# Burden {#a} sharing", true), []);
    }
}
