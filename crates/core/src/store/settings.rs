//! Table `settings`: one row of JSON, because settings are read and written as a whole.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use crate::api::SettingsView;
use crate::model::AccountId;

/// The settings; the defaults where nothing was chosen.
///
/// # Errors
/// Those of the database.
pub fn get(conn: &Connection) -> Result<SettingsView, StoreError> {
    let text: Option<String> = conn
        .query_row("SELECT settings FROM settings WHERE id = 1", [], |row| row.get("settings"))
        .optional()
        .context("reading the settings")?;
    match text {
        Some(text) => serde_json::from_str(&text).context("reading the settings"),
        None => Ok(SettingsView::default()),
    }
}

/// Drops what was chosen for one account.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &Transaction<'_>, account: AccountId) -> Result<(), StoreError> {
    let mut settings = get(tx)?;
    if settings.token_days.remove(&account).is_some() {
        set(tx, &settings)?;
    }
    Ok(())
}

/// Replaces the settings.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, settings: &SettingsView) -> Result<(), StoreError> {
    let text = serde_json::to_string(settings).context("keeping the settings")?;
    tx.execute(
        "INSERT INTO settings (id, settings) VALUES (1, :settings)
         ON CONFLICT (id) DO UPDATE SET settings = excluded.settings",
        named_params! { ":settings": text },
    )
    .context("keeping the settings")?;
    Ok(())
}
