//! The items of the lists of an OpenDocument text, and which list each is counted in.

use std::collections::HashMap;
use std::sync::Arc;

use super::styles::VisibleStyles;
use crate::draft::list::ListCounters;
use crate::draft::xml::XmlElement;
use crate::text::block::ListLabel;

/// The list that numbered headings are counted in.
pub(super) const OUTLINE: usize = 0;

/// A paragraph that is counted in a list.
#[derive(Debug, Clone)]
pub(super) struct OdtItem {
    /// The number of its list.
    pub(super) list: usize,
    /// The level, from 0.
    pub(super) level: usize,
    /// The list style; `None` for headings.
    pub(super) style: Option<Arc<str>>,
    /// The number that it has, if it says one.
    pub(super) starts: Option<u32>,
}

impl OdtItem {
    /// Counts it, and tells the label that LibreOffice draws before it.
    pub(super) fn count(
        &self,
        styles: VisibleStyles<'_>,
        counters: &mut HashMap<usize, ListCounters>,
    ) -> Option<ListLabel> {
        let levels = match &self.style {
            Some(style) => styles.list(style)?,
            None => styles.outline(),
        };
        counters.entry(self.list).or_default().count(self.level, levels, self.starts)
    }
}

/// A list that is open.
#[derive(Debug, Clone)]
pub(super) struct OpenOdtList {
    /// The number of the list that its items are counted in.
    pub(super) list: usize,
    pub(super) level: usize,
    pub(super) style: Option<Arc<str>>,
    /// The item that is open, until its first paragraph comes: the number that it says it has.
    pub(super) item: Option<Option<u32>>,
}

/// The lists of a document, by which others go on.
#[derive(Debug, Default)]
pub(super) struct KnownLists {
    /// The number of the last list.
    last: usize,
    by_id: HashMap<String, usize>,
    /// The last list of each style.
    by_style: HashMap<String, usize>,
}

impl KnownLists {
    /// A list that begins, in the one around it if there is one.
    pub(super) fn open(&mut self, element: &XmlElement<'_>, around: Option<&OpenOdtList>) -> OpenOdtList {
        let own: Option<Arc<str>> = element.attribute("style-name").map(Arc::from);
        if let Some(around) = around {
            let style = own.or_else(|| around.style.clone());
            return OpenOdtList { list: around.list, level: around.level + 1, style, item: None };
        }
        let continued = element.attribute("continue-list").and_then(|id| self.by_id.get(&id).copied());
        let goes_on = element.attribute("continue-numbering").is_some_and(|goes_on| goes_on == "true");
        let of_style = || self.by_style.get(own.as_deref().unwrap_or_default()).copied().filter(|_| goes_on);
        let list = continued.or_else(of_style);
        let list = list.unwrap_or_else(|| self.next());
        self.learn(element.attribute("id"), own.as_deref(), list);
        OpenOdtList { list, level: 0, style: own, item: None }
    }

    /// A paragraph that is a list by itself (OpenDocument 1.3, part 3, 5.3.6).
    pub(super) fn open_numbered(&mut self, element: &XmlElement<'_>) -> OpenOdtList {
        let id = element.attribute("list-id");
        let known = id.as_ref().and_then(|id| self.by_id.get(id).copied());
        let list = known.unwrap_or_else(|| self.next());
        let style: Option<Arc<str>> = element.attribute("style-name").map(Arc::from);
        self.learn(id, style.as_deref(), list);
        let level = element.attribute("level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1);
        OpenOdtList { list, level: level.saturating_sub(1), style, item: Some(start(element)) }
    }

    fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    fn learn(&mut self, id: Option<String>, style: Option<&str>, list: usize) {
        self.by_id.extend(id.map(|id| (id, list)));
        self.by_style.insert(style.unwrap_or_default().to_owned(), list);
    }
}

/// The number that an element says its item begins with.
pub(super) fn start(element: &XmlElement<'_>) -> Option<u32> {
    element.attribute("start-value")?.parse().ok()
}
