//! Rows as text for an answer. A row goes out as it is stored, without being parsed, unless the request or a quirk
//! asks for something else.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::groups_of;
use crate::ScimError;
use crate::filter::Projection;

/// How rows are shown.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Number of the tenant.
    pub tenant: i64,
    /// `attributes` or `excludedAttributes`.
    pub projection: Option<Projection>,
    /// Leave `meta` out.
    pub no_meta: bool,
    /// Fill `User.groups`.
    pub user_groups: bool,
}

/// The rows `seqs`, joined by commas; rows that are gone by now are left out. The number is how many there are.
pub fn render(conn: &Connection, seqs: &[i64], view: &View) -> Result<(String, usize), ScimError> {
    let mut statement = conn.prepare_cached("SELECT json, kind, id FROM resources WHERE seq = ?1")?;
    let (mut text, mut count) = (String::with_capacity(seqs.len() * 1024), 0);
    for seq in seqs {
        let mut rows = statement.query([seq])?;
        let Some(row) = rows.next()? else { continue };
        let column = |index| {
            row.get_ref(index)?
                .as_str()
                .map_err(|error| ScimError::status(500, format!("BUG: a record is not text: {error}")))
        };
        if count > 0 {
            text.push(',');
        }
        let user = if row.get::<_, i64>(1)? == 1 { Some(column(2)?) } else { None };
        push(conn, &mut text, column(0)?, user, view)?;
        count += 1;
    }
    Ok((text, count))
}

/// One record as shown.
pub fn render_one(
    conn: &Connection,
    json: &str,
    user: Option<&str>,
    view: &View,
) -> Result<String, ScimError> {
    let mut text = String::with_capacity(json.len() + 16);
    push(conn, &mut text, json, user, view)?;
    Ok(text)
}

fn push(
    conn: &Connection,
    text: &mut String,
    json: &str,
    user: Option<&str>,
    view: &View,
) -> Result<(), ScimError> {
    if view.projection.is_none() && !view.no_meta && !(view.user_groups && user.is_some()) {
        text.push_str(json);
        return Ok(());
    }
    let mut record: Map<String, Value> = serde_json::from_str(json)?;
    if let (true, Some(user)) = (view.user_groups, user) {
        let groups = groups_of(conn, view.tenant, user)?;
        if !groups.is_empty() {
            record.insert("groups".to_owned(), Value::Array(groups));
        }
    }
    if let Some(projection) = &view.projection {
        record = projection.apply(record);
    }
    if view.no_meta {
        record.remove("meta");
    }
    text.push_str(&Value::Object(record).to_string());
    Ok(())
}
