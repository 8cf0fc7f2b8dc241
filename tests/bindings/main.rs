//! The contract with the window: bindings, permissions and handlers name the same commands.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_path_buf()
}

/// `UPDATE_BINDINGS=1` writes the file (`cargo xtask bindings`).
#[test]
fn the_typescript_bindings_are_those_of_the_contract() {
    let file = repository().join("ui/src/lib/backend/bindings.ts");
    let rendered = rollcall_core::api::bindings();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&file, &rendered).expect("the bindings can be written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == rendered, "ui/src/lib/backend/bindings.ts is old: run `cargo xtask bindings`");
}

/// The shell takes its handlers from the contract itself, and its permissions from the capability file.
#[test]
fn the_window_may_call_each_command_of_the_contract_and_nothing_else_of_ours() {
    let file = repository().join("src-tauri/capabilities/main.json");
    let capability = std::fs::read_to_string(&file).expect("the capability file is there");
    let capability: serde_json::Value =
        serde_json::from_str(&capability).expect("the capability file is JSON");
    let permissions = capability["permissions"].as_array().expect("a list of permissions");
    let granted: Vec<String> = permissions
        .iter()
        .filter_map(|permission| Some(permission.as_str()?.strip_prefix("allow-")?.replace('-', "_")))
        .collect();
    assert_eq!(granted, rollcall_core::api::COMMAND_NAMES, "{} and the contract differ", file.display());
}

/// Everything else that the window may do is a decision: it listens to events, shows a notification, opens encrypted pages
/// elsewhere, and lets the person choose a file, of which it learns the path.
#[test]
fn the_window_may_do_nothing_beyond_listening_notifying_opening_encrypted_pages_printing_and_choosing_a_file()
{
    let file = repository().join("src-tauri/capabilities");
    let files: Vec<_> =
        std::fs::read_dir(file).expect("the folder").map(|file| file.expect("a file").path()).collect();
    let [file] = files.as_slice() else { panic!("one capability file is expected, there are {files:?}") };
    let capability = std::fs::read_to_string(file).expect("the capability file is there");
    let capability: serde_json::Value =
        serde_json::from_str(&capability).expect("the capability file is JSON");
    let others: Vec<_> = capability["permissions"]
        .as_array()
        .expect("a list of permissions")
        .iter()
        .filter(|permission| !permission.as_str().is_some_and(|name| name.starts_with("allow-")))
        .collect();
    assert_eq!(
        serde_json::json!(others),
        serde_json::json!([
            "core:event:allow-listen",
            "core:event:allow-unlisten",
            "notification:allow-notify",
            { "identifier": "opener:allow-open-url", "allow": [{ "url": "https://*" }] },
            "dialog:allow-open",
            "core:webview:allow-print"
        ])
    );
}
