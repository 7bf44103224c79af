//! Tables that the build writes of the packs that ship.

use std::borrow::Cow;

use super::automaton::Dfa;

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A pack of `rules/`.
#[derive(Debug)]
pub(in crate::rule) struct Builtin {
    pub(in crate::rule) name: &'static str,
    /// The name of the file in problems.
    pub(in crate::rule) file: &'static str,
    pub(in crate::rule) title: &'static str,
    pub(in crate::rule) description: Option<&'static str>,
    pub(super) language: Option<&'static str>,
    /// True if it runs only where it is asked for.
    pub(in crate::rule) optional: bool,
    /// The file as it is.
    pub(in crate::rule) text: &'static str,
    pub(super) rules: &'static [BuiltinRule],
}

/// A rule of such a pack: what is to be known of it before it is read.
#[derive(Debug)]
pub(crate) struct BuiltinRule {
    /// `pack/rule`.
    pub(super) id: &'static str,
    pub(super) severity: &'static str,
    pub(super) redline: bool,
    pub(super) tags: &'static [Cow<'static, str>],
    /// The rule as the one rule of its pack, without examples.
    pub(super) json: &'static str,
    /// Its phrases: the index names them by their place here.
    pub(crate) phrases: &'static [&'static str],
    /// From this place on they are exceptions, which matter only beside another phrase.
    pub(crate) exceptions: usize,
    /// Up to this place they are those that must stand in one block with one from there to the exceptions; 0 where none must.
    pub(crate) paired: usize,
    /// The number of its first phrase among those of all rules.
    pub(crate) first: usize,
    /// The places of phrases with a gap: the index has what must come behind it as well.
    pub(crate) gapped: &'static [usize],
    /// Of the clauses that the index has for it, how many a block must hold; 0 where it has none.
    pub(crate) clauses: usize,
    /// Its number among the rules of which tables tell how the matches of their expressions begin, and the first of its shapes with that
    /// behind the last; none of rules that have clauses.
    pub(crate) begun: Option<(usize, (usize, usize))>,
    /// The first bytes of the characters of which every match of its expression holds one, three at most; none if that is not told.
    pub(super) needed: &'static [u8],
    /// An automaton that tells if a text holds a match of its expression; none of the few that have none.
    pub(super) automaton: Option<&'static [u8]>,
    pub(crate) prefilter: Prefilter,
}

/// A condition under which a rule need not look at a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefilter {
    /// The draft holds none of its phrases, by the index.
    Phrases,
    /// No block holds as many of its clauses, by the index, as it must, the beginning of a match, a character that it needs, and a
    /// match by its automaton.
    Text,
    /// The draft holds no comment that is to silence a rule.
    Comments,
    /// The draft carries nothing besides its text.
    Residues,
    /// There is no other draft of the same text.
    Changes,
    /// It looks at every draft.
    Always,
}

/// True if a text holds one of these bytes, three at most; if there are none, it holds what is needed.
pub(super) fn has_any(text: &str, bytes: &[u8]) -> bool {
    match *bytes {
        [] => true,
        [a] => memchr::memchr(a, text.as_bytes()).is_some(),
        [a, b] => memchr::memchr2(a, b, text.as_bytes()).is_some(),
        [a, b, c, ..] => memchr::memchr3(a, b, c, text.as_bytes()).is_some(),
    }
}

impl BuiltinRule {
    /// True if a text may hold a match of its expression, which need not be compiled to tell.
    pub(crate) fn may_match(&self, text: &str) -> bool {
        has_any(text, self.needed) && self.automaton.is_none_or(|automaton| Dfa(automaton).finds(text))
    }
}
