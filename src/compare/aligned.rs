//! Two drafts side by side: all that they say, what did not change too, in the order in which each is read.

use std::collections::{HashMap, VecDeque};

use super::excerpt::{DraftSentences, Excerpt};
use super::{ChangeKind, ComparedTexts, SentenceChange};

/// A sentence of the old draft, what stands for it in the new one, or both. What has no word, such as a rule of dashes that is a
/// paragraph, counts as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlignedRow {
    /// The sentence of the old draft, or several that became one.
    pub old: Option<Excerpt>,
    /// The sentence of the new draft, or several that one became. One that moved has two rows, in each draft where it stands there.
    pub new: Option<Excerpt>,
    /// The index of what changed in it in [`Comparison::sentences`](super::Comparison::sentences).
    pub change: Option<usize>,
}

impl AlignedRow {
    /// The blocks of the old draft and of the new one that its sentences stand in, by their indices; `None` if only one of them has any.
    pub fn blocks(&self) -> Option<(usize, usize)> {
        Some((self.old.as_ref()?.site.block, self.new.as_ref()?.site.block))
    }
}

/// A sentence of one draft, or several that belong together.
struct Item {
    excerpt: Excerpt,
    /// The number of its pair.
    pair: Option<usize>,
    has_words: bool,
}

impl ComparedTexts<'_> {
    /// The two drafts side by side: each sentence of either once, in its order.
    pub fn aligned(&self) -> Vec<AlignedRow> {
        let [old, new] = self.sides();
        let (mut of_old, mut of_new) = (vec![None; old.sentences.len()], vec![None; new.sentences.len()]);
        for (number, pair) in self.pairs.iter().enumerate() {
            of_old[pair.old.clone()].fill(Some(number));
            of_new[pair.new.clone()].fill(Some(number));
        }
        let changes = ChangeIndex::new(&self.changes);
        let mut rows = Rows { changes, rows: Vec::new() };
        let mut olds: VecDeque<Item> = items(old, &of_old).into();
        let mut added: Vec<Item> = Vec::new();
        for item in items(new, &of_new) {
            let Some(number) = item.pair.filter(|&number| !self.pairs[number].moved) else {
                added.push(item);
                continue;
            };
            let mut gone: Vec<Item> = Vec::new();
            while let Some(old) = olds.pop_front() {
                if old.pair == Some(number) {
                    rows.apart(std::mem::take(&mut gone), std::mem::take(&mut added));
                    rows.add(Some(old), Some(item));
                    break;
                }
                gone.push(old);
            }
        }
        rows.apart(olds.into(), added);
        rows.rows
    }
}

/// The sentences of a draft in order, those of one pair as one. `pairs` has the number of the pair of each.
fn items(side: DraftSentences<'_>, pairs: &[Option<usize>]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    for (index, block) in side.draft.blocks().iter().enumerate() {
        let is_inside = |at: usize| side.sentences.get(at).is_some_and(|sentence| sentence.block == index);
        if !is_inside(at) && !block.text().trim().is_empty() {
            items.push(Item { excerpt: side.whole_block(index), pair: None, has_words: false });
        }
        while is_inside(at) {
            let pair = pairs[at];
            let mut end = at + 1;
            while pair.is_some() && is_inside(end) && pairs[end] == pair {
                end += 1;
            }
            items.push(Item { excerpt: side.place(at, end - 1, Vec::new()), pair, has_words: true });
            at = end;
        }
    }
    items
}

struct Rows<'c> {
    changes: ChangeIndex<'c>,
    rows: Vec<AlignedRow>,
}

impl Rows<'_> {
    fn add(&mut self, old: Option<Item>, new: Option<Item>) {
        let new_change = new.as_ref().and_then(|item| self.changes.of_new(&item.excerpt));
        let change = new_change.or_else(|| old.as_ref().and_then(|item| self.changes.of_old(&item.excerpt)));
        // What differs is known to the change.
        let marked =
            change.map(|index| &self.changes.changes[index]).filter(|change| change.kind == ChangeKind::Changed);
        let excerpt =
            |item: Option<Item>, marked: Option<&Excerpt>| item.map(|item| marked.cloned().unwrap_or(item.excerpt));
        let old = excerpt(old, marked.and_then(|change| change.old.as_ref()));
        let new = excerpt(new, marked.and_then(|change| change.new.as_ref()));
        self.rows.push(AlignedRow { old, new, change });
    }

    /// Adds what lies between two sentences that stayed where they were: what is gone before what is new. What has no words stays if
    /// both drafts have it.
    fn apart(&mut self, gone: Vec<Item>, added: Vec<Item>) {
        let mut wordless: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, old) in gone.iter().enumerate().filter(|(_, old)| !old.has_words) {
            wordless.entry(old.excerpt.text.clone()).or_default().push_back(at);
        }
        let mut gone = gone.into_iter();
        let mut done = 0;
        let mut before: Vec<Item> = Vec::new();
        for new in added {
            let places = wordless.get_mut(&new.excerpt.text).filter(|_| !new.has_words);
            let place = places.and_then(|places| {
                while places.front().is_some_and(|at| *at < done) {
                    places.pop_front();
                }
                places.pop_front()
            });
            let Some(place) = place else {
                before.push(new);
                continue;
            };
            gone.by_ref().take(place - done).for_each(|old| self.add(Some(old), None));
            before.drain(..).for_each(|new| self.add(None, Some(new)));
            self.add(gone.next(), Some(new));
            done = place + 1;
        }
        gone.for_each(|old| self.add(Some(old), None));
        before.into_iter().for_each(|new| self.add(None, Some(new)));
    }
}

/// The changes by the places of their sentences.
struct ChangeIndex<'c> {
    changes: &'c [SentenceChange],
    olds: Vec<ChangePlace>,
    news: Vec<ChangePlace>,
}

/// The block of a sentence that changed, its first byte there, the byte behind its last, and the index of the change.
type ChangePlace = (usize, usize, usize, usize);

impl ChangeIndex<'_> {
    fn new(changes: &[SentenceChange]) -> ChangeIndex<'_> {
        let places = |side: fn(&SentenceChange) -> Option<&Excerpt>| {
            let place = |(index, change)| {
                let Excerpt { site, .. } = side(change)?;
                Some((site.block, site.span.start(), site.span.end(), index))
            };
            let mut places: Vec<ChangePlace> = changes.iter().enumerate().filter_map(place).collect();
            places.sort_unstable();
            places
        };
        ChangeIndex { changes, olds: places(|change| change.old.as_ref()), news: places(|change| change.new.as_ref()) }
    }

    fn of_old(&self, excerpt: &Excerpt) -> Option<usize> {
        find(&self.olds, excerpt)
    }

    fn of_new(&self, excerpt: &Excerpt) -> Option<usize> {
        find(&self.news, excerpt)
    }
}

/// The change of a sentence; several that moved together are one change.
fn find(places: &[ChangePlace], Excerpt { site, .. }: &Excerpt) -> Option<usize> {
    let next = places.partition_point(|&(block, start, ..)| (block, start) <= (site.block, site.span.start()));
    let &(block, _, end, index) = places[..next].last()?;
    (block == site.block && site.span.start() < end).then_some(index)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draft::{Draft, Format};

    fn draft(text: &str) -> Draft {
        Draft::new(Format::Markdown, text)
    }

    /// The rows as one reads them: the old sentence, the new one, and what became of it.
    fn told(old: &str, new: &str) -> Vec<(String, String, &'static str)> {
        let (old, new) = (draft(old), draft(new));
        let texts = ComparedTexts::new(&old, &new);
        let text =
            |excerpt: &Option<Excerpt>| excerpt.as_ref().map_or_else(String::new, |excerpt| excerpt.text.clone());
        let what = |row: &AlignedRow| row.change.map_or("", |index| texts.changes[index].kind.name());
        texts.aligned().iter().map(|row| (text(&row.old), text(&row.new), what(row))).collect()
    }

    #[test]
    fn each_sentence_stands_beside_what_became_of_it() {
        type Case<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str, &'t str)]);
        let cases: &[Case<'_>] = &[
            (
                "# Talks\n\nThey met. They will share all data on cargo. It rained all day.\n",
                "# Talks\n\nThey met. They may share all data on cargo. Trade has grown.\n",
                &[
                    ("Talks", "Talks", ""),
                    ("They met.", "They met.", ""),
                    ("They will share all data on cargo.", "They may share all data on cargo.", "changed"),
                    ("It rained all day.", "", "deleted"),
                    ("", "Trade has grown.", "added"),
                ],
            ),
            // One that moved stands in either draft where it stands there, and those that moved together are one change.
            (
                "Trade has grown by half. Timber is certified. They met in Ulmar. The panel will meet again. It rained.\n",
                "They met in Ulmar. The panel will meet again. It rained. Trade has grown by half. Timber is certified.\n",
                &[
                    ("Trade has grown by half.", "", "moved"),
                    ("Timber is certified.", "", "moved"),
                    ("They met in Ulmar.", "They met in Ulmar.", ""),
                    ("The panel will meet again.", "The panel will meet again.", ""),
                    ("It rained.", "It rained.", ""),
                    ("", "Trade has grown by half.", "moved"),
                    ("", "Timber is certified.", "moved"),
                ],
            ),
            // What has no words.
            (
                "They met.\n\n\\* \\*\n\nIt rained.\n",
                "They met.\n\n\\* \\*\n\nTrade has grown.\n\n\\~\n",
                &[
                    ("They met.", "They met.", ""),
                    ("* *", "* *", ""),
                    ("It rained.", "", "deleted"),
                    ("", "Trade has grown.", "added"),
                    ("", "~", ""),
                ],
            ),
            ("", "They met.\n", &[("", "They met.", "added")]),
            ("", "", &[]),
        ];
        for (old, new, expected) in cases {
            let found = told(old, new);
            let found: Vec<_> = found.iter().map(|(old, new, what)| (old.as_str(), new.as_str(), *what)).collect();
            assert_eq!(found, *expected, "{old} | {new}");
        }
    }

    proptest! {
        #[test]
        fn all_words_of_both_drafts_stand_in_the_rows_once_and_in_order(
            old in "([A-Z][a-z ]{0,12}(talks|cargo|will|may)[.] |[*~]\n\n|\n\n){0,12}",
            new in "([A-Z][a-z ]{0,12}(talks|cargo|will|may)[.] |[*~]\n\n|\n\n){0,12}",
        ) {
            let (old, new) = (Draft::new(Format::Text, old), Draft::new(Format::Text, new));
            let texts = ComparedTexts::new(&old, &new);
            let rows = texts.aligned();
            let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let whole = |draft: &Draft| draft.blocks().iter().map(|block| squeezed(block.text())).collect::<String>();
            let side = |side: fn(&AlignedRow) -> Option<&Excerpt>| {
                rows.iter().filter_map(side).map(|excerpt| squeezed(&excerpt.text)).collect::<String>()
            };
            prop_assert_eq!(side(|row| row.old.as_ref()), whole(&old));
            prop_assert_eq!(side(|row| row.new.as_ref()), whole(&new));
            let mut told: Vec<usize> = rows.iter().filter_map(|row| row.change).collect();
            told.sort_unstable();
            told.dedup();
            prop_assert_eq!(told, (0..texts.changes.len()).collect::<Vec<_>>());
        }
    }
}
