//! `comity rules`

use std::io::{self, Write};

use super::args::{ListFormat, RulesArgs, RulesCommand};
use super::configurations::Configurations;
use super::status::Status;
use super::streams::Streams;
use super::{new_rule, reference, sources};
use crate::escape::shown_json;
use crate::rule::Detail;
use crate::{Rule, Shown};

pub(super) fn run(args: &RulesArgs, streams: &mut Streams) -> Status {
    if let Some(RulesCommand::New(args)) = &args.command {
        return new_rule::run(args, streams);
    }
    let pages = matches!(args.format, ListFormat::Markdown | ListFormat::Index | ListFormat::Sources);
    let detail = if pages { Detail::Everything } else { Detail::ForChecking };
    let Some(config) = Configurations::here(&args.setup, Some(&args.selection), detail, streams) else {
        return Status::Failed;
    };
    let rules: Vec<&Rule> = config.rules.iter().map(|rule| &**rule).collect();
    let written = match args.format {
        ListFormat::Human => table(&mut streams.out, &rules),
        ListFormat::Json => json(&mut streams.out, &rules),
        ListFormat::Markdown => reference::write_pages(&mut streams.out, &config),
        ListFormat::Index => reference::write_index(&mut streams.out, &config),
        ListFormat::Sources => sources::write(&mut streams.out, &config),
    };
    streams.wrote(written);
    if args.format == ListFormat::Human {
        streams.say(&format!("{} rules; `comity explain RULE` tells more", rules.len()));
    }
    Status::Clean
}

fn table(out: &mut impl Write, rules: &[&Rule]) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.id().as_str().len()).max().unwrap_or(0);
    for rule in rules {
        let id = rule.id().as_str();
        let severity = if rule.is_redline() { "redline" } else { rule.severity().name() };
        let suggestions = rule.suggestions();
        let say = match suggestions.as_slice() {
            [] => String::new(),
            [only] => format!("say: {only}"),
            [first, others @ ..] => format!("say: {first} (and {} more)", others.len()),
        };
        let line = format!("{id:width$}  {severity:7}  {:7}  {}", rule.kind(), Shown(&say));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn json(out: &mut impl Write, rules: &[&Rule]) -> io::Result<()> {
    let list: Vec<_> = rules
        .iter()
        .map(|rule| {
            serde_json::json!({
                "id": rule.id().as_str(),
                "severity": rule.severity().name(),
                "redline": rule.is_redline(),
                "kind": rule.kind(),
                "fix": rule.fix().name(),
                "message": rule.message(),
                "suggestions": rule.suggestions(),
                "why": rule.why(),
                "objection": rule.objection(),
                "concern": rule.concern().name(),
                "documents": rule.documents().iter().map(|kind| kind.name()).collect::<Vec<_>>(),
                "guard": rule.guard().iter().map(|actor| actor.code()).collect::<Vec<_>>(),
                "between": rule.between().iter().map(|actor| actor.code()).collect::<Vec<_>>(),
                "source": rule.source().map(|source| serde_json::json!({"title": source.title, "url": source.url})),
                "tags": rule.tags(),
            })
        })
        .collect();
    writeln!(out, "{}", shown_json(&serde_json::to_string_pretty(&list)?))
}
