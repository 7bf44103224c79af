//! Remarks on a changed sentence: what each is about, what it does to the sentence, and how it is said.

use std::fmt;

/// The topic of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// A verb, a modal or another word took a step on a ladder of `data/ladders.yml`, by its number there.
    Ladder(usize),
    /// A verb became one of another ladder, or of none.
    Verb,
    /// Words that give force to a thing.
    Qualifier,
    /// A word that turns a sentence over.
    Negation,
    /// Words that take force out of a sentence.
    Hedge,
    /// A sum of money.
    Money,
    /// A share.
    Percent,
    /// A date, a month, a year.
    Date,
    /// Any other number.
    Number,
    /// Words with capitals.
    Name,
    /// Square brackets of a text under negotiation.
    Bracket,
}

impl Topic {
    /// The name that programs are given.
    pub(super) fn name(self) -> &'static str {
        match self {
            Topic::Ladder(_) => "ladder",
            Topic::Verb => "verb",
            Topic::Qualifier => "qualifier",
            Topic::Negation => "negation",
            Topic::Hedge => "hedge",
            Topic::Money => "money",
            Topic::Percent => "percent",
            Topic::Date => "date",
            Topic::Number => "number",
            Topic::Name => "name",
            Topic::Bracket => "bracket",
        }
    }

    /// The name for people.
    pub(super) fn shown(self) -> &'static str {
        match self {
            Topic::Percent => "per cent",
            Topic::Bracket => "brackets",
            topic => topic.name(),
        }
    }
}

/// The effect of a change on the force of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// It promises, condemns or asks for less.
    Weaker,
    /// It promises, condemns or asks for more.
    Stronger,
    /// Something else.
    Other,
}

/// One change of a sentence that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// Its topic.
    pub topic: Topic,
    /// The ladder of `data/ladders.yml` on which a step was taken.
    pub ladder: Option<String>,
    /// Its effect on the force of the sentence.
    pub effect: Effect,
    /// Its name: `weakened`, `number`, `name added`.
    pub name: String,
    /// The words as they were.
    pub old: Option<String>,
    /// The words as they are.
    pub new: Option<String>,
}

/// The name of a step from one side of a matter to the other.
pub(super) const REVERSED: &str = "reversed";

impl Remark {
    /// True if the sentence says the contrary of what it said: a negation came or went, or praise became blame.
    pub fn turns(&self) -> bool {
        self.topic == Topic::Negation || self.name == REVERSED
    }
}

/// `weakened: will -> may`. What stands in a draft is given as it is: show it through [`crate::Shown`].
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => write!(f, "{}: {old} -> {new}", self.name),
            (Some(only), None) | (None, Some(only)) => write!(f, "{}: {only}", self.name),
            (None, None) => f.write_str(&self.name),
        }
    }
}
