//! The paragraphs of a page: lines that stand below each other, divided where a paragraph ends.

use super::drop_cap::join_drop_caps;
use super::lines::{COLUMN_GAP, Fragment, Fragments, WORD_GAP, join};
use crate::draft::layout::BREAK;
use crate::draft::paragraph::raised;
use crate::text::sentence::is_bullet;

/// A line of a block.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
}

impl Line {
    fn new(fragment: Fragment) -> Line {
        let Fragment { text, left, right, base, size, .. } = fragment;
        Line { text, left, right, base, size }
    }

    /// Adds what stands behind it on the same line.
    fn add(&mut self, next: Fragment) {
        let size = self.size.max(next.size);
        let is_gap = next.left - self.right > size * WORD_GAP;
        // The letters of a mark of a note are smaller: those of Word by a third, those of a browser by a sixth.
        let is_mark = |size_of: f64, up: f64, text: &str| {
            size_of < size * 0.8 && up > size * 0.1
                || (size_of < size * 0.95 || !is_gap) && up > size * 0.2 && text.chars().all(|c| !c.is_alphabetic())
        };
        let raise = |text: &str| text.chars().map(raised).collect::<String>();
        if is_mark(next.size, next.base - self.base, &next.text) {
            join(&mut self.text, &raise(&next.text), is_gap);
        } else {
            if is_mark(self.size, self.base - next.base, &self.text) {
                self.text = raise(&self.text);
            }
            join(&mut self.text, &next.text, is_gap);
        }
        if next.size > self.size {
            (self.base, self.size) = (next.base, next.size);
        }
        self.right = self.right.max(next.right);
    }

    /// True if of its letters and those of a fragment right behind them the smaller ones are raised, as marks of notes and the ends of
    /// ordinals are: Word raises them by nearly half of the size of the others.
    fn is_raised_beside(&self, next: &Fragment) -> bool {
        let size = self.size.max(next.size);
        let up = if next.size < self.size { next.base - self.base } else { self.base - next.base };
        self.size.min(next.size) < size * 0.8
            && (0.0..size * 0.6).contains(&up)
            && (next.left - self.right).abs() < size * 0.3
    }

    /// The width of its first word, as letters of the line are wide.
    fn first_word(&self) -> f64 {
        let count = |text: &str| text.chars().count().max(1) as f64;
        let text = self.text.trim();
        (self.right - self.left) * count(text.split_whitespace().next().unwrap_or_default()) / count(text)
    }
}

/// Lines that stand below each other.
#[derive(Debug)]
struct BlockOfLines {
    lines: Vec<Line>,
    left: f64,
    right: f64,
    turn: u8,
    is_artifact: bool,
}

/// A paragraph of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageParagraph {
    pub(super) text: String,
    /// The size of its letters.
    pub(super) size: f64,
    /// The height of its first line and of its last on the page.
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) lines: usize,
    /// True for what belongs to the page and not to its text.
    pub(super) is_artifact: bool,
    /// True if it runs as the lines of a page do.
    pub(super) is_level: bool,
}

/// The most blocks, of those that came last, that a line may go on in.
const MOST_OPEN: usize = 64;

/// The greatest distance of two lines of a block, in sizes of letters: that of lines with two spaces.
const MAX_LEADING: f64 = 2.7;

/// The paragraphs of a page.
pub(super) fn paragraphs(mut fragments: Fragments) -> Vec<PageParagraph> {
    join_drop_caps(&mut fragments.all);
    let mut blocks: Vec<BlockOfLines> = Vec::new();
    // The blocks by when a line was added to them, the last one last.
    let mut recent: Vec<usize> = Vec::new();
    for fragment in fragments.all.into_iter().filter(|fragment| !fragment.text.is_empty()) {
        if let Some(&last) = recent.last()
            && blocks[last].goes_on_in(&fragment)
        {
            blocks[last].add_to_line(fragment);
            continue;
        }
        // White space by itself is no line.
        if fragment.text.trim().is_empty() {
            continue;
        }
        let open = recent.iter().rev().take(MOST_OPEN).copied().find(|&index| blocks[index].is_above(&fragment));
        match open {
            Some(index) => {
                blocks[index].add_line(fragment);
                recent.retain(|&other| other != index);
                recent.push(index);
            }
            None => {
                recent.push(blocks.len());
                blocks.push(BlockOfLines::new(fragment));
            }
        }
        if recent.len() > MOST_OPEN {
            recent.remove(0);
        }
    }
    blocks.into_iter().flat_map(BlockOfLines::paragraphs).collect()
}

impl BlockOfLines {
    fn new(fragment: Fragment) -> BlockOfLines {
        let Fragment { left, right, turn, is_artifact, .. } = fragment;
        BlockOfLines { lines: vec![Line::new(fragment)], left, right, turn, is_artifact }
    }

    /// True if its last line goes on in a fragment.
    fn goes_on_in(&self, next: &Fragment) -> bool {
        let Some(line) = self.lines.last() else {
            return false;
        };
        let size = line.size.max(next.size);
        let is_level = (line.base - next.base).abs() < size * 0.45 || line.is_raised_beside(next);
        if self.turn != next.turn
            || !is_level
            || self.is_artifact != next.is_artifact
            || next.left < line.right - size * 0.3
        {
            return false;
        }
        // A gap that the line above runs over is none between columns.
        let above = self.lines.len().checked_sub(2).map(|index| &self.lines[index]);
        next.left - line.right < size * COLUMN_GAP
            || above.is_some_and(|above| above.left < line.right && above.right > next.left + size)
    }

    fn add_to_line(&mut self, next: Fragment) {
        self.right = self.right.max(next.right);
        if let Some(line) = self.lines.last_mut() {
            line.add(next);
        }
    }

    /// True if a fragment may begin the line below its last.
    fn is_above(&self, next: &Fragment) -> bool {
        let Some(line) = self.lines.last() else {
            return false;
        };
        let size = line.size.max(next.size);
        let down = line.base - next.base;
        self.turn == next.turn
            && self.is_artifact == next.is_artifact
            && (line.size - next.size).abs() < size * 0.15
            && (size * 0.45..size * MAX_LEADING).contains(&down)
            && next.left < self.right
            && next.right > self.left - size * 8.0
            && next.left > self.left - size * 8.0
    }

    fn add_line(&mut self, next: Fragment) {
        (self.left, self.right) = (self.left.min(next.left), self.right.max(next.right));
        self.lines.push(Line::new(next));
    }

    /// Divides the block into paragraphs.
    fn paragraphs(self) -> Vec<PageParagraph> {
        let mut downs: Vec<f64> = self.lines.windows(2).map(|pair| pair[0].base - pair[1].base).collect();
        downs.sort_by(f64::total_cmp);
        let leading = downs.get(downs.len().saturating_sub(1) / 2).copied().unwrap_or_default();
        let spaced = self.lines.iter().filter(|line| line.text.ends_with(char::is_whitespace)).count();
        let ends_in_spaces = spaced * 4 > self.lines.len();
        let mut paragraphs: Vec<PageParagraph> = Vec::new();
        let mut before: Option<&Line> = None;
        for line in &self.lines {
            let goes_on = before.is_some_and(|before| !self.is_end(before, line, leading));
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(open) => {
                    append(&mut open.text, &line.text, ends_in_spaces);
                    open.bottom = line.base;
                    open.lines += 1;
                }
                None => paragraphs.push(PageParagraph {
                    text: line.text.trim_start().to_owned(),
                    size: line.size,
                    top: line.base,
                    bottom: line.base,
                    lines: 1,
                    is_artifact: self.is_artifact,
                    is_level: self.turn == 0,
                }),
            }
            before = Some(line);
        }
        paragraphs
    }

    /// True if a paragraph ends between two lines. What is not sure goes on: a phrase that is cut in two is not found.
    fn is_end(&self, line: &Line, next: &Line, leading: f64) -> bool {
        if line.base - next.base > leading * 1.35 {
            return true;
        }
        let begins = next.text.trim_start();
        if begins.starts_with(is_bullet) {
            return true;
        }
        // The first word of the next line would have had room.
        let has_room = self.right - line.right > next.first_word() + line.size * 0.5;
        let is_indented = next.left > line.left + line.size * 0.8 && next.left > self.left + line.size * 0.8;
        let is_start = begins.starts_with(|c: char| !c.is_lowercase());
        (has_room && is_start) || (is_indented && is_start && ends_sentence(&line.text))
    }
}

/// True if a sentence may end at the end of a text.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']', '\u{bb}']);
    text.trim_end_matches(|c: char| matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}'))
        .ends_with(['.', ':', ';', '!', '?', '\u{3002}', '\u{ff01}', '\u{ff1f}'])
}

/// Adds a line to a paragraph. `ends_in_spaces` is true where lines end in the spaces between words, so that one which does not ends
/// in a word.
pub(super) fn append(text: &mut String, line: &str, ends_in_spaces: bool) {
    let line = line.trim_start();
    let has_space = text.ends_with(char::is_whitespace);
    text.truncate(text.trim_end().len());
    let is_hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let (last, first) = (text.chars().next_back().unwrap_or(' '), line.chars().next().unwrap_or(' '));
    if is_hangul(last) && is_hangul(first) && ends_in_spaces && !has_space {
        // Korean is cut anywhere.
    } else if last.is_ascii() && last != '-' || is_hangul(last) {
        text.push(' ');
    } else {
        // Behind a hyphen and between letters of Chinese and Japanese it is the end of a line that counts.
        text.push(BREAK);
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of letters of size 10, each half as wide, at these places.
    fn page(lines: &[(f64, f64, &str)]) -> Vec<String> {
        let mut fragments = Fragments::default();
        for (left, base, text) in lines {
            let right = left + text.chars().count() as f64 * 5.0;
            fragments.push(Fragment::new((*text).to_owned(), [*left, *base], [right, *base], 10.0, false, false));
        }
        fragments.end();
        paragraphs(fragments).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn lines_below_each_other_are_a_paragraph_until_it_ends() {
        let long = "The two leaders reaffirmed what they had said of China";
        /// The left edge and the base of a line, and its text.
        type Line<'t> = (f64, f64, &'t str);
        let cases: &[(&[Line<'_>], &[&str])] = &[
            (
                &[(50.0, 700.0, long), (50.0, 688.0, "containment and of peace.")],
                &["The two leaders reaffirmed what they had said of China containment and of peace."],
            ),
            // A space between paragraphs.
            (
                &[(50.0, 700.0, long), (50.0, 688.0, &format!("{long}.")), (50.0, 668.0, "And more")],
                &[&format!("{long} {long}."), "And more"],
            ),
            // None, but room for a word.
            (
                &[(50.0, 700.0, long), (50.0, 688.0, "containment."), (50.0, 676.0, "They met.")],
                &[&format!("{long} containment."), "They met."],
            ),
            // An indent.
            (&[(50.0, 700.0, &format!("{long}.")), (70.0, 688.0, long)], &[&format!("{long}."), long]),
            // Two columns, one line of each at a time.
            (
                &[(50.0, 700.0, long), (400.0, 700.0, long), (50.0, 688.0, "of old"), (400.0, 688.0, "of new")],
                &[&format!("{long} of old"), &format!("{long} of new")],
            ),
            (
                &[(50.0, 700.0, &format!("{long} inter-")), (50.0, 688.0, "national")],
                &[&format!("{long} inter-\u{b}national")],
            ),
            (
                &[(50.0, 700.0, "\u{2022} one of them"), (50.0, 688.0, "\u{2022} two of them")],
                &["\u{2022} one of them", "\u{2022} two of them"],
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(page(lines), *expected, "{lines:?}");
        }
    }

    #[test]
    fn small_letters_that_are_raised_stand_on_their_line() {
        let line = |pieces: &[(f64, f64, &str)]| {
            let (mut fragments, mut left) = (Fragments::default(), 50.0);
            for (size, up, text) in pieces {
                let right = left + text.chars().count() as f64 * size / 2.0;
                let text = (*text).to_owned();
                fragments.push(Fragment::new(text, [left, 700.0 + up], [right, 700.0 + up], *size, false, false));
                left = right;
            }
            fragments.end();
            paragraphs(fragments).into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>()
        };
        for up in [3.0, 5.0, 5.5, 6.0] {
            assert_eq!(line(&[(12.0, 0.0, "the 21"), (8.0, up, "st"), (12.0, 0.0, " century")]), ["the 21st century"]);
            assert_eq!(line(&[(8.0, up, "15"), (12.0, 0.0, " See below.")]), ["\u{b9}\u{2075} See below."]);
        }
        // A line of its own above the other.
        assert_eq!(line(&[(12.0, 0.0, "below"), (8.0, 9.0, "above")]), ["below", "above"]);
    }
}
