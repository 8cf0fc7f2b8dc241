//! The contract with the window: one `…Request` and one `…View` a command, the error that crosses, the events, and the
//! one list of commands from which bindings, permissions and handlers are checked.

mod account;
mod app;
mod application;
mod bulk;
mod change;
mod contract;
mod depth;
mod directory;
mod error;
mod event;
mod export;
mod filter;
mod group;
mod history;
mod hub;
mod import;
mod invitation;
mod past;
mod role;
mod sync;
mod token;

pub use account::*;
pub use app::*;
pub use application::*;
pub use bulk::*;
pub use change::*;
pub use contract::{COMMAND_NAMES, bindings};
pub use depth::*;
pub use directory::*;
pub use error::{CommandError, ErrorAction, ErrorCode};
pub use event::{EVENT_NAME, HubEvent};
pub use export::*;
pub use filter::*;
pub use group::*;
pub use history::*;
pub use hub::*;
pub use import::*;
pub use invitation::*;
pub use past::*;
pub use role::*;
pub use sync::*;
pub use token::*;
