//! The tokens of a folded text: its words, and what stands between them but spaces, each as a number.
//!
//! A token ends wherever a word may (see [`is_boundary`]): "china's," is three, a Han character is one. Phrases are found by
//! comparing numbers. Two tokens of one number need not be the same text, so what was found is read again.

use super::boundary::{is_boundary, is_letter, is_unspaced_letter};

/// The tokens of a text. A draft may be a million blocks of one word.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    /// The beginning of each, as a byte of the text, and behind these the number of each.
    all: Box<[u32]>,
}

/// The number of bytes that a word takes with the space behind it, at least, in most texts.
pub(crate) const BYTES_A_WORD: usize = 5;

impl Tokens {
    /// The tokens of a folded text.
    pub(crate) fn new(text: &str) -> Tokens {
        let room = text.len() / BYTES_A_WORD + 1;
        let (mut starts, mut numbers) = (Vec::with_capacity(2 * room), Vec::with_capacity(room));
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b' ' {
                at += 1;
                continue;
            }
            starts.push(at as u32);
            let mut number = BASIS;
            loop {
                let is_alphanumeric = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
                let mut end = at + 1;
                if is_alphanumeric(at) {
                    while is_alphanumeric(end) {
                        end += 1;
                    }
                } else {
                    while !text.is_char_boundary(end) {
                        end += 1;
                    }
                }
                number = bytes[at..end].iter().fold(number, |number, &byte| with(number, byte));
                at = end;
                if bytes.get(at).is_none_or(|&byte| byte == b' ') || is_boundary(text, at) {
                    break;
                }
            }
            numbers.push(number);
        }
        starts.append(&mut numbers);
        Tokens { all: starts.into() }
    }

    /// The numbers of tokens that any text has one after another which holds `text` from the edge of a word to the edge of a word;
    /// `None` if it may hold them in other tokens. Where the text `is_open`, its last word may go on, and is left out.
    pub(crate) fn certain(text: &str, is_open: bool) -> Option<Vec<u32>> {
        let text = if is_open { text.rsplit_once(' ')?.0 } else { text };
        let numbers = if is_told_by_itself(text) { Tokens::new(text).numbers().to_vec() } else { Vec::new() };
        (!numbers.is_empty()).then_some(numbers)
    }

    /// The number of each.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.all[self.all.len() / 2..]
    }

    /// The beginning of each, as a byte of the text.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.all[..self.all.len() / 2]
    }

    /// The beginning of one, as a byte of the text.
    pub(crate) fn start(&self, token: usize) -> usize {
        self.starts()[token] as usize
    }
}

/// True if the edges of the words in a folded text are the same whatever is around it.
fn is_told_by_itself(text: &str) -> bool {
    // What an apostrophe is tells the word before it, and what stands behind it or behind the letter there.
    let is_told = |at: usize| {
        let behind = &text[at + 1..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        behind.bytes().next().is_none_or(|byte| byte.is_ascii())
    };
    text.char_indices().all(|(at, c)| match c {
        '\'' => is_told(at),
        _ => c.is_ascii() || is_letter(c) || is_unspaced_letter(c),
    })
}

/// The number of no bytes, and what each byte is multiplied with: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

fn with(number: u32, byte: u8) -> u32 {
    (number ^ u32::from(byte)).wrapping_mul(PRIME)
}

/// The number of a token. Two of one number need not be the same text.
pub(crate) fn number(token: &str) -> u32 {
    token.bytes().fold(BASIS, with)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        let tokens = Tokens::new(text);
        let ends = tokens.starts().iter().skip(1).map(|&start| start as usize).chain([text.len()]);
        tokens.starts().iter().zip(ends).map(|(&start, end)| text[start as usize..end].trim_end_matches(' ')).collect()
    }

    #[test]
    fn a_token_ends_where_a_word_may() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("the roks of", &["the", "roks", "of"]),
            ("china's, 3,000 (x)", &["china", "'s", ",", "3,000", "(", "x", ")"]),
            ("don't l'endiguement", &["don't", "l'", "endiguement"]),
            ("caf\u{e9} caf\u{e9}s\u{2014}x", &["caf\u{e9}", "caf\u{e9}s", "\u{2014}", "x"]),
            ("usfk\u{b294} \u{4e2d}\u{56fd}", &["usfk", "\u{b294}", "\u{4e2d}", "\u{56fd}"]),
        ];
        for (text, expected) in cases {
            assert_eq!(texts(text), *expected);
            let numbers: Vec<u32> = expected.iter().map(|token| Tokens::new(token).numbers()[0]).collect();
            assert_eq!(Tokens::new(text).numbers(), numbers, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_text_holds_between_the_edges_of_words_has_its_tokens(
            text in "([a-c]{1,4}('s)?|[ad]'[as]|[0-2][.,]?|[\u{e9}\u{d55c}\u{4e2d}.,:/()]| ){1,6}",
            around in "([a-ds]{0,2}|[0-2]|[\u{e9}\u{d55c}\u{4e2d}\u{30ab}'.,: ]){4}",
            cut in 0..4_usize,
        ) {
            let text = text.trim_matches(' ');
            let cut = around.char_indices().nth(cut).map_or(around.len(), |(at, _)| at);
            let (before, after) = around.split_at(cut);
            let whole = format!("{before}{text}{after}");
            let end = before.len() + text.len();
            for is_open in [false, true] {
                if let Some(wanted) = Tokens::certain(text, is_open)
                    && is_boundary(&whole, before.len())
                    && (is_open || is_boundary(&whole, end))
                {
                    let tokens = Tokens::new(&whole);
                    let first = tokens.starts().iter().position(|&start| start as usize == before.len());
                    let found = first.map(|first| tokens.numbers()[first..].starts_with(&wanted));
                    prop_assert_eq!(found, Some(true), "`{}` in `{}`", text, whole);
                }
            }
        }

        #[test]
        fn tokens_begin_at_boundaries_and_behind_spaces(text in "[a-c'., 0-2\u{e9}\u{301}\u{d55c}\u{4e2d}\u{30ab}-]{0,30}") {
            let tokens = Tokens::new(&text);
            let is_start = |&at: &usize| !text[at..].starts_with(' ') && (text[..at].ends_with(' ') || is_boundary(&text, at));
            let places = text.char_indices().map(|(at, _)| at).filter(is_start);
            prop_assert_eq!(tokens.starts().iter().map(|&at| at as usize).collect::<Vec<_>>(), places.collect::<Vec<_>>());
        }
    }
}
