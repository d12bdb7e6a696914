//! What a field holds before its key was met: the shared object visitor starts from a blank object and fills it in
//! place, so that no generated type needs one local variable per field.
//!
//! This is not [`Default`]: a generated enum has no sensible default value, but it does have a blank one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A cheap placeholder that a decoder overwrites. For generated code.
///
/// No placeholder of a required field survives decoding: an object whose required key is missing is an error.
pub trait Blank {
    /// The placeholder; never allocates for the types of this crate.
    fn blank() -> Self;
}

/// The placeholder of the type that is asked for. For generated code.
pub fn blank<T: Blank>() -> T {
    T::blank()
}

macro_rules! blank_is_default {
    ($($type:ty),* $(,)?) => {
        $(impl Blank for $type {
            fn blank() -> Self {
                <$type>::default()
            }
        })*
    };
}

blank_is_default!((), bool, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f32, f64);
blank_is_default!(char, String, Value, Map<String, Value>);

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<K, V> Blank for BTreeMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }
}

/// The one placeholder that allocates; a generated type boxes only where a recursion closes.
impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}
