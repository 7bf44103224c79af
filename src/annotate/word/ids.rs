//! Numbers of comments and of tracked changes.

use std::collections::HashSet;

/// The greatest that programs read.
const MAX: u32 = i32::MAX as u32;

/// Numbers that nothing else has: above all that are in use, or else any that are free.
#[derive(Debug)]
pub(super) struct Ids {
    taken: HashSet<u32>,
    next: u32,
}

impl Ids {
    /// Numbers from this one on.
    pub(super) fn from(first: u32) -> Ids {
        Ids { taken: HashSet::new(), next: first }
    }

    /// Takes a number, if it is one, out of those that are free.
    pub(super) fn take(&mut self, id: &str) {
        if let Some(id) = id.trim().parse().ok().filter(|id| *id <= MAX) {
            self.taken.insert(id);
            self.next = self.next.max(id + 1);
        }
    }

    pub(super) fn next(&mut self) -> u32 {
        while self.next > MAX || !self.taken.insert(self.next) {
            self.next = if self.next > MAX { 0 } else { self.next + 1 };
        }
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_numbers_are_above_all_others_or_free() {
        let cases: &[(&[&str], [u32; 2])] = &[
            (&[], [1, 2]),
            (&["4", "x", "-1"], [5, 6]),
            (&["0", "1", "2147483647", "99999999999999999999"], [2, 3]),
            (&["2147483646"], [2_147_483_647, 0]),
        ];
        for (taken, expected) in cases {
            let mut ids = Ids::from(1);
            taken.iter().for_each(|id| ids.take(id));
            assert_eq!([ids.next(), ids.next()], *expected, "{taken:?}");
        }
    }
}
