//! What the operating system has to provide, and how it gets there.
//!
//! Debian and its descendants: looked up with `dpkg-query`, installed with `apt-get` after a question.
//! Everywhere else the exact command is printed and the person runs it: each of these systems has its own
//! way of granting rights, and a wrong guess there costs more than a pasted line.

mod apt;
mod family;
mod needs;
mod others;

use anyhow::Result;

pub use apt::{Apt, missing as missing_packages};
pub use needs::Purpose;

use family::Family;

/// Makes sure that everything for these purposes is installed.
///
/// # Errors
/// Something is missing and was not installed; the message holds the command that installs it.
pub fn ensure(purposes: &[Purpose], yes: bool) -> Result<()> {
    let family = Family::of_this_machine();
    let needs = needs::needed(purposes);
    match family {
        Family::Debian => {
            Apt::new(yes).ensure(&needs.iter().flat_map(|need| need.debian).copied().collect::<Vec<_>>())
        }
        Family::Fedora | Family::Arch | Family::Suse | Family::OtherLinux => others::linux(family, &needs),
        Family::MacOs => others::mac_os(purposes),
        Family::Windows => others::windows(purposes),
    }
}

/// True where a deb can be installed.
pub fn is_debian() -> bool {
    Family::of_this_machine() == Family::Debian
}
