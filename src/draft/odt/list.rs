//! The levels of the list styles of an OpenDocument text.

use crate::draft::list::{ItemMarks, LEVELS, LabelPiece, ListLevel, MAX_LABEL};
use crate::draft::xml::XmlElement;
use crate::text::numeral::Numerals;

/// Reads a level of a list style (OpenDocument 1.3, part 3, 16.31 to 16.34, 19.500) into its levels.
pub(super) fn read_level(element: &XmlElement<'_>, levels: &mut Vec<ListLevel>) {
    let value = |name: &str| element.attribute(name);
    let index = value("level").and_then(|level| level.parse::<usize>().ok()).and_then(|level| level.checked_sub(1));
    let Some(index) = index.filter(|index| *index < LEVELS) else {
        return;
    };
    let short = |text: String| text.chars().take(MAX_LABEL).collect::<String>();
    let text = |name: &str| value(name).filter(|text| !text.is_empty()).map(|text| LabelPiece::Text(short(text)));
    let mut level = ListLevel::default();
    if let Some(bullet) = value("bullet-char") {
        let bullet = bullet.replace(|c| matches!(c, '\u{e000}'..='\u{f8ff}'), "\u{2022}");
        level.pieces.push(LabelPiece::Text(short(bullet)));
    } else if let Some(format) = value("num-format") {
        let is_synchronous = value("num-letter-sync").is_some_and(|sync| sync == "true");
        level.marks = marks(&format, is_synchronous);
        level.start = value("start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
        level.pieces = match value("num-list-format") {
            Some(format) => pieces(&short(format)),
            None => {
                let shown = value("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1usize);
                let first = (index + 1).saturating_sub(shown.max(1));
                // A level above without a number has no full stop either.
                let is_counted = |at: &usize| {
                    *at == index || levels.get(*at).is_some_and(|level| matches!(level.marks, ItemMarks::Numbers(_)))
                };
                let mut numbers = Vec::new();
                for at in (first..=index).filter(is_counted) {
                    if !numbers.is_empty() {
                        numbers.push(LabelPiece::Text(".".to_owned()));
                    }
                    numbers.push(LabelPiece::Number(at));
                }
                text("num-prefix").into_iter().chain(numbers).chain(text("num-suffix")).collect()
            }
        };
        if level.marks == ItemMarks::Nothing {
            level.pieces.clear();
        }
    }
    if levels.len() <= index {
        levels.resize_with(index + 1, ListLevel::default);
    }
    levels[index] = level;
}

/// The marks of a format of numbers; `is_synchronous` says that letters are repeated: aa, bb.
fn marks(format: &str, is_synchronous: bool) -> ItemMarks {
    ItemMarks::Numbers(match format {
        "" => return ItemMarks::Nothing,
        "a" if is_synchronous => Numerals::RepeatedLetters,
        "A" if is_synchronous => Numerals::RepeatedCapitals,
        "1st" => Numerals::Ordinal,
        "01, 02, 03, ..." => Numerals::DecimalZero,
        "一, 二, 三, ..." => Numerals::Chinese,
        "①, ②, ③, ..." => Numerals::Circled,
        "One" => Numerals::InWords,
        "First" => Numerals::OrdinalInWords,
        "*, †, ‡, §, **, ††, ..." => Numerals::Chicago,
        "壹, 贰, 叁, ..." => Numerals::ChineseLegal,
        "壹, 貳, 參, ..." => Numerals::TraditionalLegal,
        "甲, 乙, 丙, ..." => Numerals::Stems,
        "子, 丑, 寅, ..." => Numerals::Branches,
        "ア, イ, ウ, ..." => Numerals::Katakana,
        "ｱ, ｲ, ｳ, ..." => Numerals::NarrowKatakana,
        "イ, ロ, ハ, ..." => Numerals::Iroha,
        "ｲ, ﾛ, ﾊ, ..." => Numerals::NarrowIroha,
        "가, 나, 다, ..." => Numerals::Hangul,
        "ㄱ, ㄴ, ㄷ, ..." => Numerals::HangulConsonants,
        "일, 이, 삼, ..." => Numerals::Korean,
        "일, 이, 삼, ... (ko-x-digital)" => Numerals::KoreanDigits,
        "一, 二, 三, ... (ko)" => Numerals::SinoKoreanDigits,
        "하나, 둘, 셋, ..." => Numerals::KoreanNative,
        "１, ２, ３, ..." => Numerals::Wide,
        _ => match Numerals::from_first(format) {
            Some(numerals) => numerals,
            None => return ItemMarks::Unknown,
        },
    })
}

/// The pieces of a label: `%1%` is the number of the first level (`style:num-list-format`, of LibreOffice).
fn pieces(format: &str) -> Vec<LabelPiece> {
    let mut pieces = Vec::new();
    for (at, piece) in format.split('%').enumerate() {
        match piece.parse::<usize>().ok().and_then(|level| level.checked_sub(1)).filter(|_| at % 2 == 1) {
            Some(level) => pieces.push(LabelPiece::Number(level)),
            None if piece.is_empty() => {}
            None => pieces.push(LabelPiece::Text(piece.to_owned())),
        }
    }
    pieces
}
