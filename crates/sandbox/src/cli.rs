//! The command line. Secrets are never arguments, which every user of the machine could read.

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use rollcall_sandbox::{
    Credential, FaultRule, Kind, LogtoLoad, LogtoQuirks, Quirks, Sandbox, SandboxOptions, Secret,
    TenantOptions, UptrendsLoad, UptrendsQuirks, logto_sample, sample_tenants, uptrends_sample,
};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::output;

/// Why a command failed, in words for a person.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A service on this machine that speaks SCIM 2.0, Logto or Uptrends, with invented people: for trying Rollcall, for tests, for load.
///
/// Start with `rollcall-sandbox serve --samples`, then connect to one of the addresses it prints with the token it
/// prints. It listens on 127.0.0.1 only.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  rollcall-sandbox serve --samples
      five made-up organisations on any free port
  rollcall-sandbox serve --port 8790 --tenant acme --users 100000 --groups 200 --database load.sqlite
      100,000 people, kept in a file: the next start is instant
  rollcall-sandbox serve --users 500 --quirk order=randomPerRequest --quirk maxResults=50
      a service that shuffles its list for every request (all quirks: rollcall-sandbox quirks)
  rollcall-sandbox serve --users 500 --fault '{\"path\":\"/Users\",\"when\":{\"nth\":3},\"fault\":{\"html\":{\"status\":200}}}'
      the third list request gets a page of HTML (all faults: rollcall-sandbox faults)

  rollcall-sandbox serve --logto --users 100000 --groups 60 --ties 100 --database logto.sqlite
      Logto instead of SCIM: 100,000 people, 100 to each moment of creation, in 60 organisations
  rollcall-sandbox serve --logto --users 500 --quirk tokenRequests=20 --quirk 'rateLimit={\"burst\":200,\"perSecond\":20}'
      access tokens that end after 20 requests, and the limit of Logto's cloud

  rollcall-sandbox serve --uptrends --users 2000 --groups 60 --monitors 20000 --quirk apiUserNames=second
      Uptrends: 2,000 operators with API users and off-duty periods, 20,000 monitors, other names at /ApiUser

Environment:
  ROLLCALL_SANDBOX_TOKEN         what tenants accept; without it a token is made and printed once
  ROLLCALL_SANDBOX_ADMIN_TOKEN   for /_sandbox/tenants/{tenant}/quirks, faults, requests, writes, mutate, generate";

#[derive(Subcommand)]
enum Command {
    /// Serve until Ctrl+C.
    Serve(Box<Serve>),
    /// Print every quirk with its normal value, as `--quirk name=value` takes it.
    Quirks,
    /// Print an example of every fault, as `--fault` takes it.
    Faults,
}

#[derive(Args)]
struct Serve {
    /// Port on 127.0.0.1; any free one when left out.
    #[arg(long)]
    port: Option<u16>,
    /// SQLite file that keeps everything; in memory when left out.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Name of a tenant; can be given several times. `acme` when neither this nor --samples is given.
    #[arg(long)]
    tenant: Vec<String>,
    /// Serve the sample organisations too.
    #[arg(long)]
    samples: bool,
    /// Fill each empty tenant with this many people.
    #[arg(long, default_value_t = 0)]
    users: usize,
    /// Fill each empty tenant with this many groups.
    #[arg(long, default_value_t = 0)]
    groups: usize,
    /// Seed of everything random: people, orders, faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Read the token from this file instead of the environment.
    #[arg(long)]
    token_file: Option<PathBuf>,
    /// How long OAuth tokens live, in seconds.
    #[arg(long, default_value_t = 3600)]
    token_seconds: u64,
    /// Tenants speak Logto instead of SCIM; groups are organisations then.
    #[arg(long)]
    logto: bool,
    /// Tenants speak Uptrends instead of SCIM; users are operators then.
    #[arg(long, conflicts_with = "logto")]
    uptrends: bool,
    /// How many monitors each empty tenant gets (Uptrends only); twice as many as operators when left out.
    #[arg(long)]
    monitors: Option<usize>,
    /// How many people share each moment of creation, as after a bulk import (Logto only).
    #[arg(long, default_value_t = 1)]
    ties: usize,
    /// How tenants differ from the standard, as `name=value`; can be given several times.
    #[arg(long, value_name = "NAME=VALUE")]
    quirk: Vec<String>,
    /// A fault and the requests it hits, as JSON; can be given several times.
    #[arg(long, value_name = "JSON")]
    fault: Vec<String>,
}

/// Does what the arguments say.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::Serve(options) => serve(*options).await,
        Command::Quirks => output::quirks(),
        Command::Faults => output::faults(),
    }
}

async fn serve(options: Serve) -> Result<(), Failure> {
    let (token, made) = token(&options)?;
    let admin = std::env::var("ROLLCALL_SANDBOX_ADMIN_TOKEN").ok().map(Secret::new);
    let admin_made = admin.is_none();
    let sandbox = Sandbox::start(SandboxOptions {
        database: options.database.clone(),
        port: options.port,
        admin_token: admin,
        seed: Some(options.seed),
        tenants: tenants(&options, &token)?,
    })
    .await?;
    if options.samples {
        sandbox.seed_samples().await?;
        sandbox.evolve_samples().await?;
    }
    fill(&sandbox, &options).await?;
    output::introduce(&sandbox, made.then_some(&token), admin_made).await?;
    tokio::signal::ctrl_c().await?;
    sandbox.shutdown().await;
    Ok(())
}

/// The token, and whether it was made here.
fn token(options: &Serve) -> Result<(Secret, bool), Failure> {
    if let Some(path) = &options.token_file {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("the token file {} cannot be read: {error}", path.display()))?;
        return Ok((Secret::new(text.trim()), false));
    }
    match std::env::var("ROLLCALL_SANDBOX_TOKEN") {
        Ok(token) if !token.is_empty() => Ok((Secret::new(token), false)),
        Ok(_) | Err(_) => Ok((Secret::random()?, true)),
    }
}

fn tenants(options: &Serve, token: &Secret) -> Result<Vec<TenantOptions>, Failure> {
    let mut tenants = Vec::new();
    if options.samples {
        tenants.extend(sample_tenants()?.iter().map(|sample| sample.options()));
        tenants.push(logto_sample()?.options(token.clone()));
        tenants.push(uptrends_sample()?.options(token.clone()));
    }
    let default = (!options.samples && options.tenant.is_empty()).then(|| "acme".to_owned());
    for slug in options.tenant.iter().cloned().chain(default) {
        tenants.push(if options.logto {
            TenantOptions::logto(slug, quirks::<LogtoQuirks>(&options.quirk)?)
        } else if options.uptrends {
            TenantOptions::uptrends(slug, quirks::<UptrendsQuirks>(&options.quirk)?)
        } else {
            TenantOptions::new(slug).quirks(quirks::<Quirks>(&options.quirk)?)
        });
    }
    let (user, secret) = ("sandbox".to_owned(), token.clone());
    let accepted = [
        Credential::Bearer(token.clone()),
        Credential::Basic { user: user.clone(), password: token.clone() },
        Credential::OAuthClient { id: user, secret, token_seconds: options.token_seconds },
    ];
    // The samples of Logto and Uptrends have the client that they know.
    for tenant in tenants.iter_mut().filter(|tenant| tenant.credentials.is_empty()) {
        tenant.credentials = accepted.to_vec();
    }
    Ok(tenants)
}

fn quirks<T: DeserializeOwned>(given: &[String]) -> Result<T, Failure> {
    let mut all = Map::new();
    for pair in given {
        let (name, value) =
            pair.split_once('=').ok_or_else(|| format!("--quirk takes name=value, not {pair}"))?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        all.insert(name.to_owned(), value);
    }
    serde_json::from_value(Value::Object(all))
        .map_err(|error| format!("--quirk: {error}; `rollcall-sandbox quirks` prints them all").into())
}

async fn fill(sandbox: &Sandbox, options: &Serve) -> Result<(), Failure> {
    for slug in sandbox.tenants() {
        let tenant = sandbox.tenant(&slug)?;
        for fault in &options.fault {
            let rule: FaultRule = serde_json::from_str(fault)
                .map_err(|error| format!("--fault: {error}; `rollcall-sandbox faults` prints examples"))?;
            tenant.add_fault(rule);
        }
        // An account of Uptrends has its administrator from the first day.
        let uptrends = tenant.uptrends_quirks().is_some();
        let empty = tenant.count(Kind::User).await? <= usize::from(uptrends);
        if empty && options.users + options.groups > 0 {
            if uptrends {
                tenant.generate_uptrends(uptrends_load(options)).await?;
            } else if tenant.logto_quirks().is_some() {
                tenant.generate_logto(load(options)).await?;
            } else {
                tenant.generate(options.users, options.groups, options.seed).await?;
            }
        }
    }
    Ok(())
}

fn uptrends_load(options: &Serve) -> UptrendsLoad {
    let usual = UptrendsLoad::usual(options.users, options.groups, options.seed);
    UptrendsLoad { monitors: options.monitors.unwrap_or(usual.monitors), ..usual }
}

const fn load(options: &Serve) -> LogtoLoad {
    LogtoLoad {
        users: options.users,
        organizations: options.groups,
        roles: 14,
        ties: options.ties,
        seed: options.seed,
    }
}
