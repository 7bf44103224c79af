//! A comparison as a page: the old text on the left, the new one on the right, what is to be said of a sentence in the margin beside it,
//! and a list of what changed on top, what was weakened first.
//!
//! The page is complete in itself, has no script, and is well-formed as XML.

mod contents;
mod margin;
mod place;
mod rank;
mod side;
mod table;

use std::fmt::{self, Write};

use super::Comparison;
use crate::escape::Xml;
use crate::report::{page_foot, page_opening};
use margin::Margin;
use place::Place;
pub use table::SideBySide;
use table::SideTable;

/// The style of the page, and the policy by which a browser uses this and the style of reports.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/compare.css"));
const POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/compare.csp"));

/// What stands before the sections of a page of several comparisons.
#[derive(Debug, Default)]
struct TableOfContents {
    /// The items of the list.
    items: String,
    /// The number of drafts.
    count: usize,
}

/// A page of several comparisons, a section each.
#[derive(Debug, Default)]
pub struct ComparisonPage {
    contents: TableOfContents,
    sections: String,
    /// The number of sections.
    count: usize,
    failures: Vec<String>,
}

impl Comparison {
    /// The comparison as a page for a browser.
    pub fn to_html(&self, texts: SideBySide<'_>) -> String {
        let mut page = String::new();
        // Writing to a string cannot fail.
        let _ = self.page(&mut page, texts);
        page
    }

    fn page(&self, page: &mut String, texts: SideBySide<'_>) -> fmt::Result {
        masthead(page, &self.new, &self.summary())?;
        writeln!(page, "<main>")?;
        self.section(page, texts, Place { number: 1, level: 2 })?;
        page_foot(page)
    }

    /// Writes the list of what changed, and the two texts.
    fn section(&self, page: &mut String, texts: SideBySide<'_>, place: Place) -> fmt::Result {
        let margin = Margin::new(self, texts.rows, place.number);
        contents::write(page, self, &margin, place)?;
        SideTable::new(self, texts, margin, place).write(page)
    }
}

impl ComparisonPage {
    /// Adds a comparison of drafts, which are called `title`.
    pub fn add(&mut self, title: &str, comparison: &Comparison, texts: SideBySide<'_>) {
        self.count += 1;
        // Writing to a string cannot fail.
        let _ = self.contents.add(title, &comparison.summary(), Some(self.count));
        let _ = self.section(title, comparison, texts);
    }

    /// Adds a draft in which nothing differs.
    pub fn add_same(&mut self, title: &str) {
        let _ = self.contents.add(title, "nothing differs", None);
    }

    /// Adds the reason that something could not be compared.
    pub fn fail(&mut self, failure: &str) {
        self.failures.push(failure.to_owned());
    }

    fn section(&mut self, title: &str, comparison: &Comparison, texts: SideBySide<'_>) -> fmt::Result {
        let (page, number) = (&mut self.sections, self.count);
        writeln!(
            page,
            "<section class=\"comparison\" aria-labelledby=\"d{number}\">\n<h2 id=\"d{number}\"><bdi>{}</bdi></h2>\n\
             <p class=\"tally\">{}</p>",
            Xml(title),
            Xml(&comparison.summary())
        )?;
        comparison.section(page, texts, Place { number, level: 3 })?;
        writeln!(page, "</section>")
    }

    /// The page, whose drafts come to `summary`.
    pub fn finish(self, summary: &str) -> String {
        let mut page = String::new();
        let _ = self.write(&mut page, summary);
        page
    }

    fn write(self, page: &mut String, summary: &str) -> fmt::Result {
        masthead(page, &crate::text::counted(self.contents.count, "draft"), summary)?;
        writeln!(page, "<main>")?;
        if !self.failures.is_empty() {
            writeln!(
                page,
                "<section class=\"failures\" aria-labelledby=\"failures\">\n<h2 id=\"failures\">Not compared</h2>\n<ul>"
            )?;
            for failure in &self.failures {
                writeln!(page, "<li dir=\"auto\">{}</li>", Xml(failure))?;
            }
            writeln!(page, "</ul>\n</section>")?;
        }
        writeln!(page, "<nav class=\"drafts\" aria-labelledby=\"drafts\">\n<h2 id=\"drafts\">Drafts</h2>\n<ul>")?;
        write!(page, "{}", self.contents.items)?;
        write!(page, "</ul>\n</nav>\n{}", self.sections)?;
        page_foot(page)
    }
}

impl TableOfContents {
    /// Adds a draft, and the number of its section if it has one.
    fn add(&mut self, title: &str, summary: &str, number: Option<usize>) -> fmt::Result {
        self.count += 1;
        let items = &mut self.items;
        match number {
            Some(number) => write!(items, "<li><a href=\"#d{number}\"><bdi>{}</bdi></a>", Xml(title))?,
            None => write!(items, "<li><bdi>{}</bdi>", Xml(title))?,
        }
        writeln!(items, " <span class=\"said\">{}</span></li>", Xml(summary))
    }
}

/// Writes the head of the page, up to its text.
fn masthead(page: &mut String, subject: &str, summary: &str) -> fmt::Result {
    page_opening(page, &format!("What changed in {subject}"), (STYLE, POLICY))?;
    writeln!(
        page,
        "<header class=\"masthead\">\n<p class=\"maker\">comity</p>\n<h1>What changed in <bdi>{}</bdi></h1>\n\
         <p class=\"tally\">{}</p>\n</header>",
        Xml(subject),
        Xml(summary)
    )
}
