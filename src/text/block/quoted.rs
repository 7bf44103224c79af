//! Quotations that run over several blocks.

use super::Block;
use crate::text::marks::is_closing;
use crate::text::quotation::{is_first, is_verb_of_speech};
use crate::text::sentence::ends_with_label;

/// The fewest words of a paragraph that ends a quotation without a full stop.
const SHORTEST_PARAGRAPH: usize = 3;

/// The most words between a quotation and the verb behind it that says whose words they are.
const LONGEST_SPEAKER: usize = 6;

/// Marks what is quoted over several blocks: each begins with the mark that opened the first, and only the last has one that
/// closes.
pub(crate) fn run_over(blocks: &mut [Block]) {
    let mut at = 1;
    while at < blocks.len() {
        let opens = |block: &Block| block.text().chars().next().filter(|c| is_first(*c));
        // Of most blocks the first character says that they are none of these.
        let Some(c) = opens(&blocks[at]) else {
            at += 1;
            continue;
        };
        let first = at - 1;
        while at < blocks.len() && opens(&blocks[at]) == Some(c) && blocks[at - 1].open_quotation(c).is_some() {
            at += 1;
        }
        let last = at - 1;
        let is_closed = last > first && blocks[last].open_quotation(c).is_none() && ends_quotation(&blocks[last]);
        if is_closed && begins_quotation(&blocks[first], c) {
            for block in &mut blocks[first..last] {
                if let Some(start) = block.open_quotation(c) {
                    block.quote_from(start);
                }
            }
        }
        at = at.max(first + 2);
    }
}

/// True if the mark `c` that a block leaves open stands where the words of somebody begin.
fn begins_quotation(block: &Block, c: char) -> bool {
    let before = block.open_quotation(c).map_or("", |start| block.text()[..start].trim_end());
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !before.contains(char::is_alphabetic)
        || ends_with_label(before)
        || before.ends_with([':', ','])
        || is_verb_of_speech(last)
}

/// True if a block that begins with a mark is the last paragraph of a quotation: what the mark opens is closed behind a full stop
/// or at the end of the block, or whose words they are is said behind it.
fn ends_quotation(block: &Block) -> bool {
    let text = block.text();
    let Some(quotation) = block.quotations().first().filter(|quotation| quotation.start() == 0) else {
        return false;
    };
    let inner = text[..quotation.end()].trim_end_matches(is_closing).trim_end();
    let behind = &text[quotation.end()..];
    let mut next = behind.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let goes_on = next.clone().next().is_some_and(|word| word.starts_with(char::is_lowercase));
    if inner.ends_with([',', '!', '?', '.', '\u{2026}']) && next.by_ref().take(LONGEST_SPEAKER).any(is_verb_of_speech) {
        return true;
    }
    match inner.chars().next_back() {
        Some('.' | '!' | '?' | '\u{2026}') => !goes_on,
        _ => !behind.contains(char::is_alphabetic) && inner.split(' ').count() >= SHORTEST_PARAGRAPH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};

    #[test]
    fn a_quotation_runs_over_paragraphs_that_each_open_it() {
        let quoted = |source: &str| -> Vec<String> {
            let draft = Draft::new(Format::Markdown, source);
            let texts = |block: &Block| {
                block.quotations().iter().map(|span| block.text()[span.range()].to_owned()).collect::<Vec<_>>()
            };
            draft.blocks().iter().flat_map(texts).collect()
        };
        let cases: &[(&str, &[&str])] = &[
            (
                "He said: \u{201c}one.\n\n\u{201c}Two.\n\n\u{201c}Three.\u{201d} Four.",
                &["\u{201c}one.", "\u{201c}Two.", "\u{201c}Three.\u{201d}"],
            ),
            ("\"One.\n\n\"Two.\" Three.", &["\"One.", "\"Two.\""]),
            ("\u{2018}One.\n\n\u{2018}Two.\u{2019} Three.", &["\u{2018}One.", "\u{2018}Two.\u{2019}"]),
            ("\u{ab}One.\n\n\u{ab}Two.\u{bb} Three.", &["\u{ab}One.", "\u{ab}Two.\u{bb}"]),
            // Never closed, or not opened again: a mark that was forgotten.
            ("\u{201c}One.\n\n\u{201c}Two.\n\nThree.", &[]),
            ("\u{201c}One.\n\nTwo.\n\n\u{201c}Three.\u{201d}", &["\u{201c}Three.\u{201d}"]),
            // The next one begins with a word that is quoted, or the mark stands where nobody begins to speak.
            ("\"We met, and both shall meet.\n\n\"Two\" and three.", &["\"Two\""]),
            ("\"We met, and both shall meet.\n\n\"Two\".", &["\"Two\""]),
            ("They said \u{201c}we go. It is so.\n\n\u{201c}Two\u{201d} is it.", &["\u{201c}Two\u{201d}"]),
            ("The \u{201c}new way. It is so.\n\n\u{201c}Two are here.\u{201d}", &["\u{201c}Two are here.\u{201d}"]),
            ("* \"One: it is so.\n* \"Two\": it is so.", &["\"Two\""]),
            ("They said \u{201c}one.\n\n\u{201c}Two,\u{201d} he added.", &["\u{201c}one.", "\u{201c}Two,\u{201d}"]),
            ("\u{201c}One.\n\n\u{201c}Two are here\u{201d}. [3]", &["\u{201c}One.", "\u{201c}Two are here\u{201d}"]),
            ("\u{2019}90s and the allies\u{2019} view.\n\n\u{2019}90s again.", &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(quoted(source), *expected, "{source}");
        }
    }
}
