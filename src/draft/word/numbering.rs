//! The lists of a document (ISO/IEC 29500-1, 17.9): what Word draws before paragraphs that are numbered.

use std::collections::{HashMap, HashSet};

use super::styles::{NumberingPlace, WordStyles, is_toggled};
use crate::draft::document::DocumentError;
use crate::draft::list::{ItemMarks, LEVELS, LabelPiece, ListCounters, ListLevel, MAX_LABEL};
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::text::block::ListLabel;
use crate::text::numeral::Numerals;

/// The definition that several lists may share.
#[derive(Debug, Clone, Default)]
struct ListDefinition {
    levels: Vec<WordLevel>,
    /// The style that another definition names to be like this one.
    style: Option<String>,
    /// The style whose list this one is like.
    like_style: Option<String>,
}

/// A level, and the style whose paragraphs are of it.
#[derive(Debug, Clone)]
struct WordLevel {
    format: ListLevel,
    style: Option<String>,
}

/// A list.
#[derive(Debug, Clone, Default)]
struct WordList {
    definition: String,
    /// By the level: the number that it begins with, and its own format.
    overrides: HashMap<usize, (Option<u32>, Option<WordLevel>)>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(crate) struct WordNumbering {
    definitions: HashMap<String, ListDefinition>,
    lists: HashMap<String, WordList>,
}

/// The part of the numbering that is open while it is read.
enum OpenNumbering {
    Definition(String),
    List(String),
}

impl Default for WordLevel {
    fn default() -> WordLevel {
        WordLevel {
            format: ListLevel { marks: ItemMarks::Numbers(Numerals::Decimal), ..ListLevel::default() },
            style: None,
        }
    }
}

impl WordNumbering {
    /// The lists that a part holds.
    pub(super) fn read(part: &str, xml: &str) -> Result<WordNumbering, DocumentError> {
        let mut nodes = XmlReader::new(xml);
        let mut numbering = WordNumbering::default();
        let mut open: Option<OpenNumbering> = None;
        // The level that overrides one of a list, and the level that is open.
        let (mut overridden, mut level) = (0usize, None);
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            let XmlNode::Start(element) = node else {
                continue;
            };
            if element.space != Namespace::Word {
                continue;
            }
            let value = || element.attribute("val").unwrap_or_default();
            let index = || element.attribute("ilvl").and_then(|index| index.parse().ok()).unwrap_or(0usize);
            match element.name() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    numbering.definitions.entry(id.clone()).or_default();
                    (open, level) = (Some(OpenNumbering::Definition(id)), None);
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    numbering.lists.entry(id.clone()).or_default();
                    (open, level) = (Some(OpenNumbering::List(id)), None);
                }
                "lvlOverride" => (overridden, level) = (index(), None),
                "lvl" => {
                    let at = if matches!(open, Some(OpenNumbering::List(_))) { overridden } else { index() };
                    level = Some(at).filter(|at| *at < LEVELS);
                    if let Some(level) = level.and_then(|level| numbering.level(open.as_ref()?, level)) {
                        *level = WordLevel::default();
                    }
                }
                name => match (&open, level) {
                    (Some(open), Some(at)) => {
                        let level = numbering.level(open, at);
                        level.into_iter().for_each(|level| level.take(&element));
                    }
                    (Some(OpenNumbering::Definition(id)), None) => {
                        if let Some(definition) = numbering.definitions.get_mut(id) {
                            match name {
                                "styleLink" => definition.style = Some(value()),
                                "numStyleLink" => definition.like_style = Some(value()),
                                _ => {}
                            }
                        }
                    }
                    (Some(OpenNumbering::List(id)), None) => {
                        if let Some(list) = numbering.lists.get_mut(id) {
                            match name {
                                "abstractNumId" => list.definition = value(),
                                "startOverride" => {
                                    list.overrides.entry(overridden).or_default().0 = value().parse().ok();
                                }
                                _ => {}
                            }
                        }
                    }
                    (None, _) => {}
                },
            }
        }
        Ok(numbering)
    }

    /// The level with this index of what is open.
    fn level(&mut self, open: &OpenNumbering, index: usize) -> Option<&mut WordLevel> {
        match open {
            OpenNumbering::Definition(id) => {
                let levels = &mut self.definitions.get_mut(id)?.levels;
                if levels.len() <= index {
                    levels.resize_with(index + 1, WordLevel::default);
                }
                levels.get_mut(index)
            }
            OpenNumbering::List(id) => {
                let (_, level) = self.lists.get_mut(id)?.overrides.entry(index).or_default();
                Some(level.get_or_insert_with(WordLevel::default))
            }
        }
    }

    /// The id of the definition that a list has, if need be that of the style that it is to be like.
    fn definition_of(&self, list: &WordList, styles: &WordStyles) -> Option<&str> {
        let (id, definition) = self.definitions.get_key_value(&list.definition)?;
        let Some(style) = definition.like_style.as_deref().filter(|_| definition.levels.is_empty()) else {
            return Some(id);
        };
        let named = self.definitions.iter().filter(|(_, other)| other.style.as_deref() == Some(style));
        let of_style = || {
            let list = self.lists.get(styles.numbering(Some(style)).list.as_deref()?)?;
            self.definitions.get_key_value(&list.definition)
        };
        named.min_by_key(|(id, _)| *id).or_else(of_style).map(|(id, _)| id.as_str())
    }
}

impl WordLevel {
    fn take(&mut self, element: &XmlElement<'_>) {
        let value = || element.attribute("val").unwrap_or_default();
        let format = &mut self.format;
        match element.name() {
            "start" => format.start = value().parse().unwrap_or(0),
            "numFmt" => format.marks = marks(&value(), element.attribute("format").as_deref()),
            "lvlText" => format.pieces = pieces(&value()),
            "lvlRestart" => format.restarts_below = value().parse().ok(),
            "isLgl" => format.is_legal = is_toggled(element),
            "pStyle" => self.style = Some(value()),
            _ => {}
        }
    }
}

/// The marks of a format of numbers (ISO/IEC 29500-1, 17.18.59).
fn marks(name: &str, custom: Option<&str>) -> ItemMarks {
    ItemMarks::Numbers(match name {
        "decimal" => Numerals::Decimal,
        "decimalZero" => Numerals::DecimalZero,
        "lowerLetter" => Numerals::RepeatedLetters,
        "upperLetter" => Numerals::RepeatedCapitals,
        "lowerRoman" => Numerals::Roman,
        "upperRoman" => Numerals::CapitalRoman,
        "ordinal" => Numerals::Ordinal,
        "russianLower" => Numerals::Cyrillic,
        "russianUpper" => Numerals::CapitalCyrillic,
        "cardinalText" => Numerals::InWords,
        "ordinalText" => Numerals::OrdinalInWords,
        "decimalHalfWidth" => Numerals::Decimal,
        "hex" => Numerals::Hexadecimal,
        "chicago" => Numerals::Chicago,
        "numberInDash" => Numerals::InDashes,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Numerals::Chinese,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Numerals::ChineseDigits,
        "koreanDigital2" => Numerals::SinoKoreanDigits,
        "chineseLegalSimplified" => Numerals::ChineseLegal,
        "ideographLegalTraditional" => Numerals::TraditionalLegal,
        "ideographTraditional" => Numerals::Stems,
        "ideographZodiac" => Numerals::Branches,
        "ideographEnclosedCircle" => Numerals::CircledChinese,
        "japaneseLegal" => Numerals::JapaneseLegal,
        "aiueoFullWidth" => Numerals::Katakana,
        "aiueo" => Numerals::NarrowKatakana,
        "irohaFullWidth" => Numerals::Iroha,
        "iroha" => Numerals::NarrowIroha,
        "ganada" => Numerals::Hangul,
        "chosung" => Numerals::HangulConsonants,
        "koreanCounting" => Numerals::Korean,
        "koreanDigital" => Numerals::KoreanDigits,
        "koreanLegal" => Numerals::KoreanNative,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numerals::Circled,
        "decimalEnclosedFullstop" => Numerals::WithFullStop,
        "decimalEnclosedParen" => Numerals::InBrackets,
        "decimalFullWidth" | "decimalFullWidth2" => Numerals::Wide,
        "hindiNumbers" => Numerals::Devanagari,
        "thaiNumbers" => Numerals::Thai,
        "custom" if custom.is_some_and(|format| format.starts_with("01, 02")) => Numerals::DecimalZero,
        "bullet" => return ItemMarks::Bullets,
        "none" => return ItemMarks::Nothing,
        _ => return ItemMarks::Unknown,
    })
}

/// The pieces of the text of a level: `%1` is the number of the first.
fn pieces(text: &str) -> Vec<LabelPiece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.chars().take(MAX_LABEL).peekable();
    while let Some(c) = rest.next() {
        let level = if c == '%' { rest.peek().and_then(|c| c.to_digit(10)).filter(|level| *level > 0) } else { None };
        match level {
            Some(level) => {
                rest.next();
                if !plain.is_empty() {
                    pieces.push(LabelPiece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(LabelPiece::Number(level as usize - 1));
            }
            // A bullet of a font of symbols is a picture.
            None if matches!(c, '\u{e000}'..='\u{f8ff}') => plain.push('\u{2022}'),
            None => plain.push(c),
        }
    }
    if !plain.is_empty() {
        pieces.push(LabelPiece::Text(plain));
    }
    pieces
}

/// The numbers that the lists of a story have come to.
pub(super) struct WordCounters<'n> {
    numbering: &'n WordNumbering,
    styles: &'n WordStyles,
    /// By the id of the definition: lists that share one count on.
    counts: HashMap<&'n str, ListCounters>,
    /// The levels of lists that have begun with the number that they are to begin with.
    begun: HashSet<(&'n str, usize)>,
    /// The formats of the levels of each list, made when it is first met.
    levels: HashMap<&'n str, (&'n str, Vec<ListLevel>)>,
}

impl<'n> WordCounters<'n> {
    pub(super) fn new(numbering: &'n WordNumbering, styles: &'n WordStyles) -> WordCounters<'n> {
        let (counts, begun, levels) = (HashMap::new(), HashSet::new(), HashMap::new());
        WordCounters { numbering, styles, counts, begun, levels }
    }

    /// Counts a paragraph, by what it says itself and by its style, and tells the label that Word draws before it.
    pub(super) fn count(&mut self, own: &NumberingPlace, style: Option<&str>) -> Option<ListLabel> {
        let (numbering, styles) = (self.numbering, self.styles);
        let by_style = || styles.numbering(style);
        let id = own.list.clone().or_else(|| by_style().list).filter(|id| id != "0")?;
        let (id, list) = numbering.lists.get_key_value(&id)?;
        let (definition, levels) = match self.levels.get(id.as_str()) {
            Some(known) => known,
            None => {
                let definition = numbering.definition_of(list, styles)?;
                let known = numbering.definitions.get(definition)?;
                let format = |(at, level): (usize, &WordLevel)| {
                    let own = list.overrides.get(&at).and_then(|(_, level)| level.as_ref());
                    own.unwrap_or(level).format.clone()
                };
                let levels = known.levels.iter().enumerate().map(format).collect();
                self.levels.entry(id).or_insert((definition, levels))
            }
        };
        // A style is of the level that names it.
        let named = || {
            let levels = &numbering.definitions.get(*definition)?.levels;
            let is_of = |style: &str| levels.iter().position(|level| level.style.as_deref() == Some(style));
            styles.ids(style).find_map(is_of)
        };
        let of_style = || named().or_else(|| by_style().level);
        let level = match (own.level, &own.list) {
            (Some(level), _) => level,
            (None, Some(_)) => 0,
            (None, None) => of_style().unwrap_or(0),
        };
        let starts = list.overrides.get(&level).and_then(|(start, _)| *start);
        let starts = starts.filter(|_| self.begun.insert((id, level)));
        self.counts.entry(definition).or_default().count(level, levels, starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_level_is_taken_apart() {
        let text = |text: &str| LabelPiece::Text(text.to_owned());
        let cases = [
            ("%1.%2", vec![LabelPiece::Number(0), text("."), LabelPiece::Number(1)]),
            ("Article %1", vec![text("Article "), LabelPiece::Number(0)]),
            ("(%3)", vec![text("("), LabelPiece::Number(2), text(")")]),
            ("100%", vec![text("100%")]),
            ("%0", vec![text("%0")]),
            ("\u{f0b7}", vec![text("\u{2022}")]),
            ("", vec![]),
        ];
        for (written, expected) in cases {
            assert_eq!(pieces(written), expected, "{written}");
        }
    }
}
