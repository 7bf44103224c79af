//! Who may act, be a party, be guarded or object: the states and bodies of the gazetteer, and a closed list of roles.

use std::fmt;
use std::str::FromStr;

use super::gazetteer::{self, Body, Country, EntryKind};
use crate::text::fold::fold_str;
use crate::yaml::nearest;

/// A state or a body of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A state.
    State(Country),
    /// An organisation, a group of states, or an authority that no state is.
    Body(Body),
}

impl Actor {
    /// The actor with this code or name, whatever its case: a code of ISO 3166-1 of two or three letters, else the code of a body,
    /// else a name of the gazetteer in use or former, with "the" or without.
    pub fn named(text: &str) -> Option<Actor> {
        let text = text.trim();
        if let Some(country) = Country::from_code(text) {
            return Some(Actor::State(country));
        }
        if let Some(body) = Body::from_code(text) {
            return Some(Actor::Body(body));
        }
        let folded = fold_str(text);
        let entry = gazetteer::entry(&folded).or_else(|| folded.strip_prefix("the ").and_then(gazetteer::entry))?;
        match entry.kind {
            EntryKind::State | EntryKind::Former => Some(Actor::State(Country::numbered(entry.number))),
            EntryKind::Body => Some(Actor::Body(Body::numbered(entry.number))),
            EntryKind::Adjective | EntryKind::Seat | EntryKind::Place | EntryKind::Instrument => None,
        }
    }

    /// Every name that [`Actor::named`] knows, without the codes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let entries = gazetteer::entries().iter();
        entries
            .filter(|entry| matches!(entry.kind, EntryKind::State | EntryKind::Former | EntryKind::Body))
            .map(|entry| entry.written)
    }

    /// The code: of ISO 3166-1 for a state, of the gazetteer for a body.
    pub fn code(self) -> &'static str {
        match self {
            Actor::State(country) => country.code(),
            Actor::Body(body) => body.code(),
        }
    }

    /// The states that it is or that are its members, where the gazetteer tells them.
    pub fn states(self) -> Vec<Country> {
        match self {
            Actor::State(country) => vec![country],
            Actor::Body(body) => body.members().collect(),
        }
    }
}

/// The usual name.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::State(country) => country.fmt(f),
            Actor::Body(body) => body.fmt(f),
        }
    }
}

impl FromStr for Actor {
    type Err = BadActor;

    fn from_str(text: &str) -> Result<Actor, BadActor> {
        Actor::named(text).ok_or_else(|| BadActor::new(text, Actor::names()))
    }
}

/// Who objects to a wording without being one state or body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The government, person or people that the wording accuses, warns, addresses, aims at or calls so.
    WhoeverIsNamed,
    /// The lawyers of foreign ministries.
    LegalAdvisers,
    /// Those who vote on what was agreed.
    Parliaments,
    /// Those who pay for it.
    FinanceMinistries,
    /// Partners and neighbours that do not sign.
    ThirdCountries,
    /// Any delegation.
    Everyone,
}

impl Role {
    /// Every role with the name that packs give it.
    pub const NAMES: &'static [(&'static str, Role)] = &[
        ("whoever is named", Role::WhoeverIsNamed),
        ("legal advisers", Role::LegalAdvisers),
        ("parliaments", Role::Parliaments),
        ("finance ministries", Role::FinanceMinistries),
        ("third countries", Role::ThirdCountries),
        ("everyone", Role::Everyone),
    ];

    /// The name that packs give it.
    pub fn name(self) -> &'static str {
        let named = Role::NAMES.iter().find(|(_, role)| *role == self);
        named.map_or("", |(name, _)| name)
    }
}

/// The name that packs give it.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who is likely to object to a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Objector {
    /// A state or a body.
    Actor(Actor),
    /// Others, whoever they are in the text.
    Role(Role),
}

impl Objector {
    /// The state or the body that it is, if it is one.
    pub fn actor(&self) -> Option<Actor> {
        match self {
            Objector::Actor(actor) => Some(*actor),
            Objector::Role(_) => None,
        }
    }
}

/// The usual name.
impl fmt::Display for Objector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Objector::Actor(actor) => actor.fmt(f),
            Objector::Role(role) => role.fmt(f),
        }
    }
}

impl FromStr for Objector {
    type Err = BadActor;

    fn from_str(text: &str) -> Result<Objector, BadActor> {
        let role = Role::NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
        if let Some((_, role)) = role {
            return Ok(Objector::Role(*role));
        }
        let actor = Actor::named(text).map(Objector::Actor);
        actor.ok_or_else(|| BadActor::new(text, Role::NAMES.iter().map(|(name, _)| *name).chain(Actor::names())))
    }
}

/// A text that names nobody whom comity knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no state, no body and no role that is known")]
pub struct BadActor {
    /// The text as it was written.
    pub text: String,
    /// The name that was probably meant.
    pub nearest: Option<&'static str>,
}

impl BadActor {
    fn new(text: &str, names: impl Iterator<Item = &'static str>) -> BadActor {
        BadActor { text: text.to_owned(), nearest: nearest(text, names) }
    }
}
