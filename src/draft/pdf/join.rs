//! The pages of a file: what runs on from one to the next, and what stands on each.

use std::collections::HashMap;

use super::lines::Fragments;
use super::paragraphs::{PageParagraph, append, ends_sentence, paragraphs};
use crate::draft::document::{DocumentError, TrackedChange};
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole};
use crate::draft::stories::{Stories, StoryParagraph};
use crate::text::sentence::is_bullet;

/// The paragraphs of each page.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pages: Vec<Vec<PageParagraph>>,
    /// The number of pages that hold an image and no text.
    images: usize,
}

/// The pages on either side on which the same stands at the same end, if it runs on all of them.
const NEIGHBOURS: usize = 2;

impl Pages {
    /// Adds a page.
    pub(super) fn add(&mut self, fragments: Fragments, has_image: bool) {
        let page = paragraphs(fragments);
        self.images += usize::from(page.is_empty() && has_image);
        self.pages.push(page);
    }

    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Puts the paragraphs of all pages into stories, a story a page, and tells how many pages could not be read.
    pub(super) fn paragraphs(mut self, stories: &mut Stories) -> Result<usize, DocumentError> {
        self.mark_running_heads();
        let usual = self.usual_size();
        let mut done: Vec<(usize, PageParagraph)> = Vec::new();
        // By the size of letters: the paragraph that may go on, and the page that it began to be the last of.
        let mut open: HashMap<i64, usize> = HashMap::new();
        for (number, page) in self.pages.into_iter().enumerate() {
            // What belongs to the page is read behind its text.
            let (heads, body): (Vec<_>, Vec<_>) = page.into_iter().partition(|paragraph| paragraph.is_artifact);
            for paragraph in body {
                let size = (paragraph.size * 4.0).round() as i64;
                let before = open.get(&size).copied().filter(|&index| {
                    let (page, before) = &done[index];
                    number <= page + 1 && goes_on(before, &paragraph)
                });
                match before {
                    Some(index) => {
                        let (page, before) = &mut done[index];
                        append(&mut before.text, &paragraph.text, false);
                        before.lines += paragraph.lines;
                        *page = number.min(*page + 1);
                    }
                    None => {
                        open.insert(size, done.len());
                        done.push((number, paragraph));
                    }
                }
            }
            done.extend(heads.into_iter().map(|head| (number, head)));
        }
        for (number, paragraph) in done {
            let is_first = number == 0 && stories.is_empty();
            let role = role(&paragraph, usual, is_first);
            let is_listed = paragraph.text.starts_with(is_bullet);
            let text = paragraph.text.trim_start_matches(is_bullet).trim();
            let mut new = StoryParagraph { story: number, ..StoryParagraph::default() };
            new.more = ParagraphFacts { role, is_note: false, is_listed, ..ParagraphFacts::default() };
            stories.push(&mut new, text, [0, 0], TrackedChange::default())?;
            stories.add(new)?;
        }
        Ok(self.images)
    }

    /// Marks what stands at the upper or the lower end of pages that are near, and differs in numbers only.
    fn mark_running_heads(&mut self) {
        let ends: Vec<Vec<(usize, bool, String)>> = self.pages.iter().map(|page| heads(page)).collect();
        for (number, page) in self.pages.iter_mut().enumerate() {
            let near = number.saturating_sub(NEIGHBOURS)..(number + NEIGHBOURS + 1).min(ends.len());
            for (index, is_upper, text) in &ends[number] {
                let is_number = text.chars().all(|c| !c.is_alphabetic());
                let mut others = near.clone().filter(|&other| other != number);
                let is_there =
                    |other: usize| ends[other].iter().any(|(_, upper, head)| upper == is_upper && head == text);
                page[*index].is_artifact |= is_number || others.any(is_there);
            }
        }
    }

    /// The size of most letters.
    fn usual_size(&self) -> f64 {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        for paragraph in self.pages.iter().flatten() {
            *sizes.entry((paragraph.size * 4.0).round() as i64).or_default() += paragraph.text.len();
        }
        let most = sizes.into_iter().max_by_key(|&(size, letters)| (letters, size));
        most.map_or(0.0, |(size, _)| size as f64 / 4.0)
    }
}

/// What stands at the ends of a page: the index of the paragraph, if it is the upper end, and its text without its numbers.
fn heads(page: &[PageParagraph]) -> Vec<(usize, bool, String)> {
    let level = || page.iter().enumerate().filter(|(_, paragraph)| paragraph.is_level);
    let upper = level().max_by(|one, other| one.1.top.total_cmp(&other.1.top));
    let lower = level().min_by(|one, other| one.1.bottom.total_cmp(&other.1.bottom));
    let ends = [(upper, true), (lower, false)];
    let head = |((index, paragraph), is_upper): ((usize, &PageParagraph), bool)| {
        let text = paragraph.text.chars().filter(|c| !c.is_numeric()).collect::<String>();
        (paragraph.lines <= 2).then(|| (index, is_upper, text.trim().to_owned()))
    };
    ends.into_iter().filter_map(|(end, is_upper)| head((end?, is_upper))).collect()
}

/// True if a paragraph goes on in another, which stands in the next column or on the next page.
fn goes_on(before: &PageParagraph, next: &PageParagraph) -> bool {
    let letter = |c: char| c.is_alphabetic() && !c.is_uppercase();
    let is_long = before.lines > 1 || next.lines > 1;
    is_long && before.is_level == next.is_level && !ends_sentence(&before.text) && next.text.starts_with(letter)
}

/// The role of a paragraph, by its size. The first of a file that is one line and no sentence is its title.
fn role(paragraph: &PageParagraph, usual: f64, is_first: bool) -> ParagraphRole {
    let is_short = paragraph.lines <= 3 && !ends_sentence(&paragraph.text);
    match paragraph.size / usual.max(0.01) {
        _ if paragraph.is_artifact || !is_short => ParagraphRole::Body,
        times if times > 1.4 => ParagraphRole::Heading(0),
        times if times > 1.12 => ParagraphRole::Heading(1),
        _ if is_first && paragraph.lines == 1 => ParagraphRole::Heading(2),
        _ => ParagraphRole::Body,
    }
}
