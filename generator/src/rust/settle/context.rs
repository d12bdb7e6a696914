//! What is known while an API is settled.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Origin, Report};
use crate::model::{Api, NamePath, SchemaId, SchemaKind, ValueKind};
use crate::rust::name::{Lock, operation_keys};
use crate::rust::plan::{Response, TypeId};

/// The state of settling one API.
pub(super) struct Settling<'a> {
    pub api: &'a Api,
    pub report: &'a mut Report,
    /// What each operation is in the lock of names, by its id.
    pub keys: BTreeMap<String, String>,
    /// The results of operations whose successful responses differ: types without a schema.
    pub by_status: Vec<Differing>,
}

/// The result of an operation whose successful responses differ.
pub(super) struct Differing {
    pub id: TypeId,
    pub path: NamePath,
    pub operation: String,
    pub responses: Vec<Response>,
    pub origin: Origin,
}

impl<'a> Settling<'a> {
    pub(super) fn new(api: &'a Api, lock: &Lock, report: &'a mut Report) -> Self {
        let operations: Vec<_> = api.groups.iter().flat_map(|group| &group.operations).collect();
        Self { api, report, keys: operation_keys(&operations, lock), by_status: Vec::new() }
    }

    /// Whether a schema is written as one word.
    pub(super) fn is_scalar(&self, id: SchemaId) -> bool {
        is_scalar(self.api, id)
    }
}

/// Whether every value of a schema is written as one word: an enum, or a union of scalars.
pub(super) fn is_scalar(api: &Api, id: SchemaId) -> bool {
    let mut known = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !known.insert(id) {
            continue;
        }
        match api.schema(id).map(|schema| &schema.kind) {
            Some(SchemaKind::StringEnum(_) | SchemaKind::IntegerEnum(_)) => {}
            Some(SchemaKind::Union(union)) if union.discriminator.is_none() => {
                for variant in &union.variants {
                    match &variant.value.kind {
                        ValueKind::Named(inner) => open.push(*inner),
                        ValueKind::Any | ValueKind::List(_) | ValueKind::Map(_) => return false,
                        ValueKind::Boolean | ValueKind::Integer(_) | ValueKind::Number(_) | ValueKind::Text(_) => {}
                    }
                }
            }
            _ => return false,
        }
    }
    true
}
