//! `comity test`

use super::args::TestArgs;
use super::status::Status;
use super::streams::Streams;
use crate::report::write_problems;
use crate::{Pack, YamlError, config, examples};

pub(super) fn run(args: &TestArgs, streams: &mut Streams) -> Status {
    let mut status = Status::Clean;
    let mut packs = Vec::new();
    for result in load(args) {
        match result {
            Ok(pack) => packs.push(pack),
            Err(error) => {
                streams.yaml_error(&error);
                status = Status::Failed;
            }
        }
    }
    let (mut run, mut held) = (0, 0);
    for pack in &packs {
        let outcome = match examples::run_and_inspect(pack) {
            Ok(outcome) => outcome,
            Err(error) => {
                streams.error(&error);
                status = Status::Failed;
                continue;
            }
        };
        run += outcome.run;
        held += outcome.held;
        if !outcome.failures.list.is_empty() {
            status = status.max(Status::Found);
            let written = write_problems(&mut streams.out, &outcome.failures, &Streams::settings());
            streams.wrote(written);
        }
        if !args.quiet {
            streams.say(&format!(
                "{}: {} rules, {} of {} examples hold",
                pack.name(),
                pack.rules().len(),
                outcome.held,
                outcome.run
            ));
        }
    }
    for problems in examples::repeated(&packs) {
        status = status.max(Status::Found);
        let written = write_problems(&mut streams.out, &problems, &Streams::settings());
        streams.wrote(written);
    }
    if !args.quiet && packs.len() != 1 {
        streams.say(&format!("{} packs, {held} of {run} examples hold", packs.len()));
    }
    status
}

/// The packs to test: those named, or those of comity and of the configuration.
fn load(args: &TestArgs) -> Vec<Result<Pack, YamlError>> {
    if !args.files.is_empty() {
        return args.files.iter().map(Pack::read).collect();
    }
    let mut packs: Vec<Result<Pack, YamlError>> = match Pack::builtin() {
        Ok(packs) => packs.into_iter().map(Ok).collect(),
        Err(problems) => vec![Err(problems.into())],
    };
    let here = config::resolve(std::path::Path::new("draft.md"));
    if let Some(file) = here.parent().and_then(config::find) {
        match config::own_packs(&file) {
            Ok(files) => packs.extend(files.iter().map(Pack::read)),
            Err(error) => packs.push(Err(error)),
        }
    }
    packs
}
