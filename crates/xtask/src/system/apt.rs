//! Debian's packages: which are missing, and installing them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, say};

/// Answers and rights with which packages are installed.
#[derive(Debug, Clone, Copy)]
pub struct Apt {
    yes: bool,
}

impl Apt {
    /// `yes`: install without a question.
    pub fn new(yes: bool) -> Self {
        Self { yes }
    }

    /// Installs those of `packages` that are missing, after a question.
    ///
    /// # Errors
    /// The person says no or cannot be asked, there is no right to install, or the installation fails.
    pub fn ensure(self, packages: &[&str]) -> Result<()> {
        let missing = missing(packages)?;
        if missing.is_empty() {
            return Ok(());
        }
        let rights = rights()?;
        let install = |packages: &[String]| apt_get(rights, &install_words(packages));
        let shown = process::typed(&install(&missing));
        say::line(&format!("System packages to install: {}\n\n    {shown}\n", missing.join(" ")));
        self.confirm(&shown, say::can_ask())?;
        if !known(&missing) {
            process::run(&mut apt_get(rights, &["update".into()]))?;
        } else if process::run(&mut install(&missing)).is_ok() {
            return Ok(());
        } else {
            say::line("Trying once more with fresh package lists.");
            process::run(&mut apt_get(rights, &["update".into()]))?;
        }
        process::run(&mut install(&missing)).context("installing system packages")
    }

    /// Installs one package file with what it depends on. The caller has asked.
    ///
    /// # Errors
    /// There is no right to install, or the installation fails.
    pub fn install_file(file: &Path) -> Result<()> {
        let file = std::path::absolute(file)?.display().to_string();
        process::run(&mut apt_get(rights()?, &install_words(&[file])))
    }

    /// Removes a package. Packages that came with it stay.
    ///
    /// # Errors
    /// There is no right to remove, or the removal fails.
    pub fn remove(package: &str) -> Result<()> {
        process::run(&mut apt_get(rights()?, &["remove".into(), "--yes".into(), package.into()]))
    }

    fn confirm(self, shown: &str, can_ask: bool) -> Result<()> {
        if self.yes {
            return Ok(());
        }
        if !can_ask {
            bail!(
                "nobody is here to ask: run this again with --yes, or install them yourself:\n\n    {shown}"
            );
        }
        if !say::ask("Install them now?").context("reading the answer")? {
            bail!("nothing was installed; run this again after:\n\n    {shown}");
        }
        Ok(())
    }
}

/// Those of `packages` that are not installed, each once, in the order given.
pub fn missing(packages: &[&str]) -> Result<Vec<String>> {
    let mut query = process::command("dpkg-query");
    query.args(["-W", "-f", "${Package}\t${db:Status-Status}\n"]).args(packages);
    // It fails when a single package is unknown, and still lists the others.
    let answer = query.output().context("`dpkg-query` cannot be started")?;
    Ok(missing_in(&String::from_utf8_lossy(&answer.stdout), packages))
}

fn missing_in(listing: &str, packages: &[&str]) -> Vec<String> {
    let mut seen: BTreeSet<&str> =
        listing.lines().filter_map(|line| line.strip_suffix("\tinstalled")).collect();
    packages.iter().filter(|package| seen.insert(package)).map(|package| (*package).to_owned()).collect()
}

/// True when the package lists on this machine have every one of them. On a fresh machine the lists are empty.
fn known(packages: &[String]) -> bool {
    let mut show = process::command("apt-cache");
    process::output(show.args(["show", "--no-all-versions", "--quiet"]).args(packages)).is_ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rights {
    Root,
    Sudo,
}

fn rights() -> Result<Rights> {
    if process::output(process::command("id").arg("-u"))?.trim() == "0" {
        return Ok(Rights::Root);
    }
    if process::exists("sudo") {
        return Ok(Rights::Sudo);
    }
    bail!(
        "system packages must be installed or removed, and that needs root: run this as root or install sudo"
    )
}

fn install_words(packages: &[String]) -> Vec<String> {
    let words = ["install", "--yes", "--no-install-recommends"];
    words.into_iter().map(str::to_owned).chain(packages.iter().cloned()).collect()
}

/// `env` carries the variable through sudo, which drops the environment; without it a package may stop and ask.
fn apt_get(rights: Rights, words: &[String]) -> Command {
    let mut command = process::command(if rights == Rights::Sudo { "sudo" } else { "env" });
    if rights == Rights::Sudo {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    // A fresh machine may be busy with its own updates: wait for them. Seconds.
    command.args(["-o", "DPkg::Lock::Timeout=300"]).args(words);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_only_when_it_is_installed() {
        let listing = "xvfb\tinstalled\nrpm\tnot-installed\nxauth\tconfig-files\n";
        assert_eq!(
            missing_in(listing, &["xvfb", "rpm", "xauth", "unheard-of"]),
            ["rpm", "xauth", "unheard-of"]
        );
    }

    #[test]
    fn a_package_of_two_architectures_counts_once() {
        assert!(missing_in("libssl-dev\tinstalled\nlibssl-dev\tinstalled\n", &["libssl-dev"]).is_empty());
    }

    #[test]
    fn a_package_needed_twice_is_installed_once() {
        assert_eq!(missing_in("", &["xvfb", "xvfb"]), ["xvfb"]);
    }

    #[test]
    fn the_command_is_the_one_that_is_shown_with_and_without_root() {
        let words = install_words(&["xvfb".into(), "rpm".into()]);
        let rest = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install --yes --no-install-recommends xvfb rpm";
        assert_eq!(process::typed(&apt_get(Rights::Root, &words)), rest);
        assert_eq!(process::typed(&apt_get(Rights::Sudo, &words)), format!("sudo {rest}"));
    }

    #[test]
    fn without_a_person_and_without_yes_nothing_is_installed() {
        let error = Apt::new(false).confirm("apt-get install x", false).unwrap_err().to_string();
        assert!(error.contains("--yes") && error.contains("apt-get install x"), "{error}");
        assert!(Apt::new(true).confirm("apt-get install x", false).is_ok());
    }
}
