//! What is asked once and then held for a walk: roles and what they allow, applications and which of them manage the
//! account, how many hold each role and are in each organisation.

use std::sync::Arc;

use serde_json::Value;

use super::super::RemoteError;
use super::super::http::Answer;
use super::catalogue::{ById, Parents, of_organizations, of_roles, read_all};
use super::convert;
use super::lists::{Lists, template};
use super::position::At;
use super::session::PAGE_SIZE;
use super::wire::{self, WireToken};
use crate::model::{RoleScope, Stream, Token};

impl Lists {
    pub(super) async fn scopes_of(&self, scope: RoleScope, role: &Value) -> Result<Vec<Value>, RemoteError> {
        let id = role.get("id").and_then(Value::as_str).unwrap_or_default();
        if scope == RoleScope::Organization || id.is_empty() {
            return Ok(Vec::new());
        }
        match self
            .session
            .list(self.session.url(["roles", id, "scopes"], &[]), "GET /roles/{id}/scopes")
            .await
        {
            Err(RemoteError::NotFound { .. }) => Ok(Vec::new()),
            listed => Ok(listed?.records),
        }
    }

    /// Names and ages of the secrets of an application that signs in by itself; `None` for others, and where the
    /// service does not list them.
    pub(super) async fn secrets_of(&self, application: &Value) -> Result<Option<Vec<Token>>, RemoteError> {
        const SECRETS: &str = "GET /applications/{id}/secrets";
        let id = application.get("id").and_then(Value::as_str).unwrap_or_default();
        let kind = application.get("type").and_then(Value::as_str);
        if id.is_empty() || kind != Some("MachineToMachine") {
            return Ok(None);
        }
        let words = &self.session.http.words;
        let decode = |answer: &Answer| {
            if answer.status == 404 && !answer.is_web_page() {
                return Ok(None);
            }
            wire::typed::<Vec<WireToken>>(answer, "list of secrets", SECRETS, words).map(Some)
        };
        let url = self.session.url(["applications", id, "secrets"], &[]);
        Ok(self.session.get(url, SECRETS, decode).await?.map(convert::tokens))
    }

    /// Applications that hold a role with the right to manage the whole account.
    pub(super) async fn refresh_managing(&self) -> Result<Arc<Vec<String>>, RemoteError> {
        let (roles, _) = self.all_roles().await?;
        let mut managing = Vec::new();
        for (id, role) in &roles.0 {
            if role.get("type").and_then(Value::as_str) != Some("MachineToMachine") {
                continue;
            }
            let scopes = self.scopes_of(RoleScope::Account, role).await?;
            let manages = scopes.iter().any(|scope| {
                scope.get("name").and_then(Value::as_str) == Some("all")
                    && scope.pointer("/resource/indicator").and_then(Value::as_str)
                        == Some(self.session.auth.resource.as_str())
            });
            if manages {
                managing.extend(self.applications_of(id).await?);
            }
        }
        Ok(self.managing.put(managing))
    }

    /// Ids of the applications that hold the role `id`.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn applications_of(&self, id: &str) -> Result<Vec<String>, RemoteError> {
        let path = ["roles", id, "applications"];
        let mut ids = Vec::new();
        let mut page = 1;
        loop {
            let listed = self.list(path, &At::Page(page), "GET /roles/{id}/applications").await?;
            let received = listed.records.len() as u64;
            ids.extend(listed.records.iter().filter_map(|found| found.get("id").and_then(convert::text_of)));
            if received == 0 || page * PAGE_SIZE >= listed.total.unwrap_or(received) {
                return Ok(ids);
            }
            page += 1;
        }
    }

    pub(super) async fn parents(&self, stream: Stream) -> Result<Arc<Parents>, RemoteError> {
        let held = if stream == Stream::Memberships { self.members.get() } else { self.holders.get() };
        match held {
            Some(held) => Ok(held),
            None => self.refresh_parents(stream).await,
        }
    }

    /// Counts holders or members anew.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_parents(&self, stream: Stream) -> Result<Arc<Parents>, RemoteError> {
        if stream == Stream::Memberships {
            let query = [("showFeatured", "true")];
            let (organizations, _) =
                read_all(&self.session, "organizations", &query, template(Stream::Groups)).await?;
            return Ok(self.members.put(of_organizations(&organizations)));
        }
        let (roles, _) = read_all(&self.session, "roles", &[], template(Stream::Roles)).await?;
        Ok(self.holders.put(of_roles(&roles)))
    }

    /// Lists roles of the account and of the organisation template anew.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_roles(&self) -> Result<(), RemoteError> {
        self.roles.put(read_all(&self.session, "roles", &[], template(Stream::Roles)).await?);
        let own = read_all(&self.session, "organization-roles", &[], "GET /organization-roles").await;
        self.organization_roles.put(match own {
            // An older release.
            Err(RemoteError::NotFound { .. }) => (ById::new(), 0),
            own => own?,
        });
        Ok(())
    }

    /// Roles of the account, and those of the organisation template.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn all_roles(&self) -> Result<(Arc<(ById, u64)>, Arc<(ById, u64)>), RemoteError> {
        if self.roles.get().is_none() {
            self.refresh_roles().await?;
        }
        match (self.roles.get(), self.organization_roles.get()) {
            (Some(roles), Some(own)) => Ok((roles, own)),
            _ => Err(RemoteError::Settings { reason: "BUG: roles were not held".to_owned() }),
        }
    }

    /// Lists applications anew: without paging they come all at once.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn refresh_applications(&self) -> Result<Arc<ById>, RemoteError> {
        let url = self.session.url(["applications"], &[]);
        let listed = self.session.list(url, template(Stream::Applications)).await?;
        let by_id = listed.records.into_iter().filter_map(|application| {
            let id = application.get("id")?.as_str()?.to_owned();
            Some((id, application))
        });
        Ok(self.applications.put(by_id.collect()))
    }
}
