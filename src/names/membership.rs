//! Who belongs to whom: a body and the states that are its members, a name and what it is of.

use super::What;
use super::actor::Actor;
use super::gazetteer::{self, Body, Country, Kind};
use crate::draft::fold::fold_str;

/// What a text is the name of, whatever its case, if the gazetteer has it.
pub(crate) fn named(text: &str) -> Option<What> {
    let entry = gazetteer::entry(&fold_str(text))?;
    Some(match entry.kind {
        Kind::State | Kind::Former => What::State(Country::numbered(entry.of)),
        Kind::Adjective => What::Adjective(Country::numbered(entry.of)),
        Kind::Seat => What::Seat(Country::numbered(entry.of)),
        Kind::Body => What::Body(Body::numbered(entry.of)),
        Kind::Place => What::Place,
        Kind::Instrument => What::Instrument,
    })
}

impl What {
    /// Whether two names are of one state or body, such as "Turkey" in "Republic of Turkey".
    pub(crate) fn is_of_the_same(self, other: What) -> bool {
        let country = |what: What| match what {
            What::State(country) | What::Adjective(country) | What::Seat(country) => Some(country),
            _ => None,
        };
        match (country(self), country(other)) {
            (Some(one), Some(other)) => one == other,
            _ => matches!((self, other), (What::Body(one), What::Body(other)) if one == other),
        }
    }
}

impl Actor {
    /// The state that it is, if it is one.
    pub fn state(self) -> Option<Country> {
        match self {
            Actor::State(country) => Some(country),
            Actor::Body(_) => None,
        }
    }

    /// Whether it is the other, or one of the two is a member of the other.
    pub fn covers(self, other: Actor) -> bool {
        let holds = |body: Actor, member: Actor| member.state().is_some_and(|state| body.states().contains(&state));
        self == other || holds(self, other) || holds(other, self)
    }
}
