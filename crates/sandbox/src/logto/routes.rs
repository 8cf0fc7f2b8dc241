//! Every address of the dialect, in one table: method, template and what answers it. The template is what the log of
//! requests and the faults know of an address.

use axum::http::Method;

use super::api::{
    applications, dashboard, identities, invitations, logs, members, organizations, resources, roles,
    sessions, system, template, tokens, user_roles, users,
};
use super::call::{Ctx, Outcome};
use super::token;

/// What answers a request.
pub type Work = fn(&mut Ctx<'_>) -> Outcome;

/// What a request is for, and its template.
pub struct Matched {
    /// As in `/api/users/{userId}`.
    pub template: &'static str,
    /// What answers it.
    pub target: Target,
}

/// What answers a request.
pub enum Target {
    /// An endpoint; `open` ones need no token.
    Work { work: Work, params: Vec<String>, path: String, open: bool },
    /// Below `/api`, but nothing is there.
    Unknown,
    /// Something is there, for other methods.
    WrongMethod,
    /// Outside of the API: the page for signing in, with 200, whatever the address.
    Html,
}

/// Finds what answers `path`, which begins after the tenant and has no leading slash.
pub fn find(method: &Method, path: &str) -> Matched {
    let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let verb = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut elsewhere = None;
    for (own, template, work) in ROUTES.iter().flat_map(|group| group.iter()) {
        let Some(params) = fits(template, &segments) else { continue };
        if *own == verb {
            let open =
                matches!(*template, "/oidc/token" | "/oidc/.well-known/openid-configuration" | "/api/status");
            let target = Target::Work { work: *work, params, path: format!("/{path}"), open };
            return Matched { template, target };
        }
        elsewhere = elsewhere.or(Some(*template));
    }
    match elsewhere {
        Some(template) => Matched { template, target: Target::WrongMethod },
        None if matches!(segments.first(), Some(&("api" | "oidc"))) => {
            Matched { template: "/api/{unknown}", target: Target::Unknown }
        }
        None => Matched { template: "/{page}", target: Target::Html },
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
    &[SYSTEM, USERS, USER_PARTS, ROLES, RESOURCES, ORGANIZATIONS, TEMPLATE, INVITATIONS, APPLICATIONS];

const SYSTEM: &[Route] = &[
    ("POST", "/oidc/token", token::grant),
    ("GET", "/oidc/.well-known/openid-configuration", system::discovery),
    ("GET", "/api/status", system::status),
    ("GET", "/api/dashboard/users/total", dashboard::total),
    ("GET", "/api/dashboard/users/new", dashboard::new),
    ("GET", "/api/dashboard/users/active", dashboard::active),
    ("GET", "/api/logs", logs::list),
    ("GET", "/api/logs/{logId}", logs::one),
    ("GET", "/api/connectors", system::nothing),
    ("GET", "/api/sso-connectors", system::nothing_paged),
];

const USERS: &[Route] = &[
    ("GET", "/api/users", users::list),
    ("POST", "/api/users", users::create),
    ("GET", "/api/users/{userId}", users::one),
    ("PATCH", "/api/users/{userId}", users::patch),
    ("DELETE", "/api/users/{userId}", users::delete),
    ("PATCH", "/api/users/{userId}/is-suspended", users::suspend),
    ("PATCH", "/api/users/{userId}/password", users::set_password),
    ("POST", "/api/users/{userId}/password/verify", users::verify_password),
    ("PATCH", "/api/users/{userId}/password/expiration", users::expire_password),
    ("GET", "/api/users/{userId}/has-password", users::has_password),
    ("GET", "/api/users/{userId}/custom-data", users::custom_data),
    ("PATCH", "/api/users/{userId}/custom-data", users::merge_custom_data),
    ("PATCH", "/api/users/{userId}/profile", users::merge_profile),
    ("GET", "/api/users/{userId}/logto-configs", users::configs),
    ("PATCH", "/api/users/{userId}/logto-configs", users::merge_configs),
];

const USER_PARTS: &[Route] = &[
    ("GET", "/api/users/{userId}/roles", user_roles::list),
    ("POST", "/api/users/{userId}/roles", user_roles::assign),
    ("PUT", "/api/users/{userId}/roles", user_roles::replace),
    ("DELETE", "/api/users/{userId}/roles/{roleId}", user_roles::remove),
    ("GET", "/api/users/{userId}/organizations", members::organizations_of),
    ("GET", "/api/users/{userId}/identities/{target}", identities::one),
    ("PUT", "/api/users/{userId}/identities/{target}", identities::put),
    ("DELETE", "/api/users/{userId}/identities/{target}", identities::delete),
    ("GET", "/api/users/{userId}/all-identities", identities::all),
    ("GET", "/api/users/{userId}/sso-identities/{ssoConnectorId}", identities::sso),
    ("GET", "/api/users/{userId}/personal-access-tokens", tokens::list),
    ("POST", "/api/users/{userId}/personal-access-tokens", tokens::create),
    ("PATCH", "/api/users/{userId}/personal-access-tokens", tokens::rename),
    ("POST", "/api/users/{userId}/personal-access-tokens/delete", tokens::delete),
    ("PATCH", "/api/users/{userId}/personal-access-tokens/{name}", tokens::rename_by_path),
    ("DELETE", "/api/users/{userId}/personal-access-tokens/{name}", tokens::delete_by_path),
    ("GET", "/api/users/{userId}/mfa-verifications", sessions::factors),
    ("POST", "/api/users/{userId}/mfa-verifications", sessions::add_factor),
    ("DELETE", "/api/users/{userId}/mfa-verifications/{verificationId}", sessions::remove_factor),
    ("GET", "/api/users/{userId}/sessions", sessions::list),
    ("GET", "/api/users/{userId}/sessions/{sessionId}", sessions::one),
    ("DELETE", "/api/users/{userId}/sessions/{sessionId}", sessions::revoke),
    ("GET", "/api/users/{userId}/grants", sessions::grants),
    ("DELETE", "/api/users/{userId}/grants/{grantId}", sessions::revoke_grant),
];

const ROLES: &[Route] = &[
    ("GET", "/api/roles", roles::list),
    ("POST", "/api/roles", roles::create),
    ("GET", "/api/roles/{roleId}", roles::one),
    ("PATCH", "/api/roles/{roleId}", roles::patch),
    ("DELETE", "/api/roles/{roleId}", roles::delete),
    ("GET", "/api/roles/{roleId}/users", roles::users),
    ("POST", "/api/roles/{roleId}/users", roles::add_users),
    ("DELETE", "/api/roles/{roleId}/users/{userId}", roles::remove_user),
    ("GET", "/api/roles/{roleId}/scopes", roles::scopes),
    ("POST", "/api/roles/{roleId}/scopes", roles::add_scopes),
    ("DELETE", "/api/roles/{roleId}/scopes/{scopeId}", roles::remove_scope),
    ("GET", "/api/roles/{roleId}/applications", roles::applications),
    ("POST", "/api/roles/{roleId}/applications", roles::add_applications),
    ("DELETE", "/api/roles/{roleId}/applications/{applicationId}", roles::remove_application),
];

const RESOURCES: &[Route] = &[
    ("GET", "/api/resources", resources::list),
    ("POST", "/api/resources", resources::create),
    ("GET", "/api/resources/{resourceId}", resources::one),
    ("PATCH", "/api/resources/{resourceId}", resources::patch),
    ("DELETE", "/api/resources/{resourceId}", resources::delete),
    ("GET", "/api/resources/{resourceId}/scopes", resources::scopes),
    ("POST", "/api/resources/{resourceId}/scopes", resources::create_scope),
    ("PATCH", "/api/resources/{resourceId}/scopes/{scopeId}", resources::patch_scope),
    ("DELETE", "/api/resources/{resourceId}/scopes/{scopeId}", resources::delete_scope),
];

const ORGANIZATIONS: &[Route] = &[
    ("GET", "/api/organizations", organizations::list),
    ("POST", "/api/organizations", organizations::create),
    ("GET", "/api/organizations/{organizationId}", organizations::one),
    ("PATCH", "/api/organizations/{organizationId}", organizations::patch),
    ("DELETE", "/api/organizations/{organizationId}", organizations::delete),
    ("GET", "/api/organizations/{organizationId}/users", members::list),
    ("POST", "/api/organizations/{organizationId}/users", members::add),
    ("PUT", "/api/organizations/{organizationId}/users", members::replace),
    ("POST", "/api/organizations/{organizationId}/users/roles", members::assign_roles),
    ("DELETE", "/api/organizations/{organizationId}/users/{userId}", members::remove),
    ("GET", "/api/organizations/{organizationId}/users/{userId}/roles", members::roles),
    ("POST", "/api/organizations/{organizationId}/users/{userId}/roles", members::add_roles),
    ("PUT", "/api/organizations/{organizationId}/users/{userId}/roles", members::replace_roles),
    ("DELETE", "/api/organizations/{organizationId}/users/{userId}/roles/{roleId}", members::remove_role),
    ("GET", "/api/organizations/{organizationId}/users/{userId}/scopes", members::scopes),
    ("GET", "/api/organizations/{organizationId}/applications", organizations::applications),
    ("POST", "/api/organizations/{organizationId}/applications", organizations::add_applications),
    (
        "DELETE",
        "/api/organizations/{organizationId}/applications/{applicationId}",
        organizations::remove_application,
    ),
    (
        "GET",
        "/api/organizations/{organizationId}/applications/{applicationId}/roles",
        organizations::application_roles,
    ),
    (
        "POST",
        "/api/organizations/{organizationId}/applications/{applicationId}/roles",
        organizations::add_application_roles,
    ),
    (
        "DELETE",
        "/api/organizations/{organizationId}/applications/{applicationId}/roles/{roleId}",
        organizations::remove_application_role,
    ),
];

const TEMPLATE: &[Route] = &[
    ("GET", "/api/organization-roles", template::roles),
    ("POST", "/api/organization-roles", template::create_role),
    ("GET", "/api/organization-roles/{id}", template::role),
    ("PATCH", "/api/organization-roles/{id}", template::patch_role),
    ("DELETE", "/api/organization-roles/{id}", template::delete_role),
    ("GET", "/api/organization-roles/{id}/scopes", template::role_scopes),
    ("POST", "/api/organization-roles/{id}/scopes", template::add_role_scopes),
    ("PUT", "/api/organization-roles/{id}/scopes", template::replace_role_scopes),
    ("DELETE", "/api/organization-roles/{id}/scopes/{scopeId}", template::remove_role_scope),
    ("GET", "/api/organization-roles/{id}/resource-scopes", template::role_resource_scopes),
    ("POST", "/api/organization-roles/{id}/resource-scopes", template::add_role_resource_scopes),
    ("PUT", "/api/organization-roles/{id}/resource-scopes", template::replace_role_resource_scopes),
    (
        "DELETE",
        "/api/organization-roles/{id}/resource-scopes/{scopeId}",
        template::remove_role_resource_scope,
    ),
    ("GET", "/api/organization-scopes", template::scopes),
    ("POST", "/api/organization-scopes", template::create_scope),
    ("GET", "/api/organization-scopes/{id}", template::scope),
    ("PATCH", "/api/organization-scopes/{id}", template::patch_scope),
    ("DELETE", "/api/organization-scopes/{id}", template::delete_scope),
];

const INVITATIONS: &[Route] = &[
    ("GET", "/api/organization-invitations", invitations::list),
    ("POST", "/api/organization-invitations", invitations::create),
    ("GET", "/api/organization-invitations/{id}", invitations::one),
    ("PUT", "/api/organization-invitations/{id}/status", invitations::set_status),
    ("POST", "/api/organization-invitations/{id}/message", invitations::resend),
    ("DELETE", "/api/organization-invitations/{id}", invitations::delete),
];

const APPLICATIONS: &[Route] = &[
    ("GET", "/api/applications", applications::list),
    ("POST", "/api/applications", applications::create),
    ("GET", "/api/applications/{applicationId}", applications::one),
    ("DELETE", "/api/applications/{applicationId}", applications::delete),
    ("GET", "/api/applications/{applicationId}/secrets", applications::secrets),
    ("POST", "/api/applications/{applicationId}/secrets", applications::create_secret),
    ("DELETE", "/api/applications/{applicationId}/secrets/{name}", applications::delete_secret),
    ("GET", "/api/applications/{applicationId}/roles", applications::roles),
    ("POST", "/api/applications/{applicationId}/roles", applications::assign_roles),
    ("PUT", "/api/applications/{applicationId}/roles", applications::replace_roles),
    ("DELETE", "/api/applications/{applicationId}/roles/{roleId}", applications::remove_role),
];
