//! The groups of a document: where the text in each goes, and how it looks.

use crate::draft::document::TrackedChange;
use crate::draft::paragraph::ParagraphRole;

/// The stories that paragraphs are counted in, in the order in which they are read. The first is the document itself.
pub(super) const STORIES: [&str; 4] = ["text", "footnotes", "endnotes", "headers"];

/// The index of the document itself.
pub(super) const MAIN: usize = 0;
/// The index of footnotes.
pub(super) const FOOTNOTES: usize = 1;
/// The index of endnotes.
pub(super) const ENDNOTES: usize = 2;
/// The index of headers and footers.
pub(super) const HEADERS: usize = 3;

/// The place that text in a group goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Destination {
    /// The text of the story that is open.
    #[default]
    Text,
    /// Nowhere.
    Skip,
    /// Nowhere, but for one of two versions of a text that is there twice.
    Alternatives,
    /// Nowhere, but for the properties of a shape that are words.
    Shape,
    /// A property of a shape.
    Property,
    /// The name of the property.
    PropertyName,
    /// Its value.
    PropertyValue,
    Fonts,
    /// The style sheet: the names of styles.
    Styles,
}

/// The destination that a control word begins at the start of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// Of the text that follows.
    Into(Destination),
    /// Another story.
    Story(usize),
    /// Paragraphs of a text box.
    Box,
}

impl Begun {
    /// What a control word begins; `None` of one that begins nothing. `starred` is true behind `\*`.
    pub(super) fn of(word: &str, starred: bool) -> Option<Begun> {
        use Destination::{Alternatives, Fonts, Property, PropertyName, PropertyValue, Shape, Skip, Styles, Text};
        Some(match word {
            "fonttbl" => Begun::Into(Fonts),
            "stylesheet" => Begun::Into(Styles),
            "footnote" => Begun::Story(FOOTNOTES),
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                Begun::Story(HEADERS)
            }
            "shptxt" | "dptxbxtext" => Begun::Box,
            "shpinst" | "picprop" => Begun::Into(Shape),
            "sp" => Begun::Into(Property),
            "sn" => Begun::Into(PropertyName),
            "sv" => Begun::Into(PropertyValue),
            // What is read of a picture is what stands for it. Of a text that is there twice the one with Unicode is read.
            "pict" => Begun::Into(Shape),
            "shppict" | "ud" | "background" | "do" | "fldrslt" | "result" => Begun::Into(Text),
            "nonshppict" | "shprslt" | "nonesttables" | "fldinst" | "listtext" | "pntext" | "colortbl" | "info"
            | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "annotation" | "xe" | "tc"
            | "tcn" | "rxe" | "txe" | "revtbl" | "filetbl" | "comment" | "private" | "template" | "objdata"
            | "datafield" | "nextfile" => Begun::Into(Skip),
            "upr" => Begun::Into(Alternatives),
            _ if starred => Begun::Into(Skip),
            _ => return None,
        })
    }
}

/// The formatting of text, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) is_hidden: bool,
    pub(super) is_raised: bool,
    pub(super) change: TrackedChange,
    pub(super) font: Option<i32>,
}

/// The formatting of a paragraph, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphLook {
    pub(super) in_table: bool,
    pub(super) is_listed: bool,
    /// True for the large letter that the next paragraph begins with.
    pub(super) is_drop_cap: bool,
    pub(super) style: i32,
    pub(super) role: Option<ParagraphRole>,
}

/// A group that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) destination: Destination,
    pub(super) look: Look,
    pub(super) paragraph: ParagraphLook,
    /// The characters behind a character of Unicode that stand for it.
    pub(super) substitutes: usize,
    /// True if the group began what paragraphs are interrupted by.
    pub(super) interrupts: bool,
}

/// The character that a control word stands for.
pub(super) fn character(word: &str) -> Option<char> {
    Some(match word {
        "tab" => '\t',
        "line" | "page" | "column" | "lbr" => crate::draft::layout::BREAK,
        "emdash" => '\u{2014}',
        "endash" => '\u{2013}',
        "lquote" => '\u{2018}',
        "rquote" => '\u{2019}',
        "ldblquote" => '\u{201c}',
        "rdblquote" => '\u{201d}',
        "bullet" => '\u{2022}',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        "zwbo" => '\u{200b}',
        "zwnbo" => '\u{2060}',
        "zwj" => '\u{200d}',
        "zwnj" => '\u{200c}',
        "ltrmark" => '\u{200e}',
        "rtlmark" => '\u{200f}',
        _ => return None,
    })
}
