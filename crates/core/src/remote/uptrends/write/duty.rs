//! Off-duty entries of a schedule, and the switch of everybody in a group: what there is, and what was touched.
//!
//! A schedule is a set of times without alerts. An entry is known by its number; one that a group call made is known by what
//! it says alone, because the service tells nobody its number.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::super::super::{CarriedOut, Current, REACHED, ReadBack, RemoteError};
use super::super::lists::Lists;
use crate::model::{Edit, OFF_DUTY, OffDutyPeriod, OffDutyRule, Record, RemoteId, Stream};

/// The entry of this number, or one that says the same.
///
/// # Errors
/// See [`RemoteError`].
pub async fn find(
    lists: &Lists,
    user: &RemoteId,
    period: Option<&RemoteId>,
    rule: &OffDutyRule,
) -> Result<Option<OffDutyPeriod>, RemoteError> {
    let periods = lists.periods_of(user).await?;
    Ok(periods.into_iter().find(|own| match period {
        Some(period) => own.remote_id == *period,
        None => own.rule == *rule,
    }))
}

/// What there is now of what `edit` is about.
///
/// # Errors
/// See [`RemoteError`].
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is not about duty")]
pub async fn current(lists: &Lists, edit: &Edit) -> Result<Current, RemoteError> {
    match edit {
        Edit::AddOffDuty { user, rule } => Ok(present(find(lists, user, None, rule).await?.is_some())),
        Edit::RemoveOffDuty { user, period, rule } => {
            Ok(present(find(lists, user, period.as_ref(), rule).await?.is_some()))
        }
        Edit::ChangeOffDuty { user, period, before, .. } => {
            let found = find(lists, user, Some(period), before).await?;
            Ok(found.map_or(Current::Absent, |own| Current::Record {
                raw: json!({ OFF_DUTY: own.rule }),
                version: None,
            }))
        }
        Edit::AddGroupOffDuty { group, rule } => {
            let Some(members) = lists.members_of(group).await? else { return Ok(Current::Absent) };
            let mut had = BTreeMap::new();
            for member in members {
                let periods = lists.periods_of(&member).await?;
                had.insert(member, periods.iter().filter(|own| own.rule == *rule).count());
            }
            // Nobody to add it to: the service says so itself, where it minds.
            let all = !had.is_empty() && had.values().all(|had| *had > 0);
            // Whoever has it gets it once more, where another one of the group has not.
            Ok(if all { Current::Present } else { reaching(&had) })
        }
        Edit::SetGroupActive { group, active } => {
            let Some(members) = lists.members_of(group).await? else { return Ok(Current::Absent) };
            let others: BTreeMap<RemoteId, usize> = of(lists, &members)
                .await?
                .into_iter()
                .filter_map(|record| match record {
                    Record::User(user) if user.active != Some(*active) => Some((user.remote_id, 0)),
                    _ => None,
                })
                .collect();
            Ok(if others.is_empty() { Current::Present } else { reaching(&others) })
        }
        _ => Ok(Current::Absent),
    }
}

/// What `edit` touched: a whole schedule, those of all members, or the members themselves.
///
/// # Errors
/// See [`RemoteError`].
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is not about duty")]
pub async fn read_back(lists: &Lists, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
    let mut back = ReadBack::default();
    match edit {
        Edit::AddOffDuty { user, .. }
        | Edit::ChangeOffDuty { user, .. }
        | Edit::RemoveOffDuty { user, .. } => {
            let periods = lists.periods_of(user).await?;
            let named = match edit {
                Edit::ChangeOffDuty { period, .. } => Some(period),
                Edit::RemoveOffDuty { period, .. } => period.as_ref().or(done.touched.as_ref()),
                _ => None,
            };
            back.gone.extend(
                named
                    .filter(|named| periods.iter().all(|own| own.remote_id != **named))
                    .map(|named| (Stream::OffDutyPeriods, named.clone())),
            );
            back.records.extend(periods.into_iter().map(|own| Record::OffDutyPeriod(Box::new(own))));
        }
        Edit::AddGroupOffDuty { group, .. } => {
            for member in lists.members_of(group).await?.unwrap_or_default() {
                let periods = lists.periods_of(&member).await?;
                back.records.extend(periods.into_iter().map(|own| Record::OffDutyPeriod(Box::new(own))));
            }
        }
        Edit::SetGroupActive { group, .. } => {
            let members = lists.members_of(group).await?.unwrap_or_default();
            back.records = of(lists, &members).await?;
        }
        _ => {}
    }
    Ok(back)
}

/// Those of the account's operators.
async fn of(lists: &Lists, members: &[RemoteId]) -> Result<Vec<Record>, RemoteError> {
    let members: BTreeSet<&RemoteId> = members.iter().collect();
    let mut records = lists.whole(Stream::Users).await?.records;
    records.retain(|record| members.contains(record.remote_id()));
    Ok(records)
}

/// Whom it would reach, and how much of it they have already.
fn reaching(members: &BTreeMap<RemoteId, usize>) -> Current {
    Current::Record { raw: json!({ REACHED: members }), version: None }
}

const fn present(is_there: bool) -> Current {
    if is_there { Current::Present } else { Current::Absent }
}
