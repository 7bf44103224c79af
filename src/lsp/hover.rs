//! What an editor shows of a finding, or of a rule, beside the text.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::check::{Checked, Content};
use super::client::Client;
use super::diagnostics::is_web_page;
use super::document::Document;
use crate::finding::Finding;
use crate::rule::{Fix, Rule};
use crate::shown::{Shown, collapsed};
use crate::span::Span;

/// What is known of the findings at a place.
pub(super) fn at(document: &Document, checked: &Checked, place: lsp_types::Position, client: &Client) -> Option<Hover> {
    let Content::Draft(_, findings) = &checked.content else {
        return None;
    };
    let at = document.text.offset(place);
    let here: Vec<&Finding> = findings.iter().filter(|f| f.span.start() <= at && at <= f.span.end()).collect();
    let span = here.iter().map(|f| f.span).reduce(|a, b| Span::new(a.start().min(b.start()), a.end().max(b.end())))?;
    let page = Page { markdown: client.markdown };
    let rule_between = if client.markdown { "\n\n---\n\n" } else { "\n\n" };
    let text = here.iter().map(|finding| page.finding(finding)).collect::<Vec<_>>().join(rule_between);
    let contents = HoverContents::Markup(page.markup(text));
    Some(Hover { contents, range: Some(document.text.range(span)) })
}

/// What is known of a rule.
pub(super) fn of_rule(rule: &Rule, markdown: bool) -> MarkupContent {
    let page = Page { markdown };
    let mut lines = vec![page.text(rule.message())];
    lines.extend(page.reasons(rule));
    page.markup(lines.join("\n\n"))
}

/// Text in Markdown, or without it.
struct Page {
    markdown: bool,
}

impl Page {
    fn markup(&self, value: String) -> MarkupContent {
        MarkupContent { kind: if self.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }, value }
    }

    fn finding(&self, finding: &Finding) -> String {
        let rule = &finding.rule;
        let redline = if rule.is_redline() { ", red line" } else { "" };
        let head = format!("{} ({}{redline})", self.code(rule.id().as_str()), finding.severity());
        let mut lines = vec![head, self.text(&finding.message)];
        lines.extend(finding.notes.iter().flat_map(|note| note.lines()).map(|line| self.text(line)));
        if !finding.suggestions.is_empty() {
            let items = finding.suggestions.iter().map(|suggestion| {
                let fix = match suggestion.fix {
                    Fix::Safe => "",
                    Fix::Unsafe => " (read the sentence again)",
                    Fix::None => " (advice)",
                };
                let text = if suggestion.text.is_empty() { "nothing" } else { &suggestion.text };
                format!("\n- {}{fix}", self.text(text))
            });
            lines.push(format!("{}{}", self.label("Say"), items.collect::<String>()));
        }
        lines.extend(self.reasons(rule));
        lines.join("\n\n")
    }

    /// Why, who objects, and where it is from.
    fn reasons(&self, rule: &Rule) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(why) = rule.why() {
            lines.push(format!("{} {}", self.label("Why"), self.text(why)));
        }
        if !rule.objection().is_empty() {
            lines.push(format!("{} {}", self.label("Likely objection"), self.text(&rule.objection().join(", "))));
        }
        if let Some(source) = rule.source() {
            let title = self.text(&source.title);
            let url = source.url.as_deref().filter(|url| is_web_page(url));
            let link = match url {
                // Angle brackets hold any address but one with angle brackets in it.
                Some(url) if self.markdown => {
                    let url = url.replace('<', "%3C").replace('>', "%3E").replace(char::is_whitespace, "%20");
                    format!("[{title}](<{url}>)")
                }
                Some(url) => format!("{title}, {}", Shown(url)),
                None => title,
            };
            lines.push(format!("{} {link}", self.label("Source")));
        }
        lines
    }

    fn label(&self, name: &str) -> String {
        if self.markdown { format!("**{name}:**") } else { format!("{name}:") }
    }

    fn code(&self, text: &str) -> String {
        if self.markdown { format!("`{text}`") } else { text.to_owned() }
    }

    /// A text in one line, with nothing in it that Markdown or a terminal would act on.
    fn text(&self, text: &str) -> String {
        let line = collapsed(text);
        let line = Shown(&line).to_string();
        if self.markdown { escape(&line) } else { line }
    }
}

/// A line of text as Markdown shows it unchanged.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        // Every character of ASCII that is punctuation may be escaped; those that do nothing inside a line need not be.
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|' | '!' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let starts_list = |c| matches!(c, '-' | '+' | '=');
    if escaped.starts_with(starts_list) {
        escaped.insert(0, '\\');
    }
    // `1.` or `1)` at the start would be an item of a list.
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && escaped[digits..].starts_with(['.', ')']) {
        escaped.insert(digits, '\\');
    }
    // A bare address would become a link.
    escaped.replace("://", ":\\//").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    #[test]
    fn markdown_shows_a_text_as_it_is() {
        let texts = [
            "a *b* _c_ `d` [e](f) <b>g</b> &amp; \\ ~~h~~ | ![i](j)",
            "# heading",
            "- item",
            "12. item",
            "1) item",
            "+ a",
            "> quoted",
            "see https://example.org/x and www.example.org",
            "한국 \"China\" — 5 % $x$",
        ];
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for text in texts {
            let mut shown = String::new();
            for event in Parser::new_ext(&escape(text), options) {
                match event {
                    Event::Text(part) => shown.push_str(&part),
                    Event::Start(Tag::Paragraph) => {}
                    Event::End(TagEnd::Paragraph) => {}
                    other => panic!("{text:?} has {other:?}"),
                }
            }
            assert_eq!(shown, text);
        }
    }
}
