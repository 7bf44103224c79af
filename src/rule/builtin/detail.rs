//! The parts of a pack that ships.

/// The parts that are wanted of a pack that is compiled into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Detail {
    /// All but the examples: enough to check with.
    #[default]
    ForChecking,
    /// All of it.
    Everything,
}
