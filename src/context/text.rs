//! One draft with all that comity knows of it besides its words, each told when it is first asked for: most drafts need little.

use std::cell::OnceCell;
use std::fmt;

use super::declared::{self, Declared};
use super::opening::{self, Title};
use super::{Date, DocumentKind, Mark, Told, Voice, date, kind, parties, treaty, voice};
use crate::draft::Draft;
use crate::names::{self, Actor, Country, Name};
use crate::span::{Plain, Span};

/// How many different marks of a treaty make a statement or a memorandum read as one.
const TREATY_MARKS: usize = 2;

/// Stretches of a block that are not the drafters' own words, and whose they are.
type Voices = Vec<(Span<Plain>, Voice)>;

/// A draft, and what it stands in.
#[derive(Debug)]
pub(crate) struct TextContext<'d> {
    draft: &'d Draft,
    declared: Declared,
    titles: OnceCell<Vec<Title>>,
    document: OnceCell<Told<DocumentKind>>,
    treaty_marks: OnceCell<Vec<Mark>>,
    parties: OnceCell<Told<Vec<Actor>>>,
    table: OnceCell<Vec<Country>>,
    dated: OnceCell<Option<Told<Date>>>,
    /// For each block its names of the gazetteer.
    known: Vec<OnceCell<Vec<Name>>>,
    /// For each block all its names.
    names: Vec<OnceCell<Vec<Name>>>,
    /// For each block the stretches that are not the drafters' own words.
    voices: Vec<OnceCell<Voices>>,
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
            known: vec![OnceCell::new(); draft.blocks().len()],
            names: vec![OnceCell::new(); draft.blocks().len()],
            voices: vec![OnceCell::new(); draft.blocks().len()],
        }
    }

    pub(crate) fn draft(&self) -> &'d Draft {
        self.draft
    }

    /// What is declared of it.
    pub(crate) fn declared(&self) -> &Declared {
        &self.declared
    }

    /// What the draft is taken for.
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

    /// What the text is, and why it is taken for that.
    pub(crate) fn document(&self) -> &Told<DocumentKind> {
        self.document.get_or_init(|| match self.declared.document {
            Some(kind) => Told { value: kind, because: "it is declared".to_owned() },
            None => kind::document_kind(self.draft, self.titles()),
        })
    }

    /// The marks by which a text that is a statement or a memorandum reads as a treaty; none where there are too few.
    pub(crate) fn treaty_marks(&self) -> &[Mark] {
        self.treaty_marks.get_or_init(|| {
            if !matches!(self.document().value, DocumentKind::Statement | DocumentKind::Memorandum) {
                return Vec::new();
            }
            let marks = treaty::treaty_marks(self.draft);
            let mut kinds: Vec<&str> = marks.iter().map(|mark| mark.what).collect();
            kinds.sort_unstable();
            kinds.dedup();
            if kinds.len() >= TREATY_MARKS { marks } else { Vec::new() }
        })
    }

    /// Whether rules for these kinds of text hold here. A statement or a memorandum that is drafted as a treaty is one to them.
    pub(crate) fn is_one_of(&self, kinds: &[DocumentKind]) -> bool {
        if kinds.is_empty() {
            return true;
        }
        kinds.contains(&self.document().value)
            && (kinds.contains(&DocumentKind::Treaty) || self.treaty_marks().is_empty())
    }

    /// Who signs the text, and how that is told; nobody if it is not.
    pub(crate) fn parties(&self) -> &Told<Vec<Actor>> {
        self.parties.get_or_init(|| match self.declared.parties.as_slice() {
            [] => match parties::parties(self.draft, self.document().value, self.titles()) {
                // Whom one party alone meets is not known.
                told if told.value.len() == 1 => {
                    Told { value: Vec::new(), because: format!("{} alone is named", told.value[0]) }
                }
                told => told,
            },
            declared => Told { value: declared.to_vec(), because: "they are declared".to_owned() },
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
    pub(crate) fn dated(&self) -> Option<&Told<Date>> {
        self.dated.get_or_init(|| date::dated(self.draft, self.titles())).as_ref()
    }

    /// The names of the gazetteer in a block, in order.
    pub(crate) fn known_names(&self, block: usize) -> &[Name] {
        self.known[block].get_or_init(|| names::known(&self.draft.blocks()[block]))
    }

    /// All names in a block, in order: words in capitals as well.
    pub(crate) fn names(&self, block: usize) -> &[Name] {
        let find = || names::find_among(&self.draft.blocks()[block], self.known_names(block).to_vec());
        self.names[block].get_or_init(find)
    }

    /// Whether a block is one that a state signs in, by the name that it had then: "For the Government of ...".
    pub(crate) fn is_signature(&self, block: usize) -> bool {
        const OPENINGS: &[&str] =
            &["for the government", "for the kingdom", "for the republic", "for the state", "for and on behalf of"];
        let text = self.draft.blocks()[block].text();
        let opening: String = text.chars().take(24).collect::<String>().to_lowercase();
        OPENINGS.iter().any(|begin| opening.starts_with(begin)) && text.len() < 200
    }

    /// Who speaks at a place, if it is not the drafters alone.
    pub(crate) fn voice(&self, block: usize, span: Span<Plain>) -> Option<Voice> {
        let tell = || voice::voices(self.draft, block, self.names(block), &self.parties().value);
        let voices = self.voices[block].get_or_init(tell);
        let speaks = voices.iter().filter(|(stretch, _)| stretch.contains(span));
        speaks.map(|(_, voice)| *voice).min()
    }
}

/// What a draft is taken for, and why: what reports tell. Its `Display` is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What it is.
    pub document: Told<DocumentKind>,
    /// Who signs it; nobody if that is not known.
    pub parties: Told<Vec<Actor>>,
    /// Whose sensitivities count besides.
    pub guard: Vec<Actor>,
    /// Its day, if that is known.
    pub date: Option<Told<Date>>,
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
