//! Letters that look like those of the Latin alphabet, from the confusables of Unicode Technical Standard #39, for
//! `src/text/lookalike.rs`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use unicode_security::confusable_detection::skeleton;

/// Phrases are folded as they are written.
pub(crate) fn lookalike(_: char) -> Option<char> {
    None
}

/// Writes the table: each letter that looks like one of ASCII, and that one, in order.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let latin: Vec<(String, char)> =
        ('A'..='Z').chain('a'..='z').map(|letter| (skeleton(&letter.to_string()).collect(), letter)).collect();
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let mut table = String::from("const LOOKALIKES: &[(char, char)] = &[");
    for c in '\u{80}'..=char::MAX {
        // Of another form of the same letter, such as a Roman numeral, folding makes the letter.
        let is_form = nfkc.normalize(c.encode_utf8(&mut [0; 4])) != c.to_string();
        if !c.is_alphabetic() || !has_lookalikes(c) || is_form {
            continue;
        }
        let bare: String = skeleton(&c.to_string()).collect();
        let alike = || latin.iter().filter(|(other, _)| *other == bare).map(|(_, letter)| *letter);
        // `I` and `l` look alike as well: of several letters the one of the same case.
        let letter = alike().find(|letter| letter.is_uppercase() == c.is_uppercase()).or_else(|| alike().next());
        if let Some(letter) = letter {
            write!(table, "({c:?}, {letter:?}), ")?;
        }
    }
    table.push_str("];\n");
    fs::write(out.join("lookalikes.rs"), table)?;
    Ok(())
}

/// True if `c` is of an alphabet whose letters are taken for Latin ones. What looks like a letter to a reader of a script of Asia is none
/// to one of Latin text, and accents make letters of their own.
fn has_lookalikes(c: char) -> bool {
    let script = CodePointMapData::<Script>::new().get(c);
    matches!(
        script,
        Script::Cyrillic
            | Script::Greek
            | Script::Coptic
            | Script::Armenian
            | Script::Cherokee
            | Script::Lisu
            | Script::Deseret
    ) || (script == Script::Latin && !('\u{c0}'..='\u{24f}').contains(&c))
}
