//! How deeply brackets are nested in a YAML file, counted before it is parsed: what a parser does for each token grows with the
//! brackets that are open.

/// The deepest nesting that is parsed; the parser itself refuses to build more.
pub(super) const MAX: usize = 128;

/// Where more than [`MAX`] brackets are open at once, if they are anywhere. What stands in quotation marks, in comments and in blocks of
/// text is none.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    // The indentation of the line that a block of text belongs to.
    let mut block = None;
    let mut at = 0;
    while at < text.len() {
        let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if block.is_some_and(|outer| indent > outer) || line.trim().is_empty() {
            at += line.len();
            continue;
        }
        block = (depth == 0 && begins_block(line)).then_some(indent);
        at = match scan(text, at, at + line.len(), &mut depth) {
            Ok(end) => end,
            Err(found) => return Some(found),
        };
    }
    None
}

/// Whether the value that a line ends with stands in the lines below, as it is: `why: |`.
fn begins_block(line: &str) -> bool {
    let value = line.trim_end().rsplit(' ').next().unwrap_or_default();
    value.starts_with(['|', '>']) && value[1..].chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// Reads on from byte `from` at least up to byte `until`, the end of a line: past it where quotation marks are closed further on.
///
/// # Errors
/// The byte at which the nesting is too deep.
fn scan(text: &str, from: usize, mut until: usize, depth: &mut usize) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    // Whether a value may begin here: behind white space, a colon, a hyphen, a comma or a bracket, and not within a word.
    let mut begins = true;
    while at < until {
        let byte = bytes[at];
        match byte {
            b'#' if at == from || bytes[at - 1].is_ascii_whitespace() => return Ok(until),
            b'"' | b'\'' if begins => {
                at = end_of_quotation(bytes, at);
                begins = false;
                if at >= until {
                    until = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                }
                continue;
            }
            b'[' | b'{' if begins || *depth > 0 => {
                *depth += 1;
                if *depth > MAX {
                    return Err(at);
                }
                begins = true;
            }
            b']' | b'}' => {
                *depth = depth.saturating_sub(1);
                begins = false;
            }
            b',' => begins = *depth > 0,
            b':' | b'-' | b'?' => begins |= bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
            byte if byte.is_ascii_whitespace() => {}
            _ => begins = false,
        }
        at += 1;
    }
    Ok(at)
}

/// The byte behind the quotation that begins at byte `start`.
fn end_of_quotation(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_brackets_are_counted_where_they_open_something() {
        let deep = |text: &str| text.replace('@', &"[".repeat(MAX + 1));
        let cases = [
            ("a: @", Some(3 + MAX)),
            ("- x\n- {b: @", Some(10 + MAX - 1)),
            ("a: x @", None),
            ("a: '@'\nb: \"\\\"@\"", None),
            ("a: 'x\n @'\nb: @", Some(13 + 2 * MAX)),
            ("# @\na: b # @", None),
            ("why: |\n  @\n  @\nb: c", None),
            ("- why: >-2\n   @\n\n   @\n- @", Some(24 + 3 * MAX)),
        ];
        for (text, expected) in cases {
            assert_eq!(too_deep(&deep(text)), expected, "{text}");
        }
        assert_eq!(too_deep(&format!("a: {}{}", "[".repeat(MAX), "]".repeat(MAX)).repeat(3)), None);
    }
}
