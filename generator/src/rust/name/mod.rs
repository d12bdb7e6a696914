//! Every Rust identifier: case, keywords, collisions. Nothing else in the generator makes one.
//!
//! [`super::settle`] asks here for the name of each thing when it makes it, so nothing in a plan is ever without one. A
//! name depends on the document's own words and, where two want the same, on who has the better claim, which is the
//! order in which they are asked for: types in the order of their [`NamePath`](crate::model::NamePath)s, members in the
//! document's order.

mod calls;
mod follow;
mod ident;
mod keep;
mod lock;
mod members;
mod replaced;
mod schemas;
mod scope;
mod types;

pub(crate) use calls::{CredentialNames, GroupNames, InputNames, OperationNames};
pub(crate) use ident::token;
pub(crate) use keep::{keep_calls, keep_types, note_boxes, operation_keys, place};
pub(crate) use lock::{Lock, OperationLock};
pub(crate) use members::{FieldNames, OTHER, UNKNOWN, VariantNames};
pub(crate) use schemas::SchemaNames;
pub(crate) use types::{TypeName, type_names};
