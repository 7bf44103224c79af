//! The note on one finding: what is said of it in the margin, and all that is known.

use std::fmt::{self, Write};

use super::Tone;
use super::language::language;
use crate::escape::{Xml, web_url};
use crate::finding::{Finding, Revision, Suppression};
use crate::rule::Fix;
use crate::text::collapsed;
use crate::text::fold::OBJECT;

/// The place of the note.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    /// The number of the draft in the page, from 1.
    pub(super) draft: usize,
    /// The number of the finding in its draft, from 1.
    pub(super) finding: usize,
    /// The first finding of the same rule in the draft, where it is another: paper has its reason once.
    pub(super) first: Option<usize>,
}

/// Writes the note.
pub(super) fn write(page: &mut dyn Write, finding: &Finding, numbers: Numbers) -> fmt::Result {
    let Numbers { draft, finding: number, first } = numbers;
    let rule = &finding.rule;
    let (tone, severity) = (Tone::new(finding), finding.severity());
    let class = tone.class();
    let repeated = if first.is_some() { " again" } else { "" };
    writeln!(
        page,
        "<div class=\"note {class}{repeated}\" id=\"d{draft}n{number}\" role=\"note\" tabindex=\"-1\" \
         aria-labelledby=\"d{draft}m{number}\" data-tone=\"{}\" data-pack=\"{}\" data-who=\"{}\">",
        tone.name(),
        rule.id().pack(),
        Xml(&rule.objection().join("|")),
    )?;
    write!(
        page,
        "<p class=\"what\"><a class=\"ref {class}\" href=\"#d{draft}f{number}\" \
         aria-label=\"Finding {number} in the text\">{number}</a> <span class=\"severity\">{severity}</span>"
    )?;
    if rule.is_redline() {
        page.write_str(" <span class=\"redline\">red line</span>")?;
    }
    if finding.suppressed.is_some() {
        page.write_str(" <span class=\"silence\">suppressed</span>")?;
    }
    let message = finding.message.replace(OBJECT, "\u{2026}");
    let lang = lang(&message);
    writeln!(page, "</p>\n<p class=\"message\" id=\"d{draft}m{number}\"{lang} dir=\"auto\">{}</p>", Xml(&message))?;
    writeln!(page, "<div class=\"more\"><dl>")?;
    alternatives(page, finding)?;
    facts(page, finding, draft)?;
    reasons(page, finding)?;
    if let Some(first) = first {
        writeln!(
            page,
            "<div class=\"see\"><dt>Reason</dt><dd>as at <a href=\"#d{draft}n{first}\">{first}</a></dd></div>"
        )?;
    }
    let place = match &finding.paragraph {
        Some(paragraph) => format!("{paragraph}, character {}", finding.start.column),
        None => format!("line {}, column {}", finding.start.line, finding.start.column),
    };
    writeln!(page, "<div class=\"where\"><dt>Place</dt><dd>{}</dd></div>", Xml(&place))?;
    writeln!(page, "<div class=\"where\"><dt>Rule</dt><dd><code>{}</code></dd></div>", rule.id())?;
    page.write_str("</dl></div>\n</div>\n")
}

/// Writes the wordings to write instead.
fn alternatives(page: &mut dyn Write, finding: &Finding) -> fmt::Result {
    if finding.suggestions.is_empty() {
        return Ok(());
    }
    page.write_str("<div class=\"say\"><dt>Say instead</dt>")?;
    for suggestion in &finding.suggestions {
        match suggestion.text.as_str() {
            "" => write!(page, "<dd>nothing: take it out</dd>")?,
            text => write!(page, "<dd class=\"wording\" dir=\"auto\">{}</dd>", Xml(text))?,
        }
    }
    match finding.rule.fix() {
        Fix::Safe => write!(page, "<dd class=\"how\">It fits as it is.</dd>")?,
        Fix::Unsafe => write!(page, "<dd class=\"how\">Then read the sentence again.</dd>")?,
        Fix::None => {}
    }
    writeln!(page, "</div>")
}

/// Writes the notes on this finding alone.
fn facts(page: &mut dyn Write, finding: &Finding, draft: usize) -> fmt::Result {
    match &finding.suppressed {
        Some(Suppression::Comment { reason, at, paragraph }) => {
            let place = match paragraph {
                Some(paragraph) => format!("at {paragraph}"),
                None => format!("in line {}", at.line),
            };
            writeln!(page, "<div><dt>Suppressed</dt><dd>by a comment {}: {}</dd></div>", Xml(&place), Xml(reason))?;
        }
        Some(Suppression::Baseline) => {
            writeln!(page, "<div><dt>Suppressed</dt><dd>accepted by the baseline</dd></div>")?
        }
        None => {}
    }
    if !finding.notes.is_empty() || finding.revision.is_some() {
        page.write_str("<div><dt>Found</dt>")?;
        let facts = finding.notes.iter().flat_map(|note| note.lines()).chain(finding.revision.map(Revision::note));
        for line in facts {
            write!(page, "<dd dir=\"auto\">{}</dd>", Xml(line))?;
        }
        writeln!(page, "</div>")?;
    }
    if !finding.related.is_empty() {
        page.write_str("<div class=\"related\"><dt>See also</dt>")?;
        for related in &finding.related {
            let (id, line) = (super::spot_id(draft, related.span), related.start.line);
            let place = related.paragraph.as_ref().map_or_else(|| format!("line {line}"), ToString::to_string);
            write!(page, "<dd><a href=\"#{id}\">{}</a>: {}</dd>", Xml(&place), Xml(&related.message))?;
        }
        writeln!(page, "</div>")?;
    }
    Ok(())
}

/// Writes the reasons of the rule.
fn reasons(page: &mut dyn Write, finding: &Finding) -> fmt::Result {
    let rule = &finding.rule;
    if let Some(why) = rule.why() {
        let why = collapsed(why);
        let lang = lang(&why);
        writeln!(page, "<div class=\"why\"><dt>Why</dt><dd{lang} dir=\"auto\">{}</dd></div>", Xml(&why))?;
    }
    if !rule.objection().is_empty() {
        let who = rule.objection().join(", ");
        writeln!(page, "<div class=\"why\"><dt>Likely objection</dt><dd dir=\"auto\">{}</dd></div>", Xml(&who))?;
    }
    if let Some(source) = rule.source() {
        let title = Xml(&source.title);
        page.write_str("<div class=\"why\"><dt>Source</dt><dd dir=\"auto\">")?;
        match source.url.as_deref().and_then(web_url) {
            Some(url) => write!(page, "<a href=\"{}\" rel=\"noopener noreferrer external\">{title}</a>", Xml(url))?,
            None => write!(page, "{title}")?,
        }
        writeln!(page, "</dd></div>")?;
    }
    Ok(())
}

/// The attribute that says in which language a pack speaks, if that is not the language of the page.
fn lang(text: &str) -> String {
    language(text).filter(|&own| own != "en").map(|own| format!(" lang=\"{own}\"")).unwrap_or_default()
}
