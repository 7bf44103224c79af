//! What tells whether a text holds a match of an expression, as bytes that need not be compiled when comity runs.

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;

/// The most bytes that an expression may take while it is made an automaton, and as one.
const MOST: usize = 4 << 20;

/// The automaton of an expression; `None` of the few that none is made of: those that ask for the edges of words beyond ASCII, and
/// those that would be too large.
pub(crate) fn automaton(expression: &str) -> Option<Vec<u8>> {
    let nfa = thompson::Config::new().nfa_size_limit(Some(MOST)).which_captures(thompson::WhichCaptures::None);
    // Whether there is a match is asked, not which: all are taken alike, and nothing is told of how they begin.
    let config = dense::Config::new()
        .start_kind(StartKind::Unanchored)
        .match_kind(MatchKind::All)
        .accelerate(false)
        .minimize(true)
        .determinize_size_limit(Some(MOST))
        .dfa_size_limit(Some(MOST));
    let automaton = dense::Builder::new().configure(config).thompson(nfa).build(expression).ok()?;
    let (bytes, padding) = automaton.to_bytes_little_endian();
    Some(bytes[padding..].to_vec())
}
