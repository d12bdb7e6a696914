//! How much of a JSON value a type explains: a deserializer over a value that counts.
//!
//! A type that decodes from anything (all its properties are optional, say) proves nothing by decoding. What tells is
//! how much of the value it declares: each declared property and each value of a declared type counts; what ends up in
//! `extra` or in plain JSON does not.

use std::cell::Cell;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::known::KNOWABLE;
use super::object::UNDECLARED;
use super::probe_children::{Entries, Items};
use super::probe_error::ProbeError;
use super::tagged_union::TAGGED;
use super::trials::{Memo, Trials};
use super::union::UNION;

/// Points of an object, an array, a declared key, and of a value that its type takes without knowing it.
pub(super) const LOOSE: usize = 1;
/// Points of a value that is of its declared type.
const TYPED: usize = 2;
/// Points of a value that its type knows: one of an enum's, or a date that is one.
const KNOWN: usize = 4;

/// How deep values may be nested, so that no value overflows the stack. It is what `serde_json` lets in.
const DEPTH: usize = 128;

/// What was found out about a value and everything in it.
#[derive(Debug, Default)]
pub(super) struct Tally {
    points: Cell<usize>,
    undeclared: Cell<bool>,
}

impl Tally {
    pub(super) fn points(&self) -> usize {
        self.points.get()
    }

    pub(super) fn add(&self, points: usize) {
        self.points.set(self.points.get().saturating_add(points));
    }

    /// Whether it turned out that no type is declared for the value itself.
    pub(super) fn is_undeclared(&self) -> bool {
        self.undeclared.get()
    }
}

/// A value, and where to note what is explained of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe<'a, 'de> {
    value: &'de Value,
    tally: &'a Tally,
    memo: &'a Memo,
    depth: usize,
}

impl<'a, 'de> Probe<'a, 'de> {
    pub(super) fn new(value: &'de Value, tally: &'a Tally, memo: &'a Memo) -> Self {
        Self { value, tally, memo, depth: 0 }
    }

    pub(super) fn value(self) -> &'de Value {
        self.value
    }

    pub(super) fn tally(self) -> &'a Tally {
        self.tally
    }

    pub(super) fn memo(self) -> &'a Memo {
        self.memo
    }

    /// The same value, noted elsewhere.
    pub(super) fn noting<'b>(self, tally: &'b Tally) -> Probe<'b, 'de>
    where
        'a: 'b,
    {
        Probe { tally, ..self }
    }

    /// A value that is part of this one.
    pub(super) fn child(self, value: &'de Value) -> Result<Self, ProbeError> {
        match self.depth {
            DEPTH.. => Err(ProbeError::custom("the value is nested too deeply")),
            depth => Ok(Self { value, depth: depth + 1, ..self }),
        }
    }

    fn hand_over<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(value) => visitor.visit_borrowed_str(value),
            Value::Array(values) => visitor.visit_seq(Items::new(self, values)),
            Value::Object(values) => visitor.visit_map(&mut Entries::new(self, values)),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., Some(number)) => visitor.visit_f64(number),
                _ => Err(ProbeError::custom("the number is too large")),
            },
        }
    }

    /// For types that are satisfied with one kind of value: it is not of that kind if they fail.
    fn counted<V: Visitor<'de>>(self, points: usize, visitor: V) -> Result<V::Value, ProbeError> {
        self.tally.add(points);
        self.hand_over(visitor)
    }
}

macro_rules! counted {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
            self.counted(TYPED, visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Probe<'_, 'de> {
    type Error = ProbeError;

    counted! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier deserialize_unit
    }

    /// Whoever takes anything explains nothing.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.noting(&Tally::default()).hand_over(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.tally.undeclared.set(true);
        visitor.visit_unit()
    }

    /// A number without a fraction is taken, but a type for integers explains it better.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let points = if self.value.is_f64() { TYPED } else { LOOSE };
        self.counted(points, visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        if self.value.is_null() {
            self.tally.add(LOOSE);
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ProbeError> {
        self.counted(TYPED, visitor)
    }

    fn deserialize_newtype_struct<V>(self, name: &'static str, visitor: V) -> Result<V::Value, ProbeError>
    where
        V: Visitor<'de>,
    {
        match name {
            UNDECLARED => {
                self.tally.undeclared.set(true);
                visitor.visit_newtype_struct(self.noting(&Tally::default()))
            }
            KNOWABLE => visitor.visit_enum(Judged(self)),
            TAGGED => {
                let mut trials = Trials::of_tagged(self);
                let made = visitor.visit_seq(&mut trials)?;
                self.tally.add(trials.last());
                Ok(made)
            }
            _ if name.starts_with(UNION) => {
                let mut trials = Trials::of_union(self, name);
                let made = visitor.visit_seq(&mut trials)?;
                self.tally.add(trials.settle());
                Ok(made)
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.counted(LOOSE, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, ProbeError>
    where
        V: Visitor<'de>,
    {
        self.deserialize_seq(visitor)
    }

    /// An object counts unless it is one that has properties but none of those that the type declares.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let Value::Object(values) = self.value else {
            return self.hand_over(visitor);
        };
        let mut entries = Entries::new(self, values);
        let made = visitor.visit_map(&mut entries)?;
        if entries.is_explained() {
            self.tally.add(LOOSE);
        }
        Ok(made)
    }

    fn deserialize_struct<V>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError>
    where
        V: Visitor<'de>,
    {
        self.deserialize_map(visitor)
    }

    /// For enums that derive serde, which users may write. Only those of strings are told apart by their values.
    fn deserialize_enum<V>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError>
    where
        V: Visitor<'de>,
    {
        self.tally.add(KNOWN);
        match self.value {
            Value::String(variant) => visitor.visit_enum(StrDeserializer::new(variant)),
            other => other.deserialize_enum(name, variants, visitor).map_err(ProbeError::custom),
        }
    }
}

impl<'de> IntoDeserializer<'de, ProbeError> for Probe<'_, 'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A value that its type takes whether or not it knows it: the type is asked which.
struct Judged<'a, 'de>(Probe<'a, 'de>);

impl<'a, 'de> EnumAccess<'de> for Judged<'a, 'de> {
    type Error = ProbeError;
    type Variant = Verdict<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Verdict<'a>), ProbeError> {
        let value = seed.deserialize(self.0.noting(&Tally::default()))?;
        Ok((value, Verdict(self.0.tally)))
    }
}

/// Hears that the value is known (a variant that says all) or not (one that has a content).
struct Verdict<'a>(&'a Tally);

impl<'de> VariantAccess<'de> for Verdict<'_> {
    type Error = ProbeError;

    fn unit_variant(self) -> Result<(), ProbeError> {
        self.0.add(KNOWN);
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, ProbeError> {
        self.0.add(LOOSE);
        seed.deserialize(().into_deserializer())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_unit()
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_unit()
    }
}

/// The key of a property. Objects ask for an identifier and maps for a string, which tells the two apart.
pub(super) struct Key<'a, 'de> {
    pub(super) key: &'de str,
    pub(super) declared: &'a mut bool,
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = ProbeError;

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        *self.declared = true;
        visitor.visit_borrowed_str(self.key)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        *self.declared = false;
        visitor.visit_borrowed_str(self.key)
    }

    /// For maps by enum: the key itself is never judged.
    fn deserialize_newtype_struct<V>(self, _: &'static str, visitor: V) -> Result<V::Value, ProbeError>
    where
        V: Visitor<'de>,
    {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum ignored_any
    }
}
