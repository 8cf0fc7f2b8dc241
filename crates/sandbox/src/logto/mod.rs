//! The dialect of Logto's Management API (release 1.42): `/{tenant}/oidc/token` and `/{tenant}/api/…`, with the oddities
//! of the real one that a client has to live with.

mod api;
mod builtin;
mod call;
mod generate;
mod inside;
mod jwt;
mod mail;
mod messages;
mod mutate;
mod paging;
mod quirks;
mod refusal;
mod routes;
mod sample;
mod search;
mod serve;
mod state;
pub mod store;
mod token;
mod user_search;
mod validate;

pub use builtin::prepare;
pub use generate::{LogtoLoad, generate};
pub use inside::{request, sign_in};
pub use mail::LogtoMail;
pub use mutate::apply as mutate;
pub use quirks::{LogtoQuirks, MailConnector, RateLimit, TieOrder};
pub use routes::{Matched, find as route};
pub use sample::{LogtoSample, evolve, logto_sample, plan as sample_plan, seed};
pub use serve::{fault_refusal, serve};
pub use state::LogtoState;
pub use store::{count, ids};
