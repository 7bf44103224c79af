//! `comity init`

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::args::{InitArgs, SchemaOf};
use super::streams::Streams;
use super::{Status, schema};
use crate::atomic::{self, Expected};
use crate::config::FILE_NAME;

const TEMPLATE: &str = include_str!("init.yml");

/// The files of the schemas, from the folder of the configuration.
const SCHEMAS: [(SchemaOf, &str); 2] =
    [(SchemaOf::Config, "schemas/comity.schema.json"), (SchemaOf::Pack, "schemas/pack.schema.json")];

pub(super) fn run(args: &InitArgs, streams: &mut Streams) -> Status {
    let template = if args.schema { with_modeline() } else { TEMPLATE.to_owned() };
    match write(FILE_NAME.as_ref(), &template, args.force) {
        Ok(()) => streams.say(&format!("wrote {FILE_NAME}; every line in it is a comment until you take the # away")),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            streams.error(&format!("{FILE_NAME} is already there; `comity init --force` replaces it"));
            return Status::Failed;
        }
        Err(error) => {
            streams.error(&format!("{FILE_NAME}: {error}"));
            return Status::Failed;
        }
    }
    if args.schema { write_schemas(streams) } else { Status::Clean }
}

/// The template with the line that leads an editor to the schema, which lies beside it.
fn with_modeline() -> String {
    format!("# yaml-language-server: $schema={}\n{TEMPLATE}", SCHEMAS[0].1)
}

/// Writes the schemas; those of an earlier version make way.
fn write_schemas(streams: &mut Streams) -> Status {
    for (of, name) in SCHEMAS {
        let path = Path::new(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = folder.and_then(|()| write(path, &schema::text(of), true)) {
            streams.error(&format!("{name}: {error}"));
            return Status::Failed;
        }
        streams.say(&format!("wrote {name}"));
    }
    streams.say("the first line of a pack leads editors to its schema: # yaml-language-server: $schema=schemas/pack.schema.json");
    Status::Clean
}

fn write(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    atomic::replace(path, if replace { Expected::Anything } else { Expected::Nothing }, text.as_bytes())
}
