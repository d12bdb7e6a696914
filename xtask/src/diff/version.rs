//! Versions of crates, as Cargo compares them.

use std::fmt;

use generator::diff::Release;

/// A version without what may follow its three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub major: u64,
    pub minor: u64,
    pub patch: u64,
}

impl Version {
    /// Reads `1.2.3`, and whatever comes after it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let numbers = text.split(['-', '+']).next().unwrap_or_default();
        let numbers: Option<Vec<u64>> = numbers.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some(&[major, minor, patch]) => Ok(Self { major, minor, patch }),
            _ => Err(format!("`{text}` is no version of three numbers")),
        }
    }

    /// The least version that may follow with such changes. Of the numbers, the first that is not zero says whether two
    /// versions are compatible (The Cargo Book, "Version requirement syntax").
    pub(crate) fn after(self, release: Release) -> Self {
        let Self { major, minor, patch } = self;
        match release {
            Release::Patch => self,
            Release::Major if major > 0 => Self { major: major + 1, minor: 0, patch: 0 },
            Release::Minor if major > 0 => Self { major, minor: minor + 1, patch: 0 },
            Release::Major if minor > 0 => Self { major, minor: minor + 1, patch: 0 },
            Release::Major | Release::Minor => Self { major, minor, patch: patch + 1 },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_not_zero_tells_of_a_break() {
        let after = |text: &str, release| Version::parse(text).unwrap().after(release).to_string();
        for (version, minor, major) in [
            ("1.4.2", "1.5.0", "2.0.0"),
            ("0.4.2", "0.4.3", "0.5.0"),
            ("0.0.2", "0.0.3", "0.0.3"),
            ("2.0.0-rc.1", "2.1.0", "3.0.0"),
        ] {
            assert_eq!(after(version, Release::Minor), minor);
            assert_eq!(after(version, Release::Major), major);
        }
        assert_eq!(after("0.4.2", Release::Patch), "0.4.2");
        for wrong in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.x"] {
            assert!(Version::parse(wrong).is_err(), "{wrong}");
        }
    }
}
