//! The lists of recipients of one account, as they were shown.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, named_params};

use super::team::People;
use crate::api::AlertOutcome;
use crate::model::{AccountId, LocalSeconds, Recipient, RecipientKind, RemoteId, ResourceKind, Stream};
use crate::query::accounts::{capabilities_of, stream_state};
use crate::query::page::count32;
use crate::query::recipients::team::Reach;
use crate::store::{Context, StoreError};

const READING: &str = "reading recipients";
const LISTS: &str = "SELECT resource_id, level FROM recipient_lists WHERE account_id = :account_id";
const RECIPIENTS: &str =
    "SELECT resource_id, level, kind, recipient_id FROM recipients WHERE account_id = :account_id";
const ADMINISTERS: &str = "
    SELECT EXISTS (SELECT 1 FROM grants
                   WHERE account_id = :account_id AND holder_id = :user AND resource_id = ''
                     AND permission = 'AccountAdministrator')
        OR EXISTS (SELECT 1 FROM memberships m JOIN grants g ON g.account_id = m.account_id AND g.holder_id = m.group_id
                   WHERE m.account_id = :account_id AND m.member_id = :user AND g.resource_id = ''
                     AND g.permission = 'Administrator')";

/// Levels of a resource that has recipients.
pub const fn levels_of(kind: ResourceKind) -> &'static [u8] {
    match kind {
        ResourceKind::AlertDefinition => &[1, 2, 3],
        ResourceKind::Monitor
        | ResourceKind::MonitorGroup
        | ResourceKind::VaultSection
        | ResourceKind::Integration => &[],
    }
}

/// By resource and level, in the order of the service's ids.
#[derive(Debug, Default)]
pub struct Lists {
    by_resource: BTreeMap<String, BTreeMap<u8, Vec<Recipient>>>,
}

impl Lists {
    /// Reads them all.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Self, StoreError> {
        let mut lists = Self::default();
        let parameters = named_params! { ":account_id": account.0 };
        let mut statement = conn.prepare_cached(LISTS).context(READING)?;
        let mut rows = statement.query(parameters).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            let (resource, level) = (row.get("resource_id"), row.get("level"));
            lists.put(resource.context(READING)?, level.context(READING)?, None);
        }
        let mut statement = conn.prepare_cached(RECIPIENTS).context(READING)?;
        let mut rows = statement.query(parameters).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            let kind: String = row.get("kind").context(READING)?;
            let id: String = row.get("recipient_id").context(READING)?;
            let recipient = RecipientKind::parse(&kind).map(|kind| Recipient { kind, id: RemoteId::new(id) });
            let (resource, level) = (row.get("resource_id"), row.get("level"));
            lists.put(resource.context(READING)?, level.context(READING)?, recipient);
        }
        Ok(lists)
    }

    fn put(&mut self, resource: String, level: u8, recipient: Option<Recipient>) {
        self.by_resource.entry(resource).or_default().entry(level).or_default().extend(recipient);
    }

    /// Nothing was shown.
    pub fn is_empty(&self) -> bool {
        self.by_resource.is_empty()
    }

    /// The list of one level; `None` for one that was not shown.
    pub fn at(&self, resource: &str, level: u8) -> Option<&[Recipient]> {
        self.by_resource.get(resource)?.get(&level).map(Vec::as_slice)
    }

    /// The lists of one resource, by level.
    pub fn of<'l>(&'l self, resource: &str) -> impl Iterator<Item = (u8, &'l [Recipient])> + use<'l> {
        let lists = self.by_resource.get(resource);
        lists.into_iter().flatten().map(|(level, recipients)| (*level, recipients.as_slice()))
    }

    /// Whom each list of a resource of this kind reaches; `None` for one that was not shown.
    pub fn reach<'l>(&'l self, id: &str, kind: ResourceKind, people: &'l People) -> Vec<Option<Reach<'l>>> {
        levels_of(kind).iter().map(|level| Some(people.reach(self.at(id, *level)?))).collect()
    }
}

/// What would become of an alert right now.
pub fn outcome(active: Option<bool>, levels: &[Option<Reach<'_>>]) -> AlertOutcome {
    let shown = || levels.iter().flatten();
    if active == Some(false) {
        AlertOutcome::SwitchedOff
    } else if shown().any(|reach| !reach.now.is_empty()) {
        AlertOutcome::Somebody
    } else if levels.is_empty() || levels.iter().any(|level| level.as_ref().is_none_or(|level| level.unsure))
    {
        AlertOutcome::Unknown
    } else if shown().any(|reach| !reach.active.is_empty()) {
        AlertOutcome::NobodyNow
    } else {
        AlertOutcome::Nobody
    }
}

/// How many people and addresses are in the lists of each resource in `kinds`, on duty or not; only of those whose lists were
/// all shown.
///
/// # Errors
/// When the store cannot be read.
pub fn count_people<'k>(
    conn: &Connection,
    account: AccountId,
    kinds: impl Iterator<Item = (&'k str, ResourceKind)>,
) -> Result<BTreeMap<String, u32>, StoreError> {
    let lists = Lists::load(conn, account)?;
    if lists.is_empty() {
        return Ok(BTreeMap::new());
    }
    // Nobody is told anything here: the moment does not matter.
    let people = People::load(conn, account, LocalSeconds(0))?;
    let counted = kinds.filter_map(|(id, kind)| {
        let levels = lists.reach(id, kind, &people).into_iter().collect::<Option<Vec<_>>>()?;
        let users: BTreeSet<&str> = levels.iter().flat_map(|reach| reach.people.keys().copied()).collect();
        let addresses: usize = levels.iter().map(|reach| reach.addresses).sum();
        (!levels.is_empty()).then(|| (id.to_owned(), count32(users.len() + addresses)))
    });
    Ok(counted.collect())
}

/// Whether nothing that has recipients is hidden from this credential: every list was shown, and it is one of an
/// administrator, because others are shown less and nobody says so.
///
/// # Errors
/// When the store cannot be read.
pub fn sees_everything(conn: &Connection, account: AccountId) -> Result<bool, StoreError> {
    let proved = stream_state(conn, account, Stream::Recipients)?.is_some_and(|state| state.proof.complete);
    let facts = capabilities_of(conn, account)?.and_then(|capabilities| capabilities.facts);
    let Some(own) = facts.and_then(|facts| facts.own_user).filter(|_| proved) else { return Ok(false) };
    conn.prepare_cached(ADMINISTERS)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":user": own };
            statement.query_row(parameters, |row| row.get(0))
        })
        .context("looking whether everything is visible")
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[LISTS, RECIPIENTS, ADMINISTERS];

#[cfg(test)]
mod tests {
    use super::super::team::tests::{list, people};
    use super::*;

    #[test]
    fn an_alert_reaches_somebody_nobody_now_or_nobody_at_all() {
        let people = people();
        for (active, levels, expected) in [
            (Some(true), [Some("ada"), Some(""), Some("")], AlertOutcome::Somebody),
            (None, [Some("cy"), Some("@day"), Some("")], AlertOutcome::Somebody),
            (Some(true), [Some(""), None, Some("ada")], AlertOutcome::Somebody),
            (Some(true), [Some("cy"), Some("@night"), Some("")], AlertOutcome::NobodyNow),
            (Some(true), [Some(""), Some(""), Some("")], AlertOutcome::Nobody),
            (Some(true), [Some("di"), Some("@empty"), Some("")], AlertOutcome::Nobody),
            (Some(true), [Some("di"), None, Some("")], AlertOutcome::Unknown),
            (Some(true), [None, None, None], AlertOutcome::Unknown),
            (Some(true), [Some("di"), Some("@ghost"), Some("")], AlertOutcome::Unknown),
            (Some(true), [Some("gone"), Some("cy"), Some("")], AlertOutcome::Unknown),
            (Some(false), [Some("ada"), Some(""), Some("")], AlertOutcome::SwitchedOff),
        ] {
            let lists = levels.map(|words| words.map(list));
            let reach: Vec<_> = lists.iter().map(|own| own.as_ref().map(|own| people.reach(own))).collect();
            assert_eq!(outcome(active, &reach), expected, "{active:?} {levels:?}");
        }
        assert_eq!(outcome(None, &[]), AlertOutcome::Unknown);
    }
}
