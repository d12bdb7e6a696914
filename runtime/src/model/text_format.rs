//! Text in a format that can be recognised: what tells one text of a union from another.

use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::de::{Deserialize, Deserializer};

use super::known::{Knowable, read_knowable};

/// A format of text. For generated code.
pub trait TextFormat {
    /// Whether the text is in this format.
    fn fits(text: &str) -> bool;
}

/// Text that should be in a format. It decodes in any case, and is known where it fits. For generated code.
pub struct TextOf<F>(String, PhantomData<fn() -> F>);

impl<F> fmt::Debug for TextOf<F> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl<F> From<TextOf<F>> for String {
    fn from(text: TextOf<F>) -> Self {
        text.0
    }
}

impl<'de, F: TextFormat> Deserialize<'de> for TextOf<F> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_knowable(from)
    }
}

impl<F: TextFormat> Knowable for TextOf<F> {
    fn is_known(&self) -> bool {
        F::fits(&self.0)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self(text, PhantomData))
    }
}

/// `uuid` (RFC 9562, section 4).
#[derive(Debug)]
pub enum Uuid {}

impl TextFormat for Uuid {
    fn fits(text: &str) -> bool {
        let groups = text.split('-').map(|group| {
            let is_hexadecimal = group.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hexadecimal.then_some(group.len())
        });
        groups.eq([8, 4, 4, 4, 12].map(Some))
    }
}

/// `date` (RFC 3339, `full-date`); days of the month are not counted.
#[derive(Debug)]
pub enum Date {}

impl TextFormat for Date {
    fn fits(text: &str) -> bool {
        let groups = text.split('-').map(|group| {
            let is_decimal = group.bytes().all(|byte| byte.is_ascii_digit());
            is_decimal.then_some(group.len())
        });
        groups.eq([4, 2, 2].map(Some))
    }
}

/// `ipv4`.
#[derive(Debug)]
pub enum Ipv4 {}

impl TextFormat for Ipv4 {
    fn fits(text: &str) -> bool {
        text.parse::<Ipv4Addr>().is_ok()
    }
}

/// `ipv6`.
#[derive(Debug)]
pub enum Ipv6 {}

impl TextFormat for Ipv6 {
    fn fits(text: &str) -> bool {
        text.parse::<Ipv6Addr>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        assert!(Uuid::fits("2c91808a-7d8b-4c5e-a8f1-00aa11bb22CC"));
        for other in ["", "servicenow", "2c91808a7d8b4c5ea8f100aa11bb22cc", "2c91808a-7d8b-4c5e-a8f1-00aa11bb22cg"] {
            assert!(!Uuid::fits(other), "{other}");
        }
        assert!(Date::fits("2026-01-31"));
        assert!(!Date::fits("2026-01-31T00:00:00Z"));
        assert!(Ipv4::fits("10.0.0.1") && !Ipv4::fits("::1"));
        assert!(Ipv6::fits("::1") && !Ipv6::fits("10.0.0.1"));
    }
}
