//! Who is told of one resource, and who would be told right now.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::lists::{Lists, levels_of, outcome};
use super::team::{People, Reach, Ways};
use crate::api::{NamedView, RecipientLevelView, RecipientView, RecipientsView, ResourceRequest, ToldView};
use crate::model::{Moment, Recipient, RecipientKind, ResourceKind, Stream, fold};
use crate::query::accounts::stream_state;
use crate::query::duty::clock_of;
use crate::query::page::{count32, damaged};
use crate::store::{Context, StoreError};

const RESOURCE: &str =
    "SELECT kind, active FROM resources WHERE account_id = :account_id AND remote_id = :remote_id";

/// Who is told of the resource that `request` names, as of `moment`; `None` when the mirror does not have it.
///
/// # Errors
/// When the store cannot be read.
pub fn get_recipients(
    conn: &Connection,
    request: &ResourceRequest,
    moment: &Moment,
) -> Result<Option<RecipientsView>, StoreError> {
    let (account, id) = (request.account_id, request.remote_id.as_str());
    let found: Option<(String, Option<bool>)> = conn
        .prepare_cached(RESOURCE)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": id };
            statement.query_row(parameters, |row| Ok((row.get("kind")?, row.get("active")?))).optional()
        })
        .context("reading a resource")?;
    let Some((kind, active)) = found else { return Ok(None) };
    let kind = ResourceKind::parse(&kind).ok_or_else(|| damaged("the kind of a resource"))?;
    let clock = clock_of(conn, account, moment)?;
    let people = People::load(conn, account, clock.now)?;
    let lists = Lists::load(conn, account)?;
    let reached = lists.reach(id, kind, &people);
    let levels = levels_of(kind).iter().zip(&reached).map(|(level, reach)| {
        let recipients = lists.at(id, *level).map(|list| recipients(list, &people));
        let (now, unsure) =
            reach.as_ref().map_or_else(Default::default, |reach| (told(reach, &people), reach.unsure));
        RecipientLevelView { level: *level, recipients, now, unsure }
    });
    Ok(Some(RecipientsView {
        levels: levels.collect(),
        outcome: outcome(active, &reached),
        now: clock.now,
        zone: clock.zone,
        state: stream_state(conn, account, Stream::Recipients)?,
    }))
}

fn recipients(list: &[Recipient], people: &People) -> Vec<RecipientView> {
    let mut views: Vec<RecipientView> = list.iter().map(|recipient| view(recipient, people)).collect();
    views.sort_by_cached_key(|view| (view.kind, fold(&view.display_name), view.remote_id.clone()));
    views
}

fn view(recipient: &Recipient, people: &People) -> RecipientView {
    let id = recipient.id.as_str();
    let (name, active) = match recipient.kind {
        RecipientKind::User => {
            people.users.get(id).map_or((None, None), |person| (Some(&person.name), person.active))
        }
        RecipientKind::Group => (people.groups.get(id).map(|team| &team.name), None),
        RecipientKind::Address => (None, None),
    };
    let reach = people.reach(std::slice::from_ref(recipient));
    RecipientView {
        kind: recipient.kind,
        remote_id: id.to_owned(),
        display_name: name.map_or(id, String::as_str).to_owned(),
        known: name.is_some() || recipient.kind == RecipientKind::Address,
        active,
        people: count32(reach.people.len() + reach.addresses),
        people_now: count32(reach.now.len() + reach.addresses),
    }
}

fn told(reach: &Reach<'_>, people: &People) -> Vec<ToldView> {
    let mut told: Vec<ToldView> = reach
        .now
        .iter()
        .map(|user| {
            let ways = reach.people.get(user).cloned().unwrap_or_default();
            ToldView {
                remote_id: (*user).to_owned(),
                display_name: people.users.get(*user).map_or(*user, |person| &person.name).to_owned(),
                direct: ways.direct,
                groups: named_groups(&ways, people),
            }
        })
        .collect();
    told.sort_by_cached_key(|told| (fold(&told.display_name), told.remote_id.clone()));
    told
}

/// The groups through which somebody is told, by name.
pub(super) fn named_groups(ways: &Ways<'_>, people: &People) -> Vec<NamedView> {
    let named = ways.groups.iter().map(|id| NamedView {
        remote_id: (*id).to_owned(),
        display_name: people.groups.get(*id).map_or(*id, |team| &team.name).to_owned(),
    });
    let mut named: Vec<NamedView> = named.collect();
    named.sort_by_cached_key(|named| (fold(&named.display_name), named.remote_id.clone()));
    named
}
