//! The styles of an OpenDocument text: which paragraphs are headings, quotations, captions, and which text is hidden or raised.

use std::collections::HashMap;

use crate::draft::document::DocumentError;
use crate::draft::paper::Role;
use crate::draft::xml::{Element, Node, Nodes, Space};

/// What a style says, as far as it matters.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// Its name as it is shown, in lower case: `heading 1`. It is the same in every language of LibreOffice.
    name: String,
    parent: Option<String>,
    /// The level of the outline, from 1; 0 is body text.
    level: Option<u8>,
    hidden: Option<bool>,
    raised: Option<bool>,
}

/// Styles by family and name.
pub(super) type Sheet = HashMap<(String, String), Style>;

/// The styles that a part holds.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// Those that have names.
    pub(super) common: Sheet,
    /// Those that programs make of formatting by hand.
    pub(super) automatic: Sheet,
}

/// The longest chain of styles, each the child of another, that is followed.
const MAX_CHAIN: usize = 32;

impl Sheets {
    pub(super) fn read(part: &str, xml: &str) -> Result<Sheets, DocumentError> {
        let mut nodes = Nodes::of(xml);
        let mut sheets = Sheets::default();
        let (mut is_common, mut depth) = (false, 0usize);
        let mut open: Option<((String, String), Style, usize)> = None;
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            match node {
                Node::Start(element) => {
                    depth += 1;
                    match (element.space, element.name()) {
                        (Space::Office, "styles") => is_common = true,
                        (Space::Office, "automatic-styles") => is_common = false,
                        (Space::Style, "style") => {
                            let (key, style) = Style::of(&element);
                            open = Some((key, style, depth));
                        }
                        (Space::Style, "text-properties") => {
                            open.iter_mut().for_each(|(_, style, _)| style.take(&element));
                        }
                        _ => {}
                    }
                }
                Node::End(_) => {
                    if let Some((key, style, _)) = open.take_if(|(_, _, at)| *at == depth) {
                        let sheet = if is_common { &mut sheets.common } else { &mut sheets.automatic };
                        sheet.insert(key, style);
                    }
                    depth = depth.saturating_sub(1);
                }
                Node::Text(..) => {}
            }
        }
        Ok(sheets)
    }
}

impl Style {
    fn of(element: &Element<'_>) -> ((String, String), Style) {
        let name = element.attribute("name").unwrap_or_default();
        let shown = element.attribute("display-name").unwrap_or_else(|| name.replace("_20_", " "));
        let level = element.attribute("default-outline-level").map(|level| level.parse().unwrap_or(0));
        let parent = element.attribute("parent-style-name");
        let style = Style { name: shown.to_lowercase(), parent, level, ..Style::default() };
        ((element.attribute("family").unwrap_or_default(), name), style)
    }

    fn take(&mut self, properties: &Element<'_>) {
        self.hidden = properties.attribute("display").map(|display| display == "none").or(self.hidden);
        let position = properties.attribute("text-position");
        let is_raised = |position: String| {
            let first = position.split_whitespace().next().unwrap_or_default();
            first == "super" || first.trim_end_matches('%').parse().is_ok_and(|percent: f32| percent > 0.0)
        };
        self.raised = position.map(is_raised).or(self.raised);
    }
}

/// The styles that a part sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styles<'s> {
    /// Its own automatic ones.
    pub(super) own: &'s Sheet,
    pub(super) common: &'s Sheet,
}

impl<'s> Styles<'s> {
    /// The styles that one is made of: it, its parent, and so on.
    fn chain(self, family: &str, name: Option<&str>) -> impl Iterator<Item = &'s Style> {
        let family = family.to_owned();
        let get = move |name: &str| {
            let key = (family.clone(), name.to_owned());
            self.own.get(&key).or_else(|| self.common.get(&key))
        };
        let first = name.and_then(&get);
        std::iter::successors(first, move |style| style.parent.as_deref().and_then(&get)).take(MAX_CHAIN)
    }

    /// The role of the paragraphs of a style.
    pub(super) fn role(self, name: Option<&str>) -> Role {
        for style in self.chain("paragraph", name) {
            match style.name.as_str() {
                "title" => return Role::Title,
                "quotations" | "quote" | "intense quote" | "block text" => return Role::Quotation,
                "caption" => return Role::Caption,
                "subtitle" => return Role::Heading(1),
                _ => {}
            }
            match style.level {
                Some(0) => return Role::Body,
                Some(level) => return Role::Heading(level - 1),
                None => {}
            }
            let number = style.name.strip_prefix("heading ").and_then(|number| number.trim().parse::<u8>().ok());
            if let Some(number) = number.filter(|number| (1..=10).contains(number)) {
                return Role::Heading(number - 1);
            }
        }
        Role::Body
    }

    /// Whether text of a style is hidden; `None` where it says nothing.
    pub(super) fn is_hidden(self, family: &str, name: Option<&str>) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.hidden)
    }

    /// Whether text of a style is raised; `None` where it says nothing.
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
        let sheets = Sheets::read("styles.xml", xml).unwrap();
        let styles = Styles { own: &sheets.automatic, common: &sheets.common };
        let cases = [
            (None, Role::Body),
            (Some("Heading_20_1"), Role::Heading(0)),
            (Some("Heading_20_3"), Role::Heading(2)),
            (Some("Off"), Role::Body),
            (Some("P1"), Role::Title),
            (Some("Loop"), Role::Body),
            (Some("nowhere"), Role::Body),
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
