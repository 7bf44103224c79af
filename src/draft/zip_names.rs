//! The names of the parts of a zip archive, as all programs that read it see them (PKWARE, APPNOTE 6.3.10, 4.3 and 4.6.9).

use std::io::{self, Read, Seek, SeekFrom};

/// The extra field by which Info-ZIP gives a part another name.
const UNICODE_PATH: u16 = 0x7075;

/// The most bytes of a directory that are looked at: 10,000 parts with long names.
const MAX_DIRECTORY: u64 = 16 << 20;

/// The first bytes of an entry of a directory.
const ENTRY: &[u8] = b"PK\x01\x02";

/// The place of the directory of an archive, in bytes of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory {
    /// The place that it is said to have, and the one that it has: another where something stands before the archive.
    pub(super) said: u64,
    pub(super) at: u64,
    pub(super) len: u64,
}

/// A part that has two names: of some programs one, of others the other. `None` if there is none.
pub(super) fn two_names(stream: &mut (impl Read + Seek), directory: Directory) -> io::Result<Option<String>> {
    let mut entries = Vec::new();
    let mut moved = 0;
    for at in [directory.said, directory.at] {
        stream.seek(SeekFrom::Start(at))?;
        entries.clear();
        stream.by_ref().take(directory.len.min(MAX_DIRECTORY)).read_to_end(&mut entries)?;
        moved = at.saturating_sub(directory.said);
        if entries.starts_with(ENTRY) {
            break;
        }
    }
    let mut rest = entries.as_slice();
    while let Some(head) = rest.get(..46).filter(|head| head.starts_with(ENTRY)) {
        let lens = [28, 30, 32].map(|at| usize::from(u16::from_le_bytes([head[at], head[at + 1]])));
        let place = u32::from_le_bytes([head[42], head[43], head[44], head[45]]);
        let [name, extra, comment] = lens;
        let Some(own) = rest.get(46..46 + name) else {
            break;
        };
        let fields = rest.get(46 + name..46 + name + extra).unwrap_or_default();
        // The place of a part beyond four gigabytes stands elsewhere; no document is so large.
        let local = local_names(stream, u64::from(place).saturating_add(moved))?;
        let is_other = |other: &[u8]| other != own;
        let is_other = unicode_paths(fields).any(is_other) || local.iter().any(|other| is_other(other));
        if is_other {
            return Ok(Some(String::from_utf8_lossy(own).into_owned()));
        }
        rest = rest.get(46 + name + extra + comment..).unwrap_or_default();
    }
    Ok(None)
}

/// The names that a part has where it stands itself; none where no part stands.
fn local_names(stream: &mut (impl Read + Seek), at: u64) -> io::Result<Vec<Vec<u8>>> {
    stream.seek(SeekFrom::Start(at))?;
    let mut head = Vec::new();
    stream.by_ref().take(30).read_to_end(&mut head)?;
    if head.len() < 30 || !head.starts_with(b"PK\x03\x04") {
        return Ok(Vec::new());
    }
    let [name, extra] = [26, 28].map(|at| usize::from(u16::from_le_bytes([head[at], head[at + 1]])));
    let mut rest = Vec::new();
    stream.by_ref().take((name + extra) as u64).read_to_end(&mut rest)?;
    let (own, fields) = rest.split_at(name.min(rest.len()));
    Ok(std::iter::once(own).chain(unicode_paths(fields)).map(<[u8]>::to_vec).collect())
}

/// The names that extra fields give a part.
fn unicode_paths(mut fields: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        loop {
            let head = fields.get(..4)?;
            let (id, len) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
            let field = fields.get(4..4 + usize::from(len));
            fields = fields.get(4 + usize::from(len)..).unwrap_or_default();
            // A version and the checksum of the other name stand before the name.
            if id == UNICODE_PATH {
                return Some(field.and_then(|field| field.get(5..)).unwrap_or_default());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// An archive of one part without content, with this name where it stands and in the directory, and with these extra fields, behind some
    /// bytes that are none of it.
    fn archive(local: &str, central: &str, fields: &[u8], before: &[u8]) -> (Vec<u8>, Directory) {
        let len = |text: &[u8]| (text.len() as u16).to_le_bytes();
        let mut bytes = before.to_vec();
        bytes.extend([b"PK\x03\x04".as_slice(), &[0; 22], &len(local.as_bytes()), &len(&[])].concat());
        bytes.extend(local.as_bytes());
        let (at, said) = (bytes.len() as u64, (bytes.len() - before.len()) as u64);
        let lens = [len(central.as_bytes()), len(fields), [0; 2]].concat();
        bytes.extend([ENTRY, &[0; 24], &lens, &[0; 12]].concat());
        bytes.extend([central.as_bytes(), fields].concat());
        let len = bytes.len() as u64 - at;
        (bytes, Directory { said, at, len })
    }

    #[test]
    fn a_part_has_one_name() {
        let renamed = |name: &str| {
            let field = [&[1, 0, 0, 0, 0], name.as_bytes()].concat();
            [&UNICODE_PATH.to_le_bytes()[..], &(field.len() as u16).to_le_bytes(), &field].concat()
        };
        let other = [&[1, 0, 2, 0, 7, 7][..], &renamed("b.xml")].concat();
        let cases: &[(&str, &str, &[u8], bool)] = &[
            ("a.xml", "a.xml", &[], false),
            ("a.xml", "a.xml", &renamed("a.xml"), false),
            ("a.xml", "a.xml", &renamed("b.xml"), true),
            ("a.xml", "a.xml", &other, true),
            ("b.xml", "a.xml", &[], true),
            ("a.xml", "a.xml", &[0x75, 0x70, 255, 255, 1], true),
        ];
        for (local, central, fields, expected) in cases {
            for before in [&[][..], b"something else"] {
                let (bytes, directory) = archive(local, central, fields, before);
                let found = two_names(&mut Cursor::new(bytes), directory).unwrap();
                assert_eq!(found.is_some(), *expected, "{local} {central} {fields:?}");
            }
        }
    }
}
