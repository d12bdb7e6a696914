//! Unions with a tag: a string property says which variant the object is.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::object::KeySeed;
use super::probe::{Probe, Tally};
use super::probe_error::ProbeError;
use super::tagged_value::TaggedValue;
use super::trials::{Memo, Trials};

/// The name under which a tagged union asks for its value, so that a probe around it hands it out more than once.
pub(super) const TAGGED: &str = "openapi_client_runtime::TaggedUnion";

/// An enum with a variant for each type of a tagged union, and one that keeps any other value. Implemented by
/// [`tagged_union!`](crate::tagged_union), for generated types.
pub trait TaggedUnion: Sized {
    /// The type's name, for messages.
    const NAME: &'static str;
    /// The property that says which variant a value is.
    const TAG: &'static str;

    /// Reads the variant that a tag stands for; nothing if it stands for none.
    ///
    /// # Errors
    /// If the value is not of the type that its tag stands for.
    fn read<'de, A: SeqAccess<'de>>(tag: &str, value: Tagged<A>) -> Result<Option<Self>, A::Error>;

    /// Keeps a value whose tag stands for no variant.
    fn unknown(value: Value) -> Self;

    /// Writes what the variant holds.
    ///
    /// # Errors
    /// Those of the serialiser.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// The value of a tagged union, to be decoded as the variant that its tag names. For generated code.
#[derive(Debug)]
pub struct Tagged<A>(A);

impl<A> Tagged<A> {
    /// The value as the variant that its tag stands for.
    ///
    /// # Errors
    /// If it is not of that type.
    pub fn decode<'de, T, U>(mut self, wrap: fn(T) -> U) -> Result<Option<U>, A::Error>
    where
        A: SeqAccess<'de>,
        T: Deserialize<'de>,
    {
        Ok(self.0.next_element()?.map(wrap))
    }
}

/// Decodes a tagged union. For generated code.
///
/// # Errors
/// If the value is not of the type that its tag stands for.
#[doc(hidden)]
pub fn read_tagged<'de, U: TaggedUnion, D: Deserializer<'de>>(from: D) -> Result<U, D::Error> {
    from.deserialize_newtype_struct(TAGGED, TaggedVisitor(PhantomData))
}

/// Encodes what a variant holds; puts the first of its tags in if it does not have one itself. For generated code.
///
/// # Errors
/// Those of the serialiser.
#[doc(hidden)]
pub fn write_tagged<T, S>(held: &T, key: &str, tags: &[&str], to: S) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    let mut value = serde_json::to_value(held).map_err(S::Error::custom)?;
    if let (Value::Object(members), [tag, ..]) = (&mut value, tags) {
        members.entry(key).or_insert_with(|| Value::from(*tag));
    }
    value.serialize(to)
}

struct TaggedVisitor<U>(PhantomData<U>);

impl<'de, U: TaggedUnion> Visitor<'de> for TaggedVisitor<U> {
    type Value = U;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an object told apart by `{}` ({})", U::TAG, U::NAME)
    }

    /// A data format lends its value once only, so it is kept until the tag is known, which may come last.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        from.deserialize_any(TaggedValue(PhantomData))
    }

    /// A probe hands the value out as often as it is asked for, see [`Trials`].
    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<U, A::Error> {
        if let Some(made) = decide(&mut attempts)? {
            return Ok(made);
        }
        let value = attempts.next_element()?;
        value.map(U::unknown).ok_or_else(|| A::Error::custom("there is no value"))
    }
}

/// Decides which variant a value is.
pub(super) fn tagged_of<U: TaggedUnion>(value: Value) -> Result<U, ProbeError> {
    let (tally, memo) = (Tally::default(), Memo::default());
    let made = decide(&mut Trials::of_tagged(Probe::new(&value, &tally, &memo)))?;
    Ok(made.unwrap_or_else(|| U::unknown(value)))
}

/// Reads the tag, and then the variant that it stands for.
fn decide<'de, U: TaggedUnion, A: SeqAccess<'de>>(attempts: &mut A) -> Result<Option<U>, A::Error> {
    match attempts.next_element_seed(TagSeed(U::TAG)) {
        Ok(Some(Some(tag))) => U::read(&tag, Tagged(attempts)),
        // No object, or one without a tag that is a string.
        _ => Ok(None),
    }
}

/// Reads one property of an object.
struct TagSeed(&'static str);

impl<'de> DeserializeSeed<'de> for TagSeed {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<String>, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TagSeed {
    type Value = Option<String>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an object with the property `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<String>, A::Error> {
        let mut copy = String::new();
        let mut tag = None;
        while let Some(borrowed) = map.next_key_seed(KeySeed { copy: &mut copy })? {
            if borrowed.unwrap_or(&copy) == self.0 {
                tag = map.next_value::<Value>()?.as_str().map(str::to_owned);
            } else {
                map.next_value::<serde::de::IgnoredAny>()?;
            }
        }
        Ok(tag)
    }
}

/// Makes an enum a tagged union: a row for each variant with the type that it holds and the tags that stand for it,
/// `Unknown(Value)` being understood.
///
/// A value without a tag, or with one that stands for no variant, is kept as `Unknown`. A value that is not of the type
/// that its tag stands for is an error. Where a variant is written whose own properties do not contain the tag, the
/// first of its tags is added.
///
/// ```
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct Cat { kind: Option<String>, extra: openapi_client_runtime::JsonObject }
/// # openapi_client_runtime::object! { Cat { "kind" => kind, } }
/// #[derive(Clone, Debug, PartialEq)]
/// enum Pet {
///     Cat(Cat),
///     Unknown(openapi_client_runtime::Value),
/// }
///
/// openapi_client_runtime::tagged_union! {
///     Pet, "kind" {
///         Cat(Cat) = "cat" | "tabby",
///     }
/// }
///
/// assert!(matches!(serde_json::from_str(r#"{"kind":"tabby"}"#)?, Pet::Cat(_)));
/// assert!(matches!(serde_json::from_str(r#"{"kind":"fish"}"#)?, Pet::Unknown(_)));
/// assert_eq!(serde_json::to_string(&Pet::from(Cat::default()))?, r#"{"kind":"cat"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    ($name:ident, $tag:literal { $($variant:ident($held:ty) $(= $($value:literal)|+)?,)* }) => {
        impl $crate::model::TaggedUnion for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const TAG: &'static str = $tag;

            fn read<'de, A: $crate::codegen::serde::de::SeqAccess<'de>>(
                tag: &str,
                value: $crate::model::Tagged<A>,
            ) -> ::core::result::Result<::core::option::Option<Self>, A::Error> {
                match tag {
                    $($($($value)|+ => value.decode(Self::$variant),)?)*
                    _ => ::core::result::Result::Ok(::core::option::Option::None),
                }
            }

            fn unknown(value: $crate::Value) -> Self {
                Self::Unknown(value)
            }

            fn write<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::model::write_tagged(value, $tag, &[$($($value),+)?], to)
                    })*
                    Self::Unknown(value) => $crate::codegen::serde::Serialize::serialize(value, to),
                }
            }
        }

        $(impl ::core::convert::From<$held> for $name {
            fn from(value: $held) -> Self {
                Self::$variant(value)
            }
        })*

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_tagged(from)
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::TaggedUnion::write(self, to)
            }
        }
    };
}
