//! The guard: a plan that would remove more than a set share of a list asks first.
//!
//! The usual reason for such a plan is not that people left, but that a credential lost a right or a service answered
//! for another tenant; a listing can be complete and still not be the one that was meant.

/// Removals that never ask: in a small team one person is a large share.
const NEVER_ASKS: u64 = 2;

/// Whether removing `removed` of `mirrored` rows needs a person, at a limit of `percent`.
pub const fn asks(mirrored: u64, removed: u64, percent: u32) -> bool {
    if mirrored > NEVER_ASKS && removed == mirrored {
        return true;
    }
    removed > NEVER_ASKS && removed as u128 * 100 > mirrored as u128 * percent as u128
}

#[cfg(test)]
mod tests {
    use super::asks;

    #[test]
    fn the_guard_asks_above_its_share_and_never_about_one_or_two() {
        for (mirrored, removed, percent, expected) in [
            (0, 0, 20, false),
            (1, 1, 20, false),
            (2, 2, 20, false),
            (3, 3, 20, true),
            (10, 2, 20, false),
            (10, 3, 20, true),
            (100, 20, 20, false),
            (100, 21, 20, true),
            (100, 100, 100, true),
            (100, 99, 100, false),
            (u64::MAX, u64::MAX - 1, 20, true),
        ] {
            assert_eq!(asks(mirrored, removed, percent), expected, "{removed} of {mirrored} at {percent} %");
        }
    }
}
