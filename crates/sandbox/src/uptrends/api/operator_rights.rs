//! `/Operator/{g}/Authorization` and `/OperatorGroup/{g}/Authorization`: what operators and groups may do in the account.

use super::groups;
use super::operators::visible;
use crate::uptrends::call::{Answer, Ctx, Outcome};
use crate::uptrends::quirks::MonitorPermissions;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{
    Built, Edge, Thing, ThingKind, edges_to, grant_right, is_held, revoke_right, rights_of,
};

/// What an operator is called to be allowed, and a group.
const PERMISSIONS: [(&str, &str); 10] = [
    ("AccountAccess", "BasicOperator"),
    ("AccountAdministrator", "Administrator"),
    ("AllowInfra", "AllowInfra"),
    ("FinancialOperator", "FinancialOperator"),
    ("TechnicalContact", "TechnicalContact"),
    ("ShareDashboards", "ShareDashboards"),
    ("CreateAlertDefinition", "CreateAlertDefinition"),
    ("CreateIntegration", "CreateIntegration"),
    ("CreatePrivateLocations", "CreatePrivateLocations"),
    ("ManageMonitorTemplates", "ManageMonitorTemplates"),
];
/// Somebody must hold each of these.
const NEEDED: [&str; 2] = ["FinancialOperator", "TechnicalContact"];

fn as_operators_say(right: String) -> String {
    let found = PERMISSIONS.iter().find(|(_, group)| *group == right);
    found.map_or(right, |(operator, _)| (*operator).to_owned())
}

fn listed(ctx: &Ctx<'_>, mut rights: Vec<String>) -> Outcome {
    if ctx.quirks.unknown_values {
        rights.push("ManageSatellites".to_owned());
    }
    Ok(Answer::ok(rights))
}

/// `GET /Operator/{operatorGuid}/Authorization`.
pub fn of_operator(ctx: &Ctx<'_>) -> Outcome {
    let found = visible(ctx, 0)?;
    let mut rights = rights_of(ctx.conn, found.seq)?;
    if ctx.quirks.inherited_permissions {
        let mut groups = edges_to(ctx.conn, Edge::Member, found.seq)?;
        groups.push(ctx.caller.everyone);
        for group in groups {
            rights.extend(rights_of(ctx.conn, group)?.into_iter().map(as_operators_say));
        }
        rights.sort();
        rights.dedup();
    }
    listed(ctx, rights)
}

/// `GET /OperatorGroup/{operatorGroupGuid}/Authorization`.
pub fn of_group(ctx: &Ctx<'_>) -> Outcome {
    let found = groups::visible(ctx, 0)?;
    listed(ctx, rights_of(ctx.conn, found.seq)?)
}

/// `POST /Operator/{operatorGuid}/Authorization/{authorizationType}`.
pub fn grant_operator(ctx: &Ctx<'_>) -> Outcome {
    let (found, right) = named(ctx, ThingKind::Operator)?;
    if right == "AccountAdministrator" {
        return Err(Refusal::bad(
            "This permission cannot be assigned. Use the Administrators group instead.",
        ));
    }
    grant_right(ctx.conn, found.seq, right)?;
    Ok(Answer::Made)
}

/// `POST /OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}`.
pub fn grant_group(ctx: &Ctx<'_>) -> Outcome {
    let (found, right) = named(ctx, ThingKind::OperatorGroup)?;
    if right == "Administrator" {
        return Err(Refusal::bad(
            "This permission cannot be assigned. Use the Administrators group instead.",
        ));
    }
    grant_right(ctx.conn, found.seq, right)?;
    Ok(Answer::Made)
}

/// `DELETE /Operator/{operatorGuid}/Authorization/{authorizationType}`.
pub fn revoke_operator(ctx: &Ctx<'_>) -> Outcome {
    let (found, right) = named(ctx, ThingKind::Operator)?;
    if right == "AccountAccess" && ctx.quirks.monitor_permissions != MonitorPermissions::Yes {
        return Err(Refusal::bad("Revoking access to the account is an Enterprise feature."));
    }
    revoke(ctx, &found, right)
}

/// `DELETE /OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}`.
pub fn revoke_group(ctx: &Ctx<'_>) -> Outcome {
    let (found, right) = named(ctx, ThingKind::OperatorGroup)?;
    if found.is(Built::Administrators) && matches!(right, "Administrator" | "AllowInfra") {
        return Err(Refusal::bad("The Administrators group cannot lose this permission."));
    }
    revoke(ctx, &found, right)
}

fn revoke(ctx: &Ctx<'_>, found: &Thing, right: &str) -> Outcome {
    keeping_holders(ctx, || {
        if revoke_right(ctx.conn, found.seq, right)? {
            Ok(())
        } else {
            Err(Refusal::missing("authorization"))
        }
    })?;
    Ok(Answer::Nothing)
}

/// The operator or group, and the permission, that the address names; for administrators only.
fn named<'a>(ctx: &'a Ctx<'_>, kind: ThingKind) -> Result<(Thing, &'a str), Refusal> {
    ctx.administrator()?;
    let found = ctx.thing(kind, 0)?;
    let right = ctx.param(1);
    let known = PERMISSIONS
        .iter()
        .any(|(operator, group)| right == if kind == ThingKind::Operator { *operator } else { *group });
    if known { Ok((found, right)) } else { Err(Refusal::bad(format!("The value '{right}' is not valid."))) }
}

/// Does something unless it would leave the account without a financial operator or a technical contact.
pub fn keeping_holders(ctx: &Ctx<'_>, work: impl FnOnce() -> Result<(), Refusal>) -> Result<(), Refusal> {
    let held = |right: &str| is_held(ctx.conn, ctx.id(), right);
    let before = [held(NEEDED[0])?, held(NEEDED[1])?];
    work()?;
    for (right, before) in NEEDED.iter().zip(before) {
        if before && !held(right)? {
            return Err(Refusal::bad(format!("At least one operator must keep the permission {right}.")));
        }
    }
    Ok(())
}
