//! What the service checks of an operator before it stores it. Everything that is wrong is told at once, with 403.

use serde_json::Value;

use super::account::PHONE_NUMBERS;
use super::operator_form::Form;
use crate::uptrends::call::{Ctx, is_guid};
use crate::uptrends::quirks::MonitorPermissions;
use crate::uptrends::refusal::Refusal;
use crate::uptrends::store::{ThingKind, thing_named};
use crate::uptrends::zones::Zone;

const CULTURES: [&str; 5] = ["en-US", "en-GB", "fr-FR", "de-DE", "nl-NL"];
const SMS_PROVIDERS: [&str; 5] = [
    "UseAccountSetting",
    "SmsProviderEurope",
    "SmsProviderEurope2",
    "SmsProviderUSA",
    "SmsProviderInternational",
];
const DASHBOARDS: [&str; 13] = [
    "UseAccountSpecifiedDashboard",
    "AccountOverview",
    "AlertLog",
    "AvailabilitySummary",
    "ErrorsOverview",
    "ProbeLog",
    "ProbeStatus",
    "Operations",
    "PerformanceDetails",
    "PerformanceSummary",
    "TotalTimeTable",
    "UptimePerProbe",
    "UptimeTable",
];

/// Refuses what is wrong with an operator; `own` is its number when it is there already.
pub fn check(ctx: &Ctx<'_>, form: &Form, own: Option<i64>) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    let mut unless = |fits: bool, message: &str| {
        if !fits {
            wrong.push(message.to_owned());
        }
    };
    unless(!form.shown_text("FullName").trim().is_empty(), "FullName is required.");
    let email = form.shown_text("Email");
    unless(is_email(email), "Email is not a valid e-mail address.");
    let holder = thing_named(ctx.conn, ctx.id(), ThingKind::Operator, &email.to_lowercase())?;
    unless(
        holder.is_none_or(|holder| Some(holder.seq) == own),
        "Another operator has this e-mail address already.",
    );
    let backup = form.shown_text("BackupEmail");
    unless(backup.is_empty() || is_email(backup), "BackupEmail is not a valid e-mail address.");
    unless(
        is_phone(form.shown_text("MobilePhone")),
        "MobilePhone must start with + and the country code and contain digits only.",
    );
    let provider = form.shown_text("SmsProvider");
    unless(SMS_PROVIDERS.contains(&provider), "SmsProvider is not known.");
    let dashboard = form.shown_text("DefaultDashboard");
    unless(DASHBOARDS.contains(&dashboard) || is_guid(dashboard), "DefaultDashboard is not known.");
    let culture = form.kept.get("CultureName").and_then(Value::as_str);
    unless(culture.is_none_or(|culture| CULTURES.contains(&culture)), "CultureName is not known.");
    let number = form.shown.get("OutgoingPhoneNumberId").and_then(Value::as_i64);
    unless(
        number.is_none_or(|number| PHONE_NUMBERS.iter().any(|own| own.0 == number)),
        "OutgoingPhoneNumberId is not known.",
    );
    let zone = form.shown.get("TimeZoneId").and_then(Value::as_i64);
    unless(zone.is_none_or(|zone| Zone::by_id(zone).is_some()), "TimeZoneId is not known.");
    unless(
        zone.is_none() || ctx.quirks.monitor_permissions == MonitorPermissions::Yes,
        "A time zone of one's own is an Enterprise feature.",
    );
    let on = |name: &str| form.kept.get(name).and_then(Value::as_bool);
    unless(
        ctx.quirks.single_signon || (form.native_login() && on("AllowSingleSignon") != Some(true)),
        "Single sign-on is not set up for this account.",
    );
    sign_in(form, own.is_none(), &mut unless);
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

/// The password: demanded, allowed or forbidden by how the operator comes in.
fn sign_in(form: &Form, new: bool, unless: &mut impl FnMut(bool, &str)) {
    let invited = form.kept.get("SetupMode").and_then(Value::as_str) == Some("Invitation");
    if let Some(password) = &form.password {
        unless((6..=32).contains(&password.chars().count()), "Password must be 6 to 32 characters long.");
        unless(form.native_login(), "Password must be empty when native login is not allowed.");
        unless(!(new && invited), "Password must be empty when SetupMode is Invitation.");
    } else if new && !invited {
        unless(!form.native_login(), "Password is required.");
    }
    if new && invited {
        unless(form.native_login(), "An operator without native login cannot be invited.");
    }
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(' ')
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+');
    text.is_empty()
        || digits.is_some_and(|digits| digits.len() > 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
