//! A window with an empty page: what the start of the real one is measured against.

fn main() -> tauri::Result<()> {
    let context = tauri::generate_context!("examples/empty_window/tauri.conf.json");
    tauri::Builder::default().build(context)?.run(|_, _| {});
    Ok(())
}
