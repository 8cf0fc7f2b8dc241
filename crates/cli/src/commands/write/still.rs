//! What somebody may still do once a right is taken back, in one line.

use rollcall_core::api::{RightOriginView, StillView};

/// What is left, and what gives it.
pub fn still_text(still: &StillView) -> String {
    if still.origins.is_empty() {
        return "nothing is left of this right".to_owned();
    }
    let origins: Vec<String> = still.origins.iter().map(origin_text).collect();
    format!("what stays: {}", origins.join("; "))
}

fn origin_text(origin: &RightOriginView) -> String {
    let by = origin
        .group
        .as_ref()
        .map_or_else(|| "given directly".to_owned(), |group| format!("by group {group}"));
    let on = origin.resource_group.as_ref().map(|group| format!(", on {group}")).unwrap_or_default();
    format!("{} ({by}{on})", origin.permission)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_with_where_it_comes_from() {
        let origin = RightOriginView {
            permission: "EditMonitorsInGroup".to_owned(),
            group_id: Some("g".to_owned()),
            group: Some("Night".to_owned()),
            resource_group_id: Some("w".to_owned()),
            resource_group: Some("Web".to_owned()),
        };
        let still = |origins| still_text(&StillView { level: None, origins });
        assert_eq!(still(vec![origin]), "what stays: EditMonitorsInGroup (by group Night, on Web)");
        assert_eq!(still(Vec::new()), "nothing is left of this right");
    }
}
