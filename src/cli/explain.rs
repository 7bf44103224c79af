//! `comity explain`

use std::io::{self, Write};

use super::args::ExplainArgs;
use super::configurations::Configurations;
use super::status::Status;
use super::streams::Streams;
use crate::rule::{Detail, SettingValue};
use crate::{Actor, Pack, Rule, Shown};

/// The most wordings of a rule that are listed: lists of a pack make tens of thousands of one phrase.
const MOST_WORDINGS: usize = 1_000;

pub(super) fn run(args: &ExplainArgs, streams: &mut Streams) -> Status {
    let Some(mut config) = Configurations::here(&args.setup, None, Detail::Everything, streams) else {
        return Status::Failed;
    };
    // Who asks for a rule of a pack that runs only where it is asked for, asks for it.
    let pack = args.rule.split('/').next().filter(|pack| Pack::default_names().all(|name| name != *pack));
    if let Some(Ok(pack)) = pack.filter(|pack| !config.has_pack(pack)).and_then(Pack::builtin_named) {
        config.rules.extend_from_slice(pack.rules());
        config.packs.push(pack);
    }
    let ids = || config.rules.iter().map(|rule| rule.id().as_str());
    let Some(rule) = config.rules.iter().find(|rule| rule.id().as_str() == args.rule) else {
        let mut near: Vec<_> =
            ids().map(|id| (strsim::jaro_winkler(id, &args.rule), id)).filter(|(s, _)| *s > 0.8).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let same_name = ids().find(|id| id.rsplit('/').next() == Some(args.rule.as_str()));
        let help = match same_name.or(near.first().map(|(_, id)| *id)) {
            Some(id) => format!("did you mean `{id}`?"),
            None => "`comity rules` lists them".to_owned(),
        };
        streams.error(&format!("there is no rule `{}`; {help}", args.rule));
        return Status::Failed;
    };
    let at = |pack: &Pack| pack.rules().iter().position(|other| other.id() == rule.id());
    let place = config.packs.iter().find_map(|pack| Some((pack, at(pack)?)));
    let written = explain(&mut streams.out, rule, place);
    streams.wrote(written);
    Status::Clean
}

/// `place` is the pack of the rule, and where in it the rule stands.
fn explain(out: &mut impl Write, rule: &Rule, place: Option<(&Pack, usize)>) -> io::Result<()> {
    let redline = if rule.is_redline() { ", red line" } else { "" };
    writeln!(out, "{}: {}{redline}, {}, fix: {}", rule.id(), rule.severity(), rule.kind(), rule.fix().name())?;
    writeln!(out, "\n  {}", Shown(rule.message()))?;
    let mut fact = |name: &str, value: &str| match value {
        "" => Ok(()),
        _ => writeln!(out, "\n{name}:\n  {}", Shown(value)),
    };
    fact("Why", rule.why().unwrap_or_default())?;
    fact("Likely objection", &rule.objection().join(", "))?;
    fact("How grave", weighed(rule))?;
    match rule.source() {
        Some(source) => {
            fact("Source", &source.title)?;
            fact("Read it at", source.url.as_deref().unwrap_or_default())?;
        }
        None => fact("Source", "the house's own")?,
    }
    fact("Concern", &format!("{}: {}", rule.concern().name(), rule.concern().about()))?;
    fact("Holds", &rule.holds_where())?;
    fact("Pack", place.map_or("", |(pack, _)| pack.title()))?;
    fact("Kind", &format!("{}: {}", rule.kind(), rule.about_kind()))?;
    fact("Tags", &rule.tags().join(", "))?;
    if let Some((pack, at)) = place {
        let keys = pack.settings().into_iter().nth(at).unwrap_or_default();
        settings(out, &keys)?;
        let lists = pack.lists_used(&keys).into_iter();
        let lists: Vec<String> =
            lists.map(|(name, wordings)| format!("{{{name}}}: {}", wordings.join(" | "))).collect();
        list(out, "Lists", lists.iter().map(String::as_str))?;
    }
    list(out, "Say instead", rule.suggestions().into_iter())?;
    list(out, "Flags", rule.flag_examples())?;
    list(out, "Leaves alone", rule.pass_examples())?;
    let fixed: Vec<String> = rule.fixed_examples().map(|(before, after)| format!("{before} -> {after}")).collect();
    list(out, "Fixed", fixed.iter().map(String::as_str))?;
    let looks_for = rule.looks_for();
    let shown = looks_for.iter().take(MOST_WORDINGS).map(String::as_str);
    let more = format!("... and {} more", looks_for.len().saturating_sub(MOST_WORDINGS));
    let more = Some(more.as_str()).filter(|_| looks_for.len() > MOST_WORDINGS);
    list(out, &format!("Looks for ({})", looks_for.len()), shown.chain(more))
}

/// Says in words by whom the severity is raised or lowered.
fn weighed(rule: &Rule) -> &'static str {
    let has_actors = rule.objection().iter().any(|who| Actor::named(who).is_some()) || !rule.guard().is_empty();
    match (rule.is_redline(), has_actors) {
        (true, _) => "a red line: it stays an error whoever signs",
        (false, true) => {
            "raised a step where one who objects signs or is guarded; a note where nobody signs who objects or is guarded by the rule"
        }
        (false, false) => "",
    }
}

/// The keys that say how the rule looks, as the pack gives them.
fn settings(out: &mut impl Write, keys: &[(String, SettingValue)]) -> io::Result<()> {
    let mut lines = Vec::new();
    for (key, value) in keys {
        match value {
            SettingValue::Text(text) => lines.push(format!("{key}: {text}")),
            SettingValue::List(items) => {
                lines.push(format!("{key}:"));
                lines.extend(items.iter().map(|item| format!("  {}", item.texts().join(" | "))));
            }
            SettingValue::Map(entries) => {
                let arrow = if key == "swap" { " ->" } else { ":" };
                lines.push(format!("{key}:"));
                lines
                    .extend(entries.iter().map(|(key, value)| format!("  {key}{arrow} {}", value.texts().join(" | "))));
            }
        }
    }
    list(out, "As the pack says it", lines.iter().map(String::as_str))
}

fn list<'t>(out: &mut impl Write, title: &str, items: impl Iterator<Item = &'t str>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_some() {
        writeln!(out, "\n{title}:")?;
    }
    items.flat_map(str::lines).try_for_each(|line| writeln!(out, "  {}", Shown(line)))
}
