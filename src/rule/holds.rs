//! In which texts a rule holds, and whom it concerns: the keys `concern`, `documents`, `since`, `each`, `objection`, `guard`, `between` and
//! `unconcerned`, of a rule or of the `defaults` of its pack.

use std::fmt;

use crate::context::{Date, DocumentKind, known, read_actors};
use crate::declare::choices;
use crate::names::{Actor, Objector, Role};
use crate::yaml::{Fields, YamlString};

choices! {
    /// The concern of a rule, which tells where its findings count.
    #[derive(Default)]
    pub enum Concern {
        /// How the drafters write: it is not reported of what others say, nor inside a name.
        Style = "style",
        /// What something is called: it is not reported inside a longer name, and once a draft.
        Name = "name",
        /// What the text says, commits to, or its form: it is reported wherever it stands.
        #[default]
        Substance = "substance",
    }
}

impl Concern {
    /// A sentence that says where its findings count.
    pub fn about(self) -> &'static str {
        match self {
            Concern::Style => "not reported of what others say, nor inside a name",
            Concern::Name => "not reported inside a longer name, and once a draft",
            Concern::Substance => "reported wherever it stands, but inside a longer name that comity knows",
        }
    }
}

choices! {
    /// What becomes of findings where it is known who signs, and nobody of those who object or are guarded does, or is guarded.
    #[derive(Default)]
    pub(crate) enum Unconcerned {
        /// They are notes.
        #[default]
        Note = "note",
        /// What is more than a note is one; a note is not reported.
        Silent = "silent",
    }
}

/// In which texts a rule holds, and whom it concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holds {
    pub(crate) concern: Concern,
    /// The kinds of text; all if empty.
    pub(crate) documents: Vec<DocumentKind>,
    /// The day from which on the name holds; in a text of an earlier day the rule has nothing to say.
    pub(crate) since: Option<Date>,
    /// True if a name is reported at each place.
    pub(crate) each: bool,
    /// Who is likely to object.
    pub(crate) objection: Vec<Objector>,
    /// The same, as the pack writes it.
    pub(crate) objectors: Vec<String>,
    /// Whose sensitivity the rule guards.
    pub(crate) guard: Vec<Actor>,
    /// The parties between which a text must be.
    pub(crate) between: Vec<Actor>,
    /// What becomes of findings that concern nobody at the table.
    pub(crate) unconcerned: Unconcerned,
}

impl Holds {
    /// Reads these fields, and takes from `defaults` what they do not say.
    pub(super) fn read(fields: &Fields<'_>, defaults: &Holds) -> Holds {
        let documents = read_documents(fields);
        let (objectors, objection) = read_objection(fields);
        let concern = fields.text("concern").and_then(|text| text.choose("concern", Concern::NAMES));
        let (guard, between) = (read_actors(&fields.texts("guard")), read_actors(&fields.texts("between")));
        let or = |own: Vec<Actor>, default: &[Actor]| if own.is_empty() { default.to_vec() } else { own };
        let unconcerned = fields.text("unconcerned").and_then(|text| text.choose("way with it", Unconcerned::NAMES));
        let own_objection = !objectors.is_empty();
        Holds {
            concern: concern.unwrap_or(defaults.concern),
            documents: if documents.is_empty() { defaults.documents.clone() } else { documents },
            since: fields.text("since").and_then(|text| read_date(&text)).or(defaults.since),
            each: fields.get("each").and_then(|node| node.bool()).unwrap_or(defaults.each),
            objection: if own_objection { objection } else { defaults.objection.clone() },
            objectors: if own_objection { objectors } else { defaults.objectors.clone() },
            guard: or(guard, &defaults.guard),
            between: or(between, &defaults.between),
            unconcerned: unconcerned.unwrap_or(defaults.unconcerned),
        }
    }
}

/// In which texts, since when, between whom, and whom it guards; empty if it holds everywhere.
impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: Vec<String>| names.join(", ");
        let actors = |actors: &[Actor]| list(actors.iter().map(Actor::to_string).collect());
        let mut said = Vec::new();
        if !self.documents.is_empty() {
            said.push(format!("in {}", list(self.documents.iter().map(|kind| kind.name().to_owned()).collect())));
        }
        said.extend(self.since.map(|date| format!("since {date}")));
        if !self.between.is_empty() {
            said.push(format!("between {}", actors(&self.between)));
        }
        if !self.guard.is_empty() {
            said.push(format!("guards {}", actors(&self.guard)));
        }
        if self.unconcerned == Unconcerned::Silent {
            said.push("a note only where one whom it concerns is at the table".to_owned());
        }
        if self.each {
            said.push("told at each place".to_owned());
        }
        f.write_str(&said.join("; "))
    }
}

fn read_documents(fields: &Fields<'_>) -> Vec<DocumentKind> {
    fields.texts("documents").iter().filter_map(|text| text.choose("kind of text", DocumentKind::NAMES)).collect()
}

fn read_objection(fields: &Fields<'_>) -> (Vec<String>, Vec<Objector>) {
    let read = |text: YamlString<'_>| {
        let roles: Vec<&str> = Role::NAMES.iter().map(|(name, _)| *name).collect();
        let help = format!("name a state, a body such as ASEAN, or one of: {}", roles.join(", "));
        let objector: Objector = known(&text, "nobody who is known to object", &help)?;
        Some((text.value.to_owned(), objector))
    };
    fields.texts("objection").into_iter().filter_map(read).unzip()
}

pub(super) fn read_date(text: &YamlString<'_>) -> Option<Date> {
    let date = Date::parse(text.value);
    if date.is_none() {
        let help = "write a year, a month and a day: `2002-05-20`".to_owned();
        text.problem("bad-date", format!("`{}` is no date", text.value), Some(help));
    }
    date
}
