//! The labels that programs draw before paragraphs as they show them: numbers and bullets, which are no part of the text.

/// The most bytes of a number with those above it.
const MAX_NUMBER: usize = 64;

/// The label of a paragraph: a number or a bullet that a program works out and draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListLabel {
    /// The label as it is drawn: `(b)`, `1.2.`, `Article 3`, `•`.
    pub(crate) drawn: String,
    /// The number with those above that it does not show, without what closes it: `12 (b)`; `None` for a bullet.
    pub(crate) number: Option<String>,
    /// The level of its list, from 0.
    pub(crate) level: usize,
}

impl ListLabel {
    /// A bullet.
    pub(crate) fn bullet(drawn: &str, level: usize) -> ListLabel {
        ListLabel { drawn: drawn.to_owned(), number: None, level }
    }

    /// A number as it is drawn, below another one. One that shows nothing to count with is a bullet.
    pub(crate) fn number(drawn: &str, above: Option<&ListLabel>, level: usize) -> ListLabel {
        if !drawn.contains(char::is_alphanumeric) {
            return ListLabel::bullet(drawn, level);
        }
        let own = drawn.trim().trim_end_matches(['.', ':', ',', ';', '\u{ff0e}', '\u{3001}']);
        let own = if own.contains('(') { own } else { own.trim_end_matches(')') };
        let above = above.and_then(|above| above.number.as_deref());
        let number = match above.filter(|above| above.len() + own.len() <= MAX_NUMBER) {
            Some(above) => format!("{above} {own}"),
            None => own.to_owned(),
        };
        ListLabel { drawn: drawn.to_owned(), number: Some(number), level }
    }

    /// The name by which people refer to the paragraph: `paragraph 12 (b)`, `section 2.1` of a heading, or what its label says
    /// itself: `Article 3`. `None` for a bullet.
    pub(crate) fn reference(&self, is_heading: bool) -> Option<String> {
        let number = self.number.as_deref()?;
        let first = number.split(' ').next().unwrap_or_default();
        let is_worded =
            first.len() < number.len() && first.chars().count() > 3 && first.chars().all(char::is_alphabetic);
        Some(match (is_worded, is_heading) {
            (true, _) => number.to_owned(),
            (false, true) => format!("section {number}"),
            (false, false) => format!("paragraph {number}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_referred_to_by_its_number_and_those_above() {
        let twelve = ListLabel::number("12.", None, 0);
        let cases = [
            (ListLabel::number("(b)", Some(&twelve), 1), Some("paragraph 12 (b)"), Some("section 12 (b)")),
            (ListLabel::number("1.2.", None, 1), Some("paragraph 1.2"), Some("section 1.2")),
            (ListLabel::number("Article 3.", None, 0), Some("Article 3"), Some("Article 3")),
            (
                ListLabel::number("iii)", Some(&ListLabel::bullet("\u{2022}", 0)), 1),
                Some("paragraph iii"),
                Some("section iii"),
            ),
            (ListLabel::number("\u{2013}", Some(&twelve), 1), None, None),
            (twelve, Some("paragraph 12"), Some("section 12")),
        ];
        for (label, in_text, in_heading) in cases {
            assert_eq!(label.reference(false).as_deref(), in_text, "{label:?}");
            assert_eq!(label.reference(true).as_deref(), in_heading, "{label:?}");
        }
    }
}
