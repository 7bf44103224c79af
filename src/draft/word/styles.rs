//! The styles of a document: which paragraphs are headings, list items, quotations, and which text is hidden.

use std::collections::HashMap;

use crate::draft::document::DocumentError;
use crate::draft::paragraph::ParagraphRole;
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::text::Language;

/// The list and the level that a paragraph is of, as it or a style says; each may be left open.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberingPlace {
    /// The id of the list; `0` for none.
    pub(crate) list: Option<String>,
    /// The level, from 0.
    pub(crate) level: Option<usize>,
}

/// The properties of a style, as far as they matter.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordStyle {
    /// Its name as it is the same in every language of Word, in lower case: `heading 1`.
    name: String,
    based_on: Option<String>,
    /// The level of the outline, from 0; 9 is body text.
    pub(crate) level: Option<u8>,
    /// The list that its paragraphs are items of.
    numbering: NumberingPlace,
    pub(crate) hidden: Option<bool>,
    /// True if there is a line through its text.
    struck: Option<bool>,
    /// True if its text is marked with a colour.
    marked: Option<bool>,
    /// The language of its text, if it says one.
    language: Option<Option<Language>>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(crate) struct WordStyles {
    all: HashMap<String, WordStyle>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// The longest chain of styles, each based on another, that is followed. Word allows ten.
const MAX_CHAIN: usize = 32;

/// The level of the outline that is body text.
const BODY: u8 = 9;

impl WordStyles {
    /// The styles that a part holds.
    pub(crate) fn read(part: &str, xml: &str) -> Result<WordStyles, DocumentError> {
        let mut nodes = XmlReader::new(xml);
        let mut styles = WordStyles::default();
        let mut open: Option<(String, WordStyle)> = None;
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            let XmlNode::Start(element) = node else {
                continue;
            };
            if element.space != Namespace::Word {
                continue;
            }
            if element.name() == "style" {
                styles.all.extend(open.take());
                let id = element.attribute("styleId").unwrap_or_default();
                let is_default = element.attribute("default").is_some_and(|value| is_on(&value));
                if is_default && element.attribute("type").is_some_and(|kind| kind == "paragraph") {
                    styles.default = Some(id.clone());
                }
                open = Some((id, WordStyle::default()));
            } else if let Some((_, style)) = &mut open {
                style.take(&element);
            }
        }
        styles.all.extend(open);
        Ok(styles)
    }

    /// The styles that a style is made of: it, what it is based on, and so on.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s WordStyle> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.all.get(id));
        let next = |style: &&'s WordStyle| style.based_on.as_ref().and_then(|id| self.all.get(id));
        std::iter::successors(first, next).take(MAX_CHAIN)
    }

    /// The role of paragraphs of the style with this id; of those that name none, without one.
    pub(crate) fn role(&self, id: Option<&str>) -> ParagraphRole {
        let level = |level| if level < BODY { ParagraphRole::Heading(level) } else { ParagraphRole::Body };
        let role = |style: &WordStyle| ParagraphRole::from_style(&style.name, style.level.map(level), BODY);
        self.chain(id).find_map(role).unwrap_or_default()
    }

    /// The ids of the styles that a style is made of: it, what it is based on, and so on.
    pub(super) fn ids<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s str> {
        let first = id.or(self.default.as_deref());
        let next = |id: &&'s str| self.all.get(*id)?.based_on.as_deref();
        std::iter::successors(first, next).take(MAX_CHAIN)
    }

    /// The list and the level that paragraphs of a style are of.
    pub(super) fn numbering(&self, id: Option<&str>) -> NumberingPlace {
        let list = self.chain(id).find_map(|style| style.numbering.list.clone());
        NumberingPlace { list, level: self.chain(id).find_map(|style| style.numbering.level) }
    }

    /// The language that text of a style is marked as; `None` if it says nothing. What the style of all paragraphs says is no mark: it
    /// is the language of who set up the computer.
    pub(super) fn language(&self, id: Option<&str>) -> Option<Option<Language>> {
        let is_own = |id: &&str| self.default.as_deref() != Some(*id);
        self.ids(id).take_while(is_own).find_map(|id| self.all.get(id)?.language)
    }

    /// True if paragraphs of a style are of a table of contents or the like.
    pub(super) fn is_of_index(&self, id: Option<&str>) -> bool {
        let is_index = |style: &WordStyle| style.name.starts_with("toc ") || style.name == "table of figures";
        self.chain(id).any(is_index)
    }

    /// True if text of a style of runs in a paragraph of another is hidden. What both hide is to be seen (ISO/IEC 29500-1, 17.7.3).
    pub(super) fn hides(&self, run: Option<&str>, paragraph: Option<&str>) -> bool {
        self.is_hidden(run) != self.is_hidden(paragraph)
    }

    /// True if there is a line through text of a style.
    pub(super) fn is_struck(&self, id: Option<&str>) -> bool {
        id.is_some() && self.chain(id).find_map(|style| style.struck).unwrap_or(false)
    }

    /// True if text of a style is marked with a colour, which paragraphs have as their ground.
    pub(super) fn is_marked(&self, id: Option<&str>) -> bool {
        id.is_some() && self.chain(id).find_map(|style| style.marked).unwrap_or(false)
    }

    /// True if text of a style is hidden.
    fn is_hidden(&self, id: Option<&str>) -> bool {
        id.is_some() && self.chain(id).find_map(|style| style.hidden).unwrap_or(false)
    }
}

/// The language that a `w:lang` says Latin letters are in; `None` if it says nothing of these.
pub(super) fn language(element: &XmlElement<'_>) -> Option<Option<Language>> {
    element.attribute("val").map(|tag| Language::from_tag(&tag))
}

impl WordStyle {
    fn take(&mut self, element: &XmlElement<'_>) {
        let value = || element.attribute("val").unwrap_or_default();
        match element.name() {
            "name" => self.name = value().to_lowercase(),
            "basedOn" => self.based_on = Some(value()),
            "outlineLvl" => self.level = value().parse().ok(),
            "numId" => self.numbering.list = Some(value()),
            "ilvl" => self.numbering.level = value().parse().ok(),
            "vanish" => self.hidden = Some(is_toggled(element)),
            "strike" | "dstrike" => self.struck = Some(is_toggled(element)),
            "highlight" => self.marked = Some(is_highlight(element)),
            "lang" => self.language = language(element).or(self.language),
            _ => {}
        }
    }
}

/// True if a `w:highlight` marks text.
pub(super) fn is_highlight(element: &XmlElement<'_>) -> bool {
    element.attribute("val").is_some_and(|colour| colour != "none")
}

/// True if a value of the type ST_OnOff is on.
fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// True if an element that switches something on or off, such as `<w:vanish w:val="0"/>`, switches it on.
pub(crate) fn is_toggled(element: &XmlElement<'_>) -> bool {
    element.attribute("val").is_none_or(|value| is_on(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles() -> WordStyles {
        let xml = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
              <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Section head"/><w:basedOn w:val="1"/></w:style>
            <w:style w:type="paragraph" w:styleId="H3"><w:name w:val="Heading 3"/></w:style>
            <w:style w:type="paragraph" w:styleId="List"><w:name w:val="List Bullet"/>
              <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
            <w:style w:type="character" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>"#;
        WordStyles::read("word/styles.xml", xml).unwrap()
    }

    #[test]
    fn a_style_has_the_role_of_its_name_or_of_what_it_is_based_on() {
        let styles = styles();
        let cases = [
            (None, ParagraphRole::Body),
            (Some("a"), ParagraphRole::Body),
            (Some("1"), ParagraphRole::Heading(0)),
            (Some("Own"), ParagraphRole::Heading(0)),
            (Some("H3"), ParagraphRole::Heading(2)),
            (Some("T"), ParagraphRole::Title),
            (Some("Loop"), ParagraphRole::Body),
            (Some("nowhere"), ParagraphRole::Body),
        ];
        for (id, role) in cases {
            assert_eq!(styles.role(id), role, "{id:?}");
        }
        assert!(styles.numbering(Some("List")).list.is_some() && styles.numbering(Some("1")).list.is_none());
        assert!(styles.is_hidden(Some("Hid")) && !styles.is_hidden(Some("List")));
    }
}
