//! Large first letters: a letter as high as several lines, which is the first of the word that the first of these begins with.

use super::lines::Fragment;

/// The least size of such a letter, in sizes of the letters behind it.
const LEAST_SIZE: f64 = 1.8;

/// The most such letters of a page whose words are looked for.
const MOST_CAPS: usize = 64;

/// Puts large first letters before the words that they begin. Browsers draw them all before the text of a page.
pub(super) fn join_drop_caps(fragments: &mut Vec<Fragment>) {
    let (mut at, mut looked_for) = (0, 0);
    while at < fragments.len() {
        let word = Some(&fragments[at]).filter(|cap| looked_for < MOST_CAPS && is_cap(&cap.text)).and_then(|cap| {
            looked_for += 1;
            let lines = (0..fragments.len()).filter(|&line| line != at && begins(cap, &fragments[line]));
            lines.max_by(|&one, &other| fragments[one].base.total_cmp(&fragments[other].base))
        });
        match word {
            Some(line) => {
                let cap = fragments[at].text.trim_end().to_owned();
                let line = &mut fragments[line].text;
                let space = if cap == "A" && may_begin_word(line) { " " } else { "" };
                *line = format!("{cap}{space}{line}");
                fragments.remove(at);
            }
            None => at += 1,
        }
    }
}

/// True for one letter, with quotation marks before it at most.
fn is_cap(text: &str) -> bool {
    let mut chars = text.trim().chars().rev();
    chars.next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && chars.by_ref().take(2).all(|c| !c.is_alphanumeric())
        && chars.next().is_none()
}

/// True if a line begins right behind a letter, at the height of its head.
fn begins(cap: &Fragment, line: &Fragment) -> bool {
    /// The height of capitals, in sizes of letters.
    const CAPITALS: f64 = 0.7;
    let head = |fragment: &Fragment| fragment.base + fragment.size * CAPITALS;
    cap.turn == line.turn
        && cap.is_artifact == line.is_artifact
        && cap.size > line.size * LEAST_SIZE
        && line.base > cap.base - line.size * 0.3
        && (head(cap) - head(line)).abs() < line.size
        && (-line.size * 0.3..line.size * 1.2).contains(&(line.left - cap.right))
        && line.text.starts_with(char::is_alphabetic)
}

/// True if letters may begin a word of English that has the article "A" before it, so that they do not go on in the word that it begins.
/// Programs leave the space between the two out.
fn may_begin_word(letters: &str) -> bool {
    const PAIRS: &[&str] = &[
        "bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gl", "gr", "kn", "ph", "pl", "pr", "sc", "sh", "sk",
        "sl", "sm", "sn", "sp", "sq", "st", "sw", "th", "tr", "tw", "wh", "wr",
    ];
    const THREE: &[&str] = &["chr", "phr", "sch", "scr", "shr", "spl", "spr", "str", "thr"];
    const HEARD_AS_CONSONANTS: &[&str] = &["eu", "one", "uni", "use"];
    let word: String = letters.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_vowel = |(at, c): &(usize, char)| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') || (*c == 'y' && *at > 0);
    let onset: String = word.char_indices().take_while(|letter| !is_vowel(letter)).map(|(_, c)| c).collect();
    match onset.len() {
        0 => HEARD_AS_CONSONANTS.iter().any(|begin| word.starts_with(begin)),
        _ if onset.len() == word.len() => false,
        1 => onset != "x",
        2 => PAIRS.contains(&onset.as_str()),
        _ => THREE.contains(&onset.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters at this place, each half as wide as it is high.
    fn fragment(left: f64, base: f64, size: f64, text: &str) -> Fragment {
        let right = left + text.chars().count() as f64 * size / 2.0;
        Fragment::new(text.to_owned(), [left, base], [right, base], size, false, false)
    }

    fn joined(fragments: &[(f64, f64, f64, &str)]) -> Vec<String> {
        let mut all = fragments.iter().map(|(left, base, size, text)| fragment(*left, *base, *size, text)).collect();
        join_drop_caps(&mut all);
        all.into_iter().map(|fragment| fragment.text).collect()
    }

    #[test]
    fn a_large_letter_begins_the_word_beside_its_head() {
        let (first, second) = ((66.0, 700.0, 10.0), (66.0, 688.0, 10.0));
        let line = |(left, base, size): (f64, f64, f64), text| (left, base, size, text);
        /// The left edge, the base and the size of letters, and these.
        type Letters<'t> = (f64, f64, f64, &'t str);
        let cases: &[(&[Letters<'_>], &[&str])] = &[
            (
                &[(50.0, 686.0, 30.0, "C"), line(first, "hina containment"), line(second, "is over.")],
                &["China containment", "is over."],
            ),
            // Drawn behind its lines.
            (&[line(first, "hina"), line(second, "is"), (50.0, 686.0, 30.0, "C")], &["China", "is"]),
            (&[(40.0, 686.0, 30.0, "\u{201c}C"), (71.0, 700.0, 10.0, "hina")], &["\u{201c}China"]),
            // An article, and a word that begins with its letter.
            (&[(50.0, 686.0, 30.0, "A"), line(first, "joint statement")], &["A joint statement"]),
            (&[(50.0, 686.0, 30.0, "A"), line(first, "ll sides")], &["All sides"]),
            // No letter, two of them, none that is large, one at another height, one that is far away.
            (&[(50.0, 686.0, 30.0, "1"), line(first, "one")], &["1", "one"]),
            (&[(50.0, 686.0, 30.0, "US"), (81.0, 700.0, 10.0, "one")], &["US", "one"]),
            (&[(50.0, 700.0, 11.0, "C"), (56.0, 700.0, 10.0, "hina")], &["C", "hina"]),
            (&[(50.0, 640.0, 30.0, "C"), line(first, "hina")], &["C", "hina"]),
            (&[(20.0, 686.0, 30.0, "C"), line(first, "hina")], &["C", "hina"]),
        ];
        for (fragments, expected) in cases {
            assert_eq!(joined(fragments), *expected);
        }
    }

    #[test]
    fn an_article_stands_before_what_may_be_a_word() {
        for word in ["joint", "new", "strategic", "threat", "European", "united", "plan", "symbol"] {
            assert!(may_begin_word(word), "{word}");
        }
        for rest in ["ll", "fter", "nd", "s", "ccording", "ustralia", "xis", "lthough", "nti-China"] {
            assert!(!may_begin_word(rest), "{rest}");
        }
    }
}
