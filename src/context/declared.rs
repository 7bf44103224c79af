//! Declarations about a draft: in `comity.yml`, or in its own front matter, which goes first.

use std::str::FromStr;
use std::sync::Arc;

use super::DocumentKind;
use crate::draft::Draft;
use crate::draft::front_matter::FrontMatter;
use crate::names::{Actor, BadActor};
use crate::yaml::{Fields, Problems, YamlString};

/// Facts that are declared of a draft, so that they need not be told from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared {
    /// Its kind.
    pub document: Option<DocumentKind>,
    /// Who signs it; nobody if that is not said.
    pub parties: Vec<Actor>,
    /// Whose sensitivities count besides.
    pub guard: Vec<Actor>,
}

/// The keys, of a configuration and of front matter alike.
pub(crate) const KEYS: &[&str] = &["document", "parties", "guard"];

impl Declared {
    /// Reads these fields. What is wrong with them is recorded.
    pub(crate) fn read(fields: &Fields<'_>) -> Declared {
        Declared {
            document: fields.text("document").and_then(|text| text.choose("kind of text", DocumentKind::NAMES)),
            parties: read_actors(&fields.texts("parties")),
            guard: read_actors(&fields.texts("guard")),
        }
    }

    /// Faults of the declarations in the front matter of a draft, a sentence each with the line.
    pub fn problems(draft: &Draft) -> Vec<String> {
        in_front_matter(draft).1
    }

    /// This, and where it says nothing what `other` says.
    #[must_use]
    pub(crate) fn or(&self, other: &Declared) -> Declared {
        let or = |own: &Vec<Actor>, other: &Vec<Actor>| if own.is_empty() { other.clone() } else { own.clone() };
        Declared {
            document: self.document.or(other.document),
            parties: or(&self.parties, &other.parties),
            guard: or(&self.guard, &other.guard),
        }
    }
}

/// Declarations in the front matter of a draft, and their faults, a sentence each with the line.
pub(crate) fn in_front_matter(draft: &Draft) -> (Declared, Vec<String>) {
    let sentences = |problems: Problems| Problems { name: Arc::clone(draft.name()), ..problems }.sentences().collect();
    match draft.front_matter().map(FrontMatter::data) {
        Some(Ok(data)) => {
            let document = data.document();
            let fields = document.root().fields().filter(|fields| KEYS.iter().any(|key| fields.key(key).is_some()));
            let Some(fields) = fields else {
                return (Declared::default(), Vec::new());
            };
            let declared = Declared::read(&fields);
            let wrong = document.finish(Some(())).err();
            (declared, wrong.map(sentences).unwrap_or_default())
        }
        // It is read as text, and what it was to declare would be forgotten without a word.
        Some(Err(problems)) if problems.text.lines().any(declares) => {
            (Declared::default(), sentences(problems.clone()))
        }
        _ => (Declared::default(), Vec::new()),
    }
}

/// True if a line of front matter gives a value to one of [`KEYS`].
fn declares(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(key, _)| KEYS.contains(&key.trim_end().trim_matches(['"', '\''])))
}

/// States and bodies, each by a code or a usual name. What names nobody is recorded.
pub(crate) fn read_actors(texts: &[YamlString<'_>]) -> Vec<Actor> {
    let help = "write an ISO 3166 code such as `KR`, or a usual name such as `Republic of Korea`";
    texts.iter().filter_map(|text| known(text, "no state or body that is known", help)).collect()
}

/// Whom a text names; if nobody, that is recorded.
pub(crate) fn known<T: FromStr<Err = BadActor>>(text: &YamlString<'_>, nobody: &str, help: &str) -> Option<T> {
    let bad = match text.value.parse() {
        Ok(actor) => return Some(actor),
        Err(bad) => bad,
    };
    let help = bad.nearest.map_or(help.to_owned(), |name| format!("did you mean `{name}`?"));
    text.problem("unknown-actor", format!("`{}` is {nobody}", text.value), Some(help));
    None
}
