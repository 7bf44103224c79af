//! `comity rules --format markdown` and `index`: packs as pages that people read, and the table that leads to them.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::config::Config;
use crate::escape::markdown::{block, code, link, text};
use crate::rule::SettingValue;
use crate::{Pack, Rule, RuleId, Severity};

/// The signs of messages and phrases, for those who have not read the manual.
const LEGEND: &str = "\
In messages, `{match}` is the text found, `{expected}` what should be there, `{suggestion}` what to say instead and `{count}` a
number. In phrases, `~` stands for any inflection of the word before it, `(a|b)` for one of these, `(a)?` for words that may be
missing, `*3` for up to three words, `=ROK` for exactly this case, and `{name}` for one of the wordings of a list.";

/// A pack with those of its rules that were chosen, each with what the pack says of how it looks.
struct PackPage<'c> {
    pack: &'c Pack,
    rules: Vec<(&'c Rule, Vec<(String, SettingValue)>)>,
}

/// The packs that have a rule among those chosen.
fn pages(config: &Config) -> Vec<PackPage<'_>> {
    let chosen: HashMap<&RuleId, &Rule> = config.rules.iter().map(|rule| (rule.id(), &**rule)).collect();
    let page = |pack| {
        let rules = Pack::rules(pack).iter().zip(pack.settings());
        PackPage {
            pack,
            rules: rules.filter_map(|(rule, settings)| Some((*chosen.get(rule.id())?, settings))).collect(),
        }
    };
    config.packs.iter().map(page).filter(|page| !page.rules.is_empty()).collect()
}

/// Writes a page for each pack, one after the other.
pub(super) fn write_pages(out: &mut impl Write, config: &Config) -> io::Result<()> {
    for (number, page) in pages(config).iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_head(out, page)?;
        for (rule, settings) in &page.rules {
            write_rule(out, rule, settings)?;
        }
    }
    Ok(())
}

/// Writes a table of the packs that links to the page of each, `PACK.md`.
pub(super) fn write_index(out: &mut impl Write, config: &Config) -> io::Result<()> {
    writeln!(
        out,
        "# Rules\n\nThe packs, and a page for each. This page is printed by `comity rules --format index`.\n"
    )?;
    writeln!(out, "| pack | title | rules | errors | red lines | warnings | notes | kinds |")?;
    writeln!(out, "|---|---|---:|---:|---:|---:|---:|---|")?;
    for page in pages(config) {
        let name = page.pack.name();
        let unasked = if page.pack.is_optional() { ", only where it is asked for" } else { "" };
        let title = format!("{}{unasked}", text(page.pack.title()));
        let of = |severity| page.rules.iter().filter(|(rule, _)| rule.severity() == severity).count();
        let redlines = page.rules.iter().filter(|(rule, _)| rule.is_redline()).count();
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(of);
        write!(out, "| [{name}]({name}.md) | {title} | {} | {errors} | {redlines} ", page.rules.len())?;
        writeln!(out, "| {warnings} | {notes} | {} |", kinds(&page))?;
    }
    Ok(())
}

/// The kinds of the rules with their numbers, the most frequent first.
fn kinds(page: &PackPage<'_>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (rule, _) in &page.rules {
        match counts.iter_mut().find(|(kind, _)| *kind == rule.kind()) {
            Some((_, count)) => *count += 1,
            None => counts.push((rule.kind(), 1)),
        }
    }
    counts.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
}

fn write_head(out: &mut impl Write, page: &PackPage<'_>) -> io::Result<()> {
    let PackPage { pack, rules } = page;
    writeln!(out, "# {}\n", text(pack.title()))?;
    if let Some(description) = pack.description() {
        writeln!(out, "{}\n", text(description))?;
    }
    let plural = if rules.len() == 1 { "" } else { "s" };
    writeln!(
        out,
        "{} rule{plural} of the pack `{}`, as `comity rules --format markdown` prints them.",
        rules.len(),
        pack.name()
    )?;
    writeln!(out, "\n{LEGEND}\n")?;
    let mut sources = Vec::new();
    for source in rules.iter().filter_map(|(rule, _)| rule.source()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if !sources.is_empty() {
        writeln!(out, "## Sources\n")?;
        for source in sources {
            writeln!(out, "- {}", link(&source.title, source.url.as_deref()))?;
        }
        writeln!(out)?;
    }
    let lists = pack.lists_used(&rules.iter().flat_map(|(_, settings)| settings.clone()).collect::<Vec<_>>());
    if !lists.is_empty() {
        writeln!(out, "## Lists\n")?;
        for (name, wordings) in lists {
            let wordings: Vec<String> = wordings.iter().map(|wording| code(wording)).collect();
            writeln!(out, "- {}: {}", code(&format!("{{{name}}}")), wordings.join(", "))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "## Rules\n\n| rule | severity | kind | what it says |\n|---|---|---|---|")?;
    for (rule, _) in rules {
        let id = rule.id();
        writeln!(out, "| [{id}](#{}) | {} | {} | {} |", anchor(id), severity(rule), rule.kind(), text(rule.message()))?;
    }
    Ok(())
}

/// The anchor that GitHub, and most that render Markdown, make of a heading with this text.
fn anchor(id: &RuleId) -> String {
    id.as_str().replace('/', "")
}

fn severity(rule: &Rule) -> String {
    format!("{}{}", rule.severity(), if rule.is_redline() { ", red line" } else { "" })
}

fn write_rule(out: &mut impl Write, rule: &Rule, settings: &[(String, SettingValue)]) -> io::Result<()> {
    writeln!(out, "\n### {}\n\n> {}\n", rule.id(), text(rule.message()))?;
    let tags: Vec<String> = rule.tags().iter().map(|tag| code(tag)).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("; tags: {}", tags.join(", ")) };
    let fix = if rule.suggestions().is_empty() { String::new() } else { format!("; fix: {}", rule.fix().name()) };
    writeln!(out, "{}; kind `{}`: {}{fix}{tags}", severity(rule), rule.kind(), rule.about_kind())?;
    let mut fact = |name: &str, value: &str| match value {
        "" => Ok(()),
        _ => writeln!(out, "\n**{name}.** {value}"),
    };
    fact("Why", &text(rule.why().unwrap_or_default()))?;
    fact("Likely objection", &text(&rule.objection().join(", ")))?;
    let holds = rule.holds_where();
    let concern = rule.concern();
    fact(
        "Concern",
        &format!(
            "{}, {}{}",
            concern.name(),
            concern.about(),
            if holds.is_empty() { String::new() } else { format!("; {holds}") }
        ),
    )?;
    match rule.source() {
        Some(source) => fact("Source", &link(&source.title, source.url.as_deref()))?,
        None => fact("Source", "the house's own")?,
    }
    for (key, value) in settings {
        write_key(out, rule.kind(), key, value)?;
    }
    let example = |example: &str| if example.trim().contains('\n') { block(example) } else { text(example) };
    list(out, "**Flags**", rule.flag_examples().map(example))?;
    list(out, "**Leaves alone**", rule.pass_examples().map(example))?;
    let fixed = rule.fixed_examples().map(|(before, after)| format!("{} \u{2192} {}", text(before), text(after)));
    list(out, "**Fixed**", fixed)
}

fn write_key(out: &mut impl Write, kind: &str, key: &str, value: &SettingValue) -> io::Result<()> {
    let label = match key {
        "phrases" if kind == "require" => "**Must be there, one of these** (`phrases`)".to_owned(),
        "phrases" => "**Looks for** (`phrases`)".to_owned(),
        "swap" => "**Looks for, and says instead** (`swap`)".to_owned(),
        "suggest" => "**Say instead** (`suggest`)".to_owned(),
        "except" => "**But not in** (`except`)".to_owned(),
        _ => format!("**{}**", code(key)),
    };
    match value {
        SettingValue::Text(text) if text.contains('\n') => list(out, &label, [block(text)].into_iter()),
        SettingValue::Text(text) => writeln!(out, "\n{label}: {}", code(text)),
        SettingValue::List(items) => list(out, &label, items.iter().map(inline)),
        SettingValue::Map(entries) => {
            let means = if key == "swap" { " \u{2192}" } else { ":" };
            list(out, &label, entries.iter().map(|(key, value)| format!("{}{means} {}", code(key), inline(value))))
        }
    }
}

fn inline(setting: &SettingValue) -> String {
    setting.texts().into_iter().map(code).collect::<Vec<_>>().join(", ")
}

fn list(out: &mut impl Write, label: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_some() {
        writeln!(out, "\n{label}\n")?;
    }
    items.try_for_each(|item| writeln!(out, "- {item}"))
}
