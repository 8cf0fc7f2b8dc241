//! Alert definitions that reach nobody.

use rusqlite::Connection;

use super::lists::{Lists, outcome};
use super::reaching::resources;
use super::team::People;
use crate::api::{AlertOutcome, FindingItemView, FindingKind, FindingView};
use crate::model::{AccountId, LocalSeconds, ResourceKind};
use crate::store::StoreError;

/// Alert definitions without recipients, and those of which no recipient is active; what is switched off aside, and what is
/// not visible.
///
/// # Errors
/// When the store cannot be read.
pub fn findings(conn: &Connection, account: AccountId) -> Result<[FindingView; 2], StoreError> {
    let kinds = [FindingKind::AlertWithoutRecipients, FindingKind::AlertOfInactive];
    let mut found = kinds.map(|kind| FindingView { kind, permission: None, items: Vec::new() });
    let lists = Lists::load(conn, account)?;
    if lists.is_empty() {
        return Ok(found);
    }
    // Whoever is off duty now is on duty at another time.
    let people = People::load(conn, account, LocalSeconds(0))?;
    for (id, name, kind, active) in resources(conn, account)? {
        if kind != ResourceKind::AlertDefinition {
            continue;
        }
        let levels = lists.reach(&id, kind, &people);
        if outcome(active, &levels) != AlertOutcome::Nobody {
            continue;
        }
        let without = levels.iter().flatten().all(|reach| reach.people.is_empty());
        let [of_nobody, of_inactive] = &mut found;
        let finding = if without { of_nobody } else { of_inactive };
        finding.items.push(FindingItemView {
            remote_id: id,
            display_name: name,
            right: None,
            api_user: None,
            imported_at: None,
        });
    }
    Ok(found)
}
