//! Names: what each is of, and where in the plain text of a block it stands.

use super::gazetteer::{Body, Country};
use crate::span::{Plain, Span};
use crate::span_index::SpanIndex;

/// The thing that a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Referent {
    /// A state, by a name that it has or had.
    State(Country),
    /// People or things of a state: "Korean", "Koreans".
    Adjective(Country),
    /// The capital of a state, which stands for its government.
    Seat(Country),
    /// An organisation, a group of states, or an authority that no state is.
    Body(Body),
    /// A place, a people or the like whose name holds that of a state.
    Place,
    /// A treaty or another document that is cited by its name.
    Instrument,
    /// Words in capitals side by side, such as "Bombay Stock Exchange" and "Mr. Holland".
    Compound,
    /// Words in capitals with small words between them, such as "Treaty of Mutual Cooperation and Security".
    Run,
}

impl Referent {
    /// True if the gazetteer has the name.
    pub(crate) fn is_known(self) -> bool {
        !matches!(self, Referent::Compound | Referent::Run)
    }
}

/// A name in the plain text of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    /// Its bytes, without "the" before it and without a possessive behind it.
    pub(crate) span: Span<Plain>,
    pub(crate) referent: Referent,
    /// The short form that is introduced in brackets behind it, without the brackets: "ROK" in "Republic of Korea (ROK)".
    pub(crate) short: Option<Span<Plain>>,
    /// The byte behind the name and behind the bracket that introduces its short form.
    pub(super) end: usize,
}

impl Name {
    pub(super) fn new(start: usize, end: usize, referent: Referent) -> Name {
        Name { span: Span::new(start, end), referent, short: None, end }
    }

    /// The name together with the short form in brackets that it introduces, if it does.
    pub(crate) fn whole(&self) -> Span<Plain> {
        Span::new(self.span.start(), self.end)
    }
}

/// Names in a block, in the order of where they begin, of those that begin together the longest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameList {
    list: Vec<Name>,
    index: SpanIndex,
}

impl NameList {
    /// The names of a block that has none.
    pub(crate) fn none() -> &'static NameList {
        static NONE: NameList = NameList { list: Vec::new(), index: SpanIndex::EMPTY };
        &NONE
    }

    pub(super) fn new(list: Vec<Name>) -> NameList {
        let index = SpanIndex::new(list.iter().map(|name| name.span));
        NameList { list, index }
    }

    /// The names that `span` lies wholly inside of, in order.
    pub(crate) fn holding(&self, span: Span<Plain>) -> impl Iterator<Item = &Name> {
        self.index.holding(span).map(|at| &self.list[at])
    }
}

impl std::ops::Deref for NameList {
    type Target = [Name];

    fn deref(&self) -> &[Name] {
        &self.list
    }
}
