//! The sample account of a monitoring team, which a newcomer opens without a credential: 40 operators of many countries
//! in 12 groups, one of them empty; 300 monitors, most of them in production; API users in every state; nights, weekends and
//! vacations off duty.

mod duty;
mod estate;
mod evolve;
mod plan;
mod team;

pub use evolve::evolve;
pub use plan::{Plan, plan};

use super::refusal::Refusal;
use super::state::UptrendsState;
use super::store::{ThingKind, count_things};
use crate::rng::Rng;
use crate::store::Db;
use crate::{Credential, SandboxError, Secret, TenantOptions, UptrendsQuirks};
use team::Site;

/// The sample account of the Uptrends dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UptrendsSample {
    /// Name in the address.
    pub slug: String,
    /// For a person.
    pub name: String,
    /// BCP 47 tag of the language of its names.
    pub language: String,
    /// `UserName` of the API user that a client signs in with.
    pub user_name: String,
}

impl UptrendsSample {
    /// What to start it with; a client signs in with [`UptrendsSample::user_name`] and this password.
    pub fn options(&self, password: Secret) -> TenantOptions {
        let quirks =
            UptrendsQuirks { operator_limit: Some(50), single_signon: true, ..UptrendsQuirks::default() };
        let credential = Credential::Basic { user: self.user_name.clone(), password };
        TenantOptions::uptrends(&self.slug, quirks).credential(credential)
    }
}

/// The sample account of the Uptrends dialect.
///
/// # Errors
/// Never, unless the program was built from broken data.
pub fn uptrends_sample() -> Result<UptrendsSample, SandboxError> {
    let Plan { slug, name, language, user_name, .. } = plan()?;
    Ok(UptrendsSample { slug, name, language, user_name })
}

/// Fills the tenant unless somebody is there already besides the account administrator. People are the same in every run;
/// times count back from now.
pub fn seed(db: &mut Db, tenant: i64, own: &UptrendsState, plan: &Plan) -> Result<(), Refusal> {
    if count_things(&db.conn, tenant, ThingKind::Operator)? > 1 {
        return Ok(());
    }
    let mut rng = Rng::for_text(plan.seed, &plan.slug);
    let tx = db.conn.transaction()?;
    let site = Site { conn: &tx, tenant, now: own.now_ms(), timezone_id: own.quirks().timezone_id };
    let team = team::build(&site, plan, &mut rng)?;
    estate::build(&site, plan, &team, &mut rng)?;
    Ok(tx.commit()?)
}
