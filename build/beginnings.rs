//! Beginnings of the matches of expressions, as tables for `src/rule/builtin/beginnings.rs`.

use std::fs;
use std::path::Path;

use regex_syntax::utf8::Utf8Sequences;

use crate::rule::layout::{BYTES, TOLD};
use crate::rule::shape::Shape;

/// The most ways in which one shape may be written in bytes; with more, a shorter one has to do.
const MOST_WAYS: usize = 24;

/// The bytes that may stand at each of the first places of a match.
type ByteRanges = Vec<Vec<(u8, u8)>>;

/// For each of the first bytes of a match, for each byte, a bit for each of as many things as a word has bits.
type ByteMasks = [[u64; BYTES]; TOLD];

/// Rules, and their shapes, each by the bytes with which a match may begin.
#[derive(Debug, Default)]
pub(crate) struct PrefixTables {
    rules: PrefixMasks,
    shapes: PrefixMasks,
}

impl PrefixTables {
    /// Adds the shapes of a rule. Returns its number among those that were added, and the first of its shapes with that behind the last;
    /// `None` if it has none.
    pub(crate) fn add(&mut self, shapes: &[Shape]) -> Option<(usize, (usize, usize))> {
        let ways: Vec<ByteRanges> = shapes.iter().flat_map(ways).collect();
        if ways.is_empty() {
            return None;
        }
        let first = self.shapes.count;
        for way in &ways {
            self.shapes.add(std::slice::from_ref(way));
        }
        Some((self.rules.add(&ways), (first, self.shapes.count)))
    }

    pub(crate) fn write(&self, out: &Path) -> std::io::Result<()> {
        self.rules.write(&out.join("beginnings.bin"))?;
        self.shapes.write(&out.join("shapes.bin"))
    }
}

#[derive(Debug, Default)]
struct PrefixMasks {
    count: usize,
    tables: Vec<ByteMasks>,
}

impl PrefixMasks {
    /// Adds what begins in one of these ways, and returns its number.
    fn add(&mut self, ways: &[ByteRanges]) -> usize {
        let number = self.count;
        self.count += 1;
        self.tables.resize(self.count.div_ceil(u64::BITS as usize), [[0; BYTES]; TOLD]);
        let bit = 1 << (number % u64::BITS as usize);
        for way in ways {
            for (place, table) in self.tables[number / u64::BITS as usize].iter_mut().enumerate() {
                let ranges = way.get(place).map_or(&[(u8::MIN, u8::MAX)][..], Vec::as_slice);
                ranges.iter().flat_map(|&(first, last)| first..=last).for_each(|byte| table[usize::from(byte)] |= bit);
            }
        }
        number
    }

    fn write(&self, file: &Path) -> std::io::Result<()> {
        let words = self.tables.as_flattened().as_flattened();
        fs::write(file, words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>())
    }
}

/// The ways in which the bytes of a match of this shape may begin.
fn ways(shape: &Shape) -> Vec<ByteRanges> {
    let mut all: Vec<ByteRanges> = vec![Vec::new()];
    for chars in shape {
        let ascii: Vec<(u8, u8)> = chars
            .iter()
            .filter(|(first, _)| first.is_ascii())
            .map(|&(first, last)| (first as u8, last.min('\u{7f}') as u8))
            .collect();
        let mut next: Vec<ByteRanges> = if ascii.is_empty() { Vec::new() } else { vec![vec![ascii]] };
        for &(first, last) in chars.iter().filter(|(_, last)| !last.is_ascii()) {
            let sequences = Utf8Sequences::new(first.max('\u{80}'), last);
            next.extend(
                sequences.map(|sequence| sequence.into_iter().map(|range| vec![(range.start, range.end)]).collect()),
            );
        }
        if all.len() * next.len() > MOST_WAYS {
            break;
        }
        all = all.iter().flat_map(|way| next.iter().map(|next| [way.as_slice(), next].concat())).collect();
    }
    all
}
