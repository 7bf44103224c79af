//! The lists of documents of office suites: counters for their levels, and the labels that their programs make of these.

use crate::text::block::ListLabel;
use crate::text::numeral::Numerals;

/// The most levels that a list has: nine in Word, ten in OpenDocument.
pub(crate) const LEVELS: usize = 10;

/// The most characters of a label that are read, numbers among them.
pub(crate) const MAX_LABEL: usize = 64;

/// A piece of the label of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LabelPiece {
    Text(String),
    /// The number of the level with this index.
    Number(usize),
}

/// The manner in which the items of a level are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ItemMarks {
    #[default]
    Bullets,
    /// No number, though the level counts.
    Nothing,
    Numbers(Numerals),
    /// Numbers of a kind that is not known here: no label is told rather than a wrong one.
    Unknown,
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListLevel {
    pub(crate) pieces: Vec<LabelPiece>,
    pub(crate) marks: ItemMarks,
    pub(crate) start: u32,
    /// True if all numbers in the label are digits, whatever they are on their own levels.
    pub(crate) is_legal: bool,
    /// The number of levels, from the first on, whose items make this one begin anew; `None` for all above it.
    pub(crate) restarts_below: Option<usize>,
}

/// The number that a level has come to.
#[derive(Debug, Clone, Copy)]
struct LevelCount {
    value: u32,
    /// True if no item of the level is there: one of a level below has begun it.
    is_assumed: bool,
}

/// The numbers that a list has come to.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListCounters([Option<LevelCount>; LEVELS]);

impl ListCounters {
    /// Counts an item of this level, which has the number `starts` if that says one, and tells its label.
    pub(crate) fn count(&mut self, level: usize, levels: &[ListLevel], starts: Option<u32>) -> Option<ListLabel> {
        let own = levels.get(level)?;
        let count = self.0.get_mut(level)?;
        let next = count.map_or(own.start, |count| count.value.saturating_add(1));
        *count = Some(LevelCount { value: starts.unwrap_or(next), is_assumed: false });
        // An item without one above it begins the levels above as well.
        for (above, count) in levels.iter().zip(&mut self.0).take(level) {
            count.get_or_insert(LevelCount { value: above.start, is_assumed: true });
        }
        for (deeper, count) in self.0.iter_mut().enumerate().skip(level + 1) {
            let below = levels.get(deeper).and_then(|deeper| deeper.restarts_below).unwrap_or(deeper);
            if level < below {
                *count = None;
            }
        }
        self.label(level, levels)
    }

    fn label(&self, level: usize, levels: &[ListLevel]) -> Option<ListLabel> {
        let own = levels.get(level)?;
        let (mut drawn, mut shown) = (String::new(), level);
        let mut has_number = false;
        for piece in &own.pieces {
            match piece {
                LabelPiece::Text(text) => drawn.push_str(text),
                LabelPiece::Number(index) => {
                    let counted = levels.get(*index)?;
                    let value = self.0.get(*index)?.map_or(counted.start, |count| count.value);
                    match counted.marks {
                        ItemMarks::Numbers(_) if own.is_legal => drawn.push_str(&value.to_string()),
                        ItemMarks::Numbers(numerals) => drawn.push_str(&numerals.write(value)?),
                        ItemMarks::Nothing | ItemMarks::Bullets => continue,
                        ItemMarks::Unknown => return None,
                    }
                    has_number = true;
                    shown = shown.min(*index);
                }
            }
        }
        let drawn: String = drawn.chars().take(MAX_LABEL).collect();
        match own.marks {
            ItemMarks::Unknown => None,
            _ if drawn.trim().is_empty() => None,
            ItemMarks::Numbers(_) if has_number => {
                let is_used = |above: &usize| self.0[*above].is_some_and(|count| !count.is_assumed);
                let above = (0..shown).rev().filter(is_used).find_map(|above| self.label(above, levels));
                Some(ListLabel::number(&drawn, above.as_ref(), level))
            }
            _ => Some(ListLabel::bullet(&drawn, level)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str, numerals: Numerals) -> ListLevel {
        let mut pieces = Vec::new();
        for c in text.chars() {
            pieces.push(match c.to_digit(10) {
                Some(number) => LabelPiece::Number(number as usize - 1),
                None => LabelPiece::Text(c.to_string()),
            });
        }
        ListLevel { pieces, marks: ItemMarks::Numbers(numerals), start: 1, ..ListLevel::default() }
    }

    #[test]
    fn items_are_counted_level_by_level() {
        let mut levels = vec![
            level("1.", Numerals::CapitalRoman),
            level("1.2", Numerals::Decimal),
            level("(3)", Numerals::Letters),
            level("1.2.4", Numerals::Decimal),
        ];
        levels[3].is_legal = true;
        levels[2].restarts_below = Some(1);
        let items: &[(usize, Option<u32>, &str, &str)] = &[
            (0, None, "I.", "I"),
            (1, None, "I.1", "I.1"),
            (2, None, "(a)", "I.1 (a)"),
            (2, None, "(b)", "I.1 (b)"),
            (1, None, "I.2", "I.2"),
            // It goes on where a section begins, and begins anew where a part does.
            (2, None, "(c)", "I.2 (c)"),
            (0, None, "II.", "II"),
            (1, Some(7), "II.7", "II.7"),
            (1, None, "II.8", "II.8"),
            (2, None, "(a)", "II.8 (a)"),
            (3, None, "2.8.1", "2.8.1"),
        ];
        let mut counters = ListCounters::default();
        for (at, starts, drawn, number) in items {
            let label = counters.count(*at, &levels, *starts).unwrap();
            assert_eq!((label.drawn.as_str(), label.number.as_deref()), (*drawn, Some(*number)));
        }
    }

    #[test]
    fn an_item_begins_the_levels_above_it() {
        let levels = [level("1.", Numerals::Decimal), level("1.2", Numerals::Decimal), level("(3)", Numerals::Letters)];
        let mut counters = ListCounters::default();
        // As Word and LibreOffice count.
        for (at, drawn, number) in [(2, "(a)", "(a)"), (1, "1.2", "1.2"), (0, "2.", "2"), (2, "(a)", "2 (a)")] {
            let label = counters.count(at, &levels, None).unwrap();
            assert_eq!((label.drawn.as_str(), label.number.as_deref()), (drawn, Some(number)));
        }
    }

    #[test]
    fn what_shows_no_number_has_none() {
        let unknown = ListLevel { marks: ItemMarks::Unknown, ..level("1", Numerals::Decimal) };
        let bullet = ListLevel { pieces: vec![LabelPiece::Text("\u{2013}".to_owned())], ..ListLevel::default() };
        let nothing = ListLevel { marks: ItemMarks::Nothing, ..level("1", Numerals::Decimal) };
        let count = |level: ListLevel| ListCounters::default().count(0, &[level], None);
        assert_eq!(count(unknown), None);
        assert_eq!(count(nothing), None);
        assert_eq!(count(bullet), Some(ListLabel::bullet("\u{2013}", 0)));
        assert_eq!(ListCounters::default().count(20, &[], None), None);
    }
}
