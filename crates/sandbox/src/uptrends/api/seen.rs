//! What a caller may see, who has exactly the rights of its operator.

use std::collections::{BTreeMap, BTreeSet};

use crate::uptrends::call::Ctx;
use crate::uptrends::quirks::SeeOperators;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{Built, Edge, ThingKind, edges_from, edges_to, held, monitor_grants};

/// What an operator may do with a monitor, in rising order; each includes those before it.
pub const MONITOR_LEVELS: [&str; 3] = ["ViewMonitorData", "ViewMonitor", "EditMonitor"];
/// The same on all monitors of a group.
pub const GROUP_LEVELS: [&str; 4] = [
    "ViewMonitorDataInGroup",
    "ViewMonitorsInGroup",
    "EditMonitorsInGroup",
    "CreateAndDeleteMonitorsInGroup",
];

/// The operators and groups that a caller sees.
pub enum Seen {
    /// All.
    Everything,
    /// Those with these numbers.
    Only(BTreeSet<i64>),
}

impl Seen {
    /// By this caller.
    pub fn by(ctx: &Ctx<'_>) -> Result<Self, Refusal> {
        if ctx.caller.administrator || ctx.quirks.see_operators == SeeOperators::Everyone {
            return Ok(Self::Everything);
        }
        let mut seen = BTreeSet::from([ctx.caller.operator, ctx.caller.everyone]);
        for group in edges_to(ctx.conn, Edge::Member, ctx.caller.operator)? {
            seen.insert(group);
            seen.extend(edges_from(ctx.conn, Edge::Member, group)?);
        }
        Ok(Self::Only(seen))
    }

    /// Whether this operator or group is among them.
    pub fn has(&self, seq: i64) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(seen) => seen.contains(&seq),
        }
    }
}

/// What a caller may do with each monitor: 1 to see its data, 2 its settings, 3 to edit it.
pub struct MonitorLevels {
    /// With every monitor.
    base: usize,
    more: BTreeMap<i64, usize>,
    /// With the groups themselves.
    groups: BTreeMap<i64, usize>,
}

impl MonitorLevels {
    /// Of this caller.
    pub fn of(ctx: &Ctx<'_>) -> Result<Self, Refusal> {
        let mut levels = Self { base: 0, more: BTreeMap::new(), groups: BTreeMap::new() };
        if ctx.caller.administrator {
            levels.base = MONITOR_LEVELS.len();
            return Ok(levels);
        }
        for (seq, mark, kind) in monitor_grants(ctx.conn, ctx.caller.holders())? {
            if let Some(place) = MONITOR_LEVELS.iter().position(|own| *own == kind) {
                raise(&mut levels.more, seq, place + 1);
            } else if let Some(place) = GROUP_LEVELS.iter().position(|own| *own == kind) {
                let level = (place + 1).min(MONITOR_LEVELS.len());
                raise(&mut levels.groups, seq, level);
                if mark == Built::AllMonitors.mark() {
                    levels.base = levels.base.max(level);
                } else {
                    for monitor in edges_from(ctx.conn, Edge::MonitorMember, seq)? {
                        raise(&mut levels.more, monitor, level);
                    }
                }
            }
        }
        Ok(levels)
    }

    /// With this monitor; 0 for nothing.
    pub fn monitor(&self, seq: i64) -> usize {
        self.base.max(self.more.get(&seq).copied().unwrap_or(0))
    }

    /// With this group of monitors; 0 for nothing.
    pub fn group(&self, seq: i64) -> usize {
        self.base.max(self.groups.get(&seq).copied().unwrap_or(0))
    }
}

fn raise(levels: &mut BTreeMap<i64, usize>, seq: i64, level: usize) {
    let own = levels.entry(seq).or_default();
    *own = (*own).max(level);
}

/// What a caller may do with anything that is no monitor: the types of its grants.
pub fn granted(ctx: &Ctx<'_>, thing: i64) -> Result<Vec<String>, Refusal> {
    Ok(held(ctx.conn, thing, ctx.caller.holders())?)
}

/// Whether a caller may change who may do what with a thing: administrators, and who may do the utmost with it.
pub fn may_share(ctx: &Ctx<'_>, kind: ThingKind, thing: i64, utmost: &str) -> Result<bool, Refusal> {
    if ctx.caller.administrator {
        return Ok(true);
    }
    Ok(match kind {
        ThingKind::Monitor => MonitorLevels::of(ctx)?.monitor(thing) == MONITOR_LEVELS.len(),
        ThingKind::MonitorGroup => MonitorLevels::of(ctx)?.group(thing) == MONITOR_LEVELS.len(),
        ThingKind::Operator
        | ThingKind::OperatorGroup
        | ThingKind::ApiUser
        | ThingKind::VaultSection
        | ThingKind::Integration
        | ThingKind::AlertDefinition
        | ThingKind::ScheduledReport
        | ThingKind::PublicStatusPage => granted(ctx, thing)?.iter().any(|own| own == utmost),
    })
}
