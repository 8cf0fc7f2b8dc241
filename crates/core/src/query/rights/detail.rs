//! One resource and who may do what with it.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::account::{AccountRights, highest};
use super::list::row_of;
use crate::api::{GivenRightView, NamedView, ResourceDetailView, ResourceHolderView, ResourceRequest};
use crate::model::{Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::history::history_of_resource;
use crate::query::page::json;
use crate::query::recipients::count_people;
use crate::store::{Context, StoreError};

const RAW: &str = "SELECT raw FROM resources WHERE account_id = :account_id AND remote_id = :remote_id";

/// Everything synced about a resource; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_resource(
    conn: &Connection,
    request: &ResourceRequest,
) -> Result<Option<ResourceDetailView>, StoreError> {
    let (account, id) = (request.account_id, request.remote_id.as_str());
    let raw: Option<String> = conn
        .prepare_cached(RAW)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
            statement.query_row(parameters, |row| row.get("raw")).optional()
        })
        .context("reading a resource")?;
    let Some(raw) = raw else { return Ok(None) };
    let rights = AccountRights::load(conn, account)?;
    let Some(known) = rights.resources.get(id) else { return Ok(None) };
    let rights_state = stream_state(conn, account, Stream::ResourceGrants)?;
    let told = count_people(conn, account, std::iter::once((id, known.kind)))?;
    let named = |ids: &mut dyn Iterator<Item = &str>| {
        let mut named: Vec<NamedView> = ids
            .map(|id| NamedView {
                remote_id: id.to_owned(),
                display_name: rights.resource_name(id).to_owned(),
            })
            .collect();
        named.sort_by_cached_key(|named| (fold(&named.display_name), named.remote_id.clone()));
        named
    };
    let mut holders: Vec<ResourceHolderView> = rights
        .on_resource(id)
        .into_iter()
        .map(|(user, origins)| ResourceHolderView {
            remote_id: user.to_owned(),
            display_name: rights.user_name(user).to_owned(),
            level: highest(&origins),
            origins: origins.into_iter().collect(),
        })
        .collect();
    holders.sort_by_cached_key(|holder| (fold(&holder.display_name), holder.remote_id.clone()));
    Ok(Some(ResourceDetailView {
        row: row_of((account, id), known, &rights, (rights_state.is_some(), told.get(id).copied())),
        groups: named(&mut rights.groups_around(id)),
        members: named(&mut rights.inside(id)),
        holders,
        given: given(&rights, id),
        raw: json(&raw, "the record of a resource")?,
        state: stream_state(conn, account, Stream::Resources)?,
        rights_state,
        history: history_of_resource(conn, account, id)?,
    }))
}

fn given(rights: &AccountRights, id: &str) -> Vec<GivenRightView> {
    let mut given: Vec<GivenRightView> = rights.given_on(id).collect();
    given.sort_by_cached_key(|given| (given.holder_kind, fold(&given.holder), given.holder_id.clone()));
    given
}
