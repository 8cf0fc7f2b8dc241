//! The proof that a package works: installed with the system's own installer, started as a stranger to this
//! repository (own home folder, own session bus), looked at, removed.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::{Packages, dependencies, field};
use crate::display::Display;
use crate::session::Session;
use crate::system::{Apt, is_debian, missing_packages};
use crate::workspace::Workspace;
use crate::{picture, process, say};

/// Where both packages put the program, and the command line.
const PROGRAM: &str = "/usr/bin/rollcall";
const COMMAND_LINE: &str = "/usr/bin/rollcallctl";

pub fn all(workspace: &Workspace, packages: &Packages) -> Result<()> {
    rpm(packages)?;
    if !is_debian() {
        bail!("the deb can only be checked where it can be installed: on Debian");
    }
    let name = field(&packages.deb, "Package")?;
    if missing_packages(&[&name])?.is_empty() {
        bail!(
            "{name} is installed here, and checking would remove it: remove it yourself first (`apt remove {name}`)"
        );
    }
    Apt::install_file(&packages.deb)?;
    let works = dependencies::are_declared(&packages.deb, Path::new(PROGRAM))
        .and_then(|()| answers())
        .and_then(|()| starts(workspace));
    let removed = Apt::remove(&name);
    works?;
    removed?;
    if Path::new(PROGRAM).exists() {
        bail!("{PROGRAM} is still there after the package was removed");
    }
    say::line("The deb installs, starts and goes away again.");
    Ok(())
}

/// The rpm cannot be installed here; its content must be that of the deb. Only the licence has its own place
/// in each family.
fn rpm(packages: &Packages) -> Result<()> {
    let of_rpm = process::output(process::command("rpm").arg("-qpl").arg(&packages.rpm))?;
    let of_deb = process::output(process::command("dpkg-deb").arg("-c").arg(&packages.deb))?;
    let (in_rpm, in_deb) =
        (files(of_rpm.lines()), files(of_deb.lines().filter_map(|line| line.split_whitespace().last())));
    say::line(&format!("The rpm contains:\n  {}", of_rpm.trim().replace('\n', "\n  ")));
    for program in [PROGRAM, COMMAND_LINE] {
        if !in_rpm.iter().any(|file| file == program) {
            bail!("the rpm does not contain {program}");
        }
    }
    if in_rpm != in_deb {
        bail!("the rpm and the deb differ; the deb contains:\n  {}", in_deb.join("\n  "));
    }
    Ok(())
}

/// Absolute paths, sorted, without folders and licences. Packages list files with and without a slash before them, and
/// folders with and without a slash behind them, or not at all.
fn files<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> =
        paths.map(|path| format!("/{}", path.trim_start_matches(['.', '/']).trim_end_matches('/'))).collect();
    all.sort();
    let is_folder = |path: &str| all.iter().any(|other| other.starts_with(&format!("{path}/")));
    let is_licence =
        |path: &str| ["/usr/share/doc/", "/usr/share/licenses/"].iter().any(|at| path.starts_with(at));
    all.iter().filter(|path| *path != "/" && !is_folder(path) && !is_licence(path)).cloned().collect()
}

/// The command line runs where it was installed.
fn answers() -> Result<()> {
    let version = process::output(process::command(COMMAND_LINE).arg("--version"))?;
    say::line(&format!("$ {COMMAND_LINE} --version\n{}", version.trim()));
    Ok(())
}

fn starts(workspace: &Workspace) -> Result<()> {
    let picture = workspace.target.join("package.png");
    let display = Display::start(&workspace.scratch())?;
    let session = Session::start(&display)?;
    let mut window = process::command(PROGRAM);
    session.apply(&mut window);
    display.apply(&mut window);
    say::line(&format!("$ {PROGRAM}   (in a virtual display)"));
    let mut child = window.spawn().with_context(|| format!("{PROGRAM} cannot be started"))?;
    let taken = picture::of_ready_window(&display, &mut child, &picture);
    process::stop(&mut child, Duration::from_secs(5));
    taken.context("the installed program")?;
    say::line(&format!("The installed window opened. Its picture: {}", workspace.shown(&picture)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_are_the_same_however_a_package_lists_its_folders() {
        let deb = [
            "./",
            "./usr/",
            "usr/bin/rollcall",
            "usr/share/doc",
            "usr/share/doc/rollcall/LICENSE",
            "usr/share/a.desktop",
        ];
        let rpm = ["/usr/bin/rollcall", "/usr/share/a.desktop", "/usr/share/licenses/rollcall/LICENSE"];
        let expected = ["/usr/bin/rollcall", "/usr/share/a.desktop"];
        assert_eq!(files(deb.into_iter()), expected);
        assert_eq!(files(rpm.into_iter()), expected);
    }
}
