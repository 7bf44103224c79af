//! Automata that tell if a text holds a match of an expression, laid out for `src/rule/builtin/automaton.rs`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

use crate::rule::layout::CLASSES;

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
    lay_out(&automaton)
}

fn lay_out(automaton: &impl Automaton) -> Option<Vec<u8>> {
    let start = automaton.start_state(&start::Config::new().anchored(Anchored::No)).ok()?;
    let mut states = vec![start];
    let mut steps: BTreeMap<StateID, Vec<StateID>> = BTreeMap::new();
    while let Some(state) = states.pop() {
        if automaton.is_quit_state(state) {
            return None;
        }
        if let Entry::Vacant(entry) = steps.entry(state) {
            let mut to: Vec<StateID> = (0..=u8::MAX).map(|byte| automaton.next_state(state, byte)).collect();
            to.push(automaton.next_eoi_state(state));
            states.extend(&to);
            entry.insert(to);
        }
    }
    // Of no number is a state from which nothing is found, of the next ones are those that tell a match.
    let dead = |state: &StateID| automaton.is_dead_state(*state);
    let found = |state: &StateID| automaton.is_match_state(*state);
    let mut order: Vec<StateID> = steps.keys().copied().filter(|state| !dead(state)).collect();
    order.sort_by_key(|state| !found(state));
    let matches = order.iter().filter(|state| found(state)).count();
    let numbers: HashMap<StateID, u16> = order
        .iter()
        .zip(1..)
        .map(|(&state, number)| Some((state, u16::try_from(number).ok()?)))
        .collect::<Option<_>>()?;
    let number = |state: &StateID| numbers.get(state).copied().unwrap_or(0);
    // Bytes, and the end of the text as one more, are of one class where they lead to the same states.
    let mut columns: Vec<Vec<u16>> = Vec::new();
    let mut known: HashMap<Vec<u16>, u8> = HashMap::new();
    let mut classes = Vec::new();
    let column = |byte: usize| -> Vec<u16> { order.iter().map(|state| number(&steps[state][byte])).collect() };
    for column in (0..CLASSES).map(column) {
        let next = u8::try_from(columns.len()).ok()?;
        let class = *known.entry(column.clone()).or_insert(next);
        if class == next {
            columns.push(column);
        }
        classes.push(class);
    }
    let header = [columns.len() as u16, matches as u16, number(&start)];
    let rows = (0..order.len()).flat_map(|state| columns.iter().map(move |column| column[state]));
    let numbers = header.into_iter().chain(rows).flat_map(u16::to_le_bytes);
    Some(classes.into_iter().chain(numbers).collect())
}
