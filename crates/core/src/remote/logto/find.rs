//! Records asked for by id: what a walk left open. The service takes many ids of users in one request and leaves out
//! those it does not know.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::RemoteError;
use super::super::http::Answer;
use super::convert::{self, Reader, text_of};
use super::lists::{Lists, template};
use super::wire;
use crate::model::{HolderKind, Record, RemoteId, RoleAssignment, RoleScope, Stream, edge_key, split_key};

/// Ids of users in one request: so many fit into a page of the answer and into an address.
const BATCH: usize = 100;

/// How many records of `stream` can be asked for at once.
pub const fn batch_size(stream: Stream) -> usize {
    match stream {
        Stream::Users | Stream::RoleAssignments => BATCH,
        // The whole list comes in one answer.
        Stream::Invitations | Stream::Applications => 1000,
        Stream::Groups
        | Stream::Roles
        | Stream::Memberships
        | Stream::ApiUsers
        | Stream::OffDutyPeriods
        | Stream::Resources
        | Stream::Grants
        | Stream::ResourceGrants
        | Stream::Recipients => 1,
    }
}

/// Those of `ids` that the service has.
///
/// # Errors
/// See [`RemoteError`].
pub async fn find_many(lists: &Lists, stream: Stream, ids: &[RemoteId]) -> Result<Vec<Record>, RemoteError> {
    match stream {
        Stream::Users => {
            let found = users(lists, &["users"], ids, template(stream)).await?;
            Ok(found.iter().filter_map(|user| converted(stream, user, convert::user)).collect())
        }
        Stream::RoleAssignments => assignments(lists, ids).await,
        Stream::Invitations => {
            let page = lists.session.url(["organization-invitations"], &[]);
            let listed = lists.session.list(page, template(stream)).await?;
            let records = listed.records.iter();
            let all = records.filter_map(|record| converted(stream, record, convert::invitation));
            Ok(all.filter(|record| ids.contains(record.remote_id())).collect())
        }
        Stream::Applications => {
            lists.refresh_applications().await?;
            let mut found = Vec::new();
            let mut position = lists.first(stream, super::Walk::Natural).await?;
            while let Some(at) = position {
                let page = lists.page(stream, &at).await?;
                found.extend(page.records.into_iter().filter(|record| ids.contains(record.remote_id())));
                position = match page.next {
                    Some(next) => Some(super::Position::decode(&next, template(stream))?),
                    None => None,
                };
            }
            Ok(found)
        }
        Stream::Groups
        | Stream::Roles
        | Stream::Memberships
        | Stream::ApiUsers
        | Stream::OffDutyPeriods
        | Stream::Resources
        | Stream::Grants
        | Stream::ResourceGrants
        | Stream::Recipients => {
            let mut found = Vec::new();
            for id in ids {
                found.extend(one(lists, stream, id).await?);
            }
            Ok(found)
        }
    }
}

/// One invitation; `None` when the service says that there is none.
///
/// # Errors
/// See [`RemoteError`].
pub async fn invitation(lists: &Lists, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
    let path = ["organization-invitations", id.as_str()];
    let found = object(lists, &path, "GET /organization-invitations/{id}").await?;
    Ok(found.and_then(|value| converted(Stream::Invitations, &value, convert::invitation)))
}

fn converted(
    stream: Stream,
    value: &Value,
    convert: impl Fn(&Value, &mut Reader<'_>) -> Record,
) -> Option<Record> {
    let mut reader = Reader::new(stream, value).ok()?;
    Some(convert(value, &mut reader))
}

/// Users with one of `ids` in the list at `path`.
async fn users(
    lists: &Lists,
    path: &[&str],
    ids: &[RemoteId],
    template: &'static str,
) -> Result<Vec<Value>, RemoteError> {
    let mut query: Vec<(&str, &str)> = ids.iter().map(|id| ("search.id", id.as_str())).collect();
    query.extend([("mode.id", "exact"), ("page_size", "100")]);
    let url = lists.session.url(path.iter().copied(), &query);
    Ok(lists.session.list(url, template).await?.records)
}

async fn assignments(lists: &Lists, keys: &[RemoteId]) -> Result<Vec<Record>, RemoteError> {
    let mut by_role: BTreeMap<RemoteId, Vec<RemoteId>> = BTreeMap::new();
    for (role, holder) in keys.iter().filter_map(split_key) {
        by_role.entry(role).or_default().push(holder);
    }
    let parents = lists.refresh_parents(Stream::RoleAssignments).await?;
    let mut found = Vec::new();
    for (role, holders) in by_role {
        // A role that is gone is held by nobody.
        let Some(parent) = parents.find(role.as_str()) else { continue };
        let ids = match parent.kind {
            HolderKind::Application => lists.applications_of(role.as_str()).await,
            HolderKind::User => {
                let path = ["roles", role.as_str(), "users"];
                users(lists, &path, &holders, template(Stream::RoleAssignments))
                    .await
                    .map(|users| users.iter().filter_map(|user| user.get("id").and_then(text_of)).collect())
            }
        };
        let ids: Vec<String> = match ids {
            Err(RemoteError::NotFound { .. }) => Vec::new(),
            ids => ids?,
        };
        let known = ids.into_iter().map(RemoteId::new).filter(|id| holders.contains(id));
        found.extend(
            known.map(|holder| Record::Assignment(RoleAssignment::new(role.clone(), holder, parent.kind))),
        );
    }
    Ok(found)
}

async fn one(lists: &Lists, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
    match stream {
        Stream::Memberships => member(lists, id).await,
        Stream::Roles => role(lists, id).await,
        Stream::ApiUsers
        | Stream::OffDutyPeriods
        | Stream::Resources
        | Stream::Grants
        | Stream::ResourceGrants
        | Stream::Recipients => Ok(None),
        Stream::Users
        | Stream::Groups
        | Stream::RoleAssignments
        | Stream::Invitations
        | Stream::Applications => {
            let found = object(lists, &["organizations", id.as_str()], "GET /organizations/{id}").await?;
            Ok(found.and_then(|value| converted(stream, &value, convert::organization)))
        }
    }
}

async fn role(lists: &Lists, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
    if let Some(value) = object(lists, &["roles", id.as_str()], "GET /roles/{id}").await? {
        let url = lists.session.url(["roles", id.as_str(), "scopes"], &[]);
        let scopes = lists.session.list(url, "GET /roles/{id}/scopes").await?.records;
        let convert = |value: &Value, reader: &mut Reader<'_>| {
            convert::role(value, RoleScope::Account, &scopes, reader)
        };
        return Ok(converted(Stream::Roles, &value, convert));
    }
    lists.refresh_roles().await?;
    let (_, own) = lists.all_roles().await?;
    let convert =
        |value: &Value, reader: &mut Reader<'_>| convert::role(value, RoleScope::Organization, &[], reader);
    Ok(own.0.get(id.as_str()).and_then(|value| converted(Stream::Roles, value, convert)))
}

/// One object; `None` when the service says that there is none.
async fn object(lists: &Lists, path: &[&str], template: &'static str) -> Result<Option<Value>, RemoteError> {
    let words = &lists.session.http.words;
    let decode = |answer: &Answer| {
        if wire::is_unknown_record(answer) {
            return Ok(None);
        }
        wire::object(answer, template, words).map(Some)
    };
    lists.session.get(lists.session.url(path.iter().copied(), &[]), template, decode).await
}

/// Not a member is answered with 422.
async fn member(lists: &Lists, key: &RemoteId) -> Result<Option<Record>, RemoteError> {
    const ROLES: &str = "GET /organizations/{id}/users/{userId}/roles";
    let Some((group, member)) = split_key(key) else { return Ok(None) };
    let words = &lists.session.http.words;
    let decode = |answer: &Answer| {
        let said = wire::ErrorAnswer::read(answer);
        if answer.status == 422 && said.code.as_deref() == Some("organization.require_membership")
            || wire::is_unknown_record(answer)
        {
            return Ok(None);
        }
        wire::list(answer, ROLES, words).map(Some)
    };
    let path = ["organizations", group.as_str(), "users", member.as_str(), "roles"];
    let url = lists.session.url(path, &[("page_size", "100")]);
    let Some(roles) = lists.session.get(url, ROLES, decode).await? else {
        return Ok(None);
    };
    let user = super::details::find(&lists.session, member.as_str(), false).await?.unwrap_or_default();
    let mut user = user;
    if let Some(object) = user.as_object_mut() {
        object.insert("organizationRoles".to_owned(), Value::Array(roles.records));
    }
    let Ok(reader) = Reader::new(Stream::Memberships, &user) else { return Ok(None) };
    let record = convert::member(&user, &group, &reader);
    Ok(Some(record).filter(|record| *record.remote_id() == edge_key(&group, &member)))
}
