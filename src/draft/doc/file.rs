//! The header of a document and the pieces of its text ([MS-DOC] 2.5, 2.9.38, 2.8.35).

use super::bytes::{u16_at, u32_at, unsound};
use super::properties::{CharacterRun, ParagraphRun, Styles, character_runs, paragraph_runs};
use crate::draft::document::{DocumentError, Suite};

/// Some characters that stand together in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The number of the first character, and of the first behind the last.
    pub(super) begin: usize,
    pub(super) end: usize,
    /// The byte of the main stream at which they begin.
    pub(super) at: usize,
    /// True for a byte a character, in Windows-1252; two in UTF-16 else.
    pub(super) is_bytes: bool,
}

/// The stories of a document, in the order in which their characters come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoryKind {
    Main,
    Footnotes,
    Headers,
    /// Macros of versions before, and comments: not read.
    Unread,
    Endnotes,
    Boxes,
    HeaderBoxes,
}

/// For each story the byte of the header that tells its number of characters.
const STORY_LENGTHS: [(StoryKind, usize); 8] = [
    (StoryKind::Main, 0x4c),
    (StoryKind::Footnotes, 0x50),
    (StoryKind::Headers, 0x54),
    (StoryKind::Unread, 0x58),
    (StoryKind::Unread, 0x5c),
    (StoryKind::Endnotes, 0x60),
    (StoryKind::Boxes, 0x64),
    (StoryKind::HeaderBoxes, 0x68),
];

/// Where the header tells the place and the length of a table: of styles, of the looks of characters and of paragraphs, of pieces.
const STYLES: usize = 0x9a + 8;
const CHARACTERS: usize = 0x9a + 12 * 8;
const PARAGRAPHS: usize = 0x9a + 13 * 8;
const PIECES: usize = 0x9a + 33 * 8;

/// A document.
#[derive(Debug)]
pub(super) struct WordFile {
    pub(super) main: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    /// Each story with the number of its first character, and of the first behind its last.
    pub(super) stories: Vec<(StoryKind, usize, usize)>,
    pub(super) characters: Vec<CharacterRun>,
    pub(super) paragraphs: Vec<ParagraphRun>,
    pub(super) styles: Styles,
}

/// The name of the stream that holds the tables.
///
/// # Errors
/// If it is not a document, or one of a format before that, or encrypted.
pub(super) fn table_of(main: &[u8]) -> Result<&'static str, DocumentError> {
    const WORD: u16 = 0xa5ec;
    const OF_97: u16 = 0xc1;
    const ENCRYPTED: u16 = 0x100;
    const SECOND: u16 = 0x200;
    let field = |at| u16_at(main, at).ok_or_else(|| unsound("its header is cut off"));
    if field(0)? != WORD || field(2)? < OF_97 {
        return Err(unsound("it is of a format before Word 97"));
    }
    let flags = field(0xa)?;
    if flags & ENCRYPTED != 0 {
        return Err(DocumentError::Encrypted(Suite::Word));
    }
    Ok(if flags & SECOND != 0 { "1Table" } else { "0Table" })
}

impl WordFile {
    pub(super) fn read(main: Vec<u8>, table: &[u8]) -> Result<WordFile, DocumentError> {
        let part = |at: usize| {
            let (from, len) = (u32_at(&main, at)? as usize, u32_at(&main, at + 4)? as usize);
            table.get(from..from.checked_add(len)?)
        };
        let pieces = part(PIECES).and_then(|table| pieces(table, &main));
        let pieces = pieces.ok_or_else(|| unsound("the pieces of its text are not to be found"))?;
        let mut stories = Vec::new();
        let mut begin = 0usize;
        for (kind, at) in STORY_LENGTHS {
            let len = u32_at(&main, at).map_or(0, |len| len as usize);
            stories.push((kind, begin, begin.saturating_add(len)));
            begin = begin.saturating_add(len);
        }
        let characters = part(CHARACTERS).map(|table| character_runs(&main, table)).unwrap_or_default();
        let paragraphs = part(PARAGRAPHS).map(|table| paragraph_runs(&main, table)).unwrap_or_default();
        let styles = part(STYLES).map(Styles::read).unwrap_or_default();
        Ok(WordFile { pieces, stories, characters, paragraphs, styles, main })
    }
}

/// The pieces of a text; `None` if they are not sound. No byte is in two of them.
fn pieces(table: &[u8], main: &[u8]) -> Option<Vec<Piece>> {
    const COMPRESSED: u32 = 1 << 30;
    let mut at = 0;
    // Before them come the looks that pieces share.
    while table.get(at) == Some(&1) {
        at += 3 + usize::from(u16_at(table, at + 1)?);
    }
    if table.get(at) != Some(&2) {
        return None;
    }
    let len = u32_at(table, at + 1)? as usize;
    let list = table.get(at + 5..at.checked_add(5)?.checked_add(len)?)?;
    let count = len.checked_sub(4)? / 12;
    let (mut pieces, mut bytes) = (Vec::with_capacity(count), 0);
    for index in 0..count {
        let (begin, end) = (u32_at(list, index * 4)? as usize, u32_at(list, index * 4 + 4)? as usize);
        let place = u32_at(list, (count + 1) * 4 + index * 8 + 2)?;
        let is_bytes = place & COMPRESSED != 0;
        let place = (place & (COMPRESSED - 1)) as usize;
        let (at, unit) = if is_bytes { (place / 2, 1) } else { (place, 2) };
        let len = end.checked_sub(begin)?.checked_mul(unit)?;
        bytes += len;
        if at.checked_add(len)? > main.len() || bytes > main.len() {
            return None;
        }
        pieces.push(Piece { begin, end, at, is_bytes });
    }
    Some(pieces)
}
