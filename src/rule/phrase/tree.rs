//! The tree of a phrase.

/// Items in a row.
pub(crate) type Sequence = Vec<PhraseItem>;

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseItem {
    pub(crate) kind: ItemKind,
    /// Written right behind what is before it, without white space.
    pub(crate) glued: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A word, or a part of one.
    Word {
        text: String,
        /// `~`: any inflection.
        inflected: bool,
        /// `=`: in exactly this case.
        exact: bool,
    },
    /// `(a|b)`: one of these; with `?`, or none.
    Group { alternatives: Vec<Sequence>, optional: bool },
    /// `*N`: up to so many words.
    Gap(u8),
}

/// The number of words, gaps and groups of a phrase.
pub(crate) fn size(items: &Sequence) -> usize {
    let inside = |item: &PhraseItem| match &item.kind {
        ItemKind::Group { alternatives, .. } => alternatives.iter().map(size).sum(),
        _ => 0,
    };
    items.len() + items.iter().map(inside).sum::<usize>()
}

/// How deep the groups of a phrase are nested.
pub(crate) fn depth(items: &Sequence) -> usize {
    let inside = |item: &PhraseItem| match &item.kind {
        ItemKind::Group { alternatives, .. } => 1 + alternatives.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    };
    items.iter().map(inside).max().unwrap_or(0)
}

/// The words of a phrase that have `~`.
pub(crate) fn inflected_words(items: &Sequence) -> Vec<&str> {
    items.iter().flat_map(inflected_words_of).collect()
}

fn inflected_words_of(item: &PhraseItem) -> Vec<&str> {
    match &item.kind {
        ItemKind::Word { text, inflected: true, .. } => vec![text],
        ItemKind::Group { alternatives, .. } => alternatives.iter().flat_map(inflected_words).collect(),
        _ => Vec::new(),
    }
}
