//! From the model to the plan: what is optional, boxed and switched, how parameters are written, what a call gives.
//!
//! Operations come first, since they say which schemas the client needs and which way their values travel.

mod body;
mod context;
mod errors;
mod json_patch;
mod operation;
mod parameter;
mod recursion;
mod response;
mod security;
mod switches;
mod types;

use super::name::{GroupNames, Lock, OperationNames, TypeName, keep_calls, keep_types, note_boxes, type_names};
use super::plan::{Api, Conventions, Group, Operation, TypeDef};
use crate::config::{CrateConfig, Features};
use crate::diagnostic::Report;
use crate::model::{self, NamePath, Schema, SchemaId, Usage};
use context::{Differing, Settling};

pub(crate) use types::ty;

/// The plan for `api`, with the names of `lock`, which gains those that are new.
pub(crate) fn settle(
    api: &model::Api,
    krate: &CrateConfig,
    features: Features,
    lock: &mut Lock,
    report: &mut Report,
) -> Api {
    let mut settling = Settling::new(api, lock, report);
    let mut names = GroupNames::new();
    let mut groups: Vec<Group> = api.groups.iter().map(|group| settling.group(group, &mut names)).collect();
    let by_status = settling.by_status;
    let mut types = types(api, &groups, by_status);
    keep_calls(&mut groups, lock);
    keep_types(&mut types, &groups, lock);
    recursion::break_cycles(&mut types);
    note_boxes(&types, lock);
    json_patch::plan(&groups, &mut types);
    let errors = errors::table(&groups, &types);
    Api {
        module: api.name.clone(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        docs: api.info.docs.clone(),
        conventions: conventions(api, krate),
        switches: switches::switches(features, &groups, &types, &errors),
        groups,
        types,
        errors,
    }
}

/// Where the client learns how the API's servers behave.
fn conventions(api: &model::Api, krate: &CrateConfig) -> Conventions {
    match &krate.conventions {
        Some(module) => Conventions::Runtime(module.clone()),
        None => security::conventions(api),
    }
}

impl Settling<'_> {
    fn group(&mut self, group: &model::Group, names: &mut GroupNames) -> Group {
        let (module, ident) = names.group(&group.tag);
        let mut names = OperationNames::new(&ident);
        let operations = group.operations.iter().map(|operation| self.operation(operation, &mut names)).collect();
        Group { tag: group.tag.clone(), module, ident, docs: group.docs.clone(), operations }
    }
}

/// What becomes a type.
enum Source<'a> {
    /// A schema, whose values travel in one way or the other.
    Schema(&'a Schema, Usage),
    /// The result of an operation whose successful responses differ.
    Differing(Differing),
}

impl Source<'_> {
    fn path(&self) -> &NamePath {
        match self {
            Self::Schema(schema, _) => &schema.path,
            Self::Differing(found) => &found.path,
        }
    }

    /// Decides who keeps a name that two want, and the order of the types.
    fn rank(&self) -> impl Ord {
        match self {
            Self::Schema(schema, _) => (&schema.path, &schema.origin),
            Self::Differing(found) => (&found.path, &found.origin),
        }
    }

    fn define(self, api: &model::Api, name: TypeName) -> TypeDef {
        match self {
            Self::Schema(schema, usage) => types::define(api, schema, usage, name),
            Self::Differing(found) => response::define(found, name),
        }
    }
}

/// The types that the client needs, in the order of their names. It needs fewer than the document has: of several media
/// types it knows one, and it writes some parameters as text.
fn types(api: &model::Api, groups: &[Group], by_status: Vec<Differing>) -> Vec<TypeDef> {
    let operations = || groups.iter().flat_map(|group| &group.operations);
    let written = operations().flat_map(Operation::written).map(|ty| (ty, Usage::Written));
    let read = operations().flat_map(Operation::read).map(|ty| (ty, Usage::Read));
    let roots = written.chain(read).filter_map(|(ty, usage)| Some((SchemaId(ty.named()?.0), usage)));
    let contained =
        |id| -> Vec<SchemaId> { api.schema(id).into_iter().flat_map(|schema| schema.kind.contained()).collect() };
    let usages = model::usages(roots, contained);
    let schemas = api.schemas.iter().filter_map(|schema| Some(Source::Schema(schema, *usages.get(&schema.id)?)));
    let mut sources: Vec<Source<'_>> = schemas.chain(by_status.into_iter().map(Source::Differing)).collect();
    sources.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let names = type_names(sources.iter().map(Source::path));
    sources.into_iter().zip(names).map(|(source, name)| source.define(api, name)).collect()
}
