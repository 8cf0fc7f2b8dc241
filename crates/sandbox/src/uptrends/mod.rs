//! The dialect of the Uptrends API v4: `/{tenant}/v4/…`, with the oddities of the real one that a client has to live with.
//!
//! ```no_run
//! # async fn example() -> Result<(), rollcall_sandbox::SandboxError> {
//! use rollcall_sandbox::{
//!     ApiUserNames, Credential, Sandbox, SandboxOptions, Secret, TenantOptions, UptrendsLoad, UptrendsQuirks,
//! };
//! use serde_json::json;
//!
//! // Each `Credential::Basic` is an API user of the account administrator; its `UserName` is `user`.
//! let quirks = UptrendsQuirks { api_user_names: ApiUserNames::Second, ..UptrendsQuirks::default() };
//! let password = Secret::new("…");
//! let acme = TenantOptions::uptrends("acme", quirks).credential(Credential::Basic { user: "hub".into(), password });
//! let sandbox = Sandbox::start(SandboxOptions::default().tenant(acme)).await?;
//! let tenant = sandbox.tenant("acme")?;
//! let address = sandbox.base_url("acme"); // …/acme/v4
//! tenant.generate_uptrends(UptrendsLoad::large(7)).await?;
//!
//! // Behind the back of clients: any call, as an administrator, by its path below `/v4`. Refusals are errors.
//! let ada = json!({ "FullName": "Ada", "Email": "ada@example.com", "SetupMode": "Invitation" });
//! let ada = tenant.uptrends_request("POST", "/Operator", ada).await?;
//! // An API user with the lesser rights of an ordinary operator; the answer has `UserName` and, once, `Password`.
//! tenant.uptrends_request("POST", "/ApiUser", json!({ "OperatorGuid": ada["OperatorGuid"] })).await?;
//! // What no call can do: an operator that owns something cannot be deleted.
//! tenant.set_owned(ada["OperatorGuid"].as_str().unwrap_or_default(), Some("2 dashboards")).await?;
//! // Nor put somebody into an escalation level, here the first one of a new alert definition.
//! let ada = ada["OperatorGuid"].as_str().unwrap_or_default().to_owned();
//! tenant.set_alert("Checkout is down", [vec![ada], Vec::new(), Vec::new()]).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Tenant`](crate::Tenant) also has, as for the other dialects, `set_uptrends_quirks`, `set_clock`, `add_fault` (templates
//! as in `/Operator/{operatorGuid}`; `/Operator$` for the list alone), `requests`, `write_counts`, `mutate`, `count`, `ids`,
//! `find`, `create` and `delete`, where users are operators and groups are operator groups. The sample account:
//! [`uptrends_sample`], [`UptrendsSample::options`], then `Sandbox::seed_samples` and `Sandbox::evolve_samples`.

mod api;
mod auth;
mod built;
mod call;
mod contract;
mod generate;
mod handle;
mod inside;
mod landscape;
mod monitor;
mod mutate;
mod quirks;
mod refusal;
mod routes;
mod sample;
mod serve;
mod state;
pub mod store;
mod zones;

pub use built::prepare;
pub use generate::UptrendsLoad;
pub use mutate::apply as mutate;
pub use quirks::{
    AlertMembers, ApiUserNames, ApiUserSupport, MonitorPermissions, SeeOperators, UptrendsQuirks,
};
pub use routes::{Matched, find as route};
pub use sample::{UptrendsSample, evolve, plan as sample_plan, seed, uptrends_sample};
pub use serve::{fault_refusal, serve};
pub use state::UptrendsState;
pub use store::{count, ids};
