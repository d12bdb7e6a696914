//! Takes the whole value of a tagged union from a data format.
//!
//! The value could be read as a [`Value`] and decided afterwards, but an error would then have no position. From within
//! a visitor, `serde_json` adds the place at which the value ends.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::TaggedUnion;
use super::tagged_union::tagged_of;

/// Makes a tagged union of anything: of an object what its tag says, of the rest what is unknown.
pub(super) struct TaggedValue<U>(pub(super) PhantomData<U>);

impl<'de, U: TaggedUnion> Visitor<'de> for TaggedValue<U> {
    type Value = U;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an object told apart by `{}` ({})", U::TAG, U::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<U, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        tagged_of(value).map_err(A::Error::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(U::unknown)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<U, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_none<E>(self) -> Result<U, E> {
        Ok(U::unknown(Value::Null))
    }

    fn visit_unit<E>(self) -> Result<U, E> {
        Ok(U::unknown(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<U, E> {
        Ok(U::unknown(value.into()))
    }
}
