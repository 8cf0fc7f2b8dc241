//! Rights as they were given: what there is, and what was touched. A higher right brings lower ones along, so everything on
//! the same thing is read again.

use serde_json::json;

use super::super::super::{Current, HAD, ReadBack, RemoteError};
use super::super::lists::Lists;
use crate::model::{Grant, Record, Right};

/// The right as it was given to this very holder.
///
/// # Errors
/// See [`RemoteError`].
pub async fn find(lists: &Lists, right: &Right) -> Result<Option<Grant>, RemoteError> {
    let key = right.grant().key;
    let all = lists.grants_at(right).await?;
    Ok(all.into_iter().find_map(|record| {
        let Record::Grant(grant) = record else { return None };
        (grant.key == key).then_some(*grant)
    }))
}

/// What there is now of `right`; where it is not given, what its holder has at the same place.
///
/// # Errors
/// See [`RemoteError`].
pub async fn current(lists: &Lists, right: &Right) -> Result<Current, RemoteError> {
    let grant = right.grant();
    let mut had = Vec::new();
    for record in lists.grants_at(right).await? {
        let Record::Grant(own) = record else { continue };
        if own.key == grant.key {
            return Ok(Current::Present);
        }
        if (own.holder_kind, &own.holder) == (grant.holder_kind, &grant.holder) {
            had.push(own.permission);
        }
    }
    Ok(Current::Record { raw: json!({ HAD: had }), version: None })
}

/// Everything that was given at the same place; the right itself is gone where it is not among that.
///
/// # Errors
/// See [`RemoteError`].
pub async fn read_back(lists: &Lists, right: &Right) -> Result<ReadBack, RemoteError> {
    let grant = right.grant();
    let records = lists.grants_at(right).await?;
    let gone = records.iter().all(|record| *record.remote_id() != grant.key);
    Ok(ReadBack {
        gone: if gone { vec![(grant.stream(), grant.key)] } else { Vec::new() },
        records,
        ..ReadBack::default()
    })
}
