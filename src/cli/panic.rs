//! What becomes of a bug of comity: a line that says so, and exit code 2.

use std::io::Write;
use std::panic::{self, PanicHookInfo};

use comity::Shown;

/// From now on a panic in any thread ends the process at once with exit code 2: a report in a file is not put in its place, and what
/// standard output has of one is called incomplete. A server goes on, and tells its client which document failed.
///
/// What a panic says is left out, since it may quote a draft; RUST_BACKTRACE asks for it.
pub(super) fn install(is_server: bool) {
    let all_of_it = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|asked| asked != "0") {
            all_of_it(info);
        }
        // That it cannot be said is no reason to end otherwise.
        let _ = writeln!(std::io::stderr(), "error: {}", Shown(&sentence(info, is_server)));
        if !is_server {
            std::process::exit(2);
        }
    }));
}

fn sentence(info: &PanicHookInfo<'_>, is_server: bool) -> String {
    let place = info.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let left = if is_server { "" } else { "; what has been written is incomplete" };
    format!("internal error{place}, a bug of comity {version}: please report this line{left}")
}
