//! Every address of the dialect, in one table: method, template and what answers it. The template is what the log of
//! requests and the faults know of an address; mind that `/Operator` also begins `/OperatorGroup`.

use axum::http::Method;

use super::api::{
    account, alerts, api_users, duty, grants, group_duty, groups, members, monitor_groups, monitors,
    operator_rights, operators, register, reports,
};
use super::call::{Ctx, Outcome};
use super::contract;

/// What answers a request.
pub type Work = fn(&Ctx<'_>) -> Outcome;

/// What a request is for, and its template.
pub struct Matched {
    /// Below `/v4`, as in `/Operator/{operatorGuid}`.
    pub template: &'static str,
    /// What answers it.
    pub target: Target,
}

/// What answers a request.
pub enum Target {
    /// An endpoint.
    Work { work: Work, params: Vec<String>, door: Door },
    /// Nothing is there.
    Unknown,
    /// Something is there, for other methods.
    WrongMethod,
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// An API user.
    ApiUser,
    /// An operator with its own login.
    Operator,
    /// Anybody.
    Open,
}

/// Finds what answers `path`, which begins after the tenant and has no leading slash.
pub fn find(method: &Method, path: &str) -> Matched {
    let nothing = Matched { template: "/{unknown}", target: Target::Unknown };
    let Some(below) = path.strip_prefix("v4/") else { return nothing };
    let segments: Vec<&str> = below.split('/').collect();
    let mut elsewhere = None;
    for (own, template, work) in ROUTES.iter().flat_map(|group| group.iter()) {
        let Some(params) = fits(template, &segments) else { continue };
        if *own == method.as_str() {
            return Matched { template, target: Target::Work { work: *work, params, door: door(template) } };
        }
        elsewhere = elsewhere.or(Some(*template));
    }
    elsewhere.map_or(nothing, |template| Matched { template, target: Target::WrongMethod })
}

fn door(template: &str) -> Door {
    match template {
        "/Register" => Door::Operator,
        "/Timezone" | "/Timezone/{timezoneId}" | "/swagger/v1/swagger.json" => Door::Open,
        _ => Door::ApiUser,
    }
}

fn fits(template: &str, segments: &[&str]) -> Option<Vec<String>> {
    let mut params = Vec::new();
    let mut left = segments.iter();
    for own in template.trim_start_matches('/').split('/') {
        let given = left.next()?;
        if own.starts_with('{') {
            params.push((*given).to_owned());
        } else if own != *given {
            return None;
        }
    }
    left.next().is_none().then_some(params)
}

type Route = (&'static str, &'static str, Work);

/// A template without a variable comes before one that has a variable in its place.
const ROUTES: &[&[Route]] =
    &[ACCOUNT, OPERATORS, GROUPS, API_USERS, MONITORS, MONITOR_GROUPS, THINGS, ALERTS];

const ACCOUNT: &[Route] = &[
    ("GET", "/swagger/v1/swagger.json", contract::document),
    ("GET", "/Account", account::statistics),
    ("GET", "/Account/Settings", account::settings),
    ("GET", "/Timezone", account::timezones),
    ("GET", "/Timezone/{timezoneId}", account::timezone),
    ("GET", "/OutgoingPhoneNumber", account::phone_numbers),
    ("POST", "/Register", register::register),
];

const OPERATORS: &[Route] = &[
    ("GET", "/Operator", operators::list),
    ("POST", "/Operator", operators::create),
    ("GET", "/Operator/{operatorGuid}", operators::one),
    ("PUT", "/Operator/{operatorGuid}", operators::replace),
    ("PATCH", "/Operator/{operatorGuid}", operators::patch),
    ("DELETE", "/Operator/{operatorGuid}", operators::delete),
    ("GET", "/Operator/{operatorGuid}/OperatorGroup", operators::groups),
    ("GET", "/Operator/{operatorGuid}/Authorization", operator_rights::of_operator),
    ("POST", "/Operator/{operatorGuid}/Authorization/{authorizationType}", operator_rights::grant_operator),
    (
        "DELETE",
        "/Operator/{operatorGuid}/Authorization/{authorizationType}",
        operator_rights::revoke_operator,
    ),
    ("GET", "/Operator/{operatorGuid}/DutySchedule", duty::list),
    ("POST", "/Operator/{operatorGuid}/DutySchedule", duty::add),
    ("PUT", "/Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}", duty::replace),
    ("DELETE", "/Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}", duty::delete),
];

const GROUPS: &[Route] = &[
    ("GET", "/OperatorGroup", groups::list),
    ("POST", "/OperatorGroup", groups::create),
    ("GET", "/OperatorGroup/{operatorGroupGuid}", groups::one),
    ("PUT", "/OperatorGroup/{operatorGroupGuid}", groups::rename),
    ("DELETE", "/OperatorGroup/{operatorGroupGuid}", groups::delete),
    ("GET", "/OperatorGroup/{operatorGroupGuid}/Member", members::list),
    ("POST", "/OperatorGroup/{operatorGroupGuid}/Member/{operatorGuid}", members::add),
    ("DELETE", "/OperatorGroup/{operatorGroupGuid}/Member/{operatorGuid}", members::remove),
    // The names of 2020 still answer.
    ("GET", "/OperatorGroup/{operatorGroupGuid}/Members", members::list),
    ("POST", "/OperatorGroup/{operatorGroupGuid}/Members/{operatorGuid}", members::add),
    ("DELETE", "/OperatorGroup/{operatorGroupGuid}/Members/{operatorGuid}", members::remove),
    ("GET", "/OperatorGroup/{operatorGroupGuid}/Authorization", operator_rights::of_group),
    (
        "POST",
        "/OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}",
        operator_rights::grant_group,
    ),
    (
        "DELETE",
        "/OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}",
        operator_rights::revoke_group,
    ),
    (
        "POST",
        "/OperatorGroup/{operatorGroupGuid}/DutySchedule/AddDutyScheduleForAllMembers",
        group_duty::add_for_all,
    ),
    ("POST", "/OperatorGroup/{operatorGroupGuid}/AllOperatorsOnDuty", group_duty::all_on),
    ("POST", "/OperatorGroup/{operatorGroupGuid}/AllOperatorsOffDuty", group_duty::all_off),
];

const API_USERS: &[Route] = &[
    ("GET", "/ApiUser", api_users::list),
    ("POST", "/ApiUser", api_users::create),
    ("GET", "/ApiUser/Operator/{operatorGuid}", api_users::of_operator),
    ("GET", "/ApiUser/{apiUserGuid}", api_users::one),
    ("PUT", "/ApiUser/{apiUserGuid}", api_users::describe),
    ("DELETE", "/ApiUser/{apiUserGuid}", api_users::delete),
];

const MONITORS: &[Route] = &[
    ("GET", "/Monitor", monitors::list),
    ("GET", "/Monitor/MonitorGroup/{monitorGroupGuid}", monitors::of_group),
    ("GET", "/Monitor/{monitorGuid}", monitors::one),
    ("GET", "/Monitor/{monitorGuid}/MonitorGroup", monitors::groups),
    ("GET", "/Monitor/{monitorGuid}/Authorizations", grants::of_monitor),
    ("POST", "/Monitor/{monitorGuid}/Authorizations", grants::add_to_monitor),
    ("DELETE", "/Monitor/{monitorGuid}/Authorizations/{authorizationGuid}", grants::remove_from_monitor),
];

const MONITOR_GROUPS: &[Route] = &[
    ("GET", "/MonitorGroup", monitor_groups::list),
    ("GET", "/MonitorGroup/{monitorGroupGuid}", monitor_groups::one),
    ("GET", "/MonitorGroup/{monitorGroupGuid}/Member", monitor_groups::members),
    ("GET", "/MonitorGroup/{monitorGroupGuid}/Members", monitor_groups::members),
    ("GET", "/MonitorGroup/{monitorGroupGuid}/Authorizations", grants::of_monitor_group),
    ("POST", "/MonitorGroup/{monitorGroupGuid}/Authorizations", grants::add_to_monitor_group),
    (
        "DELETE",
        "/MonitorGroup/{monitorGroupGuid}/Authorizations/{authorizationGuid}",
        grants::remove_from_monitor_group,
    ),
];

const THINGS: &[Route] = &[
    ("GET", "/VaultSection", reports::vault_sections),
    ("GET", "/VaultSection/{vaultSectionGuid}/Authorization", grants::of_vault_section),
    ("POST", "/VaultSection/{vaultSectionGuid}/Authorization", grants::add_to_vault_section),
    (
        "DELETE",
        "/VaultSection/{vaultSectionGuid}/Authorization/{authorizationGuid}",
        grants::remove_from_vault_section,
    ),
    ("GET", "/Integration", reports::integrations),
    ("GET", "/Integration/{integrationGuid}/Authorizations", grants::of_integration),
    ("POST", "/Integration/{integrationGuid}/Authorizations", grants::add_to_integration),
    (
        "DELETE",
        "/Integration/{integrationGuid}/Authorizations/{authorizationGuid}",
        grants::remove_from_integration,
    ),
    ("GET", "/ScheduledReport", reports::scheduled_reports),
    ("GET", "/PublicStatusPage/{publicStatusPageGuid}/Authorization", grants::of_status_page),
    ("POST", "/PublicStatusPage/{publicStatusPageGuid}/Authorization", grants::add_to_status_page),
    (
        "DELETE",
        "/PublicStatusPage/{publicStatusPageGuid}/Authorization/{authorizationGuid}",
        grants::remove_from_status_page,
    ),
];

const ALERTS: &[Route] = &[
    ("GET", "/AlertDefinition", alerts::list),
    ("GET", "/AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member", alerts::members),
    (
        "DELETE",
        "/AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member/Operator/{operatorGuid}",
        alerts::remove_operator,
    ),
    (
        "DELETE",
        "/AlertDefinition/{alertDefinitionGuid}/EscalationLevel/{level}/Member/OperatorGroup/{operatorGroupGuid}",
        alerts::remove_group,
    ),
    ("GET", "/AlertDefinition/{alertDefinitionGuid}/Authorizations", grants::of_alert),
    ("POST", "/AlertDefinition/{alertDefinitionGuid}/Authorizations", grants::add_to_alert),
    (
        "DELETE",
        "/AlertDefinition/{alertDefinitionGuid}/Authorizations/{authorizationGuid}",
        grants::remove_from_alert,
    ),
];
