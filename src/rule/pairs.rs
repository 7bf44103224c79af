//! Pairs of bytes as numbers: the build script writes what the program looks up by them.

/// How many pairs there are.
pub(crate) const PAIRS: usize = 1 << u16::BITS;

/// The number of a pair.
pub(crate) fn pair(bytes: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(bytes))
}
