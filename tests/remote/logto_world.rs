//! A small Logto tenant in which every edit has something to do, and every edit with the request that carries it out.

use std::sync::Arc;

use rollcall_core::model::{
    Account, Authentication, Edit, FieldEdit, GroupKind, HolderKind, InvitationMessage, PasswordChoice,
    ProviderKind, RemoteId, RoleScope, Timestamp,
};
use rollcall_core::remote::{DirectoryWrite, open_writer};
use rollcall_sandbox::{LogtoLoad, LogtoQuirks, MailConnector};
use rollcall_tests::accounts::{bearer, credential};
use rollcall_tests::logto::{APPLICATION, LogtoService, SECRET};
use serde_json::{Value, json};

use super::fake::quick;

pub struct World {
    pub service: LogtoService,
    pub writer: Arc<dyn DirectoryWrite>,
}

/// Ids of what one edit may be about.
pub struct Stage {
    pub user: RemoteId,
    pub stranger: RemoteId,
    pub role: RemoteId,
    pub held_role: RemoteId,
    pub machine_role: RemoteId,
    pub own_role: RemoteId,
    pub held_own_role: RemoteId,
    pub organization: RemoteId,
    pub session: String,
    pub grant: String,
    pub factor: String,
    pub invitation: RemoteId,
    pub unique: String,
}

/// An account of the tenant at `address`.
pub fn account(address: &str, application: &str) -> Account {
    let mut account = bearer(address);
    account.provider = ProviderKind::Logto;
    account.authentication =
        Authentication::Application { application_id: application.to_owned(), resource: None };
    account
}

pub fn field(path: &str, before: Value, after: Value) -> FieldEdit {
    FieldEdit { path: path.to_owned(), before, after }
}

/// A value where there was none.
pub fn new(path: &str, after: Value) -> FieldEdit {
    field(path, Value::Null, after)
}

impl World {
    pub async fn start() -> Self {
        let mail = MailConnector::Works;
        Self::start_with(LogtoQuirks { password_expiration: true, mail, ..LogtoQuirks::default() }).await
    }

    pub async fn start_with(quirks: LogtoQuirks) -> Self {
        let service = LogtoService::start(LogtoLoad { roles: 0, ..LogtoLoad::default() }, quirks).await;
        let account = account(&service.address(), APPLICATION);
        let mut settings = quick();
        settings.read_timeout = std::time::Duration::from_millis(400);
        let writer = open_writer(&account, &credential(SECRET), settings).unwrap();
        Self { service, writer }
    }

    async fn made(&self, path: &str, body: Value) -> RemoteId {
        let made = self.service.ask("POST", path, body).await;
        RemoteId::new(made["id"].as_str().expect("an id"))
    }

    /// Makes everything anew, under names that nobody has yet.
    pub async fn stage(&self, unique: &str) -> Stage {
        let ask = async |method: &str, path: &str, body: Value| self.service.ask(method, path, body).await;
        let user = self
            .made(
                "/api/users",
                json!({
                    "username": format!("u{unique}"), "primaryEmail": format!("u{unique}@example.com"), "name": "Ada",
                    "customData": {"plan": "pro", "apiKey": "hidden"}, "password": "a-made-up-password",
                    "profile": {"givenName": "Ada", "locale": "fr", "address": {"country": "UK"}}
                }),
            )
            .await;
        let stranger = self.made("/api/users", json!({"username": format!("s{unique}")})).await;
        let role = |name: &str, kind: &str| json!({"name": format!("{name}{unique}"), "description": "d", "type": kind});
        let free = self.made("/api/roles", role("free", "User")).await;
        let held_role = self.made("/api/roles", role("held", "User")).await;
        let machine_role = self.made("/api/roles", role("machine", "MachineToMachine")).await;
        let own_role = self.made("/api/organization-roles", role("own", "User")).await;
        let held_own_role = self.made("/api/organization-roles", role("heldown", "User")).await;
        let organization = self
            .made("/api/organizations", json!({"name": "Shop", "customData": {"plan": "pro", "token": "t"}}))
            .await;
        let of_user = |rest: &str| format!("/api/users/{user}{rest}");
        ask("POST", &of_user("/roles"), json!({"roleIds": [held_role]})).await;
        ask("POST", &of_user("/personal-access-tokens"), json!({"name": "ci/cd"})).await;
        ask("PUT", &of_user("/identities/github"), json!({"userId": format!("gh{unique}")})).await;
        ask("POST", &of_user("/mfa-verifications"), json!({"type": "Totp"})).await;
        let members = format!("/api/organizations/{organization}/users");
        ask("POST", &members, json!({"userIds": [user]})).await;
        let roles = format!("{members}/{user}/roles");
        ask("POST", &roles, json!({"organizationRoleIds": [held_own_role]})).await;
        let (session, grant) = self.service.tenant.sign_in(user.as_str()).await.unwrap();
        let factors = ask("GET", &of_user("/mfa-verifications"), Value::Null).await;
        let invitee = format!("guest{unique}@example.com");
        let invite = json!({"organizationId": organization, "invitee": invitee, "expiresAt": LATER});
        let invitation = self.made("/api/organization-invitations", invite).await;
        let factor = factors[0]["id"].as_str().expect("a factor").to_owned();
        Stage {
            user,
            stranger,
            role: free,
            held_role,
            machine_role,
            own_role,
            held_own_role,
            organization,
            session,
            grant,
            factor,
            invitation,
            unique: unique.to_owned(),
        }
    }
}

/// The year 2096.
pub const LATER: i64 = 4_000_000_000_000;

/// An invitation of somebody new.
pub fn invite(stage: &Stage, message: Option<&str>) -> Edit {
    Edit::InviteUser {
        group: stage.organization.clone(),
        invitee: format!("new{}@example.com", stage.unique),
        roles: vec![stage.own_role.clone()],
        expires_at: Some(Timestamp::from_millis(LATER)),
        message: message.map(|link| InvitationMessage { link: link.to_owned() }),
    }
}

/// An edit, the template of the request that carries it out, and whether the answer has a body of JSON.
pub struct Case {
    pub name: &'static str,
    pub method: &'static str,
    pub template: &'static str,
    pub json: bool,
    pub edit: fn(&Stage) -> Edit,
}

const ORGANIZATION: GroupKind = GroupKind::Organization;

/// Every kind of edit, in each of its forms.
pub fn cases() -> Vec<Case> {
    let case =
        |name, method, template, json, edit: fn(&Stage) -> Edit| Case { name, method, template, json, edit };
    vec![
        case("create user", "POST", "/api/users", true, |stage| Edit::CreateUser {
            fields: vec![
                new("username", json!(format!("n{}", stage.unique))),
                new("profile.givenName", json!("New")),
                new("customData", json!({"seat": 4})),
            ],
            password: PasswordChoice::Generated,
        }),
        case("update user", "PATCH", "/api/users/{userId}", true, |stage| Edit::UpdateUser {
            user: stage.user.clone(),
            fields: vec![field("name", json!("Ada"), json!("Ada L"))],
        }),
        case("update profile", "PATCH", "/api/users/{userId}/profile", true, |stage| Edit::UpdateUser {
            user: stage.user.clone(),
            fields: vec![new("profile.nickname", json!("Countess"))],
        }),
        case("update custom data", "PATCH", "/api/users/{userId}/custom-data", true, |stage| {
            Edit::UpdateUser { user: stage.user.clone(), fields: vec![new("customData.seat", json!(4))] }
        }),
        case("suspend", "PATCH", "/api/users/{userId}/is-suspended", true, |stage| Edit::SetUserActive {
            user: stage.user.clone(),
            active: false,
        }),
        case("reset password", "PATCH", "/api/users/{userId}/password", true, |stage| Edit::ResetPassword {
            user: stage.user.clone(),
        }),
        case("expire password", "PATCH", "/api/users/{userId}/password/expiration", true, |stage| {
            Edit::ExpirePassword { user: stage.user.clone() }
        }),
        case("delete user", "DELETE", "/api/users/{userId}", false, |stage| Edit::DeleteUser {
            user: stage.user.clone(),
        }),
        case("unlink identity", "DELETE", "/api/users/{userId}/identities/{target}", true, |stage| {
            Edit::UnlinkIdentity { user: stage.user.clone(), target: "github".to_owned() }
        }),
        case("end session", "DELETE", "/api/users/{userId}/sessions/{sessionId}", false, |stage| {
            Edit::EndSession { user: stage.user.clone(), session: stage.session.clone() }
        }),
        case("revoke grant", "DELETE", "/api/users/{userId}/grants/{grantId}", false, |stage| {
            Edit::RevokeGrant { user: stage.user.clone(), grant: stage.grant.clone() }
        }),
        case(
            "remove factor",
            "DELETE",
            "/api/users/{userId}/mfa-verifications/{verificationId}",
            false,
            |stage| Edit::RemoveFactor { user: stage.user.clone(), factor: stage.factor.clone() },
        ),
        case("create role", "POST", "/api/roles", true, |stage| Edit::CreateRole {
            scope: RoleScope::Account,
            holder_kind: HolderKind::User,
            fields: vec![
                new("name", json!(format!("new{}", stage.unique))),
                new("description", json!("Reads everything")),
            ],
            permissions: vec![],
        }),
        case("create organisation role", "POST", "/api/organization-roles", true, |stage| Edit::CreateRole {
            scope: RoleScope::Organization,
            holder_kind: HolderKind::User,
            fields: vec![new("name", json!(format!("new{}", stage.unique)))],
            permissions: vec![],
        }),
        case("update role", "PATCH", "/api/roles/{roleId}", true, |stage| Edit::UpdateRole {
            role: stage.role.clone(),
            scope: RoleScope::Account,
            fields: vec![field("description", json!("d"), json!("other"))],
        }),
        case("update organisation role", "PATCH", "/api/organization-roles/{id}", true, |stage| {
            Edit::UpdateRole {
                role: stage.own_role.clone(),
                scope: RoleScope::Organization,
                fields: vec![field("description", json!("d"), json!("other"))],
            }
        }),
        case("delete role", "DELETE", "/api/roles/{roleId}", false, |stage| Edit::DeleteRole {
            role: stage.held_role.clone(),
            scope: RoleScope::Account,
        }),
        case("delete organisation role", "DELETE", "/api/organization-roles/{id}", false, |stage| {
            Edit::DeleteRole { role: stage.own_role.clone(), scope: RoleScope::Organization }
        }),
        case("assign role", "POST", "/api/users/{userId}/roles", true, |stage| Edit::AssignRole {
            role: stage.role.clone(),
            holder: stage.user.clone(),
            holder_kind: HolderKind::User,
            group: None,
        }),
        case(
            "assign role to application",
            "POST",
            "/api/applications/{applicationId}/roles",
            true,
            |stage| Edit::AssignRole {
                role: stage.machine_role.clone(),
                holder: RemoteId::new(APPLICATION),
                holder_kind: HolderKind::Application,
                group: None,
            },
        ),
        case(
            "assign organisation role",
            "POST",
            "/api/organizations/{organizationId}/users/{userId}/roles",
            true,
            |stage| Edit::AssignRole {
                role: stage.own_role.clone(),
                holder: stage.user.clone(),
                holder_kind: HolderKind::User,
                group: Some(stage.organization.clone()),
            },
        ),
        case("unassign role", "DELETE", "/api/users/{userId}/roles/{roleId}", false, |stage| {
            Edit::UnassignRole {
                role: stage.held_role.clone(),
                holder: stage.user.clone(),
                holder_kind: HolderKind::User,
                group: None,
            }
        }),
        case(
            "unassign organisation role",
            "DELETE",
            "/api/organizations/{organizationId}/users/{userId}/roles/{roleId}",
            false,
            |stage| Edit::UnassignRole {
                role: stage.held_own_role.clone(),
                holder: stage.user.clone(),
                holder_kind: HolderKind::User,
                group: Some(stage.organization.clone()),
            },
        ),
        case("create organisation", "POST", "/api/organizations", true, |_| Edit::CreateGroup {
            group_kind: ORGANIZATION,
            fields: vec![new("name", json!("New shop"))],
        }),
        case("update organisation", "PATCH", "/api/organizations/{organizationId}", true, |stage| {
            Edit::UpdateGroup {
                group: stage.organization.clone(),
                group_kind: ORGANIZATION,
                fields: vec![new("customData.seat", json!(4))],
            }
        }),
        case("delete organisation", "DELETE", "/api/organizations/{organizationId}", false, |stage| {
            Edit::DeleteGroup { group: stage.organization.clone(), group_kind: ORGANIZATION }
        }),
        case("add member", "POST", "/api/organizations/{organizationId}/users", true, |stage| {
            Edit::AddMember {
                group: stage.organization.clone(),
                group_kind: ORGANIZATION,
                member: stage.stranger.clone(),
            }
        }),
        case(
            "remove member",
            "DELETE",
            "/api/organizations/{organizationId}/users/{userId}",
            false,
            |stage| Edit::RemoveMember {
                group: stage.organization.clone(),
                group_kind: ORGANIZATION,
                member: stage.user.clone(),
            },
        ),
        case("create token", "POST", "/api/users/{userId}/personal-access-tokens", true, |stage| {
            Edit::CreateToken {
                owner: stage.user.clone(),
                name: "laptop".to_owned(),
                expires_at: Some(Timestamp::from_millis(4_000_000_000_000)),
            }
        }),
        case("rename token", "PATCH", "/api/users/{userId}/personal-access-tokens", true, |stage| {
            Edit::RenameToken {
                owner: stage.user.clone(),
                name: "ci/cd".to_owned(),
                new_name: "ci".to_owned(),
            }
        }),
        case("delete token", "POST", "/api/users/{userId}/personal-access-tokens/delete", false, |stage| {
            Edit::DeleteToken { owner: stage.user.clone(), name: "ci/cd".to_owned() }
        }),
        case("invite", "POST", "/api/organization-invitations", true, |stage| {
            invite(stage, Some("https://app.example.com/join?mail={email}"))
        }),
        case(
            "send the invitation again",
            "POST",
            "/api/organization-invitations/{id}/message",
            false,
            |stage| Edit::ResendInvitation {
                invitation: stage.invitation.clone(),
                expires_at: None,
                message: Some(InvitationMessage { link: "https://app.example.com/{invitation}".to_owned() }),
            },
        ),
        case("revoke the invitation", "PUT", "/api/organization-invitations/{id}/status", true, |stage| {
            Edit::RevokeInvitation { invitation: stage.invitation.clone() }
        }),
        case("delete the invitation", "DELETE", "/api/organization-invitations/{id}", false, |stage| {
            Edit::DeleteInvitation { invitation: stage.invitation.clone() }
        }),
    ]
}
