//! Dependencies point down. Reads the sources and names every line that reaches where it must not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

/// Module of the core, and the modules it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("clock.rs", &["model"]),
    ("data_folder.rs", &[]),
    ("files.rs", &["api"]),
    ("api", &["model", "remote", "Error"]),
    ("error.rs", &["api", "model", "remote", "secrets", "store"]),
    ("secrets", &["api", "model"]),
    ("remote", &["api", "clock", "model"]),
    ("store", &["api", "model", "secrets", "Error"]),
    ("query", &["api", "model", "store"]),
    ("roster", &["api", "clock", "error", "files", "model", "remote", "store", "Error"]),
    ("api_users", &["api", "files", "model", "roster", "store"]),
    ("changes", &["api", "clock", "files", "model", "remote", "roster", "store", "Error"]),
    ("sync", &["clock", "model", "remote", "store", "Error"]),
    (
        "hub",
        &[
            "api",
            "api_users",
            "changes",
            "clock",
            "error",
            "files",
            "model",
            "query",
            "remote",
            "roster",
            "secrets",
            "store",
            "sync",
            "Error",
        ],
    ),
];

/// A name that only the files under one of these paths may use.
const CONFINED: &[(&str, &[&str])] = &[
    ("keyring_core", &["crates/core/src/secrets/keychain.rs"]),
    ("reqwest", &["crates/core/src/remote/"]),
    ("jiff::Timestamp::now", &["crates/core/src/clock.rs", "crates/sandbox/", "tests/"]),
    ("@tauri-apps/", &["ui/src/lib/backend/tauri.ts", "ui/package.json", "ui/src/testing/"]),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_path_buf()
}

/// Files below `folder` with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The code of a file: no comments, and nothing from its inline tests on.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"))
        .enumerate()
        .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or_default().to_owned()))
        .collect()
}

/// The modules that a line names after `crate::`.
fn named(line: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with(is_name))
        .map(|(at, found)| {
            let rest = &line[at + found.len()..];
            rest.split(|c| !is_name(c)).next().unwrap_or_default()
        })
        .collect()
}

/// The forbidden edges of one file of `module`.
fn forbidden(module: &str, allowed: &[&str], path: &Path) -> Vec<String> {
    let own = module.trim_end_matches(".rs");
    let mut edges = Vec::new();
    for (number, line) in code(path) {
        for name in named(&line) {
            if name != own && !name.is_empty() && !allowed.contains(&name) {
                edges.push(format!("{}:{number}: {own} names {name}: {}", path.display(), line.trim()));
            }
        }
    }
    edges
}

#[test]
fn every_module_of_the_core_names_only_what_is_below_it() {
    let core = repository().join("crates/core/src");
    let mut edges = Vec::new();
    for (module, allowed) in LAYERS {
        let place = core.join(module);
        let files = if place.is_dir() { files(&place, &["rs"]) } else { vec![place] };
        assert!(!files.is_empty(), "{module} has no files");
        edges.extend(files.iter().flat_map(|file| forbidden(module, allowed, file)));
    }
    assert!(edges.is_empty(), "forbidden edges:\n{}", edges.join("\n"));
}

#[test]
fn every_module_of_the_core_has_its_layer() {
    let core = repository().join("crates/core/src");
    for entry in std::fs::read_dir(core).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name == "lib.rs" || LAYERS.iter().any(|(module, _)| *module == name);
        assert!(known, "{name} has no layer");
    }
}

#[test]
fn names_that_belong_to_one_place_stay_there() {
    let root = repository();
    let mut strays = Vec::new();
    let sources = ["crates/core/src", "crates/sandbox/src", "src-tauri/src", "ui/src"];
    for path in sources.iter().flat_map(|folder| files(&root.join(folder), &["rs", "ts", "svelte"])) {
        let shown = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        for (name, places) in CONFINED {
            if places.iter().any(|place| shown.starts_with(place)) {
                continue;
            }
            for (number, line) in code(&path) {
                if line.contains(name) {
                    strays.push(format!("{shown}:{number}: {name}"));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn core_and_sandbox_do_not_know_each_other() {
    for (package, other) in [("core", "rollcall-sandbox"), ("sandbox", "rollcall-core")] {
        let manifest = repository().join("crates").join(package).join("Cargo.toml");
        let text = std::fs::read_to_string(manifest).unwrap();
        assert!(!text.contains(other), "{package} depends on {other}");
    }
}

#[test]
fn a_forbidden_edge_would_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.rs");
    std::fs::write(
        &file,
        "// crate::store in a comment\nuse crate::store::Store;\nfn f() { crate::model::fold(\"\"); }\n",
    )
    .unwrap();
    let edges = forbidden("remote", &["model"], &file);
    assert_eq!(edges.len(), 1, "{edges:?}");
    assert!(edges.iter().all(|edge| edge.contains(":2: remote names store")), "{edges:?}");
}
