//! The progress bar of a long run.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// The time that a run takes before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(700);

/// A progress bar on standard error, where that is a terminal and the run takes long.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    total: u64,
    done: u64,
}

impl Progress {
    pub(super) fn new(total: usize, wanted: bool) -> Progress {
        let bar = (wanted && io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} drafts")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::hidden().with_style(style)
        });
        Progress { bar, started: Instant::now(), total: total as u64, done: 0 }
    }

    pub(super) fn advance(&mut self, drafts: usize) {
        self.done += drafts as u64;
        let Some(bar) = &self.bar else {
            return;
        };
        if self.started.elapsed() > PATIENCE {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            bar.set_length(self.total);
            bar.set_position(self.done);
        }
    }

    /// Takes the bar off the terminal, so that findings can be printed.
    pub(super) fn hide(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            bar.reset();
        }
    }
}
