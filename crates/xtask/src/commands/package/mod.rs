//! `cargo xtask package`: the deb and the rpm, and the proof that they work.

mod check;
mod dependencies;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use super::go_to;
use crate::cli::PackageArguments;
use crate::system::{self, Purpose};
use crate::workspace::Workspace;
use crate::{node, process, say};

/// The goal for what an installation takes on disk. Bytes.
const LARGEST_INSTALLATION: u64 = 20_000_000;

/// The built packages.
#[derive(Debug)]
pub struct Packages {
    deb: PathBuf,
    rpm: PathBuf,
}

pub fn run(workspace: &Workspace, arguments: PackageArguments) -> Result<ExitCode> {
    go_to(workspace)?;
    node::check()?;
    let mut purposes = vec![Purpose::Build, Purpose::Package];
    if arguments.check {
        purposes.push(Purpose::VirtualDisplay);
    }
    system::ensure(&purposes, arguments.set_up.yes)?;
    node::install(workspace)?;
    let packages = build(workspace, arguments.quick)?;
    if arguments.check {
        check::all(workspace, &packages)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The step of `cargo xtask test`, whose set-up is done: quick packages, checked.
///
/// # Errors
/// They cannot be built, or do not work.
pub fn for_test(workspace: &Workspace) -> Result<()> {
    let packages = build(workspace, true)?;
    check::all(workspace, &packages)
}

/// The packages whose size the bench tells; the UI's packages are there.
///
/// # Errors
/// They cannot be built.
pub fn for_bench(workspace: &Workspace, quick: bool) -> Result<()> {
    build(workspace, quick).map(drop)
}

fn build(workspace: &Workspace, quick: bool) -> Result<Packages> {
    let profile = if quick { "quick" } else { "release" };
    let folder = workspace.target.join(profile).join("bundle");
    // Packages of an older version would lie beside the new ones.
    for kind in ["deb", "rpm"] {
        remove(&folder.join(kind))?;
    }
    let mut tauri = process::command(workspace.ui().join("node_modules/.bin/tauri"));
    tauri.args(["build", "--ci", "--bundles", "deb,rpm"]).current_dir(&workspace.root);
    if quick {
        tauri.args(["--", "--profile", "quick"]);
    }
    process::run(&mut tauri)?;
    let packages = Packages { deb: only(&folder, "deb")?, rpm: only(&folder, "rpm")? };
    tell_sizes(workspace, &packages)?;
    Ok(packages)
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// The one package of a kind.
fn only(bundle: &Path, kind: &str) -> Result<PathBuf> {
    let folder = bundle.join(kind);
    let entries = std::fs::read_dir(&folder).with_context(|| format!("no {kind} was built"))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == kind));
    match (files.pop(), files.pop()) {
        (Some(file), None) => Ok(file),
        (None, _) => bail!("no {kind} was built in {}", folder.display()),
        (Some(_), Some(_)) => bail!("more than one {kind} in {}", folder.display()),
    }
}

fn tell_sizes(workspace: &Workspace, packages: &Packages) -> Result<()> {
    let rpm_size =
        process::output(process::command("rpm").args(["-qp", "--qf", "%{SIZE}"]).arg(&packages.rpm))?;
    // Debian counts in units of 1024 bytes.
    let deb_size = field(&packages.deb, "Installed-Size")?;
    let sizes = [(&packages.deb, bytes(&deb_size)? * 1024), (&packages.rpm, bytes(&rpm_size)?)];
    for (file, installed) in sizes {
        let packed = std::fs::metadata(file).with_context(|| format!("looking at {}", file.display()))?.len();
        let verdict = if installed <= LARGEST_INSTALLATION { "within" } else { "OVER" };
        say::line(&format!(
            "{}: {} packed, {} installed ({verdict} the goal of {})",
            workspace.shown(file),
            megabytes(packed),
            megabytes(installed),
            megabytes(LARGEST_INSTALLATION)
        ));
    }
    Ok(())
}

/// One field of the control file of a deb.
fn field(deb: &Path, name: &str) -> Result<String> {
    let text = process::output(process::command("dpkg-deb").arg("-f").arg(deb).arg(name))?;
    Ok(text.trim().to_owned())
}

fn bytes(text: &str) -> Result<u64> {
    text.trim().parse().with_context(|| format!("the size \"{}\"", text.trim()))
}

/// Rounded to tenths, in integers: 16_040_000 is "16.0 MB".
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_to_tenths_of_a_megabyte() {
        assert_eq!(megabytes(16_040_000), "16.0 MB");
        assert_eq!(megabytes(6_350_000), "6.4 MB");
        assert_eq!(megabytes(0), "0.0 MB");
    }

    #[test]
    fn two_packages_where_one_is_expected_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deb")).unwrap();
        assert!(only(folder.path(), "deb").is_err());
        std::fs::write(folder.path().join("deb/a_1.deb"), "").unwrap();
        assert!(only(folder.path(), "deb").unwrap().ends_with("a_1.deb"));
        std::fs::write(folder.path().join("deb/a_2.deb"), "").unwrap();
        assert!(only(folder.path(), "deb").is_err());
    }
}
