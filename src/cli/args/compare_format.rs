//! The values of `comity compare --format`: shapes of a comparison, and every format of a report.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error, ValueEnum};

use crate::report::{FORMATS, ReportFormat};

/// A shape of the comparison itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CompareFormat {
    /// The sentences side by side, or one below the other where there is no room
    Human,
    /// One JSON document
    Json,
    /// A page to read in a browser
    Html,
}

/// The shape of what `comity compare` writes.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) enum CompareShape {
    /// The comparison.
    Comparison(CompareFormat),
    /// Findings of the new draft: those that came in, and those of rules about changes.
    Report(ReportFormat),
}

/// Parses the name of a shape. A shape of the comparison goes before a format of reports of the same name.
#[derive(Clone)]
pub(super) struct CompareShapes;

impl CompareShapes {
    fn named(name: &str) -> Option<CompareShape> {
        let comparison = CompareFormat::from_str(name, false).ok().map(CompareShape::Comparison);
        let report = || FORMATS.iter().find(|format| format.name == name).copied().map(CompareShape::Report);
        comparison.or_else(report)
    }

    fn values() -> impl Iterator<Item = PossibleValue> {
        let own = CompareFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let is_own = |name: &str| CompareFormat::from_str(name, false).is_ok();
        let others = FORMATS.iter().filter(move |format| !is_own(format.name));
        own.chain(others.map(|format| PossibleValue::new(format.name).help(format.about)))
    }
}

impl TypedValueParser for CompareShapes {
    type Value = CompareShape;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<CompareShape, Error> {
        let name = PossibleValuesParser::new(CompareShapes::values()).parse_ref(cmd, arg, value)?;
        CompareShapes::named(&name).ok_or_else(|| Error::new(ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(CompareShapes::values()))
    }
}
