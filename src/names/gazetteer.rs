//! The gazetteer of `data/gazetteer.yml`, as `build/names.rs` compiled it: states, bodies, and one table of all their names.
//!
//! An entry is found by its folded name; how it must be capitalised is told by the entry.

use std::fmt;

use crate::table::Table;
use crate::text::tokens::Tokens;

/// The kind of a name in the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A state, by a name in use.
    State,
    /// A state, by a name that it had.
    Former,
    /// People or things of a state.
    Adjective,
    /// The capital, which stands for the government.
    Seat,
    Body,
    Place,
    Instrument,
}

/// One name.
#[derive(Debug)]
pub(super) struct GazetteerEntry {
    pub(super) folded: &'static str,
    pub(super) written: &'static str,
    /// For each word of the folded name: `A` where it is written in capitals throughout, `C` with a capital first, `-` otherwise.
    pub(super) capitals: &'static str,
    pub(super) kind: EntryKind,
    /// The number of the state or body.
    pub(super) number: u16,
}

#[derive(Debug)]
struct StateRecord {
    code: &'static str,
    alpha3: &'static str,
    name: &'static str,
    former: &'static [(&'static str, &'static str)],
}

#[derive(Debug)]
struct BodyRecord {
    code: &'static str,
    name: &'static str,
    members: &'static [u16],
}

include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The folded names by their tokens; their uses are the places of the entries.
static NAMES: Table = Table::laid_out(
    include_bytes!(concat!(env!("OUT_DIR"), "/names-steps.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/names-firsts.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/names-uses.bin")),
);

/// Calls `found` for each name that folded `text`, which has these tokens, holds where one of them begins, shortest first.
pub(super) fn at(text: &str, tokens: &Tokens, token: usize, mut found: impl FnMut(&'static GazetteerEntry)) {
    NAMES.at(&tokens.numbers()[token..], |number| {
        let entry = &ENTRIES[number as usize];
        if text[tokens.start(token)..].starts_with(entry.folded) {
            found(entry);
        }
    });
}

/// The entry whose folded name is all of `folded`.
pub(super) fn entry(folded: &str) -> Option<&'static GazetteerEntry> {
    ENTRIES.binary_search_by_key(&folded, |entry| entry.folded).ok().map(|place| &ENTRIES[place])
}

/// All entries, in the order of their folded names.
pub(super) fn entries() -> &'static [GazetteerEntry] {
    ENTRIES
}

/// A state, or a territory that texts name as they name states. In the order of the codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Country(u16);

impl Country {
    pub(super) fn numbered(number: u16) -> Country {
        Country(number)
    }

    /// The state with this code of two or three letters of ISO 3166-1, in any case.
    pub fn from_code(code: &str) -> Option<Country> {
        let is = |state: &StateRecord| state.code.eq_ignore_ascii_case(code) || state.alpha3.eq_ignore_ascii_case(code);
        Country::all().find(|country| is(country.state()))
    }

    /// Every state of the gazetteer.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..STATES.len() as u16).map(Country)
    }

    fn state(self) -> &'static StateRecord {
        &STATES[usize::from(self.0)]
    }

    /// Its code of two letters of ISO 3166-1; `XK` for Kosovo.
    pub fn code(self) -> &'static str {
        self.state().code
    }

    /// Its code of three letters of ISO 3166-1.
    pub fn alpha3(self) -> &'static str {
        self.state().alpha3
    }

    /// Its usual short name in English.
    pub fn name(self) -> &'static str {
        self.state().name
    }

    /// The day, as in 2018-04-19, since which `name` is no longer its name; `None` if it is one, or never was.
    pub fn former_until(self, name: &str) -> Option<&'static str> {
        let former = self.state().former.iter().find(|(former, _)| former.eq_ignore_ascii_case(name));
        former.map(|(_, until)| *until)
    }
}

/// The code.
impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The name.
impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An organisation, an organ of one, a group of states, or an authority that no state is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Body(u16);

impl Body {
    pub(super) fn numbered(number: u16) -> Body {
        Body(number)
    }

    /// The body with this code of the gazetteer, in any case.
    pub fn from_code(code: &str) -> Option<Body> {
        Body::all().find(|body| body.code().eq_ignore_ascii_case(code))
    }

    /// Every body of the gazetteer.
    pub fn all() -> impl Iterator<Item = Body> {
        (0..BODIES.len() as u16).map(Body)
    }

    fn organisation(self) -> &'static BodyRecord {
        &BODIES[usize::from(self.0)]
    }

    /// Its code in the gazetteer, in lower case.
    pub fn code(self) -> &'static str {
        self.organisation().code
    }

    /// Its usual name in English.
    pub fn name(self) -> &'static str {
        self.organisation().name
    }

    /// Its members, where the gazetteer tells them.
    pub fn members(self) -> impl ExactSizeIterator<Item = Country> {
        self.organisation().members.iter().map(|&number| Country(number))
    }
}

/// The code.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The name.
impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
