//! A window with an empty page: what the start of the real one is measured against.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().build(context())?.run(|_, _| {});
    Ok(())
}

/// Configuration and page, built in.
#[expect(clippy::disallowed_types, reason = "what Tauri generates has a hash map in it")]
fn context() -> tauri::Context {
    tauri::generate_context!("examples/empty_window/tauri.conf.json")
}
