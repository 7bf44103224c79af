//! What was not read of the files and drafts of a run, so that a clean verdict says over what it was given.

use std::path::Path;

use crate::draft::{Draft, UnreadReason};
use crate::lint::Unchecked;

/// A file that was not read, or the parts of a draft that were not read for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotRead {
    /// The file, or the draft as findings name it.
    pub path: String,
    /// The reason.
    pub reason: NotReadReason,
    /// The lines of a draft, from 1: the first and the last of each stretch. Empty where a whole file was not read, and where lines
    /// do not tell.
    pub lines: Vec<(usize, usize)>,
    /// What was not read, in words, without the path.
    pub message: String,
}

/// The reason for which something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotReadReason {
    /// A file of a kind that is not read.
    Format,
    /// A file that would be a configuration if it had the name of one.
    Name,
    /// Text of a draft that the packs do not look at, for its language or because it is hidden.
    Unchecked,
    /// A part of a draft that is not taken for its text.
    Part(UnreadReason),
}

impl NotReadReason {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            NotReadReason::Format => "format",
            NotReadReason::Name => "name",
            NotReadReason::Unchecked => "unchecked",
            NotReadReason::Part(reason) => reason.name(),
        }
    }

    /// True for what most drafts have, and what seldom is meant as their text: data before it, and comments.
    pub(crate) fn is_ordinary(self) -> bool {
        use UnreadReason::{Comment, FrontMatter};
        matches!(self, NotReadReason::Part(FrontMatter | Comment))
    }
}

/// The name of a reason in a sentence: lines of *code*.
pub(crate) fn words(reason: UnreadReason) -> &'static str {
    match reason {
        UnreadReason::Code => "code",
        UnreadReason::CodeSpan => "code between words",
        UnreadReason::FrontMatter => "front matter",
        UnreadReason::Comment => "comments",
        UnreadReason::Unclosed => "markup that nothing closes",
        UnreadReason::Deleted => "deleted text",
        UnreadReason::Hidden => "hidden text",
        UnreadReason::Math => "formulas",
        UnreadReason::Extension => "syntax of other programs",
    }
}

impl NotRead {
    /// A file of a kind that is not read, with this extension; it is empty where the name has none.
    pub fn format(path: &Path, extension: &str) -> NotRead {
        let message = match extension {
            "" => "files without an ending are not read in a folder".to_owned(),
            extension => format!(".{extension} files are not read"),
        };
        NotRead::file(path, NotReadReason::Format, message)
    }

    /// A file that would be a configuration if it were called `name`.
    pub fn misnamed(path: &Path, name: &str) -> NotRead {
        NotRead::file(path, NotReadReason::Name, format!("not read: a configuration is called {name}"))
    }

    fn file(path: &Path, reason: NotReadReason, message: String) -> NotRead {
        NotRead { path: path.display().to_string(), reason, lines: Vec::new(), message }
    }

    /// The parts of a draft that were not read, a reason each, and what the packs do not look at.
    pub fn of_draft(draft: &Draft, unchecked: &Unchecked) -> Vec<NotRead> {
        let path = || draft.name().to_string();
        let mut all: Vec<NotRead> = Vec::new();
        for unread in draft.unread() {
            let last = unread.span.end().saturating_sub(1).max(unread.span.start());
            let (first, last) = (draft.lines().index(unread.span.start()) + 1, draft.lines().index(last) + 1);
            let reason = NotReadReason::Part(unread.reason);
            let Some(known) = all.iter_mut().find(|known| known.reason == reason) else {
                all.push(NotRead { path: path(), reason, lines: vec![(first, last)], message: String::new() });
                continue;
            };
            match known.lines.last_mut().filter(|stretch| first <= stretch.1 + 1) {
                Some(stretch) => stretch.1 = stretch.1.max(last),
                None => known.lines.push((first, last)),
            }
        }
        for part in &mut all {
            if let NotReadReason::Part(reason) = part.reason {
                part.message = format!("{} in {}", words(reason), list(&part.lines));
            }
        }
        if !unchecked.is_empty() {
            let (reason, message) = (NotReadReason::Unchecked, unchecked.to_string());
            all.push(NotRead { path: path(), reason, lines: Vec::new(), message });
        }
        all
    }

    /// The number of lines that were not read.
    pub(crate) fn line_count(&self) -> usize {
        self.lines.iter().map(|(first, last)| last - first + 1).sum()
    }
}

/// Lines in words: "line 3", "lines 3-9, 14".
fn list(lines: &[(usize, usize)]) -> String {
    let stretch =
        |&(first, last): &(usize, usize)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let is_one = matches!(lines, [(first, last)] if first == last);
    let stretches: Vec<String> = lines.iter().map(stretch).collect();
    format!("{} {}", if is_one { "line" } else { "lines" }, stretches.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn parts_are_told_by_reason_and_lines() {
        let source = "---\ntitle: x\n---\n\nText.\n\n```\na\n```\n\nText `b`.\n\n    \n\n```\nc\n```\n";
        let draft = Draft::new(Format::Markdown, source);
        let told: Vec<_> = NotRead::of_draft(&draft, &Unchecked::default())
            .into_iter()
            .map(|part| (part.reason.name(), part.line_count(), part.message))
            .collect();
        let expected = [
            ("front-matter", 3, "front matter in lines 1-3".to_owned()),
            ("code", 6, "code in lines 7-9, 15-17".to_owned()),
            ("code-span", 1, "code between words in line 11".to_owned()),
        ];
        assert_eq!(told, expected);
    }
}
