//! How much of a pack that ships is read.

/// How much of a pack that is compiled into the program is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What is checked with: all but the examples.
    #[default]
    ForChecking,
    /// All of it.
    Everything,
}
