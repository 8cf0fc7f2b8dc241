//! Where things are in this repository, as cargo itself tells it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The repository and what cargo knows of it.
#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    /// Where cargo builds: `target`, unless the person moved it.
    pub target: PathBuf,
    /// Names of all integration tests, sorted.
    pub tests: Vec<String>,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// Cargo cannot read the workspace; its own message is in the error.
    pub fn find() -> Result<Self> {
        let mut command = process::cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") {
            command.current_dir(folder);
        }
        Self::parse(&process::output(&mut command)?)
    }

    fn parse(metadata: &str) -> Result<Self> {
        let metadata: Value = serde_json::from_str(metadata).context("the answer of `cargo metadata`")?;
        let folder = |key: &str| {
            metadata.get(key).and_then(Value::as_str).map(PathBuf::from).with_context(|| format!("no {key}"))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            tests: test_names(&metadata),
        })
    }

    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// A program that cargo built.
    pub fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Where this program keeps its own things: environments, reports.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A path as seen from the root, for messages.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

fn test_names(metadata: &Value) -> Vec<String> {
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut names = Vec::new();
    for target in list(metadata, "packages").iter().flat_map(|package| list(package, "targets")) {
        let is_test = list(&target, "kind").iter().any(|kind| kind == "test");
        if let (true, Some(name)) = (is_test, target.get("name").and_then(Value::as_str)) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"{
        "workspace_root": "/w", "target_directory": "/t",
        "packages": [
            {"name": "a", "targets": [{"name": "a", "kind": ["lib"]}, {"name": "sync", "kind": ["test"]}]},
            {"name": "b", "targets": [{"name": "b", "kind": ["bin"]}, {"name": "e2e", "kind": ["test"]}]}
        ]
    }"#;

    #[test]
    fn integration_tests_are_found_in_every_package() {
        let workspace = Workspace::parse(METADATA).unwrap();
        assert_eq!(workspace.tests, ["e2e", "sync"]);
        assert_eq!(workspace.target, Path::new("/t"));
    }

    #[test]
    fn metadata_without_a_target_folder_is_an_error_and_not_a_guess() {
        let error = Workspace::parse(r#"{"workspace_root": "/w"}"#).unwrap_err();
        assert_eq!(error.to_string(), "no target_directory");
    }

    #[test]
    fn a_path_outside_the_repository_is_shown_whole() {
        let workspace = Workspace::parse(METADATA).unwrap();
        assert_eq!(workspace.shown(Path::new("/w/ui/dist")), "ui/dist");
        assert_eq!(workspace.shown(Path::new("/t/debug")), "/t/debug");
    }
}
