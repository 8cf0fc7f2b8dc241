//! What no walk could settle is asked for one by one: records of an earlier walk that the last one did not bring, and
//! records of the mirror that no walk brought. Only the service's own "there is no such record" counts as gone.

use crate::Error;
use crate::model::{RemoteId, Stream};
use crate::remote::DirectoryRead;
use crate::store::staging::StagingSql;
use crate::store::{StoreError, groups, staged_users};

use super::walk::Walker;

/// More than this many are not asked for one by one; then nothing is removed because of the listing.
pub const MOST_ASKED_SINGLY: u32 = 500;

/// How the open questions were settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Every record of the mirror that is not staged was denied by the service itself.
    pub absences_confirmed: bool,
    /// Every staged record was in the last walk, or confirmed by the service itself.
    pub presences_confirmed: bool,
    /// Records asked for.
    pub asked: u64,
}

/// After a complete walk: what only earlier walks brought is gone meanwhile.
///
/// # Errors
/// Those of the store.
pub fn drop_earlier_walks(walker: &Walker, stream: Stream, walk: u32) -> Result<(), StoreError> {
    walker.staging.stage(|tx, sql| match stream {
        Stream::Users => staged_users::drop_earlier(tx, sql, walk),
        Stream::Groups => groups::drop_earlier(tx, sql, walk),
    })
}

/// After walks that could not show the list complete: asks for each doubtful record.
///
/// # Errors
/// Those of the service and of the store.
pub async fn ask_singly(walker: &Walker, stream: Stream, walk: u32) -> Result<Settled, Error> {
    let mut settled = Settled { absences_confirmed: false, presences_confirmed: false, asked: 0 };
    let doubtful = walker.staging.stage(|tx, sql| list_earlier(tx, sql, stream, walk))?;
    if doubtful.len() <= MOST_ASKED_SINGLY as usize {
        for id in doubtful {
            settled.asked += 1;
            match walker.find(stream, &id).await? {
                Some(record) => walker.stage_one(walk, &record)?,
                None => walker.staging.stage(|tx, sql| drop_one(tx, sql, stream, &id))?,
            }
        }
        settled.presences_confirmed = true;
    }
    let absent = walker.staging.stage(|tx, sql| list_absent(tx, sql, walker, stream))?;
    if absent.len() <= MOST_ASKED_SINGLY as usize {
        for id in absent {
            settled.asked += 1;
            if let Some(record) = walker.find(stream, &id).await? {
                walker.stage_one(walk, &record)?;
            }
        }
        settled.absences_confirmed = true;
    }
    Ok(settled)
}

impl Walker {
    async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<crate::model::Record>, Error> {
        let remote: &dyn DirectoryRead = self.remote.as_ref();
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Cancelled),
            found = remote.find(stream, id) => Ok(found?),
        }
    }
}

fn drop_one(
    tx: &rusqlite::Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
    id: &RemoteId,
) -> Result<(), StoreError> {
    match stream {
        Stream::Users => staged_users::drop_one(tx, sql, id),
        Stream::Groups => groups::drop_one(tx, sql, id),
    }
}

fn list_earlier(
    tx: &rusqlite::Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
    walk: u32,
) -> Result<Vec<RemoteId>, StoreError> {
    let limit = MOST_ASKED_SINGLY + 1;
    match stream {
        Stream::Users => staged_users::list_earlier(tx, sql, walk, limit),
        Stream::Groups => groups::list_earlier(tx, sql, walk, limit),
    }
}

fn list_absent(
    tx: &rusqlite::Transaction<'_>,
    sql: &StagingSql,
    walker: &Walker,
    stream: Stream,
) -> Result<Vec<RemoteId>, StoreError> {
    let limit = Some(MOST_ASKED_SINGLY + 1);
    Ok(match stream {
        Stream::Users => staged_users::list_absent(tx, sql, walker.account, limit)?
            .into_iter()
            .map(|(_, remote_id, _)| RemoteId::new(remote_id))
            .collect(),
        Stream::Groups => groups::list_absent(tx, sql, walker.account, limit)?
            .into_iter()
            .map(|(remote_id, _)| RemoteId::new(remote_id))
            .collect(),
    })
}
