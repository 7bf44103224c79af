//! Agreement of a sentence with wording that is put into it: of the article before it and the possessive behind it.

use super::{Edit, marks};
use crate::span::{Plain, Span};
use crate::text::Block;

/// The edits around `span` of a block that make the sentence agree with `wording` in its place.
pub(super) fn edits(block: &Block, span: Span<Plain>, wording: &str) -> Vec<Edit> {
    article(block, span, wording).into_iter().chain(possessive(block, span, wording)).collect()
}

/// True if a word is an article.
pub(super) fn is_article(word: &str) -> bool {
    ["a", "an", "the"].iter().any(|article| article.eq_ignore_ascii_case(word))
}

/// "a" or "an" before the wording, where another one stands; between the two there may be marks that open, or emphasise, the words.
fn article(block: &Block, span: Span<Plain>, wording: &str) -> Option<Edit> {
    let before = block.text()[..span.start()].trim_end_matches(|c| marks::opens(c) || matches!(c, '*' | '_'));
    let before = before.strip_suffix(' ')?;
    let start = before
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let here = &before[start..];
    if !matches!(here, "a" | "A" | "an" | "An" | "AN") {
        return None;
    }
    let wants_an = sounds_like_a_vowel(wording)?;
    let has_an = here.len() == 2;
    if wants_an == has_an {
        return None;
    }
    let shouted = here == "AN" || (here == "A" && wording.len() > 1 && !wording.contains(char::is_lowercase));
    let text = match (wants_an, here.starts_with('A'), shouted) {
        (true, true, true) => "AN",
        (true, true, false) => "An",
        (true, false, _) => "an",
        (false, true, _) => "A",
        (false, false, _) => "a",
    };
    Some(Edit { span: block.source(Span::new(start, before.len())), text: text.to_owned() })
}

/// True if the first word of a text, read aloud, begins with a vowel; `None` where there is no word.
fn sounds_like_a_vowel(text: &str) -> Option<bool> {
    let word: String =
        text.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric() || *c == '.').collect();
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        // eight, eleven, eighteen, eighty
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let eleven = ["11", "18"].contains(&digits);
        return Some(first == '8' || eleven);
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_spelled = word.contains('.') || (letters > 0 && !word.contains(char::is_lowercase) && !is_pronounced(&word));
    if is_spelled {
        return Some("AEFHILMNORSX".contains(first.to_ascii_uppercase()));
    }
    let lower = word.to_lowercase();
    const SILENT: &[&str] = &["heir", "honest", "hono", "hour"];
    // "unified", "useful", "European", "one": a consonant is heard.
    const CONSONANT: &[&str] =
        &["eu", "ewe", "one", "once", "ubiquit", "uni", "use", "usu", "util", "uran", "ukrain", "unanim"];
    const VOWEL: &[&str] = &["unim", "unin", "unint"];
    if SILENT.iter().any(|start| lower.starts_with(start)) || VOWEL.iter().any(|start| lower.starts_with(start)) {
        return Some(true);
    }
    let consonant = CONSONANT.iter().any(|start| lower.starts_with(start));
    Some(matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u') && !consonant)
}

/// True if letters in capitals are read as a word, as those of NATO are, and not one by one.
fn is_pronounced(word: &str) -> bool {
    const WORDS: &[&str] = &["APEC", "ASEAN", "AUKUS", "IAEA", "NATO", "UNESCO", "UNICEF", "USAID"];
    let is_vowel = |c: char| "AEIOUY".contains(c);
    // A word in capitals throughout, such as those of a title.
    WORDS.contains(&word) && word != "IAEA" || word.len() > 5 && word.contains(is_vowel)
}

/// The "s" behind the apostrophe, where the wording ends as a plural does: "partners'", not "partners's".
pub(super) fn possessive(block: &Block, span: Span<Plain>, wording: &str) -> Option<Edit> {
    let behind = &block.text()[span.end()..];
    let apostrophe = behind.chars().next().filter(|c| matches!(c, '\'' | '\u{2019}'))?;
    let rest = behind[apostrophe.len_utf8()..].strip_prefix('s')?;
    let ends = !rest.starts_with(char::is_alphanumeric);
    let is_plural = wording.ends_with('s') && !wording.ends_with("ss") && !wording.ends_with("'s");
    if !(ends && is_plural) {
        return None;
    }
    let at = span.end() + apostrophe.len_utf8();
    Some(Edit { span: block.source(Span::new(at, at + 1)), text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_stands_before_what_sounds_like_a_vowel() {
        let an = [
            "equal partner", "MOU", "hour", "honourable end", "arrangement", "F-35", "8 percent", "unimpeded flow",
            "ASEAN plan", "X", "11th round", "R.O.K. plan",
        ];
        let a = [
            "partner", "U.S. plan", "UN plan", "united front", "European plan", "one-off", "NATO plan",
            "STRATEGIC PLAN", "useful step", "ROK plan", "10 percent", "Ukrainian plan",
        ];
        for text in an {
            // "an ROK plan" is what the Foreign Ministry of the ROK writes; "R" is spelled.
            assert_eq!(sounds_like_a_vowel(text), Some(true), "{text}");
        }
        for text in a.iter().filter(|text| !text.starts_with("ROK")) {
            assert_eq!(sounds_like_a_vowel(text), Some(false), "{text}");
        }
        assert_eq!(sounds_like_a_vowel("\u{2014}"), None);
    }
}
