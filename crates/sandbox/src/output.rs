//! What the program says on a terminal.

use std::io::Write;

use rollcall_sandbox::{
    Fault, FaultRule, Framing, Kind, LogtoQuirks, Moment, Mutation, Quirks, RetryAfter, Sandbox, Secret,
    UptrendsQuirks, When, logto_sample, uptrends_sample,
};
use serde_json::Value;

use crate::cli::Failure;

/// Says where the tenants are and how to sign in to them. `token` is shown when it was made here.
pub async fn introduce(sandbox: &Sandbox, token: Option<&Secret>, admin_made: bool) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    writeln!(out, "Rollcall sandbox on {} (this machine only)\n", sandbox.origin())?;
    for slug in sandbox.tenants() {
        let tenant = sandbox.tenant(&slug)?;
        let (users, groups) = (tenant.count(Kind::User).await?, tenant.count(Kind::Group).await?);
        writeln!(out, "  {}   {users} users, {groups} groups", tenant.base_url())?;
    }
    sign_in(&mut out, sandbox, token)?;
    if admin_made {
        writeln!(
            out,
            "\nAdmin token for {}/_sandbox/   {}",
            sandbox.origin(),
            sandbox.admin_token().expose()
        )?;
    }
    writeln!(out, "\nCtrl+C stops it.")?;
    Ok(())
}

fn sign_in(out: &mut impl Write, sandbox: &Sandbox, token: Option<&Secret>) -> Result<(), Failure> {
    let shown = token.map_or("the one you gave", Secret::expose);
    let tenants = sandbox.tenants();
    let (mut logto, mut uptrends, mut scim) = (Vec::new(), Vec::new(), false);
    for slug in &tenants {
        let tenant = sandbox.tenant(slug)?;
        if tenant.logto_quirks().is_some() {
            logto.push(slug);
        } else if tenant.uptrends_quirks().is_some() {
            uptrends.push(slug);
        } else {
            scim = true;
        }
    }
    if scim {
        writeln!(out, "\nSign in to SCIM with\n  bearer token   {shown}")?;
        writeln!(out, "  basic          user sandbox, the token as password")?;
        let place = sandbox.token_url("{tenant}");
        writeln!(out, "  OAuth          client sandbox, the token as secret, at {place}")?;
    }
    if !uptrends.is_empty() {
        writeln!(out, "\nSign in to Uptrends with the password {shown} and")?;
    }
    for slug in uptrends {
        let sample = uptrends_sample()?;
        let user = if *slug == sample.slug { sample.user_name.as_str() } else { "sandbox" };
        writeln!(out, "  {slug}   API user {user}")?;
    }
    if logto.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSign in to Logto with the secret {shown} and")?;
    let sample = logto_sample()?;
    for slug in logto {
        let application = if *slug == sample.slug { sample.application.as_str() } else { "sandbox" };
        writeln!(out, "  {slug}   application {application}, at {}", sandbox.token_url(slug))?;
    }
    Ok(())
}

/// Every quirk with its normal value.
pub fn quirks() -> Result<(), Failure> {
    let mut out = std::io::stdout();
    if let Value::Object(all) = serde_json::to_value(Quirks::default())? {
        for (name, value) in all {
            writeln!(out, "{name}={value}{}", others(&name))?;
        }
    }
    writeln!(out, "\nWith --logto:")?;
    if let Value::Object(all) = serde_json::to_value(LogtoQuirks::default())? {
        for (name, value) in all {
            writeln!(out, "{name}={value}{}", others(&name))?;
        }
    }
    writeln!(out, "\nWith --uptrends:")?;
    if let Value::Object(all) = serde_json::to_value(UptrendsQuirks::default())? {
        for (name, value) in all {
            writeln!(out, "{name}={value}{}", others(&name))?;
        }
    }
    Ok(())
}

/// What else a quirk can be.
fn others(name: &str) -> &'static str {
    match name {
        "order" => "   or byId, randomPerRequest",
        "pageCut" => "   or random, {\"at\":7}",
        "total" => "   or cappedByPage, missing, {\"offBy\":-1}",
        "countZero" => "   or everything, totalZero",
        "cursor" => "   or on, only",
        "serviceProviderConfig" => "   or missing, forbidden, html, wrongTypes, boasting",
        "ties" => "   or stable",
        "tokenSeconds" | "tokenRequests" => "   or a number",
        "rateLimit" => "   or {\"burst\":200,\"perSecond\":20}",
        "apiUsers" => "   or missing, forbidden",
        "apiUserNames" => "   or second, third, fourth, unrecognised",
        "monitorPermissions" => "   or badRequest, forbidden, empty",
        "operatorLimit" => "   or null, 0, -1 for none",
        "seeOperators" => "   or ownGroups",
        "ownerStatus" => "   or 403",
        "sort" | "filter" => "   or ignored, refused",
        _ => "",
    }
}

/// An example of every fault.
pub fn faults() -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let status = |status, retry_after| Fault::Status { status, retry_after, after_work: false };
    let users = |fault| FaultRule::always(fault).path("/Users");
    let examples = [
        users(Fault::Latency { milliseconds: 500 }),
        users(status(401, None)).when(When::From(5)),
        users(status(429, Some(RetryAfter::Seconds(2)))).when(When::Every(3)),
        users(status(429, Some(RetryAfter::DateIn(2)))).when(When::First(1)),
        users(status(503, None)).when(When::Chance { probability: 0.1, seed: 1 }),
        users(Fault::Html { status: 200, after_work: false }).when(When::Nth(2)),
        users(Fault::CutBody { framing: Framing::Length, percent: 50 }),
        users(Fault::CutBody { framing: Framing::Chunked, percent: 50 }),
        users(Fault::CutJson),
        users(Fault::Drop { moment: Moment::BeforeWork }).method("PATCH"),
        users(Fault::Drop { moment: Moment::BeforeHeaders }),
        users(Fault::Drop { moment: Moment::AfterHeaders }),
        users(Fault::Stall),
        users(Fault::HugeBody { mebibytes: 500 }),
        users(Fault::Redirect { status: 307, to: "https://elsewhere.example/".to_owned() }),
        users(Fault::Mutate(Mutation { creates: 1, deletes: 1, renames: 1, moves: 1, seed: 7 })),
    ];
    for example in examples {
        writeln!(out, "{}", serde_json::to_string(&example)?)?;
    }
    Ok(())
}
