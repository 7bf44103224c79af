//! One draft with all that comity knows of it besides its words, each told when it is first asked for: most drafts need little.

use std::any::{Any, TypeId};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use super::declared::{self, Declared};
use super::opening::{self, Title};
use super::{Date, DocumentKind, FormulaMatch, Inferred, Voice, date, kind, parties, treaty, voice};
use crate::draft::Draft;
use crate::names::{self, Actor, Country, NameList};
use crate::span::{Plain, Span};
use crate::span_index::SpanIndex;

/// The number of different marks of a treaty that make a statement or a memorandum read as one.
const TREATY_MARKS: usize = 2;

/// Stretches of a block that are not the drafters' own words, and whose they are.
#[derive(Debug)]
struct Voices {
    list: Vec<(Span<Plain>, Voice)>,
    index: SpanIndex,
}

/// Facts about one block; nothing is kept of what is not there.
#[derive(Debug, Default)]
struct OfBlock {
    /// Its names of the gazetteer.
    known: OnceCell<Option<Box<NameList>>>,
    /// All its names.
    names: OnceCell<Option<Box<NameList>>>,
    /// The stretches that are not the drafters' own words.
    voices: OnceCell<Option<Box<Voices>>>,
}

/// A draft, and what it stands in.
#[derive(Debug)]
pub(crate) struct TextContext<'d> {
    draft: &'d Draft,
    declared: Declared,
    titles: OnceCell<Vec<Title>>,
    document: OnceCell<Inferred<DocumentKind>>,
    treaty_marks: OnceCell<Vec<FormulaMatch>>,
    parties: OnceCell<Inferred<Vec<Actor>>>,
    table: OnceCell<Vec<Country>>,
    dated: OnceCell<Option<Inferred<Date>>>,
    /// For each block what is known of it; few are asked for.
    blocks: Vec<OnceCell<Box<OfBlock>>>,
    /// Values that several rules of one kind share, by their type.
    shared: RefCell<HashMap<TypeId, Rc<dyn Any>>>,
}

impl<'d> TextContext<'d> {
    /// The context of a draft of which this is declared; what its own front matter says goes first.
    pub(crate) fn new(draft: &'d Draft, declared: &Declared) -> TextContext<'d> {
        TextContext {
            draft,
            declared: declared::in_front_matter(draft).0.or(declared),
            titles: OnceCell::new(),
            document: OnceCell::new(),
            treaty_marks: OnceCell::new(),
            parties: OnceCell::new(),
            table: OnceCell::new(),
            dated: OnceCell::new(),
            blocks: draft.blocks().iter().map(|_| OnceCell::new()).collect(),
            shared: RefCell::default(),
        }
    }

    pub(crate) fn draft(&self) -> &'d Draft {
        self.draft
    }

    /// The declarations about it.
    pub(crate) fn declared(&self) -> &Declared {
        &self.declared
    }

    /// The facts about the draft that reports tell.
    pub(crate) fn taken(&self) -> Taken {
        Taken {
            document: self.document().clone(),
            parties: self.parties().clone(),
            guard: self.guard().to_vec(),
            date: self.dated().cloned(),
        }
    }

    /// The lines that may be its title.
    fn titles(&self) -> &[Title] {
        self.titles.get_or_init(|| opening::titles(self.draft))
    }

    /// The kind of the text, and the reason for it.
    pub(crate) fn document(&self) -> &Inferred<DocumentKind> {
        self.document.get_or_init(|| match self.declared.document {
            Some(kind) => Inferred { value: kind, because: "it is declared".to_owned() },
            None => kind::document_kind(self.draft, self.titles()),
        })
    }

    /// The marks by which a text that is a statement or a memorandum reads as a treaty; none where there are too few.
    pub(crate) fn treaty_marks(&self) -> &[FormulaMatch] {
        self.treaty_marks.get_or_init(|| {
            if !matches!(self.document().value, DocumentKind::Statement | DocumentKind::Memorandum) {
                return Vec::new();
            }
            let marks = treaty::treaty_marks(self.draft);
            let mut kinds: Vec<&str> = marks.iter().map(|mark| mark.label).collect();
            kinds.sort_unstable();
            kinds.dedup();
            if kinds.len() >= TREATY_MARKS { marks } else { Vec::new() }
        })
    }

    /// True if rules for these kinds of text hold here. A statement or a memorandum that is drafted as a treaty is one to them.
    pub(crate) fn is_one_of(&self, kinds: &[DocumentKind]) -> bool {
        if kinds.is_empty() {
            return true;
        }
        kinds.contains(&self.document().value)
            && (kinds.contains(&DocumentKind::Treaty) || self.treaty_marks().is_empty())
    }

    /// Who signs the text, and how that is told; nobody if it is not.
    pub(crate) fn parties(&self) -> &Inferred<Vec<Actor>> {
        self.parties.get_or_init(|| match self.declared.parties.as_slice() {
            [] => match parties::parties(self.draft, self.document().value, self.titles()) {
                // Whom one party alone meets is not known.
                told if told.value.len() == 1 => {
                    Inferred { value: Vec::new(), because: format!("{} alone is named", told.value[0]) }
                }
                told => told,
            },
            declared => Inferred { value: declared.to_vec(), because: "they are declared".to_owned() },
        })
    }

    /// Whose sensitivities count besides those of the parties.
    pub(crate) fn guard(&self) -> &[Actor] {
        &self.declared.guard
    }

    /// The states that sign, those that are members of a body that does, and those that are guarded; empty if it is not known who
    /// signs.
    pub(crate) fn table(&self) -> &[Country] {
        self.table.get_or_init(|| {
            let parties = &self.parties().value;
            if parties.is_empty() {
                return Vec::new();
            }
            let mut table: Vec<Country> = parties.iter().chain(self.guard()).flat_map(|actor| actor.states()).collect();
            table.sort_unstable();
            table.dedup();
            table
        })
    }

    /// The day of the text, if that is told.
    pub(crate) fn dated(&self) -> Option<&Inferred<Date>> {
        self.dated.get_or_init(|| date::dated(self.draft, self.titles())).as_ref()
    }

    /// A value that several rules share: made by the first that asks for this type.
    pub(crate) fn shared<T: 'static>(&self, tell: impl FnOnce() -> T) -> Rc<T> {
        let told = self.shared.borrow().get(&TypeId::of::<T>()).map(Rc::clone);
        let told = told.unwrap_or_else(|| {
            let told: Rc<dyn Any> = Rc::new(tell());
            self.shared.borrow_mut().insert(TypeId::of::<T>(), Rc::clone(&told));
            told
        });
        told.downcast().expect("it stands under its own type")
    }

    fn of_block(&self, block: usize) -> &OfBlock {
        self.blocks[block].get_or_init(Box::default)
    }

    /// The names of the gazetteer in a block.
    pub(crate) fn known_names(&self, block: usize) -> &NameList {
        let find = || Some(names::known(&self.draft.blocks()[block])).filter(|names| !names.is_empty()).map(Box::new);
        self.of_block(block).known.get_or_init(find).as_deref().unwrap_or(NameList::none())
    }

    /// All names in a block: words in capitals as well.
    pub(crate) fn names(&self, block: usize) -> &NameList {
        let find = || {
            let names = names::find_among(&self.draft.blocks()[block], self.known_names(block));
            Some(names).filter(|names| !names.is_empty()).map(Box::new)
        };
        self.of_block(block).names.get_or_init(find).as_deref().unwrap_or(NameList::none())
    }

    /// True for a block that a state signs in, by the name that it had then: "For the Government of ...".
    pub(crate) fn is_signature(&self, block: usize) -> bool {
        const OPENINGS: &[&str] =
            &["for the government", "for the kingdom", "for the republic", "for the state", "for and on behalf of"];
        let text = self.draft.blocks()[block].text();
        let opening: String = text.chars().take(24).collect::<String>().to_lowercase();
        OPENINGS.iter().any(|begin| opening.starts_with(begin)) && text.len() < 200
    }

    /// Who speaks at a place, if it is not the drafters alone.
    pub(crate) fn voice(&self, block: usize, span: Span<Plain>) -> Option<Voice> {
        let tell = || {
            let list = voice::voices(self.draft, block, self.names(block), &self.parties().value);
            let index = SpanIndex::new(list.iter().map(|(stretch, _)| *stretch));
            Some(Voices { list, index }).filter(|voices| !voices.list.is_empty()).map(Box::new)
        };
        let voices = self.of_block(block).voices.get_or_init(tell).as_ref()?;
        voices.index.holding(span).map(|at| voices.list[at].1).min()
    }
}

/// The facts about a draft, each with its reason, as reports tell them. Its `Display` is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taken {
    /// Its kind.
    pub document: Inferred<DocumentKind>,
    /// Who signs it; nobody if that is not known.
    pub parties: Inferred<Vec<Actor>>,
    /// Whose sensitivities count besides.
    pub guard: Vec<Actor>,
    /// Its day, if that is known.
    pub date: Option<Inferred<Date>>,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |actors: &[Actor]| actors.iter().map(Actor::to_string).collect::<Vec<_>>().join(", ");
        write!(f, "{} ({})", self.document.value.name(), self.document.because)?;
        match self.parties.value.as_slice() {
            [] => f.write_str("; parties not known")?,
            parties => write!(f, "; parties: {} ({})", names(parties), self.parties.because)?,
        }
        if !self.guard.is_empty() {
            write!(f, "; guarded: {}", names(&self.guard))?;
        }
        self.date.iter().try_for_each(|date| write!(f, "; dated {} ({})", date.value, date.because))
    }
}
