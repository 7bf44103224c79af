//! The numbers of ordered lists, as browsers count them (HTML, 4.4.5 to 4.4.8).

use std::sync::Arc;

use super::element;
use super::token::Tag;
use crate::text::block::ListLabel;
use crate::text::numeral::Numerals;

/// The part that an open element has in lists.
#[derive(Debug, Default)]
pub(super) enum ListPart {
    /// It is no list and no item.
    #[default]
    None,
    /// A list without numbers.
    Bullets,
    Numbers(OrderedList),
    /// An item, and the number before it.
    Item(Option<Arc<ListLabel>>),
}

/// An ordered list that is open.
#[derive(Debug)]
pub(super) struct OrderedList {
    /// The number of the next item; `None` where that takes knowing how many there are.
    next: Option<i64>,
    step: i64,
    numerals: Option<Numerals>,
    level: usize,
    /// The label of the item that the list stands in.
    above: Option<Arc<ListLabel>>,
}

impl OrderedList {
    pub(super) fn new(tag: &Tag, level: usize, above: Option<Arc<ListLabel>>) -> OrderedList {
        let is_reversed = tag.attribute("reversed").is_some();
        let start = tag.attribute("start").and_then(|start| integer(&start.value));
        let next = start.or((!is_reversed).then_some(1));
        let numerals = element::list_numerals(tag).unwrap_or(Some(Numerals::Decimal));
        OrderedList { next, step: if is_reversed { -1 } else { 1 }, numerals, level, above }
    }

    /// Counts an item: the label before it, if there is a number in it.
    pub(super) fn item(&mut self, tag: &Tag) -> Option<Arc<ListLabel>> {
        let own = tag.attribute("value").and_then(|value| integer(&value.value));
        let number = own.or(self.next)?;
        self.next = number.checked_add(self.step);
        let numerals = element::list_numerals(tag).unwrap_or(self.numerals)?;
        // What letters cannot count is counted with digits.
        let value = u32::try_from(number).ok()?;
        let written = numerals.write(value).unwrap_or_else(|| value.to_string());
        Some(Arc::new(ListLabel::number(&format!("{written}."), self.above.as_deref(), self.level)))
    }
}

/// The number that an attribute begins with, as browsers read it.
fn integer(value: &str) -> Option<i64> {
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let sign = usize::from(value.starts_with(['-', '+']));
    let digits = value[sign..].bytes().take_while(u8::is_ascii_digit).count();
    value[..sign + digits].parse().ok()
}
