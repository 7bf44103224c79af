//! The place of a comparison in a page.

/// The place of a comparison in a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its number, from 1.
    pub(super) number: usize,
    /// The level of its headings.
    pub(super) level: usize,
}
