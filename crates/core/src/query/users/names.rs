//! The place of a user in the order of names, for lists that are sorted like the users grid.

use std::sync::Arc;

use super::order::Order;
use super::row_text::TextColumn;
use super::snapshot::Snapshot;

/// The users of a snapshot by display name.
pub(in crate::query) struct NameOrder {
    snapshot: Arc<Snapshot>,
    order: Arc<Order>,
}

impl NameOrder {
    pub(super) const fn new(snapshot: Arc<Snapshot>, order: Arc<Order>) -> Self {
        Self { snapshot, order }
    }

    /// Users before the one with this number in the store; `None` when the index does not have it.
    pub fn place(&self, id: i64) -> Option<u32> {
        self.snapshot.segments().row_of(id).map(|row| self.order.rank(row))
    }

    /// Users whose folded name is before `name`.
    pub fn names_before(&self, name: &str) -> u32 {
        let mut own = Vec::new();
        let before = self.order.rows().partition_point(|row| {
            self.snapshot.segments().read(*row, TextColumn::DisplayName, &mut own);
            own.as_slice() < name.as_bytes()
        });
        u32::try_from(before).unwrap_or(u32::MAX)
    }
}
