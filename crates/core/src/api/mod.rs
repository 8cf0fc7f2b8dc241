//! The contract with the window: one `…Request` and one `…View` a command, the error that crosses, the events, and the
//! one list of commands from which bindings, permissions and handlers are checked.

mod account;
mod app;
mod change;
mod contract;
mod depth;
mod directory;
mod error;
mod event;
mod filter;
mod group;
mod history;
mod hub;
mod invitation;
mod role;
mod sync;

pub use account::*;
pub use app::*;
pub use change::*;
pub use contract::{COMMAND_NAMES, bindings};
pub use depth::*;
pub use directory::*;
pub use error::{CommandError, ErrorAction, ErrorCode};
pub use event::{EVENT_NAME, HubEvent};
pub use filter::*;
pub use group::*;
pub use history::*;
pub use hub::*;
pub use invitation::*;
pub use role::*;
pub use sync::*;
