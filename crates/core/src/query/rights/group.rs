//! What was given to one group.

use rusqlite::Connection;

use super::account::{AccountRights, highest};
use crate::api::{GroupRightsView, ResourceRequest, ResourceRightView};
use crate::model::{Stream, fold};
use crate::query::accounts::stream_state;
use crate::store::StoreError;

/// What was given to the group that `request` names: everybody in it has it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_group_rights(conn: &Connection, request: &ResourceRequest) -> Result<GroupRightsView, StoreError> {
    let rights = AccountRights::load(conn, request.account_id)?;
    let group = request.remote_id.as_str();
    let mut given = rights.given_to_group(group);
    let account = given.remove("").unwrap_or_default();
    let mut resources: Vec<ResourceRightView> = given
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
    Ok(GroupRightsView {
        account: account.into_iter().map(|origin| origin.permission).collect(),
        resources,
        administrators: rights.administrators().iter().any(|own| own.remote_id == group),
        account_state: stream_state(conn, request.account_id, Stream::Grants)?,
        resource_state: stream_state(conn, request.account_id, Stream::ResourceGrants)?,
    })
}
