//! A trie of the tokens of many texts, as plain numbers: what finds the texts in a draft. Those of the packs that ship are laid out
//! when comity is built and need not be read; those of others are laid out when their packs are read.

use std::borrow::Cow;
use std::collections::HashMap;

/// The node at which every text begins.
const ROOT: u32 = 0;

/// The bit of a step to a node from which no step leads.
const LEAF: u32 = 1 << 31;

/// A number as it is laid out.
type NumberBytes = [u8; 4];

/// A step: the token, the node it leads from, and the node it leads to, which is the root where there is no step.
type TrieStep = [u8; 12];

/// Texts by their tokens, each with numbers that say what it is of.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// A power of two of them, at most half of them taken.
    steps: Cow<'static, [TrieStep]>,
    /// For each node the first of its uses, and where the last ends.
    firsts: Cow<'static, [NumberBytes]>,
    uses: Cow<'static, [NumberBytes]>,
}

/// The key of a step.
fn key(node: u32, token: u32) -> u64 {
    u64::from(node) << u32::BITS | u64::from(token)
}

/// The place at which the step of a key is looked for first, before it is cut to the number of places.
fn place(key: u64) -> usize {
    // Two odd constants, as in the finalizer of MurmurHash3.
    let key = (key ^ key >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let key = (key ^ key >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (key >> u32::BITS) as usize
}

impl Table {
    /// A table that was laid out as these bytes.
    pub(crate) const fn laid_out(steps: &'static [u8], firsts: &'static [u8], uses: &'static [u8]) -> Table {
        Table {
            steps: Cow::Borrowed(steps.as_chunks().0),
            firsts: Cow::Borrowed(firsts.as_chunks().0),
            uses: Cow::Borrowed(uses.as_chunks().0),
        }
    }

    /// Calls `found` for every text that a text of these tokens holds, with the place of its first token, for each of its uses.
    pub(crate) fn find(&self, tokens: &[u32], mut found: impl FnMut(usize, u32)) {
        for first in 0..tokens.len() {
            self.at(&tokens[first..], |used| found(first, used));
        }
    }

    /// Calls `found` for every text with whose tokens these begin, shortest first, for each of its uses.
    pub(crate) fn at(&self, tokens: &[u32], mut found: impl FnMut(u32)) {
        let mut node = ROOT;
        for &token in tokens {
            let Some(to) = self.step(node, token) else {
                return;
            };
            node = to & !LEAF;
            self.uses(node).iter().for_each(|used| found(u32::from_le_bytes(*used)));
            if to & LEAF != 0 {
                return;
            }
        }
    }

    fn step(&self, node: u32, token: u32) -> Option<u32> {
        let mask = self.steps.len() - 1;
        let wanted = key(node, token);
        let mut place = place(wanted);
        loop {
            let [a, b, c, d, e, f, g, h, to @ ..] = self.steps[place & mask];
            let to = u32::from_le_bytes(to);
            if to == ROOT {
                return None;
            }
            if u64::from_le_bytes([a, b, c, d, e, f, g, h]) == wanted {
                return Some(to);
            }
            place += 1;
        }
    }

    fn uses(&self, node: u32) -> &[NumberBytes] {
        let first = |node: u32| u32::from_le_bytes(self.firsts[node as usize]) as usize;
        &self.uses[first(node)..first(node + 1)]
    }
}

/// A table that is being made.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    steps: HashMap<(u32, u32), u32>,
    /// The uses of each node but the root, which has none.
    uses: Vec<Vec<u32>>,
}

impl TableBuilder {
    /// Adds a use of the text of these tokens, of which there is one at least.
    pub(crate) fn add(&mut self, tokens: &[u32], used: u32) {
        let mut node = ROOT;
        for &token in tokens {
            let new = self.uses.len() as u32 + 1;
            node = *self.steps.entry((node, token)).or_insert(new);
            if node == new {
                self.uses.push(Vec::new());
            }
        }
        self.uses[node as usize - 1].push(used);
    }

    /// True if nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The table.
    pub(crate) fn build(&self) -> Table {
        let mut inner = vec![false; self.uses.len() + 1];
        self.steps.keys().for_each(|&(node, _)| inner[node as usize] = true);
        let mut steps: Vec<((u32, u32), u32)> = self.steps.iter().map(|(&key, &to)| (key, to)).collect();
        steps.sort_unstable();
        for (_, to) in &mut steps {
            *to |= if inner[*to as usize] { 0 } else { LEAF };
        }
        let steps = places(&steps);
        let mut firsts = Vec::with_capacity(self.uses.len() + 2);
        let mut uses: Vec<NumberBytes> = Vec::new();
        // The first is that of the root.
        for used in std::iter::once(&Vec::new()).chain(&self.uses) {
            firsts.push((uses.len() as u32).to_le_bytes());
            let mut used = used.clone();
            used.sort_unstable();
            used.dedup();
            uses.extend(used.iter().map(|used| used.to_le_bytes()));
        }
        firsts.push((uses.len() as u32).to_le_bytes());
        Table { steps: steps.into(), firsts: firsts.into(), uses: uses.into() }
    }
}

/// The steps, each where it is looked for, or behind it where others are.
fn places(steps: &[((u32, u32), u32)]) -> Vec<TrieStep> {
    let size = (2 * steps.len()).next_power_of_two().max(2);
    let mut places = vec![[0; 12]; size];
    for &((node, token), to) in steps {
        let key = key(node, token);
        let mut place = place(key);
        while places[place & (size - 1)][8..] != ROOT.to_le_bytes() {
            place += 1;
        }
        let step = &mut places[place & (size - 1)];
        step[..8].copy_from_slice(&key.to_le_bytes());
        step[8..].copy_from_slice(&to.to_le_bytes());
    }
    places
}

#[allow(dead_code, reason = "only the build script writes")]
impl Table {
    /// Writes it into a folder, as [`Table::laid_out`] takes it: `NAME-steps.bin`, `NAME-firsts.bin` and `NAME-uses.bin`.
    pub(crate) fn write(&self, folder: &std::path::Path, name: &str) -> std::io::Result<()> {
        let parts = [
            ("steps", self.steps.as_flattened()),
            ("firsts", self.firsts.as_flattened()),
            ("uses", self.uses.as_flattened()),
        ];
        parts.into_iter().try_for_each(|(part, bytes)| std::fs::write(folder.join(format!("{name}-{part}.bin")), bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_added_is_found_and_nothing_else(
            texts in prop::collection::vec((prop::collection::vec(0..4_u32, 1..4), 0..8_u32), 0..20),
            tokens in prop::collection::vec(0..5_u32, 0..40),
        ) {
            let mut builder = TableBuilder::default();
            texts.iter().for_each(|(text, used)| builder.add(text, *used));
            prop_assert_eq!(builder.is_empty(), texts.is_empty());
            let mut found = Vec::new();
            builder.build().find(&tokens, |first, used| found.push((first, used)));
            // A use is told for each text that it is a use of.
            let expected: BTreeSet<(usize, &[u32], u32)> = (0..tokens.len())
                .flat_map(|first| texts.iter().map(move |text| (first, text)))
                .filter(|(first, (text, _))| tokens[*first..].starts_with(text))
                .map(|(first, (text, used))| (first, text.as_slice(), *used))
                .collect();
            let mut expected: Vec<(usize, u32)> = expected.into_iter().map(|(first, _, used)| (first, used)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
