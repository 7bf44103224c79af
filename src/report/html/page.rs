//! The page around the drafts: the head with its policy, the counts, the filters, and what could not be checked.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::super::record::Summary;
use super::super::{NotRead, counted};
use super::Tone;
use crate::escape::{Xml, slashes};

/// Both as they are in this folder, with line feeds alone.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/report.css"));
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/report.js"));
/// The Content-Security-Policy of the page, with the hashes of these two.
const POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/report.csp"));

/// The most drafts that are unfolded from the start: more are a list to choose from.
const UNFOLDED: usize = 4;

/// A draft of the page.
pub(super) struct DraftPage {
    pub(super) name: String,
    pub(super) summary: Summary,
    /// The bytes of its page.
    pub(super) len: u64,
}

impl DraftPage {
    /// Writes what comes before its page. `number` is its own, from 1. One draft alone has the head of the page for itself.
    pub(super) fn opening(&self, page: &mut String, number: usize, drafts: usize) -> fmt::Result {
        if drafts == 1 {
            return writeln!(
                page,
                "<section class=\"draft\" id=\"d{number}\" aria-labelledby=\"text\">\n\
                 <h2 class=\"unsaid\" id=\"text\">The text</h2>"
            );
        }
        let open = if drafts <= UNFOLDED { " open=\"\"" } else { "" };
        let name = slashes(&self.name);
        let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
        writeln!(page, "<details class=\"draft\" id=\"d{number}\"{open}>")?;
        let (folder, file) = (Xml(folder), Xml(file));
        write!(
            page,
            "<summary><h2><bdi><span class=\"folder\">{folder}</span>{file}</bdi></h2> <span class=\"tally\">"
        )?;
        tally(page, &self.summary)?;
        writeln!(page, "</span></summary>")
    }
}

/// The end of the page of a draft.
pub(super) fn closing(drafts: usize) -> &'static str {
    if drafts == 1 { "</section>\n" } else { "</details>\n" }
}

/// Writes all before the first draft.
pub(super) fn head(
    page: &mut String,
    summary: &Summary,
    (packs, objectors): (&BTreeMap<String, usize>, &BTreeMap<String, usize>),
    drafts: &[DraftPage],
    (failures, not_read): (&[String], &[NotRead]),
) -> fmt::Result {
    // A document before and after its tracked changes is one draft.
    let subject = match drafts {
        [first, ..] if summary.drafts == 1 => slashes(&first.name).into_owned(),
        _ => counted(summary.drafts, "draft"),
    };
    writeln!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"robots\" content=\"noindex\"/>\n<meta name=\"generator\" content=\"comity {}\"/>\n\
         <title>{} \u{b7} comity</title>\n<style>{STYLE}</style>\n<script>{SCRIPT}</script>\n</head>\n<body>",
        Xml(POLICY),
        env!("CARGO_PKG_VERSION"),
        Xml(&subject),
    )?;
    writeln!(page, "<header class=\"masthead\">\n<p class=\"maker\">comity</p>")?;
    // The filters count as well.
    let counted = if packs.is_empty() { "" } else { " counted" };
    writeln!(page, "<h1>Findings in <bdi>{}</bdi></h1>\n<p class=\"tally{counted}\">", Xml(&subject))?;
    tally(page, summary)?;
    writeln!(page, "</p>\n</header>")?;
    not_checked(page, failures)?;
    unread(page, not_read)?;
    if !packs.is_empty() {
        filters(page, summary, packs, objectors)?;
        help(page)?;
    }
    writeln!(page, "<main>")
}

/// Writes the beginning of a page that has no script and, behind the style of reports, one of its own, with the policy for both.
pub(crate) fn page_opening(page: &mut String, title: &str, (style, policy): (&str, &str)) -> fmt::Result {
    writeln!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"robots\" content=\"noindex\"/>\n<meta name=\"generator\" content=\"comity {}\"/>\n\
         <title>{} \u{b7} comity</title>\n<style>{STYLE}</style>\n<style>{style}</style>\n</head>\n<body>",
        Xml(policy),
        env!("CARGO_PKG_VERSION"),
        Xml(title),
    )
}

/// Writes all behind the last draft.
pub(crate) fn foot(page: &mut String) -> fmt::Result {
    writeln!(
        page,
        "</main>\n<footer>Written by comity {}. This page is complete in itself: it loads nothing and sends nothing.</footer>\n\
         </body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

/// The counts of a summary that are not zero, each with its tone.
fn counts(summary: &Summary) -> impl Iterator<Item = (Tone, usize, String)> {
    let counts = [
        (Tone::Error, summary.errors, counted(summary.errors, "error")),
        (Tone::Warning, summary.warnings, counted(summary.warnings, "warning")),
        (Tone::Note, summary.notes, counted(summary.notes, "note")),
        (Tone::Suppressed, summary.suppressed, format!("{} suppressed", summary.suppressed)),
    ];
    counts.into_iter().filter(|(_, count, _)| *count > 0)
}

/// Writes how much was found.
fn tally(page: &mut String, summary: &Summary) -> fmt::Result {
    if summary.errors + summary.warnings + summary.notes == 0 {
        page.write_str("<span class=\"count\">nothing found</span>")?;
    }
    for (tone, _, words) in counts(summary) {
        write!(page, " <span class=\"count {}\">{words}</span>", tone.class())?;
    }
    Ok(())
}

fn not_checked(page: &mut String, failures: &[String]) -> fmt::Result {
    if failures.is_empty() {
        return Ok(());
    }
    writeln!(
        page,
        "<section class=\"failures\" aria-labelledby=\"failures\">\n<h2 id=\"failures\">Not checked</h2>\n<ul>"
    )?;
    for failure in failures {
        writeln!(page, "<li dir=\"auto\">{}</li>", Xml(failure))?;
    }
    writeln!(page, "</ul>\n</section>")
}

/// Writes what was not read, folded up: most of it is nobody's text.
fn unread(page: &mut String, not_read: &[NotRead]) -> fmt::Result {
    if not_read.is_empty() {
        return Ok(());
    }
    writeln!(page, "<details class=\"not-read\">\n<summary>Not read</summary>\n<ul>")?;
    for NotRead { path, message, .. } in not_read {
        writeln!(page, "<li><bdi>{}</bdi>: {}</li>", Xml(&slashes(path)), Xml(message))?;
    }
    writeln!(page, "</ul>\n</details>")
}

/// Writes the filters, which the script makes work and which are not shown without it.
fn filters(
    page: &mut String,
    summary: &Summary,
    packs: &BTreeMap<String, usize>,
    objectors: &BTreeMap<String, usize>,
) -> fmt::Result {
    writeln!(page, "<form class=\"filters\" role=\"search\" aria-label=\"Findings\">")?;
    writeln!(page, "<fieldset class=\"tones\"><legend class=\"unsaid\">Severity</legend>")?;
    for (tone, _, words) in counts(summary) {
        let (name, class) = (tone.name(), tone.class());
        // What somebody has suppressed is there for those who ask.
        let checked = if tone == Tone::Suppressed { "" } else { " checked=\"\"" };
        writeln!(
            page,
            "<label class=\"{class}\"><input type=\"checkbox\" name=\"tone\" value=\"{name}\"{checked}/> {words}</label>"
        )?;
    }
    writeln!(page, "</fieldset>")?;
    if packs.len() > 1 {
        writeln!(
            page,
            "<details class=\"packs\"><summary>Packs</summary><fieldset><legend class=\"unsaid\">Packs</legend>"
        )?;
        for (pack, count) in packs {
            writeln!(
                page,
                "<label><input type=\"checkbox\" name=\"pack\" value=\"{pack}\" checked=\"\"/> {pack} \
                 <span class=\"number\">{count}</span></label>"
            )?;
        }
        writeln!(page, "</fieldset></details>")?;
    }
    if !objectors.is_empty() {
        write!(page, "<label class=\"reader\">Read as <select name=\"who\"><option value=\"\">anybody</option>")?;
        for (who, count) in objectors {
            write!(page, "<option value=\"{0}\">{0} ({count})</option>", Xml(who))?;
        }
        writeln!(page, "</select></label>")?;
    }
    writeln!(
        page,
        "<label class=\"search\"><span class=\"unsaid\">Search the findings</span>\
         <input type=\"search\" name=\"words\" placeholder=\"Search\" autocomplete=\"off\"/></label>\n\
         <output class=\"status\" aria-live=\"polite\"></output>\n\
         <span class=\"moves\"><button type=\"button\" data-move=\"previous\" aria-label=\"Previous finding\">\u{2191}</button>\
         <button type=\"button\" data-move=\"next\" aria-label=\"Next finding\">\u{2193}</button>\
         <button type=\"button\" data-move=\"help\" aria-label=\"Help\">?</button></span>\n</form>"
    )
}

/// The keys of the page: for each what is pressed, and what happens.
const KEYS: &[(&[&str], &str)] = &[
    (&["n", "j", "\u{2192}"], "next finding"),
    (&["p", "k", "\u{2190}"], "previous finding"),
    (&["\u{2193}", "\u{2191}"], "the same, from a finding"),
    (&["Enter"], "open the finding; once more: read its note"),
    (&["Esc"], "close it"),
    (&["/"], "search the findings"),
    (&["?"], "this help"),
];

fn help(page: &mut String) -> fmt::Result {
    writeln!(page, "<dialog class=\"help\" aria-labelledby=\"help\">\n<h2 id=\"help\">Keys</h2>\n<dl>")?;
    for (keys, what) in KEYS {
        page.write_str("<div><dt>")?;
        for key in *keys {
            write!(page, "<kbd>{key}</kbd> ")?;
        }
        writeln!(page, "</dt><dd>{what}</dd></div>")?;
    }
    writeln!(
        page,
        "</dl>\n<label><input type=\"checkbox\" name=\"letters\" checked=\"\"/> Move with single letters</label>\n\
         <form method=\"dialog\"><button>Close</button></form>\n</dialog>"
    )
}
