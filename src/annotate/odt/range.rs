//! The range of a comment in an OpenDocument text.

use crate::draft::document::XmlSpan;

/// The range that a comment is put around.
#[derive(Debug)]
pub(super) struct CommentRange {
    /// Its bytes in the part.
    pub(super) xml: XmlSpan,
    /// The bytes of the text at which it may begin: by them and the rule a comment is known again.
    pub(super) at: [usize; 2],
    /// The words to begin with where what was found can have no comment, so that it stands elsewhere.
    pub(super) elsewhere: Option<String>,
}
