//! A document with comments, or the reason for which there is none.

use std::io;
use std::sync::Arc;

use crate::draft::comment;
use crate::draft::{DocumentError, Draft};
use crate::finding::Finding;
use crate::rule::Rule;

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
        "only a copy of a Word document (.docx) or an OpenDocument text (.odt) can be annotated; of other drafts a Word document is made"
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
    /// The changes from another text cannot be put into the document, for this reason.
    #[error("{0}")]
    NoRedline(String),
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

/// The things that a copy of a document is to have.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Annotation<'a> {
    /// The findings that have a comment each.
    pub findings: &'a [Finding],
    /// Findings that have none, but whose comments stay where they are there: those that are passed over as not grave enough.
    pub passed_over: &'a [Finding],
    /// The draft with the suggestions that are tracked changes.
    pub fixed: Option<&'a Draft>,
    /// The rules that were looked for. A comment of comity's on one of them that belongs to no finding any more is taken out.
    pub rules: &'a [Arc<Rule>],
    /// True if it has no comment of comity's, be it new or old.
    pub strip: bool,
}

impl<'a> Annotation<'a> {
    /// A comment on each of these findings beside the comments that are there.
    pub fn new(findings: &'a [Finding]) -> Annotation<'a> {
        Annotation { findings, ..Annotation::default() }
    }

    /// True if a comment of comity's with this last paragraph, which belongs to no finding, is taken out.
    pub(super) fn is_gone(&self, last: &str) -> bool {
        self.strip
            || super::comment::rule(last).is_some_and(|id| self.rules.iter().any(|rule| rule.id().as_str() == id))
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
    /// The number of comments of comity's that were taken out of it: those that belong to no finding any more, or all.
    pub removed: usize,
    /// The number of those that belong to no finding any more, and stay because somebody has answered them.
    pub answered: usize,
    /// The number of tracked changes of comity's that were there already, and stay.
    pub old_changes: usize,
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
