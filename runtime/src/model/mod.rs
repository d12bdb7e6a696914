//! What generated types are read and written with.
//!
//! A generated type is a struct or an enum and a table ([`object!`](crate::object), [`string_enum!`](crate::string_enum),
//! [`integer_enum!`](crate::integer_enum), [`union!`](crate::union), [`tagged_union!`](crate::tagged_union)). What serde
//! needs of it is written here, once for all of them, because code that is derived for each type is what people wait for
//! when they compile.
//!
//! Imports nothing of this crate. Six files import each other in a circle (`object`, `union`, `tagged_union`, `probe`,
//! `probe_children`, `trials`): choosing a variant of a union tries each on the value, and a variant may hold unions itself.

mod date_time;
mod error_body;
mod integer_enum;
mod json_error;
mod json_path;
mod known;
mod member;
mod object;
mod path;
mod probe;
mod probe_children;
mod probe_error;
mod string_enum;
mod tagged_union;
mod tagged_value;
mod trials;
mod union;

/// The formats of text that tell the variants of a union apart. For generated code.
pub mod text_format;

/// An object whose properties have no declared type.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;

pub use date_time::DateTime;
pub use error_body::error_body;
pub use json_error::{JsonError, from_json_slice};
pub use known::{Knowable, read_knowable};
pub use member::{Member, Members, Met};
pub use object::{Object, blank, read_object, write_object};
pub use string_enum::{UnknownValue, read_string_enum, unknown};
pub use tagged_union::{Tagged, TaggedUnion, read_tagged, write_tagged};
pub use text_format::TextOf;
pub use union::{Candidates, Union, display_other, read_union, union_of};
