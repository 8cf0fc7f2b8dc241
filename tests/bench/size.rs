//! Size of everything that the package installs; `cargo xtask bench` builds it before.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::report::Report;

const LIMIT_MB: f64 = 20.0;

/// Measures the package of this build.
pub fn measure(report: &mut Report) {
    let Some(package) = newest_package() else {
        eprintln!("no package was built: `cargo xtask package` makes one");
        return;
    };
    let Some(kib) = installed_kib(&package) else {
        eprintln!("dpkg-deb does not tell the size of {}", package.display());
        return;
    };
    let installed = kib * 1024.0 / 1e6;
    let file = std::fs::metadata(&package).map_or(0.0, |file| file.len() as f64 / 1e6);
    report.add(
        "installed size: all that the deb installs",
        &format!("{installed:.1} MB"),
        &format!("package {file:.1} MB"),
        &format!("≤ {LIMIT_MB:.0} MB"),
        installed <= LIMIT_MB,
    );
}

/// Beside this program: one of another profile says nothing about this one.
fn newest_package() -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.join("bundle/deb");
    let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let debs = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "deb"));
    debs.max_by_key(|path| path.metadata().and_then(|file| file.modified()).ok())
}

/// What the installed files add up to, as the package itself says.
fn installed_kib(package: &Path) -> Option<f64> {
    let output = Command::new("dpkg-deb").arg("--field").arg(package).arg("Installed-Size").output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
