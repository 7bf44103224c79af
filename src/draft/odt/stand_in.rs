//! The stand-ins for words that cannot have a comment themselves, and the stories that paragraphs are counted in.

use crate::draft::document::XmlSpan;

pub(super) const MAIN: usize = 0;
pub(super) const FOOTNOTES: usize = 1;
pub(super) const ENDNOTES: usize = 2;
pub(super) const PAGES: usize = 3;

/// A thing that a comment stands at in the place of words that cannot have one themselves: a deletion, a note, a shape.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StandIn {
    /// The element in [`CONTENT`](super::CONTENT), all of it; `None` if a comment cannot stand around it.
    pub(crate) around: Option<XmlSpan>,
    /// Another one that it stands in.
    pub(super) outer: Option<usize>,
    /// True if the words are not seen there, so that a comment has to say where they are.
    pub(crate) is_elsewhere: bool,
}

/// The place of a stand-in in one version of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StandInPlace {
    /// The paragraphs in which it begins and ends, if it is in any.
    pub(super) paragraphs: Option<[usize; 2]>,
    /// The bytes of their texts at which it begins and ends.
    pub(super) at: [usize; 2],
}

/// The stand-ins of a document.
#[derive(Debug)]
pub(crate) struct StandIns(pub(super) Vec<StandIn>);

impl StandIns {
    /// The stand-in that a comment is put at, by the index of the one that words stand in: it, or one around it. `None` if it is
    /// nowhere.
    pub(crate) fn outermost(&self, index: usize) -> Option<(usize, StandIn)> {
        // They stand in each other a few deep, except where somebody plays a trick.
        const MAX_DEPTH: usize = 16;
        let get = |index: usize| Some((index, *self.0.get(index)?));
        let outer = |(_, stand_in): &(usize, StandIn)| get(stand_in.outer?);
        let mut chain = std::iter::successors(get(index), outer).take(MAX_DEPTH);
        chain.find(|(_, stand_in)| stand_in.around.is_some() && stand_in.outer.is_none())
    }
}
