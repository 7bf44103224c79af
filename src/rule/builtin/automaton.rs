//! Automata that tell if a text holds a match of an expression, without compiling it.

use crate::rule::layout::CLASSES;

/// A number as the build lays it out.
type StateNumber = [u8; 2];

/// An automaton as `build/automaton.rs` laid it out: the class of each byte and of the end; how many classes there are, how many
/// states tell a match, and the first state; then for each state, from number 1 on, the state that each class leads to. States that
/// tell a match have the lowest numbers; state 0 leads nowhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dfa(pub(super) &'static [u8]);

impl Dfa {
    /// True if a text holds a match.
    pub(super) fn finds(self, text: &str) -> bool {
        let (classes, numbers) = self.0.split_at(CLASSES);
        let (numbers, _): (&[StateNumber], _) = numbers.as_chunks();
        let (header, steps) = numbers.split_at(3);
        let [width, matches, first] = [0, 1, 2].map(|place| usize::from(u16::from_le_bytes(header[place])));
        let next =
            |state: usize, class: u8| usize::from(u16::from_le_bytes(steps[(state - 1) * width + usize::from(class)]));
        let mut state = first;
        for &byte in text.as_bytes() {
            if state <= matches {
                break;
            }
            state = next(state, classes[usize::from(byte)]);
        }
        if state > matches {
            state = next(state, classes[CLASSES - 1]);
        }
        (1..=matches).contains(&state)
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::{Strategy, ValueTree};

    use super::*;
    use crate::rule::builtin::PACKS;
    use crate::rule::expression;
    use crate::rule::{Detail, Pack};

    /// The expressions of all packs that have an automaton, and the words of their examples.
    fn all() -> Vec<(String, Dfa, Vec<String>)> {
        let mut found = Vec::new();
        for pack in PACKS {
            let read: Pack = pack.read(Detail::Everything).unwrap();
            for (rule, known) in read.rules().iter().zip(pack.rules) {
                if let Some(automaton) = known.automaton {
                    let examples: Vec<String> =
                        rule.flag_examples().chain(rule.pass_examples()).map(str::to_owned).collect();
                    found.push((rule.looks_for().concat(), Dfa(automaton), examples));
                }
            }
        }
        found
    }

    #[test]
    fn an_automaton_finds_what_its_expression_finds() {
        let all = all();
        assert!(all.len() > 40, "{} of all expressions have an automaton", all.len());
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        for (source, automaton, examples) in &all {
            let expression = expression::build(source).unwrap();
            let words: Vec<&str> = examples.iter().flat_map(|example| example.split_inclusive([' ', '\n'])).collect();
            let marks = [
                "", " ", "\n", ".", ", ", "(", ")", "[", "]", "\"", "\u{201c}", "\u{2019}", "\u{e9}", "\u{4e2d}", "X",
                "1",
            ];
            let pieces: Vec<&str> = words.iter().copied().chain(marks).collect();
            let some = proptest::collection::vec((0..pieces.len(), 0..4_usize), 0..12);
            let texts = (0..40).map(|_| {
                let picked = some.new_tree(&mut runner).unwrap().current();
                // A word, and sometimes those behind it.
                picked.iter().flat_map(|&(at, more)| pieces.iter().skip(at).take(1 + more)).copied().collect::<String>()
            });
            for text in examples.iter().cloned().chain(texts) {
                assert_eq!(automaton.finds(&text), expression.is_match(&text), "{source}\n{text}");
            }
        }
    }
}
