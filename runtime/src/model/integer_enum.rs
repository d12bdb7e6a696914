//! Sets of integers: an enum with a variant for each known number, and one that keeps any other.

/// Makes an enum a set of integers: the table of its values, and everything that converts between the two.
///
/// The enum is `Copy` and has the variants of the table and `Unknown(i64)`; convert with `From<i64>` rather than make an
/// `Unknown` by hand, which could hide a known number. It gets `VALUES`, `as_i64`, `is_known`, `Display`, `Serialize`
/// and `Deserialize`.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// enum Level {
///     V10,
///     Unknown(i64),
/// }
///
/// openapi_client_runtime::integer_enum! {
///     Level {
///         V10 = 10,
///     }
/// }
///
/// assert_eq!(Level::from(10), Level::V10);
/// assert_eq!(serde_json::to_string(&Level::from(11))?, "11");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// Every value that is known, in the order of the API's description.
            pub const VALUES: &'static [i64] = &[$($value),*];

            /// The value as it is sent.
            pub fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Whether the value is one that this version of the crate knows.
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Unknown(_))
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), to)
            }
        }

        impl $crate::model::Knowable for $name {
            fn is_known(&self) -> bool {
                self.is_known()
            }

            fn read<'de, D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                <i64 as $crate::codegen::serde::Deserialize>::deserialize(from).map(Self::from)
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_knowable(from)
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_i64(self.as_i64())
            }
        }
    };
}
