//! What an edit really did where it depends on what is there when it is sent: whom one of a whole group reached, and what was
//! given beside a right. A look right before and a reading right after tell, so that an undo puts back that and nothing
//! else. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{ChangeBase, Edit, Record, RemoteId};
use crate::remote::{Current, HAD, REACHED, ReadBack};

/// What the change is made against from now on, right before it is sent; `None` where nothing depends on it. Of a change that
/// may have arrived before, those whom it may have reached then stay.
pub fn before(
    edit: &Edit,
    current: &Current,
    base: &ChangeBase,
    may_have_arrived: bool,
) -> Option<ChangeBase> {
    let mut base = base.clone();
    if let Edit::GiveRight { .. } = edit {
        let Current::Record { raw, .. } = current else { return None };
        let had = raw.get(HAD)?.as_array()?;
        base.rights = had.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        return Some(base);
    }
    let reached = reached(current)?;
    let earlier = if may_have_arrived { std::mem::take(&mut base.members) } else { Vec::new() };
    let all: BTreeSet<RemoteId> = earlier.into_iter().chain(reached.into_keys()).collect();
    base.members = all.into_iter().collect();
    Some(base)
}

/// Those of `members` for whom it is as `edit` wants it and was not before; `None` where it does not depend on that, or
/// nothing could be read.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named reaches nobody but its subject")]
pub fn after(edit: &Edit, current: &Current, back: &ReadBack, members: &[RemoteId]) -> Option<Vec<RemoteId>> {
    if back.records.is_empty() {
        return None;
    }
    let before = reached(current)?;
    let is_done = |member: &RemoteId| {
        match edit {
        Edit::SetGroupActive { active, .. } => back.records.iter().any(|record| {
            matches!(record, Record::User(user) if user.remote_id == *member && user.active == Some(*active))
        }),
        Edit::AddGroupOffDuty { rule, .. } => {
            let now = back.records.iter().filter(|record| {
                matches!(record, Record::OffDutyPeriod(own) if own.user == *member && own.rule == *rule)
            });
            now.count() as u64 > before.get(member).copied().unwrap_or_default()
        }
        _ => true,
    }
    };
    Some(members.iter().filter(|member| is_done(member)).cloned().collect())
}

/// Whom a look says the edit would reach, each with how much of it they have already.
fn reached(current: &Current) -> Option<BTreeMap<RemoteId, u64>> {
    let Current::Record { raw, .. } = current else { return None };
    let reached = raw.get(REACHED)?.as_object()?;
    Some(reached.iter().map(|(id, had)| (RemoteId::new(id), had.as_u64().unwrap_or_default())).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids(all: &[&str]) -> Vec<RemoteId> {
        all.iter().map(|id| RemoteId::new(*id)).collect()
    }

    #[test]
    fn whom_it_may_have_reached_before_stays_and_who_was_only_meant_does_not() {
        let edit = Edit::SetGroupActive { group: RemoteId::new("g"), active: false };
        let current = Current::Record { raw: json!({ REACHED: {"bo": 0, "cy": 0} }), version: None };
        let base = ChangeBase { members: ids(&["ada", "bo"]), ..ChangeBase::default() };
        let members = |arrived| before(&edit, &current, &base, arrived).unwrap().members;
        assert_eq!((members(false), members(true)), (ids(&["bo", "cy"]), ids(&["ada", "bo", "cy"])));
        assert_eq!(before(&edit, &Current::Absent, &base, false), None);
    }

    #[test]
    fn what_was_given_beside_a_right_is_what_was_there_when_it_was_sent() {
        let right = crate::model::Right {
            permission: "EditMonitor".to_owned(),
            holder_kind: crate::model::GrantHolder::User,
            holder: RemoteId::new("ada"),
            resource: Some(RemoteId::new("m")),
            resource_kind: Some(crate::model::ResourceKind::Monitor),
        };
        let current = Current::Record { raw: json!({ HAD: ["ViewMonitor"] }), version: None };
        let found = before(&Edit::GiveRight { right }, &current, &ChangeBase::default(), false).unwrap();
        assert_eq!(found.rights, ["ViewMonitor"]);
    }

    #[test]
    fn nothing_read_back_says_nothing() {
        let edit = Edit::SetGroupActive { group: RemoteId::new("g"), active: false };
        let current = Current::Record { raw: json!({ REACHED: {"bo": 0} }), version: None };
        assert_eq!(after(&edit, &current, &ReadBack::default(), &ids(&["bo"])), None);
    }
}
