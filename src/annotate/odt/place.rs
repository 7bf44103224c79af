//! Where a comment goes in an OpenDocument text.

use std::ops::Range;

/// Where a comment goes.
#[derive(Debug)]
pub(super) struct Place {
    /// From where to where in the part.
    pub(super) xml: Range<usize>,
    /// The bytes of the text where it may begin: by them and the rule a comment is known again.
    pub(super) at: [usize; 2],
    /// What to say first where the words can have no comment, so that it stands elsewhere.
    pub(super) elsewhere: Option<String>,
}
