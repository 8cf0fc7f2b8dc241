//! The sample account of an identity team, which a newcomer opens without a credential: people of three languages,
//! organisations, roles, tokens in every state, invitations, and a log with failed sign-ins.

mod belongings;
mod estate;
mod evolve;
mod people;
mod plan;

pub use evolve::evolve;
pub use plan::{Plan, plan};

use belongings::{hand_out, sign_in};
use estate::{Site, build};
use people::{Person, everybody};

use super::api::logs::entry;
use super::refusal::Refusal;
use super::store::{insert_log, insert_user, user_count};
use crate::rng::Rng;
use crate::store::Db;
use crate::{Clock, Credential, LogtoQuirks, MailConnector, SandboxError, Secret, TenantOptions};

const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const MIXED: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DAY: i64 = 24 * 3_600_000;
/// The application of the sample that a client signs in with.
const APPLICATION: &str = "rollcall0sample000001";

/// The sample account of the Logto dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogtoSample {
    /// Name in the address.
    pub slug: String,
    /// For a person.
    pub name: String,
    /// BCP 47 tag of the language of its names.
    pub language: String,
    /// The id of the application that a client signs in with.
    pub application: String,
}

impl LogtoSample {
    /// What to start it with; a client signs in with [`LogtoSample::application`] and this secret.
    pub fn options(&self, secret: Secret) -> TenantOptions {
        let credential =
            Credential::OAuthClient { id: self.application.clone(), secret, token_seconds: 3600 };
        // In the samples whatever would be sent is only written down.
        let quirks = LogtoQuirks { mail: MailConnector::Works, ..LogtoQuirks::default() };
        TenantOptions::logto(&self.slug, quirks).credential(credential).clock(Clock::system())
    }
}

/// The sample account of the Logto dialect.
///
/// # Errors
/// Never, unless the program was built from broken data.
pub fn logto_sample() -> Result<LogtoSample, SandboxError> {
    let Plan { slug, name, language, .. } = plan()?;
    Ok(LogtoSample { slug, name, language, application: APPLICATION.to_owned() })
}

/// Fills the tenant unless somebody is there already. People are the same in every run; times count back from `now`.
pub fn seed(db: &mut Db, tenant: i64, plan: &Plan, now: i64) -> Result<(), Refusal> {
    if user_count(&db.conn, tenant)? > 0 {
        return Ok(());
    }
    let mut rng = Rng::for_text(plan.seed, "estate");
    let tx = db.conn.transaction()?;
    let site = Site { conn: &tx, tenant, now };
    let estate = build(&site, plan, &mut rng)?;
    let mut people = everybody(plan.seed, now).map_err(|_| Refusal::crash())?;
    for person in &mut people {
        person.user.seq = insert_user(&tx, tenant, &person.user)?;
    }
    hand_out(&site, plan, &mut rng, &estate, &people)?;
    write_log(&site, &mut rng, &people)?;
    tx.commit()?;
    db.logto.forget(tenant);
    Ok(())
}

/// The sign-ins of the last thirty days, one in six of which failed before it went well, and the nightly export's tokens.
fn write_log(site: &Site<'_>, rng: &mut Rng, people: &[Person]) -> Result<(), Refusal> {
    let seen = people.iter().filter_map(|person| Some((&person.user, person.user.last_sign_in?)));
    for (user, at) in seen.filter(|(_, at)| site.now - at < 30 * DAY) {
        if rng.chance(0.17) {
            let (key, payload) = sign_in(rng, user, true);
            insert_log(site.conn, site.tenant, &entry(rng.text(21, LOWER), key, at - 20_000, payload))?;
        }
        let (key, payload) = sign_in(rng, user, false);
        insert_log(site.conn, site.tenant, &entry(rng.text(21, LOWER), key, at, payload))?;
    }
    for night in 1..=30 {
        let payload = serde_json::json!({
            "result": "Success", "ip": "203.0.113.9", "userAgent": "export/2.1", "tokenTypes": ["AccessToken"],
            "applicationId": "export0nightly0000001", "params": { "grant_type": "client_credentials" },
        });
        let at = site.now - night * DAY;
        let log = entry(rng.text(21, LOWER), "ExchangeTokenBy.ClientCredentials", at, payload);
        insert_log(site.conn, site.tenant, &log)?;
    }
    Ok(())
}
