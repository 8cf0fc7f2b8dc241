//! What needs no records: whether the service is there, where it gives tokens, and lists that are always empty here.

use serde_json::json;

use crate::logto::call::{Answer, Ctx, Outcome};
use crate::logto::paging::Paging;

/// `GET /status`.
pub fn status(_: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::Nothing)
}

/// `GET /oidc/.well-known/openid-configuration`.
pub fn discovery(ctx: &mut Ctx<'_>) -> Outcome {
    let issuer = format!("{}/oidc", ctx.endpoint);
    Ok(Answer::ok(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/token"),
        "authorization_endpoint": format!("{issuer}/auth"),
        "jwks_uri": format!("{issuer}/jwks"),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })))
}

/// A list that has nothing here.
pub fn nothing(_: &mut Ctx<'_>) -> Outcome {
    Ok(Answer::ok(json!([])))
}

/// A paged list that has nothing here.
pub fn nothing_paged(ctx: &mut Ctx<'_>) -> Outcome {
    let paging = Paging::read(&ctx.query)?;
    Ok(Answer::Page { json: "[]".to_owned(), total: 0, capped: false, paging })
}
