//! Commands of the window are permitted one by one: Tauri allows every command to everybody until they are listed.
//! The capability file is that list, so that it cannot differ from what is granted.

#![expect(clippy::expect_used, reason = "a build script answers to the developer at the screen")]

fn main() {
    let file = "capabilities/main.json";
    println!("cargo::rerun-if-changed={file}");
    let capability = std::fs::read_to_string(file).expect("the capability file is readable");
    let capability: serde_json::Value =
        serde_json::from_str(&capability).expect("the capability file is JSON");
    let commands: Vec<&str> = capability
        .get("permissions")
        .and_then(serde_json::Value::as_array)
        .expect("the capability file has permissions")
        .iter()
        // Permissions of Tauri and its plugins have a colon in their names.
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| &*name.replace('-', "_").leak())
        .collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri-build succeeds");
}
