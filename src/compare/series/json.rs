//! What recurs in texts of several years for programs; `docs/compare.md` describes it.

use serde_json::{Value, json};

use super::super::json::{remark, sentence};
use super::{COUNTED, NameStep, NameThread, Series, SeriesCell, Thread};

/// The version of the shape. It rises when a key changes its meaning or goes away.
const VERSION: u32 = 1;

impl Series {
    /// What recurs as one JSON document.
    pub fn to_json(&self) -> Value {
        let text = |(at, name): (usize, &std::sync::Arc<str>)| {
            let mut counts: serde_json::Map<String, Value> =
                COUNTED.iter().map(|step| (step.name().to_owned(), self.count(at, *step).into())).collect();
            let back = self.threads.iter().filter(|thread| thread.cells[at].back).count();
            counts.insert("back".to_owned(), back.into());
            json!({"name": &**name, "counts": counts, "once": self.once[at]})
        };
        json!({
            "version": VERSION,
            "texts": self.texts.iter().enumerate().map(text).collect::<Vec<_>>(),
            "threads": self.threads.iter().map(thread).collect::<Vec<_>>(),
            "formulas": self.formulas.iter().map(name).collect::<Vec<_>>(),
            "names": self.names.iter().map(name).collect::<Vec<_>>(),
        })
    }
}

fn thread(thread: &Thread) -> Value {
    let cell = |cell: &SeriesCell| {
        json!({
            "what": cell.step.name(),
            "back": cell.back,
            "sentence": cell.place.as_ref().map(sentence),
            "remarks": cell.remarks.iter().map(remark).collect::<Vec<_>>(),
        })
    };
    json!({"gravest": thread.gravest().name(), "texts": thread.cells.iter().map(cell).collect::<Vec<_>>()})
}

fn name(name: &NameThread) -> Value {
    let steps = (0..name.counts.len()).map(|text| name.step(text).map(NameStep::name));
    json!({"text": name.name, "counts": name.counts, "steps": steps.collect::<Vec<_>>()})
}
