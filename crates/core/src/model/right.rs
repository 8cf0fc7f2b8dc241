//! A single right as an edit names it, and the words that the service has for rights.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Grant, GrantHolder, RemoteId, ResourceKind};

/// Rights in the whole account: an operator's word for each, and a group's.
const IN_ACCOUNT: [(&str, &str); 10] = [
    ("AccountAccess", "BasicOperator"),
    (ADMINISTRATOR, "Administrator"),
    (INFRA, INFRA),
    ("FinancialOperator", "FinancialOperator"),
    ("TechnicalContact", "TechnicalContact"),
    ("ShareDashboards", "ShareDashboards"),
    ("CreateAlertDefinition", "CreateAlertDefinition"),
    ("CreateIntegration", "CreateIntegration"),
    ("CreatePrivateLocations", "CreatePrivateLocations"),
    ("ManageMonitorTemplates", "ManageMonitorTemplates"),
];

/// The right to do everything; it comes with a group and is never given by itself.
pub const ADMINISTRATOR: &str = "AccountAdministrator";
/// A right that administrators cannot be without.
pub const INFRA: &str = "AllowInfra";
/// Rights that somebody must hold, in the operator's words; the service refuses to take the first two from the last one.
pub const NEEDED: [&str; 3] = ["FinancialOperator", "TechnicalContact", ADMINISTRATOR];

/// A right: who holds it, and on what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Right {
    /// The service's own word for it, as it is given to this kind of holder.
    pub permission: String,
    /// What the holder is.
    pub holder_kind: GrantHolder,
    /// Who holds it.
    pub holder: RemoteId,
    /// What it is a right on; `None` for the whole account.
    pub resource: Option<RemoteId>,
    /// What that is; `None` with it.
    pub resource_kind: Option<ResourceKind>,
}

impl Right {
    /// The same right as it stands among those that were given.
    pub fn grant(&self) -> Grant {
        Grant::new(
            self.resource.clone(),
            self.permission.clone(),
            (self.holder_kind, self.holder.clone()),
            None,
        )
    }

    /// Whether the service has this word for a right of this kind of holder on this kind of thing.
    pub fn is_known(&self) -> bool {
        match (self.resource_kind, &self.resource) {
            (None, None) => IN_ACCOUNT.iter().any(|(user, group)| {
                self.permission == if self.holder_kind == GrantHolder::User { *user } else { *group }
            }),
            (Some(kind), Some(_)) => rights_on(kind).contains(&self.permission.as_str()),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// Rights that come with it by themselves, from the least on.
    pub fn brings(&self) -> &'static [&'static str] {
        let levels = self.resource_kind.map(rights_on).unwrap_or_default();
        let place = levels.iter().position(|level| *level == self.permission).unwrap_or_default();
        levels.get(..place).unwrap_or_default()
    }
}

/// Rights on a thing of this kind, each including those before it.
pub const fn rights_on(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        ResourceKind::Monitor => &["ViewMonitorData", "ViewMonitor", "EditMonitor"],
        ResourceKind::MonitorGroup => &[
            "ViewMonitorDataInGroup",
            "ViewMonitorsInGroup",
            "EditMonitorsInGroup",
            "CreateAndDeleteMonitorsInGroup",
        ],
        ResourceKind::VaultSection => &["ViewVaultSection", "ChangeVaultSection"],
        ResourceKind::Integration => &["UseIntegration", "EditIntegration"],
        ResourceKind::AlertDefinition => &["EditAlertDefinition"],
    }
}

/// Two words stand for one right in the whole account, an operator's and a group's: the operator's, for either.
pub fn account_word(permission: &str) -> &str {
    IN_ACCOUNT.iter().find(|(_, group)| *group == permission).map_or(permission, |(user, _)| user)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(permission: &str, holder_kind: GrantHolder, kind: Option<ResourceKind>) -> Right {
        Right {
            permission: permission.to_owned(),
            holder_kind,
            holder: RemoteId::new("h"),
            resource: kind.map(|_| RemoteId::new("r")),
            resource_kind: kind,
        }
    }

    #[test]
    fn each_kind_of_holder_has_its_own_word() {
        use GrantHolder::{Group, User};
        for (permission, holder, known) in [
            ("AccountAccess", User, true),
            ("AccountAccess", Group, false),
            ("BasicOperator", Group, true),
            ("FinancialOperator", Group, true),
            ("EditMonitor", User, false),
        ] {
            assert_eq!(right(permission, holder, None).is_known(), known, "{permission}");
        }
        assert_eq!(account_word("Administrator"), ADMINISTRATOR);
        assert_eq!(account_word("EditMonitor"), "EditMonitor");
    }

    #[test]
    fn a_higher_right_brings_the_lower_ones() {
        let on = |permission: &str, kind| right(permission, GrantHolder::User, Some(kind));
        assert_eq!(on("EditMonitor", ResourceKind::Monitor).brings(), ["ViewMonitorData", "ViewMonitor"]);
        assert!(on("ViewVaultSection", ResourceKind::VaultSection).brings().is_empty());
        assert!(right("TechnicalContact", GrantHolder::User, None).brings().is_empty());
        assert!(!on("EditMonitorsInGroup", ResourceKind::Monitor).is_known());
    }
}
