//! Systems whose packages are not installed by this program: what is missing is found out as far as it can
//! be, and the command or link that installs it is printed.

use anyhow::{Result, bail};

use super::family::Family;
use super::needs::{Need, Probe, Purpose};
use crate::process;

pub fn linux(family: Family, needs: &[&Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !is_there(need.probe)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("{}", linux_advice(family, &missing))
}

fn is_there(probe: Probe) -> bool {
    match probe {
        Probe::Program(name) => process::exists(name),
        Probe::Library(name) => {
            process::output(process::command("pkg-config").args(["--exists", name])).is_ok()
        }
    }
}

fn linux_advice(family: Family, missing: &[&Need]) -> String {
    let packages = |of: fn(&Need) -> &'static [&'static str]| {
        let mut names: Vec<&str> = missing.iter().flat_map(|need| of(need)).copied().collect();
        names.sort_unstable();
        names.dedup();
        names.join(" ")
    };
    let command = match family {
        Family::Fedora => format!("sudo dnf install {}", packages(|need| need.fedora)),
        Family::Arch => format!("sudo pacman -S --needed {}", packages(|need| need.arch)),
        Family::Suse => format!("sudo zypper install {}", packages(|need| need.suse)),
        Family::Debian | Family::OtherLinux | Family::MacOs | Family::Windows => {
            let names = packages(|need| need.debian);
            return format!(
                "This system's packages are not known here. On Debian they are called:\n\n    {names}\n\n\
                 Install what your system calls them (https://v2.tauri.app/start/prerequisites/ lists several), \
                 then run this again."
            );
        }
    };
    format!("Some system packages are missing. Install them, then run this again:\n\n    {command}")
}

pub fn mac_os(purposes: &[Purpose]) -> Result<()> {
    refuse_what_needs_linux(purposes, "macOS")?;
    if process::output(process::command("xcode-select").arg("-p")).is_err() {
        bail!("Apple's compiler is missing. Install it, then run this again:\n\n    xcode-select --install");
    }
    Ok(())
}

/// The compiler must be there already, or this program would not be; WebView2 is part of Windows 11.
pub fn windows(purposes: &[Purpose]) -> Result<()> {
    refuse_what_needs_linux(purposes, "Windows")?;
    if !process::exists("perl.exe") {
        bail!(
            "Perl is missing (OpenSSL is built with it). Install it, then run this again:\n\n    \
             winget install StrawberryPerl.StrawberryPerl\n\n\
             On Windows 10 the window also needs WebView2: https://developer.microsoft.com/microsoft-edge/webview2/"
        );
    }
    Ok(())
}

/// No macOS web view can be driven by a test, and Windows has neither the display nor the keyring used here.
fn refuse_what_needs_linux(purposes: &[Purpose], system: &str) -> Result<()> {
    if purposes.iter().any(|purpose| *purpose != Purpose::Build) {
        bail!("This needs Linux: {system} has no virtual display, deb or rpm. `cargo xtask run` works here.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::needs::needed;
    use super::*;

    #[test]
    fn each_family_gets_a_command_that_can_be_pasted() {
        let needs = needed(&[Purpose::Build]);
        let cases = [
            (
                Family::Fedora,
                "    sudo dnf install gcc gcc-c++ make openssl-devel pkgconf-pkg-config webkit2gtk4.1-devel",
            ),
            (Family::Arch, "    sudo pacman -S --needed base-devel openssl pkgconf webkit2gtk-4.1"),
            (
                Family::Suse,
                "    sudo zypper install gcc gcc-c++ libopenssl-devel make pkg-config webkit2gtk3-devel",
            ),
        ];
        for (family, command) in cases {
            let advice = linux_advice(family, &needs);
            assert_eq!(advice.lines().last(), Some(command));
        }
    }

    #[test]
    fn an_unknown_linux_is_told_the_names_and_where_to_look() {
        let advice = linux_advice(Family::OtherLinux, &needed(&[Purpose::Build]));
        assert!(advice.contains("libwebkit2gtk-4.1-dev") && advice.contains("https://"), "{advice}");
    }

    #[test]
    fn a_mac_is_told_that_tests_need_linux() {
        let error = mac_os(&[Purpose::Build, Purpose::Test]).unwrap_err().to_string();
        assert!(error.contains("needs Linux") && error.contains("macOS"), "{error}");
    }
}
