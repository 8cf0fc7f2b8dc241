//! The service's words for rights on monitors, and how far each goes.

use crate::api::AccessLevel;

/// How far `permission` goes on a monitor, given on it or on a group that it is in; `None` for a word that is not about
/// monitors, or new.
pub fn level_of(permission: &str) -> Option<AccessLevel> {
    match permission {
        "ViewMonitorData" | "ViewMonitorDataInGroup" => Some(AccessLevel::ViewData),
        "ViewMonitor" | "ViewMonitorsInGroup" => Some(AccessLevel::View),
        "EditMonitor" | "EditMonitorsInGroup" => Some(AccessLevel::Edit),
        "CreateAndDeleteMonitorsInGroup" => Some(AccessLevel::Delete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_cumulative_in_the_order_of_the_service() {
        let words = [
            "ViewMonitorDataInGroup",
            "ViewMonitorsInGroup",
            "EditMonitorsInGroup",
            "CreateAndDeleteMonitorsInGroup",
        ];
        assert!(words.map(level_of).is_sorted());
        assert_eq!(level_of("UseIntegration"), None);
    }
}
