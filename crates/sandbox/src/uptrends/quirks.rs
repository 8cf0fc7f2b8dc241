//! How an Uptrends tenant behaves, where the documents leave it open, plans differ, or older contracts did. All of it can be
//! changed while the sandbox runs.

use serde::{Deserialize, Serialize};

/// How an Uptrends tenant behaves; the default is an Enterprise account of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct UptrendsQuirks {
    /// Whether `/ApiUser` is there.
    pub api_users: ApiUserSupport,
    /// What the attributes of an API user are called.
    pub api_user_names: ApiUserNames,
    /// The first API user is of a type that nobody has heard of.
    pub unknown_access_type: bool,
    /// Values that nobody has heard of in the other enumerations: permissions, monitor types and modes, and so on.
    pub unknown_values: bool,
    /// The public contract document is not there.
    pub no_contract: bool,
    /// Permissions on monitors and monitor groups, a feature of the Enterprise plan.
    pub monitor_permissions: MonitorPermissions,
    /// What the members of an escalation level are answered with.
    pub alert_members: AlertMembers,
    /// How many operators the account may have, as it is answered; absent there when absent here. Only a number above 0 is
    /// a limit. By default more than any load has.
    pub operator_limit: Option<i64>,
    /// `IsOnDuty` is also false while an off-duty period lasts.
    pub duty_in_active: bool,
    /// Which operators and groups a caller sees who is no administrator.
    pub see_operators: SeeOperators,
    /// The permissions of an operator include those of its groups.
    pub inherited_permissions: bool,
    /// A PATCH of an operator empties `MobilePhone` and `BackupEmail` when it leaves them out.
    pub patch_empties: bool,
    /// A new off-duty period is answered with a body that has its `Id`.
    pub period_in_answer: bool,
    /// The account has single sign-on.
    pub single_signon: bool,
    /// The status that tells that an operator owns something and cannot be deleted: 400 or 403.
    pub owner_status: u16,
    /// The account's time zone.
    pub timezone_id: i64,
}

impl Default for UptrendsQuirks {
    fn default() -> Self {
        Self {
            api_users: ApiUserSupport::Yes,
            api_user_names: ApiUserNames::Usual,
            unknown_access_type: false,
            unknown_values: false,
            no_contract: false,
            monitor_permissions: MonitorPermissions::Yes,
            alert_members: AlertMembers::Lists,
            operator_limit: Some(250_000),
            duty_in_active: false,
            see_operators: SeeOperators::Everyone,
            inherited_permissions: false,
            patch_empties: false,
            period_in_answer: false,
            single_signon: false,
            owner_status: 400,
            timezone_id: 27,
        }
    }
}

impl UptrendsQuirks {
    /// A small plan: few operators, and no permissions on monitors.
    #[must_use]
    pub fn small_plan() -> Self {
        Self {
            monitor_permissions: MonitorPermissions::BadRequest,
            operator_limit: Some(4),
            ..Self::default()
        }
    }
}

/// Whether `/ApiUser` is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApiUserSupport {
    /// As today.
    Yes,
    /// 404, as in the older contract, whose document does not speak of it either.
    Missing,
    /// 403.
    Forbidden,
}

/// What the attributes of an API user are called, which no public text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApiUserNames {
    /// `ApiUserGuid`, `UserName`, `ApiAccessType`, `CreatedDate`, `LastUsedDate`, `RequestsLast30Days`.
    Usual,
    /// `Guid`, `Username`, `AccessType`, `CreationDate`, `LastUsed`, `NumberOfRequestsLast30Days`.
    Second,
    /// `Id`, `UserName`, `ApiUserType`, `Created`, `LastUsedDateTime`, `RequestCountLast30Days`.
    Third,
    /// As the third, but `Type` and `RequestCount`.
    Fourth,
    /// As usual, but the last use is called `LatestCall`, which no client expects.
    Unrecognised,
}

/// What calls about permissions on monitors and monitor groups answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MonitorPermissions {
    /// Enterprise.
    Yes,
    /// 400.
    BadRequest,
    /// 403.
    Forbidden,
    /// Empty lists, and 400 for changes.
    Empty,
}

/// What the members of an escalation level are answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AlertMembers {
    /// Lists.
    Lists,
    /// Lists, but a member who is alone as one object.
    LoneObjects,
    /// 400.
    BadRequest,
    /// 403.
    Forbidden,
    /// 404.
    Missing,
}

/// Which operators and groups a caller sees who is no administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SeeOperators {
    /// All: Everyone sees Everyone.
    Everyone,
    /// Itself, its groups and their members.
    OwnGroups,
}
