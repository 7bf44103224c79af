//! Messages on the wire: each with its length before it.

use std::io::{self, BufRead, Read, Write};

use lsp_server::Message;

/// The longest message that is read, in bytes: a draft of the largest size, escaped.
const MAX_BYTES: usize = 128 << 20;

/// The longest line of a header that is read, in bytes.
const MAX_HEADER: u64 = 4096;

/// What came over the wire.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// What has the length of a message and is none, with the reason.
    Malformed(String),
}

/// What goes over the wire.
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
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(error.to_string()),
    }))
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
