//! A filter of how texts begin: it tells of nearly all places of a text that none of many texts begins there. The build script fills
//! it, and the program asks it.

/// The bits for the first two bytes of texts of less than [`LONG`] bytes.
const SHORT_BITS: usize = 1 << 16;

/// How many first bytes of other texts count.
const LONG: usize = 4;

/// How many bits of a hash of them are kept.
const HASH: u32 = 18;

/// A bit for each way in which a text may begin.
pub(crate) struct Starts<B> {
    pub(crate) bits: B,
}

/// The bit of a text of which these are the first bytes.
fn long(first: [u8; LONG]) -> usize {
    // A multiplicative hash by the golden ratio: the upper bits of the product are mixed best.
    SHORT_BITS + (u32::from_le_bytes(first).wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH)) as usize
}

fn short(first: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(first))
}

impl<B: AsRef<[u8]>> Starts<B> {
    /// Whether one of the texts may begin at byte `at` of `text`.
    #[allow(dead_code, reason = "the build script does not ask")]
    pub(crate) fn may_begin(&self, text: &[u8], at: usize) -> bool {
        let bits = self.bits.as_ref();
        let is_set = |bit: usize| bits[bit / 8] & 1 << (bit % 8) != 0;
        let first = |place: usize| text.get(at + place).copied().unwrap_or(0);
        let is_long = text.get(at..).and_then(|rest| rest.first_chunk::<LONG>());
        is_long.is_some_and(|first| is_set(long(*first))) || is_set(short([first(0), first(1)]))
    }
}

#[allow(dead_code, reason = "the program does not fill it")]
impl Starts<Vec<u8>> {
    /// A filter of no text.
    pub(crate) fn new() -> Starts<Vec<u8>> {
        Starts { bits: vec![0; (SHORT_BITS + (1 << HASH)) / 8] }
    }

    /// Adds a text, which has a byte at least.
    pub(crate) fn add(&mut self, text: &[u8]) {
        let mut set = |bit: usize| self.bits[bit / 8] |= 1 << (bit % 8);
        match *text {
            [a, b, c, d, ..] => set(long([a, b, c, d])),
            [a, b, ..] => set(short([a, b])),
            // What follows is not told.
            [a] => (0..=u8::MAX).for_each(|b| set(short([a, b]))),
            [] => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_that_was_added_may_begin_where_it_does() {
        let texts = ["a", "be", "the", "then", "therefore", "\u{4e2d}", "\u{4e2d}\u{56fd}"];
        let mut starts = Starts::new();
        texts.iter().for_each(|text| starts.add(text.as_bytes()));
        for text in texts {
            for (before, behind) in [("", ""), ("x", ""), ("", "x"), ("xx ", " xxxx")] {
                let whole = format!("{before}{text}{behind}");
                assert!(starts.may_begin(whole.as_bytes(), before.len()), "{whole}");
            }
        }
        assert!(!starts.may_begin(b"zoo and more", 0));
    }
}
