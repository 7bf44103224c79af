//! Sentence segmentation: the ends of sentences in the plain text of a block.

use super::class::is_superscript_digit;
use super::fold::note_mark;
use super::marks::{is_closing, is_opening};

/// Abbreviations that are followed by a name or a number and so end no sentence, in lower case, without the last period.
const BEFORE_A_NAME: &[&str] = &[
    "adm", "amb", "approx", "art", "arts", "brig", "capt", "cf", "cmdr", "col", "dept", "dir", "dr", "e.g", "ed",
    "eds", "fig", "figs", "gen", "gov", "hon", "i.e", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt", "no", "nos",
    "op", "p", "para", "paras", "pp", "pres", "prof", "rep", "res", "rev", "sec", "secs", "sen", "sgt", "st", "viz",
    "vol", "vols", "vs",
];

/// Abbreviations that may also stand at the end of a sentence: it goes on unless a word that opens one follows.
const ANYWHERE: &[&str] = &[
    "a.m", "al", "apr", "aug", "co", "corp", "dec", "etc", "feb", "inc", "jan", "jr", "jul", "jun", "ltd", "mar",
    "nov", "oct", "p.m", "ph.d", "sep", "sept", "sr",
];

/// The most characters of an abbreviation, periods between letters among them.
const LONGEST_ABBREVIATION: usize = 32;

/// Words that open a sentence far more often than they follow an abbreviation in the middle of one.
const OPENERS: &[&str] = &[
    "a", "across", "after", "all", "although", "an", "both", "building", "during", "each", "finally", "following",
    "further", "furthermore", "he", "her", "his", "however", "if", "in", "it", "its", "moreover", "neither", "our",
    "recalling", "recognizing", "she", "since", "such", "that", "the", "their", "there", "these", "they", "this",
    "those", "today", "together", "we", "when", "where", "while",
];

/// The byte offsets in `plain` at which a sentence has ended: behind its closing punctuation, before the white space.
pub(crate) fn ends(plain: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, c) in plain.char_indices() {
        match c {
            '.' | '!' | '?' | '\u{2026}' => {}
            // Full stops of Chinese and Japanese end a sentence whatever follows.
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff61}' => {
                ends.push(at + c.len_utf8());
                continue;
            }
            _ => continue,
        }
        let rest = &plain[at + c.len_utf8()..];
        let closers = rest.len() - rest.trim_start_matches(is_closer).len();
        let marks = note_marks(&rest[closers..], &plain[..at]);
        let end = at + c.len_utf8() + closers + marks;
        let rest = &plain[end..];
        // A forgotten space: a small letter before the period, a capital behind it, and no abbreviation.
        let unspaced = c == '.'
            && plain[..at].ends_with(char::is_lowercase)
            && rest.strip_prefix(char::is_uppercase).is_some_and(|behind| !behind.starts_with('.'));
        if !rest.starts_with(char::is_whitespace) && !unspaced {
            continue;
        }
        let next = rest.trim_start().trim_start_matches(is_opener);
        if next.starts_with(char::is_lowercase) {
            continue;
        }
        if c == '.' && abbreviated(&plain[..at], next) {
            continue;
        }
        ends.push(end);
    }
    ends
}

/// The length of footnote marks behind the end of a sentence: `[1]`, superscript digits, and plain ones behind a letter.
fn note_marks(rest: &str, before: &str) -> usize {
    let bracketed = note_mark(rest);
    if bracketed > 0 {
        return bracketed;
    }
    let raised = rest.find(|c| !is_superscript_digit(c)).unwrap_or(rest.len());
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if raised == 0 && before.ends_with(char::is_lowercase) && digits <= 2 { digits } else { raised }
}

fn is_closer(c: char) -> bool {
    is_closing(c) || matches!(c, '*' | '_')
}

fn is_opener(c: char) -> bool {
    is_opening(c) || matches!(c, '*' | '_')
}

/// True if the text before a word ends with the number or the letter of a paragraph, a clause or an item: `(a)` anywhere, `b)`,
/// `1.` or `2.3` where something begins.
pub(crate) fn ends_with_label(before: &str) -> bool {
    let text = before.trim_end_matches(is_opener);
    let label = text.trim_end();
    if label.len() == text.len() {
        return false;
    }
    let start =
        label.rfind(char::is_whitespace).map_or(0, |at| label[at..].chars().next().map_or(at, |c| at + c.len_utf8()));
    let (above, label) = (label[..start].trim_end(), &label[start..]);
    let numbers = label.trim_start_matches('\u{a7}').split(['(', ')', '.', '-']).filter(|part| !part.is_empty());
    let is_numbered = || {
        let mut numbers = numbers.clone().peekable();
        numbers.peek().is_some() && numbers.all(|part| is_item_number(&part.to_ascii_lowercase()))
    };
    let begins = above.is_empty() || above.ends_with([':', ';', '.']);
    let is_label = match label.chars().next_back() {
        Some(')') => begins || label.contains('('),
        Some('.') => begins,
        _ => above.is_empty() && (label.contains('.') || label.starts_with('\u{a7}')),
    };
    is_label && is_numbered()
}

/// True if the text before a word ends with a colon, but for what opens the word.
pub(crate) fn ends_with_colon(before: &str) -> bool {
    before.trim_end_matches(is_opener).trim_end().ends_with([':', '\u{ff1a}'])
}

/// True if the period behind `before` belongs to an abbreviation that the sentence goes on after with `next`.
fn abbreviated(before: &str, next: &str) -> bool {
    let is_part = |&(_, c): &(usize, char)| c.is_alphanumeric() || c == '.';
    let letters = before.char_indices().rev().take_while(is_part).take(LONGEST_ABBREVIATION + 1);
    let (len, word_start) = letters.fold((0, before.len()), |(len, _), (at, _)| (len + 1, at));
    let word = &before[word_start..];
    if word.is_empty() || len > LONGEST_ABBREVIATION {
        return false;
    }
    let lower = word.to_lowercase();
    if BEFORE_A_NAME.contains(&lower.as_str()) {
        // "No. 5", "Res. 1718", "Mr. Kim"; but "The answer is no. We ..."
        return !opens_a_sentence(next) || matches!(lower.as_str(), "mr" | "mrs" | "ms" | "dr");
    }
    // An initial ("Joseph R. Biden"), or letters with periods ("U.S. forces").
    let mut letters = word.split('.');
    let dotted = letters.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    (dotted || ANYWHERE.contains(&lower.as_str())) && !opens_a_sentence(next)
}

fn opens_a_sentence(next: &str) -> bool {
    let word: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
    let followed_by_a_period = next[word.len()..].starts_with('.');
    // In capitals throughout, a capital tells nothing.
    let shouted = word.chars().count() > 1 && !word.contains(char::is_lowercase);
    !followed_by_a_period && !shouted && OPENERS.contains(&word.to_lowercase().as_str())
}

/// True for a sign that stands before items and nothing else, in Unicode or in the fonts of symbols that programs write it in.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{2023}'
            | '\u{25aa}'
            | '\u{25ab}'
            | '\u{25cf}'
            | '\u{25cb}'
            | '\u{25e6}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{2043}'
            | '\u{b7}'
            | '\u{f0b7}'
            | '\u{f0a7}'
    )
}

/// True if a text is what items are counted by: up to three digits, a small letter, a small Roman number.
pub(crate) fn is_item_number(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 3
        && (text.bytes().all(|b| b.is_ascii_digit())
            || text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase())
            || text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_begins_behind_its_number_or_letter() {
        let cases = [
            ("(a) ", true),
            ("(iv) \u{201c}", true),
            ("5 (b) [", true),
            ("They agree that: (c) ", true),
            ("They met (a) ", true),
            ("A. ", true),
            ("2.1 ", true),
            ("\u{a7}4 ", true),
            ("They agree: 1. ", true),
            ("first; b) ", true),
            ("They met in (EU) ", false),
            ("since (2024) ", false),
            ("as in b) ", false),
            ("They spent 2.1 ", false),
            ("12 ", false),
            ("(a)", false),
            ("", false),
        ];
        for (before, expected) in cases {
            assert_eq!(ends_with_label(before), expected, "{before}");
        }
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        // `|` marks the ends.
        let cases = [
            "We met.| We agreed.",
            "The U.S. forces and the U.S.-ROK alliance met.| It went well.",
            "They thanked Mr. Kim and Dr. Lee under No. 5 and Art. 7 of it.",
            "Joseph R. Biden, Jr. of the United States",
            "They visited the U.S.| The two leaders met.",
            "They came at 5 p.m. Seoul time.",
            "They left at 5 p.m.| A new round began.",
            "Yahoo!Japan and Jeopardy!Asia sent reporters",
            "He said \u{201c}stop.\u{201d}| She did.",
            "Is it so?| Yes!| Good.",
            "about 3.8 percent",
            "e.g. China and i.e. Beijing",
            "see above [agreed ad ref.]| We decide.",
            "\u{4e2d}\u{56fd}\u{3002}|\u{6211}\u{4eec}",
            "it ended. and went on",
            "ils sont l\u{e0}.|\u{c9}tant donn\u{e9}",
            "We did.[1]| Then.\u{b9}| Next.1| It did.| So it.|Beijing is",
            "THE U.S. THE ROK, the U.S. And",
        ];
        for marked in cases {
            let expected: Vec<usize> = marked.match_indices('|').enumerate().map(|(seen, (at, _))| at - seen).collect();
            assert_eq!(ends(&marked.replace('|', "")), expected, "{marked}");
        }
    }
}
