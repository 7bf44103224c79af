//! Residues that the source of a text tells wherever they stand: tags around paragraphs, marks that nothing closes, comments of other
//! notations, front matter, addresses of files.
//!
//! What a reader of the format knows already is not looked for again; code is passed over. Takes time in proportion to the source.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::format::Format;
use super::residue::{Residue, ResidueKind, is_path};
use super::unread::{Unread, UnreadReason};
use crate::span::Span;
use crate::text::collapsed;

/// The most bytes of words that follow a mark and are told of.
const MAX_BYTES: usize = 400;

/// A tag, with its name and its attributes.
static TAG: LazyLock<Regex> = LazyLock::new(|| compiled(r"<([A-Za-z][A-Za-z0-9:]*)((?:\s[^<>]*)?)>"));

/// The end of an element that says something of its words.
static CLOSER: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)</(del|ins|mark|strike|s)\s*>"));

/// What a style says of words: struck out, coloured, not shown.
static STYLE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)(line-through)|background(?:-color)?\s*:\s*([^;]+)|display\s*:\s*(none)|visibility\s*:\s*(hidden)")
});

/// The attributes that are asked for.
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r#"(?i)\s(style|name|content|href|src|hidden)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"#)
});

/// Comments of Markdown's kin: a reference that nothing refers to, an expression of MDX, `%%` of Obsidian.
static COMMENT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?m)^ {0,3}\[(?://|comment)[^\]\n]*\]:[ \t]*(?:#|<#?>)[ \t]*["'(][^\n]*|\{/\*(?:[^*]|\*[^/])*\*/\}|(?:^|[ \t])%%(?:[^%\n]|\n[^%\n])+%%"#,
    )
});

/// The openers of CriticMarkup.
static CRITIC: LazyLock<Regex> = LazyLock::new(|| compiled(r"\{(?:\+\+|--|~~|==|>>)"));

/// An address of a file, and the target of a link of Markdown.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"(?i)file:/[^\s"'<>()\]]+|\]\(<?(\\\\[^)\s>]+|[a-z]:[\\/][^)\s>]+)"#));

/// A line of front matter: its key and its value.
static ENTRY: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"(?m)^[ \t]*["']?([A-Za-z][\w -]*?)["']?[ \t]*[:=][ \t]*([^\n]*)$"#));

/// A comment in front matter.
static NOTE: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?m)(?:^|[ \t])#[ \t]*[^\n]+$"));

/// Keys of front matter and names of `<meta>` that name a person.
const AUTHORS: &[&str] = &[
    "author", "authors", "creator", "dc.creator", "dcterms.creator", "editor", "editors", "last-modified-by", "owner",
    "reviewer", "reviewers",
];

/// Keys of front matter that say where a text stands, or more of it than the text does.
const PROPERTIES: &[&str] = &[
    "classification", "comment", "comments", "company", "draft", "notes", "revision", "state", "status", "todo",
    "version",
];

/// Elements within a line: a colour behind a paragraph, or behind a cell, is how a page looks.
const INLINE: &[&str] = &["a", "b", "em", "font", "i", "small", "span", "strong", "u"];

#[allow(clippy::unwrap_used, reason = "a test compiles them")]
fn compiled(expression: &str) -> Regex {
    Regex::new(expression).unwrap()
}

/// The residues of a source besides those that are known. `known` are in the order of the source.
pub(super) fn residues(source: &str, format: Format, unread: &[Unread], known: &[Residue]) -> Vec<Residue> {
    let mut scan = Scan { source, unread, covered: covered(known), found: Vec::new() };
    let (is_markdown, is_html) = (format == Format::Markdown, format == Format::Html);
    scan.unread();
    scan.addresses();
    if is_markdown || is_html {
        scan.tags();
    }
    if is_markdown {
        scan.comments();
        scan.critic_markup();
    }
    scan.found
}

/// The stretches of known residues, joined.
fn covered(known: &[Residue]) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for span in known.iter().filter_map(|residue| residue.span) {
        match all.last_mut().filter(|last| span.start() < last.end()) {
            Some(last) => *last = Span::new(last.start(), last.end().max(span.end())),
            None => all.push(span),
        }
    }
    all
}

struct Scan<'s> {
    source: &'s str,
    unread: &'s [Unread],
    covered: Vec<Span>,
    found: Vec<Residue>,
}

impl Scan<'_> {
    /// True if a byte is of code, or of a residue that is known.
    fn is_passed_over(&self, at: usize) -> bool {
        let holds = |spans: &[Span]| {
            let next = spans.partition_point(|span| span.start() <= at);
            spans[..next].last().is_some_and(|span| at < span.end())
        };
        let next = self.unread.partition_point(|unread| unread.span.start() <= at);
        let inside = self.unread[..next].last().filter(|unread| at < unread.span.end());
        let is_code = |reason| matches!(reason, UnreadReason::Code | UnreadReason::CodeSpan | UnreadReason::Math);
        holds(&self.covered) || inside.is_some_and(|unread| is_code(unread.reason))
    }

    fn add(&mut self, kind: ResidueKind, span: Span, what: &str, words: &str) {
        self.found.push(Residue::at(kind, span, what.to_owned(), &collapsed(words)));
    }

    /// What follows a byte, up to a few hundred bytes.
    fn following(&self, at: usize) -> &str {
        &self.source[at..crate::span::floor_char(self.source, self.source.len().min(at + MAX_BYTES))]
    }

    /// Markup and code that nothing closes, and front matter.
    fn unread(&mut self) {
        // A title in it is read, and parts it.
        let of_front_matter = |unread: &&Unread| unread.reason == UnreadReason::FrontMatter;
        let mut parts = self.unread.iter().filter(of_front_matter).map(|unread| unread.span);
        if let Some(first) = parts.next() {
            self.front_matter(Span::new(first.start(), parts.next_back().unwrap_or(first).end()));
        }
        for Unread { span, reason } in self.unread {
            let words = &self.source[span.range()];
            match reason {
                UnreadReason::Unclosed if words.starts_with("<!--") => {
                    self.add(ResidueKind::Comment, *span, "a comment that nothing closes", &words[4..]);
                }
                UnreadReason::Unclosed => self.add(ResidueKind::HiddenText, *span, "markup that nothing closes", words),
                UnreadReason::Code if is_unclosed_fence(words) => {
                    self.add(ResidueKind::HiddenText, *span, "code that nothing closes", words);
                }
                _ => {}
            }
        }
    }

    fn front_matter(&mut self, all: Span) {
        let source = self.source;
        let text = &source[all.range()];
        let at = |start: usize, end: usize| Span::new(all.start() + start, all.start() + end);
        for entry in ENTRY.captures_iter(text) {
            let (Some(key), Some(value)) = (entry.get(1), entry.get(2)) else { continue };
            let name = key.as_str().to_lowercase();
            let kind = match name.as_str() {
                name if AUTHORS.contains(&name) => ResidueKind::Author,
                name if PROPERTIES.contains(&name) => ResidueKind::Property,
                _ => continue,
            };
            let is_quoted = value.as_str().starts_with(['"', '\'']);
            let words = value.as_str().split(" #").next().filter(|_| !is_quoted).unwrap_or(value.as_str());
            let span = at(key.start(), value.start() + words.trim_end().len());
            self.add(kind, span, &format!("`{name}` in the front matter"), words);
        }
        for note in NOTE.find_iter(text) {
            let words = note.as_str().trim_start();
            // In quotation marks it is a part of the value.
            let line = text[..note.start()].rsplit('\n').next().unwrap_or_default();
            let is_quoted = |mark: char| line.matches(mark).count() % 2 == 1;
            if !is_quoted('"') && !is_quoted('\'') {
                self.add(
                    ResidueKind::Comment,
                    at(note.end() - words.len(), note.end()),
                    "a comment in the front matter",
                    &words[1..],
                );
            }
        }
    }

    /// Addresses of files on a computer or a server.
    fn addresses(&mut self) {
        for found in ADDRESS.captures_iter(self.source) {
            let Some(address) = found.get(1).or_else(|| found.get(0)) else { continue };
            if !self.is_passed_over(address.start()) {
                let span = Span::new(address.start(), address.end());
                self.add(ResidueKind::Path, span, "a link to a file on a computer", address.as_str());
            }
        }
    }

    fn comments(&mut self) {
        for comment in COMMENT.find_iter(self.source) {
            let all = comment.as_str().trim_start();
            let start = comment.end() - all.len();
            if !self.is_passed_over(start) {
                let words = all.trim_matches(|c: char| "{}/*% ".contains(c));
                self.add(ResidueKind::Comment, Span::new(start, comment.end()), "a comment", words);
            }
        }
    }

    /// Marks of CriticMarkup that no reader of Markdown closes: over several paragraphs, or left open.
    fn critic_markup(&mut self) {
        for open in CRITIC.find_iter(self.source) {
            if self.is_passed_over(open.start()) {
                continue;
            }
            let (kind, what) = match &open.as_str()[1..] {
                "++" => (ResidueKind::Insertion, "words marked as inserted"),
                "==" => (ResidueKind::Highlight, "words highlighted"),
                ">>" => (ResidueKind::Comment, "a comment"),
                _ => (ResidueKind::Deletion, "words marked as deleted"),
            };
            let words = self.following(open.end()).split('}').next().unwrap_or_default().to_owned();
            self.add(kind, Span::new(open.start(), open.end()), what, &words);
        }
    }

    /// Elements and attributes that say something of the words in them, and names of persons.
    fn tags(&mut self) {
        let mut closers: HashMap<String, Vec<Span>> = HashMap::new();
        for closer in CLOSER.captures_iter(self.source) {
            if let (Some(all), Some(name)) = (closer.get(0), closer.get(1)) {
                closers.entry(name.as_str().to_lowercase()).or_default().push(Span::new(all.start(), all.end()));
            }
        }
        for tag in TAG.captures_iter(self.source) {
            let (Some(all), Some(name), Some(attributes)) = (tag.get(0), tag.get(1), tag.get(2)) else { continue };
            if self.is_passed_over(all.start()) {
                continue;
            }
            let name = name.as_str().to_lowercase();
            let words = self.following(all.end()).split("</").next().unwrap_or_default().to_owned();
            let span = Span::new(all.start(), all.end());
            let element = match name.as_str() {
                "del" => Some((ResidueKind::Deletion, "words marked as deleted")),
                "ins" => Some((ResidueKind::Insertion, "words marked as inserted")),
                "mark" => Some((ResidueKind::Highlight, "words highlighted")),
                "s" | "strike" => Some((ResidueKind::StruckOut, "words struck out")),
                "o:author" | "o:lastauthor" | "o:manager" => Some((ResidueKind::Author, "the properties")),
                "o:company" => Some((ResidueKind::Property, "the company")),
                _ => None,
            };
            if let Some((kind, what)) = element {
                let ends = closers.get(&name).map_or(&[][..], Vec::as_slice);
                let next = ends.partition_point(|end| end.start() < all.end());
                let whole = ends.get(next).map_or(span, |end| Span::new(all.start(), end.end()));
                self.add(kind, whole, what, &words);
            }
            self.attributes(&name, attributes.as_str(), span, &words);
        }
    }

    fn attributes(&mut self, element: &str, attributes: &str, span: Span, words: &str) {
        let (mut name, mut content) = (String::new(), String::new());
        for attribute in ATTRIBUTE.captures_iter(attributes) {
            let key = attribute.get(1).map(|key| key.as_str().to_lowercase()).unwrap_or_default();
            let value = (2..=4).find_map(|group| attribute.get(group)).map_or("", |value| value.as_str());
            match key.as_str() {
                "name" => name = value.to_lowercase(),
                "content" => value.clone_into(&mut content),
                "hidden" if !matches!(element, "input" | "meta") => self.hidden(span, words),
                "href" | "src" if is_path(value) && !value.to_lowercase().starts_with("file:") => {
                    self.add(ResidueKind::Path, span, "a link to a file on a computer", value);
                }
                "style" => self.style(element, value, span, words),
                _ => {}
            }
        }
        if element == "meta" && AUTHORS.contains(&name.as_str()) && !content.is_empty() {
            self.add(ResidueKind::Author, span, "the author in the head of the page", &content);
        }
    }

    fn style(&mut self, element: &str, style: &str, span: Span, words: &str) {
        for found in STYLE.captures_iter(style) {
            if found.get(1).is_some() {
                let whole = Span::new(span.start(), span.end() + words.len());
                self.add(ResidueKind::StruckOut, whole, "words struck out", words);
            } else if let Some(color) = found.get(2) {
                let color = color.as_str().trim().to_lowercase();
                let is_none = matches!(
                    color.as_str(),
                    "none" | "transparent" | "inherit" | "initial" | "white" | "#fff" | "#ffffff" | "unset"
                );
                if INLINE.contains(&element) && !is_none && !color.contains("url(") {
                    self.add(ResidueKind::Highlight, span, "words highlighted", words);
                }
            } else {
                self.hidden(span, words);
            }
        }
    }

    /// An element that hides its words, if these are not known to be hidden.
    fn hidden(&mut self, tag: Span, words: &str) {
        let behind = &self.source[tag.end()..];
        if !self.is_passed_over(tag.end() + (behind.len() - behind.trim_start().len())) {
            self.add(ResidueKind::HiddenText, tag, "hidden text", words);
        }
    }
}

/// True for a block of code between fences that has no second one.
fn is_unclosed_fence(code: &str) -> bool {
    let fence = |line: &str| {
        let line = line.trim();
        let marks = line.chars().take_while(|c| matches!(c, '`' | '~')).count();
        (marks >= 3).then_some((line.starts_with('~'), marks, line.len()))
    };
    let mut lines = code.trim_end().lines();
    let Some((is_tilde, marks, _)) = lines.next().and_then(fence) else {
        return false;
    };
    !lines
        .next_back()
        .and_then(fence)
        .is_some_and(|(tilde, count, len)| tilde == is_tilde && count >= marks && count == len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_closed_by_another_of_its_kind() {
        let cases = [
            ("```\nx\n```", false),
            ("```text\nx\n````\n", false),
            ("```\nx\n", true),
            ("~~~\nx\n```", true),
            ("```", true),
            ("````\nx\n```", true),
            ("    indented", false),
        ];
        for (code, expected) in cases {
            assert_eq!(is_unclosed_fence(code), expected, "{code}");
        }
    }
}
