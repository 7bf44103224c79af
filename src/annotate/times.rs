//! What tracked changes are, and when they were made.

use super::comment::two_times;
use crate::fix::Edit;

/// The kind of a tracked change: of words, of the mark at the end of a paragraph, of a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrackKind {
    Inserted,
    Deleted,
}

impl TrackKind {
    /// The name of its element in WordprocessingML.
    pub(super) fn name(self) -> &'static str {
        match self {
            TrackKind::Inserted => "ins",
            TrackKind::Deleted => "del",
        }
    }

    /// The change of what is in one version only.
    pub(super) fn between<T>(old: Option<T>, new: Option<T>) -> Option<TrackKind> {
        match (old, new) {
            (Some(_), None) => Some(TrackKind::Deleted),
            (None, Some(_)) => Some(TrackKind::Inserted),
            _ => None,
        }
    }
}

/// The times of the changes of a document, paragraph by paragraph: those at the two sides of a mark that stays are not of one minute.
#[derive(Debug)]
pub(super) struct ChangeTimes {
    times: [String; 2],
    current: usize,
    /// The change that the last paragraph ends with, if the mark behind it is no part of it.
    open_end: Option<TrackKind>,
}

impl Default for ChangeTimes {
    fn default() -> ChangeTimes {
        ChangeTimes { times: two_times(), current: 0, open_end: None }
    }
}

impl ChangeTimes {
    /// The time of the changes of the paragraph that is written.
    pub(super) fn now(&self) -> &str {
        &self.times[self.current]
    }

    /// Begins a paragraph of which the text `before` is edited, and the mark changed.
    pub(super) fn begin(&mut self, before: &str, edits: &[Edit], mark: Option<TrackKind>) {
        let first = edits.first().filter(|edit| edit.span.start() == 0);
        let first = first.map(|edit| if edit.span.is_empty() { TrackKind::Inserted } else { TrackKind::Deleted });
        let last = edits.last().filter(|edit| edit.span.end() == before.len());
        let last = last.map(|edit| if edit.text.is_empty() { TrackKind::Deleted } else { TrackKind::Inserted });
        let is_bare = before.is_empty() && edits.is_empty();
        if self.open_end.is_some() && self.open_end == (if is_bare { mark } else { first }) {
            self.current = 1 - self.current;
        }
        self.open_end = last.filter(|last| Some(*last) != mark);
    }
}
