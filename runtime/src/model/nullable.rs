//! A property that may be absent, `null`, or there: three states that a written document tells apart.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Blank;

/// The value of a property that is both optional and nullable in something that is sent.
///
/// Many servers read an absent property as "leave it as it is" and `null` as "clear it". `Option` cannot say both.
///
/// ```
/// use openapi_client_runtime::Nullable;
///
/// let mut note: Nullable<String> = Nullable::default();   // not sent
/// assert!(note.is_absent());
/// note = Nullable::Null;                                   // sent as null
/// note = "checked".to_owned().into();                      // sent as a string
/// assert_eq!(note.as_option().map(String::as_str), Some("checked"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "there are these three states and no more")]
pub enum Nullable<T> {
    /// The property is not in the document.
    #[default]
    Absent,
    /// The property is there and is `null`.
    Null,
    /// The property is there and has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether the property is not in the document at all.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is there and is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The same state, with a reference to the value.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// A reference to the value, if there is one: absent and `null` are both `None`.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one: absent and `null` are both `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` is `null`, not absence: callers that pass an `Option` mean the property to be sent.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> Blank for Nullable<T> {
    fn blank() -> Self {
        Self::Absent
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::from)
    }
}

/// Absence belongs to the object that holds the property; on its own, an absent value can only be written as `null`.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(to)
    }
}
