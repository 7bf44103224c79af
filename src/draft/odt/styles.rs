//! The styles of an OpenDocument text: which paragraphs are headings, quotations, captions, and which text is hidden or raised.

use std::collections::HashMap;
use std::sync::Arc;

use super::list::read_level;
use crate::draft::document::DocumentError;
use crate::draft::list::ListLevel;
use crate::draft::paragraph::ParagraphRole;
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::text::Language;

/// The properties of a style, as far as they matter.
#[derive(Debug, Clone, Default)]
pub(super) struct OdtStyle {
    /// Its name as it is shown, in lower case: `heading 1`. It is the same in every language of LibreOffice.
    name: String,
    parent: Option<String>,
    /// The level of the outline, from 1; 0 is body text.
    level: Option<u8>,
    hidden: Option<bool>,
    raised: Option<bool>,
    /// True if there is a line through its text.
    struck: Option<bool>,
    /// True if its text is marked with a colour.
    marked: Option<bool>,
    /// The language of its text, if it says one.
    language: Option<Option<Language>>,
    /// The list style of its paragraphs.
    list: Option<Arc<str>>,
}

/// VisibleStyles by family and name.
pub(super) type StyleMap = HashMap<(String, String), OdtStyle>;

/// The styles that a part holds.
#[derive(Debug, Default)]
pub(super) struct PartStyles {
    /// Those that have names.
    pub(super) common: StyleMap,
    /// Those that programs make of formatting by hand.
    pub(super) automatic: StyleMap,
    /// The list styles, by name, of both.
    pub(super) lists: HashMap<String, Vec<ListLevel>>,
    /// The levels of numbered headings.
    pub(super) outline: Vec<ListLevel>,
}

/// The longest chain of styles, each the child of another, that is followed.
const MAX_CHAIN: usize = 32;

impl PartStyles {
    pub(super) fn read(part: &str, xml: &str) -> Result<PartStyles, DocumentError> {
        let mut nodes = XmlReader::new(xml);
        let mut found = PartStyles::default();
        let (mut is_common, mut depth) = (false, 0usize);
        let mut open: Option<((String, String), OdtStyle, usize)> = None;
        // The list style that is open, or that of headings.
        let mut list: Option<Option<String>> = None;
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            match node {
                XmlNode::Start(element) => {
                    depth += 1;
                    match (element.space, element.name()) {
                        (Namespace::Office, "styles") => is_common = true,
                        (Namespace::Office, "automatic-styles") => is_common = false,
                        (Namespace::Style, "style") => {
                            let (key, style) = OdtStyle::read(&element);
                            open = Some((key, style, depth));
                        }
                        (Namespace::Text, "list-style") => list = Some(element.attribute("name")),
                        (Namespace::Text, "outline-style") => list = Some(None),
                        (Namespace::Text, name) if name.contains("-level-style") => {
                            let levels = match &list {
                                Some(Some(name)) => found.lists.entry(name.clone()).or_default(),
                                Some(None) => &mut found.outline,
                                None => continue,
                            };
                            read_level(&element, levels);
                        }
                        (Namespace::Style, "text-properties") => {
                            open.iter_mut().for_each(|(_, style, _)| style.take(&element));
                        }
                        _ => {}
                    }
                }
                XmlNode::End(_) => {
                    if let Some((key, style, _)) = open.take_if(|(_, _, at)| *at == depth) {
                        let map = if is_common { &mut found.common } else { &mut found.automatic };
                        map.insert(key, style);
                    }
                    depth = depth.saturating_sub(1);
                }
                XmlNode::Text(..) => {}
            }
        }
        Ok(found)
    }
}

impl OdtStyle {
    fn read(element: &XmlElement<'_>) -> ((String, String), OdtStyle) {
        let name = element.attribute("name").unwrap_or_default();
        let shown = element.attribute("display-name").unwrap_or_else(|| name.replace("_20_", " "));
        let level = element.attribute("default-outline-level").map(|level| level.parse().unwrap_or(0));
        let parent = element.attribute("parent-style-name");
        let list = element.attribute("list-style-name").map(Arc::from);
        let style = OdtStyle { name: shown.to_lowercase(), parent, level, list, ..OdtStyle::default() };
        ((element.attribute("family").unwrap_or_default(), name), style)
    }

    fn take(&mut self, properties: &XmlElement<'_>) {
        self.hidden = properties.attribute("display").map(|display| display == "none").or(self.hidden);
        let is_set = |name: &str, none: &str| properties.attribute(name).map(|value| value != none);
        self.struck = is_set("text-line-through-style", "none").or(self.struck);
        self.marked = is_set("background-color", "transparent").or(self.marked);
        let position = properties.attribute("text-position");
        let is_raised = |position: String| {
            let first = position.split_whitespace().next().unwrap_or_default();
            first == "super" || first.trim_end_matches('%').parse().is_ok_and(|percent: f32| percent > 0.0)
        };
        self.raised = position.map(is_raised).or(self.raised);
        self.language = properties.attribute("language").map(|tag| Language::from_tag(&tag)).or(self.language);
    }
}

/// The styles that a part sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct VisibleStyles<'s> {
    /// Its own automatic ones.
    pub(super) own: &'s PartStyles,
    pub(super) common: &'s PartStyles,
}

impl<'s> VisibleStyles<'s> {
    /// The styles that one is made of: it, its parent, and so on.
    fn chain(self, family: &str, name: Option<&str>) -> impl Iterator<Item = &'s OdtStyle> {
        let family = family.to_owned();
        let get = move |name: &str| {
            let key = (family.clone(), name.to_owned());
            self.own.automatic.get(&key).or_else(|| self.common.common.get(&key))
        };
        let first = name.and_then(&get);
        std::iter::successors(first, move |style| style.parent.as_deref().and_then(&get)).take(MAX_CHAIN)
    }

    /// The role of the paragraphs of a style.
    pub(super) fn role(self, name: Option<&str>) -> ParagraphRole {
        let level = |level: u8| level.checked_sub(1).map_or(ParagraphRole::Body, ParagraphRole::Heading);
        let role = |style: &OdtStyle| ParagraphRole::from_style(&style.name, style.level.map(level), 10);
        self.chain("paragraph", name).find_map(role).unwrap_or_default()
    }

    /// True if text of a style is hidden; `None` where it says nothing.
    pub(super) fn is_hidden(self, family: &str, name: Option<&str>) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.hidden)
    }

    /// True if there is a line through text of a style; `None` where it says nothing.
    pub(super) fn is_struck(self, family: &str, name: Option<&str>) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.struck)
    }

    /// True if text of a style is marked with a colour; `None` where it says nothing.
    pub(super) fn is_marked(self, family: &str, name: Option<&str>) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.marked)
    }

    /// The levels of a list style.
    pub(super) fn list(self, name: &str) -> Option<&'s [ListLevel]> {
        let found = self.own.lists.get(name).or_else(|| self.common.lists.get(name));
        found.map(Vec::as_slice)
    }

    /// The list style that the style of a paragraph names; an empty name where it says that there is none.
    pub(super) fn list_of(self, name: Option<&str>) -> Option<&'s Arc<str>> {
        self.chain("paragraph", name).find_map(|style| style.list.as_ref())
    }

    /// The levels of numbered headings.
    pub(super) fn outline(self) -> &'s [ListLevel] {
        &self.common.outline
    }

    /// The language that text of a style is marked as; `None` where it says nothing. What the style of all paragraphs says is no mark:
    /// it is the language of who set up the computer.
    pub(super) fn language(self, family: &str, name: Option<&str>) -> Option<Option<Language>> {
        const OF_ALL: &[&str] = &["standard", "default paragraph style", "default"];
        let is_own = |style: &&OdtStyle| !OF_ALL.contains(&style.name.as_str());
        self.chain(family, name).take_while(is_own).find_map(|style| style.language)
    }

    /// True if text of a style is raised; `None` where it says nothing.
    pub(super) fn is_raised(self, family: &str, name: Option<&str>) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.raised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_has_the_role_of_its_name_or_of_its_parent() {
        let xml = r#"<o:document-styles xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
            <o:styles><s:style s:family="paragraph" s:name="Heading_20_1" s:display-name="Heading 1" s:default-outline-level="1"/>
            <s:style s:family="paragraph" s:name="Heading_20_3"/>
            <s:style s:family="paragraph" s:name="Off" s:parent-style-name="Heading_20_1" s:default-outline-level=""/>
            <s:style s:family="paragraph" s:name="Title"/><s:style s:family="text" s:name="Up"><s:text-properties s:text-position="33% 58%"/></s:style>
            <s:style s:family="paragraph" s:name="Loop" s:parent-style-name="Loop"/>
            <o:list-style><s:text-properties s:display="none"/></o:list-style></o:styles>
            <o:automatic-styles><s:style s:family="paragraph" s:name="P1" s:parent-style-name="Title"/>
            <s:style s:family="text" s:name="T1" s:parent-style-name="Up"><s:text-properties s:display="none"/></s:style></o:automatic-styles></o:document-styles>"#;
        let found = PartStyles::read("styles.xml", xml).unwrap();
        let styles = VisibleStyles { own: &found, common: &found };
        let cases = [
            (None, ParagraphRole::Body),
            (Some("Heading_20_1"), ParagraphRole::Heading(0)),
            (Some("Heading_20_3"), ParagraphRole::Heading(2)),
            (Some("Off"), ParagraphRole::Body),
            (Some("P1"), ParagraphRole::Title),
            (Some("Loop"), ParagraphRole::Body),
            (Some("nowhere"), ParagraphRole::Body),
        ];
        for (name, role) in cases {
            assert_eq!(styles.role(name), role, "{name:?}");
        }
        assert_eq!(styles.is_hidden("paragraph", Some("Loop")), None);
        assert_eq!(
            (styles.is_hidden("text", Some("T1")), styles.is_raised("text", Some("T1"))),
            (Some(true), Some(true))
        );
    }
}
