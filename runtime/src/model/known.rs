//! Values that are kept whether or not they are known: strings and integers of an enum, points in time.
//!
//! Decoding such a value never fails for being unknown, so that it decodes proves little. Whoever chooses between the
//! types of a union has to learn whether the value is a known one; this is how it is told.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, VariantAccess, Visitor};

/// The name under which these types ask for their value.
///
/// A data format hands the value over. A probe offers an "enum" instead, and learns from the kind of variant that
/// is asked for whether the value is known.
pub(super) const KNOWABLE: &str = "openapi_client_runtime::Knowable";

/// A type that keeps values which it does not know. For generated code.
pub trait Knowable: Sized {
    /// Whether the value is one that the type knows.
    fn is_known(&self) -> bool;

    /// Decodes a value, known or not.
    ///
    /// # Errors
    /// If it is not of the right kind, for instance not a string.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
}

/// Decodes a value, known or not, and tells a probe which. For generated code.
///
/// # Errors
/// If it is not of the right kind, for instance not a string.
pub fn read_knowable<'de, T: Knowable, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_newtype_struct(KNOWABLE, KnowableVisitor(PhantomData))
}

struct KnowableVisitor<T>(PhantomData<T>);

impl<'de, T: Knowable> Visitor<'de> for KnowableVisitor<T> {
    type Value = T;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value that may be known")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        let (value, answer) = from.variant_seed(Plain(PhantomData::<T>))?;
        if value.is_known() {
            answer.unit_variant()?;
        } else {
            let IgnoredAny = answer.newtype_variant()?;
        }
        Ok(value)
    }
}

/// Decodes the value itself.
struct Plain<T>(PhantomData<T>);

impl<'de, T: Knowable> DeserializeSeed<'de> for Plain<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}
