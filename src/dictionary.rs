//! Texts, each with a number, that are looked for at the places of another text: an FST behind a filter of how they begin. The build
//! writes both.

use fst::raw::{Fst, Output};

use crate::starts::Starts;

/// Texts with their numbers.
pub(crate) struct Dictionary {
    texts: Fst<&'static [u8]>,
    starts: Starts<&'static [u8]>,
}

impl Dictionary {
    /// The dictionary that the build wrote as these bytes.
    pub(crate) fn new(texts: &'static [u8], starts: &'static [u8]) -> Dictionary {
        let texts = Fst::new(texts).expect("it is written by the same version of the crate");
        Dictionary { texts, starts: Starts { bits: starts } }
    }

    /// The number of a text.
    pub(crate) fn get(&self, text: &str) -> Option<u64> {
        self.texts.get(text).map(Output::value)
    }

    /// Calls `found` for each of its texts that `text` holds at byte `at`, shortest first, with the byte behind it and its number.
    pub(crate) fn at(&self, text: &str, at: usize, mut found: impl FnMut(usize, u64)) {
        let bytes = text.as_bytes();
        if !self.starts.may_begin(&bytes[at..]) {
            return;
        }
        let mut node = self.texts.root();
        let mut output = Output::zero();
        for (end, &byte) in bytes.iter().enumerate().skip(at) {
            let Some(input) = node.find_input(byte) else {
                return;
            };
            let transition = node.transition(input);
            output = output.cat(transition.out);
            node = self.texts.node(transition.addr);
            if node.is_final() {
                found(end + 1, output.cat(node.final_output()).value());
            }
        }
    }
}
