//! Who belongs to whom: a body and the states that are its members, a name and what it is of.

use super::Referent;
use super::actor::Actor;
use super::gazetteer::{self, Country};
use super::known::referent;
use crate::text::fold::fold_str;

/// The referent of a name, whatever its case, if the gazetteer has it.
pub(crate) fn named(text: &str) -> Option<Referent> {
    gazetteer::entry(&fold_str(text)).map(referent)
}

impl Referent {
    /// The state or the body that it is of.
    pub(crate) fn actor(self) -> Option<Actor> {
        match self {
            Referent::State(country) | Referent::Adjective(country) | Referent::Seat(country) => {
                Some(Actor::State(country))
            }
            Referent::Body(body) => Some(Actor::Body(body)),
            Referent::Place | Referent::Instrument | Referent::Compound | Referent::Run => None,
        }
    }

    /// True if two names are of one state or body, such as "Turkey" in "Republic of Turkey".
    pub(crate) fn is_of_the_same(self, other: Referent) -> bool {
        self.actor().is_some() && self.actor() == other.actor()
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

    /// True if the two are the same, or one is a member of the other.
    pub fn covers(self, other: Actor) -> bool {
        let holds = |body: Actor, member: Actor| member.state().is_some_and(|state| body.states().contains(&state));
        self == other || holds(self, other) || holds(other, self)
    }
}
