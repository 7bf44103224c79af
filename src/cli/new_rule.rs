//! `comity rules new`

use std::fs;
use std::io::{self, Write};

use super::args::NewRuleArgs;
use super::status::Status;
use super::streams::Streams;
use crate::Shown;
use crate::atomic::{self, Expected};
use crate::new_rule::{NewRule, NewRuleError, new_pack, pack_name};

pub(super) fn run(args: &NewRuleArgs, streams: &mut Streams) -> Status {
    let file = args.pack.display().to_string();
    let mut is_new = false;
    let text = match fs::read(&args.pack).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            streams.error(&format!("{file}: not in UTF-8, in which it would be written"));
            return Status::Failed;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            is_new = true;
            new_pack(&file)
        }
        Err(error) => {
            streams.error(&format!("{file}: {error}"));
            return Status::Failed;
        }
    };
    let rule = NewRule {
        phrase: args.phrase.clone(),
        suggest: args.suggest.clone(),
        id: args.id.clone(),
        severity: args.severity,
        fix: args.fix,
        message: args.message.clone(),
        why: args.why.clone(),
        flag: args.flag_examples.clone(),
        pass: args.pass_examples.clone(),
    };
    let added = match rule.add_to(&file, &text) {
        Ok(added) => added,
        Err(error) => {
            match &error {
                NewRuleError::Pack(problems) => {
                    streams.problems(problems);
                    streams.say(&format!("{file}: nothing was written"));
                }
                other => streams.error(other),
            }
            return Status::Failed;
        }
    };
    let before = if is_new { Expected::Nothing } else { Expected::Read(text.as_bytes()) };
    if let Err(error) = atomic::replace(&args.pack, before, added.text.as_bytes()) {
        streams.error(&format!("{file}: {error}; nothing was written"));
        return Status::Failed;
    }
    let written = added.rule.lines().try_for_each(|line| writeln!(streams.out, "{}", Shown(line)));
    streams.wrote(written);
    streams.say(&format!("{file}: {} was added; its examples hold", added.id));
    if is_new && pack_name(&file).is_none() {
        let why = "the name of a pack has letters from a to z, digits and hyphens";
        streams
            .say(&format!("{file}: the pack is called `house`, for {why}; `pack: house` in the file can be changed"));
    }
    Status::Clean
}
