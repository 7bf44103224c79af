//! The role of a text that a rule looks for, and rule and role as one number: the build writes it, the program reads it.

/// The highest bits of the lower half tell what the text is, the others which.
const CLAUSE: u16 = 1 << 15;
const LATER: u16 = 1 << 14;

/// The most phrases of one rule.
#[allow(dead_code, reason = "the build script holds the packs to it")]
pub(crate) const MOST_PHRASES: usize = LATER as usize;

/// The role of a text for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// The phrase at this place of its phrases may begin with it.
    Phrase(usize),
    /// It comes behind a gap of that phrase.
    Later(usize),
    /// It is one of the texts of this clause.
    Clause(usize),
}

/// Of the rule of this number, as one number. There are fewer than [`MOST_PHRASES`] of each.
#[allow(dead_code, reason = "only the build script writes")]
pub(crate) fn packed(rule: u16, role: TextRole) -> u32 {
    let role = match role {
        TextRole::Phrase(place) => place as u16,
        TextRole::Later(place) => LATER | place as u16,
        TextRole::Clause(place) => CLAUSE | place as u16,
    };
    u32::from(rule) << u16::BITS | u32::from(role)
}

/// The number of the rule, and the role of the text for it.
pub(crate) fn unpacked(used: u32) -> (usize, TextRole) {
    let role = used as u16;
    let place = usize::from(role & !(CLAUSE | LATER));
    let role = match (role & CLAUSE, role & LATER) {
        (0, 0) => TextRole::Phrase(place),
        (0, _) => TextRole::Later(place),
        _ => TextRole::Clause(place),
    };
    ((used >> u16::BITS) as usize, role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        for role in [TextRole::Phrase(0), TextRole::Later(7), TextRole::Clause(63), TextRole::Phrase(MOST_PHRASES - 1)]
        {
            for rule in [0, 1, u16::MAX] {
                assert_eq!(unpacked(packed(rule, role)), (usize::from(rule), role));
            }
        }
    }
}
