//! From the model to the plan: what is optional, boxed and switched, how parameters are written, what a call gives.
//!
//! Operations come first, since they say which schemas the client needs and which way their values travel.

mod body;
mod errors;
mod operation;
mod parameter;
mod recursion;
mod response;
mod types;

use std::collections::BTreeMap;

use super::plan::{Api, Group, Operation, Switches, TypeDef};
use crate::config::Features;
use crate::diagnostic::Report;
use crate::model::{self, SchemaId, SchemaKind, Usage};

pub(crate) use types::ty;

/// What is known while an API is settled.
struct Settling<'a> {
    api: &'a model::Api,
    report: &'a mut Report,
    /// The types that no schema stands behind: what operations give whose successful responses differ.
    by_status: Vec<TypeDef>,
}

/// The plan for `api`, without names.
pub(crate) fn settle(api: &model::Api, features: Features, report: &mut Report) -> Api {
    let mut settling = Settling { api, report, by_status: Vec::new() };
    let groups: Vec<Group> = api.groups.iter().map(|group| settling.group(group)).collect();
    let by_status = settling.by_status;
    let mut types = types(api, &groups, by_status);
    recursion::break_cycles(&mut types);
    Api {
        module: api.name.clone(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        docs: api.info.docs.clone(),
        errors: errors::table(&groups),
        groups,
        types,
        switches: match features {
            Features::Whole => Switches::Whole,
            Features::Tags => Switches::Groups(BTreeMap::new()),
        },
    }
}

impl Settling<'_> {
    fn group(&mut self, group: &model::Group) -> Group {
        Group {
            tag: group.tag.clone(),
            module: String::new(),
            ident: String::new(),
            docs: group.docs.clone(),
            operations: group.operations.iter().map(|operation| self.operation(operation)).collect(),
        }
    }

    /// Whether a schema is written as one word.
    fn is_enum(&self, id: SchemaId) -> bool {
        let kind = self.api.schema(id).map(|schema| &schema.kind);
        matches!(kind, Some(SchemaKind::StringEnum(_) | SchemaKind::IntegerEnum(_)))
    }
}

/// The types that the client needs, in the order of their names. It needs fewer than the document has: of several media
/// types it knows one, and it writes some parameters as text.
fn types(api: &model::Api, groups: &[Group], by_status: Vec<TypeDef>) -> Vec<TypeDef> {
    let operations = || groups.iter().flat_map(|group| &group.operations);
    let written = operations().flat_map(Operation::written).map(|ty| (ty, Usage::Written));
    let read = operations().flat_map(Operation::read).map(|ty| (ty, Usage::Read));
    let roots = written.chain(read).filter_map(|(ty, usage)| Some((SchemaId(ty.named()?.0), usage)));
    let contained =
        |id| -> Vec<SchemaId> { api.schema(id).into_iter().flat_map(|schema| schema.kind.contained()).collect() };
    let usages = model::usages(roots, contained);
    let settled = api.schemas.iter().filter_map(|schema| Some(types::define(schema, *usages.get(&schema.id)?)));
    let mut types: Vec<TypeDef> = settled.chain(by_status).collect();
    types.sort_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
    types
}
