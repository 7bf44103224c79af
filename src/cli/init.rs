//! `comity init`

use std::fs::OpenOptions;
use std::io::Write;

use comity::config::FILE_NAME;

use super::streams::Streams;
use super::{InitArgs, Status};

const TEMPLATE: &str = include_str!("init.yml");

pub(super) fn run(args: &InitArgs, streams: &mut Streams) -> Status {
    let mut options = OpenOptions::new();
    options.write(true);
    if args.force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.open(FILE_NAME).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            streams.say(&format!("wrote {FILE_NAME}; every line in it is a comment until you take the # away"));
            Status::Clean
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            streams.error(&format!("{FILE_NAME} is already there; `comity init --force` replaces it"));
            Status::Failed
        }
        Err(error) => {
            streams.error(&format!("{FILE_NAME}: {error}"));
            Status::Failed
        }
    }
}
