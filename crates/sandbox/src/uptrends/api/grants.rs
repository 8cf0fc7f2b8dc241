//! Who may do what with one monitor, monitor group, vault section and the like: list, add, remove. Whoever gets a higher
//! right gets those below it too, and the answer tells all of them.

use serde_json::{Map, Value, json};

use super::reports;
use super::seen::{GROUP_LEVELS, MONITOR_LEVELS, Seen, may_share};
use crate::uptrends::call::{Answer, Ctx, Outcome, text};
use crate::uptrends::quirks::MonitorPermissions;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Grant, Thing, ThingKind, give, grants_of, take_back};

/// Where grants are, what they are called in rising order, and how a new one is answered.
struct Place {
    kind: ThingKind,
    levels: &'static [&'static str],
    made: u16,
}

const MONITOR: Place = Place { kind: ThingKind::Monitor, levels: &MONITOR_LEVELS, made: 200 };
const MONITOR_GROUP: Place = Place { kind: ThingKind::MonitorGroup, levels: &GROUP_LEVELS, made: 200 };
const VAULT_SECTION: Place =
    Place { kind: ThingKind::VaultSection, levels: &["ViewVaultSection", "ChangeVaultSection"], made: 201 };
const INTEGRATION: Place =
    Place { kind: ThingKind::Integration, levels: &["UseIntegration", "EditIntegration"], made: 200 };
const ALERT: Place = Place { kind: ThingKind::AlertDefinition, levels: &["EditAlertDefinition"], made: 200 };
const STATUS_PAGE: Place =
    Place { kind: ThingKind::PublicStatusPage, levels: &["ViewPublicDashboard"], made: 200 };

impl Place {
    const fn is_of_monitors(&self) -> bool {
        matches!(self.kind, ThingKind::Monitor | ThingKind::MonitorGroup)
    }

    /// Refuses what the account's plan has not; true when it is answered with nothing instead.
    fn planned(&self, ctx: &Ctx<'_>, reads: bool) -> Result<bool, Refusal> {
        if !self.is_of_monitors() {
            return Ok(false);
        }
        let refused = |status| {
            let message = "Monitor permissions are not available for this account.".to_owned();
            Err(Refusal::Messages(status, vec![message]))
        };
        match ctx.quirks.monitor_permissions {
            MonitorPermissions::Yes => Ok(false),
            MonitorPermissions::BadRequest => refused(400),
            MonitorPermissions::Forbidden => refused(403),
            MonitorPermissions::Empty if reads => Ok(true),
            MonitorPermissions::Empty => refused(400),
        }
    }

    /// What the address names, if the caller may look at its grants.
    fn found(&self, ctx: &Ctx<'_>) -> Result<Thing, Refusal> {
        let found = ctx.thing(self.kind, 0)?;
        if self.kind == ThingKind::VaultSection && !reports::views(ctx, found.seq)? {
            return Err(Refusal::no_such(self.kind));
        }
        let utmost = self.levels.get(self.levels.len().min(3) - 1).copied().unwrap_or_default();
        if may_share(ctx, self.kind, found.seq, utmost)? {
            return Ok(found);
        }
        Err(Refusal::forbidden("You do not have sufficient rights for this operation."))
    }

    fn list(&self, ctx: &Ctx<'_>) -> Outcome {
        if self.planned(ctx, true)? {
            return Ok(Answer::ok(Vec::<Value>::new()));
        }
        let found = self.found(ctx)?;
        let mut rows: Vec<Value> =
            grants_of(ctx.conn, found.seq)?.iter().map(|grant| self.shown(grant)).collect();
        if ctx.quirks.unknown_values
            && let Some(Value::Object(row)) = rows.first().cloned()
        {
            let mut row: Map<String, Value> = row;
            row.insert("AuthorizationId".to_owned(), json!(found.id));
            row.insert("AuthorizationType".to_owned(), json!("Admire"));
            rows.push(Value::Object(row));
        }
        Ok(Answer::ok(rows))
    }

    fn shown(&self, grant: &Grant) -> Value {
        let holder = if grant.to_group { "OperatorGroupGuid" } else { "OperatorGuid" };
        json!({ "AuthorizationId": grant.id, "AuthorizationType": grant.kind, holder: grant.holder })
    }

    fn add(&self, ctx: &Ctx<'_>) -> Outcome {
        self.planned(ctx, false)?;
        let found = self.found(ctx)?;
        let body = ctx.object()?;
        let wanted = text(body, "AuthorizationType")?.unwrap_or_default();
        let top = self.levels.iter().position(|own| *own == wanted);
        let top = top.ok_or_else(|| Refusal::bad(format!("The value '{wanted}' is not valid.")))?;
        let holder = match (text(body, "OperatorGuid")?, text(body, "OperatorGroupGuid")?) {
            (Some(guid), None) => ctx.named(ThingKind::Operator, guid)?,
            (None, Some(guid)) => ctx.named(ThingKind::OperatorGroup, guid)?,
            (Some(_), Some(_)) | (None, None) => {
                return Err(Refusal::bad("Exactly one of OperatorGuid and OperatorGroupGuid is required."));
            }
        };
        if !Seen::by(ctx)?.has(holder.seq) {
            return Err(Refusal::missing("operator or operator group"));
        }
        let levels = self.levels.get(..=top).unwrap_or_default();
        for level in levels {
            give(ctx.conn, &ctx.tenant.new_id(), (found.seq, level, holder.seq), false)?;
        }
        let all = grants_of(ctx.conn, found.seq)?;
        let own = all.iter().filter(|own| own.holder == holder.id && levels.contains(&own.kind.as_str()));
        let rows: Vec<Value> = own.map(|grant| self.shown(grant)).collect();
        Ok(Answer::Json(self.made, Value::Array(rows).to_string()))
    }

    fn remove(&self, ctx: &Ctx<'_>) -> Outcome {
        self.planned(ctx, false)?;
        let found = self.found(ctx)?;
        match take_back(ctx.conn, found.seq, &ctx.param(1).to_lowercase())? {
            Some(true) => Ok(Answer::Nothing),
            Some(false) => Err(Refusal::bad("Administrators cannot lose this authorization.")),
            None => Err(Refusal::missing("authorization")),
        }
    }
}

/// `GET /Monitor/{monitorGuid}/Authorizations`.
pub fn of_monitor(ctx: &Ctx<'_>) -> Outcome {
    MONITOR.list(ctx)
}

/// `POST /Monitor/{monitorGuid}/Authorizations`.
pub fn add_to_monitor(ctx: &Ctx<'_>) -> Outcome {
    MONITOR.add(ctx)
}

/// `DELETE /Monitor/{monitorGuid}/Authorizations/{authorizationGuid}`.
pub fn remove_from_monitor(ctx: &Ctx<'_>) -> Outcome {
    MONITOR.remove(ctx)
}

/// `GET /MonitorGroup/{monitorGroupGuid}/Authorizations`.
pub fn of_monitor_group(ctx: &Ctx<'_>) -> Outcome {
    MONITOR_GROUP.list(ctx)
}

/// `POST /MonitorGroup/{monitorGroupGuid}/Authorizations`.
pub fn add_to_monitor_group(ctx: &Ctx<'_>) -> Outcome {
    MONITOR_GROUP.add(ctx)
}

/// `DELETE /MonitorGroup/{monitorGroupGuid}/Authorizations/{authorizationGuid}`.
pub fn remove_from_monitor_group(ctx: &Ctx<'_>) -> Outcome {
    MONITOR_GROUP.remove(ctx)
}

/// `GET /VaultSection/{vaultSectionGuid}/Authorization`.
pub fn of_vault_section(ctx: &Ctx<'_>) -> Outcome {
    VAULT_SECTION.list(ctx)
}

/// `POST /VaultSection/{vaultSectionGuid}/Authorization`.
pub fn add_to_vault_section(ctx: &Ctx<'_>) -> Outcome {
    VAULT_SECTION.add(ctx)
}

/// `DELETE /VaultSection/{vaultSectionGuid}/Authorization/{authorizationGuid}`.
pub fn remove_from_vault_section(ctx: &Ctx<'_>) -> Outcome {
    VAULT_SECTION.remove(ctx)
}

/// `GET /Integration/{integrationGuid}/Authorizations`.
pub fn of_integration(ctx: &Ctx<'_>) -> Outcome {
    INTEGRATION.list(ctx)
}

/// `POST /Integration/{integrationGuid}/Authorizations`.
pub fn add_to_integration(ctx: &Ctx<'_>) -> Outcome {
    INTEGRATION.add(ctx)
}

/// `DELETE /Integration/{integrationGuid}/Authorizations/{authorizationGuid}`.
pub fn remove_from_integration(ctx: &Ctx<'_>) -> Outcome {
    INTEGRATION.remove(ctx)
}

/// `GET /AlertDefinition/{alertDefinitionGuid}/Authorizations`.
pub fn of_alert(ctx: &Ctx<'_>) -> Outcome {
    ALERT.list(ctx)
}

/// `POST /AlertDefinition/{alertDefinitionGuid}/Authorizations`.
pub fn add_to_alert(ctx: &Ctx<'_>) -> Outcome {
    ALERT.add(ctx)
}

/// `DELETE /AlertDefinition/{alertDefinitionGuid}/Authorizations/{authorizationGuid}`.
pub fn remove_from_alert(ctx: &Ctx<'_>) -> Outcome {
    ALERT.remove(ctx)
}

/// `GET /PublicStatusPage/{publicStatusPageGuid}/Authorization`.
pub fn of_status_page(ctx: &Ctx<'_>) -> Outcome {
    STATUS_PAGE.list(ctx)
}

/// `POST /PublicStatusPage/{publicStatusPageGuid}/Authorization`.
pub fn add_to_status_page(ctx: &Ctx<'_>) -> Outcome {
    STATUS_PAGE.add(ctx)
}

/// `DELETE /PublicStatusPage/{publicStatusPageGuid}/Authorization/{authorizationGuid}`.
pub fn remove_from_status_page(ctx: &Ctx<'_>) -> Outcome {
    STATUS_PAGE.remove(ctx)
}
