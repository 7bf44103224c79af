//! Regular expressions, compiled for blocks of text.

use regex_automata::meta::Regex;

/// The largest compiled expression, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// Compiles an expression, with no more than a search in a block needs. That a block holds what every match must hold is known
/// before it is searched, so that to look for that once more would only take time.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn build(expression: &str) -> Result<Regex, String> {
    let config = Regex::config().nfa_size_limit(Some(SIZE_LIMIT)).auto_prefilter(false).onepass(false).dfa(false);
    Regex::builder().configure(config).build(expression).map_err(|error| match error.size_limit() {
        Some(limit) => format!("it is larger than {} KiB once it is compiled", limit >> 10),
        None => error.to_string(),
    })
}
