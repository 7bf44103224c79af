//! `comity explain`

use std::io::{self, Write};

use comity::{Detail, Rule, Shown};

use super::setup::Setups;
use super::streams::Streams;
use super::{ExplainArgs, Status};

pub(super) fn run(args: &ExplainArgs, streams: &mut Streams) -> Status {
    let Some(config) = Setups::here(&args.setup, None, Detail::Everything, streams) else {
        return Status::Failed;
    };
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
    let written = explain(&mut streams.out, rule);
    streams.wrote(written);
    Status::Clean
}

fn explain(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    let redline = if rule.is_redline() { ", red line" } else { "" };
    writeln!(out, "{}: {}{redline}, {}, fix: {}", rule.id(), rule.severity(), rule.kind(), rule.fix().name())?;
    writeln!(out, "\n  {}", Shown(rule.message()))?;
    let mut fact = |name: &str, value: &str| match value {
        "" => Ok(()),
        _ => writeln!(out, "\n{name}:\n  {}", Shown(value)),
    };
    fact("Why", rule.why().unwrap_or_default())?;
    fact("Likely objection", &rule.objection().join(", "))?;
    if let Some(source) = rule.source() {
        fact("Source", &source.title)?;
        fact("Read it at", source.url.as_deref().unwrap_or_default())?;
    }
    fact("Tags", &rule.tags().join(", "))?;
    let looks_for = rule.looks_for();
    list(out, &format!("Looks for ({})", looks_for.len()), looks_for.iter().map(String::as_str))?;
    list(out, "Say instead", rule.suggestions().into_iter())?;
    list(out, "Flags", rule.flag_examples())?;
    list(out, "Leaves alone", rule.pass_examples())?;
    let fixed: Vec<String> = rule.fixed_examples().map(|(before, after)| format!("{before} -> {after}")).collect();
    list(out, "Fixed", fixed.iter().map(String::as_str))
}

fn list<'t>(out: &mut impl Write, title: &str, items: impl Iterator<Item = &'t str>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_some() {
        writeln!(out, "\n{title}:")?;
    }
    items.try_for_each(|item| writeln!(out, "  {}", Shown(item)))
}
