//! Beginnings of the matches of expressions: tables that tell, in one pass over a text for all rules that have no clauses, which
//! expressions need not be looked for.

use super::declared::{BuiltinRule, has_any};
use crate::rule::layout::{BYTES, TOLD};

/// The rules of one word of bits, each by its number among those of which tables tell how a match begins.
const WORD: usize = u64::BITS as usize;

/// A byte for the places behind the end of a text: no byte of UTF-8.
const END: u8 = u8::MAX;

type MaskBytes = [u8; 8];

/// For each of the first bytes of a match, for each byte, a bit for each of as many things as a word has bits.
type MaskTable = [[MaskBytes; BYTES]; TOLD];

/// The rules by the bytes with which a match may begin.
const RULES: &[MaskTable] =
    include_bytes!(concat!(env!("OUT_DIR"), "/beginnings.bin")).as_chunks().0.as_chunks().0.as_chunks().0;

/// The same for each of their shapes.
const SHAPES: &[MaskTable] =
    include_bytes!(concat!(env!("OUT_DIR"), "/shapes.bin")).as_chunks().0.as_chunks().0.as_chunks().0;

/// Of these bits those of what may begin with these bytes.
fn begun(tables: &MaskTable, bits: u64, first: &[u8; TOLD]) -> u64 {
    let with = |place: usize| u64::from_le_bytes(tables[place][usize::from(first[place])]);
    // Three bytes sift out most places.
    let may = bits & with(0) & with(1) & with(2);
    if may == 0 { 0 } else { may & with(3) & with(4) }
}

/// True if one of the shapes from `from` to `to` begins with these bytes.
fn has_shape((from, to): (usize, usize), first: &[u8; TOLD]) -> bool {
    (from / WORD..to.div_ceil(WORD)).any(|word| {
        let from = from.saturating_sub(word * WORD);
        let to = (to - word * WORD).min(WORD);
        begun(&SHAPES[word], u64::MAX << from & u64::MAX >> (WORD - to), first) != 0
    })
}

/// The rules that are looked for in a draft, of those of which tables tell how a match begins.
#[derive(Debug)]
pub(crate) struct Beginnings {
    /// For each of them its number among all rules and its shapes, if it is looked for.
    rules: Vec<Option<(usize, (usize, usize))>>,
    /// For each of them that is looked for the first bytes of the characters that it needs.
    needed: Vec<(usize, &'static [u8])>,
    /// A bit for each of them.
    bits: Vec<u64>,
}

impl Beginnings {
    /// Those of some rules that ship, each with its number among all.
    pub(crate) fn new<'r>(rules: impl Iterator<Item = (&'r BuiltinRule, usize)>) -> Beginnings {
        let mut of =
            Beginnings { rules: vec![None; RULES.len() * WORD], needed: Vec::new(), bits: vec![0; RULES.len()] };
        for (rule, number) in rules {
            if let Some((begun, shapes)) = rule.begun {
                of.rules[begun] = Some((number, shapes));
                of.needed.push((begun, rule.needed));
                of.bits[begun / WORD] |= 1 << (begun % WORD);
            }
        }
        of
    }

    /// Calls `found` with the number of each of the rules of which a match may begin somewhere in a text.
    pub(crate) fn find(&self, text: &str, mut found: impl FnMut(usize)) {
        for (group, tables) in RULES.iter().enumerate() {
            let mut open = self.bits[group];
            for &(begun, needed) in self.needed.iter().filter(|(begun, _)| begun / WORD == group) {
                if !has_any(text, needed) {
                    open &= !(1 << (begun % WORD));
                }
            }
            if open == 0 {
                continue;
            }
            each_beginning(text.as_bytes(), |first| {
                let mut may = begun(tables, open, first);
                while may != 0 {
                    let bit = may.trailing_zeros() as usize;
                    may &= may - 1;
                    if let Some((number, shapes)) = self.rules[group * WORD + bit]
                        && has_shape(shapes, first)
                    {
                        open &= !(1 << bit);
                        found(number);
                    }
                }
            });
        }
    }
}

/// Calls `look` with the bytes behind each place of a text.
fn each_beginning(text: &[u8], mut look: impl FnMut(&[u8; TOLD])) {
    for first in text.windows(TOLD) {
        look(first.first_chunk().expect("it is as long"));
    }
    for at in text.len().saturating_sub(TOLD - 1)..text.len() {
        let mut first = [END; TOLD];
        first[..text.len() - at].copy_from_slice(&text[at..]);
        look(&first);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rule::Detail;
    use crate::rule::builtin::PACKS;

    /// Pieces that matches begin with, and characters of one to four bytes.
    const PIECES: &[&str] = &[
        "a", "B", "1", " ", ".", ",", ";", "[", "]", "(", ")", "\"", "?", "!", "@", "$", "<", "{{", "__", "\u{ab}",
        "\u{e9}", "\u{201c}", "\u{2019}", "\u{fffd}", "\u{4e2d}", "\u{1f1f0}", "shall", "The ", "TBC", "X bn", "v2",
        "Note: ", "USD XX",
    ];

    proptest! {
        #[test]
        fn where_there_is_a_match_one_may_begin(picked in proptest::collection::vec(0..PIECES.len(), 0..16)) {
            let text: String = picked.iter().map(|piece| PIECES[*piece]).collect();
            let rules = || PACKS.iter().flat_map(|pack| pack.rules).zip(0..).filter(|(rule, _)| rule.begun.is_some());
            let mut begun = Vec::new();
            Beginnings::new(rules()).find(&text, |rule| begun.push(rule));
            for (rule, number) in rules().filter(|(rule, _)| rule.may_match(&text)) {
                prop_assert!(begun.contains(&number), "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_match_may_not_begin_everywhere() {
        let rules = PACKS.iter().flat_map(|pack| pack.rules).zip(0..);
        let told = rules.clone().filter(|(rule, _)| rule.begun.is_some()).count();
        assert!(told > 10);
        let mut begun = 0;
        Beginnings::new(rules).find("The two sides met in the city and agreed to meet again", |_| begun += 1);
        assert!(begun < told / 2, "{begun} of {told}");
        assert!(PACKS.iter().all(|pack| pack.read(Detail::ForChecking).is_ok()));
    }
}
