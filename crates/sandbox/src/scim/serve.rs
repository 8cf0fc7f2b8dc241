//! One request of a tenant, signed in and past its faults, to its answer.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{HeaderMap, IF_MATCH, IF_NONE_MATCH};
use axum::http::{Method, Response, StatusCode, Uri};
use serde_json::{Map, Value};

use super::query::ListQuery;
use super::record::{at, create, modify, names_version, remove, replace};
use super::route::Route;
use super::{auth, discovery, list, oauth, reply};
use crate::ScimError;
use crate::quirks::Support;
use crate::state::{App, TenantState};
use crate::store::{Db, Kind, Resource, View, get, render_one};

/// A request taken apart.
pub struct Call {
    /// GET, …
    pub method: Method,
    /// For its query.
    pub uri: Uri,
    /// For credentials and conditions.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// Answers `call`; errors become SCIM errors.
pub async fn serve(app: &App, tenant: &Arc<TenantState>, route: Route, call: Call) -> Response<Body> {
    answer(app, tenant, route, call).await.unwrap_or_else(|error| reply::scim_error(&error))
}

async fn answer(
    app: &App,
    tenant: &Arc<TenantState>,
    route: Route,
    call: Call,
) -> Result<Response<Body>, ScimError> {
    if route == Route::OAuthToken {
        return if call.method == Method::POST {
            oauth::token(tenant, &call.headers, &call.body)
        } else {
            Err(wrong_method())
        };
    }
    auth::check(tenant, &call.headers)?;
    match (call.method.as_str(), route) {
        ("GET", Route::List(kind)) => list_by_query(app, tenant, kind, &call).await,
        ("POST", Route::Search(kind)) => {
            let query = ListQuery::from_body(&object(&call.body)?)?;
            list_page(app, tenant, kind, query).await
        }
        ("POST", Route::List(kind)) => create_record(app, tenant, kind, &call).await,
        ("GET", Route::One(kind, id)) => read_record(app, tenant, kind, id, &call).await,
        ("PUT" | "PATCH" | "DELETE", Route::One(kind, id)) => write_record(app, tenant, kind, id, call).await,
        ("GET", Route::Config) => discovery::config(&tenant.quirks()),
        ("GET", Route::ResourceTypes(name)) => {
            discovery::resource_types(name.as_deref(), has_filter(&call.uri))
        }
        ("GET", Route::Schemas(urn)) => discovery::schemas(urn.as_deref(), has_filter(&call.uri)),
        (_, Route::Me | Route::Bulk) => Err(ScimError::status(501, "Not implemented")),
        (_, Route::Unknown) => Err(ScimError::status(404, "There is nothing at this address")),
        (_, _) => Err(wrong_method()),
    }
}

fn wrong_method() -> ScimError {
    ScimError::status(405, "This method is not allowed here")
}

fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, ScimError> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map(|query| query.0)
        .map_err(|_| ScimError::bad("invalidSyntax", "The query cannot be read"))
}

fn has_filter(uri: &Uri) -> bool {
    pairs(uri).is_ok_and(|pairs| pairs.iter().any(|(name, _)| name == "filter"))
}

fn object(body: &[u8]) -> Result<Map<String, Value>, ScimError> {
    Ok(serde_json::from_slice(body)?)
}

async fn list_by_query(
    app: &App,
    tenant: &Arc<TenantState>,
    kind: Kind,
    call: &Call,
) -> Result<Response<Body>, ScimError> {
    let query = ListQuery::from_pairs(&pairs(&call.uri)?)?;
    list_page(app, tenant, Some(kind), query).await
}

async fn list_page(
    app: &App,
    tenant: &Arc<TenantState>,
    kind: Option<Kind>,
    query: ListQuery,
) -> Result<Response<Body>, ScimError> {
    let tenant = Arc::clone(tenant);
    let body = app.store.call(move |db| list::list(db, &tenant, kind, &query)).await?;
    Ok(reply::json(StatusCode::OK, body))
}

async fn create_record(
    app: &App,
    tenant: &Arc<TenantState>,
    kind: Kind,
    call: &Call,
) -> Result<Response<Body>, ScimError> {
    let (body, own) = (object(&call.body)?, Arc::clone(tenant));
    let work = move |db: &mut Db| {
        let (id, stored) = create(db, &own, kind, body)?;
        let shown = render_one(&db.conn, &stored.json, shown_as(kind, &id), &own.view(&own.quirks()))?;
        Ok((id, stored.etag(), shown))
    };
    let (id, etag, shown) = app.store.call(work).await?;
    let location = format!("{}/{}/scim/v2/{}/{id}", app.origin, tenant.slug, kind.endpoint());
    let etag = (!tenant.quirks().no_etag).then_some(etag.as_str());
    Ok(reply::record(StatusCode::CREATED, shown, etag, Some(&location)))
}

async fn read_record(
    app: &App,
    tenant: &Arc<TenantState>,
    kind: Kind,
    id: String,
    call: &Call,
) -> Result<Response<Body>, ScimError> {
    let query = ListQuery::from_pairs(&pairs(&call.uri)?)?;
    let (own, quirks) = (Arc::clone(tenant), tenant.quirks());
    let view = View { projection: query.projection, ..tenant.view(&quirks) };
    let work = move |db: &mut Db| {
        let found = get(&db.conn, at(&own, kind), &id)?.ok_or_else(|| ScimError::not_found(&id))?;
        let shown = render_one(&db.conn, &found.json, shown_as(kind, &id), &view)?;
        Ok((found.etag(), shown))
    };
    let (etag, shown) = app.store.call(work).await?;
    if quirks.no_etag {
        return Ok(reply::record(StatusCode::OK, shown, None, None));
    }
    if header(&call.headers, IF_NONE_MATCH.as_str()).is_some_and(|seen| names_version(&seen, &etag)) {
        return Ok(reply::empty(StatusCode::NOT_MODIFIED, Some(&etag)));
    }
    Ok(reply::record(StatusCode::OK, shown, Some(&etag), None))
}

async fn write_record(
    app: &App,
    tenant: &Arc<TenantState>,
    kind: Kind,
    id: String,
    call: Call,
) -> Result<Response<Body>, ScimError> {
    let (own, quirks) = (Arc::clone(tenant), tenant.quirks());
    let support = match call.method {
        Method::PATCH => quirks.patch,
        Method::DELETE if kind == Kind::User => quirks.delete,
        _ => Support::Yes,
    };
    if support == Support::Refused {
        return Err(ScimError::status(501, "Not implemented"));
    }
    let if_match = header(&call.headers, IF_MATCH.as_str()).filter(|_| !quirks.no_etag);
    let (method, behaviour) = (call.method.clone(), quirks.clone());
    let work = move |db: &mut Db| {
        let if_match = if_match.as_deref();
        let stored: Resource = match method.as_str() {
            "PUT" => replace(db, &own, kind, &id, object(&call.body)?, if_match)?,
            "PATCH" => modify(db, &own, kind, &id, &object(&call.body)?, if_match)?,
            _ => {
                remove(db, &own, kind, &id, if_match, &behaviour)?;
                return Ok(None);
            }
        };
        let view = own.view(&behaviour);
        let shown = render_one(&db.conn, &stored.json, shown_as(kind, &id), &view)?;
        Ok(Some((stored.etag(), shown)))
    };
    let Some((etag, shown)) = app.store.call(work).await? else {
        return Ok(reply::empty(StatusCode::NO_CONTENT, None));
    };
    let etag = (!quirks.no_etag).then_some(etag.as_str());
    if call.method == Method::PATCH && quirks.patch_no_content {
        return Ok(reply::empty(StatusCode::NO_CONTENT, etag));
    }
    Ok(reply::record(StatusCode::OK, shown, etag, None))
}

/// The id for `User.groups`, which groups do not have.
fn shown_as(kind: Kind, id: &str) -> Option<&str> {
    (kind == Kind::User).then_some(id)
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
