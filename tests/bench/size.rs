//! Size of the installed package, where one was built (`cargo xtask package`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::report::Report;

const LIMIT_MB: f64 = 20.0;

/// Measures the newest package of this build folder.
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
        "installed size (deb)",
        &format!("{installed:.1} MB"),
        &format!("package {file:.1} MB"),
        &format!("≤ {LIMIT_MB:.0} MB"),
        installed <= LIMIT_MB,
    );
}

/// Below the folder that this program was built in.
fn newest_package() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let packages =
        |profile: &str| program.parent()?.parent().map(|target| target.join(profile).join("bundle/deb"));
    let folders = ["release", "quick"].into_iter().filter_map(packages);
    let files = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
    let debs = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "deb"));
    debs.max_by_key(|path| path.metadata().and_then(|file| file.modified()).ok())
}

/// What the installed files add up to, as the package itself says.
fn installed_kib(package: &Path) -> Option<f64> {
    let output = Command::new("dpkg-deb").arg("--field").arg(package).arg("Installed-Size").output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
