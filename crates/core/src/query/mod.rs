//! Read models of the screens: what a list, a card or a page shows, from the mirror alone.
//!
//! Every function is synchronous, takes a connection and writes nothing. Lists of users and groups come from an index
//! in memory ([`UserIndexCache`]), because a sorted window over any substring search of a million users must be there
//! within a frame; everything else is plain SQL on indexed columns.

mod accounts;
mod applications;
mod complete;
mod depth;
mod duty;
mod edges;
pub mod export;
mod facets;
mod figures;
mod filter;
mod groups;
mod history;
mod hub;
mod invitations;
mod invited;
pub mod lists;
mod log;
mod page;
mod palette;
mod past;
mod recipients;
mod rights;
mod roles;
mod runs;
mod saved_filters;
mod tally;
mod tokens;
mod traces;
mod user;
mod users;
mod watch;

pub use accounts::{StoredAccount, capabilities_of, forget_preview, stored_account, stored_accounts};
pub use applications::{get_application, query_applications};
pub use complete::complete_filter;
pub use duty::get_duty;
pub use facets::get_facets;
pub use filter::{Filter, FilterError, Span};
pub use groups::{get_group, query_groups};
pub use history::query_history;
pub use hub::get_hub;
pub use invitations::query_invitations;
pub use log::query_log;
pub use page::MAX_ROWS;
pub use palette::search_palette;
pub use past::{PastCache, ReadUser, compare, get_past_user, query_past_users};
pub use recipients::{Silenced, get_reaching, get_recipients, reaching_nobody_else};
pub use rights::{
    Going, get_group_rights, get_resource, get_user_rights, list_findings, query_access, query_resources,
    seen_by_nobody_else, still_held,
};
pub use roles::{get_role, get_role_matrix, list_permissions, query_roles};
pub use runs::{get_run, query_receipts, query_runs};
pub use saved_filters::{list_saved_filters, seen_now};
pub use tokens::{get_token_calendar, list_due_notices, query_token_owners, query_tokens};
pub use traces::{Trace, traces};
pub use user::get_user;
pub use users::{UserIndexCache, query_users};

#[cfg(test)]
mod plans;
