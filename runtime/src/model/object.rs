//! Objects: a struct with a field for each declared property, and `extra` for all others.
//!
//! A generated type is a table of keys and fields, given to [`object!`](crate::object). What serde needs is written
//! here once for all of them: decoding asks the type for nothing but "read the value of this key into its field".

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::{JsonObject, Member, Members, Met};

/// A struct that is an object in JSON. Implemented by [`object!`](crate::object), for generated types.
pub trait Object: Default {
    /// The type's name, for messages.
    const NAME: &'static str;
    /// The keys of the declared properties, in the order in which they are written.
    const KEYS: &'static [&'static str];

    /// Reads the value of a property into the field with its key.
    ///
    /// # Errors
    /// If the value is not of the field's type.
    fn read<'de, A: MapAccess<'de>>(&mut self, member: Member<'_, A>) -> Result<Met, A::Error>;

    /// Writes the fields. What the serialiser refuses is kept in `members`: a `?` for each field would be half of what
    /// the compiler has to check here.
    fn write<M: SerializeMap>(&self, members: &mut Members<'_, M>);

    /// The properties that have no field, and declared properties that were `null` where the field cannot hold it.
    fn extra(&self) -> &JsonObject;

    /// [`extra`](Self::extra), to be changed.
    fn extra_mut(&mut self) -> &mut JsonObject;

    /// Adds a property that the API's description does not know. It is sent after the declared ones; under the key of a
    /// declared one it is sent only if that has no value.
    #[must_use]
    fn with_extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra_mut().insert(key.into(), value.into());
        self
    }
}

/// An object with nothing set, for files in which a type may have taken the name `Default`. For generated code.
pub fn blank<T: Default>() -> T {
    T::default()
}

/// Decodes an object. For generated code.
///
/// # Errors
/// If the input is not an object, or a value is not of its field's type.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

/// Encodes an object. For generated code.
///
/// # Errors
/// Those of the serialiser.
pub fn write_object<T: Object, S: Serializer>(object: &T, to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    let mut members = Members::new(&mut map, object.extra());
    object.write(&mut members);
    members.rest()?;
    map.end()
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::default();
        fill(&mut map, &mut object)?;
        Ok(object)
    }
}

/// What [`fill`] needs of an object, so that it is compiled once for each data format and not for each type.
trait Target<'de, A: MapAccess<'de>> {
    fn read(&mut self, member: Member<'_, A>) -> Result<Met, A::Error>;
    fn extra(&mut self) -> &mut JsonObject;
}

impl<'de, A: MapAccess<'de>, T: Object> Target<'de, A> for T {
    fn read(&mut self, member: Member<'_, A>) -> Result<Met, A::Error> {
        Object::read(self, member)
    }

    fn extra(&mut self) -> &mut JsonObject {
        self.extra_mut()
    }
}

/// Reads all properties into an object. Of a key that is there twice, the last one wins.
fn fill<'de, A>(map: &mut A, object: &mut dyn Target<'de, A>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
{
    let mut copy = String::new();
    let mut has_extra = false;
    while let Some(borrowed) = map.next_key_seed(KeySeed { copy: &mut copy })? {
        let key = borrowed.unwrap_or(&copy);
        let met = object.read(Member::new(key, map))?;
        match met {
            Met::Value if !has_extra => {}
            // A value replaces the `null` of an earlier property with the same key.
            Met::Value => drop(object.extra().remove(key)),
            Met::Null => {
                has_extra = true;
                object.extra().insert(key.to_owned(), Value::Null);
            }
            Met::Unknown => {
                has_extra = true;
                let Undeclared(value) = map.next_value()?;
                object.extra().insert(key.to_owned(), value);
            }
        }
    }
    Ok(())
}

/// Room for nearly every key, so that the buffer of an object is allocated once if at all.
const LONG_KEY: usize = 48;

/// Reads a key without allocating: borrowed from the input where the format can lend it, else copied to a buffer that
/// all keys of the object share.
pub(super) struct KeySeed<'a> {
    pub(super) copy: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<&'de str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        // Asking for an identifier tells the probe that these keys are properties and not the keys of a map.
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the name of a property")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Some(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        self.copy.clear();
        self.copy.reserve(LONG_KEY);
        self.copy.push_str(key);
        Ok(None)
    }

    fn visit_string<E>(self, key: String) -> Result<Self::Value, E> {
        *self.copy = key;
        Ok(None)
    }
}

/// The name under which a value without a declared type is asked for, so that a probe can tell it from one with.
pub(super) const UNDECLARED: &str = "openapi_client_runtime::Undeclared";

struct Undeclared(Value);

impl<'de> Deserialize<'de> for Undeclared {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(UNDECLARED, UndeclaredVisitor).map(Self)
    }
}

struct UndeclaredVisitor;

impl<'de> Visitor<'de> for UndeclaredVisitor {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        Value::deserialize(from)
    }
}

/// Makes a struct an object in JSON: implements [`Object`], `Default`, `Serialize` and `Deserialize` from a table of its
/// properties.
///
/// Each line names a key and the field that holds it, an `Option`: `None` stands for absence and for `null`, which is remembered
/// in `extra` and written again. A last line `_ => …` names the field for properties of one type that are not
/// declared, a `BTreeMap<String, T>`.
///
/// The struct has one more field, `extra`, of the type [`JsonObject`](crate::JsonObject): what no line of the table
/// takes is kept there and written back. A struct whose property needs that name says another: `Connector, extra_ { … }`.
///
/// ```
/// use openapi_client_runtime::JsonObject;
///
/// #[derive(Debug)]
/// struct Connector {
///     name: Option<String>,
///     r#type: Option<String>,
///     extra: JsonObject,
/// }
///
/// openapi_client_runtime::object! {
///     Connector {
///         "name" => name,
///         "type" => r#type,
///     }
/// }
///
/// let met = r#"{"name":"AD","type":null,"rank":3}"#;
/// let connector: Connector = serde_json::from_str(met)?;
/// assert_eq!(connector.name.as_deref(), Some("AD"));
/// assert_eq!(connector.extra["rank"], 3);
/// assert_eq!(serde_json::to_value(&connector)?, serde_json::from_str::<serde_json::Value>(met)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident { $($table:tt)* }) => {
        $crate::object! { $name, extra { $($table)* } }
    };
    ($name:ident, $extra:ident {
        $($key:literal => $field:ident,)*
        $(_ => $additional:ident $(,)?)?
    }) => {
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self {
                    $($field: ::core::option::Option::None,)*
                    $($additional: ::std::collections::BTreeMap::new(),)?
                    $extra: $crate::JsonObject::new(),
                }
            }
        }

        impl $crate::model::Object for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn read<'de, A: $crate::codegen::serde::de::MapAccess<'de>>(
                &mut self,
                member: $crate::model::Member<'_, A>,
            ) -> ::core::result::Result<$crate::model::Met, A::Error> {
                match member.key() {
                    $($key => member.optional(&mut self.$field),)*
                    $(_ => member.additional(&mut self.$additional),)?
                    #[allow(unreachable_patterns)]
                    _ => member.unknown(),
                }
            }

            fn write<M: $crate::codegen::serde::ser::SerializeMap>(
                &self,
                members: &mut $crate::model::Members<'_, M>,
            ) {
                $(members.optional($key, &self.$field);)*
                $(members.additional(<Self as $crate::model::Object>::KEYS, &self.$additional);)?
                let _ = members;
            }

            fn extra(&self) -> &$crate::JsonObject {
                &self.$extra
            }

            fn extra_mut(&mut self) -> &mut $crate::JsonObject {
                &mut self.$extra
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(from: D) -> ::core::result::Result<Self, D::Error> {
                $crate::model::read_object(from)
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::write_object(self, to)
            }
        }
    };
}
