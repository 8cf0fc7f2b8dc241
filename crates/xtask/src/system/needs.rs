//! Which packages are needed for what, by family. One table: a package is added here and nowhere else.
//!
//! Names of Debian were checked on Debian 12; those of the other families are Tauri's own list of
//! prerequisites and the families' package search.

/// What packages are installed for. Nobody installs a browser to open the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To compile and run.
    Build,
    /// To run the window where there is no display, and take its picture.
    VirtualDisplay,
    /// To run every test.
    Test,
    /// To look into packages.
    Package,
}

/// How to find out whether it is there, on families whose package database is not asked.
#[derive(Debug, Clone, Copy)]
pub enum Probe {
    /// `pkg-config --exists`.
    Library(&'static str),
    /// A program in the search path.
    Program(&'static str),
}

/// One thing that must be there.
#[derive(Debug)]
pub struct Need {
    pub purpose: Purpose,
    pub probe: Probe,
    pub debian: &'static [&'static str],
    pub fedora: &'static [&'static str],
    pub arch: &'static [&'static str],
    pub suse: &'static [&'static str],
}

use Probe::{Library, Program};
use Purpose::{Build, Package, Test, VirtualDisplay};

#[rustfmt::skip]
const NEEDS: &[Need] = &[
    Need { purpose: Build, probe: Program("cc"), debian: &["build-essential"], fedora: &["gcc", "gcc-c++", "make"], arch: &["base-devel"], suse: &["gcc", "gcc-c++", "make"] },
    Need { purpose: Build, probe: Program("pkg-config"), debian: &["pkg-config"], fedora: &["pkgconf-pkg-config"], arch: &["pkgconf"], suse: &["pkg-config"] },
    Need { purpose: Build, probe: Library("webkit2gtk-4.1"), debian: &["libwebkit2gtk-4.1-dev"], fedora: &["webkit2gtk4.1-devel"], arch: &["webkit2gtk-4.1"], suse: &["webkit2gtk3-devel"] },
    // SQLCipher encrypts with the system's own crypto library.
    Need { purpose: Build, probe: Library("libcrypto"), debian: &["libssl-dev"], fedora: &["openssl-devel"], arch: &["openssl"], suse: &["libopenssl-devel"] },

    Need { purpose: VirtualDisplay, probe: Program("Xvfb"), debian: &["xvfb"], fedora: &["xorg-x11-server-Xvfb"], arch: &["xorg-server-xvfb"], suse: &["xorg-x11-server-Xvfb"] },
    Need { purpose: VirtualDisplay, probe: Program("xauth"), debian: &["xauth"], fedora: &["xorg-x11-xauth"], arch: &["xorg-xauth"], suse: &["xauth"] },
    Need { purpose: VirtualDisplay, probe: Program("xwininfo"), debian: &["x11-utils"], fedora: &["xwininfo"], arch: &["xorg-xwininfo"], suse: &["xwininfo"] },
    Need { purpose: VirtualDisplay, probe: Program("import"), debian: &["imagemagick"], fedora: &["ImageMagick"], arch: &["imagemagick"], suse: &["ImageMagick"] },
    Need { purpose: VirtualDisplay, probe: Program("dbus-daemon"), debian: &["dbus-daemon"], fedora: &["dbus-daemon"], arch: &["dbus"], suse: &["dbus-1-daemon"] },
    Need { purpose: VirtualDisplay, probe: Program("gnome-keyring-daemon"), debian: &["gnome-keyring"], fedora: &["gnome-keyring"], arch: &["gnome-keyring"], suse: &["gnome-keyring"] },
    // Letters, accents, other scripts and emoji; without any font the window is full of boxes.
    Need { purpose: VirtualDisplay, probe: Program("fc-list"), debian: &["fontconfig", "fonts-noto-core", "fonts-liberation", "fonts-noto-color-emoji"], fedora: &["fontconfig", "google-noto-sans-fonts", "liberation-fonts", "google-noto-emoji-fonts"], arch: &["fontconfig", "noto-fonts", "ttf-liberation", "noto-fonts-emoji"], suse: &["fontconfig", "noto-sans-fonts", "liberation-fonts", "noto-coloremoji-fonts"] },

    Need { purpose: Test, probe: Program("WebKitWebDriver"), debian: &["webkit2gtk-driver"], fedora: &["webkit2gtk4.1-devel", "webkitgtk6.0"], arch: &["webkit2gtk-4.1"], suse: &["webkit2gtk-4_1-driver"] },
    Need { purpose: Test, probe: Program("secret-tool"), debian: &["libsecret-tools"], fedora: &["libsecret"], arch: &["libsecret"], suse: &["libsecret-tools"] },
    Need { purpose: Test, probe: Program("chromium"), debian: &["chromium"], fedora: &["chromium"], arch: &["chromium"], suse: &["chromium"] },
    Need { purpose: Test, probe: Program("python3"), debian: &["python3", "python3-venv"], fedora: &["python3"], arch: &["python"], suse: &["python3"] },

    Need { purpose: Package, probe: Program("rpm"), debian: &["rpm"], fedora: &["rpm"], arch: &["rpm-tools"], suse: &["rpm"] },
    Need { purpose: Package, probe: Program("dpkg-deb"), debian: &["dpkg"], fedora: &["dpkg"], arch: &["dpkg"], suse: &["dpkg"] },
];

/// All that is needed for these purposes. A test runs the window in a virtual display, so it needs that too.
pub fn needed(purposes: &[Purpose]) -> Vec<&'static Need> {
    let asked = |purpose: Purpose| {
        purposes.contains(&purpose) || (purpose == VirtualDisplay && purposes.contains(&Test))
    };
    NEEDS.iter().filter(|need| asked(need.purpose)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn debian(purposes: &[Purpose]) -> Vec<&'static str> {
        needed(purposes).iter().flat_map(|need| need.debian).copied().collect()
    }

    #[test]
    fn opening_the_window_installs_neither_a_browser_nor_a_display() {
        let packages = debian(&[Build]);
        assert!(packages.contains(&"libwebkit2gtk-4.1-dev") && packages.contains(&"libssl-dev"));
        for unwanted in ["chromium", "xvfb", "gnome-keyring", "imagemagick"] {
            assert!(!packages.contains(&unwanted), "{unwanted}");
        }
    }

    #[test]
    fn a_virtual_display_brings_its_cookies_and_a_keychain() {
        let packages = debian(&[VirtualDisplay]);
        for wanted in ["xvfb", "xauth", "dbus-daemon", "gnome-keyring", "imagemagick", "x11-utils"] {
            assert!(packages.contains(&wanted), "{wanted}");
        }
        assert!(!packages.contains(&"chromium"));
    }

    #[test]
    fn testing_needs_the_virtual_display_as_well() {
        let packages = debian(&[Build, Test]);
        for wanted in ["xvfb", "xauth", "webkit2gtk-driver", "fonts-noto-core", "python3-venv"] {
            assert!(packages.contains(&wanted), "{wanted}");
        }
    }

    #[test]
    fn every_need_names_a_package_in_every_family() {
        for need in NEEDS {
            for packages in [need.debian, need.fedora, need.arch, need.suse] {
                assert!(!packages.is_empty(), "{need:?}");
            }
        }
    }
}
