//! Fingerprints: by what a finding is known again when the draft around it has changed.
//!
//! Neither the path nor the place counts, so that a paragraph may move, be wrapped anew or stand in another file. What counts is
//! the rule, what was found, the letters next to it in its sentence, and which one it is of those that are alike in all of this.

use std::fmt;

use crate::rule::RuleId;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::text::class::is_superscript_digit;
use crate::text::fold::fold_str;

/// The number of letters and digits that count on each side of what was found.
const NEAR: usize = 16;

/// The number of letters and digits that are folded to have as many: three may become one syllable of Hangul.
const FOLDED: usize = 3 * NEAR;

/// The number of characters that are looked at for them.
const LOOKED_AT: usize = 512;

/// The identity of a finding, which outlasts changes of the draft: 64 bits, written as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Makes the fingerprint of what `rule` found at `span` of `block`, as if it were the only one of its like.
    pub(crate) fn new(rule: &RuleId, block: &Block, span: Span<Plain>) -> Fingerprint {
        let text = block.text();
        let found: String = fold_str(&text[span.range()]).split_whitespace().collect();
        let before = &text[block.sentence_start(span.start())..span.start()];
        let before = letters(&before[before.len() - reach(before.chars().rev())..]);
        let last = span.end().saturating_sub(1).max(span.start());
        let after = &text[span.end()..block.sentence_end(last).max(span.end())];
        let after = letters(&after[..reach(after.chars())]);
        let near = |letters: &mut dyn Iterator<Item = char>| letters.take(NEAR).collect::<String>();
        let before = near(&mut before.chars().rev());
        let after = near(&mut after.chars());
        Fingerprint(EMPTY).and(rule.as_str()).and(&found).and(&before).and(&after)
    }

    /// Makes the fingerprint of what `rule` found outside of the text, such as in a comment.
    pub(crate) fn outside_text(rule: &RuleId, found: &str) -> Fingerprint {
        Fingerprint(EMPTY).and(rule.as_str()).and(&fold_str(found))
    }

    /// The fingerprint of this and a text.
    pub(crate) fn and(self, text: &str) -> Fingerprint {
        // The end of each text counts too: a zero byte is in none of them.
        Fingerprint(text.bytes().chain([0]).fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    }
}

// FNV-1a, <https://www.rfc-editor.org/rfc/rfc9923>: it is kept in files, so it must never change, as that of the standard
// library may.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The bytes of the first characters that have enough letters and digits among them.
fn reach(chars: impl Iterator<Item = char>) -> usize {
    let mut count = 0;
    let wanted = |c: &char| {
        count += usize::from(c.is_alphanumeric());
        count <= FOLDED
    };
    chars.take(LOOKED_AT).take_while(wanted).map(char::len_utf8).sum()
}

/// The letters and digits of a text, folded, without the numbers of footnotes. Without the spaces, a word that is divided at the
/// end of a line is like any other.
fn letters(text: &str) -> String {
    let text: String = text.chars().filter(|&c| !is_superscript_digit(c)).collect();
    fold_str(&text).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Format, RuleSet};

    /// The fingerprints of what `framing/china-containment` finds.
    fn fingerprints(text: &str) -> Vec<String> {
        let rules = RuleSet::builtin().expect("the packs are sound");
        let findings = rules.check(&Draft::new(Format::Markdown, text));
        let of_rule = findings.iter().filter(|finding| finding.rule.id().as_str() == "framing/china-containment");
        of_rule.map(|finding| finding.fingerprint.to_string()).collect()
    }

    #[test]
    fn a_fingerprint_outlives_edits_elsewhere_and_new_wrapping() {
        let draft = "First.\n\nThey met. The leaders underscored the importance of China containment in the region. They left.\n";
        let expected = fingerprints(draft);
        assert_eq!(expected.len(), 1);
        let same = [
            "# Moved up\n\n> They agree. The leaders underscored the importance of **China\n> containment** in the region.\n",
            "The leaders underscored the im-\nportance of China contain-\nment in the re-\ngion.\n",
            "- one\n- *The Leaders* underscored, the importance of [China] con&shy;tainment in the region! More.\n",
            "The leaders  underscored the\u{a0}importance of Ｃｈｉｎａ containment\u{b9} in\nthe region.\n",
        ];
        for text in same {
            assert_eq!(fingerprints(text), expected, "{text}");
        }
        let other = [
            "The leaders underscored the importance of containment of China in the region.",
            "The leaders rejected the idea of China containment in the region.",
            "The leaders underscored the importance of China containment beyond the sea.",
        ];
        for text in other {
            assert_eq!(fingerprints(text).len(), 1, "{text}");
            assert_ne!(fingerprints(text), expected, "{text}");
        }
    }

    #[test]
    fn findings_that_are_alike_are_told_apart_by_their_order() {
        let one = fingerprints("China containment.\n");
        let three = fingerprints("China containment.\n\nChina containment.\n\nAnd more.\n\nChina containment.\n");
        assert_eq!(three.len(), 3);
        assert_eq!(three[0], one[0]);
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2], "{three:?}");
    }

    #[test]
    fn the_hash_is_the_one_that_files_hold() {
        // FNV-1a of "a" and a zero byte.
        let hash =
            [b'a', 0].iter().fold(super::EMPTY, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(super::PRIME));
        assert_eq!(super::Fingerprint(super::EMPTY).and("a"), super::Fingerprint(hash));
        assert_eq!(fingerprints("China containment.\n"), ["994b37ac835acba7"]);
    }
}
