//! What is known while an API is settled.

use crate::diagnostic::{Origin, Report};
use crate::model::{Api, NamePath, SchemaId, SchemaKind};
use crate::rust::plan::{Response, TypeId};

/// The state of settling one API.
pub(super) struct Settling<'a> {
    pub api: &'a Api,
    pub report: &'a mut Report,
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
    pub(super) fn new(api: &'a Api, report: &'a mut Report) -> Self {
        Self { api, report, by_status: Vec::new() }
    }

    /// Whether a schema is written as one word.
    pub(super) fn is_enum(&self, id: SchemaId) -> bool {
        let kind = self.api.schema(id).map(|schema| &schema.kind);
        matches!(kind, Some(SchemaKind::StringEnum(_) | SchemaKind::IntegerEnum(_)))
    }
}
