//! Sets of strings: an enum with a variant for each known string, and one that keeps any other.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserializer, Visitor};

/// A string that an enum of this version of the crate does not know, unchanged.
///
/// Only an enum makes one, when it meets a string that it does not know, so a known string never hides in it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for UnknownValue {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.0)
    }
}

/// Keeps a string that is none of the known ones. For generated code, which has just compared them all.
#[doc(hidden)]
pub fn unknown(value: &str) -> UnknownValue {
    UnknownValue(value.into())
}

/// Decodes a set of strings; allocates only for a string that is not known. For generated code.
///
/// # Errors
/// If the input is not a string.
#[doc(hidden)]
pub fn read_string_enum<'de, T, D>(name: &'static str, from: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    from.deserialize_str(StringVisitor { name, made: PhantomData })
}

struct StringVisitor<T> {
    name: &'static str,
    made: PhantomData<T>,
}

impl<T: for<'a> From<&'a str>> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "a string ({})", self.name)
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }
}

/// Makes an enum a set of strings: the table of its values, and everything that converts between the two.
///
/// The enum has the variants of the table and `Unknown(UnknownValue)`. It gets `VALUES`, `as_str` and `is_known`, the
/// conversions from a string, `Display`, `Serialize` and `Deserialize`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// enum Status {
///     Released,
///     Unknown(openapi_client_runtime::UnknownValue),
/// }
///
/// openapi_client_runtime::string_enum! {
///     Status {
///         Released = "RELEASED",
///     }
/// }
///
/// assert_eq!(Status::from("RELEASED"), Status::Released);
/// assert_eq!(Status::from("NEW").as_str(), "NEW");
/// assert_eq!(serde_json::to_string(&Status::from("NEW"))?, r#""NEW""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// Every value that is known, in the order of the API's description.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Whether the value is one that this version of the crate knows.
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Unknown(_))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::model::unknown(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::From<&::std::string::String> for $name {
            fn from(value: &::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                to.pad(self.as_str())
            }
        }

        impl $crate::model::Knowable for $name {
            fn is_known(&self) -> bool {
                self.is_known()
            }

            fn read<'de, D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_string_enum(::core::stringify!($name), from)
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_knowable(from)
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    };
}
