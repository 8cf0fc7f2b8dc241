//! The commands of the window: each hands its request to the hub. There are no rules here, and no list either: it is
//! the contract's.

use rollcall_core::Hub;
use rollcall_core::api::*;
use tauri::State;
use tauri::ipc::Invoke;

macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $name:ident($request:ty) -> $view:ty; )+) => {
        $(
            #[tauri::command]
            async fn $name(hub: State<'_, Hub>, request: $request) -> Result<$view, CommandError> {
                hub.$name(request).await
            }
        )+

        /// Answers the commands of the contract.
        pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),+]
        }
    };
}

rollcall_core::with_commands!(commands);
