//! The contract with the window: bindings, permissions and handlers name the same commands.

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
