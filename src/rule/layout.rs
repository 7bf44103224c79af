//! Sizes and numbers for tables that the build script lays out and the program looks up.

/// The number of pairs of bytes.
pub(crate) const PAIRS: usize = 1 << u16::BITS;

/// The number of a pair.
pub(crate) fn pair(bytes: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(bytes))
}

/// The number of bytes.
pub(crate) const BYTES: usize = 256;

/// The number of first bytes of a match of an expression that are told, and the most characters of a shape.
pub(crate) const TOLD: usize = 5;

/// The number of classes of an automaton: one for each byte, and one for the end of the text.
pub(crate) const CLASSES: usize = BYTES + 1;
