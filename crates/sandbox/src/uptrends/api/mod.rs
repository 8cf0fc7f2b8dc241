//! The endpoints, by what they are about.

pub mod account;
pub mod alerts;
pub mod api_users;
pub mod duty;
pub mod grants;
pub mod group_duty;
pub mod groups;
pub mod members;
pub mod monitor_groups;
pub mod monitors;
pub mod operator_form;
pub mod operator_rights;
pub mod operator_rules;
pub mod operators;
pub mod period;
pub mod register;
pub mod reports;
pub mod seen;
