//! Messages on the wire: each with its length before it.

use std::io::{self, BufRead, Read, Write};

use lsp_server::Message;

/// The longest message that is read, in bytes: a draft of the largest size, escaped.
const MAX_BYTES: usize = 128 << 20;

/// The longest line of a header that is read, in bytes.
const MAX_HEADER: u64 = 4096;

/// A message from the wire.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Bytes that have the length of a message and are none, with the reason.
    Malformed(String),
}

/// A message to the wire.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A message.
    Message(Message),
    /// The answer to what was no message, so that it has no id to be answered to.
    NotUnderstood(String),
}

/// The next message; `None` at the end of the stream.
///
/// # Errors
/// If the stream cannot be read, or it cannot be told where the next message begins.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(len) = read_header(input)? else {
        return Ok(None);
    };
    if len > MAX_BYTES {
        io::copy(&mut input.take(len as u64), &mut io::sink())?;
        return Ok(Some(Incoming::Malformed(format!("a message of {len} bytes is longer than is read"))));
    }
    // The buffer grows with what arrives, not with what is announced.
    let mut body = Vec::new();
    input.take(len as u64).read_to_end(&mut body)?;
    if body.len() < len {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let message = serde_json::from_slice(&body)
        .or_else(|error| if replace_halves(&mut body) { serde_json::from_slice(&body) } else { Err(error) });
    Ok(Some(message.map_or_else(|error| Incoming::Malformed(error.to_string()), Incoming::Message)))
}

/// Puts the replacement character, U+FFFD, in the place of each half of a surrogate pair that stands alone in the strings of some
/// JSON; whether there was one. An editor whose text is UTF-16 may hold and send them, no text in Rust can; the editor writes
/// the same character when it saves the text.
fn replace_halves(json: &mut [u8]) -> bool {
    let unit = |json: &[u8], at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut at, mut replaced) = (0, false);
    while let Some(backslash) = memchr::memchr(b'\\', json.get(at..).unwrap_or_default()) {
        at += backslash;
        let Some(first) = unit(json, at) else {
            at += 2;
            continue;
        };
        let is_pair = matches!(first, 0xd800..=0xdbff) && matches!(unit(json, at + 6), Some(0xdc00..=0xdfff));
        if matches!(first, 0xd800..=0xdfff) && !is_pair {
            json[at + 2..at + 6].copy_from_slice(b"fffd");
            replaced = true;
        }
        at += if is_pair { 12 } else { 6 };
    }
    replaced
}

/// The length that the header of a message tells; `None` at the end of the stream.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let bad = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut len = None;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = std::str::from_utf8(&line).map_err(|_| bad("a header that is not text"))?;
        if !line.ends_with('\n') {
            return Err(bad("a header that does not end"));
        }
        let line = line.trim_end();
        if line.is_empty() {
            return len.map(Some).ok_or_else(|| bad("a message without Content-Length"));
        }
        let (name, value) = line.split_once(':').ok_or_else(|| bad("what stands before a message is no header"))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            len = Some(value.trim().parse().map_err(|_| bad("a Content-Length that is no number"))?);
        }
    }
}

/// Writes one message.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(output: &mut impl Write, message: &Outgoing) -> io::Result<()> {
    match message {
        Outgoing::Message(message) => message.write(output),
        Outgoing::NotUnderstood(reason) => {
            let code = lsp_server::ErrorCode::ParseError as i32;
            let error = serde_json::json!({"code": code, "message": reason});
            let body = serde_json::json!({"jsonrpc": "2.0", "id": null, "error": error}).to_string();
            write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
            output.flush()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut seen = Vec::new();
        loop {
            match read(&mut input) {
                Ok(Some(Incoming::Message(Message::Notification(n)))) => seen.push(n.method),
                Ok(Some(Incoming::Message(other))) => seen.push(format!("{other:?}")),
                Ok(Some(Incoming::Malformed(_))) => seen.push("malformed".to_owned()),
                Ok(None) => return seen,
                Err(error) => {
                    seen.push(error.to_string());
                    return seen;
                }
            }
        }
    }

    #[test]
    fn half_of_a_surrogate_pair_becomes_a_character_and_everything_else_stays() {
        let cases = [
            (r#"a\ud83e\udd1d\\ud800\n"#, r#"a\ud83e\udd1d\\ud800\n"#),
            (r#"\ud83ex\udd1d"#, r#"\ufffdx\ufffd"#),
            (r#"\ud83e\uD83E\uDD1D\udd1d"#, r#"\ufffd\uD83E\uDD1D\ufffd"#),
            (r#"\\\ud800"#, r#"\\\ufffd"#),
            (r#"\ud800\"#, r#"\ufffd\"#),
            (r#"\ud8"#, r#"\ud8"#),
            (r#"\u+800"#, r#"\u+800"#),
            ("\\u\u{d55c}\u{ad6d}", "\\u\u{d55c}\u{ad6d}"),
        ];
        for (json, expected) in cases {
            let mut bytes = json.as_bytes().to_vec();
            assert_eq!(replace_halves(&mut bytes), json != expected, "{json}");
            assert_eq!(std::str::from_utf8(&bytes), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_message_is_passed_over_and_what_has_no_length_ends_the_stream() {
        let good = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let cases = [
            (good.to_owned(), vec!["exit"]),
            (format!("content-length:33\nContent-Type: x\n\n{}{good}", &good[22..]), vec!["exit", "exit"]),
            (format!("Content-Length: 3\r\n\r\n{{]}}{good}"), vec!["malformed", "exit"]),
            (format!("Content-Length: 2\r\n\r\n[]{good}"), vec!["malformed", "exit"]),
            ("Content-Length: 900\r\n\r\n{}".to_owned(), vec!["unexpected end of file"]),
            ("\r\n\r\n".to_owned(), vec!["a message without Content-Length"]),
            ("Content-Length: x\r\n\r\n".to_owned(), vec!["a Content-Length that is no number"]),
            ("hello\r\n".to_owned(), vec!["what stands before a message is no header"]),
            ("x".repeat(9000), vec!["a header that does not end"]),
            (String::new(), vec![]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read_all(bytes.as_bytes()), expected, "{bytes:.60}");
        }
    }
}
