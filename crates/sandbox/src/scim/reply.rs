//! Answers.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG, HeaderValue, LOCATION, WWW_AUTHENTICATE};
use axum::http::{Response, StatusCode};

use crate::ScimError;

/// A SCIM body.
pub fn json(status: StatusCode, body: String) -> Response<Body> {
    with_type(status, "application/scim+json", body)
}

/// An error body; 401 says how to sign in.
pub fn scim_error(error: &ScimError) -> Response<Body> {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json(status, error.body().to_string());
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"SCIM\""));
    }
    response
}

/// A page of HTML that says it is JSON, as proxies and sign-in pages do.
pub fn html(status: StatusCode) -> Response<Body> {
    let body = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n\
                <body><h1>Please sign in</h1><form method=\"post\"></form></body></html>\n";
    with_type(status, "application/json", body.to_owned())
}

/// A record with its entity tag and, when it is new, its address.
pub fn record(
    status: StatusCode,
    body: String,
    etag: Option<&str>,
    location: Option<&str>,
) -> Response<Body> {
    let mut response = json(status, body);
    let headers = [(ETAG, etag), (LOCATION, location)];
    for (name, value) in headers {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// No body: 204, 304.
pub fn empty(status: StatusCode, etag: Option<&str>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Some(value) = etag.and_then(|value| HeaderValue::from_str(value).ok()) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

fn with_type(status: StatusCode, content_type: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
