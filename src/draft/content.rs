//! The content of a file, as far as it tells the format of a draft whose name does not, or whose name is wrong.

use std::io::{self, Read, Seek, SeekFrom};

use super::document::COMPOUND;

/// The most bytes of the beginning of a file that are looked at.
pub(super) const HEAD_BYTES: usize = 4096;

/// The byte-order mark of UTF-8.
#[cfg(feature = "office")]
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The beginning of a file, and what it holds if it is an archive.
#[derive(Debug, Default)]
pub(super) struct Content {
    head: Vec<u8>,
    /// The names of the parts of a zip archive, or of the streams of a compound file.
    #[cfg(feature = "office")]
    parts: Vec<String>,
}

impl Content {
    /// The content of a file of which nothing but these bytes of its beginning is known.
    pub(super) fn from_head(head: Vec<u8>) -> Content {
        Content {
            head,
            #[cfg(feature = "office")]
            parts: Vec::new(),
        }
    }

    /// Looks at a file, and goes back to its beginning.
    ///
    /// # Errors
    /// If it cannot be read. One that is damaged tells nothing.
    pub(super) fn of(stream: &mut (impl Read + Seek)) -> io::Result<Content> {
        let content = Content::beginning(stream)?;
        #[cfg(feature = "office")]
        let content = Content { parts: content.parts_of(stream)?, ..content };
        stream.seek(SeekFrom::Start(0))?;
        Ok(content)
    }

    /// Looks at the beginning of a file, and goes back to it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn beginning(stream: &mut (impl Read + Seek)) -> io::Result<Content> {
        let mut head = Vec::new();
        stream.seek(SeekFrom::Start(0))?;
        stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        stream.seek(SeekFrom::Start(0))?;
        Ok(Content::from_head(head))
    }

    /// The names of the parts or streams of the file that begins so.
    #[cfg(feature = "office")]
    fn parts_of(&self, stream: &mut (impl Read + Seek)) -> io::Result<Vec<String>> {
        stream.seek(SeekFrom::Start(0))?;
        Ok(match () {
            () if self.is_archive() => super::package::names(stream),
            () if self.is_compound() => super::doc::streams::names(stream),
            () => None,
        }
        .unwrap_or_default())
    }

    /// True for a zip archive.
    pub(super) fn is_archive(&self) -> bool {
        self.head.starts_with(b"PK\x03\x04")
    }

    /// True for a compound file, as programs before 2007 wrote them.
    pub(super) fn is_compound(&self) -> bool {
        self.head.starts_with(COMPOUND)
    }

    /// True for what no text begins as.
    pub(super) fn is_binary(&self) -> bool {
        self.is_archive() || self.is_compound()
    }

    /// True for bytes that begin so, behind white space or the byte-order mark of UTF-8.
    #[cfg(feature = "office")]
    pub(super) fn begins(&self, with: &[u8]) -> bool {
        self.head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.head).trim_ascii_start().starts_with(with)
    }

    /// True for what may be a text that somebody wrote: no byte in it is a control character.
    #[cfg(feature = "office")]
    pub(super) fn is_text(&self) -> bool {
        let is_utf16 = self.head.starts_with(&[0xff, 0xfe]) || self.head.starts_with(&[0xfe, 0xff]);
        // The sign of the end of a file, and of a page, stand in texts of old programs.
        let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
        is_utf16 || !(self.head.is_empty() || self.head.iter().any(is_control))
    }

    /// What a file is that is no document of Word 97 to 2003 though its name says so, in words; `None` if that is not known.
    #[cfg(feature = "office")]
    pub(super) fn foreign(&self) -> Option<&'static str> {
        let is_mail = |word: &[u8]| {
            let head = self.head.trim_ascii_start();
            head.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        let element = self.first_element();
        Some(match self.head.as_slice() {
            [0xdb | 0x9b | 0x9c, 0xa5, ..] | [0xdc, 0xa5, 0x65, 0, ..] => "a document of Word before version 6",
            [0x31 | 0x32, 0xbe, ..] => "a document of Microsoft Write",
            [0xff, b'W', b'P', b'C', ..] => "a document of WordPerfect",
            _ if is_mail(b"mime-version:") || is_mail(b"content-type: multipart") || is_mail(b"from: <saved") => {
                "a web page in one file (MHTML)"
            }
            _ if element.ends_with(":worddocument") => "a document of Word in XML (Word 2003)",
            _ if element == "pkg:package" => "a document of Word in one file of XML (flat OPC)",
            _ => return None,
        })
    }

    /// True for bytes that hold these in what is looked at.
    #[cfg(feature = "office")]
    pub(super) fn holds(&self, needle: &[u8]) -> bool {
        memchr::memmem::find(&self.head, needle).is_some()
    }

    /// True for an archive with a part of this name, be its letters large or small.
    #[cfg(feature = "office")]
    pub(super) fn has_part(&self, is: impl Fn(&str) -> bool) -> bool {
        self.parts.iter().any(|part| is(&part.to_ascii_lowercase()))
    }

    /// The name of the element that XML or HTML begins with, in lower case, or `!doctype` and the name that it declares; empty for
    /// what begins with text. A byte-order mark, white space, declarations and comments before it do not count.
    pub(super) fn first_element(&self) -> String {
        let decoded: Vec<u8> = match self.head.as_slice() {
            [0xff, 0xfe, rest @ ..] => {
                rest.chunks_exact(2).map(|pair| if pair[1] == 0 { pair[0] } else { b'?' }).collect()
            }
            [0xfe, 0xff, rest @ ..] => {
                rest.chunks_exact(2).map(|pair| if pair[0] == 0 { pair[1] } else { b'?' }).collect()
            }
            [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
            head => head.to_vec(),
        };
        let mut rest = decoded.as_slice();
        loop {
            rest = rest.trim_ascii_start();
            let end: &[u8] = match rest {
                [b'<', b'?', ..] => b"?>",
                [b'<', b'!', b'-', b'-', ..] => b"-->",
                _ => break,
            };
            let Some(at) = memchr::memmem::find(rest, end) else {
                return String::new();
            };
            rest = &rest[at + end.len()..];
        }
        let Some(tag) = rest.strip_prefix(b"<") else {
            return String::new();
        };
        let word = |bytes: &[u8]| {
            let end = bytes.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            String::from_utf8_lossy(&bytes[..end.unwrap_or(bytes.len())]).to_ascii_lowercase()
        };
        let name = word(tag);
        if name == "!doctype" { format!("!doctype {}", word(tag[name.len()..].trim_ascii_start())) } else { name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_begins_with_is_told() {
        for (head, expected) in [
            (&b"<!DOCTYPE html>\n<html>"[..], "!doctype html"),
            (b"\xef\xbb\xbf  <HTML lang='en'>", "html"),
            (b"<?xml version='1.0'?>\n<!-- a > b -->\n<office:document x='y'>", "office:document"),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "html"),
            (b"# Title\n<html>", ""),
            (b"<!-- that never ends", ""),
            (b"", ""),
        ] {
            let content = Content::from_head(head.to_vec());
            assert_eq!(content.first_element(), expected, "{}", String::from_utf8_lossy(head));
        }
    }

    #[cfg(feature = "office")]
    #[test]
    fn what_only_the_name_makes_a_document_of_word_is_told() {
        for (head, foreign, is_text) in [
            (
                &b"MIME-Version: 1.0\r\nContent-Type: multipart/related"[..],
                Some("a web page in one file (MHTML)"),
                true,
            ),
            (
                b"<?xml version='1.0'?><?mso-application progid='x'?><w:wordDocument>",
                Some("a document of Word in XML (Word 2003)"),
                true,
            ),
            (b"<pkg:package x='y'>", Some("a document of Word in one file of XML (flat OPC)"), true),
            (b"\xdb\xa5\x2d\0", Some("a document of Word before version 6"), false),
            (b"\xffWPC\x01", Some("a document of WordPerfect"), false),
            (b"The two sides met.", None, true),
            (b"\xff\xfeT\0", None, true),
            (b"The\0two", None, false),
            (b"", None, false),
        ] {
            let content = Content::from_head(head.to_vec());
            assert_eq!((content.foreign(), content.is_text()), (foreign, is_text), "{}", String::from_utf8_lossy(head));
        }
        let marked = Content::from_head(b"\xef\xbb\xbf{\\rtf1".to_vec());
        assert!(marked.begins(b"{\\rtf"));
    }

    #[test]
    fn a_stream_is_left_at_its_beginning() {
        let mut stream = io::Cursor::new(b"PK\x03\x04 and no archive".to_vec());
        stream.set_position(5);
        let content = Content::of(&mut stream).unwrap();
        assert!(content.is_archive());
        assert_eq!(stream.position(), 0);
    }
}
