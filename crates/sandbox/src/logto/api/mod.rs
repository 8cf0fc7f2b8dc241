//! The endpoints, one file for each kind of thing.

pub mod applications;
pub mod dashboard;
pub mod identities;
pub mod invitations;
pub mod logs;
pub mod members;
pub mod organizations;
pub mod resources;
pub mod roles;
pub mod sessions;
pub mod shared;
pub mod system;
pub mod template;
pub mod tokens;
pub mod user_form;
pub mod user_roles;
pub mod user_view;
pub mod users;
