//! The shapes in which comparisons are written.

use std::io;
use std::path::PathBuf;

use serde_json::{Value, json};
use termcolor::{ColorSpec, WriteColor};

use super::compared::{Compared, Fate};
use crate::cli::args::{CompareFormat, CompareShape};
use crate::cli::streams::Streams;
use crate::compare::{Comparison, ComparisonPage};
use crate::escape::{Shown, shown_json};
use crate::report::{Failure, Reporter, counted};

/// The version of the shape of several comparisons. It rises when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// Writes comparisons in one shape.
pub(super) struct Writer {
    shape: Shape,
    counts: DraftCounts,
}

enum Shape {
    Human,
    /// One document, with the comparisons so far.
    Json(Vec<Value>),
    /// One page, with the comparisons so far.
    Page(ComparisonPage),
    Report(Box<dyn Reporter>),
}

/// The number of drafts by what became of them.
#[derive(Default)]
struct DraftCounts {
    same: usize,
    changed: usize,
    renamed: usize,
    added: usize,
    dropped: usize,
}

impl Writer {
    pub(super) fn new(shape: CompareShape) -> Writer {
        let shape = match shape {
            CompareShape::Comparison(CompareFormat::Human) => Shape::Human,
            CompareShape::Comparison(CompareFormat::Json) => Shape::Json(Vec::new()),
            CompareShape::Comparison(CompareFormat::Html) => Shape::Page(ComparisonPage::default()),
            CompareShape::Report(format) => Shape::Report((format.begin)(&Streams::settings())),
        };
        Writer { shape, counts: DraftCounts::default() }
    }

    /// Writes what comes before the first comparison.
    pub(super) fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        match &mut self.shape {
            Shape::Human | Shape::Json(_) | Shape::Page(_) => Ok(()),
            Shape::Report(reporter) => reporter.start(out),
        }
    }

    /// Writes the one comparison that there is.
    pub(super) fn only(&mut self, out: &mut dyn WriteColor, compared: &Compared) -> io::Result<()> {
        let Compared { comparison, draft, .. } = compared;
        match &mut self.shape {
            Shape::Human => comparison.write(out, Streams::settings().width),
            Shape::Json(_) => json_document(out, &comparison.to_json()),
            Shape::Page(_) => match &compared.sides {
                Some(sides) => write!(out, "{}", comparison.to_html(sides.view())),
                None => Ok(()),
            },
            Shape::Report(reporter) => reporter.draft(out, draft, &compared.findings()),
        }
    }

    /// Writes one of several comparisons. `called` is what the draft was called, and is.
    pub(super) fn one_of_several(
        &mut self,
        out: &mut dyn WriteColor,
        compared: &Compared,
        called: &(PathBuf, PathBuf),
    ) -> io::Result<()> {
        self.counts.add(compared);
        let Compared { comparison, draft, fate, sides } = compared;
        match &mut self.shape {
            Shape::Human if compared.is_same() => Ok(()),
            Shape::Human => {
                title(out, &heading(*fate, called))?;
                match fate {
                    // What a draft says that has no other is read there.
                    Fate::Added | Fate::Dropped => comparison.write_counts(out)?,
                    Fate::Kept | Fate::Renamed => comparison.write(out, Streams::settings().width)?,
                }
                writeln!(out)
            }
            Shape::Json(drafts) => {
                if !compared.is_same() {
                    drafts.push(one_draft(*fate, comparison));
                }
                Ok(())
            }
            Shape::Page(page) => {
                match sides {
                    Some(sides) if !compared.is_same() => page.add(&heading(*fate, called), comparison, sides.view()),
                    _ => page.add_same(&heading(*fate, called)),
                }
                Ok(())
            }
            Shape::Report(reporter) => reporter.draft(out, draft, &compared.findings()),
        }
    }

    /// Writes what several comparisons come to.
    pub(super) fn total(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        match &mut self.shape {
            Shape::Human => writeln!(out, "{}", self.counts.summary()),
            Shape::Json(drafts) => {
                let drafts = std::mem::take(drafts);
                let document = json!({
                    "version": VERSION,
                    "summary": { "drafts": self.counts.to_json(), "findings": sums(&drafts, "findings"),
                        "sentences": sums(&drafts, "sentences"), "changes": sums(&drafts, "changes") },
                    "drafts": drafts,
                });
                json_document(out, &document)
            }
            Shape::Page(page) => write!(out, "{}", std::mem::take(page).finish(&self.counts.summary())),
            Shape::Report(_) => Ok(()),
        }
    }

    /// Tells the report what could not be compared, which people are told on standard error.
    pub(super) fn failed(&mut self, out: &mut dyn WriteColor, failure: String) -> io::Result<()> {
        self.caused(out, &Failure::Unchecked(failure))
    }

    /// Tells the report why something could not be compared.
    pub(super) fn caused(&mut self, out: &mut dyn WriteColor, cause: &Failure) -> io::Result<()> {
        match &mut self.shape {
            Shape::Human | Shape::Json(_) => Ok(()),
            Shape::Page(page) => {
                page.fail(cause.message());
                Ok(())
            }
            Shape::Report(reporter) => reporter.failed(out, cause),
        }
    }

    /// Writes what comes after the last comparison.
    pub(super) fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        match &mut self.shape {
            Shape::Human | Shape::Json(_) | Shape::Page(_) => Ok(()),
            Shape::Report(reporter) => reporter.finish(out),
        }
    }
}

/// Writes one JSON document.
pub(super) fn json_document(out: &mut dyn WriteColor, document: &Value) -> io::Result<()> {
    writeln!(out, "{}", shown_json(&format!("{document:#}")))
}

/// One of several comparisons: that of two drafts, and what became of the draft. What is not there has no name.
fn one_draft(fate: Fate, comparison: &Comparison) -> Value {
    let mut draft = comparison.to_json();
    if let Some(keys) = draft.as_object_mut() {
        keys.remove("version");
        keys.insert("what".to_owned(), json!(fate.name()));
        match fate {
            Fate::Added => keys.insert("old".to_owned(), Value::Null),
            Fate::Dropped => keys.insert("new".to_owned(), Value::Null),
            Fate::Kept | Fate::Renamed => None,
        };
    }
    draft
}

/// The sums of the numbers under a key of the summaries of some comparisons.
fn sums(drafts: &[Value], key: &str) -> Value {
    let mut sums = serde_json::Map::new();
    for counts in drafts.iter().filter_map(|draft| draft["summary"][key].as_object()) {
        for (name, count) in counts {
            let sum = sums.get(name).and_then(Value::as_u64).unwrap_or(0) + count.as_u64().unwrap_or(0);
            sums.insert(name.clone(), json!(sum));
        }
    }
    Value::Object(sums)
}

fn title(out: &mut dyn WriteColor, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "== {}", Shown(text))?;
    out.reset()?;
    writeln!(out)
}

fn heading(fate: Fate, (old, new): &(PathBuf, PathBuf)) -> String {
    match fate {
        Fate::Kept => new.display().to_string(),
        Fate::Renamed => format!("{} -> {}: renamed", old.display(), new.display()),
        Fate::Added => format!("{}: a new draft", new.display()),
        Fate::Dropped => format!("{}: gone", old.display()),
    }
}

impl DraftCounts {
    fn add(&mut self, compared: &Compared) {
        let count = match compared.fate {
            Fate::Kept if compared.comparison.is_empty() => &mut self.same,
            Fate::Kept => &mut self.changed,
            Fate::Renamed => &mut self.renamed,
            Fate::Added => &mut self.added,
            Fate::Dropped => &mut self.dropped,
        };
        *count += 1;
    }

    fn named(&self) -> [(&'static str, usize); 5] {
        let DraftCounts { same, changed, renamed, added, dropped } = *self;
        [("same", same), ("changed", changed), ("renamed", renamed), ("added", added), ("dropped", dropped)]
    }

    fn to_json(&self) -> Value {
        self.named()
            .iter()
            .map(|(name, count)| ((*name).to_owned(), json!(count)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// The drafts in one line.
    fn summary(&self) -> String {
        let all: usize = self.named().iter().map(|(_, count)| count).sum();
        if self.same == all {
            return format!("{}: nothing differs", counted(all, "draft"));
        }
        let some = self.named().into_iter().filter(|(_, count)| *count > 0);
        let each: Vec<String> = some.map(|(name, count)| format!("{count} {name}")).collect();
        format!("{}: {}", counted(all, "draft"), each.join(", "))
    }
}
