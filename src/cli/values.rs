//! The values that arguments take: names out of a list, and what a shell offers to complete.

use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use crate::rule::Detail;
use crate::{Pack, report};

/// Parses one of some names.
#[derive(Clone)]
pub(super) struct Named<T: 'static>(pub(super) &'static [(&'static str, T)]);

impl<T: Copy + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<T, Error> {
        let name = PossibleValuesParser::new(self.0.iter().map(|(name, _)| *name)).parse_ref(cmd, arg, value)?;
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|&(_, value)| value).ok_or_else(|| Error::new(ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|(name, _)| PossibleValue::new(*name))))
    }
}

/// Takes any text, for there may be others, and offers those of comity to the completion of a shell.
#[derive(Clone)]
pub(super) struct Offered(pub(super) fn() -> Vec<String>);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}

/// Parses the size of the largest draft that is read.
pub(super) fn mebibytes(text: &str) -> Result<u64, String> {
    whole_number(text, 2048)
}

/// Parses how many drafts are checked at the same time.
pub(super) fn jobs(text: &str) -> Result<u16, String> {
    whole_number(text, 512)
}

/// Parses a number from 1 to `most`.
fn whole_number<N: Copy + FromStr + From<u8> + PartialOrd + Display>(text: &str, most: N) -> Result<N, String> {
    let number = text.parse().ok().filter(|number| (N::from(1)..=most).contains(number));
    number.ok_or_else(|| format!("write a whole number from 1 to {most}"))
}

pub(super) fn pack_names() -> Vec<String> {
    Pack::builtin_names().map(str::to_owned).collect()
}

pub(super) fn rule_ids() -> Vec<String> {
    let packs = Pack::builtin_names().filter_map(|name| Pack::builtin_with(name, Detail::ForChecking)?.ok());
    packs.flat_map(|pack| pack.rules().iter().map(|rule| rule.id().to_string()).collect::<Vec<_>>()).collect()
}

/// Parses the name of a report format.
#[derive(Clone)]
pub(super) struct Formats;

impl TypedValueParser for Formats {
    type Value = report::ReportFormat;

    fn parse_ref(
        &self,
        cmd: &Command,
        arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<report::ReportFormat, Error> {
        let names = report::FORMATS.iter().map(|format| format.name);
        let name = PossibleValuesParser::new(names).parse_ref(cmd, arg, value)?;
        let found = report::FORMATS.iter().find(|format| format.name == name);
        found.copied().ok_or_else(|| Error::new(ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = report::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
        Some(Box::new(values))
    }
}
