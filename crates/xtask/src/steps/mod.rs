//! The steps of `cargo xtask test`: which there are, in which order, and what each stands on.

mod report;
mod work;

use clap::ValueEnum;

pub use report::Report;
pub use work::Tools;

use crate::system::Purpose;

/// One step, in the order in which they run: the quick ones that fail most often come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum StepName {
    /// The format of Rust files
    Fmt,
    /// The UI's packages
    Npm,
    /// Lints and format of the UI
    UiLint,
    /// Types of the UI
    UiCheck,
    /// The UI as the window loads it
    UiBuild,
    /// Everything in Rust compiles
    Build,
    /// Lints of Rust
    Clippy,
    /// The documentation of the libraries
    Doc,
    /// The environment with the SCIM server
    Python,
    /// All Rust tests but those in the window
    Rust,
    /// Unit, component and accessibility tests of the UI
    UiTest,
    /// The tests in the real window
    E2e,
    /// The packages: built, installed, started, removed
    Package,
}

impl StepName {
    /// The steps without which this one makes no sense.
    pub fn stands_on(self) -> &'static [StepName] {
        match self {
            Self::Fmt | Self::Npm | Self::Doc | Self::Python => &[],
            Self::UiLint | Self::UiCheck | Self::UiBuild | Self::UiTest => &[Self::Npm],
            // The shell takes the built UI into its program while it compiles.
            Self::Build | Self::Clippy | Self::Package => &[Self::UiBuild],
            Self::Rust | Self::E2e => &[Self::Build, Self::Python],
        }
    }

    /// What the system has to provide for it.
    pub fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::Fmt | Self::Npm | Self::UiLint | Self::UiCheck | Self::UiBuild => &[],
            Self::Build | Self::Clippy | Self::Doc => &[Purpose::Build],
            Self::Python | Self::Rust | Self::UiTest | Self::E2e => &[Purpose::Build, Purpose::Test],
            Self::Package => &[Purpose::Build, Purpose::VirtualDisplay, Purpose::Package],
        }
    }

    /// Makes something that others need and proves nothing by itself: counted only when it fails.
    pub fn is_set_up(self) -> bool {
        matches!(self, Self::Npm | Self::Python)
    }

    pub fn title(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// The steps to run, in order. `only`: these and what they stand on (empty: all). `skip`: not these, nor what
/// stands on them.
pub fn chosen(only: &[StepName], skip: &[StepName]) -> Vec<StepName> {
    let all = StepName::value_variants().iter().copied();
    all.filter(|step| only.is_empty() || only.iter().any(|wanted| stands_on(*wanted, *step)))
        .filter(|step| !skip.iter().any(|left_out| stands_on(*step, *left_out)))
        .collect()
}

fn stands_on(step: StepName, other: StepName) -> bool {
    step == other || step.stands_on().iter().any(|below| stands_on(*below, other))
}

#[cfg(test)]
mod tests {
    use super::StepName::{Build, Clippy, E2e, Fmt, Npm, Package, Python, Rust, UiBuild, UiTest};
    use super::*;

    #[test]
    fn without_a_choice_every_step_runs() {
        assert_eq!(chosen(&[], &[]), StepName::value_variants());
    }

    #[test]
    fn a_step_comes_after_everything_it_stands_on() {
        for step in StepName::value_variants() {
            for below in step.stands_on() {
                assert!(below < step, "{below:?} must run before {step:?}");
            }
        }
    }

    #[test]
    fn a_chosen_step_brings_what_it_stands_on() {
        assert_eq!(chosen(&[UiTest], &[]), [Npm, UiTest]);
        assert_eq!(chosen(&[E2e], &[]), [Npm, UiBuild, Build, Python, E2e]);
    }

    #[test]
    fn a_step_left_out_takes_along_what_stands_on_it() {
        let steps = chosen(&[], &[Build, Package]);
        assert!(!steps.contains(&Rust) && !steps.contains(&E2e) && !steps.contains(&Package));
        assert!(steps.contains(&Clippy) && steps.contains(&Python));
    }

    #[test]
    fn checking_the_format_installs_nothing() {
        assert!(Fmt.purposes().is_empty());
        assert!(E2e.purposes().contains(&Purpose::Test));
    }
}
