//! How the matches of expressions begin: what tells, in one pass over a text for all rules, which expressions need not be read.

use std::ops::Range;
use std::sync::LazyLock;

use super::{BuiltinRule, PACKS, Seen};

/// What a character of a shape may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chars {
    /// A bit for each character of ASCII.
    pub(super) ascii: u128,
    /// Ranges of other characters, both ends included.
    pub(super) others: &'static [(char, char)],
}

impl Chars {
    fn hold(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        self.others.iter().any(|&(first, last)| first <= c && c <= last)
    }
}

/// The characters with which a match may begin.
pub(super) type Shape = &'static [Chars];

/// Whether a match of one of some shapes may begin where `rest` does.
fn begins(rest: &str, shapes: &[Shape]) -> bool {
    shapes.iter().any(|shape| {
        let mut rest = rest.chars();
        shape.iter().all(|chars| rest.next().is_some_and(|c| chars.hold(c)))
    })
}

/// How many bytes there are.
const BYTES: usize = 256;

/// From this byte on a table tells of characters that are no ASCII.
const OTHER: usize = 128;

/// What stands behind the end of a text: no byte of UTF-8.
const END: u8 = u8::MAX;

/// How many of the first characters of a match the tables tell: all that a shape has.
const TOLD: usize = 5;

/// The bits of a word.
const WORD: usize = u64::BITS as usize;

/// Calls `then` with each character of ASCII that a character of a shape may be.
fn each_ascii(chars: &Chars, mut then: impl FnMut(usize)) {
    let mut ascii = chars.ascii;
    while ascii != 0 {
        then(ascii.trailing_zeros() as usize);
        ascii &= ascii - 1;
    }
}

/// As many rules as a word has bits.
#[derive(Debug)]
struct Group {
    /// The rules, each with its number among all: the first has the lowest bit.
    rules: Vec<(usize, &'static BuiltinRule)>,
    /// For each rule its shapes among those of all.
    ranges: Vec<Range<usize>>,
    /// For as many shapes as a word has bits, for each of their characters which of them may have a character of ASCII there.
    shapes: Vec<[[u64; OTHER]; TOLD]>,
    /// For each of the first bytes of a match the rules of which a match may have a byte there.
    tables: [[u64; BYTES]; TOLD],
}

impl Group {
    fn new(rules: &[(usize, &'static BuiltinRule)]) -> Group {
        let ends = rules.iter().scan(0, |end, (_, rule)| {
            let start = *end;
            *end += rule.shapes.len();
            Some(start..*end)
        });
        let ranges: Vec<Range<usize>> = ends.collect();
        let all = || rules.iter().flat_map(|(_, rule)| rule.shapes);
        let mut shapes = vec![[[0; OTHER]; TOLD]; all().count().div_ceil(WORD)];
        for (number, shape) in all().enumerate() {
            let bit = 1 << (number % WORD);
            for (place, table) in shapes[number / WORD].iter_mut().enumerate() {
                match shape.get(place) {
                    Some(chars) => each_ascii(chars, |c| table[c] |= bit),
                    None => table.iter_mut().for_each(|shapes| *shapes |= bit),
                }
            }
        }
        let mut tables = [[0; BYTES]; TOLD];
        for (place, table) in tables.iter_mut().enumerate() {
            // The rules of which a character there is not told.
            let mut any = 0;
            for (bit, (_, rule)) in rules.iter().enumerate() {
                for shape in rule.shapes {
                    let Some(chars) = shape.get(place) else {
                        any |= 1 << bit;
                        continue;
                    };
                    each_ascii(chars, |c| table[c] |= 1 << bit);
                    if !chars.others.is_empty() {
                        table[OTHER..].iter_mut().for_each(|rules| *rules |= 1 << bit);
                    }
                }
            }
            table.iter_mut().for_each(|rules| *rules |= any);
        }
        Group { rules: rules.to_vec(), ranges, shapes, tables }
    }

    /// Whether one of the shapes of a rule begins with these characters of ASCII, which are as many as a shape has.
    fn has_shape(&self, rule: usize, first: &[u8]) -> bool {
        let Range { start, end } = self.ranges[rule];
        (start / WORD..=(end - 1) / WORD).any(|word| {
            let from = start.saturating_sub(word * WORD);
            let to = (end - word * WORD).min(WORD);
            let mut may = u64::MAX << from & u64::MAX >> (WORD - to);
            for (table, &byte) in self.shapes[word].iter().zip(first) {
                may &= table[usize::from(byte)];
                if may == 0 {
                    break;
                }
            }
            may != 0
        })
    }

    /// Calls `found` with each of the rules of these bits of which a match may begin somewhere in a text.
    fn find(&self, text: &str, wanted: u64, mut found: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        // The rules that are still looked for.
        let mut open = wanted;
        for (bit, (_, rule)) in self.rules.iter().enumerate() {
            if open >> bit & 1 == 1 && !rule.has_needed(text) {
                open &= !(1 << bit);
            }
        }
        let mut look = |at: usize, first: &[u8; TOLD]| {
            let mut may = self.begun(open, first);
            while may != 0 {
                let bit = may.trailing_zeros() as usize;
                may &= may - 1;
                let (number, rule) = self.rules[bit];
                let is_there = match first.is_ascii() {
                    true => self.has_shape(bit, first),
                    false => text.is_char_boundary(at) && begins(&text[at..], rule.shapes),
                };
                if is_there {
                    open &= !(1 << bit);
                    found(number);
                }
            }
        };
        let windows = bytes.windows(TOLD);
        let all = windows.len();
        for (at, first) in windows.enumerate() {
            look(at, first.first_chunk().expect("it is as long"));
        }
        for at in all..bytes.len() {
            let mut first = [END; TOLD];
            first[..bytes.len() - at].copy_from_slice(&bytes[at..]);
            look(at, &first);
        }
    }

    /// Of these rules those of which a match may begin with these bytes, which are as many as the tables tell.
    fn begun(&self, rules: u64, first: &[u8; TOLD]) -> u64 {
        let mut may = rules;
        for (table, byte) in self.tables.iter().zip(first) {
            may &= table[usize::from(*byte)];
            // Behind a character of several bytes, places are no longer those of bytes.
            if may == 0 || !byte.is_ascii() {
                break;
            }
        }
        may
    }
}

/// The rules of all packs of which shapes tell where a match may begin.
#[derive(Debug)]
pub(crate) struct Shapes {
    /// In the order of their numbers.
    groups: Vec<Group>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let rules = PACKS.iter().flat_map(|pack| pack.rules).enumerate();
    let told: Vec<_> = rules.filter(|(_, rule)| rule.is_told_by_shapes()).collect();
    Shapes { groups: told.chunks(WORD).map(Group::new).collect() }
});

impl Shapes {
    pub(crate) fn get() -> &'static Shapes {
        &SHAPES
    }

    /// Which rules, by their numbers, are looked for: what [`Shapes::find`] takes.
    pub(crate) fn wanted(&self, is_looked_for: impl Fn(usize) -> bool) -> Vec<u64> {
        let bits = |group: &Group| {
            group.rules.iter().rev().fold(0, |bits, (number, _)| bits << 1 | u64::from(is_looked_for(*number)))
        };
        self.groups.iter().map(bits).collect()
    }

    /// Calls `found` with the number of each of the rules that are looked for of which a match may begin somewhere in a text.
    pub(crate) fn find(&self, text: &str, wanted: &[u64], mut found: impl FnMut(usize)) {
        for (group, &wanted) in self.groups.iter().zip(wanted).filter(|(_, wanted)| **wanted != 0) {
            group.find(text, wanted, &mut found);
        }
    }
}

impl BuiltinRule {
    /// Whether it is in [`Shapes`].
    pub(crate) fn is_told_by_shapes(&self) -> bool {
        self.seen == Seen::Text && !self.shapes.is_empty()
    }

    /// Whether a text holds a character that every match of its expression needs.
    pub(super) fn has_needed(&self, text: &str) -> bool {
        match *self.needed {
            [] => true,
            [a] => memchr::memchr(a, text.as_bytes()).is_some(),
            [a, b] => memchr::memchr2(a, b, text.as_bytes()).is_some(),
            [a, b, c, ..] => memchr::memchr3(a, b, c, text.as_bytes()).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What shapes begin with, and characters of one to four bytes.
    const PIECES: &[&str] = &[
        "a",
        "B",
        "1",
        " ",
        ".",
        ",",
        ";",
        "[",
        "]",
        "(",
        ")",
        "\"",
        "?",
        "!",
        "@",
        "$",
        "<",
        "{{",
        "__",
        "\u{ab}",
        "\u{e9}",
        "\u{201c}",
        "\u{2019}",
        "\u{fffd}",
        "\u{4e2d}",
        "\u{1f1f0}",
        "shall",
        "The ",
        "Gambia",
        "Article",
        "binding",
        "draft",
        "TBC",
        "X bn",
    ];

    proptest! {
        #[test]
        fn looked_for_together_they_are_found_as_each_alone(
            picked in proptest::collection::vec(0..PIECES.len(), 0..16)
        ) {
            let text: String = picked.iter().map(|piece| PIECES[*piece]).collect();
            let mut together = Vec::new();
            let shapes = Shapes::get();
            shapes.find(&text, &shapes.wanted(|_| true), |rule| together.push(rule));
            together.sort_unstable();
            let alone: Vec<usize> = PACKS
                .iter()
                .flat_map(|pack| pack.rules)
                .enumerate()
                .filter(|(_, rule)| rule.is_told_by_shapes() && rule.has_needed(&text))
                .filter(|(_, rule)| text.char_indices().any(|(at, _)| begins(&text[at..], rule.shapes)))
                .map(|(number, _)| number)
                .collect();
            prop_assert_eq!(together, alone);
        }
    }
}
