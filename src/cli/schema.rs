//! `comity schema`, and the schemas that `comity init --schema` writes.

use std::io::Write;

use super::args::{SchemaArgs, SchemaOf};
use super::status::Status;
use super::streams::Streams;

pub(super) fn run(args: &SchemaArgs, streams: &mut Streams) -> Status {
    let written = streams.out.write_all(text(args.of).as_bytes());
    streams.wrote(written);
    Status::Clean
}

/// A schema as a file has it.
pub(super) fn text(of: SchemaOf) -> String {
    let schema = match of {
        SchemaOf::Pack => crate::schema::pack(),
        SchemaOf::Config => crate::schema::config(),
    };
    format!("{schema:#}\n")
}
