//! A document with comments, or the reason for which there is none.

use std::io;

use crate::draft::DocumentError;
use crate::draft::comment;

/// The author of every comment and tracked change.
pub const AUTHOR: &str = comment::AUTHOR;

/// The most comments that are put into a document. A reader who has thousands of them before him needs rules, not comments.
pub const MAX_COMMENTS: usize = 10_000;

/// The reason for which a document could not be annotated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// The draft is not a document that comments can be put into.
    #[error(
        "only Word documents (.docx) and OpenDocument texts (.odt) can be annotated; save other documents as .docx"
    )]
    NotADocument,
    /// The file could not be read again.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The file is no longer what was checked.
    #[error("changed by somebody else while it was being checked; run comity again")]
    Changed,
    /// The copy could not be made.
    #[error("the copy could not be made: {0}")]
    Copy(String),
    /// There is too much to say of it.
    #[error(
        "more than {MAX_COMMENTS} comments; look at the report, and leave out rules with --ignore or choose some with --select"
    )]
    TooManyComments,
    /// The copy is not what it should be.
    #[error(
        "no sound copy can be made of it, and none is written: {0}; open it in the program that made it and save it"
    )]
    Unsound(String),
}

impl From<io::Error> for AnnotateError {
    fn from(error: io::Error) -> AnnotateError {
        AnnotateError::Document(DocumentError::Io(error))
    }
}

/// A document with comments and tracked changes.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Annotated {
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    /// The number of comments that were put into it.
    pub comments: usize,
    /// The number of findings that had their comment already.
    pub known: usize,
    /// The number of tracked changes that were put into it.
    pub changes: usize,
    /// The number of changes that had no place, such as one in text that somebody else has inserted into a content control.
    pub without_place: usize,
}

impl Annotated {
    /// Counts the comment on a finding, and gives its place back if it is to be written.
    ///
    /// # Errors
    /// If there are as many comments as can be put into a document.
    pub(super) fn admit<P>(
        &mut self,
        place: Option<P>,
        is_known: impl FnOnce(&P) -> bool,
    ) -> Result<Option<P>, AnnotateError> {
        let Some(place) = place else {
            self.without_place += 1;
            return Ok(None);
        };
        if is_known(&place) {
            self.known += 1;
            return Ok(None);
        }
        if self.comments == MAX_COMMENTS {
            return Err(AnnotateError::TooManyComments);
        }
        self.comments += 1;
        Ok(Some(place))
    }
}
