//! The kinds of rules: how a rule looks.
//!
//! To add a kind, add a file with a [`KindEntry`] and a line to [`KINDS`].

mod balance;
mod change;
mod changed;
mod consistent;
mod context;
mod declaration;
mod fault;
mod figure;
mod formula;
mod hit;
mod limit;
mod lookalike;
mod marker;
mod near;
mod numbering;
mod order;
mod ordinal;
mod pattern;
mod phrase;
mod promised;
mod reads_as;
mod repeated;
mod report;
mod require;
mod residue;
mod spelling;
mod suppression;
mod term;
#[cfg(test)]
mod toy;
mod undefined;
mod weekday;

pub(crate) use change::Change;
pub(crate) use context::Context;
pub(crate) use declaration::{Kind, KindEntry, MOST_COUNTED, MOST_WORDS};
pub(crate) use fault::Fault;
pub(crate) use hit::{Exceptions, Hit};
pub(crate) use pattern::references;
pub(crate) use report::{Proposal, Report};

/// Every kind; the first is the default.
pub(crate) const KINDS: &[KindEntry] = &[
    phrase::ENTRY,
    pattern::ENTRY,
    near::ENTRY,
    require::ENTRY,
    term::ENTRY,
    consistent::ENTRY,
    limit::ENTRY,
    formula::ENTRY,
    figure::ENTRY,
    order::ENTRY,
    balance::ENTRY,
    repeated::ENTRY,
    lookalike::ENTRY,
    weekday::ENTRY,
    numbering::ENTRY,
    promised::ENTRY,
    spelling::ENTRY,
    ordinal::ENTRY,
    undefined::ENTRY,
    reads_as::ENTRY,
    suppression::ENTRY,
    residue::ENTRY,
    changed::ENTRY,
    #[cfg(test)]
    toy::ENTRY,
];
