//! What recurs in texts of several years as a page: a row for each sentence, a column for each text. The page is complete in itself,
//! has no script, and is well-formed as XML.

use std::fmt::{self, Write};

use super::report::{cell_lines, counts};
use super::{NameStep, Series, SeriesCell, Step};
use crate::compare::Excerpt;
use crate::escape::Xml;
use crate::report::{page_foot, page_opening};
use crate::text::counted;

/// The style of the table, and the policy by which a browser uses this and the style of reports.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/series.css"));
const POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/series.csp"));

impl Step {
    /// The class of its colour.
    fn class(self) -> &'static str {
        match self {
            Step::Turned | Step::Weakened | Step::Dropped => "is-error",
            Step::Strengthened => "is-warning",
            Step::New => "is-note",
            _ => "is-suppressed",
        }
    }
}

impl Series {
    /// What recurs as a page for a browser.
    pub fn to_html(&self) -> String {
        let mut page = String::new();
        // Writing to a string cannot fail.
        let _ = self.page(&mut page);
        page
    }

    fn page(&self, page: &mut String) -> fmt::Result {
        let title = format!("What recurs in {}", counted(self.texts.len(), "text"));
        page_opening(page, &title, (STYLE, POLICY))?;
        writeln!(page, "<header class=\"masthead\">\n<p class=\"maker\">comity</p>\n<h1>{}</h1>", Xml(&title))?;
        writeln!(page, "<p class=\"tally\">{}</p>\n</header>\n<main>", Xml(&self.summary()))?;
        let labels = self.labels();
        if !self.threads.is_empty() {
            self.page_table(page, &labels)?;
        }
        if !self.formulas.is_empty() {
            writeln!(
                page,
                "<section class=\"named\" aria-labelledby=\"formulas\">\n<h2 id=\"formulas\">Formulas in other sentences</h2>\n<ul>"
            )?;
            for formula in &self.formulas {
                let counts = counts(formula, &labels);
                writeln!(page, "<li><bdi>{}</bdi>: <bdi>{}</bdi></li>", Xml(&formula.name), Xml(&counts))?;
            }
            writeln!(page, "</ul>\n</section>")?;
        }
        self.names_of_texts(page, &labels)?;
        writeln!(
            page,
            "<section class=\"named\" aria-labelledby=\"once\">\n<h2 id=\"once\">In one text only</h2>\n<ul>"
        )?;
        for (label, once) in labels.iter().zip(&self.once) {
            writeln!(page, "<li><bdi>{}</bdi>: {}</li>", Xml(label), counted(*once, "sentence"))?;
        }
        writeln!(page, "</ul>\n</section>")?;
        page_foot(page)
    }

    fn page_table(&self, page: &mut String, labels: &[String]) -> fmt::Result {
        write!(page, "<div class=\"wide\">\n<table class=\"series\">\n<thead><tr><th scope=\"col\">Sentence</th>")?;
        for label in labels {
            write!(page, "<th scope=\"col\"><bdi>{}</bdi></th>", Xml(label))?;
        }
        writeln!(page, "</tr></thead>\n<tbody>")?;
        for thread in &self.threads {
            writeln!(page, "<tr><th scope=\"row\" dir=\"auto\">{}</th>", Xml(thread.last()))?;
            for cell in &thread.cells {
                write_cell(page, cell)?;
            }
            writeln!(page, "</tr>")?;
        }
        writeln!(page, "</tbody>\n</table>\n</div>")
    }

    fn names_of_texts(&self, page: &mut String, labels: &[String]) -> fmt::Result {
        let moved = |text: usize| NameStep::ALL.into_iter().any(|step| !self.named(text, step).is_empty());
        if !(0..labels.len()).any(moved) {
            return Ok(());
        }
        writeln!(page, "<section class=\"named\" aria-labelledby=\"names\">\n<h2 id=\"names\">Names</h2>\n<dl>")?;
        for (text, label) in labels.iter().enumerate().filter(|(text, _)| moved(*text)) {
            writeln!(page, "<dt><bdi>{}</bdi></dt>", Xml(label))?;
            for step in NameStep::ALL {
                let names = self.named(text, step);
                if !names.is_empty() {
                    writeln!(page, "<dd>{}: <bdi>{}</bdi></dd>", step.name(), Xml(&names.join(", ")))?;
                }
            }
        }
        writeln!(page, "</dl>\n</section>")
    }
}

fn write_cell(page: &mut String, cell: &SeriesCell) -> fmt::Result {
    let told = cell_lines(cell);
    let Some((first, remarks)) = told.split_first() else {
        return writeln!(page, "<td></td>");
    };
    write!(page, "<td><p class=\"step {}\">{}</p>", cell.step.class(), Xml(first))?;
    if !remarks.is_empty() {
        write!(page, "<ul>")?;
        for remark in remarks {
            write!(page, "<li dir=\"auto\">{}</li>", Xml(remark))?;
        }
        write!(page, "</ul>")?;
    }
    if let Some(place) = &cell.place {
        write!(page, "<details><summary>{}</summary><blockquote dir=\"auto\">", Xml(&place.label()))?;
        write_marked(page, place)?;
        write!(page, "</blockquote></details>")?;
    }
    writeln!(page, "</td>")
}

/// Writes a sentence with what differs marked.
fn write_marked(page: &mut String, place: &Excerpt) -> fmt::Result {
    let mut done = 0;
    for range in &place.differs {
        write!(page, "{}<mark>{}</mark>", Xml(&place.text[done..range.start]), Xml(&place.text[range.clone()]))?;
        done = range.end;
    }
    write!(page, "{}", Xml(&place.text[done..]))
}
