//! Fields and content controls: where each begins and ends, and whether something may be written into it.

use super::WordReader;
use super::open::{WordEnclosing, WordFrame};
use crate::draft::word::seal::{OpenControl, OpenField};
use crate::draft::xml::XmlElement;

impl WordReader<'_> {
    /// Reads a mark of a field that is made of several elements.
    pub(super) fn field(&mut self, mark: &str) {
        let (paragraph, at) = (self.state.paragraphs, self.open_len());
        // A field begins with the run in which it does.
        let run = self.state.around.runs.last().and_then(|run| self.runs.get_mut(run.index));
        let WordEnclosing { fields, codes, indexes, seal, .. } = &mut self.state.around;
        match mark {
            "begin" => {
                let own = run.map(|run| {
                    let own = self.seals.open(run.tag.start(), *seal);
                    run.seal = Some(own);
                    own
                });
                *seal = own.or(*seal);
                fields.push(OpenField { seal: own, paragraph, ..OpenField::default() });
                *codes += 1;
            }
            "separate" => {
                if let Some(field) = fields.last_mut() {
                    *codes -= usize::from(!std::mem::replace(&mut field.in_result, true));
                    if !field.is_index && field.makes_index() {
                        field.is_index = true;
                        *indexes += 1;
                    }
                    field.from = at;
                }
            }
            "end" => {
                if let Some(field) = fields.pop() {
                    *codes -= usize::from(!field.in_result);
                    *indexes -= usize::from(field.is_index);
                    if let Some(own) = field.seal {
                        self.state.ended.push((own, field.is_made(), field.paragraph == paragraph));
                    }
                    self.keep_field(&field.code, if field.paragraph == paragraph { field.from } else { 0 });
                }
            }
            _ => {}
        }
    }

    /// Ends the fields whose last mark stands in the run that ends at this byte.
    pub(super) fn end_fields(&mut self, to: usize) {
        for (own, is_made, is_inline) in std::mem::take(&mut self.state.ended) {
            self.seals.end(own, to, is_made, is_inline);
            let open = self.state.around.field_seal();
            let seal = &mut self.state.around.seal;
            if *seal == Some(own) {
                *seal = self.seals.outer(own).or(open);
            }
        }
    }

    /// True in the result of a field that makes a table of contents or the like.
    pub(super) fn is_in_index(&self) -> bool {
        self.heeds_fields && self.state.around.indexes > 0
    }

    /// Begins a field that is one element.
    pub(super) fn simple_field(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let outer = self.state.around.seal;
        let seal = self.seals.open(element.span.start(), outer);
        self.state.around.seal = Some(seal);
        let code = element.attribute("instr").unwrap_or_default();
        let field = OpenField { code, ..OpenField::default() };
        let (is_closed, from) = (field.is_made(), self.open_len());
        WordFrame::Field { seal, outer, paragraphs: self.state.paragraphs, is_closed, code: field.code, from }
    }

    /// Begins a content control.
    pub(super) fn control(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let outer = self.state.around.seal;
        let seal = self.seals.open(element.span.start(), outer);
        self.state.around.seal = Some(seal);
        let (paragraphs, in_paragraph) = (self.state.paragraphs, self.is_in_paragraph());
        self.state.around.is_first |= !in_paragraph;
        WordFrame::Control(OpenControl { seal, paragraphs, in_paragraph, ..OpenControl::default() }, outer)
    }

    /// Begins a paragraph. LibreOffice loses the words of the first one in a content control if there is a comment in it.
    pub(super) fn begin_first(&mut self, start: usize) {
        let around = &mut self.state.around;
        if std::mem::take(&mut around.is_first) {
            let own = self.seals.open(start, around.seal);
            around.first = Some((own, around.seal.replace(own)));
        }
    }

    /// Ends a paragraph.
    pub(super) fn end_first(&mut self, to: usize) {
        if let Some((own, outer)) = self.state.around.first.take() {
            self.seals.end(own, to, true, false);
            let open = self.state.around.field_seal().filter(|seal| *seal > own);
            self.state.around.seal = open.or(outer);
        }
    }

    /// Ends it. LibreOffice takes one around a single paragraph for one in that paragraph.
    pub(super) fn end_control(&mut self, control: &OpenControl, outer: Option<usize>, to: usize) {
        self.state.around.is_first &= control.in_paragraph;
        let paragraphs = self.state.paragraphs - control.paragraphs;
        let is_closed = control.is_closed || !control.in_paragraph && paragraphs == 1;
        self.seals.end(control.seal, to, is_closed, control.in_paragraph && paragraphs == 0);
        let open = self.state.around.field_seal();
        self.state.around.seal = outer.or(open);
    }
}
