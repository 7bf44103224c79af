//! The threads that check drafts, and how many drafts are in memory together.

use std::path::Path;
use std::sync::LazyLock;

use rayon::prelude::*;

use super::run::Job;
use crate::{Format, Reading};

/// The most bytes that a zip archive of XML unpacks to for each of its own, but for one that was made to be small.
const UNPACKED: u64 = 64;

/// The most bytes that a draft has in memory as it is read. A file that cannot be looked at has none: it is said when it is read.
fn bytes_of(path: &Path, reading: &Reading) -> u64 {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let factor = if Format::from_path(path).is_some_and(Format::is_document) { UNPACKED } else { 1 };
    size.saturating_mul(factor).min(reading.max_bytes)
}

/// The threads that check drafts.
pub(super) enum Workers {
    /// This one alone.
    None,
    /// One for each processor.
    Default,
    Pool(rayon::ThreadPool),
}

impl Workers {
    pub(super) fn new(jobs: Option<u16>) -> Result<Workers, String> {
        match jobs {
            None => Ok(Workers::Default),
            Some(1) => Ok(Workers::None),
            Some(jobs) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build();
                pool.map(Workers::Pool).map_err(|error| format!("--jobs {jobs}: {error}; ask for fewer"))
            }
        }
    }

    /// Applies `one` to each, and keeps their order.
    pub(super) fn map<T: Sync, R: Send>(&self, all: &[T], one: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
        match self {
            // The threads of rayon cost more than one draft.
            _ if all.len() < 2 => all.iter().map(one).collect(),
            Workers::None => all.iter().map(one).collect(),
            Workers::Default if has_threads() => all.par_iter().map(one).collect(),
            Workers::Default => all.iter().map(one).collect(),
            Workers::Pool(pool) => pool.install(|| all.par_iter().map(one).collect()),
        }
    }
}

/// Stretches of a batch that are in memory together until they are reported: of no more bytes than one draft may have, so that large
/// ones wait for one another.
pub(super) fn stretches<'b>(batch: &'b [Job], reading: &Reading) -> impl Iterator<Item = &'b [Job]> {
    let mut rest = batch;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |(path, _): &&Job| {
            bytes += bytes_of(path, reading);
            bytes <= reading.max_bytes
        };
        let len = rest.iter().take_while(fits).count();
        let (part, behind) = rest.split_at(len);
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

/// Starts the threads that check drafts, once; `false` if the system lets there be none.
fn has_threads() -> bool {
    static STARTED: LazyLock<bool> = LazyLock::new(|| rayon::ThreadPoolBuilder::new().build_global().is_ok());
    *STARTED
}
