//! What a text that is looked for is to a rule, and both as one number: the build writes it, the program reads it.

/// The highest bits of the lower half tell what the text is, the others which.
const CLAUSE: u16 = 1 << 15;
const LATER: u16 = 1 << 14;

/// The most phrases of one rule.
#[allow(dead_code, reason = "the build script holds the packs to it")]
pub(crate) const MOST_PHRASES: usize = LATER as usize;

/// What a text is to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The phrase at this place of its phrases may begin with it.
    Phrase(usize),
    /// It comes behind a gap of that phrase.
    Later(usize),
    /// It is one of the texts of this clause.
    Clause(usize),
}

/// Of the rule of this number, as one number. There are fewer than [`MOST_PHRASES`] of each.
#[allow(dead_code, reason = "only the build script writes")]
pub(crate) fn packed(rule: u16, what: What) -> u32 {
    let what = match what {
        What::Phrase(place) => place as u16,
        What::Later(place) => LATER | place as u16,
        What::Clause(place) => CLAUSE | place as u16,
    };
    u32::from(rule) << u16::BITS | u32::from(what)
}

/// The number of the rule, and what the text is to it.
pub(crate) fn unpacked(used: u32) -> (usize, What) {
    let what = used as u16;
    let place = usize::from(what & !(CLAUSE | LATER));
    let what = match (what & CLAUSE, what & LATER) {
        (0, 0) => What::Phrase(place),
        (0, _) => What::Later(place),
        _ => What::Clause(place),
    };
    ((used >> u16::BITS) as usize, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        for what in [What::Phrase(0), What::Later(7), What::Clause(63), What::Phrase(MOST_PHRASES - 1)] {
            for rule in [0, 1, u16::MAX] {
                assert_eq!(unpacked(packed(rule, what)), (usize::from(rule), what));
            }
        }
    }
}
