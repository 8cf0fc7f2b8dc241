//! E-mails of a Logto tenant. None leaves the computer: who would have got what is written down, and the limits are those
//! of the real one.

use serde_json::Value;

use super::call::Ctx;
use super::quirks::MailConnector;
use super::refusal::Refusal;
use crate::state::lock;

/// So many e-mails one person gets in [`WINDOW`].
const MOST: usize = 10;
/// Ten minutes in milliseconds.
const WINDOW: i64 = 600_000;

/// An e-mail that went out.
#[derive(Clone, Debug, PartialEq)]
pub struct LogtoMail {
    /// When, in milliseconds by the tenant's clock.
    pub at: i64,
    /// To whom.
    pub to: String,
    /// What the template got: `link`, and whatever else there was.
    pub payload: Value,
}

/// Sends an e-mail, or says why not.
///
/// # Errors
/// No connector, too many for this person, a connector that fails.
pub fn send(ctx: &Ctx<'_>, to: &str, payload: &Value) -> Result<(), Refusal> {
    let Some(own) = &ctx.tenant.logto else { return Ok(()) };
    match own.quirks().mail {
        MailConnector::Missing => return Err(Refusal::new(501, "connector.not_found")),
        MailConnector::Fails => {
            return Err(Refusal::about(
                400,
                "connector.general",
                "451 4.3.0 Mail server temporarily rejected",
            ));
        }
        MailConnector::Works => {}
    }
    let mut mails = lock(&own.mails);
    let recent = |mail: &&LogtoMail| mail.to.eq_ignore_ascii_case(to) && mail.at > ctx.now - WINDOW;
    if mails.iter().filter(recent).count() >= MOST {
        return Err(Refusal::new(429, "request.message_rate_limited"));
    }
    mails.push(LogtoMail { at: ctx.now, to: to.to_owned(), payload: payload.clone() });
    Ok(())
}
