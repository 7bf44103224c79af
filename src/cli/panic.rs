//! Panics, which are bugs of comity: a line that says so, and exit code 2.

use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Shown;

/// True in a server, which catches panics and tells its client which document failed.
static GOES_ON: AtomicBool = AtomicBool::new(false);

/// From now on a panic in any thread ends the process at once with exit code 2: a report in a file is not put in its place, and what
/// standard output has of one is called incomplete.
///
/// Installs the hook. The message of a panic is left out, since it may quote a draft; RUST_BACKTRACE asks for it.
pub(super) fn install() {
    let all_of_it = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|asked| asked != "0") {
            all_of_it(info);
        }
        let goes_on = GOES_ON.load(Ordering::Relaxed);
        // That it cannot be said is no reason to end otherwise.
        let _ = writeln!(std::io::stderr(), "error: {}", Shown(&sentence(info, goes_on)));
        if !goes_on {
            std::process::exit(2);
        }
    }));
}

/// From now on the process outlives a panic.
#[cfg(feature = "lsp")]
pub(super) fn go_on() {
    GOES_ON.store(true, Ordering::Relaxed);
}

fn sentence(info: &PanicHookInfo<'_>, goes_on: bool) -> String {
    let place = info.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let left = if goes_on { "" } else { "; what has been written is incomplete" };
    format!("internal error{place}, a bug of comity {version}: please report this line{left}")
}
