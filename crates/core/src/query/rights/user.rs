//! What one user may do.

use rusqlite::Connection;

use super::account::{AccountRights, highest};
use crate::api::{AccountRightView, ResourceRightView, UserRequest, UserRightsView};
use crate::model::{Stream, fold};
use crate::query::accounts::stream_state;
use crate::store::StoreError;

/// What one user may do, with everything that gives it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_user_rights(conn: &Connection, request: &UserRequest) -> Result<UserRightsView, StoreError> {
    let rights = AccountRights::load(conn, request.account_id)?;
    let user = request.remote_id.as_str();
    let account = rights
        .in_account(user)
        .into_iter()
        .map(|(permission, origins)| AccountRightView { permission, origins: origins.into_iter().collect() });
    let mut resources: Vec<ResourceRightView> = rights
        .of_user(user)
        .into_iter()
        .filter_map(|(id, origins)| {
            let known = rights.resources.get(id)?;
            Some(ResourceRightView {
                resource_id: id.to_owned(),
                resource: known.name.clone(),
                kind: known.kind,
                level: highest(&origins),
                origins: origins.into_iter().collect(),
            })
        })
        .collect();
    resources.sort_by_cached_key(|right| (right.kind, fold(&right.resource), right.resource_id.clone()));
    Ok(UserRightsView {
        account: account.collect(),
        resources,
        administrators: rights.administrators(),
        account_state: stream_state(conn, request.account_id, Stream::Grants)?,
        resource_state: stream_state(conn, request.account_id, Stream::ResourceGrants)?,
    })
}
