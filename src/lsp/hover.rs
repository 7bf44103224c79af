//! Hovers: the text that an editor shows of a finding, or of a rule, at the cursor.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::check::{CheckContent, CheckResult};
use super::client::Client;
use super::document::OpenDocument;
use crate::escape::{Shown, is_web_url, markdown};
use crate::finding::Finding;
use crate::rule::{Fix, Rule};
use crate::span::Span;
use crate::text::collapsed;

/// Describes the findings at a place.
pub(super) fn at(
    document: &OpenDocument,
    checked: &CheckResult,
    place: lsp_types::Position,
    client: &Client,
) -> Option<Hover> {
    let CheckContent::Draft(_, findings) = &checked.content else {
        return None;
    };
    let at = document.text.offset(place);
    let here: Vec<&Finding> = findings.iter().filter(|f| f.span.start() <= at && at <= f.span.end()).collect();
    let span = here.iter().map(|f| f.span).reduce(|a, b| Span::new(a.start().min(b.start()), a.end().max(b.end())))?;
    let page = HoverMarkup { markdown: client.markdown };
    let rule_between = if client.markdown { "\n\n---\n\n" } else { "\n\n" };
    let text = here.iter().map(|finding| page.finding(finding)).collect::<Vec<_>>().join(rule_between);
    let contents = HoverContents::Markup(page.markup(text));
    Some(Hover { contents, range: Some(document.text.range(span)) })
}

/// Describes a rule.
pub(super) fn of_rule(rule: &Rule, markdown: bool) -> MarkupContent {
    let page = HoverMarkup { markdown };
    let mut lines = vec![page.text(rule.message())];
    lines.extend(page.reasons(rule));
    page.markup(lines.join("\n\n"))
}

/// Text in Markdown, or without it.
struct HoverMarkup {
    markdown: bool,
}

impl HoverMarkup {
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

    /// Lists the reasons of a rule, who objects, and where it is from.
    fn reasons(&self, rule: &Rule) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(why) = rule.why() {
            lines.push(format!("{} {}", self.label("Why"), self.text(why)));
        }
        if !rule.objection().is_empty() {
            lines.push(format!("{} {}", self.label("Likely objection"), self.text(&rule.objection().join(", "))));
        }
        if let Some(source) = rule.source() {
            let url = source.url.as_deref().filter(|url| is_web_url(url));
            let link = match url {
                _ if self.markdown => markdown::link(&source.title, url),
                Some(url) => format!("{}, {}", self.text(&source.title), Shown(url)),
                None => self.text(&source.title),
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
        if self.markdown { markdown::text(text) } else { Shown(&collapsed(text)).to_string() }
    }
}
