//! Word boundaries: Unicode UAX #29, with what joint statements need beside it.
//!
//! Three rules of UAX #29 would hide phrases. It joins letters across an apostrophe, so that "China" would not be a word of
//! "China's"; here a possessive ends a word. And it joins letters across a period or a colon, so that a space forgotten
//! behind a sentence would hide the next word; here both end a word, as they do between a letter and anything else. And it
//! joins Latin letters with Hangul, so that a Korean particle would hide the name before it.

use unicode_segmentation::UnicodeSegmentation;

use super::script::is_east_asian;

/// The distance, in bytes, in which to look for what decides a boundary between characters beyond ASCII.
const WINDOW: usize = 64;

/// True if a word may begin or end at byte `at` of folded `text`.
pub(crate) fn is_boundary(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
        return true;
    };
    if before.is_ascii() && after.is_ascii() {
        return ascii_boundary(text, at, before, after);
    }
    if before == ' ' || after == ' ' || is_east_asian(before) != is_east_asian(after) {
        return true;
    }
    match (before, after) {
        ('\'', _) | (_, '\'') => ascii_boundary(text, at, before, after),
        ('.' | ':', _) | (_, '.' | ':') => true,
        _ if is_letter(before) && is_letter(after) => false,
        _ if is_unspaced_letter(before) && is_unspaced_letter(after) => true,
        _ => window_boundary(text, at),
    }
}

/// True if `c` is one of the letters that most drafts are written in: UAX #29 WB5 joins two of them, whatever is around.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{3ac}'..='\u{3ce}'
            | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' | '\u{ac00}'..='\u{d7a3}')
}

/// True if `c` is a Han character or hiragana: nothing joins two of them (WB999).
pub(crate) fn is_unspaced_letter(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

fn ascii_boundary(text: &str, at: usize, before: char, after: char) -> bool {
    match (before, after) {
        // An apostrophe is kept by folding only between letters or digits: part of the word, unless it opens a possessive.
        ('\'', _) => is_elided(&text[..at - 1]),
        (_, '\'') => is_possessive(text, at),
        // UAX #29 WB11, WB12: digits are joined across a period or a comma.
        ('.' | ',', b) if b.is_ascii_digit() => !text[..at - 1].ends_with(|c: char| c.is_ascii_digit()),
        (a, '.' | ',') if a.is_ascii_digit() => !text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        (a, b) => !(a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()),
    }
}

/// True if `text` ends with an article or the like that French puts before a vowel (`l'`, `d'`, `qu'`).
fn is_elided(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let goes_on = |c: char| (is_letter(c) && !is_east_asian(c)) || c.is_ascii_digit();
    matches!(&text[before.len()..], "c" | "d" | "j" | "l" | "m" | "n" | "qu" | "s" | "t") && !before.ends_with(goes_on)
}

/// The most possessives, one behind the other, that are looked at.
const MOST_POSSESSIVES: usize = 3;

/// True if `'s` stands at byte `at`, and ends a word.
fn is_possessive(text: &str, at: usize) -> bool {
    let (pairs, _) = text.as_bytes()[at..].as_chunks();
    let count = pairs.iter().take(MOST_POSSESSIVES).take_while(|pair| *pair == b"'s").count();
    let end = at + 2 * count;
    count > 0 && !text[end..].starts_with('\'') && is_boundary(text, end)
}

fn window_boundary(text: &str, at: usize) -> bool {
    let mut start = at.saturating_sub(WINDOW);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (at + WINDOW).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[start..end].split_word_bound_indices().map(|(i, _)| start + i).take_while(|&i| i <= at).any(|i| i == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_a_reader_would_end_them() {
        // `|` marks the place that is asked about.
        let cases = [
            ("china| containment", true),
            ("chi|na", false),
            ("china|'s", true),
            ("china|'s\u{b294}", true),
            ("china|'s's", true),
            ("china's|'s", true),
            ("china|'s\u{e9}", false),
            ("china|'sx", false),
            ("don|'t", false),
            ("l'|endiguement", true),
            ("don'|t", false),
            ("china'|s", false),
            ("china|,", true),
            ("3|.8", false),
            ("3.|8", false),
            ("8|.", true),
            ("region.|china", true),
            ("note:|china", true),
            ("café|.com", true),
            ("café:|à", true),
            ("5.|a", true),
            ("a|.5", true),
            ("a.|5", true),
            ("it|'sx", false),
            ("é|,", true),
            ("usfk|2", false),
            ("중국|은", false),
            ("usfk|는", true),
            ("café|를", true),
            ("中|国", true),
            ("カタ|カナ", false),
            ("|china", true),
            ("china|", true),
            ("china|\u{2014}x", true),
            ("café|s", false),
            ("café|'s", true),
            ("caf|é", false),
            ("мо|сква", false),
            ("ひ|と", true),
        ];
        for (marked, expected) in cases {
            let at = marked.find('|').unwrap();
            let text = marked.replacen('|', "", 1);
            assert_eq!(is_boundary(&text, at), expected, "{marked}");
        }
    }

    #[test]
    fn letters_are_told_as_the_standard_tells_them() {
        let all = || (char::MIN..=char::MAX).filter(|&c| is_letter(c) || is_unspaced_letter(c));
        let neighbours = ['a', '\u{e9}', '\u{431}', '\u{d55c}', '\u{4e2d}', '\u{3072}'];
        for c in all() {
            for (before, after) in neighbours.into_iter().flat_map(|other| [(c, other), (other, c)]) {
                let text = format!("{before}{after}");
                let at = before.len_utf8();
                let told = is_east_asian(before) != is_east_asian(after) || window_boundary(&text, at);
                assert_eq!(is_boundary(&text, at), told, "{text}");
            }
        }
    }
}
