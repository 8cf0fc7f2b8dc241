//! Every request passes here: tenant, log, faults, then the dialect.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;

use crate::faults::{Fault, after_work, instead_of_work};
use crate::listener::Breaker;
use crate::scim::{Call, scim_error};
use crate::state::{App, TenantState, lock};
use crate::target::{Target, Voice};
use crate::{ScimError, admin};

/// Larger requests are refused.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

/// Answers any request.
pub async fn handle(
    State(app): State<Arc<App>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return scim_error(&ScimError::status(413, "The request is too large or broke off"));
    };
    let path = decode(parts.uri.path());
    let (slug, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path.as_str(), ""));
    let call = Call { method: parts.method, headers: parts.headers, body, uri: parts.uri.clone() };
    if slug == "_sandbox" {
        return admin::serve(&app, rest, &call).await;
    }
    let Some(tenant) = app.tenant(slug) else {
        return scim_error(&ScimError::status(404, "Unknown tenant"));
    };
    let target = Target::parse(&tenant, &call.method, rest);
    let _busy = tenant.logto.as_ref().map(|logto| breaker.busy(logto.quirks().keep_alive_ms));
    answer(&app, &tenant, target, call, &breaker).await
}

async fn answer(
    app: &Arc<App>,
    tenant: &Arc<TenantState>,
    target: Target,
    call: Call,
    breaker: &Breaker,
) -> Response<Body> {
    let (method, template) = (call.method.as_str().to_owned(), target.template());
    let number = lock(&tenant.log).begin(&method, template);
    let faults = lock(&tenant.faults).decide(&method, template);
    for (fault, _) in &faults {
        if let Fault::Latency { milliseconds } = fault {
            app.sleep(Duration::from_millis(*milliseconds)).await;
        }
    }
    let voice = Voice::of(tenant);
    let deciding = faults.iter().map(|(fault, _)| fault).find(|fault| decides(fault));
    let instead = deciding.and_then(|fault| instead_of_work(fault, breaker, voice));
    let response = match (instead, deciding) {
        (Some(response), _) => response,
        (None, Some(fault)) => {
            if *fault == Fault::Stall {
                breaker.stay();
            }
            after_work(fault, work(app, tenant, target, call).await, breaker, voice).await
        }
        (None, None) => work(app, tenant, target, call).await,
    };
    let mutated = mutate(app, tenant, &faults).await;
    let response = mutated.map_or_else(|error| scim_error(&error), |()| response);
    let dropped = matches!(deciding, Some(Fault::Drop { moment }) if *moment != crate::Moment::AfterHeaders);
    let status = (!dropped).then(|| response.status().as_u16());
    lock(&tenant.log).end(number, status, deciding.is_some());
    response
}

/// The answer of the service itself; what it carries out is counted, whatever a fault then makes of the answer. On a task of
/// its own: a request that has begun is carried out and counted also when its client is gone meanwhile.
async fn work(app: &Arc<App>, tenant: &Arc<TenantState>, target: Target, call: Call) -> Response<Body> {
    let (app, tenant) = (Arc::clone(app), Arc::clone(tenant));
    let (method, template) = (call.method.as_str().to_owned(), target.template());
    let serving = tokio::spawn(async move {
        let response = target.serve(&app, &tenant, call).await;
        if response.status().is_success() {
            lock(&tenant.log).done(&method, template);
        }
        response
    });
    serving.await.unwrap_or_else(|_| scim_error(&ScimError::status(500, "The service failed")))
}

const fn decides(fault: &Fault) -> bool {
    !matches!(fault, Fault::Latency { .. } | Fault::Mutate(_))
}

async fn mutate(app: &App, tenant: &Arc<TenantState>, faults: &[(Fault, u64)]) -> Result<(), ScimError> {
    for (fault, round) in faults {
        if let Fault::Mutate(mutation) = fault {
            let (mutation, round, tenant) = (*mutation, *round, Arc::clone(tenant));
            app.store.call(move |db| mutation.apply(db, &tenant, round)).await?;
        }
    }
    Ok(())
}

/// A path without percent encoding; what is not UTF-8 then stays unknown.
fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
