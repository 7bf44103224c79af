//! Texts of the packs that ship that may stand within words, or in other tokens: clauses of expressions nearly all. They are found by
//! their first two bytes.

use crate::rule::layout::{PAIRS, pair};

/// For each pair of bytes the number of the list of the texts that begin with it; 0 where none does.
const NUMBERS: &[u8; PAIRS] = include_bytes!(concat!(env!("OUT_DIR"), "/within.bin"));

// The texts, each with its uses, in the lists that are numbered from 1 on.
include!(concat!(env!("OUT_DIR"), "/within.rs"));

/// Calls `found` for each use of each of the texts that `text` holds, with the byte at which it begins.
pub(super) fn find(text: &str, mut found: impl FnMut(usize, u32)) {
    let bytes = text.as_bytes();
    for (at, first) in bytes.windows(2).enumerate() {
        let number = NUMBERS[pair([first[0], first[1]])];
        if number != 0 {
            // Most lists go on in another way than the text does.
            let third = bytes.get(at + 2);
            for (wanted, uses) in LISTS[usize::from(number) - 1] {
                let wanted = wanted.as_bytes();
                if wanted.get(2).is_none_or(|byte| Some(byte) == third) && bytes[at..].starts_with(wanted) {
                    uses.iter().for_each(|&used| found(at, used));
                }
            }
        }
    }
}
