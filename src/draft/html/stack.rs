//! The elements that are open, and what they make of the text in them.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::unread::UnreadReason;
use super::element::{self, Ends};
use super::ordered::{ListPart, OrderedList};
use super::token::{Attribute, Tag};
use crate::span::Span;
use crate::text::block::{BlockBuilder, BlockKind, Holder, ListLabel};
use crate::text::language::Language;

/// The setting of some text: what the elements around it make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::draft) struct Setting {
    /// The kind of a block that begins here.
    pub(in crate::draft) kind: BlockKind,
    /// The level of the heading that it is; 0 for what is none.
    pub(in crate::draft) level: usize,
    pub(in crate::draft) quoted: bool,
    /// True if it is not to be seen, or no text.
    pub(in crate::draft) concealed: bool,
    /// True if a style says that it is not to be seen, which another one in it may take back.
    pub(in crate::draft) unseen: bool,
    /// True if it is code.
    pub(in crate::draft) code: bool,
    /// True if it is a formula.
    pub(in crate::draft) formula: bool,
    /// True if it is for programs only, such as a script: nobody takes it for words.
    pub(in crate::draft) machine: bool,
    /// True if it is raised, or the mark of a footnote in another way.
    pub(in crate::draft) raised: bool,
    /// True if its lines are kept as they are.
    pub(in crate::draft) preserved: bool,
    pub(in crate::draft) language: Option<Language>,
    pub(in crate::draft) holder: Holder,
    /// True if a comment at the start of this HTML parts the text before it from the text behind it, as in Markdown.
    pub(in crate::draft) parts_text: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Setting {
            kind: BlockKind::Paragraph,
            level: 0,
            quoted: false,
            concealed: false,
            unseen: false,
            code: false,
            formula: false,
            machine: false,
            raised: false,
            preserved: false,
            language: None,
            holder: Holder::Element,
            parts_text: false,
        }
    }
}

impl Setting {
    /// The setting inside of an element that stands in this one.
    pub(super) fn inside(self, tag: &Tag) -> Setting {
        let name = tag.name.as_str();
        let mut inside = self;
        if let Some(kind) = element::kind_of(tag, self.kind) {
            inside = Setting { kind, level: 0, ..inside };
        }
        if let Some(level) = element::level_of(tag) {
            inside = Setting { kind: BlockKind::Heading, level, ..inside };
        }
        // Which of the two counts depends on what the page is; where they differ, none does.
        let mut declared = ["lang", "xml:lang"].iter().filter_map(|name| tag.attribute(name));
        if let Some(first) = declared.next() {
            let language = Language::from_tag(&first.value);
            let agrees = |other: &Attribute| Language::from_tag(&other.value) == language;
            inside.language = language.filter(|_| declared.all(agrees));
        }
        if name == "title" {
            inside = Setting { kind: BlockKind::Caption, level: 0, holder: Holder::Name, ..inside };
            if self.kind == BlockKind::Caption {
                inside.holder = Holder::Raw;
            }
        }
        inside.quoted |= name == "blockquote";
        // A page that is hidden as a whole is shown by a script.
        let is_page = matches!(name, "html" | "body");
        let is_hidden = element::is_hidden(name) && !element::is_shown_as_shadow(tag);
        inside.concealed |= is_hidden || (element::is_concealed(tag) && !is_page);
        inside.unseen = element::is_visible(tag).map_or(inside.unseen, |visible| !visible && !is_page);
        inside.code |= element::is_code(name);
        inside.formula |= name == "math";
        inside.machine |= element::is_machine(name);
        inside.raised |= element::is_note_mark(tag);
        inside.preserved |= matches!(name, "pre" | "listing" | "plaintext");
        if name == "plaintext" {
            inside.holder = Holder::Verbatim;
        }
        inside
    }

    /// True if nothing here is text.
    pub(in crate::draft) fn is_silent(self) -> bool {
        self.is_unseen() || self.code
    }

    /// The reason for which text here is not read; `None` if it is read, or is for programs only.
    pub(in crate::draft) fn unread(self) -> Option<UnreadReason> {
        let reason = match self {
            _ if self.machine || !self.is_silent() => return None,
            Setting { formula: true, .. } => UnreadReason::Math,
            _ if self.is_unseen() => UnreadReason::Hidden,
            Setting { preserved: true, .. } => UnreadReason::Code,
            _ => UnreadReason::CodeSpan,
        };
        Some(reason)
    }

    /// True if nothing here is to be seen.
    pub(super) fn is_unseen(self) -> bool {
        self.concealed || self.unseen
    }

    /// True if a piece of text is the mark of a footnote: digits, signs or a letter. The "th" of an ordinal is text.
    pub(in crate::draft) fn drops(self, text: &str) -> bool {
        let text = text.trim();
        self.raised && (!text.contains(char::is_alphabetic) || text.chars().count() == 1)
    }

    /// A block that begins here.
    pub(in crate::draft) fn begin(self) -> BlockBuilder {
        let Setting { kind, level, quoted, holder, .. } = self;
        let block = if level > 0 { BlockBuilder::heading(level, quoted) } else { BlockBuilder::new(kind, quoted) };
        block.held_by(holder)
    }
}

/// An element that is open.
#[derive(Debug)]
pub(super) struct StackElement {
    pub(super) name: String,
    /// Its start tag.
    pub(super) tag: Span,
    pub(super) is_block: bool,
    /// True if the block around it goes on behind it.
    pub(super) interrupts: bool,
    /// The setting that it stands in.
    pub(super) before: Setting,
    pub(super) list: ListPart,
}

/// The deepest nesting of elements. Browsers have such a limit too: what is nested deeper has the setting of what is around it.
const MAX_DEPTH: usize = 256;

/// The elements that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<StackElement>,
    setting: Setting,
    /// The number of elements of each name among them, so that most tags are told at once to end nothing.
    names: HashMap<String, usize>,
    /// The elements that are open and nested too deeply to be kept: how many of each name.
    deeper: HashMap<String, usize>,
}

impl Stack {
    pub(super) fn new(setting: Setting) -> Stack {
        Stack { setting, ..Stack::default() }
    }

    pub(super) fn setting(&self) -> Setting {
        self.setting
    }

    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&StackElement> {
        self.open.get(at)
    }

    /// True if another element that is opened is kept.
    pub(super) fn has_room(&self) -> bool {
        self.open.len() < MAX_DEPTH
    }

    /// Opens an element, in which text has this setting.
    pub(super) fn push(&mut self, element: StackElement, inside: Setting) {
        if !self.has_room() {
            *self.deeper.entry(element.name).or_default() += 1;
            return;
        }
        match self.names.get_mut(&element.name) {
            Some(count) => *count += 1,
            None => _ = self.names.insert(element.name.clone(), 1),
        }
        self.open.push(element);
        self.setting = inside;
    }

    /// Ends the innermost element.
    pub(super) fn pop(&mut self) -> Option<StackElement> {
        let element = self.open.pop()?;
        self.uncount(&element.name);
        self.setting = element.before;
        self.deeper.clear();
        Some(element)
    }

    /// Ends an element, by its place, without the blocks in it that are still open, as in `<b><p>a</b> c</p>`. Whether it does: only
    /// where it is bold text or the like, which makes no difference to what is read.
    pub(super) fn end_around_blocks(&mut self, at: usize) -> bool {
        let Some((element, inside)) = self.open.get(at..).and_then(<[StackElement]>::split_first) else {
            return false;
        };
        let ends = is_formatting(&element.name)
            && !element.is_block
            && inside.first().is_some_and(|next| next.before == element.before)
            && inside.iter().any(|element| element.is_block);
        if ends {
            let element = self.open.remove(at);
            self.uncount(&element.name);
        }
        ends
    }

    /// The part that an element which begins here has in lists. An item that is not shown is not counted.
    pub(super) fn list_part(&mut self, tag: &Tag, is_shown: bool) -> ListPart {
        match tag.name.as_str() {
            "ol" => {
                let lists =
                    self.open.iter().filter(|open| matches!(open.list, ListPart::Bullets | ListPart::Numbers(_)));
                let level = lists.count();
                ListPart::Numbers(OrderedList::new(tag, level, self.item_label()))
            }
            "ul" | "menu" | "dir" => ListPart::Bullets,
            "li" if is_shown => {
                let list = self.open.iter_mut().rev().find_map(|open| match &mut open.list {
                    ListPart::Numbers(list) => Some(Some(list)),
                    ListPart::Bullets => Some(None),
                    _ => None,
                });
                ListPart::Item(list.flatten().and_then(|list| list.item(tag)))
            }
            _ => ListPart::None,
        }
    }

    /// The label of the innermost item that is open.
    fn item_label(&self) -> Option<Arc<ListLabel>> {
        self.open.iter().rev().find_map(|open| match &open.list {
            ListPart::Item(label) => Some(label.clone()),
            _ => None,
        })?
    }

    fn uncount(&mut self, name: &str) {
        match self.names.get_mut(name) {
            Some(count) if *count > 1 => *count -= 1,
            _ => _ = self.names.remove(name),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// True if elements are open that are nested too deeply to be kept.
    pub(super) fn is_deep(&self) -> bool {
        !self.deeper.is_empty()
    }

    /// The root of the drawing or the formula in which the next tag stands, by its place.
    pub(super) fn foreign(&self) -> Option<usize> {
        if !self.has("svg") && !self.has("math") {
            return None;
        }
        let own = self.open.iter().enumerate().rev().take_while(|(_, element)| !element::is_home(&element.name));
        own.filter(|(_, element)| element::is_foreign(&element.name)).map(|(at, _)| at).last()
    }

    /// The element that an end tag ends, by its place. An inline element does not end beyond a block, nor any beyond a table.
    pub(super) fn ended(&mut self, name: &str) -> Option<usize> {
        if let Some(count) = self.deeper.get_mut(name) {
            *count -= 1;
            if *count == 0 {
                self.deeper.remove(name);
            }
            return None;
        }
        let is_heading = element::heading_level(name).is_some();
        if !is_heading && !self.has(name) {
            return None;
        }
        // What is no mere mark of some words.
        let is_whole = element::is_block(name) || element::is_hidden(name) || element::is_thing(name);
        let in_table = matches!(name, "caption" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr");
        for (at, element) in self.open.iter().enumerate().rev() {
            let here = element.name.as_str();
            if here == name || (is_heading && element::heading_level(here).is_some()) {
                return Some(at);
            }
            let stops = match (in_table, is_whole) {
                (true, _) => matches!(here, "table" | "template"),
                (false, true) => element::is_scope(here),
                (false, false) => element::is_scope(here) || (element::is_block(here) && !is_formatting(name)),
            };
            if stops {
                return None;
            }
        }
        None
    }

    /// The outermost of the elements that a start tag ends, by its place.
    pub(super) fn implied(&self, ends: &Ends) -> Option<usize> {
        if !ends.ended.iter().any(|name| self.has(name)) {
            return None;
        }
        let in_table = ends.within.contains(&"table");
        let mut found = None;
        for (at, element) in self.open.iter().enumerate().rev() {
            let here = element.name.as_str();
            if ends.within.contains(&here) || (!in_table && element::is_scope(here)) {
                break;
            }
            if ends.ended.contains(&here) {
                found = Some(at);
            }
        }
        found
    }
}

/// True if the end tag of an element ends it where blocks in it are still open: links, bold text and their like.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}
