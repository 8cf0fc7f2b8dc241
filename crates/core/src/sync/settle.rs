//! What no walk could settle is asked for by id: records of an earlier walk that the last one did not bring, and records of
//! the mirror that no walk brought. Only the service's own "there is no such record" counts as gone.

use crate::Error;
use crate::model::{Record, RemoteId, Stream};
use crate::store::{StoreError, staged};

use super::walk::Walker;

/// More requests than this are not made to settle a list; then nothing is removed because of it.
pub const MOST_REQUESTS: usize = 500;

/// How the open questions were settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Every record of the mirror that is not staged was denied by the service itself.
    pub absences_confirmed: bool,
    /// Every staged record was in the last walk, or confirmed by the service itself.
    pub presences_confirmed: bool,
    /// Records asked for, one by one.
    pub asked_singly: u64,
    /// Records asked for, many in one request.
    pub asked_in_batches: u64,
}

/// After a complete walk: what only earlier walks brought is gone meanwhile.
///
/// # Errors
/// Those of the store.
pub fn drop_earlier_walks(walker: &Walker, stream: Stream, walk: u32) -> Result<(), StoreError> {
    walker.staging.stage(|tx, sql| staged::drop_earlier(tx, sql, stream, walk))
}

/// After walks that could not show the list complete: asks for each doubtful record.
///
/// # Errors
/// Those of the service and of the store.
pub async fn ask_about_doubtful(walker: &Walker, stream: Stream, walk: u32) -> Result<Settled, Error> {
    let most = most(walker, stream);
    let mut settled = Settled::default();
    let doubtful = walker.staging.stage(|tx, sql| staged::list_earlier(tx, sql, stream, walk, most + 1))?;
    if doubtful.len() <= most as usize {
        for batch in doubtful.chunks(walker.remote.batch_size(stream)) {
            let found = walker.find_many(stream, batch, &mut settled).await?;
            walker.stage_all(walk, &found)?;
            for id in batch.iter().filter(|id| found.iter().all(|record| record.remote_id() != *id)) {
                walker.staging.stage(|tx, sql| staged::drop_one(tx, sql, stream, id))?;
            }
        }
        settled.presences_confirmed = true;
    }
    let absent = ask_about_absent(walker, stream, walk).await?;
    settled.absences_confirmed = absent.absences_confirmed;
    settled.asked_singly += absent.asked_singly;
    settled.asked_in_batches += absent.asked_in_batches;
    Ok(settled)
}

/// Asks for each record of the mirror that was not staged; one that is there after all is staged.
///
/// # Errors
/// Those of the service and of the store.
pub async fn ask_about_absent(walker: &Walker, stream: Stream, walk: u32) -> Result<Settled, Error> {
    let most = most(walker, stream);
    let mut settled = Settled::default();
    let account = walker.account;
    let absent =
        walker.staging.stage(|tx, sql| staged::list_absent(tx, sql, account, stream, "", most + 1))?;
    if absent.len() <= most as usize {
        for batch in absent.chunks(walker.remote.batch_size(stream)) {
            let found = walker.find_many(stream, batch, &mut settled).await?;
            walker.stage_all(walk, &found)?;
        }
        settled.absences_confirmed = true;
    }
    Ok(settled)
}

fn most(walker: &Walker, stream: Stream) -> u32 {
    u32::try_from(MOST_REQUESTS * walker.remote.batch_size(stream)).unwrap_or(u32::MAX - 1)
}

impl Walker {
    async fn find_many(
        &self,
        stream: Stream,
        ids: &[RemoteId],
        settled: &mut Settled,
    ) -> Result<Vec<Record>, Error> {
        let asked = ids.len() as u64;
        if self.remote.batch_size(stream) > 1 {
            settled.asked_in_batches += asked;
        } else {
            settled.asked_singly += asked;
        }
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Cancelled),
            found = self.remote.find_many(stream, ids) => Ok(found?),
        }
    }

    fn stage_all(&self, walk: u32, records: &[Record]) -> Result<(), StoreError> {
        records.iter().try_for_each(|record| self.stage_one(walk, record))
    }
}
