//! Who belongs to whom: a body and the states that are its members, a name and what it is of.

use super::What;
use super::actor::Actor;
use super::gazetteer::{self, Country};
use super::known::what;
use crate::text::fold::fold_str;

/// What a text is the name of, whatever its case, if the gazetteer has it.
pub(crate) fn named(text: &str) -> Option<What> {
    gazetteer::entry(&fold_str(text)).map(what)
}

impl What {
    /// The state or the body that it is of.
    pub(crate) fn actor(self) -> Option<Actor> {
        match self {
            What::State(country) | What::Adjective(country) | What::Seat(country) => Some(Actor::State(country)),
            What::Body(body) => Some(Actor::Body(body)),
            What::Place | What::Instrument | What::Compound | What::Run => None,
        }
    }

    /// Whether two names are of one state or body, such as "Turkey" in "Republic of Turkey".
    pub(crate) fn is_of_the_same(self, other: What) -> bool {
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

    /// Whether it is the other, or one of the two is a member of the other.
    pub fn covers(self, other: Actor) -> bool {
        let holds = |body: Actor, member: Actor| member.state().is_some_and(|state| body.states().contains(&state));
        self == other || holds(self, other) || holds(other, self)
    }
}
