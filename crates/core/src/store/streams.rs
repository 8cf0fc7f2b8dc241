//! Table `stream_states`: age and proof of each part of the mirror.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, Proof, RunId, Stream, Timestamp};

/// Records that `run` confirmed `proof.stream`.
///
/// # Errors
/// Those of the database.
pub fn upsert(
    tx: &Transaction<'_>,
    account: AccountId,
    run: RunId,
    synced_at: Timestamp,
    proof: &Proof,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO stream_states (account_id, stream, run_id, synced_at, proof)
         VALUES (:account, :stream, :run, :synced_at, :proof)
         ON CONFLICT (account_id, stream)
         DO UPDATE SET run_id = excluded.run_id, synced_at = excluded.synced_at, proof = excluded.proof",
        named_params! {
            ":account": account.0,
            ":stream": proof.stream.as_str(),
            ":run": run.0,
            ":synced_at": synced_at.as_millis(),
            ":proof": serde_json::to_string(proof).context("keeping a proof")?,
        },
    )
    .context("keeping a proof")?;
    Ok(())
}

/// When `stream` of `account` was last confirmed.
///
/// # Errors
/// Those of the database.
pub fn find_synced_at(
    conn: &Connection,
    account: AccountId,
    stream: Stream,
) -> Result<Option<Timestamp>, StoreError> {
    conn.query_row(
        "SELECT synced_at FROM stream_states WHERE account_id = :account AND stream = :stream",
        named_params! { ":account": account.0, ":stream": stream.as_str() },
        |row| row.get("synced_at").map(Timestamp::from_millis),
    )
    .optional()
    .context("reading an age")
}
