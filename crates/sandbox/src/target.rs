//! What a request is for, in the dialect of its tenant.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Response};

use crate::scim::{self, Call, Route};
use crate::state::{App, TenantState};
use crate::{logto, scim::scim_error, uptrends};

/// What a request is for.
pub enum Target {
    /// SCIM 2.0.
    Scim(Route),
    /// Logto.
    Logto(logto::Matched),
    /// Uptrends.
    Uptrends(uptrends::Matched),
}

impl Target {
    /// Reads the part of a path after the tenant, already without percent encoding.
    pub fn parse(tenant: &TenantState, method: &Method, rest: &str) -> Self {
        if tenant.logto.is_some() {
            return Self::Logto(logto::route(method, rest));
        }
        if tenant.uptrends.is_some() {
            return Self::Uptrends(uptrends::route(method, rest));
        }
        Self::Scim(Route::parse(rest))
    }

    /// The address as logged and as faults match it.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Scim(route) => route.template(),
            Self::Logto(matched) => matched.template,
            Self::Uptrends(matched) => matched.template,
        }
    }

    /// Answers the request.
    pub async fn serve(self, app: &App, tenant: &Arc<TenantState>, call: Call) -> Response<Body> {
        match self {
            Self::Scim(route) => scim::serve(app, tenant, route, call).await,
            Self::Logto(matched) => logto::serve(app, tenant, matched, call).await,
            Self::Uptrends(matched) => uptrends::serve(app, tenant, matched, call).await,
        }
    }
}

/// The words of a service that a fault makes refuse.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// SCIM 2.0.
    Scim,
    /// Logto.
    Logto,
    /// Uptrends.
    Uptrends,
}

impl Voice {
    /// Of a tenant.
    pub const fn of(tenant: &TenantState) -> Self {
        if tenant.logto.is_some() {
            Self::Logto
        } else if tenant.uptrends.is_some() {
            Self::Uptrends
        } else {
            Self::Scim
        }
    }

    /// A refusal with a body as this service writes it.
    pub fn refusal(self, status: u16, detail: &str) -> Response<Body> {
        match self {
            Self::Scim => scim_error(&crate::ScimError::status(status, detail)),
            Self::Logto => logto::fault_refusal(status),
            Self::Uptrends => uptrends::fault_refusal(status),
        }
    }
}
