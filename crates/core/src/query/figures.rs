//! Numbers of the Hub that are filters: counted by the same filter that lists them, so that the list has as many.

use rusqlite::Connection;

use super::accounts::capabilities_of;
use super::filter::Filter;
use super::page::count32;
use super::users::Snapshot;
use crate::api::{HubFigure, HubFigureView};
use crate::model::Moment;
use crate::store::StoreError;

/// Each with its filter, in the order of the screen.
const FIGURES: &[(HubFigure, &str)] = &[
    (HubFigure::New7, "created:7d"),
    (HubFigure::New30, "created:30d"),
    (HubFigure::Active30, "last_seen:30d"),
    (HubFigure::NeverSignedIn, "last_seen:never"),
    (HubFigure::WithoutFactor, "mfa:none"),
];

/// Users of whom it is known which factors they have.
const FACTORS_KNOWN: &str = "mfa:none OR mfa:any";

/// The figures that every account of `snapshot` can tell: where one cannot, its users would be counted for what is only not
/// known of them.
pub(super) fn figures(
    conn: &Connection,
    snapshot: &Snapshot,
    moment: &Moment,
) -> Result<Vec<HubFigureView>, StoreError> {
    for index in snapshot.indexes() {
        if !capabilities_of(conn, index.account)?.is_some_and(|capabilities| capabilities.details) {
            return Ok(Vec::new());
        }
    }
    let mut figures = Vec::new();
    for (figure, filter) in FIGURES {
        let Some(users) = count(conn, snapshot, filter, moment)? else { continue };
        let of = if *figure == HubFigure::WithoutFactor {
            count(conn, snapshot, FACTORS_KNOWN, moment)?
        } else {
            None
        };
        figures.push(HubFigureView { figure: *figure, users, of, filter: (*filter).to_owned() });
    }
    Ok(figures)
}

fn count(
    conn: &Connection,
    snapshot: &Snapshot,
    filter: &str,
    moment: &Moment,
) -> Result<Option<u32>, StoreError> {
    let Ok(filter) = Filter::parse(filter, moment) else { return Ok(None) };
    Ok(Some(count32(snapshot.find(conn, &filter)?.count)))
}
