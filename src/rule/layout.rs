//! What the build script and the program agree on where the one lays out what the other looks up.

/// How many pairs of bytes there are.
pub(crate) const PAIRS: usize = 1 << u16::BITS;

/// The number of a pair.
pub(crate) fn pair(bytes: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(bytes))
}

/// How many bytes there are.
pub(crate) const BYTES: usize = 256;

/// How many of the first bytes of a match of an expression are told, and the most characters of a shape.
pub(crate) const TOLD: usize = 5;

/// How many classes an automaton tells: one for each byte, and one for the end of the text.
pub(crate) const CLASSES: usize = BYTES + 1;
