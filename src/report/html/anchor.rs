//! The names that places and findings have in the page, by which one leads to another.

use std::fmt;

use super::tone::Tone;
use crate::span::Span;

/// Writes the number of a finding, which leads to its note. An absence is what no words of the draft are marked for.
pub(super) fn write_number(
    page: &mut dyn fmt::Write,
    draft: usize,
    number: usize,
    tone: Tone,
    absence: bool,
) -> fmt::Result {
    let (class, name) = (tone.class(), tone.name());
    let absence = if absence { " absence" } else { "" };
    write!(
        page,
        "<sup><a class=\"ref {class}{absence}\" id=\"d{draft}f{number}\" href=\"#d{draft}n{number}\" \
         aria-label=\"Finding {number}, {name}\" aria-describedby=\"d{draft}m{number}\">{number}</a></sup>"
    )
}

/// The name, in the page, of a place that belongs to findings.
pub(super) fn spot_id(draft: usize, span: Span) -> String {
    format!("d{draft}s{}-{}", span.start(), span.end())
}
