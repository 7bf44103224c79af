//! Text for places where white space is collapsed (OpenDocument 1.3, part 3, 6.1.2).

use crate::draft::layout::BREAK;
use crate::escape::xml_text;

/// Text that reads the same whatever stands around it: a space that would not count is an element.
#[derive(Debug)]
pub(super) struct InlineWriter<'p> {
    /// The prefix of the elements.
    p: &'p str,
    xml: String,
    after_space: bool,
}

impl InlineWriter<'_> {
    pub(super) fn new(p: &str) -> InlineWriter<'_> {
        InlineWriter { p, xml: String::new(), after_space: true }
    }

    /// Adds some text.
    pub(super) fn text(mut self, text: &str) -> Self {
        for piece in text.split_inclusive([' ', '\t', BREAK]) {
            let plain = piece.trim_end_matches([' ', '\t', BREAK]);
            if !plain.is_empty() {
                self.xml += &xml_text(plain);
                self.after_space = false;
            }
            match piece.chars().last() {
                Some(' ') if !self.after_space => {
                    self.xml.push(' ');
                    self.after_space = true;
                }
                Some(' ') => self = self.tag("s"),
                Some('\t') => self = self.tag("tab"),
                Some(BREAK) => self = self.tag("line-break"),
                _ => {}
            }
        }
        self
    }

    fn tag(self, name: &str) -> Self {
        let tag = format!("<{}{name}/>", self.p);
        self.element(&tag)
    }

    /// Adds an element that stands for characters.
    pub(super) fn element(mut self, xml: &str) -> Self {
        self.xml += xml;
        self.after_space = false;
        self
    }

    /// The XML.
    pub(super) fn finish(mut self) -> String {
        if self.after_space && self.xml.pop().is_some() {
            self = self.tag("s");
        }
        self.xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_would_not_count_are_elements() {
        let cases = [
            ("", ""),
            ("a b", "a b"),
            (" a ", "<t:s/>a<t:s/>"),
            ("a  b", "a <t:s/>b"),
            (" ", "<t:s/>"),
            ("   ", "<t:s/> <t:s/>"),
            ("a\t \u{b}<&", "a<t:tab/> <t:line-break/>&lt;&amp;"),
        ];
        for (text, expected) in cases {
            assert_eq!(InlineWriter::new("t:").text(text).finish(), expected, "{text:?}");
        }
    }
}
