//! The commands of the window: each hands its request to the hub. There are no rules here, and no list either: it is
//! the contract's.

use std::future::Future;
use std::pin::Pin;

use rollcall_core::Hub;
use rollcall_core::api::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::Manager;
use tauri::ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody};

/// An answer under way. One type for all commands: with a type each, the machinery of a task would be in the program as often as
/// there are commands, which is megabytes.
type Answer = Pin<Box<dyn Future<Output = Result<InvokeResponseBody, InvokeError>> + Send>>;

/// Name of the one argument of each command.
const REQUEST: &str = "request";

macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $name:ident($request:ty) -> $view:ty; )+) => {
        /// Begins to answer; `None` when the contract has no such command.
        fn answer(hub: Hub, command: &str, request: &Value) -> Option<Result<Answer, InvokeError>> {
            match command {
                $(stringify!($name) => Some(read::<$request>(stringify!($name), request).map(|request| -> Answer {
                    Box::pin(async move { written(hub.$name(request).await) })
                })),)+
                _ => None,
            }
        }
    };
}

rollcall_core::with_commands!(commands);

/// Answers the commands of the contract.
pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    |Invoke { message, resolver, .. }| {
        let Some(hub) = message.webview_ref().try_state::<Hub>() else { return false };
        let request = match message.payload() {
            InvokeBody::Json(arguments) => arguments.get(REQUEST).unwrap_or(&Value::Null),
            InvokeBody::Raw(_) => &Value::Null,
        };
        match answer(hub.inner().clone(), message.command(), request) {
            Some(Ok(answer)) => resolver.respond_async_serialized(answer),
            Some(Err(error)) => resolver.invoke_error(error),
            None => return false,
        }
        true
    }
}

/// Read in place: a request may hold a credential, which is not copied about.
fn read<'de, T: Deserialize<'de>>(command: &'static str, request: &'de Value) -> Result<T, InvokeError> {
    T::deserialize(request).map_err(|error| tauri::Error::InvalidArgs(command, REQUEST, error).into())
}

fn written<T: Serialize>(answer: Result<T, CommandError>) -> Result<InvokeResponseBody, InvokeError> {
    let view = answer.map_err(InvokeError::from)?;
    serde_json::to_string(&view)
        .map(InvokeResponseBody::Json)
        .map_err(|error| tauri::Error::from(error).into())
}
