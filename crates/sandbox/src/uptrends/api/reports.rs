//! Lists of other things whose grants or recipients an access review asks for: vault sections, integrations, scheduled
//! reports.

use serde_json::{Value, json};

use super::seen::granted;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Edge, Thing, ThingKind, edges_from, thing_by_seq, things};

/// Whether the caller may view a vault section: only by a grant, also for administrators. The process itself may.
pub fn views(ctx: &Ctx<'_>, section: i64) -> Result<bool, Refusal> {
    Ok(ctx.caller.operator == 0 || !granted(ctx, section)?.is_empty())
}

/// `GET /VaultSection`.
pub fn vault_sections(ctx: &Ctx<'_>) -> Outcome {
    let mut rows = Vec::new();
    for section in things(ctx.conn, ctx.id(), ThingKind::VaultSection)? {
        if views(ctx, section.seq)? {
            rows.push(section.json);
        }
    }
    Ok(Answer::list(rows))
}

/// All for administrators, else what the caller has a grant on.
pub fn usable(ctx: &Ctx<'_>, kind: ThingKind) -> Result<Vec<Thing>, Refusal> {
    let mut found = Vec::new();
    for own in things(ctx.conn, ctx.id(), kind)? {
        if ctx.caller.administrator || !granted(ctx, own.seq)?.is_empty() {
            found.push(own);
        }
    }
    Ok(found)
}

/// `GET /Integration`.
pub fn integrations(ctx: &Ctx<'_>) -> Outcome {
    Ok(Answer::list(usable(ctx, ThingKind::Integration)?.into_iter().map(|own| own.json)))
}

/// `GET /ScheduledReport`.
pub fn scheduled_reports(ctx: &Ctx<'_>) -> Outcome {
    let mut rows = Vec::new();
    for report in things(ctx.conn, ctx.id(), ThingKind::ScheduledReport)? {
        let (mut operators, mut groups) = (Vec::new(), Vec::new());
        for seq in edges_from(ctx.conn, Edge::Recipient, report.seq)? {
            let Some(recipient) = thing_by_seq(ctx.conn, seq)? else { continue };
            let is_group = recipient.shown().contains_key("OperatorGroupGuid");
            if is_group { groups.push(recipient.id) } else { operators.push(recipient.id) }
        }
        let mut row = report.shown();
        let recipients =
            json!({ "Operators": operators, "OperatorGroups": groups, "ExtraEmailAddresses": [] });
        row.insert("Recipients".to_owned(), recipients);
        rows.push(Value::Object(row).to_string());
    }
    Ok(Answer::list(rows))
}
