//! Unions without a tag: the variant that explains most of the value wins, not the first that decodes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::Serializer;
use serde_json::Value;

use super::probe::{Probe, Tally};
use super::trials::{Memo, Trials};

/// What the name begins with under which a union asks for its value, so that a probe around it lets it try.
pub(super) const UNION: &str = "openapi_client_runtime::Union ";

/// An enum with a variant for each type of a union, and one that keeps any other value. Implemented by
/// [`union!`](crate::union), for generated types.
pub trait Union: Sized {
    /// A name by which a probe knows a union, and then what tells this union from every other in the program.
    const ID: &'static str;

    /// Tries the variants.
    fn pick<'de, A: SeqAccess<'de>>(from: Candidates<Self, A>) -> Option<Self>;

    /// Keeps a value that no variant explains.
    fn other(value: Value) -> Self;

    /// Writes what the variant holds.
    ///
    /// # Errors
    /// Those of the serialiser.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// A value, and the best of the variants tried on it so far. For generated code.
#[derive(Debug)]
pub struct Candidates<U, A> {
    attempts: A,
    best: Option<U>,
    points: usize,
}

impl<U, A> Candidates<U, A> {
    fn new(attempts: A) -> Self {
        Self { attempts, best: None, points: 0 }
    }

    /// Tries a variant. It wins if it explains more than every one before it.
    pub fn try_as<'de, T>(mut self, wrap: fn(T) -> U) -> Self
    where
        A: SeqAccess<'de>,
        T: Deserialize<'de>,
    {
        if let Ok(Some(made)) = self.attempts.next_element()
            && let Some(points) = self.attempts.size_hint()
            && points > self.points
        {
            self.points = points;
            self.best = Some(wrap(made));
        }
        self
    }

    /// The variant that won, if the value is explained by any.
    pub fn best(self) -> Option<U> {
        self.best
    }
}

/// Decides which variant a value is. For generated code.
#[doc(hidden)]
pub fn union_of<U: Union>(value: Value) -> U {
    let (tally, memo) = (Tally::default(), Memo::default());
    let mut trials = Trials::of_union(Probe::new(&value, &tally, &memo), U::ID);
    match U::pick(Candidates::new(&mut trials)) {
        Some(made) => made,
        None => U::other(value),
    }
}

/// Decodes a union. For generated code.
///
/// # Errors
/// If the input is broken; any value in one piece is one of the union's.
#[doc(hidden)]
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(from: D) -> Result<U, D::Error> {
    from.deserialize_newtype_struct(U::ID, UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }

    /// A data format lends its value once only, so it is kept to be tried.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        Value::deserialize(from).map(union_of)
    }

    /// A probe lets it be tried in place, see [`Trials`].
    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<U, A::Error> {
        if let Some(made) = U::pick(Candidates::new(&mut attempts)) {
            return Ok(made);
        }
        let value = attempts.next_element()?;
        value.map(U::other).ok_or_else(|| A::Error::custom("there is no value"))
    }
}

/// Writes a value that no variant explains: text as it is, anything else as JSON. For generated code.
///
/// # Errors
/// Those of the formatter.
#[doc(hidden)]
pub fn display_other(value: &Value, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::String(text) => to.pad(text),
        other => fmt::Display::fmt(other, to),
    }
}

/// Makes a [`union!`](crate::union!) of scalars displayable, as it is written into a URL or a header.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_union {
    ($name:ident { $($variant:ident,)* }) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => ::core::fmt::Display::fmt(value, to),)*
                    Self::Other(value) => $crate::model::display_other(value, to),
                }
            }
        }
    };
}

/// Makes an enum a union: a row for each variant with the type that it holds, `Other(Value)` being understood.
///
/// Each row gives a `From` for what it holds. A row `List(Vec<Item>) of Item` converts from a `Vec` of whatever becomes
/// an item. A row `Id(String) is Uuid` is one of several that hold text, and has no `From`: it takes text of that format, a
/// row that `is Any` the rest.
///
/// Decoding tries every variant and takes the one that explains most of the value; of equals, the first. It counts the
/// properties that the variant declares and the values that are of a declared type; a value that an enum knows, and a
/// date that is one, count most. `Other` takes what no variant explains. It never fails on a whole value.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// enum Level {
///     Text(String),
///     Number(i64),
///     Other(openapi_client_runtime::Value),
/// }
///
/// openapi_client_runtime::union! {
///     Level {
///         Text(String),
///         Number(i64),
///     }
/// }
///
/// assert_eq!(serde_json::from_str::<Level>("300")?, Level::Number(300));
/// assert_eq!(serde_json::to_string(&serde_json::from_str::<Level>("1.5")?)?, "1.5");
/// assert_eq!(Level::from(7), Level::Number(7));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (@from $name:ident $variant:ident $held:ty; is $format:ident) => {};
    (@from $name:ident $variant:ident $held:ty;) => {
        impl ::core::convert::From<$held> for $name {
            fn from(value: $held) -> Self {
                Self::$variant(value)
            }
        }
    };
    (@from $name:ident $variant:ident $held:ty; of $item:ty) => {
        impl<T: ::core::convert::Into<$item>> ::core::convert::From<::std::vec::Vec<T>> for $name {
            fn from(items: ::std::vec::Vec<T>) -> Self {
                Self::$variant(items.into_iter().map(::core::convert::Into::into).collect())
            }
        }
    };
    (@wrap $variant:ident) => {
        Self::$variant
    };
    (@wrap $variant:ident Any) => {
        Self::$variant
    };
    (@wrap $variant:ident $format:ident) => {
        |text: $crate::model::TextOf<$crate::model::text_format::$format>| Self::$variant(text.into())
    };
    ($name:ident { $($variant:ident($held:ty) $(is $format:ident)? $(of $item:ty)?,)* }) => {
        impl $crate::model::Union for $name {
            const ID: &'static str =
                ::core::concat!("openapi_client_runtime::Union ", ::core::module_path!(), "::", ::core::stringify!($name));

            fn pick<'de, A: $crate::codegen::serde::de::SeqAccess<'de>>(
                from: $crate::model::Candidates<Self, A>,
            ) -> ::core::option::Option<Self> {
                from $(.try_as($crate::union!(@wrap $variant $($format)?)))* .best()
            }

            fn other(value: $crate::Value) -> Self {
                Self::Other(value)
            }

            fn write<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::codegen::serde::Serialize::serialize(value, to),)*
                    Self::Other(value) => $crate::codegen::serde::Serialize::serialize(value, to),
                }
            }
        }

        $($crate::union! { @from $name $variant $held; $(of $item)? $(is $format)? })*

        /// The variant that explains most of the value.
        impl ::core::convert::From<$crate::Value> for $name {
            fn from(value: $crate::Value) -> Self {
                $crate::model::union_of(value)
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_union(from)
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::Union::write(self, to)
            }
        }
    };
}
