//! What reaches one user or group, and who is reached at all.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::detail::named_groups;
use super::lists::{Lists, sees_everything};
use super::team::{People, Ways};
use crate::api::{ReachingItemView, ReachingRequest, ReachingView, ReachingWayView};
use crate::model::{AccountId, GrantHolder, LocalSeconds, RecipientKind, ResourceKind, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::page::damaged;
use crate::store::{Context, StoreError};

const RESOURCES: &str =
    "SELECT remote_id, display_name, kind, active FROM resources WHERE account_id = :account_id";

/// What reaches the user or group that `request` names, whether or not they are on duty.
///
/// # Errors
/// When the store cannot be read.
pub fn get_reaching(conn: &Connection, request: &ReachingRequest) -> Result<ReachingView, StoreError> {
    let account = request.account_id;
    let lists = Lists::load(conn, account)?;
    let mut items = Vec::new();
    if !lists.is_empty() {
        // On duty or not does not matter here.
        let people = People::load(conn, account, LocalSeconds(0))?;
        for (id, name, kind, active) in resources(conn, account)? {
            let ways: Vec<ReachingWayView> = lists
                .of(&id)
                .filter_map(|(level, list)| {
                    let ways = match request.holder_kind {
                        GrantHolder::User => people.reach(list).people.remove(request.remote_id.as_str())?,
                        GrantHolder::Group => list
                            .iter()
                            .any(|own| {
                                own.kind == RecipientKind::Group && own.id.as_str() == request.remote_id
                            })
                            .then(|| Ways { direct: true, ..Ways::default() })?,
                    };
                    Some(ReachingWayView { level, direct: ways.direct, groups: named_groups(&ways, &people) })
                })
                .collect();
            if !ways.is_empty() {
                items.push(ReachingItemView { remote_id: id, display_name: name, kind, active, ways });
            }
        }
    }
    items.sort_by_cached_key(|item| (item.kind, fold(&item.display_name), item.remote_id.clone()));
    Ok(ReachingView {
        items,
        complete: sees_everything(conn, account)?,
        state: stream_state(conn, account, Stream::Recipients)?,
    })
}

/// Users whom some alert definition that is not switched off reaches; `None` where that is not known for sure, and where there
/// are no alert definitions.
///
/// # Errors
/// When the store cannot be read.
pub fn alerted_users(conn: &Connection, account: AccountId) -> Result<Option<BTreeSet<String>>, StoreError> {
    let lists = Lists::load(conn, account)?;
    if lists.is_empty() || !sees_everything(conn, account)? {
        return Ok(None);
    }
    let people = People::load(conn, account, LocalSeconds(0))?;
    if !people.whole {
        return Ok(None);
    }
    let mut alerted = BTreeSet::new();
    let mut definitions = 0;
    for (id, _, kind, active) in resources(conn, account)? {
        if kind != ResourceKind::AlertDefinition {
            continue;
        }
        definitions += 1;
        if active != Some(false) {
            let reached = lists.of(&id).flat_map(|(_, list)| people.reach(list).people.into_keys());
            alerted.extend(reached.map(str::to_owned));
        }
    }
    Ok((definitions > 0).then_some(alerted))
}

type Known = (String, String, ResourceKind, Option<bool>);

/// Everything that may have recipients: id, name, kind and whether it is switched on.
pub(super) fn resources(conn: &Connection, account: AccountId) -> Result<Vec<Known>, StoreError> {
    const READING: &str = "reading what has recipients";
    let mut statement = conn.prepare_cached(RESOURCES).context(READING)?;
    let rows = statement
        .query_map(named_params! { ":account_id": account.0 }, |row| {
            Ok((
                row.get::<_, String>("remote_id")?,
                row.get::<_, String>("display_name")?,
                row.get::<_, String>("kind")?,
                row.get("active")?,
            ))
        })
        .context(READING)?;
    rows.map(|row| {
        let (id, name, kind, active) = row.context(READING)?;
        let kind = ResourceKind::parse(&kind).ok_or_else(|| damaged("the kind of a resource"))?;
        Ok((id, name, kind, active))
    })
    .collect()
}
