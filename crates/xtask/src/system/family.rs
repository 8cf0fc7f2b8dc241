//! Which family of operating systems this machine belongs to: decides how packages are named and installed.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Debian,
    Fedora,
    Arch,
    Suse,
    OtherLinux,
    MacOs,
    Windows,
}

impl Family {
    pub fn of_this_machine() -> Self {
        match std::env::consts::OS {
            "macos" => Self::MacOs,
            "windows" => Self::Windows,
            _ => Self::of_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default()),
        }
    }

    /// Reads the content of `/etc/os-release` (os-release(5)): `ID`, then `ID_LIKE`, whose first known word wins.
    fn of_release(release: &str) -> Self {
        let value = |key: &str| {
            let line = release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
            line.unwrap_or_default().trim_matches(['"', '\'']).to_owned()
        };
        let words = format!("{} {}", value("ID"), value("ID_LIKE"));
        words.split_whitespace().find_map(Self::of_id).unwrap_or(Self::OtherLinux)
    }

    fn of_id(id: &str) -> Option<Self> {
        match id {
            "debian" | "ubuntu" => Some(Self::Debian),
            "fedora" | "rhel" | "centos" => Some(Self::Fedora),
            "arch" => Some(Self::Arch),
            "suse" | "opensuse" => Some(Self::Suse),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distribution_finds_its_family() {
        let cases = [
            ("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_ID=\"12\"\n", Family::Debian),
            ("ID=ubuntu\nID_LIKE=debian\n", Family::Debian),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Family::Debian),
            ("ID=fedora\n", Family::Fedora),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Family::Fedora),
            ("ID=manjaro\nID_LIKE=arch\n", Family::Arch),
            ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", Family::Suse),
            ("ID=alpine\n", Family::OtherLinux),
            ("", Family::OtherLinux),
        ];
        for (release, family) in cases {
            assert_eq!(Family::of_release(release), family, "{release}");
        }
    }

    #[test]
    fn another_key_that_starts_alike_is_not_taken() {
        assert_eq!(Family::of_release("IDENTITY=debian\nVERSION_ID=arch\nID=fedora\n"), Family::Fedora);
    }
}
