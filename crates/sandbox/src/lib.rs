//! A service on loopback that speaks the dialects of the services Rollcall connects to: SCIM 2.0, Logto and Uptrends.
//!
//! It is three things at once: the sample accounts that a newcomer opens without a credential, the counterpart of the
//! automated tests, with quirks and faults on demand, and the load generator. The core talks to it over HTTP like to
//! any other service and knows nothing of it.
//!
//! ```no_run
//! # async fn example() -> Result<(), rollcall_sandbox::SandboxError> {
//! use rollcall_sandbox::{Sandbox, SandboxOptions, TenantOptions};
//!
//! let sandbox = Sandbox::start(SandboxOptions::default().tenant(TenantOptions::new("acme").bearer("…"))).await?;
//! sandbox.tenant("acme")?.generate(1_000, 20, 7).await?;
//! let address = sandbox.base_url("acme");
//! sandbox.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod admin;
mod clock;
mod error;
mod faults;
mod filter;
mod generate;
mod handler;
mod latin;
mod listener;
mod log;
mod logto;
mod mutate;
mod options;
mod quirks;
mod rng;
mod samples;
mod sandbox;
mod scim;
mod state;
mod store;
mod target;
mod tenant;
mod uptrends;

pub use clock::Clock;
pub use error::{SandboxError, ScimError};
pub use faults::{Fault, FaultRule, Framing, Moment, RetryAfter, When};
pub use log::{RequestRecord, WriteCount};
pub use logto::{
    LogtoLoad, LogtoMail, LogtoQuirks, LogtoSample, MailConnector, RateLimit, TieOrder, logto_sample,
};
pub use mutate::Mutation;
pub use options::{Credential, SandboxOptions, Secret, TenantOptions};
pub use quirks::{ConfigQuirk, CountZero, CursorMode, PageCut, Quirks, RowOrder, Support, TotalQuirk};
pub use samples::{SampleTenant, sample_tenants};
pub use sandbox::Sandbox;
pub use store::Kind;
pub use tenant::Tenant;
pub use uptrends::{
    AlertMembers, ApiUserNames, ApiUserSupport, MonitorPermissions, SeeOperators, UptrendsLoad,
    UptrendsQuirks, UptrendsSample, uptrends_sample,
};
