//! A filter of how texts begin: it tells of nearly all places of a text that none of many texts begins there. The build script fills
//! it, and the program asks it.

/// How many bits tell of the first two bytes of texts.
const PAIRS: usize = 1 << u16::BITS;

/// How many first bytes of a text that has them count.
const LONG: usize = 4;

/// How many bits of a hash of them are kept.
const HASH: u32 = 14;

/// Bits for the ways in which a text may begin: for its first two bytes, then for those of texts that are shorter than [`LONG`], then
/// for the first bytes of the others.
pub(crate) struct Starts<B> {
    pub(crate) bits: B,
}

fn pair(first: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(first))
}

fn short(first: [u8; 2]) -> usize {
    PAIRS + pair(first)
}

fn long(first: [u8; LONG]) -> usize {
    // A multiplicative hash by the golden ratio: the upper bits of the product are mixed best.
    2 * PAIRS + (u32::from_le_bytes(first).wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH)) as usize
}

impl<B: AsRef<[u8]>> Starts<B> {
    /// Whether one of the texts may be the beginning of `text`.
    pub(crate) fn may_begin(&self, text: &[u8]) -> bool {
        let bits = self.bits.as_ref();
        let is_set = |bit: usize| bits[bit / 8] & 1 << (bit % 8) != 0;
        // The pair sifts out most places, before anything is multiplied.
        text.first_chunk().is_some_and(|first| {
            is_set(pair(*first))
                && (is_set(short(*first)) || text.first_chunk().is_some_and(|first| is_set(long(*first))))
        })
    }
}

#[allow(dead_code, reason = "the program does not fill it")]
impl Starts<Vec<u8>> {
    /// A filter of no text.
    pub(crate) fn new() -> Starts<Vec<u8>> {
        Starts { bits: vec![0; (2 * PAIRS + (1 << HASH)) / 8] }
    }

    /// Adds a text, which has two bytes at least.
    pub(crate) fn add(&mut self, text: &[u8]) {
        let mut set = |bit: usize| self.bits[bit / 8] |= 1 << (bit % 8);
        let first = [text[0], text[1]];
        set(pair(first));
        set(text.first_chunk().map_or_else(|| short(first), |first| long(*first)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_that_was_added_may_begin_where_it_does() {
        let texts = ["be", "the", "then", "therefore", "\u{4e2d}", "\u{4e2d}\u{56fd}"];
        let mut starts = Starts::new();
        texts.iter().for_each(|text| starts.add(text.as_bytes()));
        for text in texts {
            for (before, behind) in [("", ""), ("x", ""), ("", "x"), ("xx ", " xxxx")] {
                let whole = format!("{before}{text}{behind}");
                assert!(starts.may_begin(&whole.as_bytes()[before.len()..]), "{whole}");
            }
        }
        assert!((0..=12).all(|at| !starts.may_begin(&b"zoo and more"[at..])));
    }
}
